// Tables: days and times as four languages write them, and what a reader takes them to mean.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "storymerge/text/dates.h"

namespace storymerge {
namespace {

struct Row {
  std::string_view text;
  std::string_view want;  // "quote = day", "quote = first..last", with " hh:mm"; "-": cannot be resolved; in order
};

const Time published = *parse_time("2031-05-08T09:00:00Z");  // a Thursday

std::string day_text(std::chrono::sys_days day) { return format_time(day).substr(0, 10); }

std::string days_in(std::string_view text, std::string_view language) {
  std::string out;
  for (const DateMention& d : find_dates(text, published, language)) {
    std::string value = d.from ? day_text(*d.from) : "-";
    if (d.from && *d.to != *d.from) value += ".." + day_text(*d.to);
    if (d.minute_of_day) value += fmt::format(" {:02}:{:02}", *d.minute_of_day / 60, *d.minute_of_day % 60);
    out += fmt::format("{}{} = {}", out.empty() ? "" : "; ", text.substr(d.range.begin, d.range.size()), value);
  }
  return out;
}

void expect_rows(std::string_view language, const std::vector<Row>& rows) {
  EXPECT_GE(rows.size(), 30u);
  for (const Row& row : rows) EXPECT_EQ(days_in(row.text, language), row.want) << row.text;
}

TEST(Days, InEnglish) {
  expect_rows(
      "en", {
                {"Voters go to the polls on Sunday.", "Sunday = 2031-05-11"},
                {"The bridge opened at the weekend.", "the weekend = 2031-05-03..2031-05-04"},
                {"The bridge will open at the weekend.", "the weekend = 2031-05-10..2031-05-11"},
                {"The fair ran from Monday to Wednesday.", "Monday to Wednesday = 2031-05-05..2031-05-07"},
                {"The fair was moved from Monday to Wednesday.", "Monday = 2031-05-05; Wednesday = 2031-05-07"},
                {"The trial, which resumes on Monday, has lasted a year.", "Monday = 2031-05-12"},
                {"The trial, which ended on Monday, has lasted a year.", "Monday = 2031-05-05"},
                {"Voters went to the polls on Sunday.", "Sunday = 2031-05-04"},
                {"By Friday the water had gone.", "Friday = 2031-05-02"},
                {"By Friday the water will be gone.", "Friday = 2031-05-09"},
                {"The town will be dry by mid-June.", "June = 2031-06-01..2031-06-30"},
                {"The court meets on Tuesday.", "Tuesday = 2031-05-13"},
                {"The court met on Tuesday.", "Tuesday = 2031-05-06"},
                {"The talks will be held on Monday.", "Monday = 2031-05-12"},
                {"The talks were held on Monday.", "Monday = 2031-05-05"},
                {"The strike is due to begin on Monday.", "Monday = 2031-05-12"},
                {"The bridge will close, police said on Monday.", "Monday = 2031-05-05"},
                {"She will resign; the minister had left on Monday.", "Monday = 2031-05-05"},
                {"He may have died on Monday.", "Monday = 2031-05-05"},
                {"On Sunday, voters go to the polls.", "Sunday = 2031-05-11"},
                {"It happened on Tuesday of last week.", "Tuesday of last week = 2031-04-29"},
                {"It closed a fortnight ago.", "a fortnight ago = 2031-04-24"},
                {"It sold more in 2030-31.", "2030-31 = 2030-01-01..2031-12-31"},
                {"It sold more in the year 2030/31.", "2030/31 = 2030-01-01..2031-12-31"},
                {"It opened on 12.03.2031.", "12.03.2031 = 2031-03-12"},
                {"On Christmas Day it snowed.", "Christmas Day = 2030-12-25"},
                {"On New Year's Eve 2029 it snowed.", "New Year's Eve 2029 = 2029-12-31"},
                {"It snowed overnight.", "overnight = 2031-05-07..2031-05-08"},
                {"It burned in the early hours of Thursday.", "the early hours of Thursday = 2031-05-08"},
                {"It burned on Wednesday night.", "Wednesday night = 2031-05-07"},
                {"It will end by year's end.", "year's end = 2031-12-31"},
                {"It will end at the end of the month.", "the end of the month = 2031-05-31"},
                {"The polls open at 7 a.m. on Sunday.", "7 a.m. on Sunday = 2031-05-11 07:00"},
                {"It fell on the day before yesterday.", "the day before yesterday = 2031-05-06"},
                {"It ran from 28 April to 3 May.", "28 April = 2031-04-28; 3 May = 2031-05-03"},
                {"It was on Friday, April 25, 2031.", "Friday, April 25, 2031 = 2031-04-25"},
                {"It has closed since Monday.", "Monday = 2031-05-05"},
                {"It is closed until Monday.", "Monday = 2031-05-12"},
                {"They meet every Monday.", ""},
                {"The second quarter of 2030 was weak.", "second quarter of 2030 = 2030-04-01..2030-06-30"},
                {"May Smith will march on.", ""},
                {"In the 1990s and in 1850 it stood.", "1990s = 1990-01-01..1999-12-31; 1850 = 1850-01-01..1850-12-31"},
                {"It was last month, not last year.",
                 "last month = 2031-04-01..2031-04-30; last year = 2030-01-01..2030-12-31"},
                {"He left at 9.30pm on Monday.", "9.30pm on Monday = 2031-05-05 21:30"},
            });
}

TEST(Days, InGerman) {
  expect_rows("de",
              {
                  {"Am 3. Oktober 2030 kam er.", "3. Oktober 2030 = 2030-10-03"},
                  {"Am 3. Mai kam er.", "3. Mai = 2031-05-03"},
                  {"Um halb drei am Dienstagnachmittag kam er.", "halb drei am Dienstagnachmittag = 2031-05-06 14:30"},
                  {"Es war halb drei.", "halb drei = - 02:30"},
                  {"Am Freitag, 2. Mai, kam er.", "Freitag, 2. Mai = 2031-05-02"},
                  {"Er kam am Sonntag an.", "Sonntag = 2031-05-04"},
                  {"Er ist am Sonntag gekommen.", "Sonntag = 2031-05-04"},
                  {"Am Sonntag ist der Turm eingestürzt.", "Sonntag = 2031-05-04"},
                  {"Ein Fahrer ist am Sonntag auf der Autobahn verunglückt.", "Sonntag = 2031-05-04"},
                  {"Am Sonntagabend ist die Mühle in Hamm abgebrannt.", "Sonntagabend = 2031-05-04"},
                  {"Das Bad ist am Sonntag wieder geöffnet.", "Sonntag = 2031-05-11"},
                  {"Am Sonntag ist Wahl in Hamm.", "Sonntag = 2031-05-11"},
                  {"Jan Topp kam im Jan 2031.", "Jan 2031 = 2031-01-01..2031-01-31"},
                  {"Er wird am Sonntag kommen.", "Sonntag = 2031-05-11"},
                  {"Die Wahl findet am Sonntag statt.", "Sonntag = 2031-05-11"},
                  {"Das Schiff sank am Sonntagabend.", "Sonntagabend = 2031-05-04"},
                  {"Er kam gestern an.", "gestern = 2031-05-07"},
                  {"Er kam vorgestern an.", "vorgestern = 2031-05-06"},
                  {"Er kommt morgen an.", "morgen = 2031-05-09"},
                  {"Er kommt heute an.", "heute = 2031-05-08"},
                  {"Vor zwei Tagen war er da.", "Vor zwei Tagen = 2031-05-06"},
                  {"Vor einer Woche war er da.", "Vor einer Woche = 2031-05-01"},
                  {"In der vergangenen Woche war er da.", "vergangenen Woche = 2031-04-28..2031-05-04"},
                  {"Im vergangenen Jahr war er da.", "vergangenen Jahr = 2030-01-01..2030-12-31"},
                  {"Am vergangenen Montag war er da.", "Montag = 2031-05-05"},
                  {"Am kommenden Montag ist er da.", "Montag = 2031-05-12"},
                  {"Um 17.40 Uhr sank es.", "17.40 Uhr = - 17:40"},
                  {"Gegen 22 Uhr sank es.", "22 Uhr = - 22:00"},
                  {"Um 14:30 Uhr sank es.", "14:30 Uhr = - 14:30"},
                  {"Am Montag um 9 Uhr sank es.", "Montag um 9 Uhr = 2031-05-05 09:00"},
                  {"Es war am 12.03.2031.", "12.03.2031 = 2031-03-12"},
                  {"Im März 2030 war es.", "März 2030 = 2030-03-01..2030-03-31"},
                  {"Im März war es.", "März = 2031-03-01..2031-03-31"},
                  {"In der Nacht zum Donnerstag brannte es.", "Nacht zum Donnerstag = 2031-05-07..2031-05-08"},
                  {"Bis Jahresende soll es stehen.", "Jahresende = 2031-12-31"},
                  {"Im Jahr 2029 brannte es.", "2029 = 2029-01-01..2029-12-31"},
                  {"In den 1990er Jahren war es so.", "1990er Jahren = 1990-01-01..1999-12-31"},
                  {"Im Geschäftsjahr 2030/31 war es so.", "2030/31 = 2030-01-01..2031-12-31"},
                  {"Vom 14. bis 16. März war es so.", "14. bis 16. März = 2031-03-14..2031-03-16"},
              });
}

TEST(Days, InFrench) {
  expect_rows(
      "fr", {
                {"Le 3 octobre 2030 il est venu.", "3 octobre 2030 = 2030-10-03"},
                {"Le 1er mai il est venu.", "1er mai = 2031-05-01"},
                {"Le vendredi 2 mai il est venu.", "vendredi 2 mai = 2031-05-02"},
                {"Il est venu dimanche.", "dimanche = 2031-05-04"},
                {"Les habitants voteront dimanche.", "dimanche = 2031-05-11"},
                {"Il était là dimanche.", "dimanche = 2031-05-04"},
                {"Il est venu hier.", "hier = 2031-05-07"},
                {"Il est venu avant-hier.", "avant-hier = 2031-05-06"},
                {"Il viendra demain.", "demain = 2031-05-09"},
                {"Il vient aujourd'hui.", "aujourd'hui = 2031-05-08"},
                {"Il est venu il y a deux jours.", "il y a deux jours = 2031-05-06"},
                {"Il viendra dans trois jours.", "dans trois jours = 2031-05-11"},
                {"La semaine dernière il est venu.", "semaine dernière = 2031-04-28..2031-05-04"},
                {"L'année dernière il est venu.", "année dernière = 2030-01-01..2030-12-31"},
                {"Mardi dernier il est venu.", "Mardi dernier = 2031-05-06"},
                {"Mardi prochain il viendra.", "Mardi prochain = 2031-05-13"},
                {"À 14h30 il est venu.", "14h30 = - 14:30"},
                {"Vers 14 heures il est venu.", "14 heures = - 14:00"},
                {"Lundi à 9 heures il est venu.", "Lundi à 9 heures = 2031-05-05 09:00"},
                {"En mars 2030 il est venu.", "mars 2030 = 2030-03-01..2030-03-31"},
                {"En mars il est venu.", "mars = 2031-03-01..2031-03-31"},
                {"En mars dernier il est venu.", "mars = 2031-03-01..2031-03-31"},
                {"En 2029 il est venu.", "2029 = 2029-01-01..2029-12-31"},
                {"Dans les années 1990 il est venu.", "années 1990 = 1990-01-01..1999-12-31"},
                {"Dans la nuit de mercredi à jeudi il est venu.", "nuit de mercredi à jeudi = 2031-05-07..2031-05-08"},
                {"Le 12/03/2031 il est venu.", "12/03/2031 = 2031-03-12"},
                {"D'ici la fin de l'année.", "la fin de l'année = 2031-12-31"},
                {"Il est venu ce matin.", "ce matin = 2031-05-08"},
                {"Il est venu lundi soir.", "lundi soir = 2031-05-05"},
                {"À midi il est venu.", "midi = - 12:00"},
            });
}

TEST(Days, InSpanish) {
  expect_rows("es", {
                        {"El 5 de mayo de 2030 vino.", "5 de mayo de 2030 = 2030-05-05"},
                        {"El 5 de mayo vino.", "5 de mayo = 2031-05-05"},
                        {"El viernes 2 de mayo vino.", "viernes 2 de mayo = 2031-05-02"},
                        {"Llegó el domingo.", "domingo = 2031-05-04"},
                        {"Llegará el domingo.", "domingo = 2031-05-11"},
                        {"Las elecciones se celebran el domingo.", "domingo = 2031-05-11"},
                        {"Llegó ayer.", "ayer = 2031-05-07"},
                        {"Llegó anteayer.", "anteayer = 2031-05-06"},
                        {"Llegará mañana.", "mañana = 2031-05-09"},
                        {"Llega hoy.", "hoy = 2031-05-08"},
                        {"Llegó hace dos días.", "hace dos días = 2031-05-06"},
                        {"Llegará dentro de tres días.", "dentro de tres días = 2031-05-11"},
                        {"La semana pasada llegó.", "semana pasada = 2031-04-28..2031-05-04"},
                        {"El año pasado llegó.", "año pasado = 2030-01-01..2030-12-31"},
                        {"El martes pasado llegó.", "martes pasado = 2031-05-06"},
                        {"El próximo martes llegará.", "martes = 2031-05-13"},
                        {"El martes de la semana pasada llegó.", "martes de la semana pasada = 2031-04-29"},
                        {"A las 14.30 horas llegó.", "14.30 horas = - 14:30"},
                        {"A las 14:30 llegó.", "14:30 = - 14:30"},
                        {"En marzo de 2030 llegó.", "marzo de 2030 = 2030-03-01..2030-03-31"},
                        {"En marzo llegó.", "marzo = 2031-03-01..2031-03-31"},
                        {"En 2029 llegó.", "2029 = 2029-01-01..2029-12-31"},
                        {"En los años 1990 llegó.", "años 1990 = 1990-01-01..1999-12-31"},
                        {"En la madrugada del jueves llegó.", "la madrugada del jueves = 2031-05-08"},
                        {"El 12/03/2031 llegó.", "12/03/2031 = 2031-03-12"},
                        {"A finales de año llegará.", "finales de año = 2031-12-31"},
                        {"Llegó esta mañana.", "esta mañana = 2031-05-08"},
                        {"Llegó el lunes por la noche.", "lunes por la noche = 2031-05-05"},
                        {"A medianoche llegó.", "medianoche = - 00:00"},
                        {"Llegan todos los lunes.", ""},
                    });
}

TEST(Days, AreThoseOfTheOutletsOwnCalendar) {
  const Time late = *parse_time("2031-05-06T22:30:00-07:00");
  const auto today = [&](int offset) {
    return day_text(*find_dates("It jammed today.", late, "en", std::chrono::minutes(offset)).at(0).from);
  };
  EXPECT_EQ(today(-7 * 60), "2031-05-06");
  EXPECT_EQ(today(0), "2031-05-07");
}

TEST(Days, WithTimeAndZoneAreInstants) {
  const auto instant = [](std::string_view text) {
    const auto found = find_dates(text, published);
    return !found.empty() && found[0].instant ? format_time(*found[0].instant) : "-";
  };
  EXPECT_EQ(instant("It sank at 9 p.m. GMT on Monday."), "2031-05-05T21:00:00Z");
  EXPECT_EQ(instant("It sank at 9 p.m. EST on 5 January."), "2031-01-06T02:00:00Z");
  EXPECT_EQ(instant("It sank at 9 p.m. ET on Monday."), "2031-05-06T01:00:00Z");  // summer time
  EXPECT_EQ(instant("It sank at 9 p.m. ET on 6 January."), "2031-01-07T02:00:00Z");
  EXPECT_EQ(instant("It sank at 9 p.m. on Monday."), "-");
}

TEST(Days, OfANightMayBeTheNextDay) {
  const auto first = [](std::string_view text) { return find_dates(text, published).at(0); };
  const DateMention night = first("It burned on Wednesday night."),
                    early = first("It burned in the early hours of Thursday.");
  EXPECT_TRUE(may_be_one_day(night, early));
  EXPECT_TRUE(may_be_one_day(early, night));
  EXPECT_FALSE(may_be_one_day(first("It burned on Wednesday."), early));
  EXPECT_FALSE(may_be_one_day(first("It burned on Tuesday night."), early));
}

}  // namespace
}  // namespace storymerge
