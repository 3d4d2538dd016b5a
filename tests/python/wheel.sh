#!/usr/bin/env bash
# The Python module, built into a wheel, installed into a fresh virtual environment, passes its tests there.
#   wheel.sh SOURCE BUILD   (STORYMERGE_LIBRARY, STORYMERGE_BIN, STORYMERGE_ROOT as its tests want them)
# Exits 77, which ctest takes as skipped, where Python has no pip, venv or setuptools.
set -euo pipefail
source=$1 work=$2/python
python=${STORYMERGE_PYTHON:-/usr/bin/python3}
"$python" -c 'import setuptools, wheel, pip, venv' 2>/dev/null || { echo "skipped: $python lacks pip, venv, setuptools or wheel"; exit 77; }
rm -rf "$work" && mkdir -p "$work"
cp -r "$source/examples/python" "$work/source"  # pip leaves its traces where it builds
"$python" -m pip wheel --quiet --no-build-isolation --no-deps --no-index --wheel-dir "$work" "$work/source"
"$python" -m venv --system-site-packages "$work/venv"
"$work/venv/bin/pip" install --quiet --no-index --no-deps "$work"/storymerge-*-py3-none-any.whl
cd "$work"
"$work/venv/bin/python" -c 'import storymerge, sys; assert storymerge.__file__.startswith(sys.prefix), storymerge.__file__'
exec "$work/venv/bin/python" "$source/tests/python/storymerge_test.py"
