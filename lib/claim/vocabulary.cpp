#include "claim/vocabulary.h"

#include <algorithm>
#include <unordered_map>

#include "storymerge/text/words.h"

namespace storymerge::claim {
namespace {

struct PartList {
  std::uint32_t parts;
  std::string_view words;
};

constexpr PartList part_lists[] = {
    {auxiliary,
     "am is are was were be been being has have had having do does did isn't aren't wasn't weren't hasn't haven't "
     "hadn't don't doesn't didn't it's that's there's he's she's they're we're i'm i've we've they've"},
    {auxiliary | modal,
     "will would shall should can could may might must cannot won't wouldn't can't couldn't shouldn't mustn't they'll "
     "we'll he'll she'll it'll i'll ought"},
    {past,
     "rose fell won lost hit struck left took came went broke began ran sank flew fled drove grew shut cut put set led "
     "met held found got gave made saw sent sold bought paid built burnt caught chose drew fought froze hid kept knew "
     "laid lay lent let meant rode rang sang sat shook shot slept slid spent spoke spread stole stood stuck swept swam "
     "threw tore understood underwent withdrew wore wound wrote drowned became brought beat bled blew dug fed felt "
     "forbade hung overtook overturned quit read sought split sprang swore taught upheld"},
    {says,
     "say says said saying tell tells told telling add adds added adding insist insists insisted claim claims claimed "
     "maintain maintains maintained state states stated explain explains explained note notes noted write writes wrote "
     "reply replies replied argue argues argued recall recalls recalled stress stresses stressed emphasise emphasises "
     "emphasised emphasize emphasized declare declares declared conclude concludes concluded tweeted remarked observed "
     "contend contends contended continue continued reiterate reiterates reiterated repeat repeats repeated reckon "
     "reckons reckoned think thinks thought believe believes believed respond responds responded answered joked "
     "quipped counter counters countered"},
    {says | reports,
     "announce announces announced announcing warn warns warned warning deny denies denied denying confirm confirms "
     "confirmed confirming admit admits admitted acknowledge acknowledges acknowledged concede concedes conceded "
     "promise promises promised pledge pledges pledged vow vows vowed report reports reported reveal reveals revealed "
     "estimate estimates estimated predict predicts predicted suggest suggests suggested allege alleges alleged accuse "
     "accuses accused blame blames blamed complain complains complained urge urges urged demand demands demanded "
     "describe describes described testified show shows showed shown find finds found"},
    {pronoun | subject, "it he she they this that these those"},
    {subject,
     "i we you there one nobody everyone someone everybody somebody none neither both what it'll he'll she'll they'll "
     "it's he's she's they're there's"},
    {pronoun,
     "him her them it himself herself itself themselves it's he's she's they're they'll he'll she'll it'll they've"},
    {possessive, "his her its their"},
    {masculine, "he his him himself he's he'll"},
    {feminine, "she her hers herself she's she'll"},
    {plural_pronoun, "they them their theirs themselves they're they'll they've these those"},
    {determiner,
     "the a an this that these those some any no each every another both all several many few most its his her their "
     "our my such either neither"},
    {preposition,
     "of in on at to for from by with as into over under about against between through during among within without via "
     "after before since until near across along behind beside beyond despite inside outside off per towards toward "
     "upon above below around including amid concerning regarding following according"},
    {conjunction, "and but or so yet nor"},
    {contrast, "while whereas although though"},
    {relative, "who whom whose which where when that"},
    {negation,
     "not never no nobody none nothing neither nor without cannot isn't aren't wasn't weren't hasn't haven't hadn't "
     "don't doesn't didn't won't wouldn't can't couldn't shouldn't mustn't deny denies denied denying denial reject "
     "rejects rejected rejecting refuse refuses refused refusing refusal fail fails failed failing failure hardly "
     "scarcely barely nowhere unable unlikely refute refutes refuted"},
    {hedge,
     "may might could reportedly allegedly apparently seemingly possibly perhaps probably likely unlikely presumably "
     "supposedly appears appear appeared seems seem seemed believed thought suspected suspect suspects alleged alleges "
     "purported rumoured rumored unconfirmed potential potentially possible suggests suggest suggested indicate "
     "indicates indicated expected estimated feared fear fears apparent preliminary unclear analysts observers "
     "considering maybe"},
    {unreal,
     "if would should hope hopes hoped hoping wish wishes want wants wanted plan plans planned planning propose "
     "proposes proposed proposal urge urges urged demand demands demanded intend intends intended unless ought call "
     "threaten threatens threatened aim aims aimed seek seeks sought consider"},
    {light,
     "make makes made making take takes took taken taking give gives gave given giving get gets got getting have has "
     "had hold holds held holding go goes went gone going come comes came coming put puts putting set sets setting "
     "keep keeps kept keeping remain remains remained become becomes became seem seems seemed appear appears appeared "
     "begin begins began begun start starts started continue continues continued carry carried see sees saw seen bring "
     "brings brought leave leaves left stand stands stood let use used need needs face faces faced turn turned try "
     "tried known expect expected be do did done"},
    {person,
     "people person persons man men woman women child children boy boys girl girls baby babies passenger passengers "
     "resident residents victim victims survivor survivors worker workers employee employees staff crew soldier "
     "soldiers officer officers official officials civilian civilians pupil pupils student students teacher teachers "
     "protester protesters demonstrator demonstrators supporter supporters fan fans spectator spectators migrant "
     "migrants refugee refugees prisoner prisoners patient patients doctor doctors nurse nurses firefighter "
     "firefighters rescuer rescuers policeman policemen villager villagers tourist tourists driver drivers customer "
     "customers user users member members striker strikers docker dockers suspect suspects hostage hostages troops "
     "fighter fighters journalist journalists souls lives dead injured wounded missing detainees casualties fatalities "
     "deaths injuries arrests others youngsters families adults men individuals voters picket pickets sailor sailors "
     "miner miners participants volunteers evacuees spectators guests commuters pensioners teenagers youths minors "
     "infants bodies body"},
    {adverb,
     "also later now then still already again even only just not never often always repeatedly previously earlier "
     "initially since once ever once more firmly flatly publicly formally immediately finally therefore however "
     "meanwhile both all further there here today yesterday tomorrow first last nearly almost about quite very so "
     "badly"},
};

// One event a line, all forms that stem differently. "*": it happens to people. "#": it moves a number.
constexpr std::string_view event_lines[] = {
    ("* die died dead death deaths dying kill killed fatal fatality fatalities perish perished slain toll lethal drown "
     "drowned corpse bodies"),
    "* injure injured injury injuries hurt wounded wound casualty casualties harmed maimed",
    "* hospital hospitalised hospitalized admitted treated treat",
    "* arrest arrested detain detained detention detainee custody jailed imprisoned apprehended handcuffs",
    "* rescue rescued saved survive survived survivor survivors plucked alive",
    "* missing unaccounted disappeared vanished",
    "* evacuate evacuated evacuation evacuee displaced fled flee",
    "* sacked dismissed redundancies redundancy layoff laid-off fired dismissal",
    ("# rise rose risen rising increase increased climb climbed gain gained jump jumped grew grown grow growth hike "
     "surge surged soar up"),
    ("# fall fell fallen falling drop dropped decline declined slip slipped slump slumped decrease decreased dip "
     "tumbled plunge plunged down"),
    "# cut cuts reduce reduced reduction lower lowered slash slashed",
    "# raise raised lift lifted",
    "open opened reopen reopened",
    "close closed closure shut",
    "begin began begun start started launch launched",
    "end ended finish finished halt halted cease",
    "resign resigned resignation quit stepped",
    "elect elected election",
    "vote voted ballot",
    "agree agreed agreement accord deal pact",
    "sign signed",
    "meet met meeting talks discussion discussions conversation call spoke summit",
    "visit visited",
    "attack attacked strike-on assault raid raided",
    "strike walkout stoppage walked",
    "sink sank sunk capsize capsized",
    "crash crashed collide collided collision derail derailed derailment",
    "burn burned burnt fire blaze ablaze",
    "win won victory beat defeated",
    "score scored goal goals",
    "lose lost",
    "steal stole stolen theft hacked breach",
    "pay paid payment payout",
    "buy bought purchase acquire acquired acquisition takeover",
    "sell sold sale",
    "fine fined penalty",
    "charge charged indicted",
    "convict convicted guilty",
    "acquit acquitted",
    "sentence sentenced",
    "investigate investigated investigation inquiry probe",
    "suspend suspended suspension",
    "cancel cancelled canceled cancellation",
    "delay delayed postpone postponed",
    "approve approved approval",
    "ban banned",
    "recall recalled withdraw withdrew withdrawn withdrawal",
    "destroy destroyed wrecked gutted",
    "damage damaged",
    "collapse collapsed",
    "build built construct constructed",
    "repair repaired",
    "discover discovered discovery detected",
    "warn warned warning",
    "deny denied denial",
    "accuse accused accusation",
    "blame blamed",
    "promise promised pledge pledged vow",
    "apologise apologised apologize apologized apology sorry",
    "ask asked request requested",
    "release released freed free",
    "deploy deployed",
    "protest protested demonstration",
    "threaten threatened threat",
    "support supported backed",
    "oppose opposed",
    "reject rejected",
    "predict predicted forecast forecasts",
    "leak leaked",
    "publish published",
    "arrive arrived arrival",
    "leave left depart departed departure sailed",
    "return returned",
    "appoint appointed appointment named",
    "replace replaced",
    "test tested",
    "vaccinate vaccinated",
    "infect infected infection",
    "drive drove",
    "carry carried aboard board",
    "employ employs employed",
    "own owns owned",
    "cost costs",
    "weigh weighed",
    "measure measured",
    "register registered",
};

struct Event {
  Term term = 0;
  char kind = 0;
};

const std::unordered_map<Term, Event>& events() {
  static const auto* const table = [] {
    auto* t = new std::unordered_map<Term, Event>;
    for (std::string_view line : event_lines) {
      Event event;
      if (line[0] == '*' || line[0] == '#') {
        event.kind = line[0];
        line.remove_prefix(2);
      }
      WordList words = fold_words(line);
      for (const Term term : stem_terms(words, "en")) {
        if (term == 0) continue;
        if (event.term == 0) event.term = term;
        t->emplace(term, event);
      }
    }
    return t;
  }();
  return *table;
}

}  // namespace

std::uint32_t parts_of(std::string_view folded) {
  static const auto* const table = [] {
    auto* t = new std::unordered_map<std::string_view, std::uint32_t>;
    for (const PartList& list : part_lists) {
      for (std::size_t i = 0; i < list.words.size();) {
        const std::size_t end = std::min(list.words.find(' ', i), list.words.size());
        if (end > i) (*t)[list.words.substr(i, end - i)] |= list.parts;
        i = end + 1;
      }
    }
    return t;
  }();
  const auto at = table->find(folded);
  return at == table->end() ? 0 : at->second;
}

Term event_of(Term word) {
  const auto at = events().find(word);
  return at == events().end() ? word : at->second.term;
}

bool happens_to_people(Term event) {
  const auto at = events().find(event);
  return at != events().end() && at->second.kind == '*';
}

bool moves_a_number(Term event) {
  const auto at = events().find(event);
  return at != events().end() && at->second.kind == '#';
}

bool is_event(Term word) { return events().contains(word); }

}  // namespace storymerge::claim
