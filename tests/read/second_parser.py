"""What Python's JSON makes of lines: for each of FILE, the text of its record in hexadecimal, or "-" when it holds none.

Where the two differ, this one gives way:
- Half of a surrogate pair, which json.loads takes, is in no string: there is no UTF-8 for it.
- NaN and Infinity, which it takes, are no JSON.
- A comma behind the record, or behind the last element or member, which it refuses, is passed over.
- A field of an article that is neither a string nor null rejects its record; an id may be a number.
"""
import json
import re
import sys

FIELDS = ("id", "title", "source", "url", "language", "author", "published", "text")
STRING = r'"(?:[^"\\]|\\.)*"'
LAST_COMMA = re.compile(rf"({STRING}|[\]}}]|[\w.+-]+)\s*,(?=\s*[\]}}])|{STRING}", re.ASCII)


def is_field(name, value):
    number = name == "id" and isinstance(value, (int, float)) and not isinstance(value, bool)
    return value is None or isinstance(value, str) or number


def refuse(word):
    raise ValueError(word)


def text_of(line):
    try:
        line = line.decode("utf-8").rstrip(" \t\r")
        line = line[:-1] if line.endswith(",") else line
        line = LAST_COMMA.sub(lambda m: m.group(1) or m.group(0), line)
        record = json.loads(line, parse_constant=refuse)
        json.dumps(record, ensure_ascii=False).encode("utf-8")  # UnicodeEncodeError, a ValueError, for half of a pair
        if not isinstance(record, dict) or not all(is_field(f, record.get(f)) for f in FIELDS):
            return "-"
        text = record.get("text")
        return text.encode("utf-8").hex() if text and text.strip() else "-"
    except (ValueError, RecursionError):
        return "-"


with open(sys.argv[1], "rb") as lines:
    for line in lines.read().split(b"\n")[:-1]:
        print(text_of(line))
