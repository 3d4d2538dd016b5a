#!/usr/bin/env bash
# Installs what is missing, builds, and runs the main job: a day of articles by several outlets in, one consolidated
# story per event out. Arguments go to merge_stories; without any, it reads data/day.jsonl.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
(
  cd "$root"
  bash tests/install.sh build
  cmake --preset release -DSTORYMERGE_BUILD_TESTS=OFF
  cmake --build --preset release
) >&2
(( $# )) || set -- "$root/data/day.jsonl"
exec "$root/build/release/bin/merge_stories" "$@"
