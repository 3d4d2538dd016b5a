#include "text/tense.h"

namespace storymerge {
namespace {

using lang::Role;

// How far a verb may stand from the day it governs, in tokens.
struct Reach {
  std::size_t back = 24, ahead = 14, auxiliary = 5;
};
constexpr Reach reach;

enum class Tense { none, past, present, future };

class Clause {
 public:
  Clause(const Tokens& tokens, std::size_t day) : t_(tokens), day_(day) {}

  bool looks_ahead() const {
    Tense weak = Tense::none;  // a present: counts when nothing says more
    bool clause = true;        // still in the clause of the day
    Tense beyond = Tense::none;
    for (std::size_t k = day_; k > 0 && day_ - k < reach.back && !t_[k].breaks; --k) {
      const std::size_t at = k - 1;
      if (t_[at].kind == Token::mark) {
        if (ends_sentence(at)) break;
        if (ends_clause(at)) clause = false;
        continue;
      }
      const Tense tense = opens_with_limit(at) ? Tense::none : tense_at(at);
      if (tense == Tense::none) continue;
      if (!clause) {
        if (beyond == Tense::none) beyond = tense;
        continue;
      }
      if (tense != Tense::present) return tense == Tense::future;
      weak = Tense::present;
    }
    // "The trial, which resumes on Monday, has lasted": the clause of the day ends there
    if (weak == Tense::present && day_ + 1 < t_.size() && t_.is_mark(day_ + 1, ',')) return true;
    for (std::size_t k = day_ + 1; k < t_.size() && k - day_ < reach.ahead && !t_[k].breaks; ++k) {
      if (t_[k].kind == Token::mark) {
        if (ends_sentence(k) || (ends_clause(k) && k > day_ + 1)) break;
        continue;
      }
      if (t_.is(k, Role::looks_ahead)) continue;  // a preposition or an adjective of what follows
      const Tense tense = tense_at(k);
      if (tense == Tense::past || tense == Tense::future) return tense == Tense::future;
      if (tense == Tense::present) weak = Tense::present;
    }
    if (weak == Tense::present) return true;
    return beyond == Tense::future || beyond == Tense::present;
  }

 private:
  // "By Friday the water had gone": the verb behind tells.
  bool opens_with_limit(std::size_t k) const {
    return k + 1 == day_ && t_.is(k, Role::next_word_ahead) && (k == 0 || t_[k].breaks || t_.is_mark(k - 1, '.'));
  }

  bool ends_sentence(std::size_t k) const {
    const char32_t c = t_[k].code;
    return (c == '.' || c == '!' || c == '?') && !t_[k + 1].glued && !(t_.is_word(k + 1) && !t_[k + 1].capital);
  }
  bool ends_clause(std::size_t k) const {
    const char32_t c = t_[k].code;
    return c == ',' || c == ';' || c == ':' || c == '(' || c == ')' || c == '"' || c == 0x201C || c == 0x201D ||
           c == 0xAB || c == 0xBB || (t_.is_dash(k) && !t_[k].glued);
  }

  Tense tense_at(std::size_t k) const {
    const lang::Entry* entry = t_[k].entry;
    if (entry != nullptr) {
      const lang::Roles& roles = entry->roles;
      if (roles.has(Role::month) && t_[k].capital) return Tense::none;  // May
      if (roles.has(Role::looks_ahead)) return Tense::future;
      if (roles.has(Role::next_word_ahead) && k + 1 == day_) return Tense::future;  // "by Friday"
      if (roles.has(Role::future_verb)) return have_behind(k) ? Tense::past : Tense::future;
      if (roles.has(Role::past_verb)) return Tense::past;
      if (roles.has(Role::participle)) return participle_at(k);
      if (roles.has(Role::present_verb))
        return k > 0 && t_.is(k - 1, Role::infinitive) ? Tense::future : Tense::present;
      if (roles.has(Role::ends_noun_phrase)) return Tense::none;
    }
    if (t_[k].capital && !t_[k].breaks && k > 0 && t_.is_word(k - 1)) return Tense::none;
    const std::string_view word = t_.text(k);
    if (has_ending(word, Role::future_ending)) return Tense::future;
    if (has_ending(word, Role::past_ending)) return Tense::past;
    if (has_ending(word, Role::participle_ending)) return participle_at(k);
    return Tense::none;
  }

  // Of "may have slept".
  bool have_behind(std::size_t k) const {
    for (std::size_t i = k + 1; i < k + 3; ++i) {
      if (t_.is(i, Role::perfect)) return true;
    }
    return false;
  }

  // "was held", "will be held", "is to be held", "held"
  Tense participle_at(std::size_t k) const {
    Tense tense = Tense::past;
    for (std::size_t i = k; i > 0 && k - i < reach.auxiliary && !t_[i].breaks; --i) {
      const std::size_t at = i - 1;
      if (!t_.is_word(at)) break;
      if (t_.any(at, {Role::perfect, Role::past_verb})) return Tense::past;
      if (t_.any(at, {Role::future_verb, Role::looks_ahead})) return Tense::future;
      if (t_.is(at, Role::infinitive)) return Tense::future;
      if (t_.is(at, Role::being)) tense = Tense::present;  // "is held", unless "will be" stands before it
    }
    return tense;
  }

  bool has_ending(std::string_view word, Role role) const {
    for (const lang::Meaning& ending : t_.language().meanings("*")) {
      if (ending.role == role && word.size() > ending.value.size() + 2 && word.ends_with(ending.value)) return true;
    }
    return false;
  }

  const Tokens& t_;
  std::size_t day_;
};

}  // namespace

bool looks_ahead(const Tokens& tokens, std::size_t i) { return Clause(tokens, i).looks_ahead(); }

}  // namespace storymerge
