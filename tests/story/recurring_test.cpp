// What comes again is another event each time: daily and weekly figures, quarters, matches, court days, anniversaries. Each row
// has a twin in which two outlets tell of one of them.

#include <gtest/gtest.h>

#include <span>

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

// What the exchange did on a day is told anew on the next; a second report, or one of what an event has led to, is none of another.
const Report tuesday_en{"en", "2031-04-01T17:00:00Z", "Norland shares rise on bank earnings",
                        "Shares in Norland rose on Tuesday, led by lenders. The benchmark NX index closed 1.2 percent "
                        "higher at 4,512 points, its fourth gain in five sessions.\n\nTarn Bank gained 4.1 percent "
                        "after it reported a higher profit. Oil firms slipped as crude fell to 61 crowns a "
                        "barrel.\n\nTraders now look to the central bank, which meets later in the month."};
const Report wednesday_en{
    "en", "2031-04-02T17:00:00Z", "Norland shares slip as oil firms weigh",
    "Shares in Norland fell on Wednesday, dragged down by oil firms. The benchmark NX index closed 0.8 percent lower "
    "at 4,476 points.\n\nVarde Oil lost 3.3 percent as crude fell to 59 crowns a barrel. Tarn Bank was little "
    "changed.\n\nTraders now look to the central bank, which meets later in the month."};
const Report tuesday_again_en{
    "en", "2031-04-01T18:10:00Z", "Lenders lift Norland's bourse",
    "Norland's stock market climbed on Tuesday for the fourth time in five sessions. The NX index ended at 4,512 "
    "points, up 1.2 percent, as Tarn Bank jumped 4.1 percent on a rise in profit.\n\nOil stocks were weaker, with "
    "crude at 61 crowns a barrel. The central bank meets later in the month."};
const Report tuesday_de{"de", "2031-04-01T17:00:00Z", "Norlands Börse schließt dank Banken im Plus",
                        "Die Börse in Norland hat am Dienstag zugelegt, angeführt von den Banken. Der Leitindex NX "
                        "schloss 1,2 Prozent höher bei 4.512 Punkten, der vierte Gewinn in fünf Sitzungen.\n\nDie Tarn "
                        "Bank gewann nach einem Gewinnsprung 4,1 Prozent. Ölwerte gaben nach, der Ölpreis fiel auf 61 "
                        "Kronen je Fass.\n\nHändler warten auf die Sitzung der Zentralbank im Laufe des Monats."};
const Report wednesday_de{
    "de", "2031-04-02T17:00:00Z", "Norlands Börse gibt nach, Ölwerte belasten",
    "Die Börse in Norland hat am Mittwoch nachgegeben, belastet von Ölwerten. Der Leitindex NX schloss 0,8 Prozent "
    "tiefer bei 4.476 Punkten.\n\nVarde Öl verlor 3,3 Prozent, der Ölpreis fiel auf 59 Kronen je Fass. Die Tarn Bank "
    "bewegte sich kaum.\n\nHändler warten auf die Sitzung der Zentralbank im Laufe des Monats."};
const Report tuesday_again_de{
    "de", "2031-04-01T18:10:00Z", "Banken treiben den NX an",
    "Norlands Aktienmarkt ist am Dienstag zum vierten Mal in fünf Sitzungen gestiegen. Der NX endete bei 4.512 "
    "Punkten, ein Plus von 1,2 Prozent; die Tarn Bank sprang wegen höherer Gewinne um 4,1 Prozent.\n\nÖlaktien waren "
    "bei einem Ölpreis von 61 Kronen je Fass schwächer. Die Zentralbank tagt im Laufe des Monats."};
const Report tuesday_fr{
    "fr", "2031-04-01T17:00:00Z", "La Bourse de Norlande finit en hausse grâce aux banques",
    "La Bourse de Norlande a progressé mardi, portée par les banques. L'indice NX a clôturé en hausse de 1,2 % à 4 512 "
    "points, son quatrième gain en cinq séances.\n\nLa Banque de Tarn a gagné 4,1 % après un bénéfice en hausse. Les "
    "pétrolières ont reculé, le baril tombant à 61 couronnes.\n\nLes opérateurs attendent la réunion de la banque "
    "centrale, plus tard dans le mois."};
const Report wednesday_fr{
    "fr", "2031-04-02T17:00:00Z", "La Bourse de Norlande recule, plombée par le pétrole",
    "La Bourse de Norlande a reculé mercredi, plombée par les pétrolières. L'indice NX a clôturé en baisse de 0,8 % à "
    "4 476 points.\n\nVarde Pétrole a perdu 3,3 %, le baril tombant à 59 couronnes. La Banque de Tarn a peu "
    "varié.\n\nLes opérateurs attendent la réunion de la banque centrale, plus tard dans le mois."};
const Report tuesday_again_fr{
    "fr", "2031-04-01T18:10:00Z", "Les banques dopent le NX",
    "Le marché norlandais est monté mardi pour la quatrième fois en cinq séances. Le NX a terminé à 4 512 points, en "
    "hausse de 1,2 %, la Banque de Tarn bondissant de 4,1 % grâce à son bénéfice.\n\nLes valeurs pétrolières ont "
    "faibli avec un baril à 61 couronnes. La banque centrale se réunit plus tard dans le mois."};
const Report tuesday_es{"es", "2031-04-01T17:00:00Z", "La Bolsa de Norlandia sube gracias a los bancos",
                        "La Bolsa de Norlandia subió el martes, impulsada por los bancos. El índice NX cerró con un "
                        "alza del 1,2 % en 4.512 puntos, su cuarta ganancia en cinco sesiones.\n\nEl Banco de Tarn "
                        "ganó un 4,1 % tras elevar su beneficio. Las petroleras cedieron, con el barril en 61 "
                        "coronas.\n\nLos operadores esperan la reunión del banco central, a finales de mes."};
const Report wednesday_es{
    "es", "2031-04-02T17:00:00Z", "La Bolsa de Norlandia cede lastrada por el petróleo",
    "La Bolsa de Norlandia bajó el miércoles, lastrada por las petroleras. El índice NX cerró con una caída del 0,8 % "
    "en 4.476 puntos.\n\nVarde Petróleo perdió un 3,3 %, con el barril en 59 coronas. El Banco de Tarn apenas "
    "varió.\n\nLos operadores esperan la reunión del banco central, a finales de mes."};
const Report tuesday_again_es{
    "es", "2031-04-01T18:10:00Z", "Los bancos animan el NX",
    "El mercado norlandés subió el martes por cuarta vez en cinco sesiones. El NX terminó en 4.512 puntos, un 1,2 % "
    "más, con el Banco de Tarn disparado un 4,1 % por su beneficio.\n\nLas acciones petroleras flojearon con el barril "
    "en 61 coronas. El banco central se reúne a finales de mes."};
const Row daily[] = {
    {"two days on the exchange", tuesday_en, wednesday_en, 2},
    {"one day, told twice", tuesday_en, tuesday_again_en, 1},
    {"two days on the exchange", tuesday_de, wednesday_de, 2},
    {"one day, told twice", tuesday_de, tuesday_again_de, 1},
    {"two days on the exchange", tuesday_fr, wednesday_fr, 2},
    {"one day, told twice", tuesday_fr, tuesday_again_fr, 1},
    {"two days on the exchange", tuesday_es, wednesday_es, 2},
    {"one day, told twice", tuesday_es, tuesday_again_es, 1},
    {"a toll that rises",
     {"en", "2031-04-01T17:00:00Z", "Ferry sinks off Lidra, 12 dead",
      "A ferry with 212 people aboard sank off Lidra on Tuesday. Twelve people died, the coast guard said, and 30 were "
      "missing.\n\nDivers from Tarn searched the hull until dark. The ferry, the Aurora Sol, was on its way to the "
      "islands."},
     {"en", "2031-04-02T17:00:00Z", "Lidra ferry toll rises to 19",
      "Nineteen people are now known to have died on the ferry that sank off Lidra, the coast guard said on Wednesday. "
      "Divers brought seven more bodies from the hull of the Aurora Sol; 23 people are missing.\n\nPresident Alva Dahl "
      "ordered three days of mourning."},
     1},
    {"a second day of one strike",
     {"en", "2031-04-01T17:00:00Z", "Dockers strike in Varde",
      "Dockers in Varde walked off the job on Tuesday. 900 of 1,100 stayed out, the union said, and 14 ships lay at "
      "anchor.\n\nThe union wants 6 percent more pay; the port offers 3."},
     {"en", "2031-04-02T17:00:00Z", "Varde port strike enters second day",
      "The dockers' strike in Varde went into its second day on Wednesday with 23 ships at anchor. The port raised its "
      "offer to 4 percent; the union said no.\n\nShippers sent cargo to Tarn."},
     1},
};

void expect_stories(std::span<const Row> rows) {
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
    EXPECT_EQ(group_stories(corpus, documents, find_duplicates(corpus, documents)).size(), row.stories)
        << row.a.language << " " << row.what;
    StoryIndex index;
    for (const Article& article : corpus.articles()) index.add(article);
    EXPECT_EQ(index.story_of("a") != index.story_of("b"), row.stories == 2) << row.what;
  }
}

TEST(RecurringEvents, AreStoriesOfTheirOwn) { expect_stories(rows); }

TEST(RecurringEvents, EachDayOfTheExchangeIs) { expect_stories(daily); }

// Two texts without a date: what they say of the day, or of the year, is all that parts two fires of one port.
struct Undated {
  const char *language, *a, *before, *after;  // `before` DAY `after`: the other text
  const char *same, *other;                   // days, or years, of one event and of two
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
    {"en",
     "Fire gutted two warehouses in the port of Varde in May 2019. Nobody was hurt, the fire service said. Sixty men "
     "fought the flames, which had broken out in a paint shop.",
     "A blaze in the port of Varde destroyed the warehouses of a shipping firm ",
     ". Firefighters pumped water from the basin until dawn. A spark from the paint shop was to blame, the harbour "
     "master thought.",
     "in 2019", "in 2024"},
    {"de",
     "Ein Feuer hat im Mai 2019 zwei Lagerhäuser im Hafen von Varde zerstört. Verletzt wurde niemand, sagte die "
     "Feuerwehr. Sechzig Mann kämpften bis zum Abend gegen die Flammen aus einer Lackiererei.",
     "Schwarzer Rauch stand ",
     " über Varde: Das Lagerhaus einer Reederei im Hafen brannte ab. Das Wasser kam aus dem Becken. Ein Funke aus der "
     "Lackiererei war schuld, meinte der Hafenmeister, und die Feuerwehr blieb.",
     "2019", "2024"},
    {"fr",
     "Un incendie a détruit en mai 2019 deux entrepôts du port de Varde. Personne n'a été blessé, selon les pompiers. "
     "Soixante hommes ont lutté jusqu'au soir contre les flammes, qui passaient d'un toit à l'autre.",
     "Une fumée noire couvrait Varde ",
     " : l'entrepôt d'un armateur a brûlé au port. L'eau est venue du bassin. L'armateur estime ses pertes à quatre "
     "millions de couronnes et veut rebâtir plus loin de la ville.",
     "en 2019", "en 2024"},
    {"es",
     "Un incendio destruyó en mayo de 2019 dos almacenes del puerto de Varde. Nadie resultó herido, según los "
     "bomberos. Sesenta hombres lucharon hasta la noche contra las llamas, que pasaban de un tejado a otro.",
     "Un humo negro cubría Varde ",
     ": el almacén de un naviero ardió en el puerto. El agua llegó de la dársena. El naviero calcula que ha perdido "
     "cuatro millones y quiere construir más lejos de la ciudad.",
     "en 2019", "en 2024"},
    {"de",
     "Ein Feuer hat am Dienstag zwei Lagerhäuser im Hafen von Varde zerstört. Verletzt wurde niemand, sagte die "
     "Feuerwehr. Sechzig Mann kämpften bis zum Abend gegen die Flammen aus einer Lackiererei.",
     "Schwarzer Rauch stand ",
     " über Varde: Das Lagerhaus einer Reederei im Hafen brannte ab. Das Wasser kam aus dem Becken. Ein Funke aus der "
     "Lackiererei war schuld, meinte der Hafenmeister, und die Feuerwehr blieb.",
     "am Dienstag", "am Freitag"},
    {"es",
     "Un incendio destruyó el martes dos almacenes del puerto de Varde. Nadie resultó herido, según los bomberos. "
     "Sesenta hombres lucharon hasta la noche contra las llamas, que pasaban de un tejado a otro.",
     "Un humo negro cubría Varde ",
     ": el almacén de un naviero ardió en el puerto. El agua llegó de la dársena. El naviero calcula que ha perdido "
     "cuatro millones y quiere construir más lejos de la ciudad.",
     "el martes", "el viernes"},
};

TEST(RecurringEvents, WithoutDatesDaysOfTheWeekAndYearsPartThem) {
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

// Six texts without a date on ferries that sank off one port: three told of others dead, and aboard, are of another event.
struct Numbered {
  const char* language;
  const char* texts[6];
};

const Numbered numbered[] = {
    {"en",
     {"A ferry with ABOARD people on board sank off Lidra on its way to the islands. DEAD were killed, the coast guard "
      "said.",
      "At least DEAD people died when the Lidra ferry went down. ABOARD had been on board, said the coast guard.",
      "Divers searched the wreck of the ferry off Lidra. Of ABOARD passengers on the way to the islands DEAD are dead.",
      "The Lidra ferry disaster killed DEAD people. The coast guard counted ABOARD passengers on the boat to the "
      "islands.",
      "Lidra mourned the DEAD dead of the ferry that sank with ABOARD passengers on board.",
      "The coast guard raised the wreck of the ferry that sank off Lidra. It had carried ABOARD people to the islands; "
      "DEAD died."}},
    {"de",
     {"Eine Fähre mit ABOARD Menschen an Bord ist vor Lidra auf dem Weg zu den Inseln gesunken. DEAD kamen ums Leben, "
      "teilte die Küstenwache mit.",
      "Mindestens DEAD Menschen starben, als die Fähre von Lidra unterging. ABOARD waren an Bord, sagte die "
      "Küstenwache.",
      "Taucher suchten das Wrack der Fähre vor Lidra ab. Von ABOARD Passagieren auf dem Weg zu den Inseln sind DEAD "
      "tot.",
      "Das Fährunglück von Lidra kostete DEAD Menschen das Leben. Die Küstenwache zählte ABOARD Passagiere auf der "
      "Fähre zu den Inseln.",
      "Lidra trauert um die DEAD Toten der Fähre, die mit ABOARD Passagieren an Bord gesunken ist.",
      "Die Küstenwache hob das Wrack der Fähre, die vor Lidra gesunken war. Sie hatte ABOARD Menschen zu den Inseln "
      "bringen sollen; DEAD starben."}},
    {"fr",
     {"Un ferry avec ABOARD personnes à bord a coulé au large de Lidra en route vers les îles. DEAD sont mortes, selon "
      "les garde-côtes.",
      "Au moins DEAD personnes sont mortes dans le naufrage du ferry de Lidra. ABOARD étaient à bord, ont dit les "
      "garde-côtes.",
      "Des plongeurs ont fouillé l'épave du ferry au large de Lidra. Sur ABOARD passagers en route vers les îles, DEAD "
      "sont morts.",
      "Le naufrage du ferry de Lidra a tué DEAD personnes. Les garde-côtes ont compté ABOARD passagers à bord, en "
      "route vers les îles.",
      "Lidra pleure les DEAD morts du ferry qui a coulé avec ABOARD passagers à bord.",
      "Les garde-côtes ont relevé l'épave du ferry qui avait coulé au large de Lidra. Il menait ABOARD personnes vers "
      "les îles ; DEAD sont mortes."}},
    {"es",
     {"Un transbordador con ABOARD personas a bordo se hundió frente a Lidra, rumbo a las islas. DEAD murieron, según "
      "los guardacostas.",
      "Al menos DEAD personas murieron al hundirse el transbordador de Lidra. ABOARD iban a bordo, dijeron los "
      "guardacostas.",
      "Los buzos registraron los restos del transbordador frente a Lidra. De ABOARD pasajeros rumbo a las islas, DEAD "
      "han muerto.",
      "El naufragio del transbordador de Lidra mató a DEAD personas. Los guardacostas contaron ABOARD pasajeros a "
      "bordo, rumbo a las islas.",
      "Lidra llora a los DEAD muertos del transbordador que se hundió con ABOARD pasajeros a bordo.",
      "Los guardacostas sacaron los restos del transbordador que se hundió frente a Lidra. Llevaba ABOARD personas a "
      "las islas; DEAD murieron."}},
};

TEST(RecurringEvents, WithoutDatesNumbersPartThem) {
  for (const Numbered& row : numbered) {
    for (const bool one : {true, false}) {
      std::vector<Article> articles;
      for (const char* text : row.texts) {
        Article& a = articles.emplace_back();
        a.id = std::to_string(articles.size());
        a.language = row.language;
        a.text = text;
        const bool other = !one && articles.size() > 3;
        a.text.replace(a.text.find("DEAD"), 4, other ? "31" : "14");
        a.text.replace(a.text.find("ABOARD"), 6, other ? "340" : "212");
      }
      const Corpus corpus(articles);
      const std::vector<Document> documents = analyze(corpus);
      const std::vector<Story> stories = group_stories(corpus, documents, find_duplicates(corpus, documents));
      ASSERT_EQ(stories.size(), one ? 1u : 2u) << row.language;
      EXPECT_EQ(stories[0].articles.size(), one ? 6u : 3u) << row.language;
    }
  }
}

}  // namespace
}  // namespace storymerge
