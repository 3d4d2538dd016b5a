#include "storymerge/dedup/duplicates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <unordered_map>

#include "dedup/finder.h"
#include "dedup/kept_texts.h"
#include "dedup/voices.h"
#include "storymerge/base/error.h"
#include "support/parallel.h"
#include "support/stop.h"

namespace storymerge {

void check(const DuplicateOptions& o) {
  const auto share = [](const char* name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw Error(ErrorCode::bad_option, fmt::format("{} is {}, must be in (0, 1]", name, value));
    }
  };
  share("threshold", o.threshold);
  if (o.containment) share("containment", *o.containment);
  if (o.ngram < 1 || o.ngram > 16) {
    throw Error(ErrorCode::bad_option, fmt::format("ngram is {}, must be 1 .. 16", o.ngram));
  }
}

namespace {

// Texts that came in, in order of arrival, and what orders them.
class Kept {
 public:
  explicit Kept(unsigned ngram) : words_(ngram) {}

  // words_of(i, scratch): of articles[i].
  template <class WordsOf>
  void add(std::span<const Article> articles, const DuplicateOptions& options, const WordsOf& words_of) {
    constexpr std::size_t grain = 256;
    std::vector<KeptWords::Lane> lanes((articles.size() + grain - 1) / grain);
    parallel_pieces(articles.size(), grain, options.threads, [&](std::size_t begin, std::size_t end) {
      WordList scratch;
      for (std::size_t i = begin; i < end; ++i) words_.add(words_of(i, scratch), lanes[begin / grain]);
    });
    std::size_t i = 0;
    for (KeptWords::Lane& lane : lanes) {
      words_.keep(lane);
      for (KeptText& text : lane.texts) {
        const Article& article = articles[i++];
        text.published = article.published.value_or(Time::max()).time_since_epoch().count();
        text.source = sources_.try_emplace(article.source, static_cast<std::uint32_t>(sources_.size())).first->second;
        text.kind = options.sources.kind_of(article);
        texts_.push_back(text);
      }
    }
  }

  std::size_t size() const { return texts_.size(); }
  const KeptText& operator[](std::size_t i) const { return texts_[i]; }

  // order[k]: which of the texts is article k; others do not count. The texts are gone then.
  Duplicates find(std::span<const std::uint32_t> order, const DuplicateOptions& options) {
    Finder finder = finder_of(order, options);
    return finder.run(options.repeated != nullptr ? known(*options.repeated) : finder.learn());
  }
  Repeated learn(std::span<const std::uint32_t> order, const DuplicateOptions& options) {
    Finder::Learned learned = finder_of(order, options).learn();
    Repeated out{std::move(learned.frequent), std::move(learned.common), {}};
    for (const auto& [name, arrival] : sources_) {
      std::vector<std::uint32_t>& shingles = learned.of_source[number_[arrival]];
      if (!shingles.empty()) out.of_source[name] = std::move(shingles);
    }
    return out;
  }
  std::vector<SampledText> sample(std::span<const std::uint32_t> order, const DuplicateOptions& options) {
    Finder finder = finder_of(order, options);
    return finder.sample_all(known(options.repeated != nullptr ? *options.repeated : Repeated()));
  }

 private:
  Finder finder_of(std::span<const std::uint32_t> order, const DuplicateOptions& options) {
    number_.resize(sources_.size());
    std::uint32_t next = sources_.begin() != sources_.end() && sources_.begin()->first.empty() ? 0 : 1;
    for (const auto& [name, arrival] : sources_) number_[arrival] = next++;
    std::vector<KeptText> texts(order.size());
    for (std::size_t k = 0; k < texts.size(); ++k) {
      texts[k] = texts_[order[k]];
      texts[k].source = number_[texts[k].source];
    }
    texts_ = {};
    return {words_, std::move(texts), options};
  }
  Finder::Learned known(const Repeated& repeated) const {
    Finder::Learned out{repeated.frequent, repeated.common, {}};
    out.of_source.resize(sources_.size() + 1);
    for (const auto& [name, arrival] : sources_) {
      if (const auto at = repeated.of_source.find(name); at != repeated.of_source.end())
        out.of_source[number_[arrival]] = at->second;
    }
    return out;
  }

  KeptWords words_;
  std::vector<KeptText> texts_;
  std::map<std::string, std::uint32_t, std::less<>> sources_;  // in order of arrival
  std::vector<std::uint32_t> number_;                          // of each, in order of name
};

const WordList& fold(const Article& article, WordList& scratch) {
  scratch.folded.clear();
  scratch.words.clear();
  append_words(article.text, 0, scratch);
  return scratch;
}

auto folded(std::span<const Article> articles) {
  return [articles](std::size_t i, WordList& scratch) -> const WordList& { return fold(articles[i], scratch); };
}

auto bodies(std::span<const Document> documents) {
  return [documents](std::size_t i, WordList&) -> const WordList& { return documents[i].body; };
}

// What one of Kept's functions does with articles that are in order.
template <class Result, class WordsOf>
Result with_kept(std::span<const Article> articles, const DuplicateOptions& options, const WordsOf& words_of,
                 Result (Kept::*call)(std::span<const std::uint32_t>, const DuplicateOptions&)) {
  check(options);
  const StopScope scope(options.stop);
  Kept kept(options.ngram);
  kept.add(articles, options, words_of);
  std::vector<std::uint32_t> order(articles.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  return (kept.*call)(order, options);
}

}  // namespace

Duplicates find_duplicates(const Corpus& corpus, std::span<const Document> documents, const DuplicateOptions& options) {
  assert(documents.size() == corpus.size());
  return find_duplicates(corpus, BodyWords(bodies(documents)), options);
}

Duplicates find_duplicates(const Corpus& corpus, const BodyWords& words_of, const DuplicateOptions& options) {
  const auto words = [&](std::size_t i, WordList& scratch) -> const WordList& {
    return words_of(static_cast<ArticleIndex>(i), scratch);
  };
  Duplicates out = with_kept(corpus.articles(), options, words, &Kept::find);
  separate_reports(corpus, words_of, options.sources, out);
  join_versions(corpus, options.sources, out);
  return out;
}

Duplicates find_duplicates(const Corpus& corpus, const DuplicateOptions& options) {
  return with_kept(corpus.articles(), options, folded(corpus.articles()), &Kept::find);
}

Repeated learn_repeated(const Corpus& corpus, std::span<const Document> documents, const DuplicateOptions& options) {
  assert(documents.size() == corpus.size());
  return with_kept(corpus.articles(), options, bodies(documents), &Kept::learn);
}

Repeated learn_repeated(const Corpus& corpus, const DuplicateOptions& options) {
  return with_kept(corpus.articles(), options, folded(corpus.articles()), &Kept::learn);
}

std::vector<SampledText> sample_shingles(std::span<const Article> articles, const DuplicateOptions& options) {
  return with_kept(articles, options, folded(articles), &Kept::sample);
}

struct DuplicateFinder::State {
  DuplicateOptions options;
  Kept kept;
  std::string ids;  // one after another, in order of arrival
  std::vector<std::size_t> ends;
};

DuplicateFinder::DuplicateFinder(DuplicateOptions options) {
  check(options);
  const unsigned ngram = options.ngram;
  state_ = std::make_unique<State>(State{std::move(options), Kept(ngram), {}, {}});
}
DuplicateFinder::~DuplicateFinder() = default;
DuplicateFinder::DuplicateFinder(DuplicateFinder&&) noexcept = default;
DuplicateFinder& DuplicateFinder::operator=(DuplicateFinder&&) noexcept = default;

std::size_t DuplicateFinder::size() const { return state_->ends.size(); }

void DuplicateFinder::add(std::span<const Article> articles) {
  State& s = *state_;
  const StopScope scope(s.options.stop);
  s.kept.add(articles, s.options, folded(articles));
  for (const Article& article : articles) {
    s.ids += article.id;
    s.ends.push_back(s.ids.size());
  }
}

DuplicateFinder::Found DuplicateFinder::finish() {
  State& s = *state_;
  const StopScope scope(s.options.stop);
  const auto id = [&](std::uint32_t i) {
    const std::size_t begin = i == 0 ? 0 : s.ends[i - 1];
    return std::string_view(s.ids).substr(begin, s.ends[i] - begin);
  };
  std::vector<std::uint32_t> order(size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const KeptText &x = s.kept[a], &y = s.kept[b];
    if (x.published != y.published) return x.published < y.published;
    return id(a) != id(b) ? id(a) < id(b) : x.hash < y.hash;
  });
  std::unordered_map<std::string_view, std::vector<std::uint64_t>> texts_of;  // of each id that was given
  texts_of.reserve(order.size());
  Found out;
  std::size_t kept = 0;
  for (const std::uint32_t i : order) {
    if (id(i).empty()) throw Error(ErrorCode::bad_input, "an article has no id");
    std::vector<std::uint64_t>& texts = texts_of[id(i)];
    if (std::find(texts.begin(), texts.end(), s.kept[i].hash) != texts.end()) continue;
    texts.push_back(s.kept[i].hash);
    out.ids.emplace_back(id(i));
    if (texts.size() > 1) out.ids.back() += fmt::format("@{}", texts.size());
    order[kept++] = i;
  }
  order.resize(kept);
  out.duplicates = s.kept.find(order, s.options);
  *this = DuplicateFinder(s.options);
  return out;
}

}  // namespace storymerge
