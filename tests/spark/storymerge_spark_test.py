"""Spark tells what one machine tells: on the example day the same, on generated copies within what README.md of examples/spark
states; and the same for any number of partitions. Run by ctest with STORYMERGE_LIBRARY, STORYMERGE_BIN and STORYMERGE_ROOT set and both
modules on the path. Exits 77, skipped, where Java, PySpark 4 or pyarrow is missing."""

import collections
import datetime
import itertools
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

if shutil.which("java") is None:
    print("skipped: no Java")
    sys.exit(77)
try:
    import numpy  # noqa: F401
    import pyarrow
    from pyspark.sql import SparkSession

    import storymerge_spark
except (ImportError, SystemExit) as error:
    print(f"skipped: {error}")
    sys.exit(77)

ROOT = pathlib.Path(os.environ["STORYMERGE_ROOT"])
BIN = pathlib.Path(os.environ["STORYMERGE_BIN"])
DAY = ROOT / "data" / "day.jsonl"


def program(name, *arguments):
    out = subprocess.run([BIN / name, *map(str, arguments)], capture_output=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def pairs(groups):
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


def generated(count):
    """Articles of which one in four is a lightly edited copy of an earlier one, and one in twelve holds an earlier one inside a longer text;
    every outlet ends all of its own with the same words."""
    rng = random.Random(7)
    words = ["".join(rng.choices("abcdefghijklmnoprstuvz", k=rng.randint(2, 9))) for _ in range(20000)]
    footers = [rng.choices(words, k=30) for _ in range(40)]
    texts, out = [], []
    for i in range(count):
        text, kind = rng.choices(words, k=rng.randint(60, 250)), rng.randrange(12)
        if texts and kind < 3:
            text = list(rng.choice(texts))
            for _ in range(rng.randint(0, 6)):
                text[rng.randrange(len(text))] = rng.choice(words)
        elif texts and kind == 3:
            text = text + list(rng.choice(texts)) + text[::-1]
        texts.append(text)
        out.append({"id": f"g{i}", "source": f"Outlet {i % 40}", "text": " ".join(text + footers[i % 40]),
                    "published": f"2031-03-{1 + i % 20:02}T{i % 24:02}:00:00Z"})
    return out


class Spark(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        # A short job is mostly compiled code that runs once: compiled quickly it takes half the processor time.
        cls.spark = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
                     .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                     .config("spark.ui.showConsoleProgress", "false").config("spark.sql.shuffle.partitions", "4").getOrCreate())
        cls.spark.sparkContext.setLogLevel("ERROR")
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        cls.folder.cleanup()

    def origins(self, articles, stages=None):
        rows = storymerge_spark.origins(articles, stages or storymerge_spark.Stages(self.spark), report=lambda _: None).collect()
        return {row["id"]: row["original"] for row in rows}

    def test_stories_of_the_day_are_those_of_the_program(self):
        articles = storymerge_spark.read_articles(self.spark, str(DAY))
        merged = storymerge_spark.stories(articles, storymerge_spark.Stages(self.spark))
        told = {row["story"]: json.loads(row["json"]) for row in merged.collect()}
        self.assertEqual(told, {story["id"]: story for story in program("merge_stories", "--format", "jsonl", DAY)})
        self.assertEqual(storymerge_spark.claims(merged).count(), sum(len(story["claims"]) for story in told.values()))

    def read(self, count):
        path = pathlib.Path(self.folder.name) / f"generated-{count}.jsonl"
        path.write_text("".join(json.dumps(article) + "\n" for article in generated(count)))
        return path, storymerge_spark.read_articles(self.spark, str(path))

    def test_copies_are_those_of_the_program(self):
        path, articles = self.read(10_000)
        found = self.origins(articles)
        self.assertEqual(len(found), 10_000)
        expected = {id: id for id in found}
        for group in program("find_duplicates", path):
            expected.update(dict.fromkeys(group["articles"], group["original"]))
        self.assertGreater(sum(id != original for id, original in expected.items()), 2_000)
        self.assertEqual(found, expected)

    def test_stories_of_a_month_are_those_of_the_program(self):
        """Each event of some days, in its own words among those of all; words are as rare as the whole month has them, though it is cut
        into views."""
        rng = random.Random(5)
        words = ["".join(rng.choices("abcdefghijklmnoprstuvz", k=rng.randint(3, 9))) for _ in range(3000)]
        lines = []
        for event in range(60):
            own = [word.capitalize() for word in rng.sample(words, 5)] + rng.sample(words, 40)
            for report in range(5):
                hour = event * 12 + rng.randrange(48)
                sentences = [" ".join(rng.sample(own, 6) + rng.choices(words, k=6)).capitalize() + "." for _ in range(6)]
                lines.append({"id": f"e{event}-{report}", "source": f"Outlet {report}", "title": " ".join(rng.sample(own, 4)),
                              "published": f"2031-03-{1 + hour // 24:02}T{hour % 24:02}:00:00Z", "text": " ".join(sentences)})
        path = pathlib.Path(self.folder.name) / "month.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        articles = storymerge_spark.read_articles(self.spark, str(path))
        cut = storymerge_spark.Cut(articles=60, days=7, more_articles=20, more_days=3)
        self.assertGreater(len(storymerge_spark._cut_time(articles, cut)), 3)
        rows = storymerge_spark.stories(articles, storymerge_spark.Stages(self.spark), cut).collect()
        told = {row["story"]: [a["id"] for a in json.loads(row["json"])["articles"]] for row in rows}
        expected = {story["id"]: [a["id"] for a in story["articles"]] for story in program("merge_stories", "--format", "jsonl", path)}
        self.assertGreater(max(map(len, expected.values())), 3)
        self.assertEqual(told, expected)

    def test_views_hold_every_day_once(self):
        rng = random.Random(2)
        days = [rng.choice([None, *range(20000, 20090)]) for _ in range(400)]
        frame = self.spark.createDataFrame([(None if d is None else f"{datetime.date.fromordinal(719163 + d)}T10:00:00Z",) for d in days],
                                           "published string")
        held = collections.Counter(storymerge_spark.UNDATED if d is None else d for d in days)
        views = storymerge_spark._cut_time(frame, storymerge_spark.Cut(80, 7, 20, 3))
        self.assertGreater(len(views), 3)
        for day in held:
            self.assertEqual(sum(view.first <= day <= view.last for view in views), 1)
        for view in views[1:]:
            self.assertGreaterEqual(sum(held[d] for d in range(view.first, view.last + 1)), 80)
            for since, until, end in ((view.since, view.first - 1, 20000), (view.last + 1, view.until, 20089)):
                if not since <= end <= until and since <= until:
                    self.assertGreaterEqual(sum(held[d] for d in range(since, until + 1)), 20)
        self.assertEqual(len(storymerge_spark._cut_time(frame, storymerge_spark.Cut())), 1)

    def test_copies_do_not_depend_on_partitions_and_are_kept(self):
        _, articles = self.read(800)
        stages = storymerge_spark.Stages(self.spark, f"{self.folder.name}/stages")
        found = self.origins(articles.repartition(3), stages)
        self.assertEqual(self.origins(articles.repartition(7)), found)
        self.assertEqual(self.origins(articles, stages), found)  # what is kept is read again

    def test_pairs_of_lists(self):
        rng = random.Random(11)
        names = ["kind", "key", "slice", "number", "sparse", "dense"]
        candidates = storymerge_spark.Candidates(before=3, few=4)
        for size in (0, 1, 30, 200):
            rows = sorted((rng.randrange(2), rng.choice((0, 0, 1, 2)), rng.randrange(2), number, rng.randrange(9), rng.randrange(3)) for number in range(size))
            lists = {key: list(of_key) for key, of_key in itertools.groupby(rows, key=lambda row: row[:3])}
            expected = sorted((a[3], b[3], b[0], len(of_key) <= 4, min(a[5], b[5]) or min(a[4], b[4])) for of_key in lists.values()
                              for k, b in enumerate(of_key) for a in of_key[max(0, k - 3):k])
            batches = [pyarrow.RecordBatch.from_arrays([pyarrow.array(c) for c in zip(*rows[at:at + 7])], names=names) for at in range(0, size, 7)]
            for least in (1, 20, 1000):
                tables = list(storymerge_spark._whole_lists(iter(batches), least))
                self.assertEqual(sum(len(table) for table in tables), size)
                found = [pair for table in tables for batch in storymerge_spark._pairs_of(table, candidates)
                         for pair in zip(*(column.to_pylist() for column in batch.columns))]
                self.assertEqual(sorted(found), expected)

    def test_components(self):
        rng = random.Random(3)
        edges = [(rng.randrange(300), rng.randrange(300)) for _ in range(180)] + [(1000 + i, 1001 + i) for i in range(40)]
        leader = {}

        def find(node):
            while leader.setdefault(node, node) != node:
                node = leader[node]
            return node

        for a, b in edges:
            x, y = sorted((find(a), find(b)))
            leader[y] = x
        ends = {end for a, b in edges if a != b for end in (a, b)}
        frame = self.spark.createDataFrame(edges, "a long, b long")
        found = {row["number"]: row["component"] for row in storymerge_spark.connected_components(frame).collect()}
        self.assertEqual(found, {node: find(node) for node in ends})

    def test_refuses_what_it_cannot_do(self):
        path = pathlib.Path(self.folder.name) / "twice.jsonl"
        path.write_text('{"id":"a","text":"One."}\n{"id":"a","text":"Two."}\n')
        with self.assertRaisesRegex(ValueError, "1 of 2 articles .* share their id"):
            storymerge_spark.read_articles(self.spark, str(path))
        with self.assertRaisesRegex(ValueError, "preset"):
            storymerge_spark.stories(None, storymerge_spark.Stages(self.spark), preset="story")


if __name__ == "__main__":
    unittest.main(warnings="ignore")
