#include "storymerge/write/duplicates.h"

#include <vector>

#include "storymerge/write/json_writer.h"
#include "storymerge/write/word_for.h"

namespace storymerge {
namespace {

using IdOf = std::function<std::string_view(ArticleIndex)>;

void write_pair(JsonWriter& json, const DuplicatePair& pair, const IdOf& id_of) {
  json.begin_object().field("a", id_of(pair.a)).field("b", id_of(pair.b));
  json.field("relation", word_for(pair.relation)).field("jaccard", pair.jaccard);
  json.field("containment_a_in_b", pair.containment_a_in_b);
  json.field("containment_b_in_a", pair.containment_b_in_a).end_object();
}

}  // namespace

void write_pairs(std::ostream& out, const Duplicates& duplicates, const IdOf& id_of) {
  JsonWriter json(out);
  for (const DuplicatePair& pair : duplicates.pairs) {
    if (!pair.joins) continue;
    write_pair(json, pair, id_of);
    json.raw("\n");
  }
}

void write_duplicates(std::ostream& out, const Duplicates& duplicates, const IdOf& id_of) {
  std::vector<std::vector<const DuplicatePair*>> pairs(duplicates.origins.size());
  for (const DuplicatePair& pair : duplicates.pairs) {
    const std::uint32_t origin = duplicates.origin_of[pair.a];
    if (origin == duplicates.origin_of[pair.b]) pairs[origin].push_back(&pair);
  }
  JsonWriter json(out);
  for (std::size_t o = 0; o < duplicates.origins.size(); ++o) {
    const Origin& origin = duplicates.origins[o];
    if (origin.articles.size() < 2) continue;
    json.begin_object().key("articles").begin_array();
    for (const ArticleIndex i : origin.articles) json.value(id_of(i));
    json.end_array().field("original", id_of(origin.original));
    json.field("weakest", origin.weakest).field("density", origin.density).key("pairs").begin_array();
    for (const DuplicatePair* pair : pairs[o]) write_pair(json, *pair, id_of);
    json.end_array().end_object().raw("\n");
  }
}

}  // namespace storymerge
