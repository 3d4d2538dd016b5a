#!/usr/bin/env bash
# Installs the Debian packages that are missing. This is the one list of them. Touches no network when all is there.
#   tests/install.sh build   what the library and the examples need
#   tests/install.sh test    and what the tests need
#   tests/install.sh all     and what CI needs besides: clang, sanitizers, formatter, docs, coverage
set -euo pipefail

# Boost's 1.81 packages are named in full: Debian 12's default Boost is 1.74, which lacks JSON and URL.
packages=(cmake g++ make ninja-build libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libfmt-dev libicu-dev
          libxxhash-dev libstemmer-dev libxml2-dev zlib1g-dev libzstd-dev libbrotli-dev
          libuchardet-dev libsimdjson-dev libsqlite3-dev)
case "${1:-build}" in
  build) ;;
  test | all) packages+=(binutils pkg-config libgtest-dev libgmock-dev libbenchmark-dev python3 python3-jsonschema gzip zstd
                         python3-numpy python3-pip python3-setuptools python3-venv python3-wheel
                         chromium chromium-driver fonts-dejavu-core fonts-liberation) ;;&
  all) packages+=(ccache clang libclang-rt-14-dev clang-format clang-tidy doxygen gcovr openjdk-17-jre-headless
                  python3-pandas) ;;
  test) ;;
  *) echo "usage: tests/install.sh [build|test|all]" >&2; exit 2 ;;
esac

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $status == installed ]] || missing+=("$package")
done
(( ${#missing[@]} )) || exit 0

echo "installing: ${missing[*]}"
root=()
(( EUID == 0 )) || root=(sudo)
"${root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
