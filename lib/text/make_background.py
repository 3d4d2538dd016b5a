#!/usr/bin/env python3
"""Makes background_words.h: the stems of common English words, in two classes.

Source: SCOWL (Debian package `scowl`), size levels 10 and 20: words that most readers use or meet often. No running text
is borrowed; SCOWL's licence stands in the output. Stems as by libstemmer's `english` (pip package `snowballstemmer`).

    apt-get install scowl && pip install snowballstemmer
    python3 lib/text/make_background.py [/usr/share/dict/scowl] > lib/text/background_words.h
"""
import re
import sys
import textwrap

import snowballstemmer

folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/dict/scowl"
stem = snowballstemmer.stemmer("english").stemWord
level_of = {}
for level in (10, 20):
    for kind in ("english", "american", "british"):
        try:
            lines = open(f"{folder}/{kind}-words.{level}", encoding="latin1").read().split()
        except FileNotFoundError:
            continue
        for word in lines:
            if re.fullmatch("[a-z]{3,}", word):
                level_of.setdefault(stem(word), level)


def literal(level):
    words = sorted(w for w, l in level_of.items() if l == level)
    return "\n".join(f'    "{line} "' for line in textwrap.wrap(" ".join(words), 110))


print(f"""#pragma once
// Made by make_background.py: stems of common English words. Do not edit.
//
// Derived from SCOWL, Copyright 2000-2011 by Kevin Atkinson:
//   Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the output created from
//   the scripts, and its documentation for any purpose is hereby granted without fee, provided that the above copyright
//   notice appears in all copies and that both that copyright notice and this permission notice appear in supporting
//   documentation. Kevin Atkinson makes no representations about the suitability of this array for any purpose. It is
//   provided "as is" without express or implied warranty.
// Levels 10 and 20 rest on lists in the public domain (Moby Words II) and on Brian Kelk's UK English Wordlist.

namespace storymerge {{

// clang-format off
inline constexpr char very_common_stems[] =
{literal(10)};

inline constexpr char common_stems[] =
{literal(20)};
// clang-format on

}}  // namespace storymerge""")
