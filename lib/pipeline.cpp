#include "storymerge/pipeline.h"

#include <memory>

#include "align/alignment.h"
#include "counted_pipeline.h"
#include "dedup/voices.h"
#include "story/grouping.h"
#include "support/parallel.h"
#include "support/progress.h"
#include "text/kept_documents.h"

namespace storymerge {

void merge_stories(const Corpus& corpus, const Options& options, const std::function<void(const MergedStory&)>& sink) {
  merge_stories(corpus, options, nullptr, sink);
}

void merge_stories(const Corpus& corpus, const Options& options, const FeatureCounts* counted,
                   const std::function<void(const MergedStory&)>& sink) {
  check(options.duplicates);
  rules_of(options.stories);
  align::check(options.alignment);
  const StopScope scope(options.stop);
  DuplicateOptions duplicate_options = options.duplicates;
  StoryOptions story_options = options.stories;
  duplicate_options.threads = story_options.threads = options.threads;

  const auto progress_of = [&](Stage stage) -> std::function<void(double)> {
    if (!options.progress) return {};
    return [&, stage](double done) { options.progress(stage, done); };
  };
  if (options.progress) duplicate_options.progress = progress_of(Stage::find_duplicates);

  KeptDocuments kept(corpus, options.memory);
  analyze(corpus, options.threads, progress_of(Stage::analyze), kept);
  const BodyWords bodies = [&](ArticleIndex a, WordList& scratch) -> const WordList& {
    return kept.body_of(a, scratch);
  };
  Duplicates duplicates = find_duplicates(corpus, bodies, duplicate_options);
  if (options.progress) options.progress(Stage::group_stories, 0);
  const DocumentOf document_of = [&](ArticleIndex a, Document& scratch) -> const Document& {
    return kept.get(a, scratch);
  };
  std::vector<Story> stories = group_stories(corpus, document_of, duplicates, story_options, counted);
  join_owners(corpus, duplicate_options.sources, stories, duplicates);

  // Articles whose stories are merged before they are asked for: keeps memory bounded, and one large story holds nobody up.
  constexpr std::size_t ahead = 4096;
  std::vector<std::unique_ptr<const MergedStory>> merged(stories.size());
  std::vector<Document> documents(corpus.size());  // of the stories that are being merged; the others are empty
  const std::function<void(double)> merge_progress = progress_of(Stage::merge);
  SharedProgress articles_merged(merge_progress, corpus.size());
  const auto merge = [&](std::size_t i) {
    for (const ArticleIndex a : stories[i].articles) documents[a] = kept.take(a);
    merged[i] =
        std::make_unique<const MergedStory>(merge_story(corpus, documents, duplicates, stories[i], options.alignment));
    for (const ArticleIndex a : stories[i].articles) documents[a] = {};
  };
  const auto hand_over = [&](std::size_t i) {
    articles_merged.add(static_cast<double>(merged[i]->articles.size()));
    sink(*merged[i]);
    merged[i].reset();
  };
  const auto articles = [&](std::size_t i) { return stories[i].articles.size(); };
  parallel_in_order(stories.size(), ahead, options.threads, articles, merge, hand_over);
}

std::vector<MergedStory> merge_stories(const Corpus& corpus, const Options& options) {
  std::vector<MergedStory> out;
  merge_stories(corpus, options, [&](const MergedStory& story) { out.push_back(story); });
  return out;
}

}  // namespace storymerge
