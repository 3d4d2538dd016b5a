#include "write/brief.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "write/common.h"

namespace storymerge {
namespace {

std::vector<bool> told_claims(const MergedStory& story, std::size_t most) {
  std::vector<bool> keep(story.claims.size(), false);
  std::size_t told = 0;
  for (const std::vector<std::uint32_t>& paragraph : story.summary) {
    for (const std::uint32_t c : paragraph) {
      const SourceSpan words = story.claims[c].support[0].span;
      const bool first = told == 0;
      told += words.end - words.begin;
      keep[c] = keep[c] || first || told <= most;
    }
  }
  return keep;
}

void keep_disputes(std::vector<MergedDispute>& disputes, std::size_t most) {
  std::size_t conflicts = 0, updates = 0;
  for (const MergedDispute& d : disputes) conflicts += d.resolution == Resolution::conflict;
  conflicts = std::min(conflicts, most);
  updates = most - conflicts;
  std::erase_if(disputes, [&](const MergedDispute& d) {
    std::size_t& room = d.resolution == Resolution::conflict ? conflicts : updates;
    return room == 0 || room-- == 0;
  });
}

// The claims that `keep` marks, and what belongs to them.
void keep_claims(MergedStory& story, const std::vector<bool>& keep) {
  std::vector<std::uint32_t> place(keep.size(), 0);
  std::vector<MergedClaim> claims;
  for (std::size_t c = 0; c < keep.size(); ++c) {
    place[c] = static_cast<std::uint32_t>(claims.size());
    if (keep[c]) claims.push_back(std::move(story.claims[c]));
  }
  story.claims = std::move(claims);
  for (MergedDispute& d : story.disputes) d.claim = place[d.claim];
  for (auto* paragraphs : {&story.summary, &story.further}) {
    for (std::vector<std::uint32_t>& paragraph : *paragraphs) {
      std::erase_if(paragraph, [&](std::uint32_t c) { return !keep[c]; });
      for (std::uint32_t& c : paragraph) c = place[c];
    }
    std::erase_if(*paragraphs, [](const auto& paragraph) { return paragraph.empty(); });
  }
}

// Calls `use` with every list of passages.
template <class Story, class Use>
void for_each_support(Story& story, Use&& use) {
  for (auto& claim : story.claims) {
    use(claim.support);
    use(claim.also);
  }
  for (auto& dispute : story.disputes) {
    for (auto& value : dispute.values) use(value.support);
  }
}

// The first passages of different origins.
void shorten(std::vector<Support>& support, std::size_t most, const MergedStory& story,
             const std::vector<std::uint32_t>& origin_of) {
  std::set<std::uint32_t> origins;
  std::erase_if(support, [&](const Support& s) {
    return origins.size() == most || !origins.insert(origin_of[position_in(story, s.span.article)]).second;
  });
}

// The articles of its passages, and the originals of theirs and of the first `sources` origins.
void keep_articles(MergedStory& story, std::size_t sources, const std::vector<std::uint32_t>& origin_of) {
  std::vector<bool> keep(story.articles.size(), false);
  const auto keep_original = [&](std::uint32_t o) { keep[position_in(story, story.origins[o].original)] = true; };
  for_each_support(story, [&](const std::vector<Support>& support) {
    for (const Support& s : support) {
      const std::uint32_t k = position_in(story, s.span.article);
      keep[k] = true;
      keep_original(origin_of[k]);
    }
  });
  for (std::uint32_t o = 0; o < std::min(sources, story.origins.size()); ++o) keep_original(o);
  const auto gone = [&, articles = story.articles](ArticleIndex a) {
    return !keep[static_cast<std::size_t>(std::ranges::lower_bound(articles, a) - articles.begin())];
  };
  for (std::optional<ArticleIndex>& later : story.replaced_by) {
    if (later && gone(*later)) later.reset();
  }
  for (Origin& origin : story.origins) std::erase_if(origin.articles, gone);
  std::erase_if(story.origins, [](const Origin& origin) { return origin.articles.empty(); });
  std::size_t kept = 0;
  for (std::size_t k = 0; k < keep.size(); ++k) {
    if (!keep[k]) continue;
    story.articles[kept] = story.articles[k];
    story.replaced_by[kept] = story.replaced_by[k];
    ++kept;
  }
  story.articles.resize(kept);
  story.replaced_by.resize(kept);
  story.furniture.assign(kept, {});
}

// By position in story.articles: the passages of all claims and disputes.
std::vector<Parts> passages(const MergedStory& story) {
  std::vector<Parts> out(story.articles.size());
  for_each_support(story, [&](const std::vector<Support>& support) {
    for (const Support& s : support) out[position_in(story, s.span.article)].push_back({s.span.begin, s.span.end});
  });
  for (Parts& parts : out) {
    std::ranges::sort(parts,
                      [](ByteRange a, ByteRange b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
  }
  return out;
}

// The words of text[from, to) next to one end of it, of at most `most` bytes.
std::uint32_t words_before(std::string_view text, std::uint32_t from, std::uint32_t to, std::size_t most) {
  if (to - from <= most) return from;
  const std::size_t blank = text.find(' ', to - most);
  return blank < to ? static_cast<std::uint32_t>(blank + 1) : to;
}
std::uint32_t words_after(std::string_view text, std::uint32_t from, std::uint32_t to, std::size_t most) {
  if (to - from <= most) return to;
  const std::size_t blank = text.rfind(' ', from + most);
  return blank != std::string_view::npos && blank > from ? static_cast<std::uint32_t>(blank) : from;
}

// `kept` with what stands before and after each: every sentence of a body is a passage of `all`.
Parts with_neighbours(std::string_view text, const Parts& kept, const Parts& all, std::size_t around) {
  Parts out;
  std::size_t before = 0;  // how many of `all` end before the passage begins
  std::size_t after = 0;   // how many of `all` begin before it ends
  for (ByteRange part : kept) {
    while (before < all.size() && all[before].end <= part.begin) ++before;
    while (after < all.size() && all[after].begin < part.end) ++after;
    if (before > 0) part.begin = words_before(text, std::min(all[before - 1].begin, part.begin), part.begin, around);
    if (after < all.size()) part.end = words_after(text, part.end, std::max(all[after].end, part.end), around);
    for (; !out.empty() && part.begin <= out.back().end + 2; out.pop_back()) {  // a blank or a line break between them
      part = {std::min(part.begin, out.back().begin), std::max(part.end, out.back().end)};
    }
    out.push_back(part);
  }
  return out;
}

}  // namespace

MergedStory in_brief(const MergedStory& story, const BriefBounds& bounds) {
  MergedStory out = story;
  keep_disputes(out.disputes, bounds.disputes);
  std::vector<bool> keep = told_claims(out, bounds.told);
  for (const MergedDispute& dispute : out.disputes) keep[dispute.claim] = true;
  keep_claims(out, keep);
  const std::vector<std::uint32_t> origin_of = origin_positions(story);
  for (MergedClaim& claim : out.claims) claim.also.clear();
  for_each_support(out, [&](std::vector<Support>& support) { shorten(support, bounds.passages, story, origin_of); });
  keep_articles(out, bounds.sources, origin_of);
  return out;
}

std::vector<Parts> brief_parts(const Corpus& corpus, const MergedStory& story, const MergedStory& shown,
                               std::size_t around) {
  const std::vector<Parts> all = passages(story), kept = passages(shown);
  std::vector<Parts> out;
  for (std::size_t k = 0; k < shown.articles.size(); ++k) {
    const ArticleIndex a = shown.articles[k];
    out.push_back(with_neighbours(corpus[a].text, kept[k], all[position_in(story, a)], around));
  }
  return out;
}

}  // namespace storymerge
