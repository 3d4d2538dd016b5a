#!/usr/bin/env bash
# Prints the path of axe-core, Deque's checker of accessibility, in a folder, got there once from a wheel of PyPI's that bundles it.
# Where that cannot be had it says why on standard error, and the tests of the page go without it.
#   tests/write/axe.sh FOLDER
set -euo pipefail
folder=$(realpath -m "$1") wheel=axe-playwright-python==0.1.8
if [[ ! -s $folder/axe.min.js ]]; then
  mkdir -p "$folder"
  python3 -m pip download -q --disable-pip-version-check --no-deps -d "$folder" "$wheel" >&2 ||
    { echo "axe-core cannot be had: the page is checked without it" >&2; exit 0; }
  unpacked=$(mktemp "$folder/axe.XXXXXX")
  python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("axe_playwright_python/axe.min.js"))' \
    "$folder"/axe_playwright_python-*.whl >"$unpacked"
  mv "$unpacked" "$folder/axe.min.js"
fi
echo "$folder/axe.min.js"
