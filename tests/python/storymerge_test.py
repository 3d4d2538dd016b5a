"""The Python module tells what the programs tell; what cannot be has an error that says why. Run by ctest with
STORYMERGE_LIBRARY, STORYMERGE_BIN (the programs) and STORYMERGE_ROOT set, and the module on the path."""

import datetime
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import unittest
import warnings

import storymerge

try:
    import numpy
except ImportError:
    numpy = None
try:
    import pandas
except ImportError:
    pandas = None
try:
    import pyarrow
except ImportError:
    pyarrow = None

ROOT = pathlib.Path(os.environ["STORYMERGE_ROOT"])
BIN = pathlib.Path(os.environ["STORYMERGE_BIN"])
DAY = (ROOT / "data" / "day.jsonl").read_bytes()
ARTICLES = [json.loads(line) for line in DAY.splitlines()]
TEXTS = [article["text"] for article in ARTICLES] + ["", "one", "Straße und “Größe”", "half a \ud83d pair", "東京で地震があり"]


def program(name, *arguments):
    out = subprocess.run([BIN / name, *arguments, "-"], input=DAY, capture_output=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


class Stories(unittest.TestCase):
    def test_are_those_of_the_program(self):
        self.assertEqual(storymerge.merge(DAY), program("merge_stories", "--format", "jsonl"))
        self.assertEqual(
            storymerge.merge(DAY, strictness="strict", preset="story", threads=1),
            program("merge_stories", "--format", "jsonl", "--strictness", "strict", "--preset", "story"),
        )

    def test_do_not_depend_on_what_articles_come_in(self):
        expected = storymerge.merge(DAY)
        self.assertEqual(storymerge.merge(ARTICLES), expected)
        self.assertEqual(storymerge.merge(reversed(ARTICLES)), expected)
        dated = [
            {**a, "published": datetime.datetime.fromisoformat(a["published"].replace("Z", "+00:00")), "author": None, "score": 3.5}
            if "published" in a
            else a
            for a in ARTICLES
        ]
        self.assertEqual(storymerge.merge(dated), expected)

    @unittest.skipIf(pandas is None, "pandas is not installed")
    def test_of_pandas(self):
        table = pandas.DataFrame(ARTICLES)
        expected = storymerge.merge(DAY)
        self.assertEqual(storymerge.merge(table), expected)
        table["published"] = pandas.to_datetime(table["published"], utc=True)
        table["author"] = float("nan")
        self.assertEqual(storymerge.merge(table), expected)

    @unittest.skipIf(pyarrow is None, "pyarrow is not installed")
    def test_of_arrow(self):
        table = pyarrow.Table.from_pylist(ARTICLES)
        self.assertEqual(storymerge.merge(table), storymerge.merge(DAY))
        self.assertEqual(storymerge.merge(table.to_batches()[0]), storymerge.merge(DAY))

    def test_come_one_at_a_time_and_may_be_left(self):
        stories = storymerge.stories(DAY)
        first = next(stories)
        stories.close()
        self.assertEqual(first, storymerge.merge(DAY)[0])

    def test_are_one_when_the_caller_says_so(self):
        with storymerge.Session() as session:
            session.add(ARTICLES)
            story = session.one_story()
            self.assertEqual({a["id"] for a in story["articles"]}, {a["id"] for a in ARTICLES})
            session.clear()
            self.assertIsNone(session.one_story())

    def test_warn_of_articles_that_cannot_be_used(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            told = storymerge.merge([{"id": "a"}, {"id": "b", "text": "One."}, {"id": "c", "text": 3}])
        self.assertEqual([a["id"] for story in told for a in story["articles"]], ["b"])
        self.assertEqual(len(caught), 1)
        self.assertIn("2 articles cannot be used, the first: line 1: text: no text", str(caught[0].message))
        self.assertEqual(caught[0].filename, __file__)

    def test_refuse_what_they_do_not_take(self):
        with self.assertRaisesRegex(storymerge.Error, "option 'strictness' takes .*got 'hard'") as caught:
            storymerge.merge(DAY, strictness="hard")
        self.assertEqual(caught.exception.code, "bad_option")
        with self.assertRaisesRegex(storymerge.Error, "no option 'colour'"):
            storymerge.merge(DAY, colour="red")
        with self.assertRaises(TypeError):
            storymerge.merge("data/day.jsonl")
        with storymerge.Session() as session:
            session.add(DAY)
            session.issues()
            with self.assertRaisesRegex(storymerge.Error, "closed"):
                session.add(DAY)
            session.clear()
            session.add(DAY)


class Duplicates(unittest.TestCase):
    def test_are_those_of_the_program(self):
        found = storymerge.find_duplicates(DAY)
        self.assertTrue(found)
        self.assertEqual(found, program("find_duplicates"))
        self.assertEqual(storymerge.find_duplicates(DAY, threshold=0.9), program("find_duplicates", "--threshold", ".9"))

    def test_compare(self):
        a, b = "The ferry sank off Lidra on Friday.", "The ferry sank off Lidra on Sunday."
        self.assertEqual(storymerge.compare(a, b), (5, 6, 6))
        self.assertAlmostEqual(storymerge.compare(a, b).jaccard, 5 / 7)
        self.assertEqual(storymerge.compare("", "").jaccard, 0)


class Signatures(unittest.TestCase):
    def rows(self, slots):
        return [list(row) for row in (slots.tolist() if hasattr(slots, "tolist") else slots)]

    def test_are_the_same_whatever_texts_come_in(self):
        expected = self.rows(storymerge.signatures(TEXTS))
        self.assertEqual(len(expected), len(TEXTS))
        self.assertEqual({len(row) for row in expected}, {128})
        self.assertEqual(self.rows(storymerge.signatures(tuple(TEXTS), threads=1)), expected)
        self.assertEqual([self.rows(storymerge.signatures([text]))[0] for text in TEXTS], expected)
        many = TEXTS * 200  # in several pieces
        self.assertEqual(self.rows(storymerge.signatures(iter(many))), expected * 200)
        self.assertEqual(len(storymerge.signatures([])), 0)

    @unittest.skipIf(numpy is None, "NumPy is not installed")
    def test_fill_an_array_in_place(self):
        out = numpy.zeros((len(TEXTS), 64), dtype=numpy.uint32)
        self.assertIs(storymerge.signatures(TEXTS, out, num_perm=64), out)
        numpy.testing.assert_array_equal(out, storymerge.signatures(TEXTS, num_perm=64))
        for bad in (out.astype(numpy.int64), out[:, :32], out[1:], out.T, numpy.asfortranarray(out)):
            with self.assertRaises(TypeError):
                storymerge.signatures(TEXTS, bad, num_perm=64)
        keys = storymerge.band_keys(out, num_perm=64, bands=16, rows=4)
        self.assertEqual(keys.shape, (len(TEXTS), 16))
        self.assertTrue((keys[TEXTS.index("one")] == storymerge.band_keys(out[TEXTS.index("one")][None, :], num_perm=64, bands=16, rows=4)).all())

    @unittest.skipIf(pyarrow is None or numpy is None, "pyarrow or NumPy is not installed")
    def test_of_arrow_arrays(self):
        texts = [text for text in TEXTS if "\ud83d" not in text]  # Arrow holds none that are not UTF-8
        expected = storymerge.signatures(texts)
        for kind in (pyarrow.string(), pyarrow.large_string()):
            array = pyarrow.array(["skipped"] + texts, kind)
            numpy.testing.assert_array_equal(storymerge.signatures(array[1:]), expected)
            numpy.testing.assert_array_equal(storymerge.signatures(pyarrow.chunked_array([array[1:3], array[3:]])), expected)
            nulls = pyarrow.array([None, TEXTS[0]], kind)
            numpy.testing.assert_array_equal(storymerge.signatures(nulls), storymerge.signatures(["", TEXTS[0]]))
            self.assertEqual(len(storymerge.signatures(pyarrow.array([], kind))), 0)
        with self.assertRaises(TypeError):
            storymerge.signatures(pyarrow.array([1, 2]))

    def test_without_numpy(self):
        script = """
            import sys
            sys.modules["numpy"] = None
            import json, storymerge
            texts = json.load(sys.stdin)
            slots = storymerge.signatures(texts)
            keys = storymerge.band_keys(slots)
            json.dump([slots.tolist(), keys.tolist()], sys.stdout)
        """
        out = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], input=json.dumps(TEXTS), capture_output=True, text=True)
        self.assertEqual(out.returncode, 0, out.stderr)
        slots = storymerge.signatures(TEXTS)
        self.assertEqual(json.loads(out.stdout), [self.rows(slots), self.rows(storymerge.band_keys(slots))])

    def test_tell_their_kind(self):
        with storymerge.Session() as a, storymerge.Session(num_perm=64) as b:
            self.assertNotEqual(a.fingerprint, b.fingerprint)


class Parts(unittest.TestCase):
    def test_are_decided_as_the_whole(self):
        with storymerge.Session() as whole, storymerge.Session() as part:
            whole.add(DAY)
            part.add(DAY)
            repeated = whole.learn()
            self.assertEqual(set(repeated), {"frequent", "common", "sources"})
            part.know(repeated)
            self.assertEqual(part.pairs(), whole.pairs())
            self.assertEqual(part.duplicates(), whole.duplicates())
            part.know(None)
            with self.assertRaisesRegex(storymerge.Error, "storymerge_learn"):
                part.know({"frequent": 1})

    @unittest.skipIf(numpy is None, "NumPy is not installed")
    def test_share_the_keys_of_their_texts(self):
        with storymerge.Session() as session:
            rows, keys = session.samples([TEXTS[0], "one", TEXTS[0]], ["", "Herald", ""])
            self.assertEqual(rows[0], rows[2])
            self.assertEqual(rows["words"][1], 1)
            self.assertEqual(len(keys), rows["keys"].sum())
            self.assertGreater(len(keys), 2)
            self.assertEqual(keys[: len(keys) // 2].tolist(), keys[len(keys) // 2 :].tolist())


class Store(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "day.store"

    def test_has_the_stories_of_the_batch(self):
        def told(stories):
            """By their articles; ids and aliases are the store's own."""
            return {tuple(a["id"] for a in s["articles"]): {**s, "id": None, "aliases": None,
                    "claims": [{**c, "aliases": None} for c in s["claims"]]} for s in stories}

        with storymerge.Store(self.path) as store:
            self.assertEqual(store.put(ARTICLES[:3]), {"added": 3, "version": 0, "known": 0})
            self.assertEqual(store.commit(), 1)
            self.assertEqual(store.put(ARTICLES), {"added": len(ARTICLES) - 3, "version": 0, "known": 3})
            self.assertEqual(store.repair(), store.revision)
            listed = store.stories()
            stories = [store.story(entry["id"]) for entry in listed]
            self.assertEqual(told(stories), told(storymerge.merge(DAY)))
            self.assertEqual([entry["articles"] for entry in listed], [len(story["articles"]) for story in stories])
            self.assertEqual([store.story_of(story["articles"][0]["id"]) for story in stories], stories)
            self.assertEqual(sum(entry["articles"] for entry in store.stories(as_of=1)), 3)
            self.assertIn("founded", {change["kind"] for change in store.since(0)})
            self.assertEqual(store.since(store.revision), [])
            store.verify()
        with storymerge.Store(self.path, read_only=True, threads=1) as store:
            self.assertEqual([a["text"] for a in store.articles()], [a["text"] for a in ARTICLES])
            with self.assertRaisesRegex(storymerge.Error, "read only") as caught:
                store.put(ARTICLES)
            self.assertEqual(caught.exception.code, "io")

    def test_withdraws_and_lets_expire(self):
        with storymerge.Store(self.path) as store:
            with self.assertWarnsRegex(UserWarning, "1 articles cannot be used") as caught:
                store.put([{"id": "a", "text": "The bridge is shut.", "published": "2031-03-14T09:00:00Z"},
                           {"id": "b", "text": "The council votes.", "published": "2031-05-14T09:00:00Z"}, {"id": "c"}])
            self.assertEqual(caught.filename, __file__)
            store.commit()
            store.expire(datetime.datetime(2031, 4, 1, tzinfo=datetime.timezone.utc))
            store.commit()
            self.assertEqual([len(store.stories()), len(store.stories(expired=True)), len(store.stories(as_of=1))], [1, 2, 2])
            self.assertFalse(store.remove("c"))
            self.assertTrue(store.remove("b"))
            store.commit()
            self.assertIsNone(store.story_of("b"))
            self.assertEqual([a["id"] for a in store.articles()], ["a"])

    def test_refuses_what_is_no_store(self):
        self.path.write_text("text")
        with self.assertRaisesRegex(storymerge.Error, "day.store"):
            storymerge.Store(self.path)


class Interruption(unittest.TestCase):
    def test_stop_from_another_thread(self):
        with storymerge.Session() as session:
            session.add(many_articles())
            threading.Timer(0.05, session.stop).start()
            with self.assertRaises(storymerge.Error) as caught:
                list(session.stories())
            self.assertEqual(caught.exception.code, "stopped")

    def test_control_c_ends_the_work(self):
        with storymerge.Session() as session:
            session.add(many_articles())
            timer = threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGINT))
            timer.start()
            with self.assertRaises(KeyboardInterrupt):
                list(session.stories())
            timer.join()

    def test_other_threads_go_on(self):
        """The interpreter's lock is free while the library works."""
        counted, done = [0], threading.Event()

        def count():
            while not done.is_set():
                counted[0] += 1
                done.wait(0.001)

        with storymerge.Session(threads=1) as session:
            thread = threading.Thread(target=count)
            thread.start()
            session.signatures(TEXTS * 2000)
            done.set()
            thread.join()
        self.assertGreater(counted[0], 10)


def many_articles():
    """Long enough that they are interrupted in their midst."""
    return [{"id": f"{n}-{i}", "source": f"Outlet {i % 97}", "text": f"{article['text']} Number {n} of these is {n * n}."}
            for n in range(1500) for i, article in enumerate(ARTICLES)]


if __name__ == "__main__":
    unittest.main()
