#!/usr/bin/env python3
"""What Python's way to the library costs: signatures of 20,000 texts on one core, and single calls, in processor time. Beside it
stand C++ on the same texts (fold_words, shingle_hashes, MinHasher: bench_sketch tells the same of other texts).
   STORYMERGE_LIBRARY=build/release/lib/libstorymerge_c.so PYTHONPATH=examples/python tests/bench/signatures.py"""

import random
import time

import numpy
import storymerge

rng = random.Random(1)
words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 9))) for _ in range(30000)]
texts = [" ".join(rng.choices(words, k=rng.randint(150, 300))) for _ in range(20000)]
mib = sum(map(len, texts)) / 2**20


def seconds(work, times):
    """Of the quickest of some runs."""
    best = float("inf")
    for _ in range(times):
        before = time.process_time()
        work()
        best = min(best, time.process_time() - before)
    return best


with storymerge.Session(threads=1) as session:
    out = numpy.empty((len(texts), 128), dtype=numpy.uint32)
    kinds = {"list of str": texts}
    try:
        import pyarrow

        kinds["Arrow string"] = pyarrow.array(texts)
        kinds["Arrow large_string"] = pyarrow.array(texts, pyarrow.large_string())
    except ImportError:
        pass
    for name, given in kinds.items():
        print(f"signatures of {name}: {mib / seconds(lambda: session.signatures(given, out), 7):.0f} MiB/s")
    one = numpy.empty((1, 128), dtype=numpy.uint32)
    calls = {"signatures of one short text": lambda: session.signatures(["one two three"], one),
             "compare of two words": lambda: session.compare("a", "b")}
    for name, call in calls.items():
        print(f"{name}: {seconds(lambda: [call() for _ in range(2000)], 7) / 2000 * 1e6:.1f} us a call")
