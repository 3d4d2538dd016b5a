// Tables: what a reader takes a number or a date to mean; and the laws of their spans on hostile text.

#include "storymerge/text/quantities.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/spans.h"

namespace storymerge {
namespace {

constexpr double open = std::numeric_limits<double>::infinity();

struct Want {
  std::string quote;
  double low, high;
  std::string unit;
};

struct QuantityCase {
  std::string text;
  std::vector<Want> want;
};

const Time published = *parse_time("2031-11-03T09:40:00Z");  // a Monday

std::vector<Quantity> quantities_of(std::string_view text) {
  return find_quantities(text, find_dates(text, published));
}

TEST(Quantities, AreIntervalsWithUnits) {
  const std::vector<QuantityCase> cases = {
      {"At least 12 people died.", {{"At least 12", 12, open, "people"}}},
      {"A dozen houses burned.", {{"A dozen", 12, 12, "houses"}}},
      {"About 40% of voters stayed at home.", {{"About 40%", 38, 42, "%"}}},
      {"The deal is worth $1.2bn.", {{"$1.2bn", 1.2e9, 1.2e9, "$"}}},
      {"Some 1.3m doses were sent.", {{"Some 1.3m", 1.3e6 * .95, 1.3e6 * 1.05, "doses"}}},
      {"Four in ten residents said no.", {{"Four in ten", 40, 40, "%"}}},
      {"One in five children is poor.", {{"One in five", 20, 20, "%"}}},
      {"Seven out of 10 agree.", {{"Seven out of 10", 70, 70, "%"}}},
      {"They won 6-3.", {{"6-3", 6003, 6003, "score"}}},
      {"It ended 2–1 after extra time.", {{"2–1", 2001, 2001, "score"}}},
      {"He scored in minute 90+3.", {{"90+3", 93, 93, ""}}},
      {"They waited nearly two hours.", {{"nearly two hours", 1.8, 2, "hours"}}},
      {"Fifteen men and twenty-three women were held.",
       {{"Fifteen", 15, 15, "men"}, {"twenty-three", 23, 23, "women"}}},
      {"Two-thirds of members voted.", {{"Two-thirds", 200. / 3, 200. / 3, "%"}}},
      {"A third of the crew is missing.", {{"A third", 100. / 3, 100. / 3, "%"}}},
      {"Half of the town fled.", {{"Half", 50, 50, "%"}}},
      {"It was their fourth win.", {{"fourth", 4, 4, "win"}}},
      {"The 10th victim was found.", {{"10th", 10, 10, "victim"}}},
      {"Two hundred and fifty jobs will go.", {{"Two hundred and fifty", 250, 250, "jobs"}}},
      {"Half a million homes lost power.", {{"Half a million", 5e5, 5e5, "homes"}}},
      {"One and a half million people fled.", {{"One and a half million", 1.5e6, 1.5e6, "people"}}},
      {"A hundred firefighters came.", {{"A hundred", 100, 100, "firefighters"}}},
      {"Dozens of people were hurt.", {{"Dozens", 24, 119.88, "people"}}},
      {"Tens of thousands of people marched.", {{"Tens of thousands", 20000, 99900, "people"}}},
      {"More than 3,400 homes burned.", {{"More than 3,400", 3400, open, "homes"}}},
      {"Over 100 roads were shut.", {{"Over 100", 100, open, "roads"}}},
      {"No fewer than 30 boats sank.", {{"No fewer than 30", 30, open, "boats"}}},
      {"Fewer than 30 boats sank.", {{"Fewer than 30", -open, 30, "boats"}}},
      {"Up to 500 jobs will go.", {{"Up to 500", -open, 500, "jobs"}}},
      {"As many as 500 jobs will go.", {{"As many as 500", -open, 500, "jobs"}}},
      {"Just over 200 trains ran.", {{"Just over 200", 200, 220, "trains"}}},
      {"Almost 200 trains ran.", {{"Almost 200", 180, 200, "trains"}}},
      {"An estimated 200 trains ran.", {{"An estimated 200", 190, 210, "trains"}}},
      {"10 to 15 people were hurt.", {{"10 to 15", 10, 15, "people"}}},
      {"Between 3,000 and 4,000 people came.", {{"Between 3,000 and 4,000", 3000, 4000, "people"}}},
      {"It will cost 2.5 to 3 million crowns.", {{"2.5 to 3 million crowns", 2.5e6, 3e6, "crowns"}}},
      {"It will cost $5-10m.", {{"$5-10m", 5e6, 10e6, "$"}}},
      {"500+ people came.", {{"500+", 500, open, "people"}}},
      {"20 or so people came.", {{"20 or so", 19, 21, "people"}}},
      {"It cost four million U.S. dollars.", {{"four million U.S. dollars", 4e6, 4e6, "$"}}},
      {"A fine of 12m crowns was set.", {{"12m crowns", 12e6, 12e6, "crowns"}}},
      {"It paid €30,000 and £5 to each.", {{"€30,000", 30000, 30000, "€"}, {"£5", 5, 5, "£"}}},
      {"Rates rose to 4.5 per cent from 4.25 percent.",
       {{"4.5 per cent", 4.5, 4.5, "%"}, {"4.25 percent", 4.25, 4.25, "%"}}},
      {"They rose by 25 basis points, or 0.25 percentage points.",
       {{"25 basis points", .25, .25, "percentage points"}, {"0.25 percentage points", .25, .25, "percentage points"}}},
      {"A 6.1-magnitude quake hit; the second had a magnitude of 4.8.",
       {{"6.1-magnitude", 6.1, 6.1, "magnitude"}, {"4.8", 4.8, 4.8, "magnitude"}}},
      {"The magnitude 6.1 quake was 10 km deep.", {{"6.1", 6.1, 6.1, "magnitude"}, {"10 km", 10, 10, "km"}}},
      {"It was four nautical miles off.", {{"four nautical miles", 4, 4, "nautical miles"}}},
      {"The fire burned 300 sq km, or 30,000 hectares.",
       {{"300 sq km", 300, 300, "sq km"}, {"30,000 hectares", 30000, 30000, "hectares"}}},
      {"A 9-year-old girl and Ana Ruiz, 34, were held.",
       {{"9-year-old", 9, 9, "years old"}, {"34", 34, 34, "years old"}}},
      {"A man aged 41 died.", {{"41", 41, 41, "years old"}}},
      {"12 months of credit monitoring", {{"12 months", 12, 12, "months"}}},
      {"A 12-month ban", {{"12-month", 12, 12, "months"}}},
      {"The ban was 12 dead, 30 injured.", {{"12", 12, 12, "people"}, {"30", 30, 30, "people"}}},
      {"20 of its 60 doctors left.", {{"20", 20, 20, "doctors"}, {"60", 60, 60, "doctors"}}},
      {"Three other men were held.", {{"Three", 3, 3, "men"}}},
      {"14 serious adverse events were seen.", {{"14", 14, 14, "events"}}},
      {"It employs 300 staff.", {{"300", 300, 300, "staff"}}},
      {"There were no injuries.", {{"no", 0, 0, "injuries"}}},
      {"One person died.", {{"One", 1, 1, "people"}}},
      {"One train in ten is moving.", {{"One train in ten", 10, 10, "%"}}},
      {"Two of every five boxes stayed.", {{"Two of every five", 40, 40, "%"}}},
      {"A man of 53 was hurt.", {{"53", 53, 53, "years old"}}},
      {"There are 16-digit card numbers in it.", {{"16", 16, 16, "digit"}}},
      // no quantities
      {"One of the men, no one else, said one another.", {}},
      {"Flight 214 to gate 5 was an A320, and Covid-19 and F-16 and No. 4 are names.", {}},
      {"On 14 March 2031 at 5:10 a.m. it began.", {}},
      {"In the 1980s, in 1998 and on Oct. 28.", {}},
      {"Version 2.0.1 is out", {}},
      {"The 2028 breach was worse.", {}},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    const std::vector<Quantity> got = quantities_of(text);
    std::string quotes;
    for (const Quantity& q : got) quotes += text.substr(q.range.begin, q.range.size()) + " [" + q.unit + "]; ";
    EXPECT_EQ(got.size(), want.size()) << quotes;
    for (std::size_t i = 0; i < std::min(got.size(), want.size()); ++i) {
      const std::string quote = text.substr(got[i].range.begin, got[i].range.size());
      EXPECT_EQ(quote, want[i].quote);
      if (std::isfinite(want[i].low)) {
        EXPECT_NEAR(got[i].low, want[i].low, 1e-6 * std::abs(want[i].low)) << quote;
      } else {
        EXPECT_EQ(got[i].low, want[i].low) << quote;
      }
      if (std::isfinite(want[i].high)) {
        EXPECT_NEAR(got[i].high, want[i].high, 1e-6 * std::abs(want[i].high)) << quote;
      } else {
        EXPECT_EQ(got[i].high, want[i].high) << quote;
      }
      EXPECT_EQ(got[i].unit, want[i].unit) << quote;
    }
  }
}

struct DateCase {
  std::string text, quote, from, to;
  int minute = -1;
};

std::string day_text(std::optional<std::chrono::sys_days> day) { return day ? format_time(*day).substr(0, 10) : "-"; }

TEST(Dates, AreResolvedAgainstPublication) {
  // Published on Monday, 3 November 2031. The last date of the text is what is checked.
  const std::vector<DateCase> cases = {
      {"It happened on Tuesday.", "Tuesday", "2031-10-28", "2031-10-28"},
      {"He said on Monday that", "Monday", "2031-11-03", "2031-11-03"},
      {"The strike will begin on Thursday.", "Thursday", "2031-11-06", "2031-11-06"},
      {"last Monday", "Monday", "2031-10-27", "2031-10-27"},
      {"next Monday", "Monday", "2031-11-10", "2031-11-10"},
      {"on 14 March", "14 March", "2031-03-14", "2031-03-14"},
      {"on 14 March 2029", "14 March 2029", "2029-03-14", "2029-03-14"},
      {"on the 14th of March 2029", "14th of March 2029", "2029-03-14", "2029-03-14"},
      {"on March 14, 2029, it", "March 14, 2029", "2029-03-14", "2029-03-14"},
      {"on Oct. 28 and", "Oct. 28", "2031-10-28", "2031-10-28"},
      {"on Friday, Oct. 24.", "Friday, Oct. 24", "2031-10-24", "2031-10-24"},
      {"on Friday 24 October", "Friday 24 October", "2031-10-24", "2031-10-24"},
      {"from 14 to 16 March", "14 to 16 March", "2031-03-14", "2031-03-16"},
      {"March 14-16", "March 14-16", "2031-03-14", "2031-03-16"},
      {"in January", "January", "2031-01-01", "2031-01-31"},
      {"since December", "December", "2031-12-01", "2031-12-31"},
      {"in March 2028", "March 2028", "2028-03-01", "2028-03-31"},
      {"In May the", "May", "2031-05-01", "2031-05-31"},
      {"last March", "March", "2031-03-01", "2031-03-31"},
      {"next March", "March", "2032-03-01", "2032-03-31"},
      {"it will close by 31 January", "31 January", "2032-01-31", "2032-01-31"},
      {"In 2028, a breach", "2028", "2028-01-01", "2028-12-31"},
      {"in the 1990s", "1990s", "1990-01-01", "1999-12-31"},
      {"It ended yesterday.", "yesterday", "2031-11-02", "2031-11-02"},
      {"It ends tomorrow.", "tomorrow", "2031-11-04", "2031-11-04"},
      {"It ended last night.", "last night", "2031-11-02", "2031-11-02"},
      {"this morning", "this morning", "2031-11-03", "2031-11-03"},
      {"last week", "last week", "2031-10-27", "2031-11-02"},
      {"last month", "last month", "2031-10-01", "2031-10-31"},
      {"next year", "next year", "2032-01-01", "2032-12-31"},
      {"over the weekend", "the weekend", "2031-11-01", "2031-11-02"},
      {"two days ago", "two days ago", "2031-11-01", "2031-11-01"},
      {"a week ago", "a week ago", "2031-10-27", "2031-10-27"},
      {"three years ago", "three years ago", "2028-01-01", "2028-12-31"},
      {"It began on 14 March and ended two days later.", "two days later", "2031-03-16", "2031-03-16"},
      {"It was found on 14 March, but known the day before.", "the day before", "2031-03-13", "2031-03-13"},
      {"It began on 14 March. The next day it ended.", "The next day", "2031-03-15", "2031-03-15"},
      {"known the day before.", "the day before", "-", "-"},
      {"the day before yesterday", "the day before yesterday", "2031-11-01", "2031-11-01"},
      {"called in for the 18th, they", "the 18th", "2031-11-18", "2031-11-18"},
      {"2031-03-14", "2031-03-14", "2031-03-14", "2031-03-14"},
      {"on 14/03/2031", "14/03/2031", "2031-03-14", "2031-03-14"},
      {"on 3/14/2031", "3/14/2031", "2031-03-14", "2031-03-14"},
      {"on 4/3/2031", "4/3/2031", "-", "-"},
      {"in Q3 2031", "Q3 2031", "2031-07-01", "2031-09-30"},
      {"at 5:10 a.m. it", "5:10 a.m.", "-", "-", 310},
      {"at 5.10am it", "5.10am", "-", "-", 310},
      {"by 9 p.m.", "9 p.m.", "-", "-", 21 * 60},
      {"by 9pm.", "9pm", "-", "-", 21 * 60},
      {"at 12.30 p.m. it", "12.30 p.m.", "-", "-", 12 * 60 + 30},
      {"at 17:45 it", "17:45", "-", "-", 17 * 60 + 45},
      {"at 17.45 it", "17.45", "-", "-", 17 * 60 + 45},
      {"about 0410 GMT", "0410 GMT", "-", "-", 4 * 60 + 10},
      {"at ten past five", "ten past five", "-", "-", 5 * 60 + 10},
      {"at eighteen minutes past two", "eighteen minutes past two", "-", "-", 2 * 60 + 18},
      {"at nineteen minutes to six", "nineteen minutes to six", "-", "-", 5 * 60 + 41},
      {"at half past five in the afternoon", "half past five in the afternoon", "-", "-", 17 * 60 + 30},
      {"at a quarter to nine", "quarter to nine", "-", "-", 8 * 60 + 45},
      {"at five o'clock", "five o'clock", "-", "-", 300},
      {"at six in the morning", "six in the morning", "-", "-", 360},
      {"before eight on Sunday evening", "eight on Sunday evening", "2031-11-02", "2031-11-02", 20 * 60},
      {"at noon", "noon", "-", "-", 720},
      {"at twenty to midnight", "twenty to midnight", "-", "-", 23 * 60 + 40},
      {"at ten past noon", "ten past noon", "-", "-", 12 * 60 + 10},
      {"at a quarter to midnight on Sunday", "quarter to midnight on Sunday", "2031-11-02", "2031-11-02", 23 * 60 + 45},
      {"at 5:41 a.m. on Sunday, Sept. 7, it", "5:41 a.m. on Sunday, Sept. 7", "2031-09-07", "2031-09-07", 341},
      {"on Tuesday at 11:40 p.m.", "Tuesday at 11:40 p.m.", "2031-10-28", "2031-10-28", 23 * 60 + 40},
      {"11 a.m. Tuesday", "11 a.m. Tuesday", "2031-10-28", "2031-10-28", 660},
  };
  for (const DateCase& c : cases) {
    SCOPED_TRACE(c.text);
    const std::vector<DateMention> got = find_dates(c.text, published);
    if (got.empty()) {
      ADD_FAILURE() << "nothing found";
      continue;
    }
    const DateMention& d = got.back();
    EXPECT_EQ(c.text.substr(d.range.begin, d.range.size()), c.quote);
    EXPECT_EQ(day_text(d.from), c.from);
    EXPECT_EQ(day_text(d.to), c.to);
    EXPECT_EQ(d.minute_of_day.value_or(-1), c.minute);
  }
}

TEST(Dates, AreNotSeenWhereThereAreNone) {
  for (const std::string text :
       {"It may rain.", "They march on.", "May Smith and April Jones met.", "He won 6-3.", "about 2000 people",
        "It rose 4.25 per cent at 2.35 dollars.", "2 days of talks", "the second day"}) {
    EXPECT_TRUE(find_dates(text, published).empty()) << text;
  }
}

TEST(Dates, StayUnresolvedWithoutPublication) {
  for (const std::string text : {"on Tuesday", "in January", "yesterday", "two days ago", "last week"}) {
    const std::vector<DateMention> got = find_dates(text, std::nullopt);
    ASSERT_EQ(got.size(), 1u) << text;
    EXPECT_FALSE(got[0].from || got[0].to) << text;
  }
  EXPECT_TRUE(find_dates("on 14 March 2029", std::nullopt).at(0).from);
}

TEST(Quantities, KeepTheLawsOfSpansOnAnyText) {
  const std::vector<std::string> pieces = {
      "12",   "3,400",   "1.5",   "$",        "€",
      "%",    "million", "bn",    "at least", "about",
      "a",    "dozen",   "two",   "-",        "twenty",
      "and",  "half",    "third", "of",       "in",
      "ten",  "the",     "18th",  "Tuesday",  "March",
      "Oct.", "2031",    "a.m.",  "5:10",     "days",
      "ago",  "later",   "to",    "between",  "people",
      "dead", "é",       "北",    "–",        "'",
      "\"",   ".",       ",",     "\n",       "999999999999999999999999999999999999",
      "0",    "31",      "past",  "quarter",  "Q3",
      "/",    "1e9",     "+",     "sq",       "km",
      "per",  "cent",    "last",  "next",     "99999",
      "year", "years",   "week"};
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::size_t n = random() % 14; n > 0; --n) {
      text += pieces[random() % pieces.size()];
      if (random() % 4) text += ' ';
    }
    SCOPED_TRACE(text);
    const std::vector<DateMention> dates = find_dates(text, published);
    const std::vector<Quantity> quantities = find_quantities(text, dates);
    const auto own_range = [](const auto& item) { return item.range; };
    testing::expect_ranges(text, dates, own_range);
    testing::expect_ranges(text, quantities, own_range);
    for (const Quantity& q : quantities) {
      EXPECT_LT(q.range.begin, q.range.end);
      EXPECT_LE(q.low, q.high);
      EXPECT_TRUE(std::isfinite(q.value));
      EXPECT_TRUE(testing::is_valid_range(text, q.noun));
      for (const DateMention& d : dates) EXPECT_TRUE(d.range.end <= q.range.begin || q.range.end <= d.range.begin);
    }
    for (const DateMention& d : dates) {
      EXPECT_EQ(d.from.has_value(), d.to.has_value());
      EXPECT_TRUE(!d.from || *d.from <= *d.to);
      EXPECT_TRUE(!d.minute_of_day || (*d.minute_of_day >= 0 && *d.minute_of_day < 1440));
    }
    if (HasFailure()) FAIL();
  }
}

TEST(Quantities, TakeTimeInProportionToLength) {
  for (const std::string unit :
       {"1 ", "1,", "one ", "a ", "- ", "of ", "1-", "12 dead ", "more than ", "million ", "1.1", "Tuesday ", "9"}) {
    std::string text;
    while (text.size() < 400'000) text += unit;
    quantities_of(text);
  }
}

}  // namespace
}  // namespace storymerge
