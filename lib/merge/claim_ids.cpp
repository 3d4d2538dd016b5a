#include "merge/claim_ids.h"

#include <fmt/format.h>

#include "support/hash.h"

namespace storymerge {

std::string ClaimIds::next(const Corpus& corpus, SourceSpan founder) {
  const std::string key = fmt::format("{}\n{}", corpus[founder.article].id, corpus.quote(founder));
  std::string id;
  std::uint32_t& n = next_[key];
  for (; id.empty() || !given_.insert(id).second; ++n) {
    id = fmt::format("{:012x}", hash_bytes(n == 0 ? key : fmt::format("{}\n{}", key, n)) >> 16);
  }
  return id;
}

}  // namespace storymerge
