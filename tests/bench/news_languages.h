#pragma once
// The languages that data/ shows, for news_corpus.h.

#include <storymerge/eval/gold.h>
#include <storymerge/read/read.h>

#include <map>
#include <string>
#include <vector>

#include "bench/news_corpus.h"

namespace generated {

// English first. data: the folder of that name.
inline std::vector<Language> languages_of(const std::string& data) {
  std::map<std::string, std::vector<std::string>> texts;
  const storymerge::Corpus day = storymerge::read_articles({data + "/day.jsonl", data + "/languages.jsonl"}).corpus;
  for (const storymerge::Article& article : day.articles()) texts[article.language].push_back(article.text);
  const std::vector<std::string> gold = {data + "/gold", data + "/check"};
  for (const storymerge::Article& article : storymerge::gold_articles(storymerge::read_gold(gold))) {
    texts["en"].push_back(article.text);
  }
  std::vector<Language> out;
  for (const char* tag : {"en", "de", "es", "ru", "zh"}) out.emplace_back(texts[tag]);
  return out;
}

}  // namespace generated
