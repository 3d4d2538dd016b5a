#include "align/senses.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace storymerge::align {
namespace {

// One sense a line. Words are stemmed when read, so that one form of each is enough.
constexpr std::string_view thesaurus =
    "die death dead kill fatal fatality toll lethal perish slain victim body corpse life lives claimed mortal "
    "casualty\n"
    "injure injury hurt wound wounded harm harmed maim bruise casualty patient treated\n"
    "hospital clinic infirmary ward admitted doctor medic paramedic physician surgeon medical\n"
    "arrest detain custody detention jail held apprehend prison imprison cell handcuff\n"
    "rescue save pull pluck lift recover retrieve survivor alive survive\n"
    "missing unaccounted lost vanish disappear\n"
    "evacuate flee displace leave moved escape\n"
    "quake earthquake tremor shock temblor magnitude\n"
    "fire blaze flame burn wildfire inferno ablaze smoke\n"
    "ferry ship vessel boat freighter\n"
    "truck lorry vehicle car van\n"
    "plane aircraft jet helicopter airliner\n"
    "strike walkout stoppage picket industrial\n"
    "worker employee staff member workforce labour labor\n"
    "company firm operator owner manufacturer maker employer business corporation\n"
    "police officer detective constabulary cop force\n"
    "crew sailor seaman\n"
    "union federation league\n"
    "offer proposal propose\n"
    "pay wage salary earnings\n"
    "rise increase raise climb gain jump higher up grow growth hike lift\n"
    "fall drop decline slip lose loss lower down slump shed decrease dip weaker cut reduce reduction\n"
    "price cost expense bill worth value\n"
    "share stock equity\n"
    "rate interest\n"
    "meeting meet session sitting talks talk discussion negotiation conversation call consult\n"
    "agree agreement accord deal settlement pact consent\n"
    "deny denial reject refute dismiss dispute rebut contradict\n"
    "confirm acknowledge concede admit\n"
    "blame fault accuse culprit responsible cause\n"
    "say claim allege insist maintain contend assert argue\n"
    "think believe expect predict forecast foresee projection estimate reckon\n"
    "demand seek want ask call urge request\n"
    "order instruct command tell\n"
    "warn alert caution alarm\n"
    "begin start open launch commence onset outbreak break\n"
    "end finish close conclude over stop halt cease\n"
    "resume reopen restart return\n"
    "delay postpone defer\n"
    "win victory triumph beat defeat\n"
    "goal score scorer equaliser equalizer net\n"
    "match game fixture tie\n"
    "crowd attendance spectator gate fans supporter fan\n"
    "captain skipper\n"
    "coach manager boss head chief director president chairman chairwoman\n"
    "minister secretary ministry\n"
    "spokesman spokeswoman spokesperson speak\n"
    "house home building residence property dwelling\n"
    "school lesson class pupil classroom student\n"
    "child infant baby kid babies children\n"
    "woman girl female\n"
    "man boy male\n"
    "doctor physician\n"
    "vaccine jab shot dose\n"
    "test trial study\n"
    "drug medicine\n"
    "recall withdraw withdrawal pull pulled retreat\n"
    "hacker intruder thief attacker criminal\n"
    "steal stolen theft breach hack\n"
    "account customer client\n"
    "datum information record\n"
    "vote ballot poll\n"
    "law bill legislation statute\n"
    "court judge tribunal\n"
    "prosecutor prosecute charge indict\n"
    "inquiry investigate investigation probe investigator examine inspect inspection inspector\n"
    "lawyer attorney solicitor\n"
    "resign quit step stepped\n"
    "fire dismissed sack sacked fired\n"
    "pay paid payment ransom sum\n"
    "money cash fund funds\n"
    "sell sale sold\n"
    "buy purchase bought\n"
    "build built construct construction\n"
    "collapse cave caved crumble\n"
    "sink capsize overturn turned\n"
    "hit struck strike crash collide collision\n"
    "rain storm weather wind gust gale\n"
    "temperature heat degree celsius hot\n"
    "year annual\n"
    "night overnight evening\n"
    "morning dawn\n"
    "train rail railway\n"
    "port harbour harbor dock docker\n"
    "road street track\n"
    "island isle islet\n"
    "town city village hamlet municipal\n"
    "region province state regional provincial\n"
    "country nation national\n"
    "war conflict invasion invade\n"
    "troop soldier force army unit military\n"
    "missile drone rocket shell weapon artillery\n"
    "ceasefire truce armistice\n"
    "peace peaceful\n"
    "border frontier\n"
    "territory land ground\n"
    "prisoner captive\n"
    "plan scheme project\n"
    "statement communique declaration announce announcement declare\n"
    "report document paper text draft file\n"
    "fake forgery forged genuine authentic fabricate concoct\n"
    "leak leaked\n"
    "apology apologise apologize sorry regret\n"
    "replace substitute replacement\n"
    "damage destroy ruin destroyed wreck devastate\n"
    "repair fix rebuild restore restoration\n"
    "compensate compensation refund reimburse\n"
    "support aid help assist assistance relief\n"
    "inflation consumer\n"
    "economy economic\n"
    "unemployment jobless\n"
    "job post position employment\n"
    "mortgage loan borrow borrower lender\n"
    "broken break fracture dislocate sprain injury\n"
    "visit tour\n"
    "promise pledge vow assurance guarantee\n"
    "threat threaten\n"
    "protest demonstration demonstrator rally march\n"
    "oppose opposition against\n"
    "attack assault raid strike\n";

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

using Senses = std::unordered_map<Term, std::vector<std::uint16_t>>;

Senses read_thesaurus() {
  Senses out;
  std::uint16_t sense = 0;
  std::string_view rest = thesaurus;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const WordList words = fold_words(line);
    for (const Term term : stem_terms(words)) {
      std::vector<std::uint16_t>& senses = out[term];
      if (term != 0 && (senses.empty() || senses.back() != sense)) senses.push_back(sense);
    }
    ++sense;
  }
  return out;
}

}  // namespace

std::span<const std::uint16_t> senses_of(Term term) {
  static const Senses senses = read_thesaurus();
  const auto at = term != 0 ? senses.find(term) : senses.end();
  if (at == senses.end()) return {};
  return at->second;
}

std::span<const std::int16_t> opposites_of(Term term) {
  static const Opposites pairs = read_opposites();
  const auto at = term != 0 ? pairs.find(term) : pairs.end();
  if (at == pairs.end()) return {};
  return at->second;
}

}  // namespace storymerge::align
