#include "storymerge/text/names.h"

#include <unordered_set>

#include "storymerge/text/stems.h"

namespace storymerge {
namespace {

bool is_capitalised(std::string_view text, const Word& word) {
  const unsigned char c = static_cast<unsigned char>(text[word.source.begin]);
  return (c >= 'A' && c <= 'Z') || (c == 0xC3 && (static_cast<unsigned char>(text[word.source.begin + 1]) < 0x9F)) ||
         (c == 0xC4 || c == 0xC5 || c == 0xD0);
}

}  // namespace

std::vector<NameMention> find_names(std::string_view text, const WordList& words, std::span<const Sentence> sentences) {
  std::unordered_set<std::string_view> inside;  // words written capitalised within a sentence
  for (const Sentence& s : sentences) {
    for (std::uint32_t w = s.first_word + 1; w < s.last_word; ++w) {
      if (is_capitalised(text, words.words[w])) inside.insert(words[w]);
    }
  }
  std::vector<NameMention> names;
  for (const Sentence& s : sentences) {
    for (std::uint32_t w = s.first_word; w < s.last_word;) {
      const auto named = [&](std::uint32_t i) {
        return is_capitalised(text, words.words[i]) && !is_stop_word(words[i]) && (i != s.first_word || inside.contains(words[i]));
      };
      if (!named(w)) {
        ++w;
        continue;
      }
      std::uint32_t end = w + 1;
      while (end < s.last_word && named(end) && words.words[end].source.begin - words.words[end - 1].source.end <= 1) ++end;
      names.push_back({{words.words[w].source.begin, words.words[end - 1].source.end}, w, end});
      w = end;
    }
  }
  return names;
}

}  // namespace storymerge
