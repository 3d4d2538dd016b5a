#!/usr/bin/env bash
# Uses the library as outside projects do.  tests/package/test.sh VARIANT BUILD_DIR
#   static        install, find, link, run; no path of the build in what is installed
#   relocated     the same after the installed folder has moved
#   too_new       a version that does not exist is refused
#   examples      the example programs, copied out of the tree, build against the installed library
#   pkg_config    the installed development component, by pkg-config --static
#   c             a program in C, without a C++ compiler, by CMake and by pkg-config; the library alone is enough to run it
#   programs      the installed programs run; their manual pages, completions, licence and docs are there
#   subdirectory  add_subdirectory of the source tree
#   fetched       FetchContent of the source tree
#   shared        a shared library, installed, found, linked, run, by CMake and by pkg-config; and what it exports
set -euo pipefail
variant=$1 build=$2
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
work=$build/package/$variant
prefix=$work/prefix
mkdir -p "$work"
rm -rf "$prefix"
[[ $variant == subdirectory ]] || rm -rf "$work/consumer"  # it holds the library: again, only what has changed is compiled

# -Werror where the tree has it, or ccache does not know the objects.
strict=$(sed -n 's/^CMAKE_COMPILE_WARNING_AS_ERROR:[A-Z]*=//p' "$build/CMakeCache.txt")
as_in_the_tree=(-DCMAKE_COMPILE_WARNING_AS_ERROR="${strict:-OFF}")

fail() { echo "package.$variant: $*" >&2; exit 1; }

configure() {  # FOLDER BUILD_FOLDER [OPTION...]
  cmake -S "$1" -B "$2" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER_LAUNCHER="$(command -v ccache || true)" \
    "${@:3}" >"$work/log" 2>&1
}
# Builds the consumer and compares what it prints.
consume() {  # FOLDER [OPTION...]
  configure "$1" "$work/consumer" "${@:2}" || { cat "$work/log"; fail "does not configure"; }
  cmake --build "$work/consumer" >"$work/log" 2>&1 || { cat "$work/log"; fail "does not build"; }
  check_consumer "$work/consumer/consumer"
}
# The same without CMake.
consume_by_pkg_config() {  # [--static]
  local flags
  flags=$(PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name storymerge.pc)") pkg-config "$@" --cflags --libs storymerge) ||
    fail "pkg-config does not find it"
  # shellcheck disable=SC2086  # flags are words
  c++ -std=c++20 "$here/consumer/main.cpp" $flags -Wl,-rpath,"$prefix/lib" -o "$work/by_pkg_config" >"$work/log" 2>&1 ||
    { cat "$work/log"; fail "does not build with $flags"; }
  check_consumer "$work/by_pkg_config"
}
check_consumer() {  # PROGRAM
  printed=$("$1" "$here/articles.jsonl")
  [[ $printed == "2 articles, some stories, some claims" ]] || fail "the consumer prints '$printed'"
}
install_to() { cmake --install "$1" --prefix "$2" "${@:3}" >"$work/log" || { cat "$work/log"; fail "does not install"; }; }

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
  pkg_config)
    install_to "$build" "$prefix" --component development
    consume_by_pkg_config --static
    ;;
  c)
    install_to "$build" "$prefix" --component development
    install_to "$build" "$prefix" --component library
    consume "$here/consumer_c" -DCMAKE_PREFIX_PATH="$prefix"
    # shellcheck disable=SC2046  # flags are words
    cc "$here/consumer_c/main.c" $(PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name storymerge_c.pc)") \
      pkg-config --cflags --libs storymerge_c) -o "$work/by_pkg_config" >"$work/log" 2>&1 ||
      { cat "$work/log"; fail "does not build by pkg-config"; }
    install_to "$build" "$work/runtime" --component library
    [[ ! -e $work/runtime/include ]] || fail "headers are installed with the library"
    export LD_LIBRARY_PATH
    LD_LIBRARY_PATH=$(dirname "$(find "$work/runtime" -name 'libstorymerge_c.so.*' -print -quit)")
    check_consumer "$work/by_pkg_config"
    ;;
  programs)
    install_to "$build" "$prefix" --component programs
    install_to "$build" "$prefix" --component documentation
    [[ ! -e $prefix/include ]] || fail "headers are installed with the programs"
    for program in merge_stories find_duplicates inspect_article compare_articles watch_folder serve_stories evaluate; do
      "$prefix/bin/$program" --version >"$work/log" || fail "$program does not run"
      for file in man/man1/$program.1 bash-completion/completions/$program zsh/site-functions/_$program; do
        [[ -s $prefix/share/$file ]] || fail "no $file"
      done
      bash -n "$prefix/share/bash-completion/completions/$program" || fail "broken completion of $program"
    done
    for file in LICENSE README.md CHANGELOG.md; do
      [[ -s $prefix/share/doc/storymerge/$file ]] || fail "no $file"
    done
    ;;
  subdirectory)
    consume "$here/subdirectory" -DSTORYMERGE_SOURCE="$source" "${as_in_the_tree[@]}"
    ;;
  fetched)
    consume "$here/fetched" -DFETCHCONTENT_SOURCE_DIR_STORYMERGE="$source" "${as_in_the_tree[@]}"
    ;;
  shared)
    configure "$source" "$work/build" -DBUILD_SHARED_LIBS=ON -DSTORYMERGE_BUILD_TESTS=ON "${as_in_the_tree[@]}" ||
      { cat "$work/log"; fail "does not configure"; }
    # Programs link what is exported, what looks inside links the archive of internals.
    cmake --build "$work/build" --target storymerge storymerge_c manuals fit_pairs >"$work/log" 2>&1 ||
      { cat "$work/log"; fail "does not build"; }
    install_to "$work/build" "$prefix"
    consume "$here/consumer" -DCMAKE_PREFIX_PATH="$prefix"
    linked=$(ldd "$work/consumer/consumer")
    [[ $linked == *libstorymerge.so* ]] || fail "the consumer does not link the shared library"
    consume_by_pkg_config
    exported=$(nm -DC --defined-only "$prefix/lib/libstorymerge.so" | awk '$2 ~ /[TDB]/ { $1 = $2 = ""; print }')
    [[ $exported == *"storymerge::merge_stories("* ]] || fail "merge_stories is not exported"
    foreign=$(grep -v -e ' storymerge::' -e ' \(vtable\|typeinfo\|typeinfo name\) for storymerge::' <<<"$exported" || true)
    [[ -z $foreign ]] || { echo "$foreign"; fail "exports what is not its own"; }
    ;;
  *) fail "no such variant" ;;
esac
