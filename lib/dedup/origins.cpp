#include "dedup/origins.h"

#include <algorithm>

#include "support/parallel.h"
#include "support/union_find.h"

namespace storymerge {
namespace {

constexpr std::size_t compared_a_member = 64;  // pairs that no bucket proposed

double strength(const DuplicatePair& pair) {
  return pair.relation == Relation::contains || pair.relation == Relation::contained_in
             ? std::max(pair.containment_a_in_b, pair.containment_b_in_a)
             : pair.jaccard;
}

class OriginMaker {
 public:
  OriginMaker(const OriginInput& input, std::vector<DuplicatePair>& verified)
      : input_(input), n_(input.first.size()), verified_(verified), centre_(n_), link_(n_, 1), taken_(n_, 0) {
    for (ArticleIndex i = 0; i < n_; ++i) centre_[i] = i;
  }

  void run(Duplicates& out) {
    std::vector<std::vector<ArticleIndex>> members = components();
    std::vector<std::vector<DuplicatePair>> found(members.size());
    parallel_pieces(members.size(), 16, input_.threads, [&](std::size_t begin, std::size_t end) {
      for (std::size_t c = begin; c < end; ++c) split(members[c], found[c]);
    });
    for (const std::vector<DuplicatePair>& pairs : found) {
      verified_.insert(verified_.end(), pairs.begin(), pairs.end());
      out.candidates += pairs.size();
    }
    tell(out);
  }

 private:
  // Members of components of two texts or more, in order. Sets links_ and starts_.
  std::vector<std::vector<ArticleIndex>> components() {
    starts_.assign(n_ + 1, 0);
    UnionFind components(n_);
    for (const DuplicatePair& pair : verified_) {
      if (!pair.joins) continue;
      ++starts_[pair.a + 1];
      ++starts_[pair.b + 1];
      components.unite(pair.a, pair.b);
    }
    for (std::size_t i = 0; i < n_; ++i) starts_[i + 1] += starts_[i];
    links_.resize(starts_[n_]);
    std::vector<std::uint32_t> cursor(starts_.begin(), starts_.end() - 1);
    for (std::uint32_t k = 0; k < verified_.size(); ++k) {
      if (!verified_[k].joins) continue;
      links_[cursor[verified_[k].a]++] = k;
      links_[cursor[verified_[k].b]++] = k;
    }
    std::vector<std::vector<ArticleIndex>> members;
    std::vector<std::uint32_t> component_of(n_, 0);
    for (ArticleIndex i = 0; i < n_; ++i) {
      if (starts_[i] == starts_[i + 1]) continue;
      const ArticleIndex root = components.find(i);
      if (root == i) {
        component_of[i] = static_cast<std::uint32_t>(members.size());
        members.emplace_back();
      }
      members[component_of[root]].push_back(i);
    }
    return members;
  }

  // Distributes one component's members over centres. Pairs that no bucket proposed are compared here, up to
  // `compared_a_member` a member.
  void split(std::vector<ArticleIndex>& members, std::vector<DuplicatePair>& found) {
    std::sort(members.begin(), members.end(), input_.is_before);
    std::size_t budget = compared_a_member * members.size();
    std::vector<ArticleIndex> left = members, rest, neighbours, strangers;
    while (!left.empty()) {
      const ArticleIndex original = left.front();
      taken_[original] = 1;
      rest.clear();
      neighbours.clear();
      const auto take = [&](ArticleIndex other, const DuplicatePair& pair) {
        taken_[other] = 1;
        centre_[other] = original;
        link_[other] = strength(pair);
      };
      for (std::uint32_t k = starts_[original]; k < starts_[original + 1]; ++k) {
        const DuplicatePair& pair = verified_[links_[k]];
        const ArticleIndex other = pair.a == original ? pair.b : pair.a;
        neighbours.push_back(other);
        if (taken_[other] == 0) take(other, pair);
      }
      std::sort(neighbours.begin(), neighbours.end());
      strangers.clear();
      for (std::size_t k = 1; k < left.size() && strangers.size() < budget; ++k) {
        if (taken_[left[k]] == 0 && !std::binary_search(neighbours.begin(), neighbours.end(), left[k]))
          strangers.push_back(left[k]);
      }
      budget -= strangers.size();
      const auto pairs = input_.compare(original, strangers);
      for (std::size_t k = 0; k < strangers.size(); ++k) {
        if (!pairs[k] || !pairs[k]->joins) continue;
        take(strangers[k], *pairs[k]);
        found.push_back(*pairs[k]);
      }
      for (std::size_t k = 1; k < left.size(); ++k) {
        if (taken_[left[k]] == 0) rest.push_back(left[k]);
      }
      left.swap(rest);
    }
  }

  // Origins in order of their first article; all copies of a text go where it goes.
  void tell(Duplicates& out) const {
    out.origin_of.assign(n_, 0);
    constexpr std::uint32_t none = 0xFFFFFFFF;
    std::vector<std::uint32_t> origin_at(n_, none);  // by centre
    std::vector<std::uint32_t> texts_in;             // distinct texts of each origin
    for (ArticleIndex i = 0; i < n_; ++i) {
      const ArticleIndex text = input_.first[i];
      std::uint32_t& at = origin_at[centre_[text]];
      if (at == none) {
        at = static_cast<std::uint32_t>(out.origins.size());
        out.origins.emplace_back();
        out.origins.back().original = centre_[text];
        texts_in.push_back(0);
      }
      Origin& origin = out.origins[at];
      out.origin_of[i] = at;
      origin.articles.push_back(i);
      if (text == i) {
        origin.weakest = std::min(origin.weakest, link_[i]);
        ++texts_in[at];
      }
    }
    std::vector<std::uint64_t> pairs_in(out.origins.size(), 0);
    for (const DuplicatePair& pair : verified_) {
      if (pair.joins && out.origin_of[pair.a] == out.origin_of[pair.b]) ++pairs_in[out.origin_of[pair.a]];
    }
    for (std::size_t o = 0; o < out.origins.size(); ++o) {
      const double all = 0.5 * texts_in[o] * (texts_in[o] - 1.0);
      if (all > 0) out.origins[o].density = static_cast<double>(pairs_in[o]) / all;
    }
  }

  const OriginInput& input_;
  const std::size_t n_;
  std::vector<DuplicatePair>& verified_;
  std::vector<std::uint32_t> starts_;  // verified neighbours of text i: links_[k] for k in [starts_[i], starts_[i + 1])
  std::vector<std::uint32_t> links_;   // positions in verified_
  std::vector<ArticleIndex> centre_;   // the text that each is a copy of
  std::vector<double> link_;           // how much of one
  std::vector<std::uint8_t> taken_;
};

}  // namespace

void make_origins(const OriginInput& input, std::vector<DuplicatePair>& verified, Duplicates& out) {
  OriginMaker(input, verified).run(out);
}

}  // namespace storymerge
