#include "storymerge/claim/claims.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "claim/cast.h"
#include "claim/citations.h"
#include "claim/clauses.h"
#include "claim/credits.h"
#include "claim/outlet_key.h"
#include "claim/scope.h"
#include "claim/slots.h"
#include "lang/commonness.h"
#include "storymerge/text/stems.h"
#include "storymerge/text/words.h"
#include "text/characters.h"
#include "text/page_sentences.h"
#include "text/same_body.h"

namespace storymerge {
namespace {

using namespace claim;
using enum lang::Role;

template <class T>
void sort_unique(std::vector<T>& column) {
  std::sort(column.begin(), column.end());
  column.erase(std::unique(column.begin(), column.end()), column.end());
}

// Positions of the items that begin in `range`, of a column in order.
template <class Items>
std::vector<std::uint32_t> positions_in(const Items& items, ByteRange range) {
  std::vector<std::uint32_t> out;
  auto it = std::lower_bound(items.begin(), items.end(), range.begin,
                             [](const auto& item, std::uint32_t begin) { return item.range.begin < begin; });
  for (; it != items.end() && it->range.begin < range.end; ++it)
    out.push_back(static_cast<std::uint32_t>(it - items.begin()));
  return out;
}

// What a story's articles share: the names of its outlets, folded.
using Sources = std::unordered_set<std::string>;

// How far a speaker is carried over to a quotation that names none, in sentences.
constexpr std::uint32_t carried_in_paragraph = 2;
constexpr std::uint32_t carried_over_paragraph = 1;

// A name that is compared with an article's own outlet.
struct Compared {
  std::string key;
  bool is_outlet = false;

  // "Tarn Post" of the Tarn Post; an outlet's name within the source's, too: "Reuters" of uk.reuters.com.
  bool is_of(std::string_view outlet) const {
    if (outlet.empty() || key.empty() || !is_outlet) return !outlet.empty() && outlet == key;
    const std::size_t at = outlet.find(key), end = at + key.size();
    return at != std::string_view::npos && (at == 0 || outlet[at - 1] == ' ') &&
           (end == outlet.size() || outlet[end] == ' ');
  }
};

// What was read of an article, for the copies of its text.
struct Reading {
  std::size_t first = 0, last = 0;  // its claims
  std::string outlet;               // its own
  std::vector<Compared> speakers;   // what was compared with it; all else is the text's

  bool holds_for(std::string_view other) const {
    return std::ranges::all_of(speakers, [&](const Compared& s) { return s.is_of(outlet) == s.is_of(other); });
  }
};

class Reader {
 public:
  Reader(const Article& article, const Document& document, std::span<const std::uint32_t> name_of,
         const Sources& sources, std::vector<Claim>& out)
      : article_(article),
        d_(document),
        t_(article, document),
        cast_(t_, name_of, sources),
        discourse_(t_, cast_),
        credits_(t_, cast_),
        out_(out),
        first_claim_(out.size()),
        outlet_(outlet_key(article.source, t_.language())) {}

  Reading run() {
    for (std::uint32_t s = 0; s < d_.sentences.size(); ++s) read_sentence(s);
    attribute_quotations();
    attribute_labelled();
    for (std::size_t k = first_claim_; k < out_.size(); ++k) {
      if (out_[k].speaker && out_[k].hedge == Hedge::asserted) {
        out_[k].hedge = Hedge::attributed;
        out_[k].hedge_rule = out_[k].speaker_rule;
      }
    }
    return {first_claim_, out_.size(), std::move(outlet_), std::move(speakers_)};
  }

 private:
  // ---- sentences

  void read_sentence(std::uint32_t s) {
    const Sentence& sentence = d_.sentences[s];
    const std::vector<Clause> clauses = t_.clauses(sentence);
    std::vector<Citation> citations;
    std::vector<Citation> speaking;  // the same, but of "AFP reported that Ana Ruiz said …" the inner one
    for (const Clause& c : clauses) {
      Citation inner;
      citations.push_back(CitationFinder(t_, c).find(&inner));
      speaking.push_back(inner.found() && is_outlet(citations.back().who) ? inner : citations.back());
    }
    const Citation& last = speaking.back();
    const bool all_trailing = last.found() && last.trailing;
    Citation leading;
    for (std::size_t k = 0; k < clauses.size(); ++k) {
      const Clause& c = clauses[k];
      const Citation& own = citations[k];
      const Citation* cited = own.found() ? &speaking[k] : nullptr;
      if (cited == nullptr && leading.found() && goes_on(c)) cited = &leading;
      if (cited == nullptr && all_trailing) cited = &last;
      if (own.found()) leading = speaking[k];
      out_.push_back(read_claim(s, c, own, cited));
      discourse_.note_mentions({c.first, c.last});
      if (c.join != Clause::same_subject) discourse_.note_subject(subject_of(t_, c, own));
      if (cited != nullptr && !is_pronoun(cited->who)) discourse_.note_speaker(speaker_words(out_.back(), *cited));
    }
    const std::string_view text = std::string_view(article_.text).substr(sentence.range.begin, sentence.range.size());
    if (is_list_item(clauses.front())) return;
    const bool leads_in = sentence.heading || text.ends_with(':');
    lead_in_ = leads_in ? cast_.referent_of({sentence.first_word, sentence.last_word}) : Referent{};
  }

  bool is_outlet(Words who) const {
    const Words head = head_of(t_, who);
    return !head.empty() && t_.mention(head.last - 1) != 0 && cast_.is_outlet(cast_.name_at(head.last - 1));
  }

  // Does what was said in the clause before go on in this one?
  bool goes_on(const Clause& c) const {
    if (c.join == Clause::new_subject) return t_.is(c.first, and_);
    return c.join != Clause::opens;
  }

  Claim read_claim(std::uint32_t s, const Clause& c, const Citation& own, const Citation* cited) {
    Claim claim;
    claim.span = {d_.article, c.range.begin, c.range.end};
    claim.sentence = s;
    claim.first_word = c.first;
    claim.last_word = c.last;
    if (cited != nullptr) name_speaker(claim, *cited);
    if (own.found()) {
      claim.citation_first = std::max(own.words.first, c.first);
      claim.citation_last = std::min(own.words.last, c.last);
      find_via(claim, c, own);
    } else if (!credit_from(claim, c, c.first)) {
      constexpr std::uint32_t reach = 6;  // words: ", via the Gulf Courier"
      for (std::uint32_t w = c.last - std::min(reach, c.last - c.first); w < c.last && !claim.via; ++w) {
        if (w > c.first && t_.has_gap(w, comma | dash | bracket)) credit_from(claim, c, w);
      }
    }
    describe(claim, c, own);
    return claim;
  }

  void describe(Claim& claim, const Clause& c, const Citation& own) {
    std::uint32_t quoted = 0;
    for (std::uint32_t w = c.first; w < c.last; ++w) {
      if (t_.term(w) != 0) claim.terms.push_back(t_.term(w));
      if (t_.mention(w) != 0) claim.names.push_back(cast_.name_at(w));
      quoted += t_.quoted(w);
    }
    claim.direct_speech = 2 * quoted > c.last - c.first;
    sort_unique(claim.terms);
    sort_unique(claim.names);
    claim.quantities = positions_in(d_.quantities, c.range);
    claim.dates = positions_in(d_.dates, c.range);
    const Assertion assertion = read_assertion(t_, c, own);
    claim.negative = assertion.negative;
    claim.polarity_rule = assertion.polarity_rule;
    claim.hedge = assertion.hedge;
    claim.hedge_rule = assertion.modality_rule;
    claim.predicate_word = assertion.predicate;
    if (claim.predicate_word) claim.predicate = t_.event(*claim.predicate_word);
    for (const std::uint32_t q : claim.quantities) claim.slots.push_back(read_slot(t_, c, q));
    add_context(claim, c, own);
  }

  // ---- speakers

  SourceSpan span_of(Words words) const {
    return {d_.article, t_.source(words.first).begin, t_.source(words.last - 1).end};
  }

  SourceSpan span_of_name(std::uint32_t name) const {
    const NameMention& mention = d_.names[cast_.fullest(name)];
    return {d_.article, mention.range.begin, mention.range.end};
  }

  bool is_own_outlet(SourceSpan span, std::optional<std::uint32_t> name) {
    const std::string_view written = std::string_view(article_.text).substr(span.begin, span.size());
    speakers_.push_back({outlet_key(written, t_.language()), name && cast_.is_outlet(*name)});
    return speakers_.back().is_of(outlet_);
  }

  bool is_pronoun(Words who) const {
    return who.last - who.first == 1 && t_.is(who.first, pronoun) && t_.mention(who.first) == 0;
  }

  void name_speaker(Claim& claim, const Citation& cited) {
    if (is_pronoun(cited.who)) {
      name_referent(claim, discourse_.resolve(cited.who.first), cited.rule);
      return;
    }
    const Words head = head_of(t_, cited.who);
    if (head.empty()) return;
    claim.speaker = span_of(head);
    claim.speaker_rule = cited.rule;
    const std::uint32_t mention = t_.mention(head.last - 1);
    if (mention != 0) {
      claim.speaker_name = cast_.name_at(head.last - 1);
      claim.speaker->end = d_.names[mention - 1].range.end;
    } else {
      name_described(claim, head);
    }
    if (is_own_outlet(*claim.speaker, claim.speaker_name)) drop_speaker(claim);
  }

  // Of "the agency" those of the outlet.
  Words speaker_words(const Claim& claim, const Citation& cited) const {
    if (claim.via_name && claim.speaker_name == claim.via_name) {
      const NameMention& mention = d_.names[cast_.fullest(*claim.via_name)];
      return {mention.first_word, mention.last_word};
    }
    return head_of(t_, cited.who);
  }

  static void drop_speaker(Claim& claim) {
    claim.speaker.reset();
    claim.speaker_name.reset();
    claim.speaker_rule = {};
  }

  // "the minister" is whom the article called so before, "the agency" the outlet that it credited.
  void name_described(Claim& claim, Words head) {
    if (const auto outlet = credits_.meant_by(head)) {
      claim.speaker_name = cast_.name_at(d_.names[*outlet].first_word);
      claim.speaker = span_of_name(*claim.speaker_name);
      credit(claim, *outlet);
      return;
    }
    if (head.last - head.first > 4 || !t_.is(head.first, definite)) return;
    const auto name = cast_.named_by(t_.term(head.last - 1));
    if (!name || !cast_.is_person(*name)) return;
    claim.speaker_name = name;
    claim.speaker = span_of_name(*name);
  }

  void name_referent(Claim& claim, const Referent& who, std::string_view rule) {
    if (!who.known()) return;
    claim.speaker_rule = rule;
    if (who.name) {
      claim.speaker_name = who.name;
      claim.speaker = span_of_name(*who.name);
    } else {
      const Words head = head_of(t_, who.words);
      if (!head.empty()) claim.speaker = span_of(head);
    }
    if (!claim.speaker || is_own_outlet(*claim.speaker, claim.speaker_name)) drop_speaker(claim);
  }

  void credit(Claim& claim, std::uint32_t mention) {
    const NameMention& outlet = d_.names[mention];
    claim.via = SourceSpan{d_.article, outlet.range.begin, outlet.range.end};
    claim.via_name = cast_.name_at(outlet.first_word);
    credits_.note(mention);
  }

  // "Via the Gulf Courier: …", "…, via the Gulf Courier"
  bool credit_from(Claim& claim, const Clause& c, std::uint32_t at) {
    std::uint32_t w = at + 1;
    while (w < c.last && t_.is(w, determiner)) ++w;
    if (w >= c.last || !t_.is(at, introduces_outlet) || t_.mention(w) == 0 || t_.quoted(w)) return false;
    const std::uint32_t mention = t_.mention(w) - 1, end = d_.names[mention].last_word, name = cast_.name_at(w);
    if (d_.names[mention].first_word != w || !cast_.is_outlet(name)) return false;
    if (at == c.first ? end >= c.last || !t_.has_gap(end, colon) : end != c.last) return false;
    const ByteRange outlet = d_.names[mention].range;
    if (is_own_outlet({d_.article, outlet.begin, outlet.end}, name)) return false;
    credit(claim, mention);
    return true;
  }

  // "told Reuters", "in an interview with the BBC", "AFP reported", "told the newspaper".
  void find_via(Claim& claim, const Clause& c, const Citation& own) {
    for (std::uint32_t w = c.first; w < c.last && !claim.via; ++w) {
      if (t_.quoted(w)) continue;
      const bool named = t_.mention(w) != 0;
      if (named ? !cast_.is_outlet(cast_.name_at(w)) : own.who.holds(w) || !t_.is(w, outlet_noun)) continue;
      if (named && d_.names[t_.mention(w) - 1].first_word != w) continue;
      std::uint32_t before = w;
      while (before > c.first && t_.is(before - 1, determiner)) --before;
      const bool credited =
          own.who.holds(w) ? is_outlet(own.who) : before > c.first && t_.is(before - 1, tells, introduces_outlet);
      if (!credited) continue;
      const auto mention = named ? std::optional(t_.mention(w) - 1) : credits_.meant_before(t_.phrase(w).last - 1);
      if (!mention) continue;
      const ByteRange outlet = d_.names[*mention].range;
      if (!is_own_outlet({d_.article, outlet.begin, outlet.end}, cast_.name_at(d_.names[*mention].first_word)))
        credit(claim, *mention);
    }
  }

  // ---- quotations without a verb of saying

  // The quotation in which most of a claim stands: position in Document::quotations; none when there is none.
  std::uint32_t quotation_of(const Claim& claim) const {
    if (!claim.direct_speech) return none;
    const auto& q = d_.quotations;
    const auto it = std::upper_bound(q.begin(), q.end(), claim.span.begin,
                                     [](std::uint32_t b, const ByteRange& r) { return b < r.end; });
    return it != q.end() && it->begin < claim.span.end ? static_cast<std::uint32_t>(it - q.begin()) : none;
  }

  // A mark that opens and does not close: the quotation goes on in the next paragraph.
  bool stays_open(std::uint32_t q) const {
    const ByteRange range = d_.quotations[q];
    const std::string_view text = std::string_view(article_.text).substr(range.begin, range.size());
    const char32_t last = decode(text, previous_character(text, text.size())).code;
    return last != '"' && last != '\'' && last != 0x201D && last != 0x201C && last != 0x2019 && last != 0xBB &&
           last != 0xAB;
  }

  // By quotation: the claim whose own words cite its speaker.
  void attribute_quotations() {
    std::vector<std::uint32_t> chain(d_.quotations.size());  // quotations that are one, over paragraphs
    for (std::uint32_t q = 0; q < chain.size(); ++q) chain[q] = q > 0 && stays_open(q - 1) ? chain[q - 1] : q;
    std::vector<std::size_t> cited(chain.size(), out_.size());
    for (std::size_t k = first_claim_; k < out_.size(); ++k) {
      const std::uint32_t q = quotation_of(out_[k]);
      if (q != none && out_[k].speaker) cited[chain[q]] = k;
    }
    std::size_t carried = out_.size();  // the claim with the last speaker
    for (std::size_t k = first_claim_; k < out_.size(); ++k) {
      Claim& claim = out_[k];
      const std::uint32_t q = quotation_of(claim);
      if (!claim.speaker && q != none) {
        const std::size_t same = cited[chain[q]];
        if (same < out_.size() && same != k) {
          take_speaker(claim, out_[same], "quotation goes on");
        } else if (carried < out_.size() && reaches(out_[carried], claim)) {
          take_speaker(claim, out_[carried], "quotation follows");
        } else {
          take_introduced(k);
        }
      }
      if (claim.speaker) carried = k;
    }
  }

  bool reaches(const Claim& from, const Claim& to) const {
    const bool same_paragraph = d_.sentences[from.sentence].paragraph == d_.sentences[to.sentence].paragraph;
    return to.sentence - from.sentence <= (same_paragraph ? carried_in_paragraph : carried_over_paragraph);
  }

  static void take_speaker(Claim& to, const Claim& from, std::string_view rule) {
    to.speaker = from.speaker;
    to.speaker_name = from.speaker_name;
    to.speaker_rule = rule;
  }

  // "Ana Ruiz was defiant: “We stay.”", "Ana Ruiz told the crowd on the quay:" and a paragraph.
  void take_introduced(std::size_t k) {
    if (k == first_claim_) return;
    const Claim& before = out_[k - 1];
    if (out_[k].sentence - before.sentence != 1 || before.direct_speech) return;
    const ByteRange sentence = d_.sentences[before.sentence].range;
    const bool colon = article_.text[sentence.end - 1] == ':';
    const bool same_paragraph = d_.sentences[before.sentence].paragraph == d_.sentences[out_[k].sentence].paragraph;
    if (!colon && !same_paragraph) return;
    const Sentence& introduction = d_.sentences[before.sentence];
    const Clause clause{introduction.first_word, introduction.last_word, introduction.range, Clause::opens};
    const Words subject = subject_of(t_, clause, {});
    if (subject.empty()) return;
    const Words head = head_of(t_, subject);
    if (head.empty() || t_.mention(head.last - 1) == 0) return;
    const std::uint32_t name = cast_.name_at(head.last - 1);
    if (!cast_.is_person(name) && !colon) return;
    out_[k].speaker = span_of_name(name);
    out_[k].speaker_name = name;
    out_[k].speaker_rule = "introduced";
    if (is_own_outlet(*out_[k].speaker, out_[k].speaker_name)) drop_speaker(out_[k]);
  }

  // ---- transcripts

  // Lines such as "INGA MOE:" give a speaker to the sentences up to the next line that stands alone.
  void attribute_labelled() {
    std::size_t k = first_claim_;
    const auto names = mentions_by_words();
    std::unordered_map<std::string_view, std::uint32_t> times;  // of each label
    for (const Furniture& f : d_.furniture) {
      if (f.reason == speaker_label) ++times[written_in(f.range)];
    }
    for (std::size_t f = 0; f < d_.furniture.size(); ++f) {
      if (d_.furniture[f].reason != speaker_label) continue;
      const std::uint32_t begin = d_.furniture[f].range.end;
      std::uint32_t end = static_cast<std::uint32_t>(article_.text.size());
      for (std::size_t next = f + 1; next < d_.furniture.size() && end > d_.furniture[next].range.begin; ++next) {
        if (d_.furniture[next].reason == speaker_label) end = d_.furniture[next].range.begin;
      }
      if (!labels_a_speaker(d_.furniture[f].range, times)) continue;
      const Claim labelled = speaker_of_label(d_.furniture[f].range, names);
      while (k < out_.size() && out_[k].span.begin < begin) ++k;
      for (; k < out_.size() && out_[k].span.begin < end && !d_.sentences[out_[k].sentence].heading; ++k) {
        if (!out_[k].speaker) take_speaker(out_[k], labelled, "label");
      }
    }
  }

  // The first mention of each name, by its folded words and by the last of them.
  std::unordered_map<std::string_view, std::uint32_t> mentions_by_words() const {
    std::unordered_map<std::string_view, std::uint32_t> out;
    const std::string_view folded = d_.body.folded;
    for (std::uint32_t m = 0; m < d_.names.size(); ++m) {
      const std::uint32_t first = d_.body.words[d_.names[m].first_word].folded.begin;
      const ByteRange last = d_.body.words[d_.names[m].last_word - 1].folded;
      out.emplace(folded.substr(first, last.end - first), m);
      out.emplace(folded.substr(last.begin, last.size()), m);
    }
    return out;
  }

  std::string_view written_in(ByteRange label) const {
    std::string_view written = std::string_view(article_.text).substr(label.begin, label.size());
    while (!written.empty() && (written.back() == ':' || written.back() == ' ')) written.remove_suffix(1);
    return written;
  }

  // "INGA MOE:", "QUESTION:" again and again; not "CAR STATS:" once.
  bool labels_a_speaker(ByteRange label, const std::unordered_map<std::string_view, std::uint32_t>& times) const {
    if (times.at(written_in(label)) > 1) return true;
    const WordList words = fold_words(written_in(label));
    for (std::size_t w = 0; w < words.size(); ++w) {
      if (t_.language().roles(words[w]).any(lang::Roles(given_name, title, occupation, person))) return true;
    }
    const std::vector<Term> terms = stem_terms(words, d_.language);
    return std::ranges::any_of(terms, [](Term t) { return !is_ordinary_word(t); });
  }

  // As the article names the person elsewhere, or else as the label does.
  Claim speaker_of_label(ByteRange label, const std::unordered_map<std::string_view, std::uint32_t>& mentions) const {
    Claim out;
    const std::string_view written = written_in(label);
    out.speaker = SourceSpan{d_.article, label.begin, label.begin + static_cast<std::uint32_t>(written.size())};
    const auto at = mentions.find(fold_words(written).folded);
    if (at == mentions.end()) return out;
    out.speaker_name = cast_.name_at(d_.names[at->second].first_word);
    out.speaker = span_of_name(*out.speaker_name);
    return out;
  }

  // ---- what the discourse supplies

  void add_referent(Claim& claim, const Referent& r) const {
    if (r.name && !std::binary_search(claim.names.begin(), claim.names.end(), *r.name))
      claim.context_names.push_back(*r.name);
    for (const Term t : r.terms) {
      if (!std::binary_search(claim.terms.begin(), claim.terms.end(), t)) claim.context_terms.push_back(t);
    }
  }

  void add_context(Claim& claim, const Clause& c, const Citation& own) const {
    if (c.join == Clause::same_subject || c.join == Clause::relative_to) add_referent(claim, clause_subject_before(c));
    unsigned taken = 0;
    for (std::uint32_t w = c.first; w < c.last && taken < 3; ++w) {
      std::optional<Referent> r;
      if (t_.is(w, pronoun, possessive)) {
        if (stands_for_another(w, c, own)) r = discourse_.resolve(w);
      } else if (t_.is(w, definite) && w + 1 < c.last) {
        r = described(w, c);
      }
      if (!r) continue;
      add_referent(claim, *r);
      ++taken;
    }
    if (lead_in_.known() && is_list_item(c)) add_referent(claim, lead_in_);
    sort_unique(claim.context_names);
    sort_unique(claim.context_terms);
  }

  // A pronoun that means somebody whom the clause does not name.
  bool stands_for_another(std::uint32_t w, const Clause& c, const Citation& own) const {
    if (t_.is(w, relative) || t_.mention(w) != 0) return false;
    if (t_.is(w, demonstrative) && !(w + 1 < c.last && t_.is(w + 1, auxiliary))) return false;
    // "Lumenpay says that it …"
    if (own.found() && own.who.first < w && !t_.is(own.who.first, pronoun)) return false;
    // "the firm said it would": its own subject; "it" stands for something of this clause when a noun phrase goes before
    return !(w > c.first + 2 && t_.is(w, possessive));
  }

  // "the transport minister": by the last noun of the phrase.
  std::optional<Referent> described(std::uint32_t the, const Clause& c) const {
    std::uint32_t head = the + 1;
    while (head + 1 < c.last && head < the + 3 && !t_.has_gap(head + 1, any_mark) && !t_.is_finite(head + 1) &&
           t_.mention(head + 1) == 0 && cast_.named_by(t_.term(head + 1)))
      ++head;
    const auto name = cast_.named_by(t_.term(head));
    if (!name || t_.mention(head) != 0 || (head + 1 < c.last && t_.mention(head + 1) != 0)) return std::nullopt;
    return Referent{name, {}, {}};
  }

  bool is_list_item(const Clause& c) const {
    const char mark = article_.text[c.range.begin];
    return mark == '-' || mark == '*' || decode(article_.text, c.range.begin).code == 0x2022;
  }

  Referent clause_subject_before(const Clause& c) const {
    if (c.join == Clause::same_subject) return discourse_.clause_subject();
    // the words just before: "Estuary Rail, which …"
    Words words{c.first > 4 ? c.first - 4 : 0, c.first};
    while (words.first < words.last && (t_.is(words.first, preposition, determiner) || t_.is_finite(words.first)))
      ++words.first;
    return cast_.referent_of(words);
  }

  const Article& article_;
  const Document& d_;
  ClauseText t_;
  Cast cast_;
  Discourse discourse_;
  Credits credits_;
  std::vector<Claim>& out_;
  std::size_t first_claim_;
  std::string outlet_;  // its own
  std::vector<Compared> speakers_;
  Referent lead_in_;  // of a list
};

// The claims of a copy.
void repeat_claims(const Reading& first, ArticleIndex copy, std::vector<Claim>& claims) {
  for (std::size_t k = first.first; k < first.last; ++k) {
    Claim claim = claims[k];
    claim.span.article = copy;
    if (claim.speaker) claim.speaker->article = copy;
    if (claim.via) claim.via->article = copy;
    claims.push_back(std::move(claim));
  }
}

}  // namespace

std::vector<Claim> extract_claims(const Corpus& corpus, std::span<const Document> documents, const Story& story,
                                  const StoryNames& names) {
  Sources sources;
  for (const ArticleIndex a : story.articles) {
    if (!corpus[a].source.empty()) sources.insert(fold_words(corpus[a].source).folded);
  }
  const std::vector<std::uint32_t> first_with = first_with_body(corpus, documents, story.articles);
  std::vector<Claim> claims;
  std::vector<Reading> read(story.articles.size());
  for (std::uint32_t k = 0; k < story.articles.size(); ++k) {
    const ArticleIndex a = story.articles[k];
    const Reading& first = read[first_with[k]];
    const bool copy = first_with[k] != k && names.name_of[k] == names.name_of[first_with[k]] &&
                      first.holds_for(outlet_key(corpus[a].source, lang::Language::of(documents[a].language)));
    if (copy)
      repeat_claims(first, a, claims);
    else
      read[k] = Reader(corpus[a], documents[a], names.name_of[k], sources, claims).run();
  }
  return claims;
}

Material gather(const Corpus& corpus, std::span<const Document> documents, const Duplicates& duplicates,
                const Story& story) {
  Material out{corpus, documents, duplicates, story, unify_names(corpus, documents, story), {}};
  out.claims = extract_claims(corpus, documents, story, out.names);
  return out;
}

}  // namespace storymerge
