#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test. Again, it takes a minute or two.
#   tests/run.sh                  release build, every test
#   tests/run.sh --all            what CI runs: format, docs, clang with ASan and UBSan, fuzzers, TSan, too
#   tests/run.sh --format         puts every source file into the tree's format
#   tests/run.sh --tidy           clang-tidy on lib/
#   tests/run.sh --coverage       line coverage of lib/, and what is not covered
#   tests/run.sh --update-golden  writes the golden files of tests/whole/golden anew (then read the diff)
set -euo pipefail
cd "$(dirname "$0")/.."

stage() { printf '\n== %s (after %d s)\n' "$1" "$SECONDS"; }
sources() { git ls-files --cached --others --exclude-standard "$@"; }
build() {  # PRESET [CMAKE_OPTION...]
  cmake --preset "$1" "${@:2}" >/dev/null
  cmake --build --preset "$1"
}

mode=${1:-}
case "$mode" in
  "")
    bash tests/install.sh test
    bash tests/write/axe.sh build/axe
    build release
    cmake --build --preset release --target all_verify_interface_header_sets  # every public header compiles alone
    ctest --preset release-all
    ;;
  --update-golden)
    bash tests/install.sh test
    build release
    STORYMERGE_UPDATE_GOLDEN=1 ctest --preset release -R '[Gg]olden'
    git status --short tests/whole/golden data
    ;;
  --format)
    bash tests/install.sh all
    sources '*.h' '*.cpp' | xargs clang-format -i
    ;;
  --tidy)
    bash tests/install.sh all
    cmake --preset fuzz >/dev/null  # clang's build: clang-tidy understands its compile commands
    sources 'lib/*.cpp' | xargs -P 2 -n 1 clang-tidy -p build/fuzz --quiet
    ;;
  --coverage)
    bash tests/install.sh all
    build coverage
    find build/coverage -name '*.gcda' -delete
    ctest --preset coverage
    gcovr --root . --filter lib/ --object-directory build/coverage --exclude-unreachable-branches --exclude-throw-branches
    ;;
  --all)
    bash tests/install.sh all
    stage "release build, warnings are errors"
    spark=$(bash tests/spark/python.sh build/spark)  # PySpark is no package of Debian's, nor is axe-core
    bash tests/write/axe.sh build/axe
    build release -DCMAKE_COMPILE_WARNING_AS_ERROR=ON -DSTORYMERGE_SPARK_PYTHON="$spark"
    cmake --build --preset release --target all_verify_interface_header_sets
    stage "quick tests"
    ctest --preset release
    stage "format"
    sources '*.h' '*.cpp' | xargs clang-format --dry-run -Werror  # mended by tests/run.sh --format
    node --check lib/write/page/page.js
    stage "docs"
    doxygen tests/docs/Doxyfile
    stage "clang, address and undefined-behaviour sanitizers"
    build fuzz -DCMAKE_COMPILE_WARNING_AS_ERROR=ON
    ctest --preset fuzz
    stage "fuzzers"
    bash tests/fuzz/run.sh "${STORYMERGE_FUZZ_SECONDS:-10}"
    stage "thread sanitizer"
    build tsan
    ctest --preset tsan
    stage "package tests"  # the quick tests ran above
    ctest --preset release-slow
    ;;
  *)
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
