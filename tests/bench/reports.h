#pragma once
// Reports of one event, any number of them, none a copy of another: what goes in is the event's sentences and a seed.

#include <storymerge/storymerge.h>

#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "bench/generated_corpus.h"

namespace generated {

// Each report tells `told` of the sentences, at most all, in an order of its own; of their words it changes 15 %.
inline std::vector<storymerge::Article> reports(std::span<const std::string> sentences, std::size_t told,
                                                std::size_t count, std::uint64_t seed = 1) {
  Random random(seed);
  const auto draw = [&](std::size_t n) { return random.below(static_cast<std::uint32_t>(n)); };
  const storymerge::Time begin = *storymerge::parse_time("2031-03-14T06:00:00Z");
  std::vector<storymerge::Article> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    storymerge::Article& a = out[i];
    a.id = "report-" + std::to_string(i);
    a.source = "Outlet " + std::to_string(i);
    a.published = begin + std::chrono::minutes(draw(24 * 60));
    std::vector<std::uint32_t> order(sentences.size());
    for (std::uint32_t s = 0; s < order.size(); ++s) order[s] = s;
    for (std::size_t s = 0; s < std::min(told, order.size()); ++s) {
      std::swap(order[s], order[s + draw(order.size() - s)]);
      std::istringstream words(sentences[order[s]]);
      for (std::string word; words >> word;) {
        if (random.share() < 0.15) word = vocabulary()[zipf_word(random)];
        a.text += word + ' ';
      }
      a.text.back() = s % 3 == 2 ? '\n' : ' ';
      if (s % 3 == 2) a.text += '\n';
    }
    a.title = a.text.substr(0, a.text.find(' ', 40));
  }
  return out;
}

// The sentences of all texts, each once, in order.
inline std::vector<std::string> sentences_of(std::span<const storymerge::Article> articles) {
  std::vector<std::string> out;
  for (const storymerge::Article& a : articles) {
    const storymerge::Corpus corpus({a});
    for (const storymerge::Document& d : storymerge::analyze(corpus)) {
      for (const storymerge::Sentence& s : d.sentences) {
        out.push_back(a.text.substr(s.range.begin, s.range.size()));
      }
    }
  }
  return out;
}

}  // namespace generated
