#include "lang/commonness.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/embedded.h"
#include "support/hash.h"

namespace storymerge {
namespace lang {
std::span<const EmbeddedFile> common_stems();  // en/commonness.txt, made at build
}
namespace {

// Cuts what stands before `mark` off `rest`.
std::string_view cut(std::string_view& rest, char mark) {
  const std::size_t end = std::min(rest.find(mark), rest.size());
  const std::string_view piece = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return piece;
}

struct Entry {
  std::uint64_t term;
  std::uint8_t log2_rarity;
  bool proper;
};

const std::vector<Entry>& table() {
  static const std::vector<Entry> entries = [] {
    std::vector<Entry> out;
    std::string lower;
    for (std::string_view rest = lang::common_stems().front().text; !rest.empty();) {
      std::string_view line = cut(rest, '\n');
      if (line.starts_with('#')) continue;
      std::uint8_t log2_rarity = 0;
      const std::string_view digits = cut(line, ' ');
      std::from_chars(digits.data(), digits.data() + digits.size(), log2_rarity);
      while (!line.empty()) {
        lower = cut(line, ' ');
        const bool proper = lower[0] >= 'A' && lower[0] <= 'Z';
        if (proper) lower[0] = static_cast<char>(lower[0] - 'A' + 'a');
        out.push_back({hash_bytes(lower), log2_rarity, proper});
      }
    }
    std::sort(out.begin(), out.end(), [](const Entry& a, const Entry& b) { return a.term < b.term; });
    return out;
  }();
  return entries;
}

const Entry* look_up(std::uint64_t term) {
  const std::vector<Entry>& entries = table();
  const auto at = std::lower_bound(entries.begin(), entries.end(), term,
                                   [](const Entry& e, std::uint64_t t) { return e.term < t; });
  return at != entries.end() && at->term == term ? &*at : nullptr;
}

}  // namespace

double background_share(std::uint64_t term) {
  const Entry* entry = look_up(term);
  constexpr double words_an_article = 300;
  return entry == nullptr ? 0 : 1 - std::exp(-words_an_article * std::exp2(-entry->log2_rarity));
}

bool is_ordinary_word(std::uint64_t term) {
  const Entry* entry = look_up(term);
  return entry != nullptr && !entry->proper;
}

}  // namespace storymerge
