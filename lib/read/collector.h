#pragma once
// Where all readers hand over their records: gives ids, refuses duplicates, keeps the report.

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/read/read.h"
#include "support/hash.h"

namespace storymerge::read {

class Collector {
 public:
  explicit Collector(const ReadOptions& options) : options_(options) {}

  const ReadOptions& options() const { return options_; }

  // The input whose records come next.
  void open(std::string input) { input_ = std::move(input); }

  // Every record is counted by exactly one of `add` and `reject`. Requires: the article's fields are valid UTF-8.
  void add(Article&& article, std::uint64_t line = 0);
  void reject(std::uint64_t line, std::string_view field, std::string reason);
  // The record that is added next lacks this field.
  void flag(std::uint64_t line, std::string_view field, std::string reason);

  ReadResult finish();

 private:
  struct HashId {
    using is_avalanching = void;
    const std::vector<Article>* articles;
    std::size_t operator()(std::uint32_t i) const { return hash_bytes((*articles)[i].id); }
  };
  struct SameId {
    const std::vector<Article>* articles;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return (*articles)[a].id == (*articles)[b].id; }
  };

  void give_ids();

  ReadOptions options_;
  std::string input_;
  std::vector<Article> articles_;
  std::vector<std::uint32_t> unnamed_;  // articles that came without an id
  boost::unordered_flat_set<std::uint32_t, HashId, SameId> ids_{0, HashId{&articles_}, SameId{&articles_}};
  ReadReport report_;
};

}  // namespace storymerge::read
