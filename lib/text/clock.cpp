#include "text/clock.h"

#include <cmath>

namespace storymerge {
namespace {

using lang::Role;
using lang::Roles;

constexpr Roles small_numbers{Role::number, Role::part};

class Reader {
 public:
  Reader(const Tokens& tokens, bool behind_day) : t_(tokens), behind_day_(behind_day) {}

  Clock read(std::size_t i) const {
    if (t_.is_number(i)) return t_[i].unread ? Clock{} : in_figures(i);
    const lang::Meaning* meaning = nullptr;
    const bool part_of_word = i > 0 && t_[i].glued && t_.is_hyphen(i - 1);  // "après-midi"
    if (const std::size_t past = part_of_word ? 0 : t_.past(i, Role::time_of_day, &meaning))
      return done(past, static_cast<int>(meaning->number), false);
    if (t_.is(i, Role::half_before)) return half_before(i + 1);
    return t_.any(i, small_numbers) ? in_words(i) : Clock{};
  }

 private:
  bool led(std::size_t i) const { return i > 0 && !t_[i].breaks && t_.is(i - 1, Role::leads_time); }

  Clock done(std::size_t end, int minute, bool halved) const {
    Clock c;
    c.minute = ((minute % 1440) + 1440) % 1440;
    c.halved = halved;
    c.end = zone_after(end, &c);
    return c;
  }

  // Past "GMT", "local time", "Moscow time"; i itself when no zone follows.
  std::size_t zone_after(std::size_t i, Clock* clock) const {
    if (t_[i].breaks || !t_.is_word(i)) return i;
    const lang::Meaning* meaning = nullptr;
    if (t_[i].capital) {
      if (const std::size_t past = t_.past(i, Role::time_zone, &meaning)) {
        if (clock != nullptr) clock->zone = static_cast<int>(meaning->number);
        return t_.is(past, Role::time_word) ? past + 1 : past;
      }
      if (const std::size_t past = t_.past(i, Role::american_zone, &meaning)) {
        if (clock != nullptr) clock->zone = static_cast<int>(meaning->number), clock->american = true;
        return t_.is(past, Role::time_word) ? past + 1 : past;
      }
      if (t_.is(i + 1, Role::time_word) && !t_[i + 1].capital) return i + 2;
    }
    const std::size_t local = t_.past(i, Role::local_time);
    return local != 0 ? local : i;
  }

  // Past "a.m.", "pm"; 0 when there is none. `afternoon` tells which.
  std::size_t half_at(std::size_t i, bool& afternoon) const {
    if (t_[i].breaks) return 0;
    if (t_.any(i, {Role::am, Role::pm})) {
      afternoon = t_.is(i, Role::pm);
      return i + 1;
    }
    if (!t_.any(i, {Role::am_letter, Role::pm_letter}) || !t_.is_mark(i + 1, '.') || !t_[i + 1].glued ||
        !t_.is(i + 2, Role::m_letter))
      return 0;
    afternoon = t_.is(i, Role::pm_letter);
    return t_.is_mark(i + 3, '.') && t_[i + 3].glued ? i + 4 : i + 3;
  }

  // "in the morning", "de la tarde", "am Abend": past it, and the hours that belong to that part of the day
  std::size_t part_at(std::size_t i, bool& afternoon) const {
    const lang::Meaning* meaning = nullptr;
    const std::size_t past = t_[i].breaks ? 0 : t_.past(i, Role::part_of_day, &meaning);
    if (past != 0) afternoon = meaning->number >= 12;
    return past;
  }

  // "on Sunday evening" behind an hour: does it stand there, and is it after noon?
  bool evening_behind(std::size_t i, bool& afternoon) const {
    if (!t_.is(i, Role::on)) return false;
    const lang::Meaning* meaning = nullptr;
    if (!t_.is(i + 1, Role::weekday) || t_.past(i + 2, Role::day_part, &meaning) == 0) return false;
    afternoon = meaning->number >= 12;
    return true;
  }

  // "halb drei"
  Clock half_before(std::size_t at) const {
    const double of = t_.is_number(at) ? t_[at].value : t_.is(at, Role::number) ? t_.number(at, Role::number) : 0;
    if (t_[at].breaks || of < 1 || of > 12 || of != std::floor(of)) return {};
    bool afternoon = false;
    const std::size_t part = part_at(at + 1, afternoon);
    Clock c = done(part != 0 ? part : at + 1, (static_cast<int>(of) - 1) * 60 + 30 + (afternoon ? 720 : 0), part != 0);
    c.spoken = true;
    return c;
  }

  // ---- "five o'clock", "ten past five", "eighteen minutes past two", "half past five", "quarter to nine", "six in the morning"
  Clock in_words(std::size_t i) const {
    int hour = 0, minute = 0;
    std::size_t at = i + 1;
    const double n = t_.is(i, Role::part) ? 60 * t_.number(i, Role::part) : t_.number(i, Role::number);
    bool afternoon = false;
    const bool bare = !t_.is(i, Role::part) && n >= 1 && n <= 12 && n == std::floor(n);
    if (bare && led(i) && part_at(at, afternoon) != 0) {
      return done(part_at(at, afternoon), static_cast<int>(n) % 12 * 60 + (afternoon ? 720 : 0), true);
    }
    if (bare && led(i) && evening_behind(at, afternoon))
      return done(at, static_cast<int>(n) % 12 * 60 + (afternoon ? 720 : 0), true);
    if (bare && t_.is(at, Role::oclock)) {
      hour = static_cast<int>(n);
      ++at;
    } else {
      if (t_.is(at, Role::minutes) && !t_.is(i, Role::part)) ++at;
      const bool past = t_.is(at, Role::past_hour);
      const bool to = t_.is(at, Role::to_hour) && (t_.is(i, Role::part) || led(i));
      if ((!past && !to) || n >= 60 || n <= 0 || n != std::floor(n)) return {};
      const lang::Meaning* noon = nullptr;  // "twenty to midnight"
      if (const std::size_t end = t_.past(at + 1, Role::time_of_day, &noon))
        return done(end, static_cast<int>(noon->number) + static_cast<int>(past ? n : -n), false);
      const bool named = t_.is_number(at + 1) || t_.is(at + 1, Role::number);
      const double of = !named ? 0 : t_.is_number(at + 1) ? t_[at + 1].value : t_.number(at + 1, Role::number);
      if (!named || of < 1 || of > 24 || of != std::floor(of)) return {};
      hour = static_cast<int>(of) - (to ? 1 : 0);
      minute = past ? static_cast<int>(n) : 60 - static_cast<int>(n);
      at += 2;
    }
    if (hour > 12) return {};
    bool halved = false;
    if (const std::size_t after = half_at(at, afternoon)) at = after, halved = true;
    if (const std::size_t after = part_at(at, afternoon)) at = after, halved = true;
    return done(at, (hour % 12 + (afternoon ? 12 : 0)) * 60 + minute, halved);
  }

  // ---- "5:10 a.m.", "5.10am", "5pm", "17:45", "0410 GMT", "at 17.45", "14.30 Uhr", "14h30", "a las 14.30 horas"
  Clock in_figures(std::size_t i) const {
    const Token& n = t_[i];
    if (n.grouped || (n.glued && i > 0 &&
                      ((t_.is_word(i - 1) && !t_.is(i - 1, Role::elided)) || t_.is_mark(i - 1, '$') ||
                       t_.is_mark(i - 1, ':') || t_.is_mark(i - 1, '.'))))
      return {};
    int hour = 0, minute = 0;
    bool minutes = false;
    const std::size_t at = figures(i, hour, minute, minutes);
    if (at == 0 || hour > 24 || minute > 59) return {};
    bool afternoon = false;
    if (const std::size_t after = half_at(at, afternoon); after != 0 && hour >= 1 && hour <= 12)
      return done(after, (hour % 12 + (afternoon ? 12 : 0)) * 60 + minute, true);
    if (t_.is(at, Role::oclock) && !t_[at].breaks) return with_oclock(at + 1, hour, minute, minutes);
    if ((minutes || led(i)) && t_.is(at, Role::hour_word) && !t_[at].breaks && (minutes || led(i))) {
      std::size_t end = at + 1;
      if (const std::size_t after = part_at(end, afternoon)) end = after, hour += afternoon && hour < 12 ? 12 : 0;
      return done(end, hour * 60 + minute, false);
    }
    if (led(i) && hour >= 1 && hour <= 12) {
      const std::size_t after = part_at(at, afternoon);
      if (after != 0 || (!minutes && evening_behind(at, afternoon)))
        return done(after != 0 ? after : at, (hour % 12 + (afternoon ? 12 : 0)) * 60 + minute, true);
    }
    if (!minutes || !is_time(i, at, hour)) return {};
    return done(at, hour * 60 + minute, false);
  }

  Clock with_oclock(std::size_t end, int hour, int minute, bool minutes) const {
    if (t_.language().is("*", Role::twelve_hours) && hour > 12) return {};
    if (!minutes && t_.is_number(end) && !t_[end].breaks && t_[end].size() == 2 && t_[end].value < 60 &&
        t_[end].decimals == 0) {
      minute = static_cast<int>(t_[end++].value);  // 14 Uhr 30
    }
    return done(end, hour * 60 + minute, false);
  }

  // Reads hour and minute; the token past them, or 0.
  std::size_t figures(std::size_t i, int& hour, int& minute, bool& minutes) const {
    const Token& n = t_[i];
    const std::size_t at = i + 1;
    const auto two_digits = [&](std::size_t k) {
      return t_.is_number(k) && t_[k].size() == 2 && t_[k].decimals == 0 && !t_[k].breaks;
    };
    if (n.decimals == 2) {  // 5.10
      if (n.value > 25) return 0;
      hour = static_cast<int>(n.value);
      minute = static_cast<int>(std::lround((n.value - hour) * 100));
      minutes = true;
      return at;
    }
    if (n.decimals != 0) return 0;
    const bool mark = t_[at].glued && t_[at + 1].glued && (t_.is_mark(at, ':') || t_.is_mark(at, '.'));
    if (n.size() <= 2 && mark && two_digits(at + 1)) {
      hour = static_cast<int>(n.value);
      minute = static_cast<int>(t_[at + 1].value);
      minutes = true;
      std::size_t end = at + 2;
      if (t_.is_mark(end, t_[at].code) && t_[end].glued && t_[end + 1].glued && t_.is_number(end + 1)) {
        if (t_[at].code == '.' || !two_digits(end + 1)) return 0;
        end += 2;  // seconds
      }
      return end;
    }
    if (n.size() <= 2 && t_.is(at, Role::hour_letter) && two_digits(at + 1) && (t_[at].glued == t_[at + 1].glued)) {
      hour = static_cast<int>(n.value);  // 14h30
      minute = static_cast<int>(t_[at + 1].value);
      minutes = true;
      return at + 2;
    }
    if (n.size() == 4 && t_[at].capital && t_.any(at, {Role::time_zone, Role::american_zone})) {  // 0410 GMT
      hour = static_cast<int>(n.value) / 100;
      minute = static_cast<int>(n.value) % 100;
      minutes = true;
      return at;
    }
    if (n.size() > 2) return 0;
    hour = static_cast<int>(n.value);
    return at;
  }

  // Are these figures a time when neither a half nor "o'clock" follows?
  bool is_time(std::size_t i, std::size_t at, int hour) const {
    if (t_.is(at - 1, Role::hour_letter)) return true;
    if (at - i == 3 && t_.is(i + 1, Role::hour_letter)) return true;
    if (zone_after(at, nullptr) != at) return true;
    const bool opens = i == 0 || t_[i].breaks || t_.is_mark(i - 1, '(');
    if (t_[i].decimals == 2 || t_.is_mark(i + 1, '.')) {
      const Token& next = t_[at];
      const bool measured =
          next.kind == Token::word
              ? next.glued || t_.any(at, {Role::unit, Role::currency, Role::scale, Role::percent, Role::versus}) ||
                    t_.past(at, Role::percent) != 0
              : next.code == '%' || next.code == 0xB0 || next.code == '-' || next.code == 0x20AC;
      const bool at_sign = i > 0 && !t_[i].breaks && t_.is(i - 1, Role::leads_time_surely);
      return !measured && (at_sign || (opens && t_[i].breaks));
    }
    return behind_day_ || led(i) || opens || hour >= 13 || t_.is(at, Role::on);
  }

  const Tokens& t_;
  bool behind_day_;
};

}  // namespace

Clock read_clock(const Tokens& tokens, std::size_t i, bool behind_day) { return Reader(tokens, behind_day).read(i); }

}  // namespace storymerge
