#pragma once
// The annotated articles of data/gold as texts with the byte range of every sentence, laid out as gold/FORMAT.md says.

#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "storymerge/base/article.h"
#include "storymerge/base/source_span.h"

namespace storymerge::testing {

struct GoldSentence {
  ByteRange range;
  bool boilerplate = false;
  std::vector<std::string> claims;  // "c2=at least 12"
};

struct GoldText {
  std::string story, id, source, title, published, text;
  std::vector<GoldSentence> sentences;
};

inline std::vector<GoldText> gold_texts() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(STORYMERGE_ROOT) / "data/gold")) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<GoldText> out;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const boost::json::value story = boost::json::parse(bytes);
    const auto string_of = [](const boost::json::value& v, const char* key) {
      return std::string(v.at(key).as_string());
    };
    for (const boost::json::value& a : story.at("articles").as_array()) {
      GoldText article{string_of(story, "story"),
                       string_of(a, "id"),
                       string_of(a, "source"),
                       string_of(a, "title"),
                       string_of(a, "published"),
                       {},
                       {}};
      for (const boost::json::value& paragraph : a.at("paragraphs").as_array()) {
        if (!article.text.empty()) article.text += "\n\n";
        bool first = true;
        for (const boost::json::value& s : paragraph.as_array()) {
          if (!first) article.text += ' ';
          first = false;
          GoldSentence sentence;
          sentence.range.begin = static_cast<std::uint32_t>(article.text.size());
          article.text += string_of(s, "s");
          sentence.range.end = static_cast<std::uint32_t>(article.text.size());
          const auto* boilerplate = s.as_object().if_contains("boilerplate");
          sentence.boilerplate = boilerplate != nullptr && boilerplate->is_bool() && boilerplate->as_bool();
          for (const boost::json::value& c : s.at("claims").as_array()) sentence.claims.emplace_back(c.as_string());
          article.sentences.push_back(std::move(sentence));
        }
      }
      out.push_back(std::move(article));
    }
  }
  return out;
}

}  // namespace storymerge::testing
