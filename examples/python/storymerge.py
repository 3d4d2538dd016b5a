"""News coverage by many outlets in, one consolidated story per event out: storymerge for Python.

    import storymerge
    for story in storymerge.stories(articles):           # dicts, a pandas or Arrow table, or JSON Lines as bytes
        print(story["title"], len(story["origins"]))
    groups = storymerge.find_duplicates(articles)
    rows = storymerge.signatures(texts, num_perm=128)    # a NumPy array, filled in place
    with storymerge.Store("day.store") as store:         # what was known when, and what has changed since
        store.put(articles)
        store.commit()

A pure module over the C interface (storymerge/c.h) by ctypes: it needs no compiler and no other package. NumPy, pandas and
pyarrow are used where their objects come in. libstorymerge_c.so is looked for where $STORYMERGE_LIBRARY says, beside this file,
and where the system keeps libraries.

Options are those of the programs' flags, with underscores: threads, preset, strictness, sources, threshold, containment, ngram,
num_perm, bands, rows. The interpreter's lock is released while the library works, and Ctrl-C ends its work.
"""

from __future__ import annotations

import array
import ctypes
import datetime
import itertools
import json
import os
import queue
import threading
import warnings
from typing import Any, Dict, Iterable, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Union

try:
    import numpy
except ImportError:
    numpy = None  # type: ignore[assignment]

__all__ = ["Error", "Overlap", "Session", "Store", "band_keys", "compare", "find_duplicates", "merge", "signatures", "stories", "version"]

Articles = Union[bytes, Iterable[Mapping[str, Any]], Any]
"""JSON Lines as bytes; mappings with the keys text, id, title, source, url, language, author, published; a pandas DataFrame, an
Arrow table or record batch with such columns. `published` may be a datetime; None and NaN are taken as absent."""

_FIELDS = ("id", "title", "source", "url", "language", "author", "published", "text")
_STATUS = ("ok", "bad_option", "bad_input", "io", "incompatible", "stopped", "no_memory", "busy", "failed")
_BUFFER_BYTES = 4 << 20  # JSON Lines are handed over in pieces of about this size
_LONG_WORK_BYTES = 16 << 20  # of texts: worth a thread, so that Ctrl-C is heard
_PIECE_TEXTS = 1024
_WAITING_LINES = 64  # stories that may wait for their reader
_TAKE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)


class Error(Exception):
    """What the library refuses; `code` is one of bad_option, bad_input, io, incompatible, stopped, no_memory, busy, failed."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


class Overlap(NamedTuple):
    """How many different shingles two texts have, and have in common; exact."""

    common: int
    a: int
    b: int

    @property
    def jaccard(self) -> float:
        union = self.a + self.b - self.common
        return self.common / union if union else 0.0

    @property
    def containment_a_in_b(self) -> float:
        return self.common / self.a if self.a else 0.0

    @property
    def containment_b_in_a(self) -> float:
        return self.common / self.b if self.b else 0.0


class _Counts(ctypes.Structure):
    _fields_ = [("common", ctypes.c_uint64), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def _load() -> ctypes.CDLL:
    name = "libstorymerge_c.so.0"
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    path = os.environ.get("STORYMERGE_LIBRARY") or (beside if os.path.exists(beside) else name)
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise ImportError(
            f"storymerge needs its library: {error}. Install it (cmake --install BUILD --component library), or set "
            "STORYMERGE_LIBRARY to the path of libstorymerge_c.so"
        ) from None
    pointer, size, text, number = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_uint64
    declared = {
        "version": (text, []),
        "new": (pointer, []),
        "free": (None, [pointer]),
        "message": (text, [pointer]),
        "set": (ctypes.c_int, [pointer, text, text]),
        "stop": (None, [pointer]),
        "add_jsonl": (ctypes.c_int, [pointer, text, size]),
        "clear": (ctypes.c_int, [pointer]),
        "issues": (ctypes.c_int, [pointer, _TAKE, pointer]),
        "stories": (ctypes.c_int, [pointer, _TAKE, pointer]),
        "one_story": (ctypes.c_int, [pointer, _TAKE, pointer]),
        "duplicates": (ctypes.c_int, [pointer, _TAKE, pointer]),
        "learn": (ctypes.c_int, [pointer, _TAKE, pointer]),
        "count_words": (ctypes.c_int, [pointer, _TAKE, pointer]),
        "know": (ctypes.c_int, [pointer, text, size]),
        "pairs": (ctypes.c_int, [pointer, _TAKE, pointer]),
        "samples": (ctypes.c_int, [pointer, pointer, pointer, pointer, pointer, size, pointer, pointer, size]),
        "signatures": (ctypes.c_int, [pointer, pointer, pointer, size, pointer, size]),
        "band_keys": (ctypes.c_int, [pointer, pointer, size, size, pointer, size]),
        "store_open": (ctypes.c_int, [pointer, text]),
        "store_put": (ctypes.c_int, [pointer, text, size, _TAKE, pointer]),
        "store_remove": (ctypes.c_int, [pointer, text, ctypes.POINTER(ctypes.c_int)]),
        "store_expire": (ctypes.c_int, [pointer, text]),
        "store_commit": (ctypes.c_int, [pointer, ctypes.POINTER(number)]),
        "store_repair": (ctypes.c_int, [pointer, ctypes.POINTER(number)]),
        "store_revision": (ctypes.c_int, [pointer, ctypes.POINTER(number)]),
        "store_list": (ctypes.c_int, [pointer, number, number, ctypes.c_int, _TAKE, pointer]),
        "store_story": (ctypes.c_int, [pointer, text, number, _TAKE, pointer]),
        "store_story_of": (ctypes.c_int, [pointer, text, number, _TAKE, pointer]),
        "store_since": (ctypes.c_int, [pointer, number, _TAKE, pointer]),
        "store_verify": (ctypes.c_int, [pointer]),
        "store_export": (ctypes.c_int, [pointer, _TAKE, pointer]),
        "fingerprint": (number, [pointer]),
        "compare": (ctypes.c_int, [pointer, text, size, text, size, ctypes.POINTER(_Counts)]),
    }
    for function, (result, arguments) in declared.items():
        getattr(library, "storymerge_" + function).restype = result
        getattr(library, "storymerge_" + function).argtypes = arguments
    return library


_library = _load()


def version() -> str:
    """The version of the library."""
    return _library.storymerge_version().decode()


class Session:
    """Options, and a batch of articles. One call at a time; any number of sessions at once, on whatever threads.

    Articles are added until the first look at the whole batch (issues, stories, one_story, duplicates); clear() begins another batch.
    """

    def __init__(self, **options: Any):
        self._handle = _library.storymerge_new()
        if not self._handle:
            raise MemoryError
        self._num_perm, self._bands = 128, 42
        self.set(**options)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives the batch's memory back; the session is of no use then."""
        handle, self._handle = self._handle, None
        if handle:
            _library.storymerge_free(handle)

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self.close()

    def set(self, **options: Any) -> None:
        """Options for all later calls. None leaves an option as it is."""
        for key, value in options.items():
            if value is None:
                continue
            self._check(_library.storymerge_set(self._handle, key.replace("_", "-").encode(), os.fsencode(str(value))))
            if key == "num_perm":
                self._num_perm = int(value)
            if key == "bands":
                self._bands = int(value)

    def stop(self) -> None:
        """From another thread: ends the call that is under way, or else the next one, as Error "stopped"."""
        _library.storymerge_stop(self._handle)

    def add(self, articles: Articles) -> None:
        """Takes articles into the batch. Records that cannot be used are told by issues()."""
        for buffer in _json_lines(articles):
            self._work(_library.storymerge_add_jsonl, buffer, len(buffer))

    def clear(self) -> None:
        """Forgets the articles; options stay."""
        self._check(_library.storymerge_clear(self._handle))

    def issues(self) -> List[Dict[str, Any]]:
        """What records suffered: dicts of line, field, reason, rejected."""
        return list(self._lines(_library.storymerge_issues))

    def stories(self) -> Iterator[Dict[str, Any]]:
        """Merged stories as dicts (format 2), each as soon as it is merged. To end early, just stop iterating."""
        return self._lines(_library.storymerge_stories)

    def one_story(self) -> Optional[Dict[str, Any]]:
        """The whole batch as one story, for those who group by rules of their own; None when it is empty."""
        return self._line(_library.storymerge_one_story)

    def duplicates(self) -> List[Dict[str, Any]]:
        """Groups of two or more copies: dicts of articles, original, weakest, density, pairs."""
        return list(self._lines(_library.storymerge_duplicates))

    def signatures(self, texts: Any, out: Any = None) -> Any:
        """MinHash signatures, a row of num_perm 32-bit slots a text.

        texts: strings, or an Arrow array of strings, whose bytes are not copied. out: a writable, C-contiguous array of
        shape (len(texts), num_perm) and type uint32, to be filled. Returns it, or a new one; without NumPy a memoryview.
        """
        pieces = _pieces(texts)
        n = sum(len(piece) for piece in pieces)
        slots, address = _matrix(n, self._num_perm, out)
        for piece in pieces:
            rows, data, offsets, size, keep = _layout(piece)
            call = self._work if size >= _LONG_WORK_BYTES else self._call
            call(_library.storymerge_signatures, data, offsets, rows, address, rows * self._num_perm)
            address = (address or 0) + 4 * rows * self._num_perm
            del keep
        return slots

    def band_keys(self, signatures: Any, out: Any = None) -> Any:
        """Band keys of signatures, a row of `bands` 32-bit keys each: texts that share a key in a column are worth comparing."""
        n = len(signatures)
        slots, slots_address = _matrix(n, self._num_perm, signatures)
        keys, address = _matrix(n, self._bands, out)
        self._call(_library.storymerge_band_keys, slots_address, n * self._num_perm, n, address, n * self._bands)
        del slots
        return keys

    def learn(self) -> Dict[str, Any]:
        """What repeats across the batch and so speaks for no copying: for sessions that see only a part of it (know)."""
        return self._line(_library.storymerge_learn) or {}

    def count_words(self) -> Dict[str, Any]:
        """In how many texts of the batch words stand, by which stories() weighs them. Counts of parts add up."""
        return self._line(_library.storymerge_count_words) or {}

    def know(self, corpus: Optional[Mapping[str, Any]]) -> None:
        """Later calls go by what learn() or count_words() gave, or the keys of both, not by their batch; None: by their batch again."""
        told = json.dumps(corpus).encode() if corpus is not None else b""
        self._call(_library.storymerge_know, told, len(told))

    def pairs(self) -> List[Dict[str, Any]]:
        """Pairs of the batch that are copies of each other, whatever groups they end in."""
        return list(self._lines(_library.storymerge_pairs))

    def samples(self, texts: Any, sources: Any) -> Any:
        """The keys by which duplicates() proposes pairs: a NumPy array, a row a text, of hash, words and, by kind, keys (how many), sparse,
        dense; and the keys, text by text those of the first kind, then those of the second. storymerge/c.h has the rule."""
        n, data, offsets, size, keep = _layout(texts)
        _, source_data, source_offsets, _, source_keep = _layout(sources)
        kinds = [(name, numpy.uint32, 2) for name in ("keys", "sparse", "dense")]
        rows = numpy.empty(n, dtype=numpy.dtype([("hash", numpy.uint64), ("words", numpy.uint32)] + kinds, align=True))
        keys = numpy.empty(size + n, dtype=numpy.uint32)
        self._call(_library.storymerge_samples, data, offsets, source_data, source_offsets, n, rows.ctypes.data, keys.ctypes.data, len(keys))
        del keep, source_keep
        return rows, keys[: int(rows["keys"].sum())]

    @property
    def fingerprint(self) -> int:
        """Stands for all that makes a signature: those with different ones must not be compared."""
        return _library.storymerge_fingerprint(self._handle)

    def compare(self, a: str, b: str) -> Overlap:
        """How two texts overlap; exact."""
        counts = _Counts()
        a_bytes, b_bytes = _utf8(a), _utf8(b)
        self._call(_library.storymerge_compare, a_bytes, len(a_bytes), b_bytes, len(b_bytes), ctypes.byref(counts))
        return Overlap(counts.common, counts.a, counts.b)

    def _check(self, status: int) -> None:
        if status == 0:
            return
        code = _STATUS[status]
        message = "the session is in a call already" if code == "busy" else _library.storymerge_message(self._handle).decode()
        if code == "no_memory":
            raise MemoryError(message)
        raise Error(code, message)

    def _call(self, function: Any, *arguments: Any) -> None:
        self._check(function(self._handle, *arguments))

    def _work(self, function: Any, *arguments: Any) -> None:
        """A call that may be long: on another thread, so that the main one hears Ctrl-C."""
        if threading.current_thread() is not threading.main_thread():
            return self._call(function, *arguments)
        statuses: List[int] = []
        worker = threading.Thread(target=lambda: statuses.append(function(self._handle, *arguments)), daemon=True)
        worker.start()
        try:
            worker.join()
        except BaseException:
            self._end(worker)
            raise
        self._check(statuses[0])

    def _lines(self, function: Any, *arguments: Any) -> Iterator[Dict[str, Any]]:
        """What a function hands to its callback, while it works on another thread."""
        lines: queue.Queue = queue.Queue(_WAITING_LINES)
        wanted = True

        def take(_: Any, data: int, size: int) -> int:
            lines.put(ctypes.string_at(data, size))
            return 0 if wanted else 1

        callback = _TAKE(take)
        statuses: List[int] = []

        def work() -> None:
            statuses.append(function(self._handle, *arguments, callback, None))
            lines.put(None)

        worker = threading.Thread(target=work, daemon=True)
        worker.start()
        try:
            while True:
                line = lines.get()
                if line is None:
                    break
                yield json.loads(line)
        finally:
            wanted = False
            if worker.is_alive() and not statuses:
                self._end(worker, lines)
        self._check(statuses[0])

    def _line(self, function: Any, *arguments: Any) -> Optional[Dict[str, Any]]:
        """The one thing that a function hands over, if any."""
        return next(iter(list(self._lines(function, *arguments))), None)

    def _end(self, worker: threading.Thread, lines: Optional[queue.Queue] = None) -> None:
        """Stops a worker and waits for it, come what may: it uses memory of ours."""
        _library.storymerge_stop(self._handle)
        while worker.is_alive():
            try:
                while lines is not None and not lines.empty():
                    lines.get_nowait()
                worker.join(0.01)
            except KeyboardInterrupt:
                pass


class Store:
    """What was known when, and what has changed since: a file that keeps articles and their stories.

    What is put, removed and let expire waits for commit(), and is gone when the store is closed before. One call at a time; any number of
    stores, in any processes, may read a path beside one that writes. `as_of` is a revision, None the newest.
    """

    def __init__(self, path: Union[str, os.PathLike[str]], read_only: bool = False, **options: Any):
        """Opens the store, or makes one. Options: those of stories, and live, beyond how many articles the oldest expire."""
        self._session = Session(read_only="yes" if read_only else "no", **options)
        self._session._work(_library.storymerge_store_open, os.fsencode(path))

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._session.close()

    def put(self, articles: Articles) -> Dict[str, int]:
        """Takes articles in: how many were added, the next version of a page, known already. Warns of those that cannot be used."""
        told = {"added": 0, "version": 0, "known": 0}
        for buffer in _json_lines(articles):
            counts, *issues = self._session._lines(_library.storymerge_store_put, buffer, len(buffer))
            told = {key: told[key] + counts[key] for key in told}
            _warn_of(issues, 3)
        return told

    def remove(self, article: str) -> bool:
        """Withdraws the article with this id from every revision; False when there is none."""
        removed = ctypes.c_int()
        self._session._work(_library.storymerge_store_remove, _utf8(article), ctypes.byref(removed))
        return bool(removed.value)

    def expire(self, before: Union[str, datetime.datetime]) -> None:
        """Lets stories go into the archive whose last article is older; a time with its zone."""
        self._session._call(_library.storymerge_store_expire, _utf8(str(_field(before))))

    def commit(self) -> int:
        """Writes all of that down as one revision, which it returns. When it fails or Ctrl-C ends it, all waits as before."""
        return self._revision(_library.storymerge_store_commit)

    def repair(self) -> int:
        """Commits, and groups all live articles anew, as merge() does."""
        return self._revision(_library.storymerge_store_repair)

    @property
    def revision(self) -> int:
        """The last one committed, here or elsewhere; 0 when there is none."""
        return self._revision(_library.storymerge_store_revision)

    def stories(self, as_of: Optional[int] = None, changed_since: int = 0, expired: bool = False) -> List[Dict[str, Any]]:
        """The latest first: dicts of id, title, articles, first_published, last_published, changed, live."""
        return list(self._session._lines(_library.storymerge_store_list, _as_of(as_of), changed_since, expired))

    def story(self, id: str, as_of: Optional[int] = None) -> Optional[Dict[str, Any]]:
        """The merged story with this id, or that it leads to, as merge() has it; None when there is none."""
        return self._session._line(_library.storymerge_store_story, _utf8(id), _as_of(as_of))

    def story_of(self, article: str, as_of: Optional[int] = None) -> Optional[Dict[str, Any]]:
        """The merged story that holds an article."""
        return self._session._line(_library.storymerge_store_story_of, _utf8(article), _as_of(as_of))

    def since(self, revision: int) -> List[Dict[str, Any]]:
        """What changed after a revision, story by story: dicts of kind, story, other, text, before, after."""
        return list(self._session._lines(_library.storymerge_store_since, revision))

    def verify(self) -> None:
        """Reads every page and record; Error when one is damaged."""
        self._session._work(_library.storymerge_store_verify)

    def articles(self) -> Iterator[Dict[str, Any]]:
        """All articles in order of arrival. The store is busy until the last one is taken."""
        return self._session._lines(_library.storymerge_store_export)

    def _revision(self, function: Any) -> int:
        revision = ctypes.c_uint64()
        self._session._work(function, ctypes.byref(revision))
        return revision.value


def _as_of(revision: Optional[int]) -> int:
    return 2**64 - 1 if revision is None else revision


def stories(articles: Articles, **options: Any) -> Iterator[Dict[str, Any]]:
    """Merged stories, one an event, as dicts of format 2, in order of their first article. Warns of articles that cannot be used."""
    with Session(**options) as session:
        session.add(articles)
        _warn(session)
        yield from session.stories()


def merge(articles: Articles, **options: Any) -> List[Dict[str, Any]]:
    """All merged stories at once."""
    return list(stories(articles, **options))


def find_duplicates(articles: Articles, **options: Any) -> List[Dict[str, Any]]:
    """Groups of two or more copies, as `find_duplicates --format jsonl` prints them."""
    with Session(**options) as session:
        session.add(articles)
        _warn(session)
        return session.duplicates()


def signatures(texts: Any, out: Any = None, **options: Any) -> Any:
    """MinHash signatures of texts: Session.signatures."""
    with Session(**options) as session:
        return session.signatures(texts, out)


def band_keys(signatures: Any, out: Any = None, **options: Any) -> Any:
    """Band keys of signatures: Session.band_keys. Options: num_perm of the signatures, bands, rows."""
    with Session(**options) as session:
        return session.band_keys(signatures, out)


def compare(a: str, b: str, **options: Any) -> Overlap:
    """How two texts overlap; exact."""
    with Session(**options) as session:
        return session.compare(a, b)


def _warn(session: Session) -> None:
    _warn_of(session.issues(), 5)


def _warn_of(issues: List[Dict[str, Any]], level: int) -> None:
    rejected = [issue for issue in issues if issue["rejected"]]
    if rejected:
        first = rejected[0]
        where = ": ".join(part for part in (f"line {first['line']}", first["field"], first["reason"]) if part)
        warnings.warn(f"{len(rejected)} articles cannot be used, the first: {where}", stacklevel=level)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _json_lines(articles: Articles) -> Iterator[bytes]:
    """Buffers of whole lines."""
    if isinstance(articles, (bytes, bytearray, memoryview)):
        yield bytes(articles)
        return
    buffer: List[bytes] = []
    size = 0
    for article in _records(articles):
        line = json.dumps({key: _field(value) for key, value in article.items() if _known(key, value)}).encode()
        buffer.append(line)
        size += len(line)
        if size >= _BUFFER_BYTES:
            yield b"\n".join(buffer) + b"\n"
            buffer, size = [], 0
    if buffer:
        yield b"\n".join(buffer) + b"\n"


def _records(articles: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(articles, (str, Mapping)):
        raise TypeError("articles are bytes of JSON Lines, an iterable of mappings, or a table")
    if hasattr(articles, "to_batches"):  # an Arrow table
        return (row for batch in articles.to_batches() for row in batch.to_pylist())
    if hasattr(articles, "to_pylist"):  # an Arrow record batch
        return articles.to_pylist()
    if hasattr(articles, "iterrows"):  # a pandas DataFrame
        columns = [name for name in articles.columns if name in _FIELDS]
        return (dict(zip(columns, row)) for row in articles[columns].itertuples(index=False, name=None))
    return articles


def _known(key: Any, value: Any) -> bool:
    """Whether it is a field of an article, and there: None, NaN, NaT and NA are not."""
    return key in _FIELDS and value is not None and type(value).__name__ != "NAType" and value == value


def _field(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def _pieces(texts: Any) -> Sequence[Any]:
    """Texts in pieces that are taken one after another: of a list, so many that their bytes stay in the processor's cache."""
    if hasattr(texts, "chunks"):  # an Arrow chunked array
        return texts.chunks
    if hasattr(texts, "buffers") and hasattr(texts, "type"):  # an Arrow array
        return [texts]
    texts = list(texts)
    return [texts[i : i + _PIECE_TEXTS] for i in range(0, len(texts), _PIECE_TEXTS)]


def _layout(texts: Any) -> Any:
    """Texts as the C interface takes them: count, address of the bytes, address of n + 1 offsets, count of bytes, and what must
    live as long as they are used."""
    if hasattr(texts, "buffers"):
        return _arrow_layout(texts)
    n = len(texts)
    try:
        encoded = list(map(str.encode, texts))
    except UnicodeEncodeError:  # half of a surrogate pair
        encoded = [_utf8(text) for text in texts]
    data = b"".join(encoded)
    offsets = array.array("q", itertools.accumulate(map(len, encoded), initial=0))
    return n, ctypes.cast(data, ctypes.c_void_p), offsets.buffer_info()[0], len(data), (data, offsets)


def _arrow_layout(texts: Any) -> Any:
    kind = str(texts.type)
    if kind not in ("string", "large_string"):
        raise TypeError(f"texts are strings; the Arrow array holds {kind}")
    if texts.null_count:
        texts = texts.fill_null("")
    n = len(texts)
    if n == 0:
        return 0, None, None, 0, texts
    _, offsets, data = texts.buffers()
    address = data.address if data is not None else None
    if kind == "large_string":
        ends = (ctypes.c_int64 * (n + 1)).from_address(offsets.address + 8 * texts.offset)
        return n, address, ctypes.addressof(ends), ends[n] - ends[0], texts
    short = (ctypes.c_int32 * (n + 1)).from_address(offsets.address + 4 * texts.offset)
    ends = array.array("q", short)
    return n, address, ends.buffer_info()[0], ends[n] - ends[0], (texts, ends)


def _matrix(n: int, columns: int, given: Any) -> Any:
    """An array of shape (n, columns) of uint32, and the address of its first number."""
    if given is None:
        if numpy is not None:
            given = numpy.empty((n, columns), dtype=numpy.uint32)
        elif n:
            given = memoryview((ctypes.c_uint32 * (n * columns))()).cast("B").cast("I", [n, columns])
    if n == 0:
        return (given if given is not None else memoryview(b"")), None
    view = memoryview(given)
    if view.format != "I" or tuple(view.shape or ()) != (n, columns) or not view.c_contiguous:
        raise TypeError(f"the array must be C-contiguous, of type uint32 and shape ({n}, {columns}); it is {view.format} {view.shape}")
    if numpy is not None:
        return given, numpy.asarray(given).ctypes.data
    return given, ctypes.addressof(ctypes.c_uint32.from_buffer(view))
