#include "storymerge/text/stems.h"

#include <libstemmer.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "support/hash.h"

namespace storymerge {
namespace {

struct StopList {
  std::string_view language;
  std::string_view words;  // folded, in byte order, joined by spaces
};

// Words of grammar, the verbs of saying that every report is full of, days and months: none tells one event from
// another of its kind. Spelled as words.h folds them.
constexpr StopList stop_lists[] = {
    {"en",
     "a a.m about above according across added after again against ago all almost along already also although "
     "always am among an and another any anyone anything april are around as at aug august away back be became "
     "because become becomes been before behind being below between both but by came can cannot come could dec "
     "december did didn't do does doesn't doing don't done down during each either else enough est even ever every "
     "everyone everything feb february few for fri friday from further get gets getting given gmt go goes going "
     "gone got had hadn't has hasn't have haven't having he he's her here hers herself him himself his how however "
     "i i'm i've if in including indeed instead into is isn't it it's its itself january july june just kept least "
     "less let like likely made make makes making many march may maybe me meanwhile might mine mon monday more "
     "most mr mrs ms much must my myself near nearly neither never next no nobody none nor not nothing nov "
     "november now oct october of off often on once one ones only onto or other others our ours ourselves out "
     "outside over own p.m per perhaps pm put quite rather really s said same sat saturday saw say saying says see "
     "seem seemed seems seen sep sept september several shall she she's should since so some someone something "
     "soon still such sun sunday t take taken takes taking tell than that that's the their theirs them themselves "
     "then there there's therefore these they they're thing things this those though through throughout thu thurs "
     "thursday thus till to today together told tomorrow too took toward towards tue tues tuesday under unless "
     "until up upon us use used using very via want wanted was wasn't way we we're wed wednesday well went were "
     "weren't what whatever when where whether which while who whom whose why will with within without won't would "
     "wouldn't yes yesterday yet you your yours yourself"},
    {"de",
     "ab aber alle allem allen aller alles als also am an ander andere anderen anderer anderes april auch auf august "
     "aus bei beim bereits bin bis bist da dabei dadurch dafur dagegen damit danach dann daran darauf daraus darf "
     "darin daruber das dass dazu dein dem den denen denn dennoch der deren des deshalb dessen dezember die dienstag "
     "dies diese diesem diesen dieser dieses doch donnerstag dort du durch ein eine einem einen einer eines einige "
     "einigen er erst es etwa etwas euch februar freitag fur gab ganz gar gegen gegenuber gestern gewesen gibt ging "
     "hat hatte hatten heute hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem ins ist "
     "ja januar je jede jedem jeden jeder jedes jedoch jene jener jetzt juli juni kann kein keine keinem keinen "
     "keiner konne konnen konnte konnten kurz lang machen mai man marz mehr mein mit mittwoch mochte montag morgen "
     "muss mussen musste nach nachdem nahe nicht nichts noch november nun nur ob obwohl oder ohne oktober sagt sagte "
     "sagten samstag schon sehr sei seien sein seine seinem seinen seiner seit seitdem selbst september sich sie "
     "sind so sobald solche soll sollen sollte sollten sondern sonnabend sonntag sowie teilte uber uhr um und uns "
     "unser unter viel viele vielen vom von vor wahrend war waren warum was wegen weil weiter weitere weiteren "
     "welche welcher wenn wer werde werden wie wieder will wir wird wo wobei wohl wollen wollte worden wurde wurden "
     "zu zufolge zum zur zwar zwischen"},
    {"es",
     "a abril afirmo agosto al algo algun alguna algunas alguno algunos anadio ano anos ante antes asi aun aunque "
     "ayer bajo bien cada casi como con contra cual cuando cuatro da de debe debido del desde despues dia dias dice "
     "dicho diciembre dijeron dijo domingo donde dos durante e el ella ellas ellos en enero entre era eran es esa "
     "esas ese eso esos esta estaba estaban estado estan estar estas este esto estos febrero fue fueron ha haber "
     "habia habian hace hacer hacia han hasta hay hizo hoy incluso informo jueves julio junio junto la las le les lo "
     "los luego lunes manana martes marzo mas mayo me mediante menos mi mientras miercoles mismo mucho muchos muy "
     "nada ni no nos nosotros noviembre o octubre otra otras otro otros para parte pero poco por porque pues que "
     "quien quienes sabado se sea segun senalo septiembre ser si sido sin sino sobre solo son su sus tambien tan "
     "tanto tener tenia tiene tienen toda todas todavia todo todos tras tres tu tuvo un una unas uno unos viernes y "
     "ya"},
    {"fr",
     "a a-t-il afin ainsi alors aout apres au aucun aucune aujourd'hui aussi autre autres aux avaient avait avant "
     "avec avoir avril c'est car ce ceci cela celle celles celui ces cet cette ceux chaque chez comme comment contre "
     "d dans de decembre declare depuis des deux dimanche dit donc dont du elle elles en encore entre est et etaient "
     "etait ete etre eux faire fait fevrier font hier hui il ils indique j janvier je jeudi juillet juin jusqu l la "
     "le les leur leurs lors lui lundi ma mai mais mardi mars me meme memes mercredi moins mon n ne ni non nos notre "
     "nous novembre octobre on ont ou par parce pas pendant peu peut plus pour pourrait pourtant pres qu quand que "
     "quel quelle quelques qui quoi s sa samedi sans se selon septembre sera ses si soit son sont sous sur ta tandis "
     "tous tout toute toutes tres trois tu un une vendredi vers vos votre vous y"},
    {"ru",
     "а августа апреля без более больше был была были было быть в вам вас весь во воскресенье вот все всего всех "
     "вторник вчера вы где года году да даже два декабря для до его ее еи ей если есть еще ещё же за завтра здесь и "
     "из или им их июля июня к как какие какои какой когда кого которая которое которои которой которые которыи "
     "который которым которых кто ли либо марта мая между меня мне может можно мы на над надо нам нас не него нее "
     "неи ней несколько нет ни них но ноября ну о об один однако около октября он она они оно от очень по под пока "
     "понедельник после потом потому почти при про пятница пятницу раз с сам свое свои своих свой свою себя сегодня "
     "сеичас сейчас сентября сказал сказала сказали словам со сообщил сообщила сообщили среда среди среду суббота "
     "субботу так также такие такои такой там тем того тоже тои той только том тот три ты у уже февраля хотя чего "
     "чеи чей чем через четверг что чтобы эта эти этих это этого этои этой этом этому этот января"},
    {"zh",
     "上 下 与 並 个 中 为 之 也 了 于 从 他 以 们 但 你 個 們 其 到 前 及 后 和 在 她 它 对 将 將 就 已 年 并 後 從 "
     "我 或 把 於 日 时 是 時 月 有 為 的 称 稱 等 而 被 說 "
     "说 这 這 那 都"},
};

std::string_view primary(std::string_view language) {
  return language.empty() ? "en" : language.substr(0, language.find_first_of("-_"));
}

using Words = std::vector<std::string_view>;

const Words* stop_words(std::string_view language) {
  static const std::vector<Words> lists = [] {
    std::vector<Words> out;
    for (const StopList& list : stop_lists) {
      Words& words = out.emplace_back();
      for (std::string_view rest = list.words; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        words.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
      std::sort(words.begin(), words.end());
    }
    return out;
  }();
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (stop_lists[i].language == primary(language)) return &lists[i];
  }
  return nullptr;
}

bool contains(const Words* words, std::string_view word) {
  return words != nullptr && std::binary_search(words->begin(), words->end(), word);
}

// "umerov's" -> "umerov", in any language; Snowball does it for English alone.
std::string_view without_possessive(std::string_view word) {
  if (word.size() > 2 && word.ends_with("'s")) word.remove_suffix(2);
  if (word.size() > 1 && word.ends_with('\'')) word.remove_suffix(1);
  return word;
}

// Folding writes "й" as "и"; the Russian stemmer knows the endings by the former. After a vowel other than "и"
// a final "и" is hardly ever anything else.
std::string with_short_i(std::string_view word) {
  std::string out(word);
  for (const std::string_view ending : {"ыи", "ои", "еи", "аи", "яи", "уи", "юи"}) {
    if (word.ends_with(ending)) out.replace(out.size() - 2, 2, "й");
  }
  return out;
}

struct StemmerCloser {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

class Stemmer {
 public:
  // A language that Snowball does not know leaves words as they are.
  explicit Stemmer(std::string_view language)
      : stemmer_(sb_stemmer_new(std::string(primary(language)).c_str(), nullptr)),
        russian_(primary(language) == "ru") {}

  std::string operator()(std::string_view word) const {
    word = without_possessive(word);
    // Neither "u.s" nor "1.2bn" has a stem; nor has a word longer than any dictionary's (and its length must fit an
    // int).
    if (stemmer_ == nullptr || word.size() > 64 || word.find_first_of(".0123456789") != word.npos)
      return std::string(word);
    std::string spelled;
    if (russian_) word = spelled = with_short_i(word);
    const sb_symbol* out =
        sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    if (out == nullptr) return std::string(word);
    return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
  }

 private:
  std::unique_ptr<sb_stemmer, StemmerCloser> stemmer_;
  bool russian_;
};

}  // namespace

std::string stem(std::string_view folded_word, std::string_view language) { return Stemmer(language)(folded_word); }

bool is_stop_word(std::string_view folded_word, std::string_view language) {
  return contains(stop_words(language), folded_word);
}

std::vector<Term> stem_terms(const WordList& words, std::string_view language) {
  const Stemmer stemmer(language);
  const Words* stops = stop_words(language);
  std::unordered_map<std::string_view, Term> cache;
  std::vector<Term> terms;
  terms.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto [at, added] = cache.try_emplace(words[i], Term{0});
    if (added && !contains(stops, words[i])) at->second = hash_bytes(stemmer(words[i]));
    terms.push_back(at->second);
  }
  return terms;
}

}  // namespace storymerge
