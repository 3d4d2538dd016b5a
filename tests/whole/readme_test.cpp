// The README's first program is examples/quickstart.cpp, and prints what the README says.
#include <gtest/gtest.h>

#include "support/files.h"

namespace storymerge {
namespace {

// The content of the n-th fenced block that opens with ```LANGUAGE.
std::string block(const std::string& text, const std::string& language, std::size_t n = 0) {
  const std::string fence = "\n```" + language + "\n";
  std::size_t at = text.find(fence);
  while (n-- > 0 && at != std::string::npos) at = text.find(fence, at + 1);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + fence.size();
  return text.substr(begin, text.find("\n```", begin) + 1 - begin);
}

TEST(Readme, FirstProgramIsTheExampleAndPrintsWhatItSays) {
  const std::string readme = testing::read_file(testing::project_root / "README.md");
  std::string example = testing::read_file(testing::project_root / "examples" / "quickstart.cpp");
  example.erase(0, example.find('\n') + 1);  // its opening comment
  EXPECT_EQ(block(readme, "cpp"), example);
  const std::string program = std::string(testing::program_folder) + "/quickstart";
  if (!std::filesystem::exists(program)) GTEST_SKIP() << "the examples are not built";
  EXPECT_EQ(testing::run(program).output, block(readme, "text"));
}

TEST(Readme, NamesEveryExampleAndEveryRoom) {
  const std::string readme = testing::read_file(testing::project_root / "README.md");
  for (const auto& entry : std::filesystem::directory_iterator(testing::project_root / "examples")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string name = entry.path().filename();
    EXPECT_NE(readme.find("(examples/" + name + ")"), std::string::npos) << name;
  }
  for (const auto& entry : std::filesystem::directory_iterator(testing::project_root / "include" / "storymerge")) {
    if (!entry.is_directory()) continue;
    const std::string name = entry.path().filename();
    EXPECT_NE(readme.find("(include/storymerge/" + name + ")"), std::string::npos) << name;
  }
}

TEST(Readme, OfTheDataNamesEveryFile) {
  const auto data = testing::project_root / "data";
  const std::string readme = testing::read_file(data / "README.md");
  for (const auto& entry : std::filesystem::directory_iterator(data)) {
    const std::string name = entry.path().filename();
    if (name == "README.md") continue;
    EXPECT_NE(readme.find("`" + name + (entry.is_directory() ? "/`" : "`")), std::string::npos) << name;
  }
}

TEST(Readme, NamesOnlyFilesThatExist) {
  for (const char* page : {"README.md", "CONTRIBUTING.md", "data/README.md"}) {
    const std::string text = testing::read_file(testing::project_root / page);
    EXPECT_FALSE(text.empty()) << page;
    const auto folder = (testing::project_root / page).parent_path();
    // Markdown links to files of the tree.
    for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
      const std::string target = text.substr(at + 2, text.find_first_of(")#", at + 2) - at - 2);
      if (target.empty() || target.starts_with("http")) continue;
      EXPECT_TRUE(std::filesystem::exists(folder / target)) << page << " names " << target;
    }
  }
}

}  // namespace
}  // namespace storymerge
