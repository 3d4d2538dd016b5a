#!/usr/bin/env python3
"""Runs serve_stories on loopback and asks of it what clients ask, and what they should not. Called by serve_test.cpp.

    serve_check.py PROGRAMS ARTICLES FOLDER    PROGRAMS: where merge_stories and serve_stories are; ARTICLES: JSON Lines

Exit status: 0 all is well, 1 a check failed.
"""
import asyncio
import contextlib
import gzip
import json
import pathlib
import random
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "write"))
import browser  # noqa: E402

PATIENCE = 2  # seconds that a client has for its request
ANSWER = 60   # seconds that a client waits for its answer: a thousand may be before it, on a busy machine under a sanitizer
ATOM = "{http://www.w3.org/2005/Atom}"


def check(right, message):
    if not right:
        raise SystemExit(f"failed: {message}")


class Desk:
    """A store that grows, and the server that reads it."""

    def __init__(self, programs, articles, folder):
        self.merge = [programs / "merge_stories", "--quiet", "--store", folder / "served.store", "--output", "/dev/null"]
        self.folder = folder
        self.sanitized = b"__asan_init" in (programs / "serve_stories").read_bytes()
        self.patience = PATIENCE * (4 if self.sanitized else 1)
        self.articles = articles.read_text(encoding="utf-8").splitlines(keepends=True)
        half = len(self.articles) // 2
        self.put(self.articles[:half])
        self.rest = self.articles[half:]
        self.server = subprocess.Popen([programs / "serve_stories", "--store", folder / "served.store", "--port", "0",
                                        "--patience", str(self.patience)], stdout=subprocess.PIPE, text=True)
        self.url = self.server.stdout.readline().strip()
        at = urllib.parse.urlsplit(self.url)
        self.host, self.port = at.hostname, at.port

    def put(self, lines):
        file = self.folder / "in.jsonl"
        file.write_text("".join(lines), encoding="utf-8")
        subprocess.run([*self.merge, file], check=True)

    def memory(self):
        status = pathlib.Path(f"/proc/{self.server.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0])  # kB

    async def raw(self, data, wait=5.0):
        """All that comes back for these bytes until the server closes, or waits for more."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        out = b""
        try:
            writer.write(data)
            await writer.drain()
            while part := await asyncio.wait_for(reader.read(1 << 16), wait):
                out += part
        except (asyncio.TimeoutError, ConnectionError):
            pass
        writer.close()
        return out

    async def ask(self, path, method="GET", host=None, **headers):
        """(status, headers, body) of one request on a connection of its own."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'{self.host}:{self.port}'}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        answer = await self.raw("\r\n".join([*lines, "", ""]).encode("latin-1"), ANSWER)
        head, _, body = answer.partition(b"\r\n\r\n")
        status, *fields = head.decode("latin-1").split("\r\n")
        check(status, f"no answer to {method} {path}")
        return int(status.split()[1]), {f.partition(":")[0].lower(): f.partition(":")[2].strip() for f in fields}, body


async def routes(desk):
    types = {"/": "text/html", "/stories.json": "application/json", "/feed.json": "application/feed+json",
             "/feed.atom": "application/atom+xml", "/changes?since=0": "application/json", "/page?since=0": "text/html"}
    for path, kind in types.items():
        status, fields, body = await desk.ask(path)
        check(status == 200 and fields["content-type"].startswith(kind), f"{path}: {status} {fields}")
        check(int(fields["content-length"]) == len(body), f"{path}: its length is wrong")
        policy = fields["content-security-policy"]
        check("default-src 'none'" in policy and "unsafe" not in policy, f"{path}: {policy}")
        again = await desk.ask(path, If_None_Match=fields["etag"])
        check(again[0] == 304 and again[2] == b"", f"{path}: {again[0]} for its own tag")
        status, packed, zipped = await desk.ask(path, Accept_Encoding="br, gzip;q=0.5")
        if len(body) > 1000:
            check(packed.get("content-encoding") == "gzip" and gzip.decompress(zipped) == body, f"{path}: not as gzip")
            check(len(zipped) < len(body) and packed["etag"] != fields["etag"], f"{path}: gzip is no gain")
        status, plain, _ = await desk.ask(path, Accept_Encoding="gzip;q=0")
        check("content-encoding" not in plain, f"{path}: gzip that was refused")
        status, head, none = await desk.ask(path, "HEAD")
        check(status == 200 and none == b"" and head["etag"] == fields["etag"], f"HEAD {path}: {status}")
    stories = json.loads((await desk.ask("/stories.json"))[2])["stories"]
    check(stories, "no stories")
    for story in stories:
        one = json.loads((await desk.ask(f"/stories/{story['id']}.json"))[2])
        check(one["format"] == 2 and one["id"] == story["id"] and len(one["articles"]) == story["articles"], "a story is another")
    feed = json.loads((await desk.ask("/feed.json"))[2])
    check(feed["version"] == "https://jsonfeed.org/version/1.1" and len(feed["items"]) == len(stories), "the JSON feed")
    atom = xml.etree.ElementTree.fromstring((await desk.ask("/feed.atom"))[2])
    check(len(atom.findall(ATOM + "entry")) == len(stories), "the Atom feed")


async def refusals(desk):
    own = f"{desk.host}:{desk.port}"
    for path, status in {"/none": 404, "/stories/none.json": 404, "/stories/.json": 404, "/page.js": 404,
                         "/../../etc/passwd": 404, "/stories/..%2f..%2fetc%2fpasswd.json": 404, "/%00": 404, "/%zz": 400,
                         "/changes": 400, "/changes?since=x": 400, "/changes?since=-1": 400, "/changes?since=999": 400,
                         "/page?since=18446744073709551616": 400, "http://evil.example/": 400, "*": 400,
                         "/" + "a" * 3000: 414}.items():
        check((await desk.ask(path))[0] == status, f"{path[:60]}: not {status}")
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"):
        status, fields, _ = await desk.ask("/", method)
        check(status in (405, 400) and (status == 400 or fields["allow"] == "GET, HEAD"), f"{method}: {status}")
    for host in ("evil.example", f"evil.example:{desk.port}", "localhost", f"127.0.0.2:{desk.port}", f"localhost.:{desk.port}", "", own + "0"):
        check((await desk.ask("/", host=host or " "))[0] in (400, 421), f"it answers to the name {host}")
    for host in (own, f"localhost:{desk.port}", f"LocalHost:{desk.port}"):
        check((await desk.ask("/", host=host))[0] == 200, f"it does not answer to its name {host}")
    twice = await desk.raw(f"GET / HTTP/1.1\r\nHost: {own}\r\nHost: evil.example\r\n\r\n".encode())
    check(twice.startswith(b"HTTP/1.1 400"), "two hosts")
    long = await desk.raw(f"GET / HTTP/1.1\r\nHost: {own}\r\nX: {'y' * 20000}\r\n\r\n".encode())
    check(b"200 OK" not in long, "a header of 20,000 bytes")
    many = await desk.raw(f"GET /stories.json HTTP/1.1\r\nHost: {own}\r\n\r\n".encode() * 3, wait=desk.patience + 3)
    check(many.count(b"HTTP/1.1 200") == 3, "requests one after another on one connection")


async def nonsense(desk):
    """Bytes of no meaning, and requests with a few of them changed, end nothing."""
    dice = random.Random(23)
    good = f"GET /changes?since=0 HTTP/1.1\r\nHost: {desk.host}:{desk.port}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
    async def one(k):
        data = bytearray(good if k % 3 else dice.randbytes(200))
        for _ in range(dice.randrange(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        await desk.raw(bytes(data), wait=desk.patience + 1)
    await asyncio.gather(*(one(k) for k in range(300)))
    check((await desk.ask("/"))[0] == 200, "it answers no more after nonsense")


async def crowd(desk):
    """A thousand at once get what one alone gets; memory stays as it is."""
    wanted = (await desk.ask("/"))[2]
    async def all_at_once():
        answers = await asyncio.gather(*(desk.ask("/") for _ in range(1000)))
        check(all(status == 200 and body == wanted for status, _, body in answers), "of a thousand some got nothing or another page")
    await all_at_once()
    before = desk.memory()
    start = time.monotonic()
    for _ in range(2):
        await all_at_once()
    print(f"1,000 requests at once: {(time.monotonic() - start) / 2:.2f} s; memory {before} kB, then {desk.memory()} kB")
    check(desk.sanitized or desk.memory() < before + 8000, f"memory grows: {before} kB, then {desk.memory()} kB")


async def slow_clients(desk):
    """Those who send a byte now and then keep nobody waiting, and are dropped."""
    ended = []
    async def loris():
        reader, writer = await asyncio.open_connection(desk.host, desk.port)
        start = time.monotonic()
        try:
            for byte in b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " + b"y" * 1000:
                writer.write(bytes([byte]))
                await writer.drain()
                if await asyncio.wait_for(asyncio.shield(reader.read(1)), 0.2) == b"":
                    break
        except asyncio.TimeoutError:
            while True:
                try:
                    writer.write(b"y")
                    await writer.drain()
                    await asyncio.sleep(0.2)
                    if reader.at_eof():
                        break
                except ConnectionError:
                    break
        except ConnectionError:
            pass
        ended.append(time.monotonic() - start)
        writer.close()
    slow = [asyncio.create_task(loris()) for _ in range(450)]
    await asyncio.sleep(0.3)
    start = time.monotonic()
    check((await desk.ask("/"))[0] == 200, "slow clients keep others out")
    check(time.monotonic() - start < desk.patience + 8, "slow clients keep others waiting")
    await asyncio.wait_for(asyncio.gather(*slow), desk.patience + 15)
    check(max(ended) < desk.patience + 12, f"a slow client is kept {max(ended):.0f} s")


async def deaf_clients(desk):
    """One who asks again and again and never reads is dropped, too."""
    reader, writer = await asyncio.open_connection(desk.host, desk.port, limit=1)
    asked = f"GET /page?since=0 HTTP/1.1\r\nHost: {desk.host}:{desk.port}\r\n\r\n".encode() * 200
    writer.write(asked)
    start = time.monotonic()
    while not writer.transport.is_closing() and time.monotonic() - start < 6 * desk.patience + 20:
        await asyncio.sleep(0.2)
        try:
            writer.write(b"GET")
        except ConnectionError:
            break
    check(writer.transport.is_closing(), "a client that reads nothing is kept")
    writer.transport.abort()


async def news(desk):
    """A commit is told to who listens, and changes the feed entries of what it changed."""
    before = json.loads((await desk.ask("/feed.json"))[2])["items"]
    revision = json.loads((await desk.ask("/stories.json"))[2])["revision"]
    reader, writer = await asyncio.open_connection(desk.host, desk.port)
    writer.write(f"GET /events HTTP/1.1\r\nHost: {desk.host}:{desk.port}\r\n\r\n".encode())
    async def told():
        while not (line := await asyncio.wait_for(reader.readline(), 20)).startswith(b"data: "):
            check(line, "events end")
        return int(line.split()[1])
    check(await told() == revision, "the first event is not where things stand")
    desk.put(desk.rest)
    check(await told() > revision, "a commit is not told")
    writer.close()
    changes = json.loads((await desk.ask(f"/changes?since={revision}"))[2])["changes"]
    touched = {c["story"] for c in changes}
    after = {i["id"].rpartition(":")[2]: i for i in json.loads((await desk.ask("/feed.json"))[2])["items"]}
    check(touched and touched <= set(after), f"changed: {touched}")
    for item in before:
        story = item["id"].rpartition(":")[2]
        claims = any(c["story"] == story and ("claim" in c["kind"] or "dispute" in c["kind"] or "superseded" in c["kind"]) for c in changes)
        check((after[story]["date_modified"] != item["date_modified"]) == claims, f"the entry of {story} is updated, or not, and should not")


EVENTS = (("Lighthouse lit on Brenholm", "A lighthouse was lit on the island of Brenholm by its mayor. It burns all night."),
          ("Chess master beaten by girl of nine", "A girl of nine beat the chess master Orlo Vint in Hallam in 23 moves. She gave him a cake."),
          ("Bakers of Tarn strike over flour", "Bakers in Tarn stopped work over the price of flour. Their union leader Ina Brok spoke of ruin."),
          ("Comet seen above the Ister hills", "Stargazers saw a comet above the Ister hills before dawn. The astronomer Paul Riem named it."))


def until(right, message):
    for _ in range(100):
        if right():
            return
        time.sleep(0.1)
    check(right(), message)


def takes_in(b, desk, look, event, together):
    """A new story and a report that joins the open one come, `together` or one commit after the other: the list and the story have them,
    and what is read stays where it is."""
    with urllib.request.urlopen(desk.url + "stories.json") as answer:
        story = max(json.load(answer)["stories"], key=lambda s: s["origins"])
    b.size(*look)
    b.open("about:blank")
    b.open(f"{desk.url}#/{story['id']}")
    b.run("window.stays = true; scrollTo(0, document.querySelector('.told').offsetTop)")
    titles = lambda: b.run("return [...document.querySelectorAll('#list bdi')].map((t) => t.textContent)")
    head = lambda: b.run("return document.querySelector('main header').textContent")
    top = """const a = [...document.querySelectorAll('.told .claim')].find((c) => c.querySelector('bdi').textContent === arguments[0]);
             return a ? a.getBoundingClientRect().top : null"""
    listed, before = titles(), head()
    words = b.run("return document.querySelector('.told .claim bdi').textContent")
    at, name = b.run(top, words), "-".join(map(str, look))
    new = {**json.loads(desk.articles[0]), "id": f"late-{name}", "source": f"Late Paper {name}", "url": f"https://late.example/{name}",
           "title": event[0], "published": f"2032-07-0{1 + EVENTS.index(event)}T08:00:00Z", "text": event[1]}
    twin = next(json.loads(line) for line in desk.articles if words[:40] in json.loads(line)["text"])
    twin = {**twin, "id": f"twin-{name}", "source": f"Evening Echo {name}", "url": f"https://echo.example/{name}",
            "text": twin["text"] + f" A witness counted {100 + len(listed)} lights on the line that night, the Echo was told."}
    lines = [json.dumps(article) + "\n" for article in (new, twin)]
    desk.put(lines if together else lines[:1])
    until(lambda: event[0] in titles(), "the open page does not take in a new story")
    check(len(titles()) == len(listed) + 1, f"the list has other stories: {titles()}")
    if not together:
        check(head() == before and abs(b.run(top, words) - at) < 2, "what is read moves as another story comes")
        desk.put(lines[1:])
    until(lambda: head() != before, "the open story does not take in a report")
    still = b.run(top, words)
    check(still is None or abs(still - at) < 2, f"what is read moves from {at} to {still}")
    check(b.run("return window.stays === true"), "the page was loaded anew")
    check(not (console := b.console()), f"console: {console}")
    if source := browser.axe():
        check(not (bad := b.violations(source)), f"{look}: {bad}")


def live(desk):
    """The open page takes commits in, at both sizes, light and dark."""
    if lacking := browser.missing():
        print(f"no browser: {lacking}")
        return
    looks = [(*size, scheme) for scheme in ("light", "dark") for size in ((1280, 900), (390, 844))]
    with browser.Browser() as b:
        for look, event in zip(looks, EVENTS):
            takes_in(b, desk, look, event, together=look[2] == "dark")


def start_up(programs, folder):
    """It answers before it has merged all stories: the page begins with some and grows; what programs read waits for all."""
    count, dice = 100, random.Random(4)
    word = lambda: "".join(dice.choices("abdefgiklmnoprstuv", k=8))
    lines = [json.dumps({"id": f"s{k}", "source": "Paper", "published": f"2031-03-{1 + k % 28:02}T08:00:00Z", "title": f"{word()} {word()} {word()}".title(),
                         "text": " ".join(f"{word()} {word()} met {word()} near {word()}.".capitalize() for _ in range(6))}) + "\n" for k in range(count)]
    file = folder / "many.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    subprocess.run([programs / "merge_stories", "--quiet", "--store", folder / "many.store", "--output", "/dev/null", file], check=True)
    with (browser.Browser() if not browser.missing() else contextlib.nullcontext()) as b:
        server = subprocess.Popen([programs / "serve_stories", "--store", folder / "many.store", "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            url = server.stdout.readline().strip()
            read = lambda path: urllib.request.urlopen(url + path, timeout=ANSWER).read().decode()
            if b:
                b.open(url)
                b.run("window.stays = true")
            first = read("").count('class="story"')
            all_of_them = {s["id"] for s in json.loads(read("stories.json"))["stories"]}
            check(len(all_of_them) == count and 0 < first <= count, f"{first} stories at first, {len(all_of_them)} of {count} in the list")
            check(read("").count('class="story"') == read("feed.atom").count("<entry>") == count, "the page or the feed does not have all stories")
            if not b:
                return
            for _ in range(200):
                if b.run("return document.querySelectorAll('#list a').length") == count:
                    break
                time.sleep(0.1)
            check(b.run("return window.stays && document.querySelectorAll('#list a').length") == count, "the open page does not grow")
            check(b.run("return document.querySelectorAll('#plain > article').length") == count, "the open page does not print all")
            check(b.run("return document.querySelectorAll('.fresh, .partial').length") == 0, "at a first look stories are new, or not all are there")
        finally:
            server.kill()
            server.wait()
            server.stdout.close()


async def ask_all(desk):
    await routes(desk)
    await refusals(desk)
    await nonsense(desk)
    await crowd(desk)
    await asyncio.gather(slow_clients(desk), deaf_clients(desk))
    await news(desk)


def main():
    programs, articles, folder = (pathlib.Path(a) for a in sys.argv[1:])
    start_up(programs, folder)
    desk = Desk(programs, articles, folder)
    try:
        asyncio.run(ask_all(desk))
        live(desk)
        start = time.monotonic()
        desk.server.send_signal(signal.SIGTERM)
        check(desk.server.wait(10) == 0 and time.monotonic() - start < 5, "it does not end when it is told to")
    finally:
        desk.server.kill()
        desk.server.wait()
        desk.server.stdout.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
