#!/usr/bin/env python3
"""A judge of pairs for `merge_stories --judge 'python3 judge.py'`: put your own model where `likely` is."""
import json
import sys


def likely(a, b):
    """How likely two sentences share a proposition, 0 to 1. Here: the share of their words; ask a cross-encoder or a language
    model instead, with a["before"], a["title"], a["source"] and a["published"] for what the sentence alone leaves open."""
    x, y = set(a["text"].lower().split()), set(b["text"].lower().split())
    return len(x & y) / max(1, min(len(x), len(y)))


for line in sys.stdin:
    print(json.dumps({"p": [likely(pair["a"], pair["b"]) for pair in json.loads(line)["pairs"]]}), flush=True)
