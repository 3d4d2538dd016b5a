#pragma once
// Which outlet is "the agency", "the newspaper"? The one that the article credited last, unless it speaks of something else that is
// called so.

#include <cstdint>
#include <optional>
#include <unordered_set>

#include "claim/cast.h"

namespace storymerge::claim {

// What is asked must come in the order of the text. Complexity: all questions together are linear in the article.
class Credits {
 public:
  Credits(const ClauseText& text, const Cast& cast) : t_(text), cast_(cast) {}

  // An outlet is credited with the report: position in Document::names.
  void note(std::uint32_t mention) { credited_ = mention; }

  // The outlet that a description stands for: position in Document::names.
  std::optional<std::uint32_t> meant_by(Words description);
  // The same for the description that ends with word `last`: "told the newspaper".
  std::optional<std::uint32_t> meant_before(std::uint32_t last);

 private:
  void read_to(std::uint32_t w);
  void read_name(std::uint32_t m);
  bool beside_outlet(std::uint32_t w) const;

  const ClauseText& t_;
  const Cast& cast_;
  std::optional<std::uint32_t> credited_;
  std::uint32_t read_ = 0;          // words looked through for what else is called so:
  std::unordered_set<Term> taken_;  // "the space agency", "a white paper"
  bool body_ = false;               // a regulator, NASA
};

}  // namespace storymerge::claim
