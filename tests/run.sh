#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test. Again, it takes seconds.
#   tests/run.sh                  release build, every test
#   tests/run.sh --update-golden  writes the golden files of tests/whole/golden anew (then read the diff)
set -euo pipefail
cd "$(dirname "$0")/.."

update=
for word in "$@"; do
  case "$word" in
    --update-golden) update=1 ;;
    *) sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done

bash tests/install.sh test
cmake --preset release >/dev/null
cmake --build --preset release
# Every public header compiles alone.
cmake --build --preset release --target all_verify_interface_header_sets
if [[ $update ]]; then
  STORYMERGE_UPDATE_GOLDEN=1 ctest --preset release -R 'golden|Golden'
  git status --short tests/whole/golden data
  exit
fi
ctest --preset release-all
