// The two seams: a user's judge of pairs and a user's sentence encoder. What they are given, what becomes of their answers, and
// what becomes of wrong ones.

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <stdexcept>
#include <tuple>

#include "storymerge/align/alignment.h"
#include "storymerge/base/error.h"
#include "support/one_story.h"

namespace storymerge {
namespace {

using testing::article, testing::OneStory;

// Enough sentences that share words for several batches of pairs.
std::vector<Article> ferry() {
  std::vector<Article> out;
  for (int k = 0; k < 6; ++k) {
    const std::string n = std::to_string(k);
    out.push_back(article(
        std::string(1, static_cast<char>('a' + k)),
        "The ferry Aurora Sol capsized off Lidra, witness " + n + " told the harbour office.\n\nOn the quay " + n +
            " people waited for boats from the harbour of Lidra.\n\nThe ferry had left Merrou at dawn, clerk " + n +
            " wrote.\n\nRescue boats reached the ferry after " + std::to_string(10 + k) +
            " minutes in rough seas.\n\nDivers will search the hull of the Aurora Sol in shift " + n + ".",
        1 + k));
  }
  out.back().title.clear();
  out.back().published.reset();
  return out;
}

const OneStory& story() {
  static const OneStory out(ferry());
  return out;
}

bool same(const Alignment& x, const Alignment& y) {
  const auto pairs = [](const Alignment& a) {
    std::vector<std::tuple<std::uint32_t, std::uint32_t, double>> out;
    for (const AlignedPair& p : a.pairs) out.emplace_back(p.a, p.b, p.probability);
    return out;
  };
  const auto members = [](const Alignment& a) {
    std::vector<std::tuple<std::size_t, std::uint32_t, double, bool>> out;
    for (std::size_t g = 0; g < a.groups.size(); ++g)
      for (const Member& m : a.groups[g].members) out.emplace_back(g, m.statement, m.probability, m.counted);
    return out;
  };
  return pairs(x) == pairs(y) && members(x) == members(y);
}

ErrorCode code_of(const AlignOptions& options) {
  try {
    align_claims(story().material(), options);
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "no error";
  return ErrorCode::bad_input;
}

TEST(Judge, SeesBothSentencesAndWhereTheyStand) {
  const Material material = story().material();
  const std::vector<Statement> statements = align_claims(material).statements;
  std::map<std::string, std::size_t> at;  // by text: position in the statements
  for (std::size_t s = 0; s < statements.size(); ++s) at[std::string(material.corpus.quote(statements[s].span))] = s;
  ASSERT_EQ(at.size(), statements.size());
  std::size_t pairs = 0, batches = 0;
  const auto check = [&](const JudgedSentence& sentence) {
    ASSERT_TRUE(at.contains(std::string(sentence.text))) << sentence.text;
    const std::size_t s = at[std::string(sentence.text)];
    const Article& from = material.corpus[statements[s].span.article];
    const bool first = s == 0 || statements[s - 1].span.article != statements[s].span.article;
    EXPECT_EQ(sentence.before, first ? "" : material.corpus.quote(statements[s - 1].span));
    EXPECT_EQ(sentence.title, from.title);
    EXPECT_EQ(sentence.source, from.source);
    EXPECT_EQ(sentence.published, from.published);
  };
  AlignOptions options;
  options.judge = [&](std::span<const JudgedPair> batch) {
    EXPECT_FALSE(batch.empty());
    EXPECT_LE(batch.size(), AlignOptions::most_judged);
    for (const JudgedPair& pair : batch) {
      check(pair.a), check(pair.b);
      EXPECT_NE(pair.a.source, pair.b.source);
    }
    pairs += batch.size();
    ++batches;
    return std::vector<double>(batch.size(), 0.5);
  };
  const Alignment judged = align_claims(material, options);
  EXPECT_GT(batches, 1u);
  EXPECT_EQ(judged.pairs.size(), pairs);
}

// Its word takes the place of the models': what it calls one stands and counts together, and nothing else does.
TEST(Judge, DecidesWhoSaysTheSame) {
  const Material material = story().material();
  const auto is_one = [](const JudgedPair& pair) {
    return pair.a.text.starts_with("On the quay") && pair.b.text.starts_with("Divers");
  };
  AlignOptions options;
  options.judge = [&](std::span<const JudgedPair> batch) {
    std::vector<double> out;
    for (const JudgedPair& pair : batch) out.push_back(is_one(pair) || is_one({pair.b, pair.a}) ? 0.9 : 0.0);
    return out;
  };
  const Alignment alignment = align_claims(material, options);
  ASSERT_FALSE(alignment.pairs.empty());
  for (const AlignedPair& p : alignment.pairs) EXPECT_EQ(p.probability, 0.9);
  const auto text = [&](const Member& m) { return material.corpus.quote(alignment.statements[m.statement].span); };
  for (const ClaimGroup& group : alignment.groups) {
    for (const Member& m : group.members) {
      const bool quay = text(m).starts_with("On the quay"), divers = text(m).starts_with("Divers");
      EXPECT_TRUE(group.members.size() == 1 || quay || divers) << text(m);
    }
  }
}

// Two sentences without a word in common are asked about when each is like a third; not otherwise.
TEST(Judge, IsAskedWhatItsAnswersWouldJoin) {
  const OneStory three({article("a", "Ferry capsized.", 1), article("b", "Ferry capsized: vessel overturned.", 2),
                        article("c", "Vessel overturned.", 3)});
  const auto asked_of_both = [&](double answer) {
    AlignOptions options;
    bool asked = false;
    options.judge = [&](std::span<const JudgedPair> batch) {
      for (const JudgedPair& p : batch) asked = asked || (p.a.text.size() < 20 && p.b.text.size() < 20);
      return std::vector<double>(batch.size(), answer);
    };
    align_claims(three.material(), options);
    return asked;
  };
  EXPECT_TRUE(asked_of_both(0.9));
  EXPECT_FALSE(asked_of_both(0.1));
}

TEST(Judge, WhatItDoesNotAnswerIsLeftToTheModels) {
  const Material material = story().material();
  AlignOptions silent;
  silent.judge = [](std::span<const JudgedPair>) { return std::vector<double>(); };
  const Alignment alone = align_claims(material), asked = align_claims(material, silent);
  ASSERT_EQ(alone.pairs.size(), asked.pairs.size());
  for (std::size_t k = 0; k < alone.pairs.size(); ++k)
    EXPECT_EQ(alone.pairs[k].probability, asked.pairs[k].probability);
}

TEST(Judge, WrongAnswersAreErrors) {
  for (const int more : {-1, 1}) {
    AlignOptions options;
    options.judge = [&](std::span<const JudgedPair> batch) {
      return std::vector<double>(batch.size() + static_cast<std::size_t>(more), 0.5);
    };
    EXPECT_EQ(code_of(options), ErrorCode::bad_input);
  }
  for (const double p : {-0.01, 1.01, std::numeric_limits<double>::quiet_NaN()}) {
    AlignOptions options;
    options.judge = [&](std::span<const JudgedPair> batch) {
      std::vector<double> out(batch.size(), 0.5);
      out.back() = p;
      return out;
    };
    EXPECT_EQ(code_of(options), ErrorCode::bad_input);
  }
}

TEST(Seams, WhatTheyThrowPassesThroughAndNothingIsSpoilt) {
  const Material material = story().material();
  const Alignment before = align_claims(material);
  AlignOptions judge, embed;
  judge.judge = [](std::span<const JudgedPair>) -> std::vector<double> { throw std::runtime_error("no model"); };
  embed.embed = [](std::span<const std::string_view>) -> std::vector<std::vector<float>> {
    throw std::runtime_error("no model");
  };
  for (const AlignOptions& options : {judge, embed}) {
    try {
      align_claims(material, options);
      ADD_FAILURE() << "no error";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "no model");
    }
    EXPECT_TRUE(same(align_claims(material), before));
  }
}

// Three numbers of a sentence's first letters.
std::vector<std::vector<float>> encode(std::span<const std::string_view> sentences) {
  std::vector<std::vector<float>> out;
  for (const std::string_view s : sentences)
    out.push_back({static_cast<float>(s[0] % 8), static_cast<float>(s[4] % 8), static_cast<float>(s.size() % 16)});
  return out;
}

TEST(Embed, IsAskedOnceForEverySentence) {
  const Material material = story().material();
  std::size_t calls = 0;
  AlignOptions options;
  options.embed = [&](std::span<const std::string_view> sentences) {
    ++calls;
    std::size_t at = 0;
    for (const Statement& s : align_claims(material).statements)
      EXPECT_EQ(sentences[at++], material.corpus.quote(s.span));
    EXPECT_EQ(at, sentences.size());
    return encode(sentences);
  };
  align_claims(material, options);
  EXPECT_EQ(calls, 1u);
}

// What all vectors have in common is nothing, nor is the length of each about that; another direction is.
TEST(Embed, OnlyDirectionsCount) {
  const Material material = story().material();
  const auto aligned = [&](float shift, float scale, std::size_t turned) {
    AlignOptions options;
    options.embed = [=](std::span<const std::string_view> sentences) {
      std::vector<std::vector<float>> out = encode(sentences);
      for (std::vector<float>& v : out) {
        for (float& x : v) x = (x + shift) * scale;
      }
      for (std::size_t k = 0; k < turned; ++k) out[k] = {9, 0, 0};
      return out;
    };
    return align_claims(material, options);
  };
  const Alignment plain = aligned(0, 1, 0);
  EXPECT_TRUE(same(aligned(0, 4, 0), plain));  // a power of two: not a bit is lost
  const Alignment shifted = aligned(64, 1, 0);
  ASSERT_EQ(shifted.pairs.size(), plain.pairs.size());
  for (std::size_t k = 0; k < plain.pairs.size(); ++k)
    EXPECT_NEAR(shifted.pairs[k].probability, plain.pairs[k].probability, 1e-3);
  EXPECT_FALSE(same(aligned(0, 1, 4), plain));
}

TEST(Embed, WrongAnswersAreErrors) {
  AlignOptions few, uneven;
  few.embed = [](std::span<const std::string_view> sentences) { return encode(sentences.subspan(1)); };
  uneven.embed = [](std::span<const std::string_view> sentences) {
    std::vector<std::vector<float>> out = encode(sentences);
    out.back().pop_back();
    return out;
  };
  EXPECT_EQ(code_of(few), ErrorCode::bad_input);
  EXPECT_EQ(code_of(uneven), ErrorCode::bad_input);
}

}  // namespace
}  // namespace storymerge
