#pragma once
// Large corpora of stories with known truth: what goes in is a seed and a number of articles.
//
// Words come from the vocabulary of generated_corpus.h by Zipf's law; every story has 40 words and 8 names of its own, of
// which each article tells about half. Stories have 1 to 12 articles, but three articles in ten belong to stories of two
// thousand. A story lasts three days, a long one thirty; stories overlap in time.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/generated_corpus.h"

namespace generated {

struct StoryCorpus {
  std::vector<storymerge::Article> articles;
  std::vector<std::uint32_t> story;  // of each article
};

// `fixed_size`: articles in every story; 0: as above.
inline StoryCorpus stories(std::size_t count, std::uint64_t seed = 1, std::uint32_t long_story = 2000,
                           std::size_t fixed_size = 0) {
  StoryCorpus out;
  Random random(seed);
  const std::vector<std::string>& words = vocabulary();
  const auto syllables = [](Random& from, std::size_t length) {
    std::string word;
    for (std::size_t i = 0; i < length; ++i) {
      word += "bdfgklmnprstvz"[from.below(14)];
      word += "aeiou"[from.below(5)];
    }
    return word;
  };
  for (std::uint32_t story = 0; out.articles.size() < count; ++story) {
    std::vector<std::string> own, names;
    for (int i = 0; i < 40; ++i) own.push_back(syllables(random, 4));
    for (int i = 0; i < 8; ++i) {
      names.push_back(syllables(random, 3));
      names.back()[0] = static_cast<char>(names.back()[0] - 'a' + 'A');
    }
    // One story in `1000` of the short ones' articles' share is long: three articles in ten.
    const bool is_long = random.share() < 0.3 / 0.7 * 6.5 / long_story;
    const std::size_t size = std::min<std::size_t>(fixed_size != 0 ? fixed_size
                                                   : is_long       ? long_story
                                                                   : 1 + random.below(12),
                                                   count - out.articles.size());
    const std::int64_t day = 86400, first = 1'932'000'000 + static_cast<std::int64_t>(random.below(60)) * day;
    for (std::size_t i = 0; i < size; ++i) {
      storymerge::Article a;
      a.id = "g" + std::to_string(out.articles.size());
      a.source = "Outlet " + std::to_string(random.below(50));
      const std::uint64_t seconds = static_cast<std::uint64_t>((is_long ? 30 : 3) * day);
      a.published = storymerge::Time(
          std::chrono::seconds(first + static_cast<std::int64_t>(random.share() * static_cast<double>(seconds))));
      a.title = names[random.below(3)] + " " + own[random.below(10)] + " " + own[random.below(10)];
      const std::uint32_t shift = random.below(20);  // each article tells another half of its story
      for (int sentence = 0; sentence < 12; ++sentence) {
        a.text += sentence == 0 ? "The" : sentence % 4 == 0 ? "\n\nThe" : " The";
        for (int w = 0; w < 12; ++w) {
          const double kind = random.share();
          a.text += ' ';
          if (kind < 0.25) {
            a.text += own[(shift + random.below(20)) % 40];
          } else if (kind < 0.32) {
            a.text += names[random.below(8)];
          } else {
            a.text += words[zipf_word(random)];
          }
        }
        a.text += '.';
      }
      out.articles.push_back(std::move(a));
      out.story.push_back(story);
    }
  }
  return out;
}

}  // namespace generated
