#include "storymerge/eval/gold.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "storymerge/base/error.h"

namespace storymerge {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& file, const std::string& what) {
  throw Error(ErrorCode::bad_input, fmt::format("gold file '{}': {}", file, what));
}

std::string_view text_of(const json::string& s) { return {s.data(), s.size()}; }

// One file. Keeps its name for messages.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  GoldStory read() {
    std::ifstream in(file_, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw Error(ErrorCode::io, fmt::format("cannot read gold file '{}'", file_));
    boost::system::error_code failure;
    const json::value root = json::parse(bytes, failure);
    if (failure) refuse(file_, fmt::format("not JSON: {}", failure.message()));
    const json::object& story = object(root, "the file");

    GoldStory out;
    out.name = string(story, "story");
    out.title = optional_string(story, "title");
    for (const auto& [id, wording] : object(member(story, "claims"), "claims")) {
      claims_.emplace(std::string(id), static_cast<std::uint32_t>(out.claims.size()));
      out.claims.emplace_back(wording.is_string() ? text_of(wording.get_string()) : "");
    }
    const json::array& articles = array(member(story, "articles"), "articles");
    std::map<std::string, std::uint32_t> article_of;
    for (const json::value& value : articles) {
      out.articles.push_back(read_article(object(value, "an article")));
      const auto index = static_cast<std::uint32_t>(out.articles.size() - 1);
      if (!article_of.emplace(out.articles.back().article.id, index).second) {
        refuse(file_, fmt::format("article '{}' is given twice", out.articles.back().article.id));
      }
    }
    for (std::size_t i = 0; i < articles.size(); ++i) {
      const std::string original = optional_string(articles[i].get_object(), "copy_of");
      if (original.empty()) continue;
      const auto at = article_of.find(original);
      if (at == article_of.end()) refuse(file_, fmt::format("copy_of '{}': no such article", original));
      out.articles[i].copy_of = at->second;
    }
    for (std::uint32_t i = 0; i < out.articles.size(); ++i) check_copies_end(out, i);
    if (const json::value* disputes = story.if_contains("disputes")) {
      for (const json::value& value : array(*disputes, "disputes")) {
        out.disputes.push_back(read_dispute(object(value, "a dispute")));
      }
    }
    return out;
  }

 private:
  const json::value& member(const json::object& from, const char* key) const {
    const json::value* value = from.if_contains(key);
    if (value == nullptr) refuse(file_, fmt::format("no '{}'", key));
    return *value;
  }
  const json::object& object(const json::value& value, const char* what) const {
    if (!value.is_object()) refuse(file_, fmt::format("{} is not an object", what));
    return value.get_object();
  }
  const json::array& array(const json::value& value, const char* what) const {
    if (!value.is_array()) refuse(file_, fmt::format("{} is not an array", what));
    return value.get_array();
  }
  std::string string(const json::object& from, const char* key) const {
    const json::value& value = member(from, key);
    if (!value.is_string()) refuse(file_, fmt::format("'{}' is not a string", key));
    return std::string(text_of(value.get_string()));
  }
  // "" when absent or null.
  std::string optional_string(const json::object& from, const char* key) const {
    const json::value* value = from.if_contains(key);
    return value == nullptr || value->is_null() ? "" : string(from, key);
  }

  std::uint32_t claim(std::string_view id) const {
    const auto at = claims_.find(id);
    if (at == claims_.end()) refuse(file_, fmt::format("claim '{}' is not declared", id));
    return at->second;
  }

  // The text is the sentences joined by one space and the paragraphs by a blank line.
  GoldArticle read_article(const json::object& from) const {
    GoldArticle out;
    Article& a = out.article;
    a.id = string(from, "id");
    a.title = optional_string(from, "title");
    a.source = optional_string(from, "source");
    a.url = optional_string(from, "url");
    a.language = optional_string(from, "language");
    a.author = optional_string(from, "author");
    if (const std::string published = optional_string(from, "published"); !published.empty()) {
      a.published = parse_time(published);
      if (!a.published) refuse(file_, fmt::format("article '{}': published '{}' is no date", a.id, published));
    }
    const char* between_paragraphs = "";
    for (const json::value& paragraph : array(member(from, "paragraphs"), "paragraphs")) {
      a.text += std::exchange(between_paragraphs, "\n\n");
      const char* between_sentences = "";
      for (const json::value& value : array(paragraph, "a paragraph")) {
        a.text += std::exchange(between_sentences, " ");
        const json::object& sentence = object(value, "a sentence");
        GoldSentence s;
        s.range.begin = static_cast<std::uint32_t>(a.text.size());
        a.text += string(sentence, "s");
        s.range.end = static_cast<std::uint32_t>(a.text.size());
        if (const json::value* boilerplate = sentence.if_contains("boilerplate")) {
          s.boilerplate = boilerplate->is_bool() && boilerplate->get_bool();
        }
        for (const json::value& told : array(member(sentence, "claims"), "claims of a sentence")) {
          if (!told.is_string()) refuse(file_, "a claim of a sentence is not a string");
          add_telling(text_of(told.get_string()), s.tells);
        }
        out.sentences.push_back(std::move(s));
      }
    }
    return out;
  }

  // "c2" or "c2=at least 12"; of one claim told twice in a sentence the last holds.
  void add_telling(std::string_view told, std::vector<GoldTelling>& tells) const {
    GoldTelling telling;
    const std::size_t equals = told.find('=');
    telling.claim = claim(told.substr(0, equals));
    if (equals != std::string_view::npos) telling.value = std::string(told.substr(equals + 1));
    std::erase_if(tells, [&](const GoldTelling& t) { return t.claim == telling.claim; });
    tells.push_back(std::move(telling));
  }

  void check_copies_end(const GoldStory& story, std::uint32_t article) const {
    std::uint32_t at = article;
    for (std::size_t steps = 0; story.articles[at].copy_of; ++steps) {
      if (steps > story.articles.size()) {
        refuse(file_, fmt::format("article '{}' is a copy of itself", story.articles[article].article.id));
      }
      at = *story.articles[at].copy_of;
    }
  }

  GoldDispute read_dispute(const json::object& from) const {
    GoldDispute out;
    out.claim = claim(string(from, "claim"));
    const std::string kind = string(from, "kind"), resolution = string(from, "resolution");
    constexpr std::string_view kinds[] = {"quantity", "date", "name", "polarity", "attribution"};
    const auto* const at = std::find(std::begin(kinds), std::end(kinds), kind);
    if (at == std::end(kinds)) refuse(file_, fmt::format("dispute of kind '{}'", kind));
    out.kind = static_cast<DisputeKind>(at - std::begin(kinds));
    if (resolution != "conflict" && resolution != "update") refuse(file_, fmt::format("resolution '{}'", resolution));
    out.resolution = resolution == "update" ? Resolution::update : Resolution::conflict;
    return out;
  }

  std::string file_;
  std::map<std::string, std::uint32_t, std::less<>> claims_;
};

}  // namespace

std::vector<GoldStory> read_gold(std::span<const std::string> folders) {
  std::vector<std::string> files;
  for (const std::string& folder : folders) {
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path().string());
    }
    if (failure) {
      throw Error(ErrorCode::io, fmt::format("cannot read gold folder '{}': {}", folder, failure.message()));
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<GoldStory> out;
  for (const std::string& file : files) out.push_back(Reader(file).read());
  return out;
}

std::vector<Article> gold_articles(std::span<const GoldStory> stories) {
  std::vector<Article> out;
  for (const GoldStory& story : stories) {
    for (const GoldArticle& a : story.articles) out.push_back(a.article);
  }
  return out;
}

}  // namespace storymerge
