// Lines of a live page that open with a time of day date what stands below them; a list of prices or one time dates nothing.

#include "text/live_entries.h"

#include <gtest/gtest.h>

#include <string>

namespace storymerge {
namespace {

TEST(LiveEntries, AreLinesThatOpenWithTimesInARow) {
  struct Row {
    const char *text, *published, *times;
  };
  for (const Row& row :
       {Row{"11:05 Fifteen dead.\n\n9:00 Twelve dead.\n\n6:30 A slide.", "2031-10-04T11:10:00Z",
            "2031-10-04T11:05:00Z 2031-10-04T09:00:00Z 2031-10-04T06:30:00Z "},
        Row{"6h30 Un glissement.\n9h00 Douze morts.\n11h05 Quinze morts.", "2031-10-04T06:30:00Z",
            "2031-10-04T06:30:00Z 2031-10-04T09:00:00Z 2031-10-04T11:05:00Z "},
        Row{"00:20\nNeun Tote.\n23:10\nSieben Tote.\n21.40 Uhr: Ein Zug.", "2031-10-04T21:40:00Z",
            "2031-10-05T00:20:00Z 2031-10-04T23:10:00Z 2031-10-04T21:40:00Z "},
        Row{"2:15 p.m. Nine dead.\n1:05 p.m. Seven.\n11:30 a.m. A train.", "2031-10-04T14:20:00Z",
            "2031-10-04T14:15:00Z 2031-10-04T13:05:00Z 2031-10-04T11:30:00Z "},
        Row{"11:05 Fifteen dead.\n9:00 Twelve dead.", "2031-10-04T11:10:00Z", ""},  // too few
        Row{"11:05 A.\n9:00 B.\n6:30 C.", "", ""},                                  // on which day?
        Row{"12.50 crowns: soup\n9.20 crowns: tea\n11.30 crowns: fish\n8.10 crowns: bread\n14.00 crowns: cake",
            "2031-10-04T11:10:00Z", ""},  // in no order
        Row{"At 11:05 fifteen were dead. It was 12 at 9:00.", "2031-10-04T11:10:00Z", ""}}) {
    Article a;
    a.id = "a", a.text = row.text;
    if (*row.published != 0) a.published = parse_time(row.published);
    std::string times;
    for (const DatedPassage& entry : find_entries(a)) times += format_time(entry.time) + ' ';
    EXPECT_EQ(times, row.times) << row.text;
  }
}

}  // namespace
}  // namespace storymerge
