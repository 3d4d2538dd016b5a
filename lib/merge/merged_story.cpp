#include "storymerge/merge/merged_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "merge/order.h"
#include "merge/telling.h"
#include "support/hash.h"

namespace storymerge {
namespace {

std::vector<DuplicatePair> copies_among(const Material& material) {
  const std::vector<ArticleIndex>& articles = material.story.articles;
  const std::vector<DuplicatePair>& pairs = material.duplicates.pairs;
  std::vector<DuplicatePair> out;
  for (const ArticleIndex a : articles) {
    const auto by_a = [](const DuplicatePair& pair, ArticleIndex article) { return pair.a < article; };
    auto pair = std::lower_bound(pairs.begin(), pairs.end(), a, by_a);
    for (; pair != pairs.end() && pair->a == a; ++pair) {
      if (std::binary_search(articles.begin(), articles.end(), pair->b)) out.push_back(*pair);
    }
  }
  return out;
}

class Merger {
 public:
  Merger(const Material& material, const Alignment& alignment, std::span<const Dispute> disputes)
      : material_(material), alignment_(alignment), disputes_(disputes) {}

  MergedStory run() {
    const Telling telling = choose_wordings(material_, alignment_);
    const Order order = tell_in_order(material_, alignment_, telling.origin_count, telling.lead);
    position_.resize(order.groups.size());
    for (std::uint32_t k = 0; k < order.groups.size(); ++k) position_[order.groups[k]] = k;

    add_articles();
    for (const std::uint32_t g : order.groups) add_claim(g, telling);
    for (const Dispute& d : disputes_) add_dispute(d);
    out_.title = choose_title(material_, disputes_);
    add_paragraphs(order, telling);
    return std::move(out_);
  }

 private:
  void add_articles() {
    const Story& story = material_.story;
    out_.id = story.id;
    out_.articles = story.articles;
    out_.replaced_by.resize(story.articles.size());
    for (const std::uint32_t o : story.origins) out_.origins.push_back(material_.duplicates.origins[o]);
    for (const ArticleIndex a : story.articles) out_.furniture.push_back(material_.documents[a].furniture);
    out_.copies = copies_among(material_);
    for (const DuplicatePair& pair : out_.copies) {
      if (pair.relation != Relation::version) continue;
      const auto at = std::lower_bound(out_.articles.begin(), out_.articles.end(), pair.a);
      out_.replaced_by[static_cast<std::size_t>(at - out_.articles.begin())] = pair.b;
    }
    out_.names = material_.names.names;
  }

  Support support(std::uint32_t c) const {
    const Claim& claim = material_.claims[c];
    return {claim.span, claim.speaker, claim.hedge, {}};
  }

  // Of the passage that stated it first. Where several claims are founded by one passage, the later ones count on.
  std::string id_of(SourceSpan founder) {
    const std::string key =
        fmt::format("{}\n{}", material_.corpus[founder.article].id, material_.corpus.quote(founder));
    std::string id;
    for (std::uint32_t n = 0; id.empty() || !ids_.insert(id).second; ++n) {
      id = fmt::format("{:012x}", hash_bytes(n == 0 ? key : fmt::format("{}\n{}", key, n)) >> 16);
    }
    return id;
  }

  void add_claim(std::uint32_t g, const Telling& telling) {
    const std::vector<std::uint32_t>& members = alignment_.groups[g];
    MergedClaim claim;
    claim.id = id_of(material_.claims[members.front()].span);
    claim.origin_count = telling.origin_count[g];
    claim.status = claim.origin_count > 1 ? ClaimStatus::corroborated : ClaimStatus::single;
    claim.support.push_back(support(telling.lead[g]));
    for (const std::uint32_t c : members) {
      if (c != telling.lead[g]) claim.support.push_back(support(c));
    }
    out_.claims.push_back(std::move(claim));
  }

  void add_dispute(const Dispute& d) {
    ClaimStatus& status = out_.claims[position_[d.group]].status;
    status = std::min(status, d.resolution == Resolution::conflict ? ClaimStatus::disputed : ClaimStatus::updated);
    MergedDispute merged{position_[d.group], d.kind, d.resolution, {}, {}};
    for (const DisputeValue& v : d.values) {
      MergedValue value{v.value, {}, 0, false};
      std::set<std::uint32_t> voices;
      for (const std::uint32_t c : v.claims) {
        value.support.push_back(support(c));
        voices.insert(material_.origin_of(material_.claims[c]));
      }
      value.origin_count = static_cast<std::uint32_t>(voices.size());
      merged.values.push_back(std::move(value));
    }
    out_.disputes.push_back(std::move(merged));
  }

  void add_paragraphs(const Order& order, const Telling& telling) {
    constexpr std::size_t full = 4, at_most = 6;  // claims
    std::uint32_t begin = 0;
    for (const std::uint32_t end : order.block_ends) {  // a paragraph holds whole blocks, as long as it is short
      const auto size = static_cast<std::size_t>(std::count_if(order.groups.begin() + begin, order.groups.begin() + end,
                                                               [&](std::uint32_t g) { return telling.shown[g] != 0; }));
      const bool alone = telling.origin_count[order.groups[begin]] < 2;
      bool fresh = out_.summary.empty() || out_.summary.back().size() + size > at_most || alone;
      for (; begin < end; ++begin) {
        if (!telling.shown[order.groups[begin]]) {
          rest_.push_back(begin);
          continue;
        }
        if (fresh || out_.summary.back().size() >= (alone ? full : at_most)) out_.summary.emplace_back();
        fresh = false;
        out_.summary.back().push_back(begin);
      }
    }
    add_further();
  }

  // Article by article, in the order in which each tells it.
  void add_further() {
    const auto wording = [&](std::uint32_t c) { return out_.claims[c].support.front().span; };
    std::stable_sort(rest_.begin(), rest_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return wording(a) < wording(b); });
    for (const std::uint32_t c : rest_) {
      if (out_.further.empty() || wording(out_.further.back().back()).article != wording(c).article) {
        out_.further.emplace_back();
      }
      out_.further.back().push_back(c);
    }
  }

  const Material& material_;
  const Alignment& alignment_;
  std::span<const Dispute> disputes_;
  std::vector<std::uint32_t> position_;  // by group: position in the story's claims
  std::vector<std::uint32_t> rest_;      // claims that the summary does not tell
  std::set<std::string> ids_;
  MergedStory out_;
};

}  // namespace

MergedStory merge_story(const Material& material, const Alignment& alignment, std::span<const Dispute> disputes) {
  return Merger(material, alignment, disputes).run();
}

}  // namespace storymerge
