#pragma once
// The documents of a large corpus, of which few need be in memory at once.
//
// So many bytes of them are kept in memory; the others stand in a temporary file until they are asked for. Those that cannot be
// written are made again of the text: slower, and the same.

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "storymerge/text/document.h"
#include "support/spill_file.h"

namespace storymerge {

// The document of an article; the second argument may be used to hold it.
using DocumentOf = std::function<const Document&(ArticleIndex, Document&)>;

class KeptDocuments {
 public:
  // Requires: the corpus outlives this.
  KeptDocuments(const Corpus& corpus, std::size_t memory);

  // Requires: once for each article. `furniture`: of which the document was made. From any thread.
  void put(Document document, const std::vector<Furniture>& furniture);

  // From any thread. Errors, as of the next two: io when the temporary file cannot be read.
  const Document& get(ArticleIndex article, Document& scratch) const;
  const WordList& body_of(ArticleIndex article, WordList& scratch) const;

  // The same, and it is no longer kept. From any thread, no two for one article.
  Document take(ArticleIndex article);

 private:
  struct Place {
    std::uint64_t at = 0;
    std::size_t body = 0;  // bytes of the body's words, which stand first
    std::size_t size = 0;  // of all; 0: in memory, or lost
  };

  std::string read(ArticleIndex article, std::size_t size) const;
  void restore(ArticleIndex article, Document& out) const;

  const Corpus& corpus_;
  const std::size_t memory_;
  std::atomic<std::size_t> used_{0};
  std::vector<std::unique_ptr<Document>> in_memory_;  // by article
  std::vector<Place> places_;                         // by article
  SpillFile file_;
  std::once_flag opens_;
  bool open_ = false;
  mutable std::mutex mutex_;                             // of lost_
  std::map<ArticleIndex, std::vector<Furniture>> lost_;  // could not be written: furniture of each
};

// analyze() of all articles.
void analyze(const Corpus& corpus, unsigned threads, const std::function<void(double)>& progress, KeptDocuments& out);

}  // namespace storymerge
