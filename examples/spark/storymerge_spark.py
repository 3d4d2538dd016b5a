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
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

try:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession, Window
    from pyspark.sql import functions as F
except ImportError as error:
    sys.exit(f"storymerge_spark needs PySpark 4 and pyarrow ({error}): pip install pyspark pyarrow")

FIELDS = ("id", "title", "source", "url", "language", "author", "published", "text")


class Candidates(NamedTuple):
    """How copies are proposed: the numbers of lib/dedup/shared_shingles."""

    before: int = 32  # articles with a key that each is compared with, those before it
    few: int = 8  # articles that may have a key which speaks for itself
    of_common: int = 3  # keys that are needed when none does
    hot: int = 100_000  # a key that about so many articles have is looked at slice of time by slice of time
    sampled: int = 64  # one article in so many is looked at to find hot keys


class Samples(NamedTuple):
    """Of which articles it is learned what repeats: as lib/dedup/finder does."""

    of_corpus: int = 2048
    of_source: int = 32
    of_all_sources: int = 65_536  # those with most articles first
    least_source: int = 3


class Cut(NamedTuple):
    """How time is cut into views for stories. An event's articles lie within some days, so that a view and what lies on either side of it
    hold all of a story that begins in it; how alike the articles of a beat are anyhow is learned from many."""

    articles: int = 10_000  # a view of time has at least so many,
    days: int = 7  # and is at least so long
    more_articles: int = 2_500  # on either side of it
    more_days: int = 3


class View(NamedTuple):
    """Stories that begin in [first, last] are told by the view, which looks at [since, until]. Days since 1970; `day` stands for the day of
    articles without a date."""

    first: int
    last: int
    since: int
    until: int


UNDATED = -(2**40)  # the day of articles without a date


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


def read_articles(spark: SparkSession, path: str, stages: Optional[Stages] = None) -> DataFrame:
    """Articles with all columns of FIELDS, as strings, and `number`: numbers are in order of publication (undated last), then of id, and
    what is above bit 33 is a slice of time."""
    given = spark.read.parquet(path) if ".parquet" in path else spark.read.json(path)
    for name in ("id", "text"):
        if name not in given.columns:
            raise ValueError(f"{path} has no column '{name}'")
    columns = [F.col(name).cast("string") if name in given.columns else F.lit(None).cast("string").alias(name) for name in FIELDS]
    articles = given.select(*columns).where("text is not null")
    total, distinct = articles.agg(F.count("*"), F.countDistinct("id")).first()
    if total != distinct:
        raise ValueError(f"{total - distinct} of {total} articles of {path} share their id with another")
    host = F.regexp_replace(F.lower(F.parse_url("url", F.lit("HOST"))), r"^www\.", "")
    named = articles.withColumn("source", F.coalesce(F.nullif("source", F.lit("")), host, F.lit("")))
    in_order = named.orderBy(F.unix_timestamp(F.to_timestamp("published")).asc_nulls_last(), "id")
    return (stages or Stages(spark)).keep("articles", lambda: in_order.withColumn("number", F.monotonically_increasing_id()))


# Copies


def origins(articles: DataFrame, stages: Stages, candidates: Candidates = Candidates(), report: Callable[[str], None] = print,
            **options: Any) -> DataFrame:
    """(id, original): of every article, the one that it is a copy of, or itself. Options are those of find_duplicates."""
    repeated = learn(articles, options)
    sampled = stages.keep("sampled", lambda: _sample(articles, repeated, options))
    pairs = stages.keep("candidates", lambda: _candidate_pairs(sampled, candidates, report))
    edges = stages.keep("verified", lambda: _verify(pairs, articles, repeated, options).union(_identical(sampled)))
    components = stages.keep("components", lambda: connected_components(edges))
    return stages.keep("origins", lambda: _split(articles, components, repeated, options))


def learn(articles: DataFrame, options: Dict[str, Any], samples: Samples = Samples()) -> Dict[str, Any]:
    """What repeats across articles, and across those of a source: learned on the driver, of the articles that one machine looks at."""
    import storymerge

    def learned(chosen: DataFrame) -> Dict[str, Any]:
        with storymerge.Session(**options) as session:
            session.add(row.asDict() for row in chosen.select(*FIELDS).toLocalIterator())
            return session.learn()

    return {**learned(articles.join(F.broadcast(_evenly_spaced(articles, samples)), "number")),
            "sources": learned(articles.join(F.broadcast(_of_sources(articles, samples)), "number"))["sources"]}


def _evenly_spaced(articles: DataFrame, samples: Samples) -> DataFrame:
    """(number) of evenly spaced articles."""
    counts = articles.groupBy(F.shiftright("number", 33).alias("slice")).count().orderBy("slice").collect()
    total = sum(row["count"] for row in counts)
    size = min(total, samples.of_corpus)
    numbers, before, slices = [], 0, iter(counts)
    row = next(slices, None)
    for at in (k * total // size for k in range(size)):
        while at >= before + row["count"]:
            before += row["count"]
            row = next(slices)
        numbers.append(((row["slice"] << 33) + at - before,))
    return articles.sparkSession.createDataFrame(numbers, "number long")


def _of_sources(articles: DataFrame, samples: Samples) -> DataFrame:
    """(number) of evenly spaced articles of each source that has enough of them."""
    counts = articles.groupBy("source").count().where(F.col("count") >= samples.least_source)
    chosen, looked_at = [], 0
    for row in counts.orderBy(F.desc("count"), "source").toLocalIterator():
        if looked_at >= samples.of_all_sources:
            break
        chosen.append((row["source"], row["count"]))
        looked_at += min(row["count"], samples.of_source)
    sources = articles.sparkSession.createDataFrame(chosen, "source string, total long")
    placed = articles.select("number", "source").join(F.broadcast(sources), "source")
    placed = placed.withColumn("place", F.row_number().over(Window.partitionBy("source").orderBy("number")) - 1)
    placed = placed.withColumn("size", F.least("total", F.lit(samples.of_source))).withColumn("k", F.expr("(place * size + total - 1) div total"))
    return placed.where("k < size and (k * total) div size = place").select("number")


def _sample(articles: DataFrame, repeated: Dict[str, Any], options: Dict[str, Any]) -> DataFrame:
    """(number, hash, words, and an array of kinds: keys, sparse, dense)."""
    kind = pa.struct([("keys", pa.list_(pa.int32())), ("sparse", pa.int32()), ("dense", pa.int32())])
    schema = pa.schema([("number", pa.int64()), ("hash", pa.int64()), ("words", pa.int32()), ("first", kind), ("second", kind)])

    def rows(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import numpy
        import storymerge

        with storymerge.Session(ngram=options.get("ngram"), threads=1) as session:
            session.know(repeated)
            for batch in batches:
                sampled, keys = session.samples(batch.column(1), batch.column(2))
                ends = numpy.zeros(2 * len(sampled) + 1, dtype=numpy.int32)
                numpy.cumsum(sampled["keys"].ravel(), out=ends[1:])
                lists = pa.ListArray.from_arrays(pa.array(ends), pa.array(keys.view(numpy.int32)))
                kinds = [
                    pa.StructArray.from_arrays(
                        [lists.take(pa.array(numpy.arange(k, 2 * len(sampled), 2))), pa.array(sampled["sparse"][:, k].astype(numpy.int32)),
                         pa.array(sampled["dense"][:, k].astype(numpy.int32))], fields=list(kind))
                    for k in range(2)
                ]
                columns = [batch.column(0), pa.array(sampled["hash"].astype(numpy.int64)), pa.array(sampled["words"].astype(numpy.int32))]
                yield pa.RecordBatch.from_arrays(columns + kinds, schema=schema)

    of_kind = "struct<keys:array<int>,sparse:int,dense:int>"
    return articles.select("number", "text", "source").mapInArrow(
        rows, f"number long, hash long, words int, first {of_kind}, second {of_kind}")


def _first(sampled: DataFrame) -> DataFrame:
    """With `same`: the first article with the same words, which alone is compared with others."""
    return sampled.withColumn("same", F.min("number").over(Window.partitionBy("hash", "words")))


def _identical(sampled: DataFrame) -> DataFrame:
    """(a, b): articles of the same words, with the first of them."""
    return _first(sampled.where("words > 0").select("number", "hash", "words")).where("number > same").select(
        F.col("same").alias("a"), F.col("number").alias("b"))


def _candidate_pairs(sampled: DataFrame, candidates: Candidates, report: Callable[[str], None]) -> DataFrame:
    """(a, b), a < b, distinct: pairs that share enough keys of one kind; of each key an article is paired with those before it."""
    first = _first(sampled).where("number = same")
    kinds = F.explode(F.array(*(F.struct(F.lit(k).alias("kind"), f"{name}.*") for k, name in enumerate(("first", "second")))))
    keys = first.select("number", kinds.alias("k")).select(
        "number", "k.sparse", "k.dense", F.explode("k.keys").alias("key"), F.col("k.kind").alias("kind"))
    seen = keys.where(F.pmod("number", F.lit(candidates.sampled)) == 0).groupBy("kind", "key").count()
    hot = seen.where(F.col("count") > candidates.hot // candidates.sampled).select("kind", "key", F.lit(True).alias("hot"))
    hot = hot.localCheckpoint()
    report(f"{hot.count()} hot keys looked at slice by slice")
    keys = keys.join(F.broadcast(hot), ["kind", "key"], "left")
    keys = keys.withColumn("slice", F.when(F.col("hot"), F.shiftright("number", 33)).otherwise(F.lit(0)))
    lists = keys.select("kind", "key", "slice", "number", "sparse", "dense").repartition("kind", "key", "slice").sortWithinPartitions(
        "kind", "key", "slice", "number")
    pairs = lists.mapInArrow(
        lambda batches: (pairs for whole in _whole_lists(batches) for pairs in _pairs_of(whole, candidates)),
        "a long, b long, kind int, few boolean, size int")
    shared = pairs.groupBy("a", "b", "kind").agg(F.count("*").alias("common"), F.max("few").alias("few"), F.first("size").alias("size"))
    enough = (F.col("few") | (F.col("common") >= candidates.of_common)) & (
        F.col("common") >= F.greatest(F.lit(1), F.expr("least(size, 65535) div 4 - 2")))
    return shared.where(enough).select("a", "b").distinct()


def _list_begins(lists: pa.Table) -> Any:
    """Of rows in order, those that begin the list of another key."""
    import numpy

    begins = numpy.ones(len(lists), dtype=bool)
    kind, key, time = (lists[name].to_numpy() for name in ("kind", "key", "slice"))
    begins[1:] = (kind[1:] != kind[:-1]) | (key[1:] != key[:-1]) | (time[1:] != time[:-1])
    return begins


def _whole_lists(batches: Iterator[pa.RecordBatch], rows: int = 65_536) -> Iterator[pa.Table]:
    """The same rows, in tables of about so many, of which none ends within a list."""
    held: List[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(len(b) for b in held) < rows:
            continue
        table = pa.Table.from_batches(held)
        last = int(_list_begins(table).nonzero()[0][-1])
        if last > 0:
            yield table.slice(0, last)
        held = table.slice(last).combine_chunks().to_batches()
    if held:
        yield pa.Table.from_batches(held)


def _pairs_of(lists: pa.Table, candidates: Candidates) -> Iterator[pa.RecordBatch]:
    """(a, b, kind, few, size): each article of a list with those before it, whether the list speaks for itself, and of how many keys."""
    import numpy

    kind, number, sparse, dense = (lists[name].to_numpy() for name in ("kind", "number", "sparse", "dense"))
    begins = _list_begins(lists).nonzero()[0]
    lengths = numpy.diff(begins, append=len(lists))
    few = numpy.repeat(lengths <= candidates.few, lengths)
    at = numpy.arange(len(lists)) - numpy.repeat(begins, lengths)  # in its list
    for back in range(1, candidates.before + 1):
        b = (at >= back).nonzero()[0]
        a = b - back
        both = (dense[a] != 0) & (dense[b] != 0)
        size = numpy.where(both, numpy.minimum(dense[a], dense[b]), numpy.minimum(sparse[a], sparse[b]))
        yield pa.RecordBatch.from_arrays([pa.array(c) for c in (number[a], number[b], kind[b], few[b], size)],
                                         names=["a", "b", "kind", "few", "size"])


def _verify(pairs: DataFrame, articles: DataFrame, repeated: Dict[str, Any], options: Dict[str, Any]) -> DataFrame:
    """(a, b): the pairs that the library joins."""
    texts = articles.select("number", "text", "source")
    a = texts.select(F.col("number").alias("a"), F.struct("text", "source").alias("of_a"))
    b = texts.select(F.col("number").alias("b"), F.struct("text", "source").alias("of_b"))

    def verified(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import storymerge

        with storymerge.Session(threads=1, **options) as session:
            session.know(repeated)
            for batch in batches:
                wanted = set(zip(batch.column("a").to_pylist(), batch.column("b").to_pylist()))
                seen = {number: article for end in "ab"
                        for number, article in zip(batch.column(end).to_pylist(), batch.column(f"of_{end}").to_pylist())}
                session.clear()
                session.add({"id": f"{number:020}", **article} for number, article in seen.items())
                found = [(int(pair["a"]), int(pair["b"])) for pair in session.pairs()]
                kept = [pair for pair in found if pair in wanted]
                yield pa.RecordBatch.from_arrays([pa.array([pair[end] for pair in kept], pa.int64()) for end in range(2)], names=["a", "b"])

    return pairs.join(a, "a").join(b, "b").select("a", "b", "of_a", "of_b").mapInArrow(verified, "a long, b long")


def _two_of_each(rows: DataFrame, *pairs: Tuple[str, str]) -> DataFrame:
    """(u, v): of each row these pairs of its columns."""
    both = F.array(*(F.struct(F.col(u).alias("u"), F.col(v).alias("v")) for u, v in pairs))
    return rows.select(F.explode(both).alias("e")).select("e.u", "e.v")


def connected_components(edges: DataFrame) -> DataFrame:
    """(number, component) of every end of an edge; the component is its least number. Large star and small star in turn: Kiveris et al.,
    "Connected components in MapReduce and beyond", SOCC 2014. Every round is checkpointed, so that plans stay short."""
    edges = edges.select(F.greatest("a", "b").alias("u"), F.least("a", "b").alias("v")).where("u <> v").distinct().localCheckpoint()
    count, least = edges.count(), F.min("v").over(Window.partitionBy("u"))
    while True:
        # Large star: neighbours greater than a node go to the least of its neighbourhood.
        both = _two_of_each(edges, ("u", "v"), ("v", "u"))
        large = both.withColumn("m", F.least(least, "u")).where("v > u").select(F.col("v").alias("u"), F.col("m").alias("v"))
        # Small star: smaller neighbours, and the node, go to the least of them.
        small = _two_of_each(large.withColumn("m", least), ("v", "m"), ("u", "m"))
        following = small.where("u <> v").distinct().localCheckpoint()
        before, count = count, following.count()
        same = before == count and following.exceptAll(edges).isEmpty()
        edges = following
        if same:
            break
    leaders = edges.select(F.col("v").alias("number"), F.col("v").alias("component")).distinct()
    return edges.select(F.col("u").alias("number"), F.col("v").alias("component")).union(leaders)


def _split(articles: DataFrame, components: DataFrame, repeated: Dict[str, Any], options: Dict[str, Any]) -> DataFrame:
    """(id, original): components are split round their originals by the library, as it does on one machine."""
    schema = pa.schema([("id", pa.string()), ("original", pa.string())])

    def split(table: pa.Table) -> pa.Table:
        import storymerge

        with storymerge.Session(threads=1, **options) as session:
            session.know(repeated)
            session.add(table)
            original = {id: group["original"] for group in session.duplicates() for id in group["articles"]}
        ids = table.column("id").to_pylist()
        return pa.table([ids, [original.get(id, id) for id in ids]], schema=schema)

    joined = articles.join(components, "number", "left")
    alone = joined.where(F.col("component").isNull()).select("id", F.col("id").alias("original"))
    together = joined.where(F.col("component").isNotNull()).drop("number")
    return alone.union(together.groupBy("component").applyInArrow(split, "id string, original string"))


# Stories


def stories(articles: DataFrame, stages: Stages, cut: Cut = Cut(), **options: Any) -> DataFrame:
    """(story, json): merged stories, one an event, in the output format of merge_stories. Every article stands in one of them.

    Each view of time is merged as a whole; a story is that of the view in which it begins. Where views differ, an article goes to its
    earliest story, and stories that lost or won articles so are merged again. Where there are more articles than one view takes, undated
    ones meet only one another.
    """
    if options.get("preset", "event") != "event":
        raise ValueError("preset: stories are cut by time here, so that only 'event' can be had")
    if cut.more_articles > cut.articles or cut.more_days > cut.days:
        raise ValueError(f"{cut}: what lies on either side of a view is no larger than a view")
    views = _cut_time(articles, cut)
    counts = stages.keep("counts", lambda: _count_words(articles, views, options))
    views = stages.keep("views", lambda: _merge_views(articles, counts, views, options))
    chosen = stages.keep("chosen", lambda: _choose(views))
    return stages.keep("stories", lambda: _settle(articles, views, chosen, options))


def claims(merged: DataFrame) -> DataFrame:
    """(story, claim, text, status, origin_count) of merged stories."""
    parsed = F.from_json("json", "claims array<struct<id:string,text:string,status:string,origin_count:long>>")
    one = merged.select("story", F.explode(parsed["claims"]).alias("c"))
    return one.select("story", F.col("c.id").alias("claim"), "c.text", "c.status", "c.origin_count")


def _day() -> Any:
    return F.coalesce(F.floor(F.unix_timestamp(F.to_timestamp("published")) / 86400), F.lit(UNDATED))


def _cut_time(articles: DataFrame, cut: Cut) -> List[View]:
    """Views in order of time, of whole days. The driver is told how many articles each day has."""
    per_day = [(row["day"], row["count"]) for row in articles.groupBy(_day().alias("day")).count().orderBy("day").collect()]
    if sum(count for _, count in per_day) < 2 * cut.articles:  # all are one view
        return [View(UNDATED, per_day[-1][0], UNDATED, per_day[-1][0])] if per_day else []
    views = [View(UNDATED, UNDATED, UNDATED, UNDATED)] if per_day[0][0] == UNDATED else []
    dated = per_day[len(views):]

    def reach(at: int, step: int, articles_wanted: int, days_wanted: int) -> int:
        """The position in `dated` to which so many articles and days reach, from and with `at`."""
        held, to = dated[at][1], at
        while (held < articles_wanted or abs(dated[to][0] - dated[at][0]) + 1 < days_wanted) and 0 <= to + step < len(dated):
            to += step
            held += dated[to][1]
        return to

    def around(first: int, last: int) -> View:
        since = reach(first - 1, -1, cut.more_articles, cut.more_days) if first > 0 else first
        until = reach(last + 1, 1, cut.more_articles, cut.more_days) if last + 1 < len(dated) else last
        return View(dated[first][0], dated[last][0], dated[since][0], dated[until][0])

    first = 0
    while first < len(dated):
        last = reach(first, 1, cut.articles, cut.days)
        rest = sum(count for _, count in dated[last + 1:])
        if rest < cut.articles:
            last = len(dated) - 1
        views.append(around(first, last))
        first = last + 1
    return views


def _days_of(views: List[View], days: DataFrame, span: Callable[[View], Any]) -> DataFrame:
    """(day, view): the views whose span holds a day; a view is named by its position."""
    frame = days.sparkSession.createDataFrame([(k, *span(view)) for k, view in enumerate(views)], "view long, since long, until long")
    return days.join(F.broadcast(frame), (F.col("day") >= F.col("since")) & (F.col("day") <= F.col("until"))).select("day", "view")


def _in_views(articles: DataFrame, views: List[View], span: Callable[[View], Any]) -> DataFrame:
    """Articles with `view`, once for each whose span holds them."""
    dated = articles.drop("number").withColumn("day", _day())
    return dated.join(F.broadcast(_days_of(views, dated.select("day").distinct(), span)), "day").drop("day")


def _count_words(articles: DataFrame, views: List[View], options: Dict[str, Any]) -> DataFrame:
    """(view, key, count): in how many of the articles that are a view's own a word stands; "" counts them all."""

    def counted(key: Any, table: pa.Table) -> pa.Table:
        import storymerge

        with storymerge.Session(threads=1, **options) as session:
            session.add(table)
            told = session.count_words()
        keys, counts = ["", *told["words"]], [told["texts"], *told["words"].values()]
        return pa.table([pa.array([key[0].as_py()] * len(keys), pa.int64()), pa.array(keys), pa.array(counts, pa.int64())],
                        names=["view", "key", "count"])

    own = _in_views(articles, views, lambda view: (view.first, view.last))
    return own.groupBy("view").applyInArrow(counted, "view long, key string, count long")


def _counts_of_views(counts: DataFrame) -> DataFrame:
    """(view, key, count): of every word that a view may hold, in how many articles of the corpus it stands. What lies on either side of a
    view is less than the next one."""
    held = counts.select(F.explode(F.sequence(F.col("view") - 1, F.col("view") + 1)).alias("view"), "key").distinct()
    return held.join(counts.groupBy("key").agg(F.sum("count").alias("count")), "key").select("view", "key", "count")


def _merge_views(articles: DataFrame, counts: DataFrame, views: List[View], options: Dict[str, Any]) -> DataFrame:
    """(story, first, owned, ids, home, json): the stories of each view; `owned`: it begins there; `home`: of each article, whether the
    view is that of its own time."""

    def merged(key: Any, table: pa.Table, counts: pa.Table) -> pa.Table:
        import storymerge

        schema = pa.schema([("story", pa.string()), ("first", pa.int64()), ("owned", pa.bool_()), ("ids", pa.list_(pa.string())),
                            ("home", pa.list_(pa.bool_())), ("json", pa.string())])
        if table.num_rows == 0:  # words alone, of a view beyond the first or the last
            return schema.empty_table()
        view = views[key[0].as_py()]
        words = dict(zip(counts.column("key").to_pylist(), counts.column("count").to_pylist()))
        rows: List[Dict[str, Any]] = []
        with storymerge.Session(threads=1, **options) as session:
            if len(views) > 1:  # else all are here
                session.know({"texts": words.pop("", 0), "words": words})
            session.add(table)
            for story in session.stories():
                times = [_seconds(a.get("published")) for a in story["articles"]]
                home = [view.first <= time // 86400 <= view.last for time in times]
                if not any(home):
                    continue
                first = min(times)
                rows.append({"story": story["id"], "first": first, "owned": view.first <= first // 86400 <= view.last,
                             "ids": [a["id"] for a in story["articles"]], "home": home,
                             "json": json.dumps(story, ensure_ascii=False, separators=(",", ":"))})
        return pa.Table.from_pylist(rows, schema=schema)

    seen = _in_views(articles, views, lambda view: (view.since, view.until))
    return seen.groupBy("view").cogroup(_counts_of_views(counts).groupBy("view")).applyInArrow(
        merged, "story string, first long, owned boolean, ids array<string>, home array<boolean>, json string")


def _seconds(time: Optional[str]) -> int:
    return int(datetime.datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()) if time else UNDATED * 86400


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
    articles = read_articles(spark, given.input, stages)
    if not given.stories:
        origins(articles, stages).write.mode("overwrite").parquet(f"{given.output}/origins")
    if not given.copies:
        merged = stories(articles, stages)
        merged.write.mode("overwrite").parquet(f"{given.output}/stories")
        claims(merged).write.mode("overwrite").parquet(f"{given.output}/claims")


if __name__ == "__main__":
    main()
