#include "align/comparison.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace storymerge::align {
namespace {

// From here on a feature grows no more: one long sentence would outweigh everything. Set before fitting, on gold/real.
constexpr struct {
  double shared_weight = 25, number_weight = 8,
         names_apart = 10;  // of tokens: log of sentences a sentence that has them
  std::size_t number_count = 2;
  double numbers_apart = 3;
} caps;

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

// The longest run of words that both have.
std::size_t longest_run(std::span<const Term> a, std::span<const Term> b) {
  std::array<std::uint8_t, most_in_run + 1> row{};  // row[j + 1]: the run that ends at the word of `a` at hand and b[j]
  std::uint8_t best = 0;
  for (const Term x : a) {
    std::uint8_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::uint8_t above = row[j + 1];
      row[j + 1] = x == b[j] ? static_cast<std::uint8_t>(diagonal + 1) : std::uint8_t{0};
      best = std::max(best, row[j + 1]);
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
  double weight = 0, dot = 0, general = 0, names_a = 0, names_b = 0, numbers = 0;
  std::size_t number_count = 0;
  std::array<double, 3> rarest{};  // weights of the three rarest words, names and numbers that both have
};

Shared share_tokens(const Profile& a, const Profile& b) {
  Shared out;
  for_shared(a.tokens, b.tokens, [&](const Token& s, const Token& t) {
    double least = std::min(s.weight, t.weight);
    out.weight += least;
    out.dot += s.weight * t.weight;
    out.general += s.general;
    if (s.kind == Token::name) out.names_a += s.weight, out.names_b += t.weight;
    if (s.kind == Token::number) out.numbers += least, ++out.number_count;
    for (double& r : out.rarest) {
      if (least > r) std::swap(least, r);
    }
  });
  return out;
}

struct SharedGrams {
  double cosine = 0;
  double of_shorter = 0;  // share of the shorter sentence's weight
};
SharedGrams share_grams(const Profile& a, const Profile& b) {
  SharedGrams out;
  const bool a_shorter = a.gram_total < b.gram_total;
  for_shared(a.grams, b.grams, [&](const Gram& s, const Gram& t) {
    out.cosine += s.weight * t.weight;
    out.of_shorter += a_shorter ? s.weight : t.weight;
  });
  out.of_shorter /= std::max(1e-9, std::min(a.gram_total, b.gram_total));
  return out;
}

// Do both name one of a kind, and none in common?
bool rival_of_a_kind(const Profile& a, const Profile& b) {
  for (std::size_t i = 0, j = 0; i < a.rivals.size() && j < b.rivals.size();) {
    if (a.rivals[i].kind != b.rivals[j].kind) {
      a.rivals[i].kind < b.rivals[j].kind ? ++i : ++j;
      continue;
    }
    const std::uint64_t kind = a.rivals[i].kind;
    bool common = false;
    for (; i < a.rivals.size() && a.rivals[i].kind == kind; ++i) {
      for (std::size_t k = j; k < b.rivals.size() && b.rivals[k].kind == kind; ++k)
        common = common || a.rivals[i].one == b.rivals[k].one;
    }
    while (j < b.rivals.size() && b.rivals[j].kind == kind) ++j;
    if (!common) return true;
  }
  return false;
}

// Tuned on gold/real: from here on the words that two clauses share make them speak of one thing.
constexpr struct {
  double denied = 0.4;
  double certain = 0.75;  // real news tells "will be closed" and "is closed" of one thing
} contrasts;

Veto contrast(const Profile& a, const Profile& b) {
  for (const claim::Act& x : a.acts) {
    for (const claim::Act& y : b.acts) {
      const claim::Contrast c = claim::find_contrast(x, y);
      if (c.kind == claim::Contrast::none) continue;
      if (c.kind == claim::Contrast::certainty ? c.alike >= contrasts.certain : c.alike >= contrasts.denied)
        return c.kind == claim::Contrast::certainty ? Veto::certainty : Veto::polarity;
    }
  }
  return Veto::none;
}

bool has_name(const Profile& p, std::uint32_t name) {
  return std::any_of(p.names.begin(), p.names.end(), [&](const FullName& n) { return n.name == name; });
}

// "South Tarva" and "North Tarva", "High Court" and "Supreme Court": one word of two differs, and not only in spelling.
bool siblings(const FullName& x, const FullName& y) {
  return x.words.size() == 2 && y.words.size() == 2 && x.words[1] == y.words[1] && x.words[0] != y.words[0];
}

bool rival_names(const Profile& a, const Profile& b) {
  return std::any_of(a.names.begin(), a.names.end(), [&](const FullName& x) {
    return !has_name(b, x.name) && std::any_of(b.names.begin(), b.names.end(), [&](const FullName& y) {
      return siblings(x, y) && !has_name(a, y.name);
    });
  });
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

Veto find_veto(const Profile& a, const Profile& b) {
  if (a.corrects || b.corrects) return Veto::withdrawn;
  if (rival_of_a_kind(a, b)) return Veto::rival;
  if (const Veto veto = contrast(a, b); veto != Veto::none) return veto;
  if (rival_names(a, b)) return Veto::name;
  const RivalNumbers rivals = find_rival_numbers(a, b);
  if (rivals.slot < 0) return Veto::none;
  const Number& x = a.numbers[rivals.a];
  const Number& y = b.numbers[rivals.b];
  const bool one_thing = rivals.slot >= 0.5 || (x.unit != 0 && x.unit == y.unit);
  const bool agree = std::any_of(a.numbers.begin(), a.numbers.end(), [&](const Number& n) {
    return std::any_of(b.numbers.begin(), b.numbers.end(), [&](const Number& m) { return !disjoint(n, m); });
  });
  return one_thing && !agree ? Veto::number : Veto::none;
}

std::string_view name_of(Veto veto) {
  switch (veto) {
    case Veto::number:
      return "number";
    case Veto::rival:
      return "rival";
    case Veto::polarity:
      return "polarity";
    case Veto::certainty:
      return "certainty";
    case Veto::name:
      return "name";
    case Veto::withdrawn:
      return "withdrawn";
    case Veto::none:
      break;
  }
  return {};
}

Features compare(const Profile& a, const Profile& b) {
  const Shared shared = share_tokens(a, b);
  const SharedGrams grams = share_grams(a, b);
  const double both = std::max(1e-9, a.total + b.total);
  const double less = std::max(1e-9, std::min(a.total, b.total)), more = std::max(1e-9, std::max(a.total, b.total));
  const auto place = [](const Profile& p) { return std::log1p(static_cast<double>(p.sentence)); };
  const auto relative = [](const Profile& p) { return p.sentence / std::max(1.0, p.sentences - 1.0); };
  const std::size_t fewer_numbers = std::min(a.numbers.size(), b.numbers.size());
  Features f{};
  f[feature("bias")] = 1;
  f[feature("cosine")] = shared.dot / std::max(1e-9, a.norm * b.norm);
  f[feature("dice")] = 2 * shared.weight / both;
  f[feature("containment")] = shared.weight / less;
  f[feature("covered_most")] = shared.weight / more;
  f[feature("shared_weight")] = std::min(caps.shared_weight, shared.weight);
  f[feature("general")] = 2 * shared.general / std::max(1e-9, a.general_total + b.general_total);
  f[feature("rarest")] = shared.rarest[0];
  f[feature("second")] = shared.rarest[1];
  f[feature("third")] = shared.rarest[2];
  f[feature("char_cosine")] = grams.cosine;
  f[feature("char_square")] = grams.cosine * grams.cosine;
  f[feature("char_short")] = grams.of_shorter;
  f[feature("run")] = std::log1p(static_cast<double>(longest_run(a.run, b.run)));
  f[feature("quotation")] = std::log1p(static_cast<double>(longest_run(a.quoted, b.quoted)));
  f[feature("quoted_both")] = std::min(a.quoted_share, b.quoted_share);
  f[feature("quoted_one")] = std::abs(a.quoted_share - b.quoted_share);
  f[feature("number_weight")] = std::min(caps.number_weight, shared.numbers);
  f[feature("number_count")] = static_cast<double>(std::min(caps.number_count, shared.number_count));
  f[feature("numbers_differ")] = fewer_numbers > 0 && shared.number_count == 0;
  f[feature("numbers_apart")] = std::min(
      caps.numbers_apart, std::max(0.0, static_cast<double>(fewer_numbers) - static_cast<double>(shared.number_count)));
  f[feature("names_apart")] =
      std::min({caps.names_apart, a.name_weight - shared.names_a, b.name_weight - shared.names_b});
  f[feature("predicate")] = share(a.predicates, b.predicates);
  f[feature("negation")] = a.negative != b.negative;
  f[feature("supplied")] = supplied(a, b) + supplied(b, a);
  f[feature("beside")] = std::max(overlap(a.after, b.tokens), overlap(b.after, a.tokens)) +
                         std::max(overlap(a.before, b.tokens), overlap(b.before, a.tokens));
  f[feature("after")] = overlap(a.after, b.after);
  f[feature("in_title")] = std::min(a.in_title, b.in_title);
  f[feature("distance")] = std::abs(relative(a) - relative(b));
  f[feature("later")] = std::max(place(a), place(b));
  f[feature("earlier")] = std::min(place(a), place(b));
  f[feature("shorter")] = std::log(less);
  f[feature("longer")] = std::log(more);
  if (a.published && b.published) {
    const std::chrono::duration<double, std::ratio<3600>> hours = *a.published - *b.published;
    f[feature("hours")] = std::log1p(std::abs(hours.count()));
  }
  f[feature("same_origin")] = a.origin == b.origin;
  f[feature("heading")] = a.heading || b.heading;
  return f;
}

}  // namespace storymerge::align
