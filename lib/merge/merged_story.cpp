#include "storymerge/merge/merged_story.h"

#include <algorithm>
#include <utility>

#include "merge/claim_ids.h"
#include "merge/counting.h"
#include "merge/order.h"
#include "merge/telling.h"

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
      : material_(material),
        alignment_(alignment),
        voices_(read_voices(material, alignment)),
        claims_(count_claims(material, alignment, disputes, voices_)) {}

  MergedStory run(std::span<const Dispute> disputes) {
    const Order order = tell_in_order(material_, alignment_, claims_);
    add_articles();
    for (const std::uint32_t c : order.claims) add_claim(claims_[c]);
    for (const Dispute& d : disputes) add_dispute(d, order);
    out_.title = choose_title(material_, disputes);
    add_summary(order);
    add_further();
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
    out_.touches = story.touches;
  }

  // The speaker and the firmness of a sentence are those of its clauses: the first that is cited, the least firm.
  Support support(std::uint32_t s) const {
    const Statement& statement = alignment_.statements[s];
    Support out{statement.span, std::nullopt, Hedge::asserted, voices_.via[s]};
    for (std::uint32_t c = statement.first_claim; c < statement.last_claim; ++c) {
      const Claim& claim = material_.claims[c];
      out.hedge = std::max(out.hedge, claim.hedge);
      if (!out.speaker && out.via.empty()) out.speaker = claim.speaker;
    }
    return out;
  }

  std::vector<Support> support(std::span<const std::uint32_t> statements) const {
    std::vector<Support> out;
    for (const std::uint32_t s : statements) out.push_back(support(s));
    return out;
  }

  void add_claim(const CountedClaim& claim) {
    const std::uint32_t founder = *std::min_element(claim.support.begin(), claim.support.end());
    MergedClaim merged;
    merged.id = ids_.next(material_.corpus, alignment_.statements[founder].span);
    merged.support = support(claim.support);
    merged.also = support(claim.also);
    merged.origin_count = claim.origin_count;
    merged.status = claim.origin_count > 1 ? ClaimStatus::corroborated : ClaimStatus::single;
    out_.claims.push_back(std::move(merged));
  }

  // The claim that a dispute is shown with: worded by one of its passages, the newest value first; else one that counts one.
  std::uint32_t claim_of(const Dispute& d, const Order& order) const {
    std::optional<std::uint32_t> counting;
    for (std::size_t v = d.values.size(); v-- > 0;) {
      const std::vector<std::uint32_t>& gives = d.values[v].statements;
      const auto is_one = [&](std::uint32_t s) { return std::find(gives.begin(), gives.end(), s) != gives.end(); };
      for (std::uint32_t k = 0; k < order.claims.size(); ++k) {
        const std::vector<std::uint32_t>& support = claims_[order.claims[k]].support;
        if (is_one(support.front())) return k;
        if (!counting && std::any_of(support.begin(), support.end(), is_one)) counting = k;
      }
    }
    return counting.value_or(0);
  }

  void add_dispute(const Dispute& d, const Order& order) {
    MergedDispute merged{claim_of(d, order), d.kind, d.resolution, d.about, {}};
    ClaimStatus& status = out_.claims[merged.claim].status;
    status = std::min(status, d.resolution == Resolution::conflict ? ClaimStatus::disputed : ClaimStatus::updated);
    for (const DisputeValue& v : d.values) {
      merged.values.push_back({v.value, support(v.statements), voices_.count(v.statements), v.withdrawn});
    }
    out_.disputes.push_back(std::move(merged));
  }

  void add_summary(const Order& order) {
    constexpr std::size_t full = 4, at_most = 6;  // claims of a paragraph
    const std::vector<char> shown = choose_summary(material_, alignment_, claims_);
    std::uint32_t begin = 0;
    for (const std::uint32_t end : order.block_ends) {  // a paragraph holds whole blocks, as long as it is short
      const auto size = static_cast<std::size_t>(std::count_if(order.claims.begin() + begin, order.claims.begin() + end,
                                                               [&](std::uint32_t c) { return shown[c] != 0; }));
      const bool alone = claims_[order.claims[begin]].weight < 2;
      bool fresh = out_.summary.empty() || out_.summary.back().size() + size > at_most || alone;
      for (; begin < end; ++begin) {
        if (!shown[order.claims[begin]]) {
          rest_.push_back(begin);
          continue;
        }
        if (fresh || out_.summary.back().size() >= (alone ? full : at_most)) out_.summary.emplace_back();
        fresh = false;
        out_.summary.back().push_back(begin);
      }
    }
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
  const Voices voices_;
  const std::vector<CountedClaim> claims_;
  std::vector<std::uint32_t> rest_;  // claims that the summary does not tell
  ClaimIds ids_;
  MergedStory out_;
};

}  // namespace

MergedStory merge_story(const Material& material, const Alignment& alignment, std::span<const Dispute> disputes) {
  return Merger(material, alignment, disputes).run(disputes);
}

MergedStory merge_story(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
                        const Story& story, const AlignOptions& options) {
  const Material material = gather(corpus, documents, duplicates, story);
  const Alignment alignment = align_claims(material, options);
  return merge_story(material, alignment, find_disputes(material, alignment));
}

}  // namespace storymerge
