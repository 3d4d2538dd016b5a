#!/usr/bin/env bash
# Uses the library as outside projects do.  tests/package/test.sh VARIANT BUILD_DIR
#   static        install, find, link, run; no path of the build in what is installed
#   relocated     the same after the installed folder has moved
#   too_new       a version that does not exist is refused
#   examples      the example programs, copied out of the tree, build against the installed library
#   subdirectory  add_subdirectory of the source tree
#   shared        a shared library, installed, found, linked, run
set -euo pipefail
variant=$1 build=$2
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
work=$build/package/$variant
prefix=$work/prefix
mkdir -p "$work"
rm -rf "$prefix"
[[ $variant == subdirectory ]] || rm -rf "$work/consumer"  # it holds the library: again, only what has changed is compiled

fail() { echo "package.$variant: $*" >&2; exit 1; }

configure() {  # FOLDER BUILD_FOLDER [OPTION...]
  cmake -S "$1" -B "$2" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER_LAUNCHER="$(command -v ccache || true)" \
    "${@:3}" >"$work/log" 2>&1
}
# Builds the consumer and compares what it prints.
consume() {  # FOLDER [OPTION...]
  configure "$1" "$work/consumer" "${@:2}" || { cat "$work/log"; fail "does not configure"; }
  cmake --build "$work/consumer" >"$work/log" 2>&1 || { cat "$work/log"; fail "does not build"; }
  printed=$("$work/consumer/consumer" "$here/articles.jsonl")
  [[ $printed == "2 articles, some stories, some claims" ]] || fail "the consumer prints '$printed'"
}
install_to() { cmake --install "$1" --prefix "$2" >"$work/log" || { cat "$work/log"; fail "does not install"; }; }

case "$variant" in
  static)
    install_to "$build" "$prefix"
    if grep -rIl -e "$source" -e "$build" "$prefix"; then fail "installed files name folders of the build"; fi
    consume "$here/consumer" -DCMAKE_PREFIX_PATH="$prefix"
    ;;
  relocated)
    install_to "$build" "$work/first"
    mv "$work/first" "$prefix"
    consume "$here/consumer" -DCMAKE_PREFIX_PATH="$prefix"
    ;;
  too_new)
    install_to "$build" "$prefix"
    if configure "$here/consumer" "$work/consumer" -DCMAKE_PREFIX_PATH="$prefix" -DWANTED=9.9; then
      fail "version 9.9 was found"
    fi
    grep -q '"9.9"' "$work/log" || { cat "$work/log"; fail "refused for another reason"; }
    ;;
  examples)
    install_to "$build" "$prefix"
    rm -rf "$work/examples" && cp -r "$source/examples" "$work/examples"
    configure "$work/examples" "$work/build" -DCMAKE_PREFIX_PATH="$prefix" || { cat "$work/log"; fail "does not configure"; }
    cmake --build "$work/build" >"$work/log" 2>&1 || { cat "$work/log"; fail "does not build"; }
    "$work/build/merge_stories" "$here/articles.jsonl" | cmp - <("$build/bin/merge_stories" "$here/articles.jsonl") ||
      fail "prints something else than the program of the tree"
    ;;
  subdirectory)
    # -Werror as in the tree's build, or ccache does not know the objects
    strict=$(sed -n 's/^CMAKE_COMPILE_WARNING_AS_ERROR:[A-Z]*=//p' "$build/CMakeCache.txt")
    consume "$here/subdirectory" -DSTORYMERGE_SOURCE="$source" -DCMAKE_COMPILE_WARNING_AS_ERROR="${strict:-OFF}"
    ;;
  shared)
    configure "$source" "$work/build" -DBUILD_SHARED_LIBS=ON -DSTORYMERGE_BUILD_TESTS=OFF -DSTORYMERGE_BUILD_EXAMPLES=OFF \
      -DCMAKE_CXX_FLAGS_RELEASE=-O0 || { cat "$work/log"; fail "does not configure"; }
    cmake --build "$work/build" >"$work/log" 2>&1 || { cat "$work/log"; fail "does not build"; }
    install_to "$work/build" "$prefix"
    consume "$here/consumer" -DCMAKE_PREFIX_PATH="$prefix"
    linked=$(ldd "$work/consumer/consumer")
    [[ $linked == *libstorymerge.so* ]] || fail "the consumer does not link the shared library"
    ;;
  *) fail "no such variant" ;;
esac
