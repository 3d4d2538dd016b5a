#!/usr/bin/env python3
"""Gold stories (data/gold/FORMAT.md) of the annotations beside this file and of articles that you have (README.md).

    rebuild.py OUT_DIR ARTICLES.jsonl...    one article a line: id, text, title, source, url, published
    rebuild.py --id SET KEY                 the id of an article: rebuild.py --id giveme5w1h 0302058689a7
A story is left out, with a word on standard error, when an article of it is missing or its text is another. Exit status 1 when
no story was made.
"""
import hashlib
import json
import pathlib
import sys


def sentence(raw, begin, end, claims):
    """One sentence of the gold format; raises ValueError when the bytes cannot be a sentence of this text."""
    if end > len(raw) or not raw[begin:end].strip():
        raise ValueError(f"bytes {begin} to {end} of {len(raw)}")
    furniture = claims == ["BP"]
    out = {"s": " ".join(raw[begin:end].decode("utf-8").split()), "claims": [] if furniture else claims}
    return out | ({"boilerplate": True} if furniture else {})


def expand(story, articles):
    out = {key: story[key] for key in ("story", "title", "claims", "disputes")} | {"confusable_with": [], "articles": []}
    for annotated in story["articles"]:
        article = articles[annotated["id"]]
        raw = article["text"].encode("utf-8")
        paragraphs = [[sentence(raw, begin, end, claims) for begin, end, *claims in rows] for rows in annotated["paragraphs"]]
        out["articles"].append({"id": annotated["id"], "source": article.get("source") or "unknown",
                                "url": article.get("url") or "http://unknown.example/",
                                "title": article.get("title") or "untitled", "published": article.get("published") or "",
                                "copy_of": annotated["copy_of"], "paragraphs": paragraphs})
    return out


def main():
    if len(sys.argv) == 4 and sys.argv[1] == "--id":
        print(hashlib.sha256(f"{sys.argv[2]} {sys.argv[3]}".encode()).hexdigest()[:12])
        return
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    articles = {}
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as lines:
            articles |= {row["id"]: row for row in map(json.loads, lines)}
    made = 0
    for path in sorted(pathlib.Path(__file__).parent.glob("*.json")):
        try:
            story = expand(json.loads(path.read_text(encoding="utf-8")), articles)
        except (KeyError, ValueError) as error:
            print(f"{path.stem}: left out: {type(error).__name__} {error}", file=sys.stderr)
            continue
        (target / path.name).write_text(json.dumps(story, ensure_ascii=False) + "\n", encoding="utf-8")
        made += 1
    print(f"{made} stories", file=sys.stderr)
    sys.exit(made == 0)


if __name__ == "__main__":
    main()
