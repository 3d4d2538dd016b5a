#include "storymerge/text/furniture.h"

#include <algorithm>
#include <array>

#include "support/parallel.h"

namespace storymerge {
namespace {

std::string_view trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r\f\v");
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r\f\v") - first + 1);
}

std::string lowered(std::string_view s) {
  std::string out(s);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

constexpr std::string_view starts[] = {
    "share this",    "listen to", "read more",    "read also",    "more in ",     "photo:",  "©",
    "advertisement", "sign up",   "subscribe",    "follow ",      "support ",     "skip to", "all rights reserved",
    "discussion",    "published", "ai-generated", "ai generated", "reading time", "source:", "world"};

}  // namespace

std::vector<Furniture> find_furniture(const Article& article) {
  std::vector<Furniture> out;
  const std::string_view text = article.text;
  const std::string title = lowered(trimmed(article.title));
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = trimmed(text.substr(begin, end - begin));
    begin = end + 1;
    if (line.empty() || line.size() > 120) continue;
    const std::string low = lowered(line);
    std::string reason;
    if (!title.empty() && low == title) {
      reason = "repeats the headline";
    } else if (low.ends_with("min read")) {
      reason = "cue: min read";
    } else if (line.size() < 60) {
      for (const std::string_view cue : starts) {
        if (low.starts_with(cue)) reason = "cue: " + std::string(trimmed(cue));
      }
    }
    if (reason.empty()) continue;
    const auto at = static_cast<std::uint32_t>(line.data() - text.data());
    out.push_back({{at, at + static_cast<std::uint32_t>(line.size())}, std::move(reason)});
  }
  return out;
}

std::vector<std::vector<Furniture>> find_furniture(const Corpus& corpus, unsigned threads) {
  std::vector<std::vector<Furniture>> out(corpus.size());
  parallel_for(corpus.size(), threads, [&](std::size_t i) { out[i] = find_furniture(corpus.articles()[i]); });
  return out;
}

}  // namespace storymerge
