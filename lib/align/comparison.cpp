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

bool of_one_unit(const Number& x, const Number& y) { return x.unit != 0 && x.unit == y.unit; }

// "10 miles" and "30 km".
bool convert(const Number& x, const Number& y) {
  return x.unit != y.unit && !x.measure.metric.empty() && x.measure.metric == y.measure.metric;
}

bool disjoint(const Number& x, const Number& y) {
  return convert(x, y) ? !claim::may_be_one(x.value, x.measure, y.value, y.measure) : x.high < y.low || y.high < x.low;
}

// 0 .. 1: do two numbers count the same thing, and does the same happen to it?
double same_slot(const Number& x, const Number& y) {
  const bool thing = x.slot.head != 0 && (x.slot.head == y.slot.head || (x.slot.people && y.slot.people));
  const bool event = x.slot.event != 0 && x.slot.event == y.slot.event;
  return 0.5 * thing + 0.5 * event;
}

template <class T>
bool share(const std::vector<T>& a, const std::vector<T>& b) {
  return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
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
      switch (c.kind) {
        case claim::Contrast::certainty:
          if (c.alike >= contrasts.certain) return Veto::certainty;
          break;
        case claim::Contrast::day:
          if (c.alike >= contrasts.denied) return Veto::day;
          break;
        default:
          if (c.alike >= contrasts.denied) return Veto::polarity;
      }
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
      if (x.unit != y.unit && x.unit != 0 && y.unit != 0 && !convert(x, y)) continue;
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
  const bool one_thing = rivals.slot >= 0.5 || of_one_unit(x, y) || convert(x, y);
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
    case Veto::day:
      return "day";
    case Veto::withdrawn:
      return "withdrawn";
    case Veto::none:
      break;
  }
  return {};
}

struct Comparer::Shared {
  double weight = 0, dot = 0, general = 0, names_a = 0, names_b = 0, numbers = 0;
  std::size_t number_count = 0;
  std::array<double, 3> rarest{};  // weights of the three rarest words, names and numbers that both have
};

Comparer::Comparer(std::span<const Profile> profiles) {
  const auto make_room = [](auto& table, std::uint32_t id) {
    if (id >= table.size()) table.resize(id + 1);
  };
  for (const Profile& p : profiles) {
    for (const std::vector<Token>* tokens : {&p.tokens, &p.before, &p.after}) {
      for (const Token& t : *tokens) make_room(place_, t.id);
    }
    for (const Gram& g : p.grams) make_room(gram_, g.id);
    for (const std::uint32_t word : p.run) make_room(in_run_, word);
    for (const std::uint32_t word : p.quoted) make_room(in_quoted_, word);
  }
  in_quoted_.resize(std::max(in_run_.size(), in_quoted_.size()));
  in_run_.resize(in_quoted_.size());
  for (std::size_t n = 0; n < log_of_run_.size(); ++n) log_of_run_[n] = std::log1p(static_cast<double>(n));
}

void Comparer::take_back() {
  for (const Token& t : a_->tokens) place_[t.id] = {};
  for (const Token& t : a_->before) place_[t.id] = {};
  for (const Token& t : a_->after) place_[t.id] = {};
  for (const Gram& g : a_->grams) gram_[g.id] = 0;
  for (const std::uint32_t word : a_->run) in_run_[word] = 0;
  for (const std::uint32_t word : a_->quoted) in_quoted_[word] = 0;
}

void Comparer::lay_out(const Profile& a) {
  static_assert(most_in_run <= 64, "a word's places are the bits of one number");
  if (a_ != nullptr) take_back();
  a_ = &a;
  for (std::uint32_t i = 0; i < a.tokens.size(); ++i) {
    Place& place = place_[a.tokens[i].id];
    place.token = i + 1;
    place.said = a.tokens[i].weight;
  }
  for (const Token& t : a.before) place_[t.id].before = t.weight;
  for (const Token& t : a.after) place_[t.id].after = t.weight;
  for (const Gram& g : a.grams) gram_[g.id] = g.weight;
  for (std::size_t i = 0; i < a.run.size(); ++i) in_run_[a.run[i]] |= std::uint64_t{1} << i;
  for (std::size_t i = 0; i < a.quoted.size(); ++i) in_quoted_[a.quoted[i]] |= std::uint64_t{1} << i;
}

Comparer::Shared Comparer::share_tokens(const Profile& b) const {
  Shared out;
  for (const Token& t : b.tokens) {
    const Place& place = place_[t.id];
    if (place.token == 0) continue;
    const Token& s = a_->tokens[place.token - 1];
    double least = std::min(s.weight, t.weight);
    out.weight += least;
    out.dot += s.weight * t.weight;
    out.general += s.general;
    if (s.kind == Token::name) out.names_a += s.weight, out.names_b += t.weight;
    if (s.kind == Token::number) out.numbers += least, ++out.number_count;
    for (double& r : out.rarest) {
      if (least > r) std::swap(least, r);
    }
  }
  return out;
}

// The longest run of words that both have. `at`: where each word stands in the other.
std::size_t Comparer::longest_run(const std::vector<std::uint64_t>& at, std::span<const std::uint32_t> b) {
  // ends[n]: where runs of n words or more end that end in b at hand; n up to `open`, past which there are none.
  std::array<std::uint64_t, most_in_run + 1> ends;
  std::size_t longest = 0, open = 0;
  for (const std::uint32_t word : b) {
    const std::uint64_t places = at[word];
    if (places == 0) {
      open = 0;
      continue;
    }
    for (std::size_t n = ++open; n > 1; --n) ends[n] = ends[n - 1] << 1 & places;
    ends[1] = places;
    while (ends[open] == 0) --open;
    longest = std::max(longest, open);
  }
  return longest;
}

void Comparer::compare_texts(const Profile& b, Features& f) const {
  const Profile& a = *a_;
  const Shared shared = share_tokens(b);
  const double both = std::max(1e-9, a.total + b.total);
  const double less = std::max(1e-9, std::min(a.total, b.total)), more = std::max(1e-9, std::max(a.total, b.total));
  const std::size_t fewer_numbers = std::min(a.numbers.size(), b.numbers.size());
  f[feature("cosine")] = shared.dot / std::max(1e-9, a.norm * b.norm);
  f[feature("dice")] = 2 * shared.weight / both;
  f[feature("containment")] = shared.weight / less;
  f[feature("covered_most")] = shared.weight / more;
  f[feature("shared_weight")] = std::min(caps.shared_weight, shared.weight);
  f[feature("general")] = 2 * shared.general / std::max(1e-9, a.general_total + b.general_total);
  f[feature("rarest")] = shared.rarest[0];
  f[feature("second")] = shared.rarest[1];
  f[feature("third")] = shared.rarest[2];
  compare_characters(b, f);
  f[feature("run")] = log_of_run_[longest_run(in_run_, b.run)];
  f[feature("quotation")] = log_of_run_[longest_run(in_quoted_, b.quoted)];
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
  f[feature("shorter")] = std::min(a.log_total, b.log_total);
  f[feature("longer")] = std::max(a.log_total, b.log_total);
}

// Which of the grams the other has, too, is as good as chance: they are picked out first, without a branch, then added up.
void Comparer::compare_characters(const Profile& b, Features& f) const {
  const Profile& a = *a_;
  const bool a_shorter = a.gram_total < b.gram_total;
  constexpr std::size_t at_once = 64;
  std::array<std::pair<float, float>, at_once> both;
  double cosine = 0, of_shorter = 0;
  for (std::size_t begin = 0; begin < b.grams.size(); begin += at_once) {
    const std::size_t end = std::min(begin + at_once, b.grams.size());
    std::size_t count = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const float s = gram_[b.grams[i].id];
      both[count] = {s, b.grams[i].weight};
      count += s > 0;
    }
    for (std::size_t i = 0; i < count; ++i) {
      const auto [s, t] = both[i];
      cosine += s * t;
      of_shorter += a_shorter ? s : t;
    }
  }
  f[feature("char_cosine")] = cosine;
  f[feature("char_square")] = cosine * cosine;
  f[feature("char_short")] = of_shorter / std::max(1e-9, std::min(a.gram_total, b.gram_total));
}

void Comparer::compare_contexts(const Profile& b, Features& f) const {
  const Profile& a = *a_;
  double before_said = 0, after_said = 0, a_supplies = 0;
  for (const Token& t : b.tokens) {
    const Place& place = place_[t.id];
    if (place.before > 0) {
      before_said += std::min(place.before, t.weight);
      if (place.token == 0) a_supplies += std::min(place.before, t.weight);
    }
    if (place.after > 0) after_said += std::min(place.after, t.weight);
  }
  double said_before = 0, b_supplies = 0;
  std::size_t k = 0;
  for (const Token& t : b.before) {
    const float said = place_[t.id].said;
    if (said <= 0) continue;  // most
    const float least = std::min(said, t.weight);
    said_before += least;
    while (k < b.tokens.size() && b.tokens[k].key < t.key) ++k;
    if (k == b.tokens.size() || b.tokens[k].key != t.key) b_supplies += least;
  }
  double said_after = 0, both_after = 0;
  for (const Token& t : b.after) {
    const Place& place = place_[t.id];
    if (place.said > 0) said_after += std::min(place.said, t.weight);
    if (place.after > 0) both_after += std::min(place.after, t.weight);
  }
  // Weight that two texts share, by their geometric mean.
  const auto overlap = [](double shared, double x, double y) {
    return shared / std::sqrt(std::max(1.0, x) * std::max(1.0, y));
  };
  f[feature("supplied")] = b_supplies / std::max(1.0, a.total) + a_supplies / std::max(1.0, b.total);
  f[feature("beside")] =
      std::max(overlap(after_said, a.after_total, b.total), overlap(said_after, b.after_total, a.total)) +
      std::max(overlap(before_said, a.before_total, b.total), overlap(said_before, b.before_total, a.total));
  f[feature("after")] = overlap(both_after, a.after_total, b.after_total);
}

void Comparer::compare_places(const Profile& b, Features& f) const {
  const Profile& a = *a_;
  const auto relative = [](const Profile& p) { return p.sentence / std::max(1.0, p.sentences - 1.0); };
  f[feature("in_title")] = std::min(a.in_title, b.in_title);
  f[feature("distance")] = std::abs(relative(a) - relative(b));
  f[feature("later")] = std::max(a.log_sentence, b.log_sentence);
  f[feature("earlier")] = std::min(a.log_sentence, b.log_sentence);
  if (a.published && b.published) {
    const std::chrono::duration<double, std::ratio<3600>> hours = *a.published - *b.published;
    f[feature("hours")] = std::log1p(std::abs(hours.count()));
  }
  f[feature("same_origin")] = a.origin == b.origin;
  f[feature("heading")] = a.heading || b.heading;
}

Features Comparer::compare_with(const Profile& b) const {
  Features f{};
  f[feature("bias")] = 1;
  compare_texts(b, f);
  compare_contexts(b, f);
  compare_places(b, f);
  return f;
}

Features compare(const Profile& a, const Profile& b) {
  const Profile both[] = {a, b};
  Comparer comparer(both);
  comparer.lay_out(a);
  return comparer.compare_with(b);
}

}  // namespace storymerge::align
