#!/usr/bin/env bash
# Prints the Python that has what examples/spark needs: a virtual environment in FOLDER, made once, from PyPI. Where that cannot be had (no Java,
# no network) it prints python3, says why on standard error, and the test is skipped.
#   tests/spark/python.sh FOLDER
set -euo pipefail
folder=$(realpath -m "$1") python=$(realpath -m "$1")/bin/python
packages=(pyspark==4.0.1 pyarrow==17.0.0 numpy==1.26.4 pandas==2.2.3)
if ! command -v java >/dev/null; then
  echo "no Java: the Spark test is skipped" >&2
elif "$python" -c 'import pyspark, pyarrow, numpy, pandas' 2>/dev/null ||
    { python3 -m venv "$folder" && "$python" -m pip install -q --disable-pip-version-check "${packages[@]}"; } >&2; then
  echo "$python"
  exit
else
  echo "PySpark cannot be installed: the Spark test is skipped" >&2
fi
echo python3
