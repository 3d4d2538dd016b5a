#include "align/comparison.h"

#include <algorithm>
#include <cmath>

namespace storymerge::alignment {
namespace {

bool disjoint(const Number& x, const Number& y) { return x.high < y.low || y.high < x.low; }

// 0 .. 1: do two numbers count the same thing, and does the same happen to it?
double same_slot(const Number& x, const Number& y) {
  const bool thing = x.slot.head != 0 && (x.slot.head == y.slot.head || (x.slot.people && y.slot.people));
  const bool event = x.slot.event != 0 && x.slot.event == y.slot.event;
  return 0.5 * thing + 0.5 * event;
}

// Calls `both(s, t)` for what two sorted columns share.
template <class Items, class Both>
void for_shared(const Items& a, const Items& b, Both both) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].key == b[j].key)
      both(a[i++], b[j++]);
    else
      a[i].key < b[j].key ? ++i : ++j;
  }
}

double dot(const std::vector<Gram>& a, const std::vector<Gram>& b) {
  double sum = 0;
  for_shared(a, b, [&](const Gram& s, const Gram& t) { sum += s.weight * t.weight; });
  return sum;
}

double weight_of(const std::vector<Token>& tokens) {
  double sum = 0;
  for (const Token& t : tokens) sum += t.weight;
  return sum;
}

// Weight that two contexts share, by their geometric mean.
double overlap(const std::vector<Token>& a, const std::vector<Token>& b) {
  double shared = 0;
  for_shared(a, b, [&](const Token& s, const Token& t) { shared += std::min(s.weight, t.weight); });
  return shared / std::sqrt(std::max(1.0, weight_of(a)) * std::max(1.0, weight_of(b)));
}

// Share of the weight of `u` that the sentence before `v` says and `v` does not.
double supplied(const Profile& u, const Profile& v) {
  double sum = 0;
  std::size_t k = 0;
  for_shared(u.tokens, v.before, [&](const Token& s, const Token& t) {
    while (k < v.tokens.size() && v.tokens[k].key < s.key) ++k;
    if (k == v.tokens.size() || v.tokens[k].key != s.key) sum += std::min(s.weight, t.weight);
  });
  return sum / std::max(1.0, u.total);
}

// The longest run of words that both quote.
std::size_t longest_common_quotation(const Profile& a, const Profile& b) {
  if (a.quoted.empty() || b.quoted.empty()) return 0;
  std::array<std::uint16_t, 65> row{};
  std::size_t best = 0;
  for (const Term x : a.quoted) {
    std::uint16_t diagonal = 0;
    for (std::size_t j = 0; j < b.quoted.size(); ++j) {
      const std::uint16_t above = row[j + 1];
      row[j + 1] = x == b.quoted[j] ? static_cast<std::uint16_t>(diagonal + 1) : std::uint16_t{0};
      best = std::max<std::size_t>(best, row[j + 1]);
      diagonal = above;
    }
  }
  return best;
}

template <class T>
bool share(const std::vector<T>& a, const std::vector<T>& b) {
  return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

struct Shared {
  double weight = 0, dot = 0, names = 0, numbers = 0;
  int name_count = 0, number_count = 0;
  bool day = false;
  std::array<double, 3> rarest{};  // weights of the three rarest words, names and numbers that both have
};

Shared share_tokens(const Profile& a, const Profile& b) {
  Shared out;
  for_shared(a.tokens, b.tokens, [&](const Token& s, const Token& t) {
    double least = std::min(s.weight, t.weight);
    out.weight += least;
    out.dot += s.weight * t.weight;
    if (s.kind == Token::name) out.names += least, ++out.name_count;
    if (s.kind == Token::number) out.numbers += least, ++out.number_count;
    if (s.kind == Token::day) out.day = true;
    for (double& r : out.rarest) {
      if (least > r) std::swap(least, r);
    }
  });
  return out;
}

}  // namespace

RivalNumbers find_rival_numbers(const Profile& a, const Profile& b) {
  RivalNumbers best;
  const auto given_by = [](const Number& x, const Profile& other) {
    return std::any_of(other.numbers.begin(), other.numbers.end(), [&](const Number& y) {
      return x.value == y.value && !disjoint(x, y) && x.slot.role == y.slot.role;
    });
  };
  for (std::uint32_t i = 0; i < a.numbers.size(); ++i) {
    const Number& x = a.numbers[i];
    if (given_by(x, b)) continue;
    for (std::uint32_t j = 0; j < b.numbers.size(); ++j) {
      const Number& y = b.numbers[j];
      if (!disjoint(x, y) || given_by(y, a) || x.slot.role != y.slot.role) continue;
      if (x.unit != y.unit && x.unit != 0 && y.unit != 0) continue;
      if (const double slot = same_slot(x, y); slot > best.slot) best = {i, j, slot};
    }
  }
  return best;
}

Features compare(const Profile& a, const Profile& b) {
  const Shared shared = share_tokens(a, b);
  const double both = std::max(1e-9, a.total + b.total);
  const double less = std::max(1e-9, std::min(a.total, b.total)), more = std::max(1e-9, std::max(a.total, b.total));
  const RivalNumbers rivals = find_rival_numbers(a, b);
  double agreed = 0;
  for (const Number& x : a.numbers) {
    for (const Number& y : b.numbers) {
      if (!disjoint(x, y)) agreed = std::max(agreed, same_slot(x, y));
    }
  }
  const auto place = [](const Profile& p) { return std::log1p(static_cast<double>(p.sentence)); };
  const auto relative = [](const Profile& p) { return p.sentence / std::max(1.0, p.sentences - 1.0); };
  Features f{};
  f[feature("bias")] = 1;
  f[feature("cosine")] = shared.dot / std::max(1e-9, a.norm * b.norm);
  f[feature("dice")] = 2 * shared.weight / both;
  f[feature("containment")] = shared.weight / less;
  f[feature("covered_most")] = shared.weight / more;
  f[feature("char_cosine")] = dot(a.grams, b.grams);
  f[feature("pair_cosine")] = dot(a.pairs, b.pairs);
  f[feature("rarest")] = shared.rarest[0];
  f[feature("second")] = shared.rarest[1];
  f[feature("third")] = shared.rarest[2];
  f[feature("names")] = shared.names / std::sqrt(std::max(1.0, a.name_weight) * std::max(1.0, b.name_weight));
  f[feature("name_count")] = std::min(3, shared.name_count);
  f[feature("number_weight")] = std::min(8.0, shared.numbers);
  f[feature("number_count")] = std::min(2, shared.number_count);
  f[feature("numbers_differ")] = !a.numbers.empty() && !b.numbers.empty() && shared.number_count == 0;
  f[feature("rival_number")] = std::max(0.0, rivals.slot);
  f[feature("agreed_number")] = agreed;
  f[feature("day")] = shared.day ? 1 : !a.days.empty() && !b.days.empty() ? -1 : 0;
  f[feature("before")] = overlap(a.before, b.before);
  f[feature("after")] = overlap(a.after, b.after);
  f[feature("across")] = 0;
  f[feature("supplied")] = supplied(a, b) + supplied(b, a);
  f[feature("distance")] = std::abs(relative(a) - relative(b));
  f[feature("later")] = std::max(place(a), place(b));
  f[feature("earlier")] = std::min(place(a), place(b));
  f[feature("shorter")] = std::log(less);
  f[feature("longer")] = std::log(more);
  f[feature("quotation")] = std::log1p(static_cast<double>(longest_common_quotation(a, b)));
  f[feature("quoted_both")] = std::min(a.quoted_share, b.quoted_share);
  f[feature("quoted_one")] = std::abs(a.quoted_share - b.quoted_share);
  f[feature("predicate")] = share(a.predicates, b.predicates);
  f[feature("speaker")] = a.speakers.empty() || b.speakers.empty() ? 0 : share(a.speakers, b.speakers) ? 1 : -1;
  f[feature("negation")] = a.negative != b.negative;
  f[feature("hedge")] = std::abs(static_cast<int>(a.hedge) - static_cast<int>(b.hedge));
  f[feature("in_title_least")] = std::min(a.in_title, b.in_title);
  f[feature("in_title_most")] = std::max(a.in_title, b.in_title);
  f[feature("same_origin")] = a.origin == b.origin;
  f[feature("heading")] = a.heading || b.heading;
  f[feature("shared_weight")] = std::min(25.0, shared.weight);
  return f;
}

}  // namespace storymerge::alignment
