"""One near-duplicate tool at a time over JSON Lines, for peers.sh: 128 slots, 5-word shingles, Jaccard .7, groups out.

  peers.py TOOL CORPUS              groups, one a line: ids with tabs
  peers.py truth CORPUS TRUTH       true pairs: of each planted family, the original and what is a copy of it still, bodies alone,
                                    by Jaccard .7 of 5-word shingles
  peers.py alike CORPUS TRUTH       the same by find_duplicates' own definition: Jaccard .3 of 3-word shingles, or .6 of the
                                    shorter text inside the longer
  peers.py score PAIRS GROUPS       precision, recall and F1 of the pairs of groups (lines of ids, or find_duplicates --format tsv)
"""
import collections
import json
import re
import sys

N, SLOTS, THRESHOLD = 5, 128, 0.7
WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")  # in Chinese, every character


def shingles(text, n=N):
    words = WORD.findall(text.lower())
    return {" ".join(words[i:i + n]) for i in range(max(1, len(words) - n + 1))}


def articles(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield article["id"], article["text"]


class Groups:
    def __init__(self):
        self.parent = {}

    def find(self, x):
        while self.parent.setdefault(x, x) != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def unite(self, a, b):
        self.parent[self.find(a)] = self.find(b)

    def lists(self):
        out = collections.defaultdict(list)
        for x in self.parent:
            out[self.find(x)].append(x)
        return [sorted(group) for group in out.values() if len(group) > 1]


def datasketch(path):
    from datasketch import MinHash, MinHashLSH
    index, groups = MinHashLSH(threshold=THRESHOLD, num_perm=SLOTS), Groups()
    for name, text in articles(path):
        sketch = MinHash(num_perm=SLOTS)
        sketch.update_batch([s.encode() for s in shingles(text)])
        for other in index.query(sketch):
            groups.unite(name, other)
        index.insert(name, sketch)
    return groups


def rensa(path):
    from rensa import RMinHash, RMinHashLSH
    index, groups = RMinHashLSH(threshold=THRESHOLD, num_perm=SLOTS, num_bands=16), Groups()
    names, sketches = [], []
    for name, text in articles(path):
        sketch = RMinHash(num_perm=SLOTS, seed=42)
        sketch.update(list(shingles(text)))
        for other in index.query(sketch):
            if sketches[other].jaccard(sketch) >= THRESHOLD:
                groups.unite(name, names[other])
        index.insert(len(names), sketch)
        names.append(name)
        sketches.append(sketch)
    return groups


def gaoya(path):
    from gaoya.minhash import MinHashStringIndex
    index = MinHashStringIndex(hash_size=32, jaccard_threshold=THRESHOLD, num_bands=16, band_size=8, analyzer="word",
                               lowercase=True, ngram_range=(N, N))
    groups, names = Groups(), []
    for name, text in articles(path):
        for other in index.query(text):
            groups.unite(name, names[other])
        index.insert_document(len(names), text)
        names.append(name)
    return groups


def datatrove(path):
    import tempfile
    from datatrove.data import Document
    from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig
    from datatrove.pipeline.dedup.minhash import read_tuples_from_file
    config = MinhashConfig(n_grams=N, num_buckets=14, hashes_per_bucket=8)
    names = [name for name, _ in articles(path)]
    groups = Groups()
    with tempfile.TemporaryDirectory() as work:
        data = (Document(text=text, id=name) for name, text in articles(path))
        MinhashDedupSignature(output_folder=work + "/s", config=config, language="en").run(data, 0, 1)
        for bucket in range(config.num_buckets):
            MinhashDedupBuckets(work + "/s", work + "/b", config=config).run(None, bucket, config.num_buckets)
        import glob
        for file in glob.glob(work + "/b/*.dups"):
            with open(file, "rb") as edges:
                for _, a, _, b in read_tuples_from_file(edges, "4I", lines_to_buffer=-1):
                    groups.unite(names[a], names[b])
    return groups


def print_true_pairs(corpus, families, n, is_copy):
    """The pairs of each planted family's original and of those of its copies that are near-duplicates of it still: a copy that
    was cut and added to beyond that is none, though it is one of a shorter copy."""
    of_family, bodies = collections.defaultdict(list), {}
    with open(families, encoding="utf-8") as rows:
        for row in rows:
            name, _, family, size = row.rstrip("\n").split("\t")
            of_family[family].append(name)
            bodies[name] = int(size)
    several = {original: names for original, names in of_family.items() if len(names) > 1}
    wanted = {name for names in several.values() for name in names}
    found = {name: shingles(text.encode()[:bodies[name]].decode(), n)
             for name, text in articles(corpus) if name in wanted}
    for original, names in several.items():
        a = found[original]
        cluster = [name for name in names
                   if name == original or is_copy(len(a & found[name]), len(a), len(found[name]))]
        for i, one in enumerate(cluster):
            for other in cluster[:i]:
                print(min(one, other), max(one, other), sep="\t")


def truth(corpus, families):
    print_true_pairs(corpus, families, N, lambda common, a, b: common >= THRESHOLD * (a + b - common))


def alike(corpus, families):
    print_true_pairs(corpus, families, 3,
                     lambda common, a, b: common >= 0.3 * (a + b - common) or common >= 0.6 * min(a, b))


def score(true_pairs, found_groups):
    with open(true_pairs, encoding="utf-8") as rows:
        true = set(rows.read().split("\n")) - {""}
    groups = collections.defaultdict(list)
    with open(found_groups, encoding="utf-8") as rows:
        for number, row in enumerate(rows):
            cells = row.rstrip("\n").split("\t")
            if cells == ["group", "article", "original"]:
                continue
            if len(cells) == 3 and cells[0].isdigit():
                groups[cells[0]].append(cells[1])
            else:
                groups["line %d" % number] = cells
    found = {"\t".join(sorted((a, b))) for g in groups.values() for i, a in enumerate(g) for b in g[:i]}
    right = len(found & true)
    print("%.4f\t%.4f\t%.4f" % (right / max(1, len(found)), right / max(1, len(true)),
                                2 * right / max(1, len(found) + len(true))))


if __name__ == "__main__":
    if sys.argv[1] in ("truth", "alike", "score"):
        globals()[sys.argv[1]](*sys.argv[2:])
    else:
        for group in globals()[sys.argv[1]](sys.argv[2]).lists():
            print("\t".join(group))
