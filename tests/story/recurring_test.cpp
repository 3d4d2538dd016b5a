// What comes again is another event each time: weekly figures, quarters, matches, court days, anniversaries. Each row has a twin
// in which two outlets tell of one of them.

#include <gtest/gtest.h>

#include "storymerge/story/explain.h"
#include "storymerge/story/index.h"
#include "storymerge/story/stories.h"

namespace storymerge {
namespace {

struct Report {
  const char *language, *published, *title, *text;
};
struct Row {
  const char* what;
  Report a, b;
  std::size_t stories;
};

const Row rows[] = {
    {"two weeks' figures",
     {"en", "2031-04-03T08:30:00Z", "Claims for jobless aid in Norland rise to 21,400",
      "The number of people in Norland who filed for jobless aid rose by 1,200 to 21,400 in the week that ended on "
      "Saturday, the labour office said on Thursday.\n\nEconomists polled by the Ledger had expected 20,500. The "
      "four-week average, which smooths out swings, stood at 20,900.\n\nLayoffs at the shipyards of Varde were "
      "behind much of the increase, said Mona Kirk, an economist at Tarn Bank."},
     {"en", "2031-04-10T08:30:00Z", "Fewer people in Norland ask for jobless aid",
      "Applications for jobless aid in Norland fell to 19,800 in the week that ended on Saturday, 1,600 fewer than a "
      "week before, the labour office said on Thursday.\n\nEconomists polled by the Ledger had expected 21,000. The "
      "four-week average slipped to 20,600.\n\nSeasonal hiring on farms has begun early this spring, said Mona Kirk, "
      "an economist at Tarn Bank."},
     2},
    {"one week's figures, told twice",
     {"en", "2031-04-03T08:30:00Z", "Claims for jobless aid in Norland rise to 21,400",
      "The number of people in Norland who filed for jobless aid rose by 1,200 to 21,400 in the week that ended on "
      "Saturday, the labour office said on Thursday.\n\nEconomists polled by the Ledger had expected 20,500. The "
      "four-week average, which smooths out swings, stood at 20,900.\n\nLayoffs at the shipyards of Varde were "
      "behind much of the increase, said Mona Kirk, an economist at Tarn Bank."},
     {"en", "2031-04-03T11:00:00Z", "Shipyard layoffs push up Norland's jobless claims",
      "More people lost their work in Norland last week: 21,400 of them asked for jobless aid, up from 20,200, "
      "figures from the labour office showed on Thursday.\n\nThe shipyards of Varde, which let 900 welders go in "
      "March, account for most of the rise. The unions called on Prime Minister Alva Dahl to bring forward the "
      "orders of two ferries."},
     1},
    {"two weeks' figures, in French",
     {"fr", "2031-01-15T10:00:00Z", "Grippe : 4 200 nouveaux cas en une semaine à Sarn",
      "L'agence de santé de Sarn a recensé 4 200 nouveaux cas de grippe entre le 6 et le 12 janvier, contre 3 100 la "
      "semaine précédente, selon son bulletin publié mercredi.\n\nTrente personnes ont été admises à l'hôpital, dont "
      "onze enfants. Le seuil épidémique est dépassé dans quatre districts sur six."},
     {"fr", "2031-01-22T10:00:00Z", "Grippe : le pic semble passé à Sarn",
      "Le nombre de nouveaux cas de grippe a reculé à 3 600 entre le 13 et le 19 janvier, contre 4 200 la semaine "
      "précédente, indique l'agence de santé de Sarn dans son bulletin publié mercredi.\n\nVingt-deux personnes ont "
      "été hospitalisées. Deux districts sont repassés sous le seuil épidémique."},
     2},
    {"one week's, in French",
     {"fr", "2031-01-15T10:00:00Z", "Grippe : 4 200 nouveaux cas en une semaine à Sarn",
      "L'agence de santé de Sarn a recensé 4 200 nouveaux cas de grippe entre le 6 et le 12 janvier, contre 3 100 la "
      "semaine précédente, selon son bulletin publié mercredi.\n\nTrente personnes ont été admises à l'hôpital, dont "
      "onze enfants. Le seuil épidémique est dépassé dans quatre districts sur six."},
     {"fr", "2031-01-15T16:00:00Z", "L'épidémie de grippe s'accélère à Sarn",
      "La grippe progresse : 4 200 malades ont été comptés à Sarn du 6 au 12 janvier, un tiers de plus qu'une "
      "semaine plus tôt, d'après l'agence de santé. Les hôpitaux ont accueilli trente patients, et quatre districts "
      "ont franchi le seuil épidémique."},
     1},
    {"two quarters",
     {"de", "2031-05-06T07:00:00Z", "Varde Stahl verdient im ersten Quartal weniger",
      "Varde Stahl hat im ersten Quartal 42 Millionen Euro verdient, ein Fünftel weniger als im Vorjahr. Der Umsatz "
      "sank um vier Prozent auf 610 Millionen Euro, wie der Konzern am Dienstag mitteilte.\n\nVorstandschefin Rita "
      "Holm bestätigte das Ziel für das Jahr."},
     {"de", "2031-08-05T07:00:00Z", "Varde Stahl hebt nach gutem Quartal die Prognose",
      "Varde Stahl hat im zweiten Quartal 71 Millionen Euro verdient, fast doppelt so viel wie im Vorjahr. Der "
      "Umsatz stieg um neun Prozent auf 680 Millionen Euro, wie der Konzern am Dienstag "
      "mitteilte.\n\nVorstandschefin Rita Holm hob das Ziel für das Jahr an."},
     2},
    {"one quarter, told twice",
     {"es", "2031-05-06T07:00:00Z", "Aceros Ostra gana un 20 % menos en el primer trimestre",
      "Aceros Ostra ganó 42 millones de euros en el primer trimestre, un 20 % menos que un año antes, informó la "
      "empresa el martes. La facturación bajó a 610 millones.\n\nLa consejera delegada, Rita Soler, mantiene el "
      "objetivo del año."},
     {"es", "2031-05-06T12:00:00Z", "El beneficio de Aceros Ostra cae una quinta parte",
      "La siderúrgica Aceros Ostra ha reducido su beneficio a 42 millones de euros entre enero y marzo, una quinta "
      "parte menos. Su jefa, Rita Soler, confía en cumplir el objetivo anual. Las acciones cayeron un 3 %."},
     1},
    {"two legs of one tie",
     {"de", "2031-04-01T21:00:00Z", "Varde gewinnt Hinspiel gegen Tarn 2:1",
      "Der SV Varde hat das Hinspiel im Halbfinale des Landespokals gegen Union Tarn 2:1 gewonnen. Vor 18.000 "
      "Zuschauern trafen Nilsen (12.) und Aas (70.) für Varde, Moen glich zwischenzeitlich aus (55.).\n\nTrainer Ulf "
      "Berg lobte seine Abwehr."},
     {"de", "2031-04-15T21:00:00Z", "Union Tarn dreht das Halbfinale",
      "Union Tarn steht im Finale des Landespokals. Im Rückspiel gegen den SV Varde siegte Tarn am Dienstag 3:0. "
      "Moen traf doppelt (9., 61.), Lund per Elfmeter (80.).\n\nVardes Trainer Ulf Berg sah einen verdienten Sieger. "
      "Im Hinspiel hatte Varde 2:1 gewonnen."},
     2},
    {"one match, told twice",
     {"es", "2031-04-05T22:00:00Z", "El Lidra golea al Ostra en el derbi",
      "El Lidra ganó 4-0 al Ostra en el derbi de la región, disputado el sábado ante 22.000 espectadores. Marcaron "
      "Cano, dos veces, Rey y Pons.\n\nEl técnico visitante, Juan Mora, dijo que su equipo no había competido."},
     {"es", "2031-04-05T23:30:00Z", "Cuatro goles y una lección",
      "El derbi no tuvo historia. Cano abrió el marcador a los seis minutos y cerró la cuenta a los 88; entre "
      "medias, Rey y Pons hundieron al Ostra, que perdió 4-0 en el campo del Lidra. «No hemos competido», admitió su "
      "entrenador, Juan Mora."},
     1},
    {"charge and verdict, months apart",
     {"de", "2031-09-08T16:00:00Z", "Angeklagter schweigt zum Auftakt im Giftprozess",
      "Im Prozess um den Giftanschlag auf eine Kantine in Varde hat der Angeklagte zum Auftakt geschwiegen. Der "
      "38-jährige Koch Timo Rast soll laut Anklage im Mai Rattengift in eine Suppe gerührt haben. 17 Menschen wurden "
      "krank.\n\nDie Staatsanwältin sprach am Montag vor dem Landgericht von Heimtücke. Das Urteil soll im November "
      "fallen."},
     {"de", "2031-11-14T15:00:00Z", "Elf Jahre Haft für Koch im Giftprozess",
      "Das Landgericht Varde hat den Koch Timo Rast am Freitag zu elf Jahren Haft verurteilt. Die Kammer sah es als "
      "erwiesen an, dass er Rattengift in die Suppe einer Kantine gerührt hat. Die Verteidigung kündigte Revision "
      "an.\n\nRichter Olaf Stein sprach von einer Tat aus Kränkung: Rast war zuvor gekündigt worden."},
     2},
    {"one day in court, told twice",
     {"de", "2031-09-08T16:00:00Z", "Angeklagter schweigt zum Auftakt im Giftprozess",
      "Im Prozess um den Giftanschlag auf eine Kantine in Varde hat der Angeklagte zum Auftakt geschwiegen. Der "
      "38-jährige Koch Timo Rast soll laut Anklage im Mai Rattengift in eine Suppe gerührt haben. 17 Menschen wurden "
      "krank.\n\nDie Staatsanwältin sprach am Montag vor dem Landgericht von Heimtücke. Das Urteil soll im November "
      "fallen."},
     {"de", "2031-09-08T19:00:00Z", "Giftprozess in Varde: Koch sagt nichts",
      "Timo Rast sagt kein Wort. Der Koch, dem die Anklage vorwirft, 17 Gäste einer Kantine mit Rattengift in der "
      "Suppe krank gemacht zu haben, verweigerte am ersten Prozesstag vor dem Landgericht Varde die Aussage. Die "
      "Staatsanwaltschaft wirft ihm Heimtücke vor."},
     1},
    {"a disaster and its anniversary",
     {"es", "2031-02-03T08:00:00Z", "Al menos 40 muertos al descarrilar un tren en Ostra",
      "Al menos 40 personas murieron el lunes cuando un tren de pasajeros descarriló en una curva cerca de Ostra. "
      "Los bomberos rescataron a 70 heridos de los tres vagones que cayeron por el terraplén.\n\nEl tren, que iba de "
      "Lidra a Ostra, circulaba a 150 kilómetros por hora, según la caja negra."},
     {"es", "2032-02-03T18:00:00Z", "Ostra recuerda a las víctimas del tren un año después",
      "Con cuarenta velas y un minuto de silencio, Ostra recordó el martes a las víctimas del tren que descarriló "
      "hace un año. El alcalde, Pedro Lanza, descubrió una placa junto a la vía.\n\nLas familias reclaman que se "
      "juzgue a los directivos de la compañía. «Nadie ha pedido perdón», dijo Elena Ruano, que perdió a su hijo."},
     2},
    {"one anniversary, told twice",
     {"es", "2032-02-03T18:00:00Z", "Ostra recuerda a las víctimas del tren un año después",
      "Con cuarenta velas y un minuto de silencio, Ostra recordó el martes a las víctimas del tren que descarriló "
      "hace un año. El alcalde, Pedro Lanza, descubrió una placa junto a la vía.\n\nLas familias reclaman que se "
      "juzgue a los directivos de la compañía. «Nadie ha pedido perdón», dijo Elena Ruano, que perdió a su hijo."},
     {"es", "2032-02-03T20:00:00Z", "Un minuto de silencio por los muertos de Ostra",
      "Las familias de los 40 muertos del tren de Ostra volvieron el martes al lugar del descarrilamiento, un año "
      "después. El alcalde Lanza inauguró una placa y hubo un minuto de silencio a la hora del accidente. Elena "
      "Ruano, madre de una víctima, exigió que los directivos respondan ante un juez."},
     1},
};

TEST(RecurringEvents, AreStoriesOfTheirOwn) {
  for (const Row& row : rows) {
    std::vector<Article> articles;
    for (const Report* report : {&row.a, &row.b}) {
      Article& a = articles.emplace_back();
      a.id = articles.size() == 1 ? "a" : "b";
      a.source = articles.size() == 1 ? "Post" : "Mail";
      a.language = report->language, a.title = report->title, a.text = report->text;
      a.published = parse_time(report->published);
    }
    const Corpus corpus(articles);
    const std::vector<Document> documents = analyze(corpus);
    EXPECT_EQ(group_stories(corpus, documents, find_duplicates(corpus, documents)).size(), row.stories) << row.what;
    StoryIndex index;
    for (const Article& article : corpus.articles()) index.add(article);
    EXPECT_EQ(index.story_of("a") != index.story_of("b"), row.stories == 2) << row.what;
  }
}

// Two texts without a date: what they say of the day is all that parts two fires of one port.
struct Undated {
  const char *language, *a, *before, *after;  // `before` DAY `after`: the other text
  const char *same, *other;                   // days of one event and of two
};

const Undated undated[] = {
    {"en",
     "Fire gutted two warehouses in the port of Varde on Tuesday night. Nobody was hurt, the fire service said. Sixty "
     "men fought the flames, which had broken out in a paint shop.",
     "A blaze in the port of Varde destroyed the warehouses of a shipping firm ",
     ". Firefighters pumped water from the basin until dawn. A spark from the paint shop was to blame, the harbour "
     "master thought.",
     "on Tuesday", "on Friday"},
    {"fr",
     "Un incendie a détruit mardi deux entrepôts du port de Varde. Personne n'a été blessé, selon les pompiers. "
     "Soixante "
     "hommes ont lutté jusqu'au soir contre les flammes, qui passaient d'un toit à l'autre.",
     "Une fumée noire couvrait Varde ",
     " : l'entrepôt d'un armateur a brûlé au port. L'eau est venue du bassin. L'armateur estime ses pertes à quatre "
     "millions de couronnes et veut rebâtir plus loin de la ville.",
     "mardi", "vendredi"},
};

TEST(RecurringEvents, WithoutDatesDaysOfTheWeekPartThem) {
  for (const Undated& row : undated) {
    for (const bool one : {true, false}) {
      std::vector<Article> articles(2);
      articles[0].id = "a", articles[1].id = "b";
      articles[0].language = articles[1].language = row.language;
      articles[0].text = row.a;
      articles[1].text = std::string(row.before) + (one ? row.same : row.other) + row.after;
      const Corpus corpus(articles);
      const std::vector<Document> documents = analyze(corpus);
      EXPECT_EQ(group_stories(corpus, documents, find_duplicates(corpus, documents)).size(), one ? 1u : 2u)
          << articles[1].text;
      const Comparison why = compare(corpus, documents, 0, 1);
      EXPECT_EQ(why.one_story(), one);
      EXPECT_EQ(why.day_a.empty(), one);
      EXPECT_EQ(why.day_b.empty(), one);
    }
  }
}

}  // namespace
}  // namespace storymerge
