// Why are two articles copies of one text, or one story, or neither? And which of their claims say the same?
//   compare_articles [--preset event|story] A B      two inputs of one article each, or one of two
// The two are judged alone. Among many, the articles around them have a say: see group_stories.

#include <storymerge/story/explain.h>
#include <storymerge/storymerge.h>

#include <array>
#include <cmath>
#include <iomanip>
#include <set>

#include "arguments.h"
#include "terminal_text.h"

namespace sm = storymerge;
using Documents = std::vector<sm::Document>;
using examples::cut, examples::padded, examples::wrapped;

// The weightiest, until they weigh more than `enough`: "'ferry', 'Lidra' and more".
static std::string until(const std::vector<sm::Evidence>& evidence, double enough) {
  std::string out;
  for (std::size_t n = 0; n < evidence.size() && enough >= 0; enough -= evidence[n++].weight)
    out += n > 4 ? "" : n == 4 ? " and more" : (n == 0 ? "'" : ", '") + cut(evidence[n].text, 30) + "'";
  return enough < 0 ? out : out + ", were that not too little";
}

static void print_copies(const Documents& d, const sm::Duplicates& duplicates, std::ostream& out) {
  const unsigned n = std::max(1u, std::min(sm::shingle_words(d[0].body), sm::shingle_words(d[1].body)));
  const auto shingles_of = [&](int k) {
    const std::vector<std::uint64_t> all = sm::shingle_hashes(d[k].body, n);
    const std::set<std::uint64_t> distinct(all.begin(), all.end());
    return std::vector(distinct.begin(), distinct.end());
  };
  const sm::SetOverlap overlap = sm::compare_sets(shingles_of(0), shingles_of(1));
  const std::array kinds = {"the same", "near-duplicates", "A holds B", "B holds A", "but with a passage in common"};
  out << "\nCOPIES?\n" << (duplicates.origins.size() == 1 ? "Copies of one text" : "Not copies");
  if (!duplicates.pairs.empty()) out << ", " << kinds[std::size_t(duplicates.pairs[0].relation)];
  out << ": both have " << overlap.common << " of " << overlap.a + overlap.b - overlap.common << " shingles (" << n
      << " words in a row), Jaccard " << overlap.jaccard() << ".\nB has "
      << std::lround(100 * overlap.containment_a_in_b()) << "% of A's shingles, A has "
      << std::lround(100 * overlap.containment_b_in_a()) << "% of B's.\n";
}

static void print_story(const sm::Comparison& c, bool copies, std::ostream& out) {
  std::vector<sm::Evidence> unshared;
  const auto weight = &sm::Evidence::weight;
  std::ranges::merge(c.only_a, c.only_b, std::back_inserter(unshared), std::greater{}, weight, weight);
  const double spare = (c.similarity - c.needed) / c.time_factor;  // in weights; below 0: what is lacking
  out << "\nONE STORY?\n"
      << (c.one_story() || copies ? "One story" : "Two stories") << ": similarity " << c.similarity << ", needed "
      << c.needed << ". Time factor " << c.time_factor << ": "
      << (c.days_apart > 0 ? std::to_string(std::lround(24 * c.days_apart)) + " hours apart" : "same time, or no date")
      << ".\n";
  out << (copies ? "Copies of one text are one story. Else they" : "They") << " would be "
      << (c.one_story() ? "two without " + until(c.shared, spare) : "one if both told of " + until(unshared, -spare))
      << ".\n";
  if (!c.dwells_a.empty() && !c.dwells_b.empty())
    out << "More is needed the more each dwells on what the other hardly tells: A on '" << c.dwells_a << "', B on '"
        << c.dwells_b << "'.\n";
  std::array<std::vector<std::string>, 3> columns = {{{"both tell of"}, {"only A tells of"}, {"only B tells of"}}};
  const std::array kinds = {" term   ", " name   ", " number "};
  for (std::size_t k = 0; k < 3; ++k) {
    for (const sm::Evidence& e : k == 0 ? c.shared : k == 1 ? c.only_a : c.only_b) {
      if (columns[k].size() > 10) break;
      columns[k].push_back(std::to_string(e.weight).substr(0, 5) + kinds[std::size_t(e.kind)] + cut(e.text, 18));
    }
  }
  out << '\n' << examples::side_by_side(columns, 33);
}

static void print_claims(const sm::Corpus& corpus, const Documents& documents, const sm::Duplicates& duplicates,
                         std::ostream& out) {
  sm::Story story{"", {0, 1}, {0}};  // names and claims are decided inside a story: here, as if the two were one
  if (duplicates.origins.size() == 2) story.origins.push_back(1);
  const sm::StoryNames names = sm::unify_names(corpus, documents, story);
  const std::vector<sm::Claim> claims = sm::extract_claims(corpus, documents, story, names);
  const sm::Alignment alignment = sm::align_claims(corpus, documents, duplicates, story, names, claims);
  out << "\nCLAIMS OF BOTH, IF ANY\n";
  for (const sm::Name& name : names.names) {
    for (std::size_t i = 0; i < name.variants.size(); ++i)
      out << cut(name.variants[i], 40) << " is " << cut(name.canonical, 40) << " (" << name.rules[i] << ").\n";
  }
  const auto of_b = [&](std::uint32_t claim) { return claims[claim].span.article == 1; };
  for (std::uint32_t g = 0; g < alignment.groups.size(); ++g) {
    const std::vector<std::uint32_t>& group = alignment.groups[g];
    if (std::ranges::all_of(group, of_b) || std::ranges::none_of(group, of_b)) continue;
    out << '\n';
    for (const std::uint32_t i : group)
      out << (of_b(i) ? "B  " : "A  ") << wrapped(corpus.quote(claims[i].span), 96, "   ") << '\n';
    for (const sm::AlignedPair& pair : alignment.pairs) {
      if (of_b(pair.a) == of_b(pair.b) || !std::ranges::count(group, pair.a) || !std::ranges::count(group, pair.b))
        continue;
      const auto why = sm::explain_pair(corpus, documents, duplicates, story, names, claims, pair.a, pair.b);
      // How sure after all pairs around are weighed in; the log-odds are of these two by themselves.
      out << "   " << std::lround(100 * pair.probability) << "% sure; log-odds" << std::showpos;
      for (std::size_t i = 0; i < 4; ++i) out << (i == 0 ? ": " : ", ") << why[i].feature << ' ' << why[i].log_odds;
      out << std::noshowpos << '\n';
    }
    for (const sm::Dispute& dispute : alignment.disputes) {
      if (dispute.group != g) continue;
      out << (dispute.resolution == sm::Resolution::update ? "   updated:" : "   in conflict:");
      for (const sm::DisputeValue& value : dispute.values) out << " \"" << cut(value.value, 40) << '"';
      out << '\n';
    }
  }
}

int main(int argc, char** argv) {
  return examples::run(
      argc, argv, "compare_articles", "[--preset event|story] A B", {"preset"}, [](const auto& arguments, auto& out) {
        const sm::Corpus corpus = arguments.read();  // A is the earlier of the two
        if (corpus.size() != 2) throw examples::UsageError("give two articles, not " + std::to_string(corpus.size()));
        sm::StoryOptions options;
        if (arguments.one_of("preset", {"event", "story"}) == "story") options.preset = sm::StoryPreset::story;
        const std::vector<sm::Document> documents = sm::analyze(corpus, arguments.threads);
        const sm::Duplicates duplicates = sm::find_duplicates(corpus, documents);
        out << std::setprecision(3);
        for (const sm::Article& article : corpus.articles()) {
          const std::string when = article.published ? sm::format_time(*article.published) : "no date";
          out << (&article == &corpus[0] ? "A  " : "B  ")
              << padded(cut(article.source.empty() ? article.id : article.source, 20), 22) << padded(when, 22)
              << cut(article.title, 52) << '\n';
        }
        print_copies(documents, duplicates, out);
        print_story(sm::compare(corpus, documents, 0, 1, options), duplicates.origins.size() == 1, out);
        print_claims(corpus, documents, duplicates, out);
      });
}
