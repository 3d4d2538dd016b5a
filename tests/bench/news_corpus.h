#pragma once
// Articles as news agencies and their clients write them, any number of them, with known copies: what goes in is a folder
// of real texts, a seed and a number.
//
// Words follow one another as in the texts of data/ (word trigrams, backed off to pairs and to single words); their rare
// words, names and numbers are replaced by invented ones, drawn by Zipf's law from the corpus and from what the article is
// about. Lengths are log-normal. Of the articles 15 % stand in families of 2 to 20 copies (changed words, cut and added
// paragraphs, or none), 4 % fill in a template, 4 % tell what recurs every week, 3 % are in German, Spanish, Russian or
// Chinese; one in three carries its outlet's house text. generated_corpus.h draws words independently of one another:
// there, unrelated articles share next to nothing, which flatters whoever looks for copies.

#include <cstdint>
#include <map>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/generated_corpus.h"

namespace generated {

// A language as its texts show it.
class Language {
 public:
  // texts: at least one with two words or more.
  explicit Language(const std::vector<std::string>& texts);

  struct About {  // what one article has in mind
    std::vector<std::uint32_t> names, topic;
  };
  About about(Random& random) const;

  // One paragraph of at least `words` words, to the end of its sentence.
  std::vector<std::string> paragraph(std::size_t words, const About& about, Random& random) const;

  std::string join(const std::vector<std::string>& words) const;

 private:
  enum Kind : std::uint8_t { literal, number, name, rare };
  struct Token {
    Kind kind = literal;
    std::string before, word, after;  // punctuation, core, punctuation
    bool ends_sentence = false;
  };
  using Followers = std::vector<std::uint32_t>;

  std::string spell(const Token& token, const About& about, Random& random) const;

  std::vector<Token> tokens_;  // distinct ones
  Followers all_, starts_;
  std::vector<Followers> after_one_;
  std::unordered_map<std::uint64_t, Followers> after_two_;
  bool spaced_ = true;
};

struct NewsArticle {
  storymerge::Article article;
  const char* kind = "fresh";  // fresh | copy | template | weekly
  std::uint64_t family = 0;    // number of the article that it was made from; its own when it was made from none
  std::size_t body = 0;        // bytes of its text before hubs and house text
};

struct NewsOptions {
  std::uint64_t seed = 1;
  unsigned hubs = 0;        // paragraphs that ...
  double hub_share = 0.04;  // ... this share of all articles has, each
  double mean_words = 320;
};

// Articles one after another. Copies come up to some thousand articles after what they were made from.
class NewsCorpus {
 public:
  // languages: English first.
  NewsCorpus(std::vector<Language> languages, const NewsOptions& options);
  NewsArticle next();

 private:
  using Paragraph = std::vector<std::string>;
  struct Draft {
    std::vector<Paragraph> paragraphs;
    std::size_t language = 0;
  };
  struct Waiting {
    std::uint64_t due = 0;
    Draft draft;
    std::uint64_t family = 0;
    bool operator>(const Waiting& other) const { return due > other.due; }
  };

  Draft fresh_draft();
  Draft copy_of(const Draft& draft);
  Draft filled_template(std::uint64_t number);
  NewsArticle finished(const Draft& draft, std::uint64_t number);

  std::vector<Language> languages_;
  NewsOptions options_;
  Random random_;
  std::uint64_t count_ = 0;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;
  std::vector<Draft> templates_, weekly_;
  std::vector<std::string> house_texts_, hubs_;
};

}  // namespace generated
