#!/usr/bin/env bash
# Does the shared library of the C interface show what its header declares, and nothing else?  exports.sh LIBRARY HEADER
set -euo pipefail
shown=$(nm -D --defined-only "$1" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort -u)
declared=$(grep -oE '^(const )?[a-z_0-9]+\*? storymerge_[a-z_]+\(' "$2" | grep -oE 'storymerge_[a-z_]+\(' | tr -d '(' | sort -u)
[[ -n $declared ]] || { echo "no functions in $2"; exit 1; }
diff <(echo "$declared") <(echo "$shown")
