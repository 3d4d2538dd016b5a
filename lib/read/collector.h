#pragma once
// Where all readers hand over their records: gives ids, tells versions apart, keeps the report.

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storymerge/base/time.h"
#include "storymerge/read/page.h"
#include "storymerge/read/read.h"

namespace storymerge::read {

class Collector {
 public:
  using Take = std::function<void(Article&&)>;

  // With `take`, each article goes there as it is read, and none is kept.
  // Errors: bad_option.
  explicit Collector(const ReadOptions& options, Take take = {});

  const ReadOptions& options() const { return options_; }

  // The input whose records come next.
  void open(std::string input) { inputs_.push_back(std::move(input)); }

  // Every record is counted by exactly one of `add` and `reject`. Requires: the article's fields are valid UTF-8.
  void add(Article&& article, std::uint64_t line = 0);
  void reject(std::uint64_t line, std::string_view field, std::string reason);
  // The record that is added next lacks this field.
  void flag(std::uint64_t line, std::string_view field, std::string reason);
  // What the page that is added next had besides its text.
  void left_out(const std::vector<LeftOut>& pieces);

  // So many bytes more of an input have been read, of so many in all inputs. From any thread.
  void count(std::uint64_t bytes) { *bytes_ += bytes; }
  void expect(std::uint64_t bytes) { expected_ = bytes; }

  // What a site says elsewhere of the page under a link: where the article of that link does not say it, it is taken. The first counts.
  struct Announced {
    std::string title, language;
    std::optional<ZonedTime> published;
  };
  void announce(std::string_view url, Announced what);

  // How much has come in; what came after a mark can be given up again.
  struct Mark {
    std::size_t inputs = 0, articles = 0, pages = 0, issues = 0;
    std::uint64_t records = 0, rejected = 0;
  };
  Mark mark() const;
  void back_to(const Mark& mark);

  ReadReport take_report() { return std::move(report_); }
  ReadResult finish();

 private:
  std::vector<bool> give_ids();  // which articles came before, with the same text
  void link_versions(const std::vector<bool>& gone);
  void take_announced();
  std::string& input() { return inputs_.back(); }
  void tell_progress() const {
    if (options_.progress) options_.progress({report_.records, *bytes_, expected_});
  }

  ReadOptions options_;
  Take take_;
  std::vector<std::string> inputs_ = {""};
  std::vector<Article> articles_;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> places_;   // of each article: position in inputs_, and line
  std::vector<std::pair<std::uint32_t, PageReport>> pages_;       // with the position of the article
  std::vector<std::pair<std::uint32_t, std::uint32_t>> same_id_;  // articles that came under one id
  std::vector<LeftOutBytes> left_out_;
  std::map<std::string, Announced, std::less<>> announced_;  // by the link's identity
  ReadReport report_;
  std::shared_ptr<std::atomic<std::uint64_t>> bytes_ = std::make_shared<std::atomic<std::uint64_t>>(0);
  std::uint64_t expected_ = 0;
};

}  // namespace storymerge::read
