#pragma once
// Which kinds of dispute are there, and how is each found? One file a kind, and a row of `kinds`.
//
// A kind looks at two frames that likely speak of one matter and tells the one slot in which they differ, if there is one. Rules
// are narrow: what a wide rule finds and an editor would not is not told.

#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "dispute/frame.h"
#include "storymerge/dispute/disputes.h"

namespace storymerge::dispute {

// All frames of a story, and what its articles give side by side: that is no two values of one thing.
class Context {
 public:
  Context(const Material& material, const Alignment& alignment);

  const Frame& operator[](std::uint32_t statement) const { return frames_[statement]; }
  std::string text(const Frame& frame, ByteRange range) const {
    return std::string(material_.corpus.quote({frame.span.article, range.begin, range.end}));
  }
  std::string word(const Frame& frame, std::uint32_t word) const {
    return text(frame, document(frame).body.words[word].source);
  }
  bool is_denied(const Frame& frame, ByteRange range) const;  // "not Karl", "not on 3 March"
  const Document& document(const Frame& frame) const { return material_.documents[frame.span.article]; }

  const std::string& name(std::uint32_t position) const { return material_.names.names[position].canonical; }

  // How many values an article gives of what `like` is the number of.
  std::size_t values_in(ArticleIndex article, const Number& like) const;
  // How many numbers of people an article gives to whom happens what happens to those of `like`.
  std::size_t people_in(ArticleIndex article, const Number& like) const;
  bool is_only_value(ArticleIndex article, const Number& number) const;  // of its unit
  bool names_stand_together(std::uint32_t x, std::uint32_t y) const;     // in some article

 private:
  const Material& material_;
  std::vector<Frame> frames_;
  std::size_t count(ArticleIndex article, std::uint64_t thing) const;

  std::vector<std::tuple<ArticleIndex, std::uint64_t, double>>
      values_;                                             // article, what is counted, value: sorted, distinct
  std::vector<std::vector<std::uint32_t>> articles_with_;  // by name: articles, sorted
};

// A value as a sentence gives it. Two are the same when their intervals meet; kinds without numbers number theirs.
struct Value {
  std::string text;  // as written, or as the contract calls it
  double low = 0, high = 0;
};
inline bool same(const Value& x, const Value& y) { return x.low <= y.high && y.low <= x.high; }

// Is it of what moves, so that a later value overtakes an earlier one and does not deny it?
enum class Moves : std::uint8_t {
  never,    // a name, an age
  in_time,  // amounts, some time later
  at_once,  // people counted
};

struct Difference {
  Value a, b;
  std::string about;  // what the values are values of, in the words of either
  Moves moves = Moves::never;
};

struct Kind {
  DisputeKind kind;
  double likely;  // probability that two sentences share a proposition, from which they are looked at
  std::optional<Difference> (*differ)(const Context&, const Frame& a, const Frame& b, double probability);
};

std::optional<Difference> differ_in_quantity(const Context&, const Frame& a, const Frame& b, double probability);
std::optional<Difference> differ_in_date(const Context&, const Frame& a, const Frame& b, double probability);
std::optional<Difference> differ_in_name(const Context&, const Frame& a, const Frame& b, double probability);
std::optional<Difference> differ_in_polarity(const Context&, const Frame& a, const Frame& b, double probability);
std::optional<Difference> differ_in_attribution(const Context&, const Frame& a, const Frame& b, double probability);

// Two numbers that one article sets side by side, a sentence after the other: "The institute measured it at 6.4. The network,
// whose stations lie further off, arrived at 6.2." The second sentence says nothing of what its number counts.
struct Beside {
  std::uint32_t told = 0, next = 0;  // positions in the numbers of either
};
std::optional<Beside> set_beside(const Context&, const Frame& told, const Frame& next);
// Does `other`, which likely says what `told` says, give its number? Then that is what `next` differs from.
std::optional<Difference> repeat_difference(const Context&, const Frame& other, const Frame& told, const Frame& next,
                                            Beside beside);

// In order of precedence: of two sentences that differ in several ways the first counts.
inline constexpr Kind kinds[] = {
    {DisputeKind::quantity, 0.2, differ_in_quantity},       {DisputeKind::name, 0.25, differ_in_name},
    {DisputeKind::polarity, 0.5, differ_in_polarity},       {DisputeKind::date, 0.5, differ_in_date},
    {DisputeKind::attribution, 0.5, differ_in_attribution},
};

// find_disputes with other kinds: what a test adds one to.
std::vector<Dispute> find_disputes(const Material& material, const Alignment& alignment, std::span<const Kind> kinds);

}  // namespace storymerge::dispute
