#!/usr/bin/env bash
# Near-duplicates beside the tools that people use: time, memory and pair F1 on generated news with known copies
# (news_corpus.h), JSON Lines to pairs, one thread. Installs rensa, gaoya, datasketch and datatrove from PyPI into a virtual
# environment in the work folder. What is true: planted clusters, each round the article that its copies were made from, of
# those copies that are near-duplicates of it still: with an exact Jaccard of 5-word shingles of .7 or more, and for the default
# settings by their own definition. Bodies are compared: the house text of an outlet makes nothing a copy, nor less of one.
#   tests/bench/peers.sh BIN_DIR [WORK_DIR] [ARTICLES...]     default: /tmp/peers, 10000 100000
set -euo pipefail
bin=$(realpath "$1"); work=${2:-/tmp/peers}; shift; shift || true
sizes=("$@"); (( ${#sizes[@]} )) || sizes=(10000 100000)
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$work"
[[ -x $work/venv/bin/python ]] || python3 -m venv "$work/venv"
for tool in rensa gaoya datasketch datatrove regex spacy tokenizers 'xxhash<4'; do  # the last four: what datatrove needs besides
  "$work/venv/bin/pip" install -q "$tool" 2>/dev/null || echo "cannot install $tool" >&2
done
python=$work/venv/bin/python
printf 'articles\ttool\tCPU s\tpeak MB\tprecision\trecall\tpair F1\n'
for count in "${sizes[@]}"; do
  corpus=$work/news-$count.jsonl truth=$work/news-$count.tsv
  [[ -s $corpus ]] || "$bin/make_news" "$here/../../data" "$count" "$corpus" "$truth"
  [[ -s $truth.pairs ]] || "$python" "$here/peers.py" truth "$corpus" "$truth" > "$truth.pairs"
  [[ -s $truth.alike ]] || "$python" "$here/peers.py" alike "$corpus" "$truth" > "$truth.alike"
  run() {  # run TRUTH NAME COMMAND...: its groups are lines of ids, with tabs
    local pairs=$truth.$1 name=$2; shift 2
    if /usr/bin/env time -f '%U %S %M' -o "$work/time" "$@" > "$work/groups" 2> "$work/errors"; then
      read -r user system kilobytes < <(tail -n 1 "$work/time")
      printf '%d\t%s\t%s\t%d\t%s\n' "$count" "$name" "$(awk "BEGIN { print $user + $system }")" $((kilobytes / 1024)) \
        "$("$python" "$here/peers.py" score "$pairs" "$work/groups")"
    else
      printf '%d\t%s\tfailed: %s\n' "$count" "$name" "$(tail -n 1 "$work/errors")"
    fi
  }
  ours() { "$bin/find_duplicates" --threads 1 --quiet --format tsv "$@" "$corpus"; }
  export -f ours; export bin corpus
  run alike "ours" bash -c 'ours'
  run pairs "ours, --threshold .7 --ngram 5" bash -c 'ours --threshold .7 --ngram 5'
  for tool in rensa gaoya datasketch datatrove; do run pairs "$tool" "$python" "$here/peers.py" "$tool" "$corpus"; done
done
