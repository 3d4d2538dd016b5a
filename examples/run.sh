#!/usr/bin/env bash
# Installs what is missing, builds, and runs the main job: a day of articles by several outlets in, one consolidated
# story per event out. Arguments go to merge_stories; without any, it reads data/day.jsonl.
set -euo pipefail
cd "$(dirname "$0")/.."
bash tests/install.sh build >&2
cmake --preset release -DSTORYMERGE_BUILD_TESTS=OFF >/dev/null
cmake --build --preset release >&2
(( $# )) || set -- data/day.jsonl
exec build/release/bin/merge_stories "$@"
