#include "dispute/opposites.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace storymerge::dispute {
namespace {

// One pair of opposites a line.
constexpr std::string_view opposites =
    "rise increase gain higher up stronger raise hike more | fall drop decline slip lose lower down weaker cut less\n"
    "win beat victory winner | lose defeat loser\n"
    "genuine authentic real true | fake forgery forged hoax false fabricated\n"
    "resign quit step | dismissed sacked fired ousted\n"
    "critical grave serious | stable improving minor\n"
    "accident accidental unintentional | deliberate deliberately intentional pushed shoved arson\n"
    "arson set lit deliberately | cable accident electrical lightning spark\n"
    "voluntary voluntarily initiative precaution | ordered forced compelled mandatory instructed\n"
    "open reopen start resume | close closed shut stop suspend end\n"
    "alive survive survived | dead died killed\n"
    "accept approve agree back support | reject refuse oppose veto\n"
    "allow permit legal lawful | ban prohibit illegal unlawful\n"
    "safe safety unharmed intact | dangerous unsafe damaged destroyed\n"
    "before ahead early | after late delayed\n"
    "first | second last\n"
    "guilty convicted | innocent acquitted cleared\n"
    "related linked connected link | unrelated separate independent coincidence\n"
    "work working worked functioned operated correctly normally | fail failed broke dead malfunctioned dry\n"
    "broken fracture torn | dislocated sprain sprained bruised\n"
    "onside level | offside\n"
    "possible likely | impossible unlikely\n"
    "free released | held detained custody arrested\n"
    "new | old\n";

using Opposites = std::unordered_map<Term, std::vector<std::int16_t>>;

Opposites read_opposites() {
  Opposites out;
  std::int16_t pair = 0;
  std::string_view rest = opposites;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    ++pair;
    const std::size_t bar = line.find('|');
    for (const Term term : stem_terms(fold_words(line.substr(0, bar)))) {
      if (term != 0) out[term].push_back(pair);
    }
    for (const Term term : stem_terms(fold_words(line.substr(bar + 1)))) {
      if (term != 0) out[term].push_back(static_cast<std::int16_t>(-pair));
    }
  }
  return out;
}

}  // namespace

std::span<const std::int16_t> opposites_of(Term term) {
  static const Opposites pairs = read_opposites();
  const auto at = term != 0 ? pairs.find(term) : pairs.end();
  if (at == pairs.end()) return {};
  return at->second;
}

}  // namespace storymerge::dispute
