// Why are two articles copies of one text, or one story, or neither? And which of their claims say the same?
// The two are judged alone. Among many, the articles around them have a say: see group_stories.

#include <storymerge/story/explain.h>
#include <storymerge/storymerge.h>

#include <array>
#include <cmath>
#include <iomanip>

#include "program/arguments.h"
#include "program/columns.h"

namespace sm = storymerge;
using Documents = std::vector<sm::Document>;
using examples::cut, examples::padded, examples::wrapped;

static void print_copies(const Documents& d, const sm::Duplicates& duplicates, std::ostream& out) {
  const sm::SetOverlap overlap = sm::compare_texts(d[0].body, d[1].body);
  const std::array kinds = {"the same",
                            "near-duplicates",
                            "A holds B",
                            "B holds A",
                            "but with a passage in common",
                            "versions of one page",
                            "one links to the other's page"};
  const bool same = !duplicates.pairs.empty() && duplicates.pairs[0].jaccard == 1;  // also of two versions
  out << "\nCOPIES?\n" << (duplicates.origins.size() == 1 ? "Copies of one text" : "Not copies");
  if (!duplicates.pairs.empty()) out << ", " << kinds[same ? 0 : std::size_t(duplicates.pairs[0].relation)];
  out << ": both have " << overlap.common << " of " << overlap.a + overlap.b - overlap.common << " shingles, Jaccard "
      << overlap.jaccard() << ".\nB has " << std::lround(100 * overlap.containment_a_in_b())
      << "% of A's shingles, A has " << std::lround(100 * overlap.containment_b_in_a()) << "% of B's.\n";
}

static void print_story(const sm::Comparison& c, const sm::Duplicates& duplicates, std::ostream& out) {
  const bool copies = duplicates.origins.size() == 1;
  out << "\nONE STORY?\n";
  for (const sm::DuplicatePair& pair : duplicates.pairs) {
    if (pair.form) out << "Two stories whatever their likeness: one form, filled in for two things. Else:\n";
    if (pair.retold) out << "One story, for one tells the other's report in words half its own. Else:\n";
  }
  out << (c.one_story() || copies ? "One story" : "Two stories") << ": similarity " << c.similarity << ", needed "
      << c.needed << ". Time factor " << c.time_factor << ": "
      << (c.days_apart > 0 ? std::to_string(std::lround(24 * c.days_apart)) + " hours apart" : "same time, or no date")
      << ".\n";
  out << (copies ? "Copies of one text are one story. Else they would be " : "They would be ")
      << (c.one_story()        ? "two without:"
          : c.decisive.empty() ? "two whatever both told of"
                               : "one if both told of:");
  for (std::size_t i = 0; i < c.decisive.size() && i < 4; ++i) out << " '" << cut(c.decisive[i].text, 30) << "'";
  out << (c.decisive.size() > 4 ? " and more.\n" : ".\n")
      << "What only one tells of takes nothing away, nor do claims that disagree; but more is needed the more each\n"
      << "dwells on what the other hardly tells: A on '" << cut(c.dwells_a, 40) << "', B on '" << cut(c.dwells_b, 40)
      << "'.\n";
  if (c.lead_names) {
    out << "Of the names of their leads both have " << std::lround(100 * *c.lead_names)
        << " %: the less, the more is needed.\n";
  }
  if (!c.day_a.empty())
    out << "More, too, for their leads tell of two days: A of '" << cut(c.day_a, 40) << "', B of '" << cut(c.day_b, 40)
        << "'.\n";
  const std::array kinds = {"terms", "names", "numbers"};
  for (std::size_t kind = 0; kind < 3; ++kind) {
    const auto column = [&](const std::vector<sm::Evidence>& evidence, const char* whose) {
      std::vector<std::string> lines(1);
      double weight = 0;
      for (const sm::Evidence& e : evidence) {
        if (std::size_t(e.kind) != kind) continue;
        weight += e.weight;
        if (lines.size() < 7) lines.push_back(std::to_string(e.weight).substr(0, 5) + ' ' + cut(e.text, 24));
      }
      lines[0] = std::to_string(weight).substr(0, 5) + ' ' + kinds[kind] + whose;
      return lines;
    };
    const std::array of = {column(c.shared, " of both"), column(c.only_a, " of A only"),
                           column(c.only_b, " of B only")};
    out << '\n' << examples::side_by_side(of, 33);
  }
}

static void print_claims(const sm::Corpus& corpus, const Documents& documents, const sm::Duplicates& duplicates,
                         std::ostream& out) {
  sm::Story story{"", {0, 1}, {0}};  // names and claims are decided inside a story: here, as if the two were one
  if (duplicates.origins.size() == 2) story.origins.push_back(1);
  const sm::Material material = sm::gather(corpus, documents, duplicates, story);
  const sm::Alignment alignment = sm::align_claims(material);
  const std::vector<sm::Dispute> disputes = sm::find_disputes(material, alignment);
  out << "\nCLAIMS OF BOTH, IF ANY\n";
  for (const sm::Name& name : material.names.names) {
    for (std::size_t i = 0; i < name.variants.size(); ++i)
      out << cut(name.variants[i], 40) << " is " << cut(name.canonical, 40) << " (" << name.rules[i] << ").\n";
  }
  const auto& sentences = alignment.statements;
  const auto of_b = [&](std::uint32_t sentence) { return sentences[sentence].span.article == 1; };
  for (const sm::ClaimGroup& claim : alignment.groups) {
    std::vector<std::uint32_t> group;
    for (const sm::Member& member : claim.members) group.push_back(member.statement);
    if (std::ranges::all_of(group, of_b) || std::ranges::none_of(group, of_b)) continue;
    out << '\n';
    for (const sm::Member& member : claim.members)
      out << (of_b(member.statement) ? "B  " : "A  ")
          << wrapped(corpus.quote(sentences[member.statement].span), 96, "   ")
          << (member.counted ? "\n" : " (not counted)\n");
    for (const sm::AlignedPair& pair : alignment.pairs) {
      if (of_b(pair.a) == of_b(pair.b) || !std::ranges::count(group, pair.a) || !std::ranges::count(group, pair.b))
        continue;
      const sm::Explanation why = sm::explain_sentences(material, pair.a, pair.b);
      // How sure after all pairs around are weighed in; the log-odds are of these two by themselves.
      out << "   " << std::lround(100 * pair.probability) << "% sure (" << std::lround(100 * why.together)
          << "% stands together, " << std::lround(100 * why.counted) << "% counts); log-odds" << std::showpos;
      for (std::size_t i = 0; i < 4; ++i)
        out << (i == 0 ? ": " : ", ") << why.contributions[i].feature << ' ' << why.contributions[i].log_odds;
      out << std::noshowpos;
      if (!why.veto.empty()) out << "; forbidden: " << why.veto;
      out << '\n';
    }
  }
  for (const sm::Dispute& dispute : disputes) {
    out << (dispute.resolution == sm::Resolution::update ? "\nUpdated: " : "\nIn conflict: ") << dispute.about << '\n';
    for (const sm::DisputeValue& value : dispute.values) {
      out << "   \"" << cut(value.value, 40) << "\" ";
      for (const std::uint32_t s : value.statements)
        out << (of_b(s) ? " B: " : " A: ") << cut(corpus.quote(sentences[s].span), 80);
      out << '\n';
    }
  }
}

static const examples::Program program = {
    "compare_articles",
    "tell why two articles are copies, or one story, or neither, and which claims both make",
    "A [B]",
    {examples::preset_flag, examples::sources_flag}};

int main(int argc, char** argv) {
  return examples::run(argc, argv, program, [](const auto& arguments, auto& out) {
    const sm::Corpus corpus = arguments.read();  // A is the earlier of the two
    if (corpus.size() != 2) throw examples::UsageError("give two articles, not " + std::to_string(corpus.size()));
    sm::StoryOptions options;
    if (arguments.is("preset", "story")) options.preset = sm::StoryPreset::story;
    const std::vector<sm::Document> documents = sm::analyze(corpus, arguments.threads);
    sm::DuplicateOptions copies;
    copies.sources = arguments.sources();
    const sm::Duplicates duplicates = sm::find_duplicates(corpus, documents, copies);
    out << std::setprecision(3);
    for (const sm::Article& article : corpus.articles()) {
      const std::string when = article.published ? sm::format_time(*article.published) : "no date";
      out << (&article == &corpus[0] ? "A  " : "B  ")
          << padded(cut(article.source.empty() ? article.id : article.source, 20), 22) << padded(when, 22)
          << cut(article.title, 52) << '\n';
    }
    print_copies(documents, duplicates, out);
    const std::string_view owner = copies.sources.owner_of(corpus[0]);
    if (!owner.empty() && owner == copies.sources.owner_of(corpus[1]))
      out << "Both outlets are of " << cut(owner, 60) << ": in one story they are one voice.\n";
    print_story(sm::compare(corpus, documents, 0, 1, options), duplicates, out);
    print_claims(corpus, documents, duplicates, out);
  });
}
