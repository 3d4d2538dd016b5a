#pragma once
/* How do other languages use storymerge?

   Through these functions of libstorymerge_c.so: plain C, which a compiler of 1989 takes if it has <stdint.h>. Everything hangs on a
   session: options, a batch of articles, a store, and the message of its last error.

     storymerge_session* s = storymerge_new();
     storymerge_set(s, "strictness", "strict");
     storymerge_add_jsonl(s, bytes, size);
     if (storymerge_stories(s, take, NULL) != STORYMERGE_OK) fputs(storymerge_message(s), stderr);
     storymerge_free(s);

   Errors   Every function that can fail returns a status, and the session has the message, which names the thing, the value and the
            range. A call that fails leaves the session as it was (when memory ends while a batch is
            closed, it is empty). No C++ exception comes out.
   Threads  There is no global state: sessions are independent, each on whatever thread. One session serves one call at a time; a
            second one (of another thread, or of its own callback) is STORYMERGE_BUSY and changes nothing. storymerge_stop may be
            called from any thread, but not from a signal handler.
   Strings  UTF-8. Bytes in are borrowed for the call; bytes handed to a callback are valid until it returns.
   Requires a session that is not NULL; pointers that are not NULL unless their size is 0. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

typedef enum storymerge_status {
  STORYMERGE_OK = 0,
  STORYMERGE_BAD_OPTION = 1,   /* no such option, or a value that it does not take */
  STORYMERGE_BAD_INPUT = 2,    /* content that cannot be used, or a call out of its order */
  STORYMERGE_IO = 3,           /* a file that cannot be opened, read or written */
  STORYMERGE_INCOMPATIBLE = 4, /* signatures or files of different kinds */
  STORYMERGE_STOPPED = 5,      /* by storymerge_stop, or because a callback did not want more */
  STORYMERGE_NO_MEMORY = 6,
  STORYMERGE_BUSY = 7,  /* the session is in a call already; the message is still that of before */
  STORYMERGE_FAILED = 8 /* anything else; the message says what */
} storymerge_status;

typedef struct storymerge_session storymerge_session;

/* "0.1.0" */
const char* storymerge_version(void);

/* NULL when memory does not suffice. */
storymerge_session* storymerge_new(void);
/* Requires: no call of the session is under way. NULL is allowed. */
void storymerge_free(storymerge_session* session);

/* What went wrong in the last call of the session; "" when nothing did. Valid until its next call. */
const char* storymerge_message(const storymerge_session* session);

/* An option, by the name that the programs' flag has. For all later calls of the session.

     threads     whole number       0, the default: all cores; results do not depend on it
     preset      event | story      what a story is: one event of a few days, or a matter that may go on for months
     strictness  balanced | strict  what counts as told by several sources
     sources     path               a table of outlets, their owners and kinds (read/sources.h)
     threshold   over 0, to 1       copies: Jaccard similarity, default 0.3; given alone, it alone counts
     containment over 0, to 1       copies: or so much of the shorter text, default 0.6
     ngram       1 to 16            words in a shingle, default 3
     num-perm    16 to 1024         slots of a signature, default 128
     bands       1 to 1024          band keys of a signature, default 42
     rows        1 to 1024          slots of a band, default 3
     read-only   no | yes           a store that is opened must be there, and nothing changes it
     live        over 0             articles of a store, default 100000: beyond it the oldest stories expire

   Errors: BAD_OPTION; for "sources" IO and BAD_INPUT. */
storymerge_status storymerge_set(storymerge_session* session, const char* key, const char* value);

/* Ends the call that is under way, or else the next one, with STORYMERGE_STOPPED. */
void storymerge_stop(storymerge_session* session);

/* The batch.

   Articles come in until the first call that looks at the whole batch (issues, stories, one_story, duplicates): that settles ids and versions,
   and further articles are BAD_INPUT until storymerge_clear has emptied the batch. Results do not depend on the order of articles. */

/* One JSON object a line: "text" is required; "id", "title", "source", "url", "language", "author", "published" (RFC 3339) are
   optional. A line that cannot be used is no error, it is told by storymerge_issues. A buffer holds whole lines. */
storymerge_status storymerge_add_jsonl(storymerge_session* session, const char* bytes, size_t size);

/* The same by single fields: each sets one of these keys of the next article, then storymerge_add_article takes it in.
   Errors: BAD_INPUT, of an unknown key, a value that is not UTF-8, a time that cannot be read; of an article without text. */
storymerge_status storymerge_set_field(storymerge_session* session, const char* key, const char* value, size_t size);
storymerge_status storymerge_add_article(storymerge_session* session);

/* Forgets the articles, and the fields of the next. Options stay. */
storymerge_status storymerge_clear(storymerge_session* session);

/* Takes one JSON object, without a line break and not ended by 0. Returns 0 to go on; else the call ends with STORYMERGE_STOPPED.
   Called on the thread of the caller, one after another. */
typedef int (*storymerge_take)(void* context, const char* json, size_t size);

/* What records suffered: {"line": N, "field": "...", "reason": "...", "rejected": true}. `line` counts in its own buffer, and is 0
   for an article that came by fields; an article with "rejected": false was read without this field. */
storymerge_status storymerge_issues(storymerge_session* session, storymerge_take take, void* context);

/* Merged stories, one an event, in order of their first article: write/writer.h says what the keys mean (format 2). */
storymerge_status storymerge_stories(storymerge_session* session, storymerge_take take, void* context);

/* The same of the whole batch as one story, whatever its texts tell of: for those who group by rules of their own. */
storymerge_status storymerge_one_story(storymerge_session* session, storymerge_take take, void* context);

/* Groups of two or more copies: {"articles": [id], "original": id, "weakest", "density", "pairs": [{"a": id, "b": id, "relation",
   "jaccard", "containment_a_in_b", "containment_b_in_a"}]}. */
storymerge_status storymerge_duplicates(storymerge_session* session, storymerge_take take, void* context);

/* A corpus in parts: for clusters, where a session sees only some of the articles.

   What repeats across a corpus or an outlet (phrases, notes) speaks for no copying. It is learned of a batch that stands for the corpus, and
   made known to the sessions that see parts: these decide of two texts as one session would that sees all. */

/* Takes one JSON object: what repeats in the batch, {"frequent": [hash], "common": [hash], "sources": {name: [hash]}}. It looks at 2048 evenly
   spaced articles for the first two, and at 32 of each source. */
storymerge_status storymerge_learn(storymerge_session* session, storymerge_take take, void* context);

/* Takes {"texts": how many, "words": {key: in how many}}: what storymerge_stories weighs words by; copies count once. Counts of parts add up. */
storymerge_status storymerge_count_words(storymerge_session* session, storymerge_take take, void* context);

/* Later calls go by such objects, or one with the keys of both, and not by their batch; of size 0: by their batch again. Words that are not
   told count as in the batch. Errors: BAD_INPUT. */
storymerge_status storymerge_know(storymerge_session* session, const char* json, size_t size);

/* Pairs of the batch that are copies of each other, whatever groups they end in, as in `pairs` above. */
storymerge_status storymerge_pairs(storymerge_session* session, storymerge_take take, void* context);

/* The keys by which storymerge_duplicates proposes pairs. Two texts are worth comparing when, in one of the two kinds, both hold: they share
   at least max(1, min(size) / 4 - 2) keys, where size is `dense` if it is not 0 in both, else `sparse`; and they share three keys, or one that no
   more than eight texts have. Texts with one hash are the same, and one of them stands for all. */
typedef struct storymerge_sample {
  uint64_t hash;
  uint32_t words;
  uint32_t keys[2], sparse[2], dense[2]; /* by kind */
} storymerge_sample;

/* Of n texts and their sources, laid out as for storymerge_signatures. `keys` gets text by text those of the first kind, then those of the
   second; keys_size: its room in numbers. Errors: BAD_INPUT, as there, and when there is not room for bytes + n. */
storymerge_status storymerge_samples(storymerge_session* session, const char* bytes, const int64_t* offsets,
                                     const char* source_bytes, const int64_t* source_offsets, size_t n,
                                     storymerge_sample* samples, uint32_t* keys, size_t keys_size);

/* The store (store/story_store.h): what was known when, and what has changed since.

   A session has at most one open, with the options as they were then. What is put, removed and let expire waits for the next commit;
   what is not committed is gone when the store or the session is closed. Ids and texts of callers end with 0. Without an open store
   every verb is BAD_INPUT. A reader sees what stood in revision `as_of`: STORYMERGE_NEWEST, or a number that commit gave. */

#define STORYMERGE_NEWEST UINT64_MAX

/* Opens the store at a path, or makes one. Errors: IO; BAD_INPUT when it is no store, is damaged, or another one is open;
   INCOMPATIBLE when a newer storymerge made it. */
storymerge_status storymerge_store_open(storymerge_session* session, const char* path);
storymerge_status storymerge_store_close(storymerge_session* session);

/* JSON Lines as storymerge_add_jsonl takes them. Takes {"added", "version", "known"}: how many articles were new, the next version of a page,
   known already; then what records suffered, as storymerge_issues. When it fails, articles before the failure wait already: put again,
   they are known. Errors: IO when the store is read-only. */
storymerge_status storymerge_store_put(storymerge_session* session, const char* bytes, size_t size,
                                       storymerge_take take, void* context);

/* Withdraws an article from every revision. *removed: 1, or 0 when there is none. */
storymerge_status storymerge_store_remove(storymerge_session* session, const char* id, int* removed);

/* Lets stories go into the archive whose last article is older than a time (RFC 3339). */
storymerge_status storymerge_store_expire(storymerge_session* session, const char* before);

/* Writes all of that down as one revision; it is on the disk when the call returns. repair also groups all live articles anew, as
   storymerge_stories does. Errors: IO; INCOMPATIBLE when another has written since the store was opened. */
storymerge_status storymerge_store_commit(storymerge_session* session, uint64_t* revision);
storymerge_status storymerge_store_repair(storymerge_session* session, uint64_t* revision);

/* The last one committed, here or elsewhere; 0 when there is none. */
storymerge_status storymerge_store_revision(storymerge_session* session, uint64_t* revision);

/* Stories, the latest first: {"id", "title", "articles": how many, "first_published", "last_published", "changed": revision, "live"}. Only
   those that changed after revision `changed_since` (0: all); the archive, too, when `expired` is not 0. */
storymerge_status storymerge_store_list(storymerge_session* session, uint64_t as_of, uint64_t changed_since,
                                        int expired, storymerge_take take, void* context);

/* The story with this id, or that it leads to; the story that holds an article. As storymerge_stories hands it over; nothing is
   handed over when there is none. */
storymerge_status storymerge_store_story(storymerge_session* session, const char* id, uint64_t as_of,
                                         storymerge_take take, void* context);
storymerge_status storymerge_store_story_of(storymerge_session* session, const char* article, uint64_t as_of,
                                            storymerge_take take, void* context);

/* What changed after a revision, story by story: {"kind", "story", "other", "text", "before", "after"}, as `Change` of store/story_store.h
   has them; a key is absent when it has nothing to say. */
storymerge_status storymerge_store_since(storymerge_session* session, uint64_t revision, storymerge_take take,
                                         void* context);

/* Reads every page and record. Errors: BAD_INPUT, naming what is damaged. */
storymerge_status storymerge_store_verify(storymerge_session* session);

/* All articles in order of arrival, as storymerge_add_jsonl takes them. */
storymerge_status storymerge_store_export(storymerge_session* session, storymerge_take take, void* context);

/* Signatures and comparison: of texts, whatever the batch. */

/* MinHash signatures of n texts: text i is bytes [offsets[i], offsets[i + 1]), as Arrow lays out large strings. Row i of `slots`, of
   num-perm numbers, becomes its signature; every slot is 2^32 - 1 when it has no words. slots_size: room in `slots`, in numbers.
   Errors: BAD_INPUT when an offset is less than the one before, or the room is not n * num-perm. */
storymerge_status storymerge_signatures(storymerge_session* session, const char* bytes, const int64_t* offsets,
                                        size_t n, uint32_t* slots, size_t slots_size);

/* Band keys of n signatures: texts that agree in key k, for some k, are worth comparing. Row i of `keys` has one number a band.
   Errors: BAD_OPTION when bands * rows is more than num-perm; BAD_INPUT when a size is not n * num-perm, n * bands. */
storymerge_status storymerge_band_keys(storymerge_session* session, const uint32_t* slots, size_t slots_size, size_t n,
                                       uint32_t* keys, size_t keys_size);

/* Stands for all that makes a signature. Signatures with different ones must not be compared: keep it with them. */
uint64_t storymerge_fingerprint(const storymerge_session* session);

/* How many different shingles two texts have, and have in common: exact. Jaccard similarity is common / (a + b - common). */
typedef struct storymerge_overlap {
  uint64_t common, a, b;
} storymerge_overlap;
storymerge_status storymerge_compare(storymerge_session* session, const char* a, size_t a_size, const char* b,
                                     size_t b_size, storymerge_overlap* overlap);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
