#!/usr/bin/env python3
"""Opens pages in headless Chromium and checks what they do. Called by page_test.cpp.

    page_check.py FOLDER    FOLDER: gold.html, before.html, hostile.html, large.html, many.html, each with the .jsonl of the same stories

Exit status: 0 all is well, 1 a check failed, 77 no browser here.
"""
import json
import pathlib
import sys
import time

import browser
import desk_check

SIZES = [(*size, scheme) for scheme in ("light", "dark") for size in ((390, 844), (1280, 900))]


def check(right, message):
    if not right:
        raise SystemExit(f"failed: {message}")


def expected(story, claim):
    """{(position of the article, quote)} of a claim."""
    position = {a["id"]: k for k, a in enumerate(story["articles"])}
    return {(position[s["article"]], s["quote"]) for s in claim["support"]}


def highlighted(b, where="#evidence .cards:not(.sides):not(.also) mark"):
    """{(position of the article, text)} of all that is highlighted there, checked to be seen as such."""
    rows = b.run("""
        for (const more of document.querySelectorAll('#evidence [data-copies-of]')) more.click();
        return [...document.querySelectorAll(arguments[0])].map((m) => {
          const card = m.closest('.card');
          m.scrollIntoView({ block: 'nearest' });
          const box = m.getBoundingClientRect();
          const seen = box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth;
          const lit = getComputedStyle(m).backgroundColor !== getComputedStyle(card).backgroundColor;
          return [+card.dataset.card, m.textContent, seen, lit];
        });""", where)
    for row in rows:
        check(row[2] and row[3], f"a highlighted passage cannot be seen: {row}")
    return {(card, text) for card, text, *_ in rows}


def see(b, story, c, how):
    b.settle()
    check(b.run("return document.querySelector('#evidence h2').textContent") == story["claims"][c]["text"],
          f"{how}: the evidence is not of claim {c}")
    got, wanted = highlighted(b), expected(story, story["claims"][c])
    check(got == wanted, f"{how}: claim {c} highlights {sorted(got - wanted)}, not {sorted(wanted - got)}")
    position = {a["id"]: k for k, a in enumerate(story["articles"])}
    others = {(position[s["article"]], s["quote"]) for d in story["disputes"] if d["claim"] == f"c{c + 1}"
              for value in d["values"] for s in value["support"]} - wanted
    check(highlighted(b, "#evidence .sides mark") == others, f"{how}: the other values of claim {c} are not shown")
    also = {(position[s["article"]], s["quote"]) for s in story["claims"][c]["also"]}
    check(highlighted(b, "#evidence .also mark") == also, f"{how}: what is not counted for claim {c} is not shown")
    current = b.run("return [...document.querySelectorAll('.told [aria-current]')].map((a) => +a.dataset.claim)")
    check(current == [c], f"{how}: chosen in the text: {current}, not {c}")


def close(b):
    b.run("document.activeElement.blur()")
    b.press("Escape")
    check(not b.run("return document.body.classList.contains('checking')"), "Escape does not close the evidence")


def by_mouse(b, story, claims, width):
    b.run("document.getElementById('further')?.setAttribute('open', '')")
    for c in claims:
        if width < 760:
            close(b)
        for _ in range(2):  # what comes into view is laid out, and moves the rest
            b.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", f'.told [data-claim="{c}"]')
            b.settle()
        b.click(f'.told [data-claim="{c}"]')
        see(b, story, c, f"mouse at {width}")


def by_keyboard(b, story, width):
    close(b)
    b.run("document.activeElement.blur(); scrollTo(0, 0)")
    b.click("h1")
    b.run("document.activeElement.blur()")
    b.press("s")
    first = b.run("return +document.activeElement.dataset.claim")
    b.press("Enter")
    see(b, story, first, f"Enter at {width}")
    b.press("Escape")
    check(b.run("return document.activeElement.dataset.claim") == str(first), "Escape does not give the focus back")
    b.press("Down", "Down", "Up")
    second = b.run("return +document.activeElement.dataset.claim")
    check(second == story["summary_flat"][story["summary_flat"].index(first) + 1], "arrow keys do not move by claim")
    outline = b.run("return getComputedStyle(document.activeElement).outlineStyle")
    check(outline != "none", "the focus cannot be seen")
    b.press("Enter")
    see(b, story, second, f"arrow and Enter at {width}")
    # The way through the claims is in the evidence itself, too.
    b.run("document.querySelector('[data-step=\"1\"]').focus()")
    b.press("Enter")
    see(b, story, second + 1, f"Next at {width}")
    # Whole articles: the claim whose passages stand deepest in them.
    deep = max(range(len(story["claims"])), key=lambda c: max(s["begin"] for s in story["claims"][c]["support"]))
    b.run("location.hash = arguments[0]", f"#/{story['id']}/c{deep + 1}")
    b.settle()
    b.run("document.querySelector('[data-whole=yes]').focus()")
    b.press("Enter")
    see(b, story, deep, f"whole articles at {width}")
    b.run("document.querySelector('[data-whole=no]').click(); document.querySelector('[data-whole=yes]').click()")
    b.settle()
    inside = b.run("""return [...document.querySelectorAll('#evidence .whole')].every((w) => {
        const m = w.querySelector('mark'), a = w.getBoundingClientRect(), r = m.getBoundingClientRect();
        return r.top >= a.top - 1 && r.top <= a.bottom; })""")
    check(inside, "a whole article is not scrolled to its passage")
    b.run("document.querySelector('[data-whole=no]').click()")
    close(b)


def switch(b, story, width, mouse):
    link = f"#list a[href='#/{story['id']}']"
    if not b.run("return document.querySelector(arguments[0]).checkVisibility()", link):
        if width < 760 and b.run("return document.body.classList.contains('checking')"):
            close(b)
        b.run("scrollTo(0, 0)")
        if mouse:
            b.click("#menu")
        else:
            b.run("document.getElementById('menu').focus()")
            b.press("Enter")
    if mouse:
        b.click(link)
    else:
        b.run("document.querySelector(arguments[0]).focus()", link)
        b.press("Enter")
    check(b.run("return document.querySelector('h1').textContent") == story["title"], f"{story['id']} does not open")
    check(b.run("return document.querySelector('#list [aria-current]').getAttribute('href')") == f"#/{story['id']}",
          "the list does not show which story is open")


def structure(b, story, width):
    check(b.run("return document.documentElement.scrollWidth <= innerWidth"), f"the page is wider than {width}")
    headings = b.run("return [...document.querySelectorAll('h1, h2, h3')].filter((h) => h.checkVisibility()).map((h) => +h.tagName[1])")
    check(headings[0] == 1 and headings.count(1) == 1, "not one h1, first")
    check(all(b <= a + 1 for a, b in zip(headings, headings[1:])), f"headings skip a level: {headings}")
    nodes = b.cdp("Accessibility.getFullAXTree")["nodes"]
    roles = {}
    for node in nodes:
        if not node.get("ignored"):
            roles.setdefault(node["role"].get("value"), []).append(node.get("name", {}).get("value", ""))
    for role in ("main", "navigation", "complementary", "table", "columnheader", "rowheader"):
        check(role in roles, f"no {role} for a screen reader")
    for role in ("button", "link", "searchbox", "region", "table"):
        check(all(name.strip() for name in roles.get(role, [])), f"a {role} without a name")
    # The table: who states what.
    for _ in range(100):
        if not b.run("const m = document.getElementById('more-rows'); if (m.hidden) return false; m.click(); return true"):
            break
    rows = b.run("""return [...document.querySelectorAll('#rows tr')].map((r) =>
        [+r.querySelector('.claim').dataset.claim, r.querySelectorAll('.dot, .letter').length])""")
    check(rows == [[c, claim["origin_count"]] for c, claim in enumerate(story["claims"])], f"the table is wrong: {rows[:5]}")
    b.run("document.querySelector('[data-view=only]').click()")
    only = [c for c, claim in enumerate(story["claims"]) if claim["origin_count"] < 2]
    check(b.run("return [...document.querySelectorAll('#rows .claim')].map((a) => +a.dataset.claim)") == only,
          "'Only one' shows other claims")
    # Both sides' words of each dispute.
    for dispute in story["disputes"]:
        for value in dispute["values"]:
            words = value["support"][0]["quote"]
            check(b.run("return [...document.querySelectorAll('.dispute blockquote')].some((q) => q.textContent === arguments[0])",
                        words), f"a side of a dispute is not told: {words}")


def reading(b, story):
    """The whole article: what it supports leads to the claims, what was left out is struck through."""
    for k, article in enumerate(story["articles"]):
        b.run("document.querySelector(`[data-article='${arguments[0]}']`).click()", k)
        quotes = {s["quote"] for claim in story["claims"] for s in claim["support"] if s["article"] == article["id"]}
        shown = b.run("return [...document.querySelectorAll('#evidence .text a bdi')].map((a) => a.textContent)")
        check(set(shown) == quotes, f"passages of {article['id']}: {set(shown) ^ quotes}")
        left_out = b.run("return [...document.querySelectorAll('#evidence .text s')].map((a) => a.textContent)")
        check(left_out == [f["quote"] for f in story["furniture"] if f["article"] == article["id"]], "furniture is not shown")
        b.run("document.querySelector('[data-close]').click()")


def quiet(b, page):
    check(not (console := b.console()), f"console: {console}")
    foreign = [url for url in b.requests() if url != page and not url.startswith(("data:,", "chrome:", "about:"))]
    check(not foreign, f"requests: {foreign}")


def stories_of(folder, name):
    page = (folder / f"{name}.html").as_uri()
    stories = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    for story in stories:
        story["summary_flat"] = [int(c[1:]) - 1 for paragraph in story["summary"] + story["further"] for c in paragraph]
    return page, stories


def load(b, folder, name):
    page, stories = stories_of(folder, name)
    b.open("about:blank")
    b.open(page)
    return page, stories


def check_gold(b, folder, width, scheme):
    page, stories = load(b, folder, "gold")
    check(b.run("return document.querySelectorAll('#list a').length") == len(stories), "the list is not of all stories")
    others = stories[1::2] if scheme == "light" else stories[2::2]
    for i, story in enumerate([stories[0], *others]):
        switch(b, story, width, mouse=i % 2 == 0)
        n = len(story["claims"])
        by_mouse(b, story, sorted({0, n // 2, n - 1}), width)
        if i == 0:
            structure(b, story, width)
            reading(b, story)
            by_keyboard(b, story, width)
    quiet(b, page)


def check_hostile(b, folder, width):
    page, (story,) = load(b, folder, "hostile")
    before = b.run("return document.querySelectorAll('script').length")
    close(b) if width >= 760 else None
    for c in range(len(story["claims"])):
        b.run("document.querySelector(arguments[0]).click()", f'.told [data-claim="{c}"]')
        see(b, story, c, f"hostile at {width}")
    b.run("""for (const d of document.querySelectorAll('details')) d.open = true;
             document.querySelector('[data-whole=yes]').click(); dispatchEvent(new Event('beforeprint'));""")
    see(b, story, len(story["claims"]) - 1, "hostile, whole")
    for button in range(b.run("return document.querySelectorAll('[data-article]').length")):
        b.run("document.querySelectorAll('[data-article]')[arguments[0]].click()", button)
    check(b.run("return document.querySelectorAll('img, svg:not(.growth), iframe, object, embed, form:not(#keys form), x, i').length") == 0, "markup")
    check(b.run("return document.querySelectorAll('script').length") == before, "a script was added")
    links = b.run("return [...document.querySelectorAll('a')].map((a) => a.getAttribute('href'))")
    check(all(link.startswith(("#", "https://x.example/")) for link in links), f"links: {links}")
    attributes = b.run("""return [...document.querySelectorAll('body *:not(script)')].flatMap((e) =>
        [...e.attributes].filter((a) => a.name !== 'href').map((a) => a.name + '=' + a.value))""")
    check(not any(a.startswith("on") for a in attributes), "an event handler")
    check(not any(c in a for a in attributes for c in "\u202e\u202b\u2066\u2067"), "direction controls in an attribute")
    check("\u202e" not in b.run("return document.title"), "direction controls in the title")
    # Figures and labels that stand after such words keep their place: to the right of what stands before them.
    turned = b.run("""return [...document.querySelectorAll('.told .claim')].filter((a) => {
        const count = a.querySelector('.count').getBoundingClientRect(), middle = (count.top + count.bottom) / 2;
        const line = [...a.querySelector('bdi').getClientRects()].filter((r) => r.top < middle && r.bottom > middle);
        return line.some((r) => r.right > count.left + 1); }).map((a) => a.textContent)""")
    check(not turned, f"the writing direction of an article leaks: {turned}")
    quiet(b, page)


def check_large(b, folder, width):
    start = time.monotonic()
    page, (story,) = load(b, folder, "large")
    opened = time.monotonic() - start
    choosing = b.run("""
        const times = [];
        for (const c of [5, 999, 2503, 4999]) {
          const from = performance.now();
          location.hash = '#/large/c' + (c + 1);
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          times.push(performance.now() - from);
        }
        return Math.max(...times);""")
    see(b, story, 4999, "large")
    check(b.run("return document.querySelectorAll('#rows tr').length") < 1000, "the table is not built lazily")
    print(f"500 articles, 5,000 claims at {width}: opened in {opened:.2f} s, a claim chosen in {choosing:.0f} ms")
    check(opened < 20 and choosing < 4000, "too slow")
    quiet(b, page)


def main():
    lacking = browser.missing()
    if lacking:
        print(f"{lacking} missing (tests/install.sh test)")
        return 77
    folder, axe = pathlib.Path(sys.argv[1]).resolve(), browser.axe()
    with browser.Browser() as b:
        b.open("about:blank")
        b.console(), b.requests()
        for size in SIZES:
            width, _, scheme = size
            b.size(*size)
            check_gold(b, folder, width, scheme)
            if scheme == "light":  # of what is no matter of colours
                check_hostile(b, folder, width)
                check_large(b, folder, width)
            desk_check.all_of_it(b, lambda name: stories_of(folder, name), size, axe)
            check(not (console := b.console()), f"console: {console}")
            foreign = [url for url in b.requests() if not url.startswith((folder.as_uri(), "data:,", "about:", "chrome:"))]
            check(not foreign, f"requests: {foreign}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
