"""What an editor asks of the page, checked in a browser that page_check.py has opened: one function a matter, each at both sizes, light and dark.

| asked | checked by |
|---|---|
| at a glance on the first screen; summary open, further closed | glance |
| who says what: the header and the claims stay, columns scroll, what only one or two say | matrix, wide_matrix |
| how it grew: drawn, and as a table | growth |
| since you looked: new and changed, in this browser | since_you_looked |
| sorted, facets, search over headlines and text with hits marked | finding |
| addresses of stories, claims, disputes; older and unknown ones | addresses |
| a sentence with its citation, as text, Markdown, HTML | copying |
| without JavaScript; printed, one or all | without_script, printing |
| keyboard: ten presses at most, ? | keyboard; page_check.by_keyboard |
| a day of 1,000 stories | many; its size: Page.InABrowser of page_test.cpp |
| axe, contrast | accessible, contrast; page_check.structure |
| served: routes, commits taken in, crowds, slow clients, refusals, the start | tests/whole/serve_check.py |
"""
import itertools
import json
import time

PRESSES = 10  # of keys, at most, to anything
OPENING = 1.0  # seconds of the page's main thread, at most, to open a day of a thousand stories: a third of it where it was measured
looks = itertools.count()


def check(right, message):
    if not right:
        raise SystemExit(f"failed: {message}")


def fresh(b, page, place="", forget=True):
    """Opens the page; `forget`: as a browser that has never seen it."""
    if forget:
        b.run("if (location.protocol === 'file:') localStorage.clear()")  # one for all files
    b.open(f"{page}?{next(looks)}{place}")  # an address of its own: loaded anew
    b.settle()


def text(b, selector):
    return b.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)


def texts(b, selector):
    return b.run("return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)", selector)


def glance(b, page, stories):
    """On the first screen of every story: sources, time, what several say, what is disputed with its subject."""
    for story in stories:
        fresh(b, page, f"#/{story['id']}")
        bottom = b.run("return document.getElementById('glance').getBoundingClientRect().bottom")
        height = b.run("return innerHeight")
        check(bottom <= height, f"{story['id']}: at a glance ends at {bottom} of {height} pixels")
        head, told = text(b, "main > header"), text(b, "#glance")
        n = len(story["origins"])
        check(f"{n} independent source" in head and "page of " in head, f"{story['id']}: {head}")
        agreed = [c for c in story["claims"] if c["status"] == "corroborated"]
        if agreed:
            check(agreed[0]["text"][:30] in told or len(agreed) > 3, f"{story['id']} does not say what is agreed: {told}")
        for dispute in story["disputes"][:2]:
            for value in dispute["values"]:
                check(value["value"][:20] in told, f"{story['id']}: {value['value']} is not told at a glance: {told}")
            check(f"({dispute['values'][0]['origin_count']} source" in told, "no sources of a value")
        differ = b.run("""const figures = (where) => new Map([...document.querySelectorAll(where)].map((a) =>
              [a.querySelector('bdi').textContent, a.querySelector('.count').textContent]));
            const told = figures('.told .claim:not(:has(.tag))');
            return [...figures('#glance .agreed .claim')].filter(([words, n]) => told.has(words) && told.get(words) !== n)""")
        check(not differ, f"at a glance another figure than in the text: {differ}")
        check(b.run("return !document.getElementById('further')?.open && document.querySelector('.told').checkVisibility()"),
              "the summary is not open, or the rest is")


def without_script(b, page, stories):
    b.cdp("Emulation.setScriptExecutionDisabled", value=True)
    b.open("about:blank")
    b.open(page)
    shown = b.cdp("Runtime.evaluate", expression="""
        const shown = document.querySelector('#plain');
        shown.checkVisibility() && !document.querySelector('#story').checkVisibility() ? shown.textContent : ''""")["result"]["value"]
    b.cdp("Emulation.setScriptExecutionDisabled", value=False)
    shown = " ".join(shown.split())
    for story in stories:
        for words in [story["title"]] + [c["text"] for c in story["claims"] if c["id"] in sum(story["summary"], [])]:
            check(" ".join(words.split()) in shown, f"without scripts nobody reads: {words}")
        for article in story["articles"]:
            if any(o["original"] == article["id"] for o in story["origins"]):
                check(article["source"] in shown, f"without scripts there is no {article['source']}")


def printing(b, page, stories):
    fresh(b, page)
    b.run("window.print = () => {}")
    b.cdp("Emulation.setEmulatedMedia", media="print")
    b.run("document.querySelector('[data-print=all]').click()")
    shown = text(b, "body")
    check(all(story["title"] in shown for story in stories), "'Print all' prints not all")
    check(not b.run("return document.querySelector('#story').checkVisibility()"), "'Print all' prints a story twice")
    b.run("dispatchEvent(new Event('afterprint')); document.querySelector('[data-print=story]').click()")
    shown = texts(b, "h1, h2, #plain h2")
    check(b.run("return document.querySelector('#story').checkVisibility()") and
          not b.run("return document.querySelector('#plain').checkVisibility()"), f"'Print' prints other stories: {shown}")
    b.cdp("Emulation.setEmulatedMedia", media="")


def addresses(b, page, stories):
    story = next(s for s in stories if s["disputes"] and s.get("aliases"))
    dispute = story["disputes"][0]
    fresh(b, page, f"#/{story['aliases'][0]}/{dispute['claim']}")
    check(text(b, "h1") == story["title"] and "older" in text(b, ".notice"), "an older address leads nowhere, or does not say so")
    words = next(c["text"] for c in story["claims"] if c["id"] == dispute["claim"])
    check(text(b, "#evidence h2") == words, "the address of a claim does not show it")
    fresh(b, page, f"#/{story['id']}/{dispute['claim']}/{dispute['kind']}")
    b.settle()
    c = next(i for i, claim in enumerate(story["claims"]) if claim["id"] == dispute["claim"])
    place = f"{c} {dispute['kind']}"
    top = b.run("return document.querySelector(`[data-dispute='${arguments[0]}']`).getBoundingClientRect().top", place)
    check(-1 <= top < b.run("return innerHeight"), f"the address of a dispute does not show it: at {top}")
    c, older = b.run("const c = data.claims.findIndex((claim) => claim.aliases); return [c, data.claims[c].aliases[0]]")
    fresh(b, page, f"#/{story['id']}/{older}")
    check(text(b, "#evidence h2") == story["claims"][c]["text"] and "now told" in text(b, ".notice"),
          "the address of a claim that has become part of another does not lead there, or does not say so")
    fresh(b, page, "#/nothing-of-ours")
    check("nothing-of-ours" in text(b, "main") and text(b, "h1") not in [s["title"] for s in stories], "an unknown story is not told")
    fresh(b, page, f"#/{story['id']}/nothing")
    check(text(b, "h1") == story["title"] and "not told here" in text(b, ".notice"), "an unknown claim is not told")


def copying(b, page, story):
    fresh(b, page, f"#/{story['id']}/c1")
    b.run("""Object.defineProperty(navigator, 'clipboard', { value: { write: async ([item]) => {
        window.copied = {};
        for (const type of item.types) window.copied[type] = await (await item.getType(type)).text(); } } })""")
    first = story["claims"][0]["support"][0]
    article = next(a for a in story["articles"] if a["id"] == first["article"])
    for kind, marks in (("Text", ("“",)), ("Markdown", ("> ", "](<")), ("HTML", ("<blockquote", "<a href="))):
        b.click(f"[data-copy={kind}]")
        copied = b.run("return window.copied")
        check(all(m in copied["text/plain"] for m in marks), f"as {kind}: {copied}")
        stamp = article["published"]
        for words in (article["source"], article["url"], article["title"].split()[0], f"{int(stamp[8:10])} ", stamp[:4]):
            check(words in copied["text/plain"], f"as {kind}, without {words}: {copied}")
        check(("text/html" in copied) == (kind == "HTML"), f"as {kind}: {list(copied)}")


def focused(b, selector):
    return b.run("return document.activeElement.matches(arguments[0])", selector)


def keyboard(b, page, size):
    """No way is longer than ten presses, without the single letters and with them."""
    wide = size[0] >= 1240
    menu = () if wide else ("Tab", "Tab", "Tab", "Tab", "Enter", "Tab")  # the list is folded
    ways = {
        "#search": menu + ("Tab",) if not wide else ("Tab",) * 5,
        "#list a": (menu + ("Tab", "Down")) if not wide else ("Tab",) * 5 + ("Down",),
        "h1": ("Tab", "Enter"),
        ".told .claim": ("Tab", "Tab", "Enter"),
        "#glance .claim": ("Tab", "Enter", "Tab"),
        "#evidence h2": ("Tab", "Tab", "Enter", "Enter", "Enter"),
        "#matrix h2": ("Tab", "Enter", "Tab", "Tab", "End", "Left", "Left", "Left", "Enter"),
        "#sources h2": ("Tab", "Enter", "Tab", "Tab", "End", "Left", "Left", "Enter"),
    }
    for goal, presses in ways.items():
        fresh(b, page)
        check(len(presses) <= PRESSES, f"{goal}: {len(presses)} presses")
        b.press(*presses)
        check(focused(b, goal), f"{presses} do not lead to {goal} but to " +
              b.run("return document.activeElement.outerHTML.slice(0, 200)"))
    fresh(b, page)
    for key, goal in (("s", ".told .claim"), ("m", "#matrix h2"), ("o", "#sources h2"), ("g", "#glance h2"), ("/", "#search")):
        b.run("document.activeElement.blur()")
        b.press(key)
        check(focused(b, goal), f"the key {key} does not lead to {goal}")
    b.run("document.activeElement.blur()")
    b.press("?")
    check("search" in text(b, "dialog[open]"), "? does not show the keys")
    b.click("#single-keys")
    b.press("Escape")
    b.press("m")
    check(not focused(b, "#matrix h2"), "single letters cannot be turned off")


def typed(b, selector, value):
    b.run("""const e = document.querySelector(arguments[0]); e.value = arguments[1];
             e.dispatchEvent(new Event(e.matches('select') ? 'change' : 'input', { bubbles: true }))""", selector, value)
    b.settle()


def listed(b):
    return texts(b, "#list .title bdi") or b.run("return [...document.querySelectorAll('#list .title bdi')].map((t) => t.textContent)")


def finding(b, page, stories):
    fresh(b, page)
    b.run("document.getElementById('menu').setAttribute('aria-expanded', 'true')")
    word = max(stories[1]["claims"][0]["text"].split(), key=len).strip(",.")
    typed(b, "#search", word.upper())
    wanted = [s["title"] for s in stories if word.lower() in json.dumps(s, ensure_ascii=False).lower()]
    check(stories[1]["title"] in listed(b) and set(listed(b)) <= set(wanted), f"{word}: {listed(b)}, not {wanted}")
    check(b.run("return CSS.highlights.get('hit')?.size > 0"), "hits are not marked")
    typed(b, "#search", "no such words at all")
    check(listed(b) == [] and "0 stories" in text(b, "#found"), "a search without hits shows stories")
    typed(b, "#search", "")
    for order, key in (("newest", lambda s: s["last_published"]), ("sources", lambda s: len(s["origins"])),
                       ("disputes", lambda s: len(s["disputes"]))):
        typed(b, "#sort", order)
        keys = [key(next(s for s in stories if s["title"] == title)) for title in listed(b)]
        check(keys == sorted(keys, reverse=True) and len(keys) == len(stories), f"sorted by {order}: {keys}")
    typed(b, "#by-status", "disputed")
    wanted = {s["title"] for s in stories if any(d["resolution"] == "conflict" for d in s["disputes"])}
    check(set(listed(b)) == wanted, f"disputed: {listed(b)}")
    typed(b, "#by-status", "all")
    for pick, of in (("#by-source", lambda s: {a["source"] for a in s["articles"]}),
                     ("#by-day", lambda s: {int(s["first_published"][8:10])})):
        value = b.run("const s = document.querySelector(arguments[0]); return [s.options[1].value, s.options[1].text]", pick)
        typed(b, pick, value[0])
        check(0 < len(listed(b)) <= len(stories) and f"({len(listed(b))})" in value[1], f"{pick} {value}: {listed(b)}")
        typed(b, pick, "")


def since_you_looked(b, before, after, stories):
    """A claim came: its story and it are marked, until the story has been opened."""
    one, other = stories[0], stories[1]
    fresh(b, before, f"#/{one['id']}")
    check(texts(b, ".fresh") == [], "at the first look something is new")
    fresh(b, after, f"#/{other['id']}", forget=False)
    marks = b.run("return [...document.querySelectorAll('#list .fresh')].map((m) => m.parentNode.querySelector('bdi').textContent)")
    check(marks == [one["title"]], f"changed: {marks}")
    fresh(b, after, f"#/{one['id']}", forget=False)
    new = b.run("return [...document.querySelectorAll('.told .claim')].filter((a) => a.querySelector('.fresh')).map((a) => a.querySelector('bdi').textContent)")
    check(new == [one["claims"][-1]["text"]], f"new since the last look: {new}")
    check("New since you looked (1)" in b.run("return document.querySelector('#glance').textContent"), "nothing new at a glance")
    fresh(b, after, f"#/{one['id']}", forget=False)
    check(texts(b, ".fresh") == [], "what was looked at stays new")


def matrix(b, page, story):
    fresh(b, page, f"#/{story['id']}")
    b.run("document.getElementById('matrix').scrollIntoView(); const s = document.querySelector('#matrix .scroll'); s.scrollTop = 9e5")
    b.settle()
    seen = b.run("""const box = document.querySelector('#matrix .scroll').getBoundingClientRect();
        const head = document.querySelector('#matrix thead th:last-child').getBoundingClientRect();
        const last = document.querySelector('#rows tr:last-child').getBoundingClientRect();
        return head.top >= box.top - 1 && head.bottom <= last.top + 1 && last.top < box.bottom""")
    check(seen, "the header of the table does not stay")
    origin = {a: o for o, voice in enumerate(story["origins"]) for a in voice["articles"]}
    by = [{origin[s["article"]] for s in claim["support"]} for claim in story["claims"]]
    rows = "return [...document.querySelectorAll('#rows .claim')].map((a) => +a.dataset.claim)"
    one, two = max(((a, x) for a in range(len(story["origins"])) for x in range(len(story["origins"])) if a != x),
                   key=lambda pair: sum(s == set(pair) for s in by))
    typed(b, "#one-of", str(one))
    check(b.run(rows) == [c for c, s in enumerate(by) if s == {one}], "what only one says")
    typed(b, "#two-of", str(two))
    check(b.run(rows) == [c for c, s in enumerate(by) if s == {one, two}], "what only these two say")


def wide_matrix(b, page, story):
    """Of a story of many sources: the claims stay while the columns scroll."""
    fresh(b, page, f"#/{story['id']}")
    stays = b.run("""const box = document.querySelector('#matrix .scroll'), row = document.querySelector('#rows th');
        document.getElementById('matrix').scrollIntoView();
        const before = row.getBoundingClientRect().left;
        box.scrollLeft = 9e5;
        return box.scrollLeft > 1000 && Math.abs(row.getBoundingClientRect().left - before) < 2""")
    check(stays, "the columns of the table do not scroll, or its claims do")


def growth(b, page, story):
    fresh(b, page, f"#/{story['id']}")
    dated = sum("published" in a for a in story["articles"])
    values, room = ([sum(bool(v["support"]) for v in d["values"]) for d in story["disputes"]], 8)
    check(b.run("return document.querySelectorAll('svg.growth .report').length") == dated, "not all reports are drawn")
    drawn = b.run("return document.querySelectorAll('svg.growth .value').length")
    check(drawn == sum(values[:room]), f"{drawn} values of {values} are drawn")
    b.run("document.querySelector('#growth-table').open = true")
    times = b.run("return [...document.querySelectorAll('#growth-table tbody time')].map((t) => t.dateTime)")
    check(len(times) == dated + sum(values) and times == sorted(times), f"the table of how it grew: {times}")


CONTRAST = """
  const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgb = (color) => { probe.clearRect(0, 0, 1, 1); probe.fillStyle = color; probe.fillRect(0, 0, 1, 1);
                           return [...probe.getImageData(0, 0, 1, 1).data]; };
  const light = (c) => { const [r, g, b] = c.map((x) => (x /= 255) <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
                         return .2126 * r + .7152 * g + .0722 * b; };
  const bad = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || !e.checkVisibility() || e.closest('script, style, .vh, button:disabled, svg')) continue;
    let back = [255, 255, 255, 0];
    for (let at = e; at && back[3] === 0; at = at.parentElement) back = rgb(getComputedStyle(at).backgroundColor);
    if (back[3] === 0) back = [255, 255, 255, 255];
    const [x, y] = [light(rgb(getComputedStyle(e).color)), light(back)].sort((p, q) => q - p);
    if ((x + .05) / (y + .05) < 4.5) bad.push(`${((x + .05) / (y + .05)).toFixed(2)} ${e.className} ${node.data.slice(0, 30)}`);
  }
  return bad;"""


def contrast(b, page, story):
    fresh(b, page, f"#/{story['id']}/{story['claims'][0]['id']}")
    b.run("for (const d of document.querySelectorAll('main details')) d.open = true")
    check(not (bad := b.run(CONTRAST)), f"too little contrast: {bad[:5]}")


def accessible(b, page, story, source):
    """No rule of axe-core is broken, with a sentence's evidence and all that is folded open. (As it opens: serve_check.live.)"""
    if source is None:
        return print("axe-core is missing (tests/write/axe.sh build/axe): the page is not checked by it")
    fresh(b, page, f"#/{story['id']}/{story['claims'][0]['id']}")
    b.run("""document.getElementById('menu').setAttribute('aria-expanded', 'true');
             for (const d of document.querySelectorAll('main details')) d.open = true""")
    check(not (bad := b.violations(source)), f"axe: {bad}")


def many(b, page, stories, size):
    """A day of a thousand stories."""
    start = time.monotonic()
    fresh(b, page)
    opened, busy = time.monotonic() - start, b.main_thread()
    check(len(b.run("return [...document.querySelectorAll('#list a')].map((a) => a.href)")) == len(stories), "not all stories are listed")
    searched = b.run("""const from = performance.now(); const s = document.getElementById('search'); s.value = 'ferry';
        s.dispatchEvent(new Event('input', { bubbles: true })); return performance.now() - from""")
    print(f"{len(stories)} stories at {size[0]}: opened in {opened:.2f} s, {busy:.2f} s of its main thread; first search {searched:.0f} ms")
    check(busy < OPENING and opened < 8 and searched < 4000, "too slow")  # by the clock, a busy machine is allowed much
    b.run("document.querySelector('#list a').click()")
    b.settle()
    b.run("document.querySelector('.told .claim').click()")
    b.settle()
    check(b.run("return document.querySelectorAll('#evidence mark').length") > 0, "no passages in a page of many stories")
    check("\uffff" not in text(b, "body"), "what is left out is shown")


def all_of_it(b, read, size, axe):
    page, stories = read("gold")
    before, _ = read("before")
    glance(b, page, stories)
    without_script(b, page, stories)
    printing(b, page, stories)
    b.size(*size)  # print's media are gone
    addresses(b, page, stories)
    copying(b, page, stories[0])
    keyboard(b, page, size)
    finding(b, page, stories)
    since_you_looked(b, before, page, stories)
    matrix(b, page, stories[0])
    wide_matrix(b, *(part[0] if isinstance(part, list) else part for part in read("large")))
    growth(b, page, stories[0])
    contrast(b, page, stories[0])
    accessible(b, page, stories[0], axe)
    page, stories = read("many")
    many(b, page, stories, size)
