// Spellings of dates with one reading, each beside one that has none.

#include <gtest/gtest.h>

#include "read/dates.h"

namespace storymerge::read {
namespace {

struct Row {
  const char* text;
  const char* time;  // "" when it is no date
  int offset = 0;    // minutes; 0: absent
};

TEST(Dates, OneReadingOrNone) {
  const Row rows[] = {{"2031-03-04T09:20:00+01:00", "2031-03-04T08:20:00Z", 60},
                      {"2031-03-04 09:20:00 +01:00", "2031-03-04T08:20:00Z", 60},
                      {"2031-03-04 09:20:00 +0100", "2031-03-04T08:20:00Z", 60},
                      {"20310304T092000Z", "2031-03-04T09:20:00Z"},
                      {"20310304", "2031-03-04T00:00:00Z"},
                      {"1930382400", "2031-03-04T09:20:00Z"},
                      {"1930382400000", "2031-03-04T09:20:00Z"},
                      {"19303824000", ""},
                      {"Tue, 04 Mar 2031 09:20:00 GMT", "2031-03-04T09:20:00Z"},
                      {"Tue, 04 Mar 2031 09:20:00 EST", "2031-03-04T14:20:00Z", -300},
                      {"4 Mar 31 09:20:00 GMT", "2031-03-04T09:20:00Z"},
                      {"Tue, 04 Mars 2031 09:20:00 +0100", "2031-03-04T08:20:00Z", 60},
                      {"Tue Mar  4 09:20:00 2031", "2031-03-04T09:20:00Z"},
                      {"Tuesday, March 4, 2031 - 9:20am GMT", "2031-03-04T09:20:00Z"},
                      {"Tue, 04 Mar 2031 24:00:00 GMT", "2031-03-05T00:00:00Z"},
                      {"Tue, 04 Mar 2031 25:00:00 GMT", ""},
                      {"4. M\u00E4rz 2031, 9.20 Uhr", "2031-03-04T09:20:00Z"},
                      {"4 de marzo de 2031", "2031-03-04T00:00:00Z"},
                      {"4 mars 2031 \u00E0 9h20", "2031-03-04T09:20:00Z"},
                      {"2031\u5E743\u67084\u65E5", "2031-03-04T00:00:00Z"},
                      {"14.3.2031", "2031-03-14T00:00:00Z"},
                      {"14/3/2031", "2031-03-14T00:00:00Z"},
                      {"3/14/2031", "2031-03-14T00:00:00Z"},
                      {"3/4/2031", ""},
                      {"31/2/2031", ""},
                      {"March 2031", ""},
                      {"yesterday", ""},
                      {"", ""}};
  for (const Row& row : rows) {
    const auto got = read_date(row.text);
    EXPECT_EQ(got ? format_time(got->time) : "", row.time) << row.text;
    if (got) {
      EXPECT_EQ(got->offset ? got->offset->count() : 0, row.offset) << row.text;
    }
  }
}

TEST(Dates, InsideALineOfThePage) {
  const Row rows[] = {{"Published on Wednesday, 2 April 2031 at 5.30 pm", "2031-04-02T17:30:00Z"},
                      {"By Ola Brandt, 2 April 2031", "2031-04-02T00:00:00Z"},
                      {"Updated: April 2, 2031 | 3 min read", "2031-04-02T00:00:00Z"},
                      {"Copyright 2019-2032 Valburg News", ""},
                      {"The 12 men of May", ""}};
  for (const Row& row : rows) {
    const auto got = find_date(row.text);
    EXPECT_EQ(got ? format_time(got->time) : "", row.time) << row.text;
  }
}

}  // namespace
}  // namespace storymerge::read
