// A stream that fails: every writer, at every write that it makes.
#include <gtest/gtest.h>

#include <ostream>
#include <streambuf>

#include "storymerge/write/json_writer.h"
#include "storymerge/write/word_for.h"
#include "storymerge/write/writer.h"
#include "write/sample.h"

namespace storymerge {
namespace {

struct DiskFull {};

// Fails at its n-th write and at every later one: throws, or only says so.
class FailingBuffer : public std::streambuf {
 public:
  FailingBuffer(std::size_t n, bool throws) : n_(n), throws_(throws) {}
  std::size_t writes() const { return writes_; }

 protected:
  int_type overflow(int_type c) override { return write() ? traits_type::not_eof(c) : traits_type::eof(); }
  std::streamsize xsputn(const char*, std::streamsize size) override { return write() ? size : 0; }

 private:
  bool write() {
    if (writes_++ < n_) return true;
    if (throws_) throw DiskFull();
    return false;
  }

  std::size_t n_, writes_ = 0;
  bool throws_;
};

const std::vector<std::pair<Format, samples::Sample>>& documents() {
  static const auto all = [] {
    std::vector<std::pair<Format, samples::Sample>> out;
    for (const Format format : {Format::markdown, Format::jsonl, Format::html, Format::jsonld, Format::ninjs}) {
      out.emplace_back(format, samples::example());
      out.emplace_back(format, samples::hostile());
    }
    return out;
  }();
  return all;
}

TEST(Faults, AWriteThatFailsIsToldByEveryFormat) {
  for (const auto& [format, sample] : documents()) {
    FailingBuffer counting(std::size_t(-1), false);
    std::ostream unharmed(&counting);
    write(format, unharmed, sample.corpus, sample.stories);
    ASSERT_TRUE(unharmed);
    ASSERT_GT(counting.writes(), 1u);
    for (std::size_t n = 0; n < counting.writes(); ++n) {
      FailingBuffer quiet(n, false);
      std::ostream out(&quiet);
      write(format, out, sample.corpus, sample.stories);
      EXPECT_TRUE(out.bad()) << word_for(format) << ' ' << n;

      FailingBuffer loud(n, true);
      std::ostream throwing(&loud);
      throwing.exceptions(std::ios::badbit);
      EXPECT_THROW(write(format, throwing, sample.corpus, sample.stories), DiskFull) << word_for(format) << ' ' << n;
    }
  }
}

TEST(Faults, TheDestructorOfAJsonWriterThrowsNothing) {
  FailingBuffer buffer(0, true);
  std::ostream out(&buffer);
  out.exceptions(std::ios::badbit);
  {
    JsonWriter json(out);
    json.begin_array().value("in the buffer until the bracket is closed");
  }
  EXPECT_EQ(buffer.writes(), 1u);
  EXPECT_TRUE(out.bad());
  EXPECT_THROW(JsonWriter(out).value(1.5), std::ios_base::failure);  // outermost values come through at once
}

}  // namespace
}  // namespace storymerge
