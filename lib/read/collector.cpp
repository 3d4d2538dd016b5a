#include "read/collector.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <tuple>

#include "base/valid_utf8.h"
#include "read/identity.h"
#include "storymerge/base/error.h"
#include "storymerge/read/url.h"
#include "support/hash.h"
#include "support/union_find.h"

namespace storymerge::read {
namespace {

// Whether a value stands twice among these.
bool any_twice(const std::vector<std::uint64_t>& hashes) {
  boost::unordered_flat_set<std::uint64_t> seen(hashes.size());
  for (const std::uint64_t h : hashes) {
    if (!seen.insert(h).second) return true;
  }
  return false;
}

// Of a link, without its query; "" when it is none.
std::string_view path_of(std::string_view url) {
  const std::size_t host = url.find("://");
  if (host == std::string_view::npos) return {};
  const std::size_t path = url.find('/', host + 3);
  if (path == std::string_view::npos) return {};
  url = url.substr(path, url.find_first_of("?#", path) - path);
  while (url.ends_with('/')) url.remove_suffix(1);
  return url.empty() ? "/" : url;
}

auto order_of(const Article& a) { return std::tuple(a.published.value_or(Time::max()), hash_bytes(a.text)); }
auto rest_of(const Article& a) { return std::tie(a.title, a.author, a.language, a.url); }

}  // namespace

Collector::Collector(const ReadOptions& options, Take take) : options_(options), take_(std::move(take)) {
  if (!(options.max_expansion >= 1)) {  // nor what is no number
    throw Error(ErrorCode::bad_option, fmt::format("max_expansion is {}, must be 1 or more", options.max_expansion));
  }
  if (options.max_record_bytes == 0) throw Error(ErrorCode::bad_option, "max_record_bytes is 0, must be 1 or more");
}

void Collector::add(Article&& article, std::uint64_t line) {
  if (article.source.empty()) article.source = plain_host(article.url);
  const Mark before = mark();
  ++report_.records;
  tell_progress();
  if (take_) {
    if (article.id.empty()) article.id = made_id(article);
    left_out_.clear();
    return take_(std::move(article));
  }
  try {
    if (!left_out_.empty()) {
      pages_.push_back(
          {static_cast<std::uint32_t>(articles_.size()), {"", article.text.size(), std::exchange(left_out_, {})}});
    }
    articles_.push_back(std::move(article));
    places_.emplace_back(static_cast<std::uint32_t>(inputs_.size() - 1), line);
  } catch (const std::bad_alloc&) {
    back_to(before);
    throw;
  }
}

void Collector::reject(std::uint64_t line, std::string_view field, std::string reason) {
  if (options_.strict) {
    throw Error(ErrorCode::bad_input, fmt::format("{}{}: {}{}{}", input(), line == 0 ? "" : fmt::format(":{}", line),
                                                  field, field.empty() ? "" : ": ", reason));
  }
  ++report_.records;
  ++report_.rejected;
  tell_progress();
  report_.issues.push_back({input(), line, std::string(field), std::move(reason), true});
}

void Collector::flag(std::uint64_t line, std::string_view field, std::string reason) {
  report_.issues.push_back({input(), line, std::string(field), std::move(reason), false});
}

Collector::Mark Collector::mark() const {
  return {inputs_.size(), articles_.size(), pages_.size(), report_.issues.size(), report_.records, report_.rejected};
}

void Collector::back_to(const Mark& mark) {
  inputs_.resize(mark.inputs);
  articles_.resize(mark.articles);
  places_.resize(std::min(places_.size(), mark.articles));
  pages_.resize(mark.pages);
  report_.issues.resize(mark.issues);
  report_.records = mark.records;
  report_.rejected = mark.rejected;
  left_out_.clear();
}

void Collector::left_out(const std::vector<LeftOut>& pieces) {
  left_out_.clear();
  for (const LeftOut& piece : pieces) {
    const auto at = std::lower_bound(left_out_.begin(), left_out_.end(), piece.kind,
                                     [](const LeftOutBytes& l, const std::string& kind) { return l.kind < kind; });
    if (at != left_out_.end() && at->kind == piece.kind)
      at->bytes += piece.text.size();
    else
      left_out_.insert(at, {piece.kind, piece.text.size()});
  }
}

// Ids do not depend on the order of the input. Records without one that agree in source, link and text are numbered in the order of
// their other fields, so that nothing is lost; texts under one id are numbered as versions, and the same text again is dropped.
std::vector<bool> Collector::give_ids() {
  struct Key {
    std::uint64_t hash;
    std::uint32_t article;
    bool made;
  };
  std::vector<bool> gone(articles_.size(), false);
  std::vector<Key> keys(articles_.size());
  std::vector<std::uint64_t> hashes(articles_.size());
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    std::string& id = articles_[i].id;
    const bool made = id.empty();
    if (made) id = made_id(articles_[i]);
    keys[i] = {hashes[i] = hash_bytes(id), i, made};
  }
  if (!any_twice(hashes)) return gone;
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    const Article &x = articles_[a.article], &y = articles_[b.article];
    if (x.id != y.id) return x.id < y.id;
    if (a.made != b.made) return b.made;
    if (order_of(x) != order_of(y)) return order_of(x) < order_of(y);
    return rest_of(x) < rest_of(y);
  });
  std::vector<Key> renamed;
  for (std::size_t begin = 0, end; begin < keys.size(); begin = end) {
    const std::string& id = articles_[keys[begin].article].id;
    boost::unordered_flat_set<std::string_view> texts = {};
    for (end = begin + 1; end < keys.size() && articles_[keys[end].article].id == id; ++end) {
      if (texts.empty()) texts.insert(articles_[keys[begin].article].text);
      const Key& key = keys[end];
      if (key.made) {
        renamed.push_back(key);
      } else if (!texts.insert(articles_[key.article].text).second) {
        gone[key.article] = true;
      } else {
        renamed.push_back(key);
        same_id_.emplace_back(keys[begin].article, key.article);
      }
    }
  }
  if (renamed.empty()) return gone;
  boost::unordered_flat_set<std::string> taken;
  for (const Article& a : articles_) taken.insert(a.id);
  std::string base;
  std::uint64_t number = 1;
  for (const Key& key : renamed) {
    std::string& id = articles_[key.article].id;
    if (id != base) {
      base = id;
      number = 1;
    }
    do {
      id = fmt::format("{}{}{}", base, key.made ? '-' : '@', ++number);
    } while (!taken.insert(id).second);
  }
  return gone;
}

// Articles that share an id, or an outlet's link, are versions of one page, in order of publication.
void Collector::link_versions(const std::vector<bool>& gone) {
  UnionFind page(articles_.size());
  bool any = !same_id_.empty();
  for (const auto& [a, b] : same_id_) page.unite(a, b);
  // Links are compared in full only where their paths agree.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> paths;
  std::vector<std::uint64_t> hashes;
  for (std::uint32_t i = 0; i < articles_.size(); ++i) {
    const std::string_view path = path_of(articles_[i].url);
    if (path.empty()) continue;
    hashes.push_back(hash_bytes(path));
    paths.emplace_back(hashes.back(), i);
  }
  if (!any && !any_twice(hashes)) return;
  std::sort(paths.begin(), paths.end());
  for (std::size_t begin = 0, end; begin < paths.size(); begin = end) {
    end = begin + 1;
    while (end < paths.size() && paths[end].first == paths[begin].first) ++end;
    if (end - begin == 1) continue;
    boost::unordered_flat_map<std::string, std::uint32_t> keys;
    for (std::size_t k = begin; k < end; ++k) {
      const auto [at, fresh] = keys.emplace(page_key(articles_[paths[k].second]), paths[k].second);
      if (!fresh && !at->first.empty()) any = page.unite(at->second, paths[k].second) || any;
    }
  }
  if (!any) return;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> members;  // page, article
  for (std::uint32_t i = 0; i < articles_.size(); ++i) {
    if (!gone[i]) members.emplace_back(page.find(i), i);
  }
  std::sort(members.begin(), members.end(), [&](const auto& a, const auto& b) {
    const Article &x = articles_[a.second], &y = articles_[b.second];
    return std::tuple(a.first, order_of(x), std::string_view(x.id)) <
           std::tuple(b.first, order_of(y), std::string_view(y.id));
  });
  for (std::size_t k = members.size(); k-- > 1;) {
    if (members[k - 1].first != members[k].first) continue;
    Article& older = articles_[members[k - 1].second];
    const Article& newer = articles_[members[k].second];
    older.replaced_by = older.text == newer.text ? newer.replaced_by : newer.id;
  }
}

void Collector::announce(std::string_view url, Announced what) {
  if (!take_) announced_.emplace(url_identity(url), std::move(what));
}

void Collector::take_announced() {
  if (announced_.empty()) return;
  for (Article& article : articles_) {
    const auto at = article.url.empty() ? announced_.end() : announced_.find(url_identity(article.url));
    if (at == announced_.end()) continue;
    const Announced& known = at->second;
    if (article.title.empty()) article.title = known.title;
    if (article.language.empty()) article.language = known.language;
    if (!article.published && known.published) {
      article.published = known.published->time;
      article.published_offset = known.published->offset;
    }
  }
}

ReadResult Collector::finish() {
  take_announced();
  const std::vector<bool> gone = give_ids();
  link_versions(gone);
  for (auto& [article, page] : pages_) {
    if (gone[article]) continue;
    page.article = articles_[article].id;
    report_.pages.push_back(std::move(page));
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < articles_.size(); ++i) {
    if (!gone[i]) {
      if (kept != i) articles_[kept] = std::move(articles_[i]);
      ++kept;
      continue;
    }
    inputs_.push_back(inputs_[places_[i].first]);
    --report_.records;  // counted when it was added
    reject(places_[i].second, "id", fmt::format("'{}' was given before, with the same text", articles_[i].id));
  }
  articles_.resize(kept);
  return {corpus_of_valid_utf8(std::move(articles_)), std::move(report_)};
}

}  // namespace storymerge::read
