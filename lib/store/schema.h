#pragma once
// The tables of a store. Revisions count commits; a row that holds from `since` on and before `until` is one of the past when
// `until` is a number that was reached. Article numbers count arrivals and are never given twice.

#include <array>
#include <cstdint>

namespace storymerge::store {

inline constexpr int schema_version = 3;                   // PRAGMA user_version
inline constexpr std::int64_t still = 0x7FFFFFFFFFFFFFFF;  // `until` of what holds now

inline constexpr const char* schema = R"sql(
CREATE TABLE revision(number INTEGER PRIMARY KEY, newest INTEGER);  -- newest publication so far
CREATE TABLE article(number INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE,
                     given BLOB NOT NULL,     -- the id it came with
                     page INTEGER,            -- hash of outlet and link; NULL when that leads to no page of its own
                     root INTEGER NOT NULL,   -- versions of one page: number of the one that came first
                     hash INTEGER NOT NULL,   -- of the text
                     published INTEGER,       -- seconds since 1970
                     aged INTEGER NOT NULL,   -- the same, or the newest one when it came
                     came INTEGER NOT NULL,   -- revision
                     expired INTEGER,         -- revision
                     record BLOB NOT NULL);
CREATE INDEX article_given ON article(given);
CREATE INDEX article_page ON article(page) WHERE page IS NOT NULL;
CREATE INDEX article_root ON article(root, hash);
CREATE TABLE replaced(article INTEGER PRIMARY KEY, by INTEGER NOT NULL, since INTEGER NOT NULL);
CREATE INDEX replaced_since ON replaced(since);
CREATE TABLE withdrawn(number INTEGER PRIMARY KEY, id BLOB NOT NULL, story BLOB NOT NULL, since INTEGER NOT NULL);
CREATE TABLE member(article INTEGER, since INTEGER, until INTEGER NOT NULL, story BLOB NOT NULL,
                    PRIMARY KEY(article, since)) WITHOUT ROWID;
CREATE INDEX member_story ON member(story, until, since);
CREATE TABLE story(id BLOB, since INTEGER, until INTEGER NOT NULL, founded INTEGER NOT NULL, articles INTEGER NOT NULL,
                   first INTEGER, last INTEGER, aged INTEGER NOT NULL, title_of INTEGER NOT NULL, live INTEGER NOT NULL,
                   PRIMARY KEY(id, since)) WITHOUT ROWID;
CREATE INDEX story_last ON story(until, last DESC, id);
CREATE INDEX story_aged ON story(until, live, aged);
CREATE INDEX story_since ON story(since);
CREATE TABLE alias(old BLOB, since INTEGER, story BLOB NOT NULL, PRIMARY KEY(old, since)) WITHOUT ROWID;
CREATE INDEX alias_story ON alias(story);
CREATE TABLE furniture(article INTEGER, since INTEGER, record BLOB NOT NULL, PRIMARY KEY(article, since)) WITHOUT ROWID;
CREATE TABLE copies(story BLOB, since INTEGER, record BLOB NOT NULL, PRIMARY KEY(story, since)) WITHOUT ROWID;
CREATE TABLE note(key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE learned(article INTEGER PRIMARY KEY, record BLOB NOT NULL);  -- of live ones: StoryIndex::Record
)sql";

// From each older version to the next one, the first from 1 to 2.
inline constexpr const char* to_version_2 =
    R"sql(CREATE TABLE note(key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID)sql";
inline constexpr const char* to_version_3 =
    R"sql(CREATE TABLE learned(article INTEGER PRIMARY KEY, record BLOB NOT NULL))sql";
inline constexpr std::array migrations = {to_version_2, to_version_3};
static_assert(migrations.size() + 1 == schema_version);

}  // namespace storymerge::store
