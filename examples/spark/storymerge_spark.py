#!/usr/bin/env python3
"""Copies and stories of a corpus that outgrows one machine: storymerge on Spark 4. README.md beside this file says how to submit it.

    spark-submit storymerge_spark.py [--copies | --stories] [--stages FOLDER] INPUT OUTPUT

INPUT is Parquet or JSON Lines with the columns id, text and, where known, title, source, url, language, author, published.

Spark moves rows; every decision about texts is the library's, through the module storymerge (examples/python). No result depends on
the number of partitions. What is capped is reported.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional

try:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession, Window
    from pyspark.sql import functions as F
except ImportError as error:
    sys.exit(f"storymerge_spark needs PySpark 4 and pyarrow ({error}): pip install pyspark pyarrow")

FIELDS = ("id", "title", "source", "url", "language", "author", "published", "text")


class Candidates(NamedTuple):
    """How copies are proposed: as lib/sketch/minhash_lsh does. Measured in README.md."""

    num_perm: int = 128
    bands: int = 42
    rows: int = 3
    before: int = 32  # members of a bucket that each is compared with, those before it by number
    hot: int = 20_000  # a bucket of about so many members is dealt out by salt
    sampled: int = 64  # one article in so many is looked at to find hot buckets


class Buckets(NamedTuple):
    """How time is cut for stories. An event's articles lie within some days, so that a view of `days` and `overlap` days on either
    side holds all of a story that begins in it."""

    days: int = 7
    overlap: int = 3


class Stages:
    """Results of steps: kept as Parquet in a folder, so that a run that was interrupted goes on where it was; else in memory."""

    def __init__(self, spark: SparkSession, folder: Optional[str] = None):
        self._spark, self._folder = spark, folder

    def keep(self, name: str, make: Callable[[], DataFrame]) -> DataFrame:
        if self._folder is None:
            return make().localCheckpoint()
        path = f"{self._folder}/{name}"
        hadoop = self._spark._jvm.org.apache.hadoop.fs.Path(f"{path}/_SUCCESS")
        if not hadoop.getFileSystem(self._spark._jsc.hadoopConfiguration()).exists(hadoop):
            make().write.mode("overwrite").parquet(path)
        return self._spark.read.parquet(path)


def read_articles(spark: SparkSession, path: str) -> DataFrame:
    """Articles with all columns of FIELDS, as strings, and `number`, which stands for the id from here on."""
    given = spark.read.parquet(path) if ".parquet" in path else spark.read.json(path)
    for name in ("id", "text"):
        if name not in given.columns:
            raise ValueError(f"{path} has no column '{name}'")
    columns = [F.col(name).cast("string") if name in given.columns else F.lit(None).cast("string").alias(name) for name in FIELDS]
    articles = given.select(*columns).withColumn("number", F.xxhash64("id"))
    total, distinct = articles.agg(F.count("*"), F.countDistinct("number")).first()
    if total != distinct:
        raise ValueError(f"{total - distinct} of {total} articles of {path} share their id with another")
    return articles


# Copies


def origins(articles: DataFrame, stages: Stages, candidates: Candidates = Candidates(), report: Callable[[str], None] = print,
            **options: Any) -> DataFrame:
    """(id, original): of every article, the one that it is a copy of, or itself. Options are those of find_duplicates."""
    keys = stages.keep("bands", lambda: _band_keys(articles, candidates, options))
    pairs = stages.keep("candidates", lambda: _candidate_pairs(keys, candidates, report))
    edges = stages.keep("verified", lambda: _verify(pairs, articles, options))
    components = stages.keep("components", lambda: connected_components(edges))
    return stages.keep("origins", lambda: _split(articles, components, options))


def _band_keys(articles: DataFrame, candidates: Candidates, options: Dict[str, Any]) -> DataFrame:
    """(key, number): a row a band; the band stands in the key's upper half."""
    sizes = candidates.num_perm, candidates.bands, candidates.rows
    ngram = options.get("ngram")

    def rows(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import numpy
        import storymerge

        num_perm, bands, band_rows = sizes
        with storymerge.Session(num_perm=num_perm, bands=bands, rows=band_rows, ngram=ngram, threads=1) as session:
            for batch in batches:
                slots = session.signatures(batch.column(1))
                with_words = slots[:, 0] != 0xFFFFFFFF
                keys = session.band_keys(slots)[with_words].astype(numpy.int64)
                keys += numpy.arange(bands, dtype=numpy.int64) << 32
                numbers = numpy.repeat(batch.column(0).to_numpy()[with_words], bands)
                yield pa.RecordBatch.from_arrays([pa.array(keys.ravel()), pa.array(numbers)], names=["key", "number"])

    return articles.select("number", "text").mapInArrow(rows, "key long, number long")


def _candidate_pairs(keys: DataFrame, candidates: Candidates, report: Callable[[str], None]) -> DataFrame:
    """(a, b), a < b, distinct: each member of a bucket with those before it. A hot bucket is dealt out into several by salt, found by
    a sample that depends on numbers only."""
    seen = keys.where(F.pmod("number", F.lit(candidates.sampled)) == 0).groupBy("key").count()
    hot = [row["key"] for row in seen.where(F.col("count") > candidates.hot // candidates.sampled).select("key").collect()]
    report(f"{len(hot)} hot buckets dealt out by salt")
    salt = F.when(F.col("key").isin(hot), F.xxhash64("number") % 64).otherwise(F.lit(0)) if hot else F.lit(0)
    bucket = Window.partitionBy("key", "salt").orderBy("number")
    earlier = F.collect_list("number").over(bucket.rowsBetween(-candidates.before, -1))
    pairs = keys.withColumn("salt", salt).withColumn("earlier", earlier).withColumn("a", F.explode("earlier"))
    return pairs.select("a", F.col("number").alias("b")).distinct()


def _verify(pairs: DataFrame, articles: DataFrame, options: Dict[str, Any]) -> DataFrame:
    """(a, b): the pairs that the library joins, looking at the two alone."""
    texts = articles.select("number", "text")
    a = texts.select(F.col("number").alias("a"), F.col("text").alias("text_a"))
    b = texts.select(F.col("number").alias("b"), F.col("text").alias("text_b"))

    def verified(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import storymerge

        threshold = options.get("threshold", 0.3)
        containment = options.get("containment", None if "threshold" in options else 0.6)
        with storymerge.Session(ngram=options.get("ngram"), threads=1) as session:
            for batch in batches:
                keep = []
                for x, y in zip(batch.column("text_a").to_pylist(), batch.column("text_b").to_pylist()):
                    overlap = session.compare(x, y)
                    inside = max(overlap.containment_a_in_b, overlap.containment_b_in_a)
                    keep.append(overlap.jaccard >= threshold or (containment is not None and inside >= containment))
                yield batch.select(["a", "b"]).filter(pa.array(keep, pa.bool_()))

    return pairs.join(a, "a").join(b, "b").select("a", "b", "text_a", "text_b").mapInArrow(verified, "a long, b long")


def connected_components(edges: DataFrame) -> DataFrame:
    """(number, component) of every end of an edge; the component is its least number. Large star and small star in turn: Kiveris et al.,
    "Connected components in MapReduce and beyond", SOCC 2014. Every round is checkpointed, so that plans stay short."""
    edges = edges.select(F.greatest("a", "b").alias("u"), F.least("a", "b").alias("v")).where("u <> v").distinct().localCheckpoint()
    while True:
        both = edges.union(edges.select(F.col("v").alias("u"), F.col("u").alias("v")))
        least = both.groupBy("u").agg(F.least(F.min("v"), F.col("u")).alias("m"))
        # Large star: neighbours greater than a node go to the least of its neighbourhood.
        large = both.join(least, "u").where("v > u").select(F.col("v").alias("u"), F.col("m").alias("v")).distinct()
        # Small star: smaller neighbours, and the node, go to the least of them.
        small_least = large.groupBy("u").agg(F.min("v").alias("m"))
        moved = large.join(small_least, "u")
        small = moved.select(F.col("v").alias("u"), F.col("m").alias("v")).union(moved.select("u", F.col("m").alias("v")))
        following = small.where("u <> v").distinct().localCheckpoint()
        same = following.count() == edges.count() and following.exceptAll(edges).isEmpty()
        edges = following
        if same:
            break
    leaders = edges.select(F.col("v").alias("number"), F.col("v").alias("component")).distinct()
    return edges.select(F.col("u").alias("number"), F.col("v").alias("component")).union(leaders)


def _split(articles: DataFrame, components: DataFrame, options: Dict[str, Any]) -> DataFrame:
    """(id, original): components are split round their originals by the library, as it does on one machine."""
    schema = pa.schema([("id", pa.string()), ("original", pa.string())])

    def split(table: pa.Table) -> pa.Table:
        import storymerge

        with storymerge.Session(threads=1, **options) as session:
            session.add(table)
            original = {id: group["original"] for group in session.duplicates() for id in group["articles"]}
        ids = table.column("id").to_pylist()
        return pa.table([ids, [original.get(id, id) for id in ids]], schema=schema)

    joined = articles.join(components, "number", "left")
    alone = joined.where(F.col("component").isNull()).select("id", F.col("id").alias("original"))
    together = joined.where(F.col("component").isNotNull()).drop("number")
    return alone.union(together.groupBy("component").applyInArrow(split, "id string, original string"))


# Stories


def stories(articles: DataFrame, stages: Stages, buckets: Buckets = Buckets(), **options: Any) -> DataFrame:
    """(story, json): merged stories, one an event, in the output format of merge_stories. Every article stands in one of them.

    Each view of time is merged as a whole; a story is that of the view in which it begins. Where views differ, an article goes to its
    earliest story, and stories that lost or won articles so are merged again. Undated articles meet only one another.
    """
    if options.get("preset", "event") != "event":
        raise ValueError("preset: stories are cut by time here, so that only 'event' can be had")
    views = stages.keep("views", lambda: _views(articles, buckets, options))
    chosen = stages.keep("chosen", lambda: _choose(views))
    return stages.keep("stories", lambda: _settle(articles, views, chosen, options))


def claims(merged: DataFrame) -> DataFrame:
    """(story, claim, text, status, origin_count) of merged stories."""
    parsed = F.from_json("json", "claims array<struct<id:string,text:string,status:string,origin_count:long>>")
    one = merged.select("story", F.explode(parsed["claims"]).alias("c"))
    return one.select("story", F.col("c.id").alias("claim"), "c.text", "c.status", "c.origin_count")


def _views(articles: DataFrame, buckets: Buckets, options: Dict[str, Any]) -> DataFrame:
    """(story, first, owned, ids, home, json): the stories of each view; `owned`: it begins there; `home`: of each article, whether the
    view is that of its own time."""
    width, overlap = buckets.days * 86400, buckets.overlap * 86400
    time = F.unix_timestamp(F.to_timestamp("published"))
    steps = F.sequence(F.floor((time - overlap) / width), F.floor((time + overlap) / width))
    seen = articles.drop("number").withColumn("bucket", F.explode(F.coalesce(steps, F.array(F.lit(None).cast("long")))))

    def merged(key: Any, table: pa.Table) -> pa.Table:
        import storymerge

        bucket = key[0].as_py()
        rows: List[Dict[str, Any]] = []
        with storymerge.Session(threads=1, **options) as session:
            session.add(table)
            for story in session.stories():
                home = [bucket is None or _seconds(a["published"]) // width == bucket for a in story["articles"]]
                if not any(home):
                    continue
                first = _seconds(story["first_published"]) if bucket is not None else 0
                rows.append({"story": story["id"], "first": first, "owned": bucket is None or first // width == bucket,
                             "ids": [a["id"] for a in story["articles"]], "home": home,
                             "json": json.dumps(story, ensure_ascii=False, separators=(",", ":"))})
        return pa.Table.from_pylist(rows, schema=view_schema)

    view_schema = pa.schema([("story", pa.string()), ("first", pa.int64()), ("owned", pa.bool_()), ("ids", pa.list_(pa.string())),
                             ("home", pa.list_(pa.bool_())), ("json", pa.string())])
    return seen.groupBy("bucket").applyInArrow(
        merged, "story string, first long, owned boolean, ids array<string>, home array<boolean>, json string")


def _seconds(time: str) -> int:
    return int(datetime.datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp())


def _choose(views: DataFrame) -> DataFrame:
    """(id, story): an article's earliest story among those that begin in their view; where there is none, that of its own time."""
    member = F.arrays_zip("ids", "home")
    rows = views.select("story", "first", "owned", F.explode(member).alias("m")).where("owned or m.home")
    rank = F.struct((~F.col("owned")).alias("lost"), "first", "story")
    return rows.groupBy(F.col("m.ids").alias("id")).agg(F.min(rank).alias("best")).select("id", F.col("best.story").alias("story"))


def _settle(articles: DataFrame, views: DataFrame, chosen: DataFrame, options: Dict[str, Any]) -> DataFrame:
    """(story, json): as the view has it where the story kept all its articles and won none; else merged again."""
    groups = chosen.groupBy("story").agg(F.sort_array(F.collect_list("id")).alias("ids"))
    owned = views.where("owned").select("story", F.sort_array("ids").alias("ids"), "json").dropDuplicates(["story"])
    kept = groups.join(owned, ["story", "ids"]).select("story", "json")
    changed = chosen.join(groups.join(owned, ["story", "ids"], "left_anti").select("story"), "story")

    def merged(table: pa.Table) -> pa.Table:
        import storymerge

        with storymerge.Session(threads=1, **options) as session:
            session.add(table)
            story = session.one_story()
        text = json.dumps(story, ensure_ascii=False, separators=(",", ":"))
        return pa.table([[story["id"]], [text]], schema=pa.schema([("story", pa.string()), ("json", pa.string())]))

    again = articles.drop("number").join(changed, "id").groupBy("story").applyInArrow(merged, "story string, json string")
    return kept.union(again)


def main() -> None:
    parser = argparse.ArgumentParser(description="copies and stories of a corpus, by storymerge on Spark")
    parser.add_argument("input", help="Parquet or JSON Lines")
    parser.add_argument("output", help="a folder: origins, stories and claims, each as Parquet")
    parser.add_argument("--copies", action="store_true", help="only origins")
    parser.add_argument("--stories", action="store_true", help="only stories and claims")
    parser.add_argument("--stages", help="a folder for the results of steps: a run that was interrupted goes on there")
    given = parser.parse_args()
    spark = SparkSession.builder.appName("storymerge").getOrCreate()
    stages = Stages(spark, given.stages)
    articles = read_articles(spark, given.input)
    if not given.stories:
        origins(articles, stages).write.mode("overwrite").parquet(f"{given.output}/origins")
    if not given.copies:
        merged = stories(articles, stages)
        merged.write.mode("overwrite").parquet(f"{given.output}/stories")
        claims(merged).write.mode("overwrite").parquet(f"{given.output}/claims")


if __name__ == "__main__":
    main()
