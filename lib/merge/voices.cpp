#include "merge/voices.h"

#include <algorithm>
#include <map>
#include <set>

#include "claim/outlet_key.h"
#include "lang/language.h"

namespace storymerge {
namespace {

using claim::outlet_key;
using lang::Role;

class Reader {
 public:
  Reader(const Material& material, const Alignment& alignment) : material_(material), alignment_(alignment) {
    for (const ArticleIndex a : material.story.articles) {
      own_key_.push_back(outlet_key(material.corpus[a].source, language_of(a)));
      if (!own_key_.back().empty()) voice_of_.emplace(own_key_.back(), material.duplicates.origin_of[a]);
    }
    next_ = static_cast<std::uint32_t>(material.duplicates.origins.size());
  }

  Voices run() {
    Voices out;
    std::size_t article = 0;
    for (const Statement& s : alignment_.statements) {
      while (material_.story.articles[article] != s.span.article) ++article;
      std::string outlet = credited_by(s, own_key_[article]);
      std::uint32_t voice = material_.duplicates.origin_of[s.span.article];
      out.origin.push_back(voice);
      if (!outlet.empty()) {
        const auto [at, fresh] = voice_of_.emplace(outlet_key(outlet, language_of(s.span.article)), next_);
        next_ += fresh;
        voice = at->second;
      }
      out.via.push_back(std::move(outlet));
      out.of.push_back(voice);
    }
    return out;
  }

 private:
  const lang::Language& language_of(ArticleIndex a) const { return lang::Language::of(material_.corpus[a].language); }

  bool names_another_outlet(std::string_view name, const lang::Language& language, const std::string& own) const {
    const std::string key = outlet_key(name, language);
    return !key.empty() && key != own && (voice_of_.contains(key) || lang::Language::of("").is(key, Role::outlet));
  }

  // The outlet that a statement credits as its speaker or as whom he told; empty when none.
  std::string credited_by(const Statement& statement, const std::string& own) const {
    for (std::uint32_t c = statement.first_claim; c < statement.last_claim; ++c) {
      for (const std::optional<SourceSpan>& credited : {material_.claims[c].speaker, material_.claims[c].via}) {
        if (credited &&
            names_another_outlet(material_.corpus.quote(*credited), language_of(statement.span.article), own)) {
          return std::string(material_.corpus.quote(*credited));
        }
      }
    }
    return {};
  }

  const Material& material_;
  const Alignment& alignment_;
  std::vector<std::string> own_key_;               // by position in Story::articles
  std::map<std::string, std::uint32_t> voice_of_;  // outlet -> voice
  std::uint32_t next_ = 0;                         // a voice of none of the story's articles
};

}  // namespace

std::uint32_t Voices::count(std::span<const std::uint32_t> statements) const {
  std::map<std::uint32_t, std::uint32_t> voice;  // of each origin
  for (const std::uint32_t s : statements) {
    const auto [at, fresh] = voice.emplace(origin[s], of[s]);
    if (!fresh && at->second != origin[s]) at->second = of[s] == origin[s] ? of[s] : std::min(at->second, of[s]);
  }
  std::set<std::uint32_t> distinct;
  for (const auto& entry : voice) distinct.insert(entry.second);
  return static_cast<std::uint32_t>(distinct.size());
}

Voices read_voices(const Material& material, const Alignment& alignment) { return Reader(material, alignment).run(); }

}  // namespace storymerge
