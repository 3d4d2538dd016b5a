#!/usr/bin/env bash
# JSON Lines to groups, 100,000 and 1,000,000 generated articles of 300 words: articles a second, peak memory beyond the
# text, and how the time an article takes grows. Needs 5 GB of disk and memory.
#   tests/bench/million.sh BIN_DIR [WORK_DIR]
set -euo pipefail
bin=$1
work=$(mktemp -d "${2:-/tmp}/million.XXXXXX")
trap 'rm -rf "$work"' EXIT
for count in 100000 1000000; do
  "$bin/make_corpus" "$count" "$work/corpus.jsonl" "$work/truth.tsv"
  bytes=$(stat -c %s "$work/corpus.jsonl")
  best=
  for round in 1 2; do
    /usr/bin/env time -f '%e %U %M' -o "$work/time" "$bin/find_duplicates" --output "$work/out.jsonl" "$work/corpus.jsonl"
    read -r seconds user kilobytes < <(tail -n 1 "$work/time")
    if awk -v a="$seconds" -v b="${best:-1e9}" 'BEGIN { exit !(a < b) }'; then
      best=$seconds; cpu=$user; memory=$kilobytes
    fi
  done
  awk -v n="$count" -v s="$best" -v u="$cpu" -v m="$memory" -v b="$bytes" 'BEGIN {
    printf "%d articles, %d bytes: %.2f s, %.0f articles/s, %.2f us of processor an article, %.0f bytes an article beyond the input\n",
           n, b, s, n / s, 1e6 * u / n, (m * 1024 - b) / n }'
  groups=$(wc -l < "$work/out.jsonl")
  echo "  $groups groups; $(awk -F'\t' '$2 != "fresh"' "$work/truth.tsv" | wc -l) planted copies"
done
