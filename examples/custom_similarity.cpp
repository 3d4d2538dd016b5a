// What if you know better which articles belong together? Your own similarity sees each candidate pair with ours and has
// the last word. Here: reports by one outlet on one day count half as alike.

#include <storymerge/storymerge.h>

#include <chrono>
#include <iostream>

#include "program/arguments.h"
#include "program/safe_text.h"

int main(int argc, char** argv) {
  return examples::run(argc, argv,
                       {"custom_similarity", "group articles with a similarity of one's own", "INPUT...", {}},
                       [](const examples::Arguments& arguments, std::ostream& out) {
                         const storymerge::Corpus corpus = arguments.read();
                         storymerge::Options options;
                         options.threads = arguments.threads;
                         // Called from several threads: it writes nothing.
                         options.stories.similarity = [](const storymerge::Article& first,
                                                         const storymerge::Article& second, double ours) {
                           const bool same_outlet = !first.source.empty() && first.source == second.source;
                           const bool same_day = first.published && second.published &&
                                                 std::chrono::floor<std::chrono::days>(*first.published) ==
                                                     std::chrono::floor<std::chrono::days>(*second.published);
                           return same_outlet && same_day ? ours / 2 : ours;
                         };
                         storymerge::merge_stories(corpus, options, [&](const storymerge::MergedStory& story) {
                           out << examples::on_a_line(story.title) << '\n';
                           for (const storymerge::ArticleIndex a : story.articles) {
                             out << "  " << examples::on_a_line(corpus[a].source) << ": "
                                 << examples::on_a_line(corpus[a].title) << '\n';
                           }
                         });
                       });
}
