#include "lang/commonness.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <charconv>
#include <cmath>
#include <span>
#include <string>
#include <string_view>

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
  double share;  // of articles that have it
  bool proper;
};

using Entries = boost::unordered_flat_map<std::uint64_t, Entry>;  // by term

const Entries& table() {
  static const Entries entries = [] {
    constexpr double words_an_article = 300;
    Entries out;
    std::string lower;
    std::string_view rest = lang::common_stems().front().text;
    constexpr std::size_t letters = 8;  // about, of a stem and its blank
    out.reserve(rest.size() / letters);
    while (!rest.empty()) {
      std::string_view line = cut(rest, '\n');
      if (line.starts_with('#')) continue;
      std::uint8_t log2_rarity = 0;
      const std::string_view digits = cut(line, ' ');
      std::from_chars(digits.data(), digits.data() + digits.size(), log2_rarity);
      const double share = 1 - std::exp(-words_an_article * std::exp2(-log2_rarity));
      while (!line.empty()) {
        lower = cut(line, ' ');
        const bool proper = lower[0] >= 'A' && lower[0] <= 'Z';
        if (proper) lower[0] = static_cast<char>(lower[0] - 'A' + 'a');
        out.emplace(hash_bytes(lower), Entry{share, proper});
      }
    }
    return out;
  }();
  return entries;
}

const Entry* look_up(std::uint64_t term) {
  const Entries& entries = table();
  const auto at = entries.find(term);
  return at == entries.end() ? nullptr : &at->second;
}

}  // namespace

double background_share(std::uint64_t term) {
  const Entry* entry = look_up(term);
  return entry == nullptr ? 0 : entry->share;
}

bool is_ordinary_word(std::uint64_t term) {
  const Entry* entry = look_up(term);
  return entry != nullptr && !entry->proper;
}

}  // namespace storymerge
