// What is written is read back, old files too; no damaged byte goes unnoticed.

#include "storymerge/sketch/signature_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "storymerge/base/error.h"
#include "storymerge/sketch/shingles.h"
#include "support/paths.h"

namespace storymerge {
namespace {

const char* const texts[] = {
    "The ferry Aurora Sol capsized off Lidra on Tuesday, killing at least 12 people, officials said.", "",
    "東京で地震がありました。", "Málek told reporters: “We don’t know.”"};

struct Made {
  MinHashOptions options{SketchScheme::affine32, 32, 7};
  std::vector<std::uint64_t> ids = {11, 22, 33, 44};
  std::vector<std::uint32_t> slots;

  Made() {
    for (const char* text : texts) {
      MinHash minhash(options);
      minhash.update(shingle_hashes(fold_words(text)));
      slots.insert(slots.end(), minhash.slots().begin(), minhash.slots().end());
    }
  }
};

std::string scratch_file() {
  return ::testing::TempDir() + "signatures_" + ::testing::UnitTest::GetInstance()->current_test_info()->name();
}

std::string read_all(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void expect_same(const SignatureFile& file, const Made& made) {
  ASSERT_EQ(file.size(), made.ids.size());
  EXPECT_EQ(file.options(), made.options);
  for (std::size_t i = 0; i < file.size(); ++i) {
    EXPECT_EQ(file.ids()[i], made.ids[i]);
    const auto row = std::span(made.slots).subspan(i * 32, 32);
    EXPECT_TRUE(std::equal(row.begin(), row.end(), file.slots(i).begin(), file.slots(i).end())) << i;
  }
}

TEST(SignatureFile, ReadsWhatWasWritten) {
  const Made made;
  const std::string path = scratch_file();
  write_signatures(path, made.options, made.ids, made.slots);
  SignatureFile file(path);
  expect_same(file, made);
  SignatureFile moved(std::move(file));
  expect_same(moved, made);
  write_signatures(path, made.options, {}, {});
  moved = SignatureFile(path);
  EXPECT_EQ(moved.size(), 0u);
}

// A file of the first version, made once and kept: both what it says and what these texts give today must stay.
TEST(SignatureFile, ReadsTheFirstVersion) {
  const std::string path = std::string(storymerge::testing::root_path) + "/tests/sketch/signatures_v1.bin";
  if (std::getenv("STORYMERGE_MAKE_FIXTURE") != nullptr) {
    const Made made;
    write_signatures(path, made.options, made.ids, made.slots);
  }
  expect_same(SignatureFile(path), Made());
}

TEST(SignatureFile, RefusesWhatIsDamaged) {
  const Made made;
  const std::string path = scratch_file();
  write_signatures(path, made.options, made.ids, made.slots);
  const std::string good = read_all(path);
  const auto code = [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    try {
      SignatureFile file(path);
    } catch (const Error& error) {
      return static_cast<int>(error.code());
    }
    return -1;
  };
  EXPECT_EQ(code(good), -1);
  for (std::size_t i = 0; i < good.size(); ++i) {  // one bit wrong anywhere
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 4);
    ASSERT_NE(code(bad), -1) << i;
  }
  for (std::size_t size = 0; size < good.size(); size += 7) ASSERT_NE(code(good.substr(0, size)), -1) << size;
  EXPECT_NE(code(good + "x"), -1);
  EXPECT_THROW(SignatureFile("/no/such/file"), Error);
  EXPECT_THROW(SignatureFile("/tmp"), Error);
  EXPECT_THROW(write_signatures("/no/such/folder/file", made.options, made.ids, made.slots), Error);
  EXPECT_THROW(write_signatures(path, made.options, {}, made.slots), Error);
}

}  // namespace
}  // namespace storymerge
