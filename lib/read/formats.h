#pragma once
// One function a format: takes the records of one input and hands them to the collector.

#include "read/byte_source.h"
#include "read/collector.h"

namespace storymerge::read {

void read_json_lines(Reader& in, Collector& out);
void read_text_page(Reader& in, Collector& out);

}  // namespace storymerge::read
