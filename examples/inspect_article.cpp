// What the library sees in each article: furniture, sentences, names, numbers, dates, and the claims with their frames.
//   inspect_article [--threads N] [--output PATH] INPUT...

#include <storymerge/storymerge.h>

#include <chrono>

#include "arguments.h"
#include "json_text.h"

namespace {

using examples::write_number;
using examples::write_string;
using storymerge::ByteRange;

// Writes `"key": [item, ...]`; write_item(item) writes the inside of one object.
template <class Items, class WriteItem>
void write_array(std::ostream& out, const char* key, const Items& items, WriteItem&& write_item) {
  out << ", \"" << key << "\": [";
  bool first = true;
  for (const auto& item : items) {
    out << (first ? "{" : ", {");
    first = false;
    write_item(item);
    out << '}';
  }
  out << ']';
}

void write_day(std::ostream& out, std::optional<std::chrono::sys_days> day) {
  if (day) {
    write_string(out, storymerge::format_time(*day).substr(0, 10));
  } else {
    out << "null";
  }
}

const char* name_of(storymerge::Hedge hedge) {
  switch (hedge) {
    case storymerge::Hedge::asserted:
      return "asserted";
    case storymerge::Hedge::attributed:
      return "attributed";
    case storymerge::Hedge::hedged:
      return "hedged";
    case storymerge::Hedge::speculative:
      return "speculative";
  }
  return "";
}

const char* name_of(storymerge::SlotRole role) {
  switch (role) {
    case storymerge::SlotRole::value:
      return "value";
    case storymerge::SlotRole::change:
      return "change";
    case storymerge::SlotRole::previous:
      return "previous";
  }
  return "";
}

}  // namespace

int main(int argc, char** argv) {
  return examples::run(
      argc, argv, "inspect_article", "INPUT...", {}, [](const examples::Arguments& arguments, std::ostream& out) {
        const storymerge::Corpus corpus = arguments.read();
        const std::vector<storymerge::Document> documents = storymerge::analyze(corpus, arguments.threads);
        out.precision(15);
        for (const storymerge::Document& d : documents) {
          const storymerge::Article& article = corpus[d.article];
          storymerge::Story story;  // names and claims are decided inside a story: here, one of this article alone
          story.articles = {d.article};
          const storymerge::StoryNames names = storymerge::unify_names(corpus, documents, story);
          const std::vector<storymerge::Claim> claims = storymerge::extract_claims(corpus, documents, story, names);

          const auto write_range = [&](ByteRange range) {
            out << "\"begin\": " << range.begin << ", \"end\": " << range.end << ", \"quote\": ";
            write_string(out, std::string_view(article.text).substr(range.begin, range.size()));
          };
          out << "{\"id\": ";
          write_string(out, article.id);
          for (const auto& [key, value] : {std::pair{"title", article.title}, std::pair{"source", article.source}}) {
            if (value.empty()) continue;
            out << ", \"" << key << "\": ";
            write_string(out, value);
          }
          if (article.published) {
            out << ", \"published\": ";
            write_string(out, storymerge::format_time(*article.published));
          }
          out << ", \"text\": ";
          write_string(out, article.text);
          write_array(out, "furniture", d.furniture, [&](const storymerge::Furniture& f) {
            write_range(f.range);
            out << ", \"reason\": ";
            write_string(out, f.reason);
          });
          write_array(out, "sentences", d.sentences, [&](const storymerge::Sentence& s) { write_range(s.range); });
          std::size_t mention = 0;
          write_array(out, "names", d.names, [&](const storymerge::NameMention& m) {
            write_range(m.range);
            out << ", \"canonical\": ";
            write_string(out, names.names[names.name_of[0][mention++]].canonical);
          });
          write_array(out, "quantities", d.quantities, [&](const storymerge::Quantity& q) {
            write_range(q.range);
            out << ", \"low\": ";
            write_number(out, q.low);
            out << ", \"high\": ";
            write_number(out, q.high);
            out << ", \"unit\": ";
            write_string(out, q.unit);
          });
          write_array(out, "dates", d.dates, [&](const storymerge::DateMention& m) {
            write_range(m.range);
            out << ", \"from\": ";
            write_day(out, m.from);
            out << ", \"to\": ";
            write_day(out, m.to);
            if (m.minute_of_day) out << ", \"minute_of_day\": " << *m.minute_of_day;
          });
          write_array(out, "claims", claims, [&](const storymerge::Claim& c) {
            write_range(c.span.range());
            out << ", \"hedge\": \"" << name_of(c.hedge) << "\", \"negative\": " << (c.negative ? "true" : "false")
                << ", \"direct_speech\": " << (c.direct_speech ? "true" : "false");
            if (c.predicate_word) {
              out << ", \"predicate\": ";
              write_string(out, d.body[*c.predicate_word]);
            }
            if (c.speaker) {
              out << ", \"speaker\": ";
              write_string(out, corpus.quote(*c.speaker));
            }
            const auto write_names = [&](const char* key, const std::vector<std::uint32_t>& positions) {
              out << ", \"" << key << "\": [";
              for (std::size_t i = 0; i < positions.size(); ++i) {
                if (i > 0) out << ", ";
                write_string(out, names.names[positions[i]].canonical);
              }
              out << ']';
            };
            write_names("names", c.names);
            write_names("context_names", c.context_names);
            write_array(out, "slots", c.slots, [&](const storymerge::Slot& slot) {
              const storymerge::Quantity& q = d.quantities[slot.quantity];
              out << "\"value\": ";
              write_number(out, q.value);
              out << ", \"unit\": ";
              write_string(out, q.unit);
              out << ", \"people\": " << (slot.people ? "true" : "false") << ", \"role\": \"" << name_of(slot.role)
                  << '"';
              if (slot.event_word) {
                out << ", \"event\": ";
                write_string(out, d.body[*slot.event_word]);
              }
            });
          });
          out << "}\n";
        }
      });
}
