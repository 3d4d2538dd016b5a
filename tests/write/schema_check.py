#!/usr/bin/env python3
"""Validates stories, a JSON object a line, against data/story.schema.json. Called by json_test.cpp.

    schema_check.py SCHEMA.json STORIES.jsonl

Exit status: 0 all are valid, and spoilt ones are not; 1 otherwise; 77 no validator here.
"""
import copy
import json
import sys

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("python3-jsonschema is missing (tests/install.sh test)")
    sys.exit(77)


def spoilt(story):
    """The story with one thing wrong at a time."""
    for change in ("del s['format']", "s['format'] = 1", "s['claims'][0]['status'] = 'certain'", "s['claims'][0]['support'] = []",
                   "s['claims'][0]['support'][0]['begin'] = -1", "del s['origins'][0]['why']", "s['summary'] = [['']]",
                   "s['articles'][0]['published'] = 'today'", "s['disputes'] = [{}]"):
        s = copy.deepcopy(story)
        exec(change)
        yield change, s


def main():
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    wrong = 0
    with open(sys.argv[2], encoding="utf-8") as lines:
        for n, line in enumerate(lines, 1):
            story = json.loads(line)
            for error in validator.iter_errors(story):
                wrong += 1
                print(f"line {n}, {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
            for change, s in spoilt(story):
                if validator.is_valid(s):
                    wrong += 1
                    print(f"line {n}: still valid after {change}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
