#!/usr/bin/env bash
# Runs every fuzzer for SECONDS each (default 20), in parallel pairs, from the seeds in tests/fuzz/corpus. A crash leaves
# its input in build/fuzz/crashes; once mended, keep it in tests/fuzz/crashes/TARGET: replay_test.cpp runs it for good.
#   tests/fuzz/run.sh [SECONDS [TARGET...]]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-20}
targets=("${@:2}")
(( ${#targets[@]} )) || for f in build/fuzz/bin/fuzz_*; do targets+=("${f#build/fuzz/bin/fuzz_}"); done
mkdir -p build/fuzz/crashes
[[ -w /dev/shm ]] && export TMPDIR=/dev/shm  # some targets write files: on a disk they would mostly wait

fuzz() {
  local target=$1 found=build/fuzz/found/$1 dictionary=()
  mkdir -p "$found"
  [[ -e tests/fuzz/dictionaries/$target ]] && dictionary=(-dict=tests/fuzz/dictionaries/"$target")
  if ! build/fuzz/bin/fuzz_"$target" "$found" tests/fuzz/corpus/"$target" "${dictionary[@]}" -max_total_time="$seconds" \
      -timeout=20 -rss_limit_mb=2048 -max_len=8192 -artifact_prefix=build/fuzz/crashes/"$target"- -print_final_stats=1 \
      >build/fuzz/"$target".log 2>&1; then
    tail -40 build/fuzz/"$target".log
    echo "fuzz $target: CRASHED"
    return 1
  fi
  echo "fuzz $target: $(sed -n 's/^stat::number_of_executed_units: *//p' build/fuzz/"$target".log) inputs in ${seconds} s"
}
export -f fuzz
export seconds
printf '%s\n' "${targets[@]}" | xargs -P 2 -I{} bash -c 'fuzz {}'
