#include "storymerge/write/writer.h"

#include <cassert>
#include <cstddef>
#include <sstream>

#include "storymerge/write/page.h"
#include "write/formats.h"

namespace storymerge {
namespace {

struct Row {
  Format format;
  WriteStory story;
  WriteFrame open = nullptr, close = nullptr;  // what stands before the first story and after the last
  WriteStory brief = nullptr;                  // how a document of more than whole_page_stories tells a story
};

constexpr Row rows[] = {
    {Format::markdown, write_markdown},
    {Format::jsonl, write_jsonl},
    {Format::html, write_html, open_html, close_html, write_brief_html},
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

void Writer::add(const Corpus& corpus, const MergedStory& story) {
  const Row& row = row_of(format_);
  if (row.brief == nullptr) return row.story(out_, corpus, story);
  if (++stories_ > whole_page_stories) {
    if (!brief_.empty()) out_ << brief_;
    brief_.clear();
    whole_.clear();
    return row.brief(out_, corpus, story);
  }
  for (const auto& [write, to] : {std::pair(row.story, &whole_), std::pair(row.brief, &brief_)}) {
    std::ostringstream text;
    write(text, corpus, story);
    *to += text.view();
  }
}

void Writer::finish() {
  if (!whole_.empty()) out_ << whole_;
  if (const WriteFrame close = row_of(format_).close) close(out_);
}

void write(Format format, std::ostream& out, const Corpus& corpus, std::span<const MergedStory> stories) {
  Writer writer(format, out, corpus);
  for (const MergedStory& story : stories) writer.add(story);
  writer.finish();
}

}  // namespace storymerge
