// Which times are read, which are refused; what is written is read back.

#include "storymerge/base/time.h"

#include <gtest/gtest.h>

#include <random>

namespace storymerge {
namespace {

std::string normal(std::string_view text) {
  const auto time = parse_time(text);
  return time ? format_time(*time) : "none";
}

TEST(Time, ReadsRfc3339AndItsLooserForms) {
  EXPECT_EQ(normal("2031-03-14T09:20:00Z"), "2031-03-14T09:20:00Z");
  EXPECT_EQ(normal("2031-03-14t09:20:00z"), "2031-03-14T09:20:00Z");
  EXPECT_EQ(normal("2031-03-14 09:20:00"), "2031-03-14T09:20:00Z");
  EXPECT_EQ(normal("2031-03-14T09:20"), "2031-03-14T09:20:00Z");
  EXPECT_EQ(normal("2031-03-14"), "2031-03-14T00:00:00Z");
  EXPECT_EQ(normal("2031-03-14T09:20:00.123456789Z"), "2031-03-14T09:20:00Z");
  EXPECT_EQ(normal("2031-03-14T00:20:00+02:00"), "2031-03-13T22:20:00Z");
  EXPECT_EQ(normal("2031-12-31T23:20:00-0130"), "2032-01-01T00:50:00Z");
  EXPECT_EQ(normal("2028-02-29"), "2028-02-29T00:00:00Z");
  EXPECT_EQ(normal("0001-01-01"), "0001-01-01T00:00:00Z");
  EXPECT_EQ(normal("9999-12-31T23:59:59Z"), "9999-12-31T23:59:59Z");
}

TEST(Time, RefusesWhatNoCalendarHas) {
  for (const char* text : {"", "2031", "2031-3-14", "2031-13-01", "2031-02-29", "2100-02-29", "2031-04-31",
                           "0000-01-01", "2031-03-14T", "2031-03-14T24:00", "2031-03-14T09:60", "2031-03-14T09:20:61",
                           "2031-03-14T09:20:00.Z", "2031-03-14T09:20:00+24:00", "2031-03-14T09:20:00+01:60",
                           "2031-03-14T09:20:00Zulu", "2031-03-14T09:20:00+01:00x", "14 March 2031", " 2031-03-14"}) {
    EXPECT_EQ(normal(text), "none") << text;
  }
}

TEST(Time, WhatIsWrittenIsReadBack) {
  std::mt19937_64 random(2);
  const auto low = parse_time("0001-01-01")->time_since_epoch().count();
  const auto high = parse_time("9999-12-31T23:59:59Z")->time_since_epoch().count();
  std::uniform_int_distribution<long long> any(low, high);
  for (int i = 0; i < 20000; ++i) {
    const Time time{std::chrono::seconds(any(random))};
    EXPECT_EQ(parse_time(format_time(time)), time);
  }
}

TEST(Time, NoBytesAtAllMakeItCrash) {
  std::mt19937 random(3);
  const std::string_view alphabet = "0123456789-:TZ+. \xff";
  for (int i = 0; i < 50000; ++i) {
    std::string text = "2031-03-14T09:20:00+01:00";
    for (int k = 0; k < 3; ++k) text[random() % text.size()] = alphabet[random() % alphabet.size()];
    text.resize(random() % (text.size() + 1));
    if (const auto time = parse_time(text)) {
      EXPECT_EQ(parse_time(format_time(*time)), time) << text;
    }
  }
}

}  // namespace
}  // namespace storymerge
