#include "storymerge/write/writer.h"

#include <cassert>
#include <cstddef>

#include "write/formats.h"

namespace storymerge {
namespace {

struct Row {
  Format format;
  WriteStory story;
  WriteFrame open = nullptr, close = nullptr;  // what stands before the first story and after the last
};

constexpr Row rows[] = {
    {Format::markdown, write_markdown},
    {Format::jsonl, write_jsonl},
    {Format::html, write_html, open_html, close_html},
    {Format::jsonld, write_jsonld, open_jsonld, close_jsonld},
    {Format::ninjs, write_ninjs},
};

const Row& row_of(Format format) {
  const Row& row = rows[static_cast<std::size_t>(format)];
  assert(row.format == format);
  return row;
}

}  // namespace

Writer::Writer(Format format, std::ostream& out, const Corpus& corpus) : format_(format), out_(out), corpus_(corpus) {
  if (const WriteFrame open = row_of(format_).open) open(out_);
}

void Writer::add(const Corpus& corpus, const MergedStory& story) { row_of(format_).story(out_, corpus, story); }

void Writer::finish() {
  if (const WriteFrame close = row_of(format_).close) close(out_);
}

void write(Format format, std::ostream& out, const Corpus& corpus, std::span<const MergedStory> stories) {
  Writer writer(format, out, corpus);
  for (const MergedStory& story : stories) writer.add(story);
  writer.finish();
}

}  // namespace storymerge
