// Tables: numbers as four languages write them; each row lists all that a reader takes for a number.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "storymerge/text/quantities.h"

namespace storymerge {
namespace {

struct Row {
  std::string_view text;
  std::string_view want;  // "quote = low..high unit; …", in order; one value where both are the same
};

const Time published = *parse_time("2031-11-03T09:40:00Z");  // a Monday

std::string written(double v) { return std::isinf(v) ? "" : fmt::format("{:.10g}", std::round(v * 1e6) / 1e6); }

std::string numbers_in(std::string_view text, std::string_view language) {
  std::string out;
  for (const Quantity& q : find_quantities(text, find_dates(text, published, language), language)) {
    const std::string low = written(q.low), high = written(q.high);
    out += fmt::format("{}{} = {}{}{}", out.empty() ? "" : "; ", text.substr(q.range.begin, q.range.size()),
                       low == high ? low : low + ".." + high, q.unit.empty() ? "" : " ", q.unit);
  }
  return out;
}

void expect_rows(std::string_view language, const std::vector<Row>& rows) {
  EXPECT_GE(rows.size(), 30u);
  for (const Row& row : rows) EXPECT_EQ(numbers_in(row.text, language), row.want) << row.text;
}

TEST(Numbers, InEnglish) {
  expect_rows(
      "en",
      {
          {"It cost a quarter of a million crowns.", "a quarter of a million crowns = 250000 crowns"},
          {"Three quarters of a million people came.", "Three quarters of a million = 750000 people"},
          {"It took half a dozen men.", "half a dozen = 6 men"},
          {"A 10m-high wave hit.", "10m = 10 m"},
          {"The 40m dry well was sealed.", "40m = 40 m"},
          {"The boy fell into a 32m well.", "32m = 32 m"},
          {"The 40m voters stayed at home.", "40m = 40000000 voters"},
          {"Its 40m audience fell.", "40m = 40000000 audience"},
          {"He ran the 100m in 9.9 seconds.", "100m = 100 m; 9.9 seconds = 9.9 seconds"},
          {"The 450-pound gorilla fled.", "450-pound = 450 lb"},
          {"He got a 450-pound fine.", "450-pound = 450 £"},
          {"It has 7.6 million pounds of thrust.", "7.6 million pounds = 7600000 lb"},
          {"It did 7.6 million pounds of damage.", "7.6 million pounds = 7600000 £"},
          {"It weighs 300 pounds.", "300 pounds = 300 lb"},
          {"It costs 300 pounds.", "300 pounds = 300 £"},
          {"Rates rose a quarter of a percentage point.", "a quarter of a percentage point = 0.25 percentage points"},
          {"Rates rose by half a percentage point.", "half a percentage point = 0.5 percentage points"},
          {"A quarter of the town fled.", "A quarter = 25 %"},
          {"It costs Rs 40 crore or Rs. 90.", "Rs 40 crore = 400000000 rupees; Rs. 90 = 90 rupees"},
          {"The driver, 43, was held.", "43 = 43 years old"},
          {"Tickets cost 40p.", "40p = 40 pence"},
          {"The tower is 180ft tall.", "180ft = 180 feet"},
          {"The man is 6ft 3in tall.", "6ft = 6 feet; 3in = 3 inches"},
          {"There were 3 in the car.", "3 = 3"},
          {"It fell to -12.5°C overnight.", "-12.5°C = -12.5 °C"},
          {"It was minus 12 degrees.", "minus 12 degrees = -12 degrees"},
          {"Output fell by −3.2% there.", "−3.2% = -3.2 %"},
          {"It paid A$3.5m and US$2bn.", "A$3.5m = 3500000 A$; US$2bn = 2000000000 $"},
          {"It paid EUR 5m.", "EUR 5m = 5000000 €"},
          {"One in five children reads.", "One in five = 20 %"},
          {"Three in 10 stayed.", "Three in 10 = 30 %"},
          {"Nine out of ten agree.", "Nine out of ten = 90 %"},
          {"Rates rose 0.5 percentage points to 3 per cent.",
           "0.5 percentage points = 0.5 percentage points; 3 per cent = 3 %"},
          {"Some 3 lakh voters and 2 crore rupees.",
           "Some 3 lakh = 285000..315000 voters; 2 crore rupees = 20000000 rupees"},
          {"It has 1,20,000 members.", "1,20,000 = 120000 members"},
          {"More than 816 000 votes were cast.", "More than 816 000 = 816000.. votes"},
          {"Nearly 200 trains ran.", "Nearly 200 = 180..200 trains"},
          {"Twenty-odd tractors came.", "Twenty-odd = 20..29 tractors"},
          {"Two dozen hours passed.", "Two dozen hours = 24 hours"},
          {"Between 5% and 7% stayed.", "Between 5% and 7% = 5..7 %"},
          {"It has 12-15 rooms.", "12-15 = 12..15 rooms"},
          {"It rose from 4 to 5 per cent.", "4 = 4; 5 per cent = 5 %"},
          {"At a ratio of 3 to 1.", "3 to 1 = 3 ratio"},
          {"They waited two and a half hours.", "two and a half hours = 2.5 hours"},
          {"It is 2½ miles long.", "2½ miles = 2.5 miles"},
          {"Prices rose 3,4 per cent.", ""},  // no number of English
          {"Version 1.2.3 of the A320 and Covid-19.", ""},
          {"Winds of 120 km/h tore it down.", "120 km/h = 120 km/h"},
          {"It burned 12 square kilometres.", "12 square kilometres = 12 sq km"},
          {"A hundred and five people sang.", "A hundred and five = 105 people"},
          {"Tens of thousands marched.", "Tens of thousands = 20000..99900"},
          {"No fewer than 30 boats sank.", "No fewer than 30 = 30.. boats"},
          {"He was one of the men who said no one came.", ""},
          {"A couple of hundred sheep died.", "A couple of hundred = 200..201 sheep"},
          {"A 45-year-old man and Lena Vogt, 34, drowned.", "45-year-old = 45 years old; 34 = 34 years old"},
          {"It burned.\n\nAt least 12 people died.", "At least 12 = 12.. people"},
          {"Viktor Holm Jr., 38, was held.", "38 = 38 years old"},
          {"Ana Ruiz, a mother of two, was held.", "two = 2"},
          {"A girl of 9 was held.", "9 = 9 years old"},
          {"She lives at 36 Mill Lane.", ""},
          {"They met at 221 Baker Street in Tarn.", ""},
          {"Buses of line 12 were late.", ""},
          {"On the line 12 people wait.", "12 = 12 people"},
          {"Berths 4 to 7 are closed.", ""},
          {"The firm closed berths 4 and 7.", ""},
          {"As road 12 is shut, lorries wait.", ""},
          {"The road 12 lorries took is shut.", "12 = 12 lorries"},
      });
}

TEST(Numbers, InGerman) {
  expect_rows("de", {
                        {"1.200 Bewohner flohen.", "1.200 = 1200 bewohner"},
                        {"Rund 1200 Menschen kamen.", "Rund 1200 = 1140..1260 people"},
                        {"Es kostet 3,4 Millionen Euro.", "3,4 Millionen Euro = 3400000 €"},
                        {"Es kostet 1,2 Mrd. Euro.", "1,2 Mrd. Euro = 1200000000 €"},
                        {"Der Anteil liegt bei 38,4 Prozent.", "38,4 Prozent = 38.4 %"},
                        {"Ein Minus von 7,4 % sei viel.", "7,4 % = 7.4 %"},
                        {"Um 1,5 Prozentpunkte stieg es.", "1,5 Prozentpunkte = 1.5 percentage points"},
                        {"Zweihundertfünfzig Helfer kamen.", "Zweihundertfünfzig = 250 helfer"},
                        {"Es waren fünfundzwanzig Boote.", "fünfundzwanzig = 25 boote"},
                        {"Mehr als 40 Feuerwehrleute löschten.", "Mehr als 40 = 40.. feuerwehrleute"},
                        {"Mindestens zwölf Tote wurden geborgen.", "Mindestens zwölf = 12.. people"},
                        {"Fast 300 Jobs fallen weg.", "Fast 300 = 270..300 jobs"},
                        {"Zwischen 10 und 15 Schafe starben.", "Zwischen 10 und 15 = 10..15 schafe"},
                        {"Es gab 10 bis 15 Verletzte.", "10 bis 15 = 10..15 people"},
                        {"Eine 73 Jahre alte Frau starb.", "73 Jahre alte = 73 years old"},
                        {"Die 45-Jährige lebt.", "45-Jährige = 45 years old"},
                        {"Ein Drittel der Wähler blieb weg.", "Ein Drittel = 33.333333 %"},
                        {"Die Hälfte der Boote sank.", "Hälfte = 50 %"},
                        {"Jeder fünfte Bürger ist arm.", "Jeder fünfte = 20 %"},
                        {"Sie gewannen 2:1 in Lisk.", "2:1 = 2001 score"},
                        {"Dutzende Boote kamen.", "Dutzende = 24..119.88 boote"},
                        {"Eine halbe Million Menschen floh.", "Eine halbe Million = 500000 people"},
                        {"Bei 120 km/h und minus 5 Grad.", "120 km/h = 120 km/h; minus 5 Grad = -5 degrees"},
                        {"Auf 40 Metern gab er nach.", "40 Metern = 40 m"},
                        {"Das Feld misst 300 Hektar.", "300 Hektar = 300 hectares"},
                        {"Es war ihr 10. Sieg.", "10. = 10 sieg"},
                        {"Der 1. FC Hallow kam.", ""},
                        {"Drei von vier Boten kamen.", "Drei von vier = 75 %"},
                        {"Einer von zehn Boten kam.", "Einer von zehn = 10 %"},
                        {"Eine Strafe von 30 Millionen Euro.", "30 Millionen Euro = 30000000 €"},
                        {"Ein Zug von 100 Menschen.", "100 = 100 people"},
                        {"Ida Moll (27) stürzte.", "27 = 27 years old"},
                        {"Der Landkreis Neu Losk (27) liegt vorn.", ""},
                        {"Bis zu 500 Stellen fallen weg.", "Bis zu 500 = ..500 stellen"},
                        {"Etwa 3.5 Millionen.", ""},  // no number of German
                        {"Keine Verletzten gab es.", "Keine = 0 people"},
                        {"Es waren 1.234.567 Stimmen.", "1.234.567 = 1234567 stimmen"},
                    });
}

TEST(Numbers, InFrench) {
  expect_rows("fr", {
                        {"Quelque 1.200 habitants ont fui.", "Quelque 1.200 = 1140..1260 habitants"},
                        {"Plus de 816 000 électeurs ont voté.", "Plus de 816 000 = 816000.. électeurs"},
                        {"Il obtient 38,4 % des voix.", "38,4 % = 38.4 %"},
                        {"Soit « 7,4 % » de plus.", "7,4 % = 7.4 %"},
                        {"Il obtient 64,2 pour cent.", "64,2 pour cent = 64.2 %"},
                        {"Cela coûte 3,4 millions d'euros.", "3,4 millions d'euros = 3400000 €"},
                        {"Cela coûte 5 M€.", "5 M€ = 5000000 €"},
                        {"Cela coûte 20 €.", "20 € = 20 €"},
                        {"Un quart de million de foyers.", "Un quart de million = 250000 foyers"},
                        {"Une centaine de personnes.", "Une centaine de = 100..101 people"},
                        {"Des dizaines de milliers de gens.", "dizaines de milliers = 20000..99900 people"},
                        {"Quatre-vingt-dix bateaux sont partis.", "Quatre-vingt-dix = 90 bateaux"},
                        {"Vingt et un marins sont morts.", "Vingt et un = 21 marins"},
                        {"Soixante-quinze écoles ferment.", "Soixante-quinze = 75 écoles"},
                        {"Deux cent cinquante emplois partent.", "Deux cent cinquante = 250 emplois"},
                        {"Au moins douze morts.", "Au moins douze = 12.. people"},
                        {"Près de 300 arbres sont tombés.", "Près de 300 = 270..300 arbres"},
                        {"Entre 10 et 15 vaches.", "Entre 10 et 15 = 10..15 vaches"},
                        {"De 10 à 15 vaches.", "De 10 à 15 = 10..15 vaches"},
                        {"Un homme âgé de 41 ans.", "41 = 41 years old"},
                        {"Un tiers des voix.", "Un tiers = 33.333333 %"},
                        {"Les deux tiers des voix.", "deux tiers = 66.666667 %"},
                        {"La moitié des maisons.", "moitié = 50 %"},
                        {"Un habitant sur cinq est parti.", "Un habitant sur cinq = 20 %"},
                        {"Trois électeurs.", "Trois = 3 électeurs"},
                        {"Des vents de 120 km/h.", "120 km/h = 120 km/h"},
                        {"Il fait moins 5 degrés.", "moins 5 degrés = -5 degrees"},
                        {"Sur 300 kilomètres carrés.", "300 kilomètres carrés = 300 sq km"},
                        {"La 12e victoire.", "12e = 12 victoire"},
                        {"Jusqu'à 500 emplois.", "Jusqu'à 500 = ..500 emplois"},
                        {"Il a duré 20 minutes.", "20 minutes = 20 minutes"},
                        {"Aucun blessé n'est signalé.", "Aucun = 0 people"},
                    });
}

TEST(Numbers, InSpanish) {
  expect_rows("es", {
                        {"Evacuaron a 3.400 personas.", "3.400 = 3400 people"},
                        {"Unas 3400 personas salieron.", "Unas 3400 = 3230..3570 people"},
                        {"Cuesta 3,4 millones de euros.", "3,4 millones de euros = 3400000 €"},
                        {"El 38,4 por ciento votó.", "38,4 por ciento = 38.4 %"},
                        {"Un 7,4 % más.", "7,4 % = 7.4 %"},
                        {"Subió 1,5 puntos porcentuales.", "1,5 puntos porcentuales = 1.5 percentage points"},
                        {"Cuesta dos mil millones de pesos.", "dos mil millones de pesos = 2000000000 pesos"},
                        {"Vinieron treinta y cinco barcos.", "treinta y cinco = 35 barcos"},
                        {"Doscientos cincuenta vecinos.", "Doscientos cincuenta = 250 vecinos"},
                        {"Un cuarto de millón de hogares.", "Un cuarto de millón = 250000 hogares"},
                        {"Medio millón de hogares.", "Medio millón = 500000 hogares"},
                        {"Un millón y medio de votos.", "Un millón y medio = 1500000 votos"},
                        {"Más de 40 bomberos.", "Más de 40 = 40.. bomberos"},
                        {"Al menos doce muertos.", "Al menos doce = 12.. people"},
                        {"Casi 300 empleos.", "Casi 300 = 270..300 empleos"},
                        {"Entre 10 y 15 ovejas.", "Entre 10 y 15 = 10..15 ovejas"},
                        {"De 10 a 15 ovejas.", "De 10 a 15 = 10..15 ovejas"},
                        {"Una mujer de 53 años murió.", "53 años = 53 years old"},
                        {"Un tercio de los votos.", "Un tercio = 33.333333 %"},
                        {"La mitad de las casas.", "mitad = 50 %"},
                        {"Uno de cada cinco vota.", "Uno de cada cinco = 20 %"},
                        {"Decenas de miles de vecinos.", "Decenas de miles = 20000..99900 vecinos"},
                        {"Una docena de barcos.", "Una docena de = 12 barcos"},
                        {"Vientos de 120 km/h.", "120 km/h = 120 km/h"},
                        {"Estaban a menos 5 grados.", "menos 5 grados = -5 degrees"},
                        {"Hasta 500 empleos.", "Hasta 500 = ..500 empleos"},
                        {"Son 20 kilómetros.", "20 kilómetros = 20 km"},
                        {"Ganaron 3 a 1 en Lisk.", "3 a 1 = 3001 score"},
                        {"Ningún herido hubo.", "Ningún = 0 people"},
                        {"Tiene 1.234.567 votos.", "1.234.567 = 1234567 votos"},
                        {"Duró 20 minutos.", "20 minutos = 20 minutes"},
                    });
}

}  // namespace
}  // namespace storymerge
