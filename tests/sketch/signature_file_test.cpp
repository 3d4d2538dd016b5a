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
    EXPECT_EQ(file.id(i), made.ids[i]);
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

// A file of this version, made once and kept: both what it says and what these texts give today must stay.
TEST(SignatureFile, ReadsTheFileThatIsKept) {
  const std::string path = std::string(storymerge::testing::root_path) + "/tests/sketch/signatures_v2.bin";
  if (std::getenv("STORYMERGE_MAKE_FIXTURE") != nullptr) {
    const Made made;
    write_signatures(path, made.options, made.ids, made.slots);
  }
  expect_same(SignatureFile(path), Made());
}

TEST(SignatureWriter, AddsBlockAfterBlock) {
  const Made made;
  const std::string path = scratch_file();
  std::filesystem::remove(path);
  for (std::size_t i = 0; i < made.ids.size(); ++i) {
    SignatureWriter writer(path, made.options);
    writer.add(made.ids[i], std::span(made.slots).subspan(i * 32, 32), "text " + std::to_string(i),
               100 - static_cast<int>(i));
    if (i % 2 == 1) {
      SignatureWriter moved(std::move(writer));
      moved.sync();
      moved.sync();  // nothing to write
      moved.add(99, std::span(made.slots).first(32));
    } else {
      writer.sync();
    }
  }
  const SignatureFile file(path);
  expect_same(file, made);
  for (std::size_t i = 0; i < file.size(); ++i) {
    EXPECT_EQ(file.name(i), "text " + std::to_string(i));
    EXPECT_EQ(file.time(i), 100 - static_cast<int>(i));
  }
}

// Killed at any byte: what was synced is there, and the next writer goes on from it.
TEST(SignatureWriter, AFileThatIsCutOpensUpToTheLastSync) {
  const Made made;
  const std::string path = scratch_file();
  std::filesystem::remove(path);
  std::vector<std::size_t> ends;
  {
    SignatureWriter writer(path, made.options);
    ends.push_back(std::filesystem::file_size(path));
    for (std::size_t i = 0; i < made.ids.size(); ++i) {
      writer.add(made.ids[i], std::span(made.slots).subspan(i * 32, 32), "n");
      writer.sync();
      ends.push_back(std::filesystem::file_size(path));
    }
  }
  const std::string good = read_all(path);
  for (std::size_t size = ends[0]; size <= good.size(); ++size) {
    std::ofstream(path, std::ios::binary) << good.substr(0, size);
    std::size_t whole = 0;
    while (whole + 1 < ends.size() && ends[whole + 1] <= size) ++whole;
    {
      const SignatureFile file(path);
      ASSERT_EQ(file.size(), whole) << size;
      ASSERT_EQ(file.cut_bytes(), size - ends[whole]);
    }
    if (size % 5 != 0) continue;
    SignatureWriter writer(path, made.options);
    writer.add(7, std::span(made.slots).first(32));
    writer.sync();
    const SignatureFile file(path);
    ASSERT_EQ(file.size(), whole + 1);
    ASSERT_EQ(file.id(whole), 7u);
    ASSERT_EQ(file.cut_bytes(), 0u);
  }
  for (std::size_t size = 0; size < ends[0]; ++size) {
    std::ofstream(path, std::ios::binary) << good.substr(0, size);
    EXPECT_THROW(SignatureFile{path}, Error);
    EXPECT_NO_THROW(SignatureWriter(path, made.options));
  }
}

TEST(SignatureWriter, RefusesAnotherKindAndSaysInWhat) {
  const Made made;
  const std::string path = scratch_file();
  std::filesystem::remove(path);
  SignatureWriter first(path, made.options);
  EXPECT_THROW(SignatureWriter(path, made.options), Error);  // one at a time
  EXPECT_THROW(first.add(1, std::span(made.slots).first(31)), Error);
  { SignatureWriter closed(std::move(first)); }
  const auto message = [&](auto change) {
    MinHashOptions other = made.options;
    change(other);
    try {
      SignatureWriter(path, other);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::incompatible);
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_NE(message([](MinHashOptions& o) { o.num_perm = 64; }).find("num_perm 32 and 64"), std::string::npos);
  EXPECT_NE(message([](MinHashOptions& o) { o.ngram = 5; }).find("ngram 3 and 5"), std::string::npos);
  EXPECT_NE(message([](MinHashOptions& o) { o.seed = 1; }).find("seed 7 and 1"), std::string::npos);
  EXPECT_NE(message([](MinHashOptions& o) { o.scheme = SketchScheme::similarity; }).find("scheme 1 and 2"),
            std::string::npos);
  std::ofstream(path, std::ios::binary) << "not ours";
  EXPECT_THROW(SignatureWriter(path, made.options), Error);
  EXPECT_EQ(read_all(path), "not ours");
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
  for (std::size_t size = 0; size < 64; size += 7) ASSERT_NE(code(good.substr(0, size)), -1) << size;
  EXPECT_NE(code(good + std::string(40, 'x')), -1);
  EXPECT_THROW(SignatureFile("/no/such/file"), Error);
  EXPECT_THROW(SignatureFile("/tmp"), Error);
  EXPECT_THROW(write_signatures("/no/such/folder/file", made.options, made.ids, made.slots), Error);
  EXPECT_THROW(write_signatures(path, made.options, {}, made.slots), Error);
}

}  // namespace
}  // namespace storymerge
