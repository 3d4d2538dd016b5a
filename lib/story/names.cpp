#include "storymerge/story/names.h"

#include <algorithm>
#include <map>

namespace storymerge {
namespace {

// First letter and consonants of a folded word, doubled letters once.
std::string key_of(std::string_view word) {
  std::string key;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (i > 0 && std::string_view("aeiouyj'").find(c) != std::string_view::npos) continue;
    if (!key.empty() && key.back() == c) continue;
    key += c;
  }
  return key;
}

}  // namespace

StoryNames unify_names(const Corpus& corpus, std::span<const Document> documents, const Story& story) {
  StoryNames out;
  std::map<std::string, std::uint32_t> by_key;
  for (const ArticleIndex a : story.articles) {
    const Document& d = documents[a];
    std::vector<std::uint32_t> ids;
    for (const NameMention& m : d.names) {
      const std::string text(corpus[a].text, m.range.begin, m.range.size());
      const auto [at, added] =
          by_key.try_emplace(key_of(d.body[m.last_word - 1]), static_cast<std::uint32_t>(out.names.size()));
      if (added) out.names.push_back({text, {}, {}});
      Name& name = out.names[at->second];
      if (text != name.canonical &&
          std::find(name.variants.begin(), name.variants.end(), text) == name.variants.end()) {
        name.variants.push_back(text);
        name.rules.push_back("spelling");
      }
      ids.push_back(at->second);
    }
    out.name_of.push_back(std::move(ids));
  }
  return out;
}

}  // namespace storymerge
