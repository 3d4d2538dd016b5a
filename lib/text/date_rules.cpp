#include "text/date_rules.h"

namespace storymerge {
namespace {

constexpr std::string_view classes[] = {"DAY", "YEAR", "NUMBER", "COUNT"};

#define WEEKDAY "weekday|short_weekday? '.'? ','? "

struct Row {
  std::string_view name, pattern;
  DateYield yield;
  std::string_view yields;
  std::initializer_list<RuleExample> examples;  // published on Monday, 3 November 2031
};

const Row rows[] = {
    {"days of a month",
     "DAY '-'|range_to|number_and DAY of? month +'.'? ','? of? YEAR?",
     DateYield::days,
     "first and last day",
     {{"en", "from 14 to 16 March", "14 to 16 March", "2031-03-14..2031-03-16"},
      {"de", "vom 14. bis 16. März", "14. bis 16. März", "2031-03-14..2031-03-16"}}},
    {"month and days",
     "month +'.'? DAY '-'|range_to|number_and DAY ','? YEAR?",
     DateYield::days,
     "first and last day",
     {{"en", "March 14-16", "March 14-16", "2031-03-14..2031-03-16"}}},
    {"day of a month",
     WEEKDAY "DAY of? month +'.'? ','? of? YEAR?",
     DateYield::day,
     "a day",
     {{"en", "on Friday 24 October", "Friday 24 October", "2031-10-24"},
      {"de", "am 3. Oktober 2030", "3. Oktober 2030", "2030-10-03"},
      {"fr", "le vendredi 24 octobre", "vendredi 24 octobre", "2031-10-24"},
      {"es", "el 5 de mayo de 2031", "5 de mayo de 2031", "2031-05-05"}}},
    {"month and day",
     WEEKDAY "month +'.'? DAY ','? YEAR?",
     DateYield::day,
     "a day, where months go first",
     {{"en", "on Friday, Oct. 24.", "Friday, Oct. 24", "2031-10-24"}}},
    {"in figures, year first",
     "YEAR +'-' +NUMBER +'-' +NUMBER",
     DateYield::numeric,
     "a day",
     {{"en", "on 2031-03-14 it", "2031-03-14", "2031-03-14"}}},
    {"in figures",
     "NUMBER +'.'|'/'|'-' +NUMBER +'.'|'/'|'-' +YEAR",
     DateYield::numeric,
     "a day; none when either figure may be the month",
     {{"en", "on 12.03.2031", "12.03.2031", "2031-03-12"}}},
    {"month of a year",
     "month +'.'? ','? of? YEAR",
     DateYield::month,
     "the month",
     {{"en", "in March 2028", "March 2028", "2028-03-01..2028-03-31"},
      {"es", "en marzo de 2028", "marzo de 2028", "2028-03-01..2028-03-31"}}},
    {"chosen month",
     "which < month >",
     DateYield::month,
     "the month",
     {{"en", "last March", "March", "2031-03-01..2031-03-31"}}},
    {"month chosen behind it",
     "month > which_behind",
     DateYield::month,
     "the month",
     {{"fr", "en mars dernier", "mars", "2031-03-01..2031-03-31"}}},
    {"month",
     "month +'.'?",
     DateYield::bare_month,
     "the month nearest",
     {{"en", "in January", "January", "2031-01-01..2031-01-31"}}},
    {"business year",
     "YEAR +'-'|'/' +NUMBER|YEAR",
     DateYield::years,
     "the years, first day to last",
     {{"en", "in 2030-31 it", "2030-31", "2030-01-01..2031-12-31"},
      {"en", "the business year 2030/31", "2030/31", "2030-01-01..2031-12-31"}}},
    {"decade",
     "YEAR +decade_suffix decade_word?",
     DateYield::decade,
     "ten years",
     {{"en", "in the 1990s", "1990s", "1990-01-01..1999-12-31"},
      {"de", "in den 1990er Jahren", "1990er Jahren", "1990-01-01..1999-12-31"}}},
    {"decade behind its word",
     "decade_lead YEAR",
     DateYield::decade,
     "ten years",
     {{"fr", "dans les années 1990", "années 1990", "1990-01-01..1999-12-31"}}},
    {"quarter",
     "quarter_letter +NUMBER ','? of? YEAR?",
     DateYield::quarter,
     "three months",
     {{"en", "in Q3 2031", "Q3 2031", "2031-07-01..2031-09-30"}}},
    {"quarter in words",
     "ordinal|first quarter_word of? YEAR",
     DateYield::quarter,
     "three months",
     {{"en", "in the third quarter of 2031", "third quarter of 2031", "2031-07-01..2031-09-30"}}},
    {"year", "YEAR", DateYield::year, "the year", {{"en", "In 2028, a breach", "2028", "2028-01-01..2028-12-31"}}},
    {"weekday of a week",
     "weekday of? which week_word",
     DateYield::weekday_of_week,
     "the day of that week",
     {{"en", "on Tuesday of last week", "Tuesday of last week", "2031-10-28"},
      {"de", "am Dienstag vergangener Woche", "Dienstag vergangener Woche", "2031-10-28"}}},
    {"weekday of a week behind it",
     "weekday of? before_noun? week_word which_behind",
     DateYield::weekday_of_week,
     "the day of that week",
     {{"es", "el martes de la semana pasada", "martes de la semana pasada", "2031-10-28"}}},
    {"night into a day",
     "night_into weekday|relative_day",
     DateYield::night_into,
     "that day and the one before it",
     {{"de", "in der Nacht zum Sonntag", "Nacht zum Sonntag", "2031-11-01..2031-11-02"},
      {"en", "overnight into Sunday", "overnight into Sunday", "2031-11-01..2031-11-02"}}},
    {"night between two days",
     "night_from weekday range_to weekday",
     DateYield::night_between,
     "both days",
     {{"fr", "dans la nuit de samedi à dimanche", "nuit de samedi à dimanche", "2031-11-01..2031-11-02"}}},
    {"early hours",
     "early_hours weekday|relative_day",
     DateYield::weekday,
     "the day",
     {{"en", "in the early hours of Sunday", "the early hours of Sunday", "2031-11-02"},
      {"es", "en la madrugada del domingo", "la madrugada del domingo", "2031-11-02"}}},
    {"chosen weekday",
     "which < weekday day_part? >",
     DateYield::chosen_weekday,
     "the day of that week",
     {{"en", "next Monday", "Monday", "2031-11-10"}, {"de", "am vergangenen Mittwoch", "Mittwoch", "2031-10-29"}}},
    {"weekday chosen behind it",
     "weekday day_part? which_behind",
     DateYield::chosen_weekday,
     "the day of that week",
     {{"fr", "mardi dernier", "mardi dernier", "2031-10-28"},
      {"es", "el martes pasado", "martes pasado", "2031-10-28"}}},
    {"from weekday to weekday",
     "weekday range_to|'-' weekday",
     DateYield::weekdays,
     "the days, first to last",
     {{"en", "The fair ran from Monday to Tuesday.", "Monday to Tuesday", "2031-10-27..2031-10-28"},
      {"de", "Die Messe lief von Montag bis Dienstag.", "Montag bis Dienstag", "2031-10-27..2031-10-28"}}},
    {"weekday",
     "weekday|short_weekday +'.'? day_part?",
     DateYield::weekday,
     "the last one, today included; the next one when the verb of its clause is in the future or the present",
     {{"en", "It happened on Tuesday.", "Tuesday", "2031-10-28"},
      {"en", "Voters go to the polls on Sunday.", "Sunday", "2031-11-09"},
      {"de", "Sie kam am Sonntagabend an.", "Sonntagabend", "2031-11-02"}}},
    {"relative day",
     "relative_day day_part?",
     DateYield::relative,
     "the day",
     {{"en", "It ended yesterday.", "yesterday", "2031-11-02"},
      {"de", "Sie kam vorgestern an.", "vorgestern", "2031-11-01"}}},
    {"overnight",
     "overnight",
     DateYield::overnight,
     "yesterday and today",
     {{"en", "It snowed overnight.", "overnight", "2031-11-02..2031-11-03"}}},
    {"end of a period",
     "period_end",
     DateYield::period_end,
     "the last day of this year, month or week",
     {{"en", "by year's end", "year's end", "2031-12-31"}, {"de", "bis Jahresende", "Jahresende", "2031-12-31"}}},
    {"chosen period",
     "which period",
     DateYield::period,
     "the week, month or year",
     {{"en", "last week", "last week", "2031-10-27..2031-11-02"},
      {"de", "im vergangenen Jahr", "vergangenen Jahr", "2030-01-01..2030-12-31"}}},
    {"period chosen behind it",
     "period which_behind",
     DateYield::period,
     "the week, month or year",
     {{"fr", "le mois dernier", "mois dernier", "2031-10-01..2031-10-31"}}},
    {"the weekend",
     "weekend_lead < before_noun? weekend >",
     DateYield::period,
     "Saturday and Sunday",
     {{"en", "over the weekend", "the weekend", "2031-11-01..2031-11-02"}}},
    {"so long ago",
     "COUNT period ago",
     DateYield::ago,
     "that day; of months and years the whole",
     {{"en", "two days ago", "two days ago", "2031-11-01"},
      {"en", "closed a fortnight ago.", "a fortnight ago", "2031-10-20"}}},
    {"ago before it",
     "ago_before COUNT period",
     DateYield::ago,
     "that day; of months and years the whole",
     {{"de", "vor zwei Tagen", "vor zwei Tagen", "2031-11-01"},
      {"fr", "il y a deux jours", "il y a deux jours", "2031-11-01"},
      {"es", "hace dos días", "hace dos días", "2031-11-01"}}},
    {"so long before or after",
     "COUNT period earlier|later",
     DateYield::from_anchor,
     "counted from the last day named",
     {{"en", "on 14 March, and ended two days later.", "two days later", "2031-03-16"}}},
    {"so long from now",
     "ahead_before COUNT period",
     DateYield::ahead,
     "counted from today",
     {{"de", "in zwei Wochen", "in zwei Wochen", "2031-11-17"},
      {"fr", "dans trois jours", "dans trois jours", "2031-11-06"}}},
    {"day beside the last one",
     "anchor_day",
     DateYield::anchor_day,
     "counted from the last day named",
     {{"en", "It began on 14 March. The next day it ended.", "The next day", "2031-03-15"}}},
    {"day of the month",
     "before_noun DAY",
     DateYield::day_of_month,
     "the day nearest",
     {{"en", "called in for the 18th, they", "the 18th", "2031-11-18"}}},
    {"feast",
     "holiday ','? YEAR?",
     DateYield::holiday,
     "the day of every year, the nearest when none is told",
     {{"en", "On Christmas Day 2029 it snowed.", "Christmas Day 2029", "2029-12-25"},
      {"de", "An Heiligabend 2029 schneite es.", "Heiligabend 2029", "2029-12-24"}}},
};

#undef WEEKDAY

std::vector<DateRule> compile() {
  std::vector<DateRule> out;
  for (const Row& row : rows) {
    const std::span<const RuleExample> examples(row.examples.begin(), row.examples.size());
    out.push_back({{row.name, row.pattern, row.yields, examples}, row.yield, Pattern(row.pattern, classes)});
  }
  return out;
}

}  // namespace

std::span<const DateRule> compiled_date_rules() {
  static const auto* const rules = new std::vector<DateRule>(compile());
  return *rules;
}

const PatternIndex& date_rule_index() {
  static constexpr Opening figures{true, false, false, {}};
  static constexpr Opening count{true, false, false, {lang::Role::number, lang::Role::indefinite}};
  static constexpr Opening openings[] = {figures, figures, figures, count};
  static const PatternIndex index(patterns_of(compiled_date_rules()), openings);
  return index;
}

std::span<const RuleCard> date_rules() {
  static const auto* const cards = [] {
    auto* out = new std::vector<RuleCard>;
    for (const DateRule& rule : compiled_date_rules()) out->push_back(rule.card);
    return out;
  }();
  return *cards;
}

}  // namespace storymerge
