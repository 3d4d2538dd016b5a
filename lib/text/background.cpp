#include "text/background.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <string_view>

#include "support/hash.h"
#include "text/background_words.h"

namespace storymerge {
namespace {

// Stems that most reports of any event hold.
constexpr std::string_view news_stems =
    "accord act ad add agenc ago allow announc anoth area ask author away back begin believ best big bring call came "
    "case "
    "chang citi come comment continu countri day decid decis describ director down earlier end expect face fact far "
    "few find "
    "first five follow former found four friday full get give go good govern great group happen head held help high "
    "hold home "
    "hour immedi includ inform involv issu know last late later latest lead leader leav left less level life like line "
    "littl "
    "live local long look lot made main major make man mani many march media meet member men minut monday month morn "
    "move "
    "nation near need never new news next night now number offic offici old one open order part peopl place plan play "
    "point "
    "polic possibl present press public put question reach read releas remain report reporte right run saturday second "
    "see "
    "sent seven sever show sinc situat six small someth sourc spokesman spokesperson spokeswoman spoke start state "
    "statement "
    "stay stop sunday support take talk team tell ten thing think third thought three thursday time today top tri "
    "tuesday turn "
    "two use wait want way wednesday week weekend well went win without women word work world year yesterday young ";

struct ByTerm {
  std::size_t operator()(Term term) const { return static_cast<std::size_t>(term); }  // a hash already
};
using Shares = boost::unordered_flat_map<Term, double, ByTerm>;

void insert(Shares& shares, std::string_view stems, double share) {
  for (std::size_t at = 0; at < stems.size();) {
    const std::size_t end = stems.find(' ', at);
    shares.try_emplace(hash_bytes(stems.substr(at, end - at)), share);
    at = end + 1;
  }
}

}  // namespace

double background_share(Term term) {
  static const Shares shares = [] {
    Shares out;
    insert(out, news_stems, 0.25);
    insert(out, {very_common_stems, sizeof very_common_stems - 1}, 0.10);
    insert(out, {common_stems, sizeof common_stems - 1}, 0.02);
    return out;
  }();
  const auto at = shares.find(term);
  return at != shares.end() ? at->second : 0.002;
}

}  // namespace storymerge
