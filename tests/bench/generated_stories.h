#pragma once
// Large corpora of stories with known truth: what goes in is a seed and a number of articles.
//
// Words come from the vocabulary of generated_corpus.h by Zipf's law; every story has 40 words and 8 names of its own, of
// which each article tells about half. Stories have 1 to 12 articles, but three articles in ten belong to stories of two
// thousand. A story lasts three days, a long one thirty; stories overlap in time.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "bench/generated_corpus.h"

namespace generated {

struct StoryCorpus {
  std::vector<storymerge::Article> articles;
  std::vector<std::uint32_t> story;  // of each article
};

// What the reports of one event have in common.
struct Event {
  std::vector<std::string> own, names;  // 40 and 8 words
};

inline std::string syllables(Random& random, std::size_t length) {
  std::string word;
  for (std::size_t i = 0; i < length; ++i) {
    word += "bdfgklmnprstvz"[random.below(14)];
    word += "aeiou"[random.below(5)];
  }
  return word;
}

inline std::string made_name(Random& random) {
  std::string name = syllables(random, 3);
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

inline Event new_event(Random& random) {
  Event out;
  for (int i = 0; i < 40; ++i) out.own.push_back(syllables(random, 4));
  for (int i = 0; i < 8; ++i) out.names.push_back(made_name(random));
  return out;
}

// Title and text.
inline void write_report(const Event& event, Random& random, storymerge::Article& a) {
  const std::vector<std::string>& words = vocabulary();
  a.title = event.names[random.below(3)] + " " + event.own[random.below(10)] + " " + event.own[random.below(10)];
  const std::uint32_t shift = random.below(20);  // each article tells another half of its story
  for (int sentence = 0; sentence < 12; ++sentence) {
    a.text += sentence == 0 ? "The" : sentence % 4 == 0 ? "\n\nThe" : " The";
    for (int w = 0; w < 12; ++w) {
      const double kind = random.share();
      a.text += ' ';
      if (kind < 0.25) {
        a.text += event.own[(shift + random.below(20)) % 40];
      } else if (kind < 0.32) {
        a.text += event.names[random.below(8)];
      } else {
        a.text += words[zipf_word(random)];
      }
    }
    a.text += '.';
  }
}

// `fixed_size`: articles in every story; 0: as above.
inline StoryCorpus stories(std::size_t count, std::uint64_t seed = 1, std::uint32_t long_story = 2000,
                           std::size_t fixed_size = 0) {
  StoryCorpus out;
  Random random(seed);
  for (std::uint32_t story = 0; out.articles.size() < count; ++story) {
    const Event event = new_event(random);
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
      write_report(event, random, a);
      out.articles.push_back(std::move(a));
      out.story.push_back(story);
    }
  }
  return out;
}

// Day after day, articles in order of time. An event is told of for three days; one event in five comes again: a week later or
// more, with three quarters of the words and names of the last time.
class StoryStream {
 public:
  StoryStream(std::size_t a_day, std::uint64_t seed) : a_day_(a_day), random_(seed) {}

  StoryCorpus next_day() {
    StoryCorpus out;
    while (!open_.empty() && open_.front().day + 3 <= day_) {
      if (open_.front().comes_again) waiting_.push_back(std::move(open_.front()));
      open_.pop_front();
    }
    for (std::size_t i = 0; i < a_day_; ++i) {
      if (open_.empty() || random_.share() < 1 / 6.5) open();
      const Open& event = open_[random_.below(static_cast<std::uint32_t>(open_.size()))];
      storymerge::Article a;
      a.id = "s" + std::to_string(count_++);
      a.source = "Outlet " + std::to_string(random_.below(50));
      a.published = storymerge::Time(
          std::chrono::seconds(1'932'000'000 + 86400 * day_ + static_cast<std::int64_t>(86400 * i / a_day_)));
      write_report(event.words, random_, a);
      out.articles.push_back(std::move(a));
      out.story.push_back(event.number);
    }
    ++day_;
    return out;
  }

 private:
  struct Open {
    Event words;
    std::uint32_t number = 0;
    std::int64_t day = 0;
    bool comes_again = false;
  };

  void open() {
    Open event{{}, events_++, day_, random_.share() < 0.2};
    if (!waiting_.empty() && waiting_.front().day + 7 <= day_) {
      event.words = std::move(waiting_.front().words);
      event.comes_again = true;
      waiting_.pop_front();
      for (std::size_t i = 0; i < 10; ++i) event.words.own[random_.below(40)] = syllables(random_, 4);
      for (std::size_t i = 0; i < 2; ++i) event.words.names[random_.below(8)] = made_name(random_);
    } else {
      event.words = new_event(random_);
    }
    open_.push_back(std::move(event));
  }

  std::size_t a_day_;
  Random random_;
  std::deque<Open> open_, waiting_;  // in order of day
  std::int64_t day_ = 0;
  std::uint64_t count_ = 0;
  std::uint32_t events_ = 0;
};

}  // namespace generated
