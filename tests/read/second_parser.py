"""What Python's JSON makes of lines: for each of FILE, the text of its record in hexadecimal, or "-" when it holds none.

Where the two differ, this one gives way:
- Half of a surrogate pair, which json.loads takes, is in no string: there is no UTF-8 for it.
- NaN and Infinity, which it takes, are no JSON.
- A comma behind the record is passed over: lines cut out of an array.
"""
import json
import sys


def refuse(word):
    raise ValueError(word)


def text_of(line):
    try:
        line = line.decode("utf-8").rstrip(" \t\r")
        record = json.loads(line[:-1] if line.endswith(",") else line, parse_constant=refuse)
        json.dumps(record, ensure_ascii=False).encode("utf-8")  # UnicodeEncodeError, a ValueError, for half of a pair
        text = record.get("text") if isinstance(record, dict) else None
        return text.encode("utf-8").hex() if isinstance(text, str) and text.strip() else "-"
    except (ValueError, RecursionError):
        return "-"


with open(sys.argv[1], "rb") as lines:
    for line in lines.read().split(b"\n")[:-1]:
        print(text_of(line))
