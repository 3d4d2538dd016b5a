// Stories as they stand in the file: listed, found by their ids, merged.

#include <algorithm>
#include <limits>
#include <tuple>

#include "merge/claim_ids.h"
#include "store/records.h"
#include "store/schema.h"
#include "store/state.h"
#include "storymerge/text/document.h"

namespace storymerge {

using store::Query;
using store::StoryVersion;

std::uint64_t store::StoreState::newest_revision() const {
  Query statement(database, "SELECT max(number) FROM revision");
  statement.step();
  return static_cast<std::uint64_t>(statement.number(0));
}

std::uint64_t store::StoreState::revision_at(Revision as_of) const { return std::min(as_of, newest_revision()); }

// Each step leads to a story that lived longer, so it ends.
std::optional<StoryVersion> store::StoreState::resolve(std::string id, std::uint64_t revision) const {
  Query story(database, "SELECT since FROM story WHERE id = ? AND since <= ?2 AND until > ?2");
  Query alias(database, "SELECT story FROM alias WHERE old = ? AND since <= ? ORDER BY since DESC LIMIT 1");
  while (!story.with(id, revision).step()) {
    if (!alias.with(id, revision).step()) return std::nullopt;
    id = alias.text(0);
  }
  return StoryVersion{std::move(id), story.number(0)};
}

std::vector<std::string> store::StoreState::aliases_of(const std::string& id, std::uint64_t revision) const {
  Query statement(database, "SELECT DISTINCT old FROM alias WHERE story = ? AND since <= ?");
  std::set<std::string> seen;
  std::vector<std::string> left = {id}, out;
  while (!left.empty()) {
    const std::string next = std::move(left.back());
    left.pop_back();
    statement.with(next, revision);
    while (statement.step()) {
      if (std::string old = statement.text(0); seen.insert(old).second) left.push_back(std::move(old));
    }
  }
  for (const std::string& old : seen) {
    const std::optional<StoryVersion> leads_to = resolve(old, revision);
    if (old != id && leads_to && leads_to->id == id) out.push_back(old);
  }
  return out;
}

std::vector<StoryEntry> store::StoreState::list(const StoryFilter& filter) const {
  const std::uint64_t revision = revision_at(filter.as_of);
  Query statement(database,
                  "SELECT id, articles, first, last, since, live, record FROM story "
                  "LEFT JOIN (SELECT number, record FROM article) ON number = title_of "
                  "WHERE since <= ?1 AND until > ?1 AND since > ?2 AND (live = 1 OR ?3) "
                  "ORDER BY last IS NULL, last DESC, id LIMIT ?4");
  const auto most =
      static_cast<std::int64_t>(std::min<std::size_t>(filter.limit, std::numeric_limits<std::int64_t>::max()));
  statement.with(revision, filter.changed_since, std::int64_t{filter.expired}, most);
  std::vector<StoryEntry> out;
  while (statement.step()) {
    StoryEntry& entry = out.emplace_back();
    entry.id = statement.text(0);
    entry.articles = static_cast<std::size_t>(statement.number(1));
    if (!statement.is_null(2)) entry.first_published = Time(std::chrono::seconds(statement.number(2)));
    if (!statement.is_null(3)) entry.last_published = Time(std::chrono::seconds(statement.number(3)));
    entry.changed = static_cast<Revision>(statement.number(4));
    entry.live = statement.number(5) != 0;
    if (!statement.is_null(6)) entry.title = store::read_article(statement.bytes(6)).title;
  }
  return out;
}

// With their numbers, in order of arrival.
std::vector<std::pair<std::uint64_t, Article>> store::StoreState::articles_of(const StoryVersion& version) const {
  Query statement(database,
                  "SELECT number, id, record, (SELECT next.id FROM replaced JOIN article AS next ON next.number = by "
                  "WHERE article = a.number AND replaced.since <= ?2) "
                  "FROM member JOIN article AS a ON a.number = article "
                  "WHERE story = ?1 AND since <= ?2 AND until > ?2 ORDER BY number");
  statement.with(version.id, version.since);
  std::vector<std::pair<std::uint64_t, Article>> out;
  while (statement.step()) {
    Article article = store::read_article(statement.bytes(2));
    article.id = statement.text(1);
    article.replaced_by = statement.text(3);
    out.emplace_back(static_cast<std::uint64_t>(statement.number(0)), std::move(article));
  }
  return out;
}

// With the furniture that the last repair() found; what came since is looked at beside the others of its story.
std::vector<Document> store::StoreState::documents_of(const Corpus& corpus, const std::vector<std::uint64_t>& numbers,
                                                      std::int64_t revision) const {
  Query statement(database,
                  "SELECT record FROM furniture WHERE article = ? AND since <= ? ORDER BY since DESC LIMIT 1");
  std::vector<std::optional<std::vector<Furniture>>> known(corpus.size());
  bool all = true;
  for (ArticleIndex a = 0; a < corpus.size(); ++a) {
    if (statement.with(numbers[a], revision).step()) known[a] = store::read_furniture(statement.bytes(0));
    all = all && known[a];
  }
  std::vector<std::vector<Furniture>> furniture;
  if (!all) furniture = find_furniture(corpus, options.stories.threads);
  std::vector<Document> out;
  for (ArticleIndex a = 0; a < corpus.size(); ++a) {
    out.push_back(analyze(corpus, a, known[a] ? std::move(*known[a]) : std::move(furniture[a])));
  }
  return out;
}

namespace {

// A claim's founder is, of the passages that say it, the one whose article came in first: it stays while others come.
void name_claims(const Corpus& corpus, const std::vector<std::uint64_t>& numbers, MergedStory& story) {
  ClaimIds ids;
  for (MergedClaim& claim : story.claims) {
    const Support* founder = &claim.support.front();
    for (const Support& s : claim.support) {
      const auto place = [&](const Support& at) { return std::pair(numbers[at.span.article], at.span.begin); };
      if (place(s) < place(*founder)) founder = &s;
    }
    claim.id = ids.next(corpus, founder->span);
  }
  std::set<std::string> led;
  for (const MergedClaim& claim : story.claims) led.insert(claim.id);
  // What counts leads before what only shares something.
  for (const auto passages : {&MergedClaim::support, &MergedClaim::also}) {
    for (MergedClaim& claim : story.claims) {
      for (const Support& s : claim.*passages) {
        if (std::string id = ClaimIds().next(corpus, s.span); led.insert(id).second)
          claim.aliases.push_back(std::move(id));
      }
    }
  }
  for (MergedClaim& claim : story.claims) std::sort(claim.aliases.begin(), claim.aliases.end());
}

}  // namespace

StoredStory store::StoreState::merge(const StoryVersion& version) const {
  std::vector<std::pair<std::uint64_t, Article>> numbered = articles_of(version);
  std::map<std::string, std::uint64_t> number_of;
  std::vector<Article> articles;
  for (auto& [number, article] : numbered) {
    number_of[article.id] = number;
    articles.push_back(std::move(article));
  }
  StoredStory out;
  out.corpus = Corpus(std::move(articles));
  const Corpus& corpus = out.corpus;
  std::vector<std::uint64_t> numbers;
  for (const Article& a : corpus.articles()) numbers.push_back(number_of.at(a.id));
  const std::vector<Document> documents = documents_of(corpus, numbers, version.since);

  std::optional<Duplicates> duplicates;
  std::vector<Touch> touches;
  Query statement(database, "SELECT record FROM copies WHERE story = ? AND since <= ? ORDER BY since DESC LIMIT 1");
  if (statement.with(version.id, version.since).step()) {
    store::Copies copies = store::read_copies(statement.bytes(0));
    if (copies.articles == numbers) {
      duplicates = std::move(copies.duplicates);
      touches = std::move(copies.touches);
    }
  }
  if (!duplicates) duplicates = find_duplicates(corpus, documents, options.duplicates);

  std::vector<Story> story(1);
  story[0].id = version.id;
  story[0].touches = std::move(touches);
  for (ArticleIndex a = 0; a < corpus.size(); ++a) story[0].articles.push_back(a);
  for (std::uint32_t o = 0; o < duplicates->origins.size(); ++o) story[0].origins.push_back(o);
  join_owners(corpus, options.duplicates.sources, story, *duplicates);
  out.story = merge_story(corpus, documents, *duplicates, story[0], options.alignment);
  name_claims(corpus, numbers, out.story);
  return out;
}

// Kept until there are too many, or an article of some story was withdrawn.
const StoredStory& store::StoreState::merged(const StoryVersion& version) {
  Query statement(database, "SELECT count(*) FROM withdrawn");
  statement.step();
  if (const std::int64_t now = statement.number(0); now != kept_withdrawn) {
    kept.clear();
    kept_withdrawn = now;
  }
  const auto at = std::find_if(kept.begin(), kept.end(), [&](const store::Merged& m) {
    return std::tie(m.version.since, m.version.id) == std::tie(version.since, version.id);
  });
  if (at != kept.end()) {
    kept.splice(kept.begin(), kept, at);
  } else {
    kept.push_front({version, merge(version)});
  }
  while (kept.size() > std::max<std::size_t>(options.kept_stories, 1)) kept.pop_back();
  return kept.front().stored;
}

}  // namespace storymerge
