// The n-th read fails, for every n of every format: an error of reading, and never another text.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <istream>
#include <iterator>
#include <streambuf>

#include "storymerge/base/error.h"
#include "storymerge/read/read.h"
#include "support/files.h"

namespace storymerge {
namespace {

// Gives bytes piece by piece; the piece after so many breaks.
class BreakingBuffer : public std::streambuf {
 public:
  BreakingBuffer(std::string bytes, std::size_t breaks_at) : bytes_(std::move(bytes)), breaks_at_(breaks_at) {}
  std::size_t reads() const { return reads_; }

 protected:
  int_type underflow() override {
    constexpr std::size_t piece = 200;
    if (reads_++ == breaks_at_) throw std::ios_base::failure("the disk is gone");
    if (at_ >= bytes_.size()) return traits_type::eof();
    char* const begin = bytes_.data() + at_;
    const std::size_t n = std::min(piece, bytes_.size() - at_);
    at_ += n;
    setg(begin, begin, begin + n);
    return traits_type::to_int_type(*begin);
  }

 private:
  std::string bytes_;
  std::size_t breaks_at_, reads_ = 0, at_ = 0;
};

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Faults, AReadThatFailsIsAnErrorAndNoText) {
  const testing::TemporaryFolder folder;
  const std::string words =
      "The ferry Aurora Sol capsized off Lidra on Friday and twelve people died, officials said. ";
  std::string text = "Ferry capsizes\n\n", page = "<html><body><article><h1>Ferry capsizes</h1>";
  for (int i = 0; i < 12; ++i) {
    text += words + std::to_string(i) + "\n\n";
    page += "<p>" + words + std::to_string(i) + "</p>";
  }
  std::string lines;
  for (int i = 0; i < 12; ++i) lines += R"({"id":")" + std::to_string(i) + R"(","text":")" + words + "\"}\n";
  std::vector<std::string> files = {folder.write("a.txt", text),
                                    folder.write("a.html", page + "</article></body></html>"),
                                    folder.write("a.jsonl", lines)};
  for (const char* tool : {"gzip -k ", "zstd -qk "}) {
    for (const char* name : {"a.html", "a.jsonl"}) testing::run(tool + (folder / name).string());
  }
  for (const char* name : {"a.html.gz", "a.jsonl.gz", "a.html.zst", "a.jsonl.zst"}) {
    files.push_back((folder / name).string());
  }
  for (const std::string& file : files) {
    const std::string bytes = bytes_of(file);
    ASSERT_FALSE(bytes.empty()) << file;
    BreakingBuffer whole(bytes, bytes.size() + 1);
    std::istream stream(&whole);
    ASSERT_FALSE(read_articles(stream, file).corpus.empty()) << file;
    ASSERT_GE(whole.reads(), 2u) << file;
    for (std::size_t n = 0; n < whole.reads(); ++n) {
      BreakingBuffer breaking(bytes, n);
      std::istream broken(&breaking);
      try {
        read_articles(broken, file);
        ADD_FAILURE() << file << " is read without read " << n << " of " << whole.reads();
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::io) << file << ": " << error.what();
      }
    }
  }
}

}  // namespace
}  // namespace storymerge
