#pragma once
// One function a format: takes the records of one input and hands them to the collector.

#include <optional>
#include <string>
#include <string_view>

#include "read/byte_source.h"
#include "read/collector.h"

namespace storymerge::read {

enum class Format { json_lines, text_page, html, feed, warc };

// By the first bytes of an input that is in no compression.
Format sniff_format(std::string_view head);

void read_json_lines(Reader& in, Collector& out);
void read_text_page(Reader& in, Collector& out);
void read_html_page(Reader& in, Collector& out);
void read_feed(Reader& in, Collector& out);  // RSS 2.0, RSS 1.0, Atom
void read_warc(Reader& in, Collector& out);  // the HTML pages among its responses

// All bytes of an input that is one record; without any, or with too many, it is rejected here. Valid as Reader::rest's.
std::optional<std::string_view> take_whole(Reader& in, Collector& out);

// The record of one HTML page in any encoding; `url` and `encoding` are what is known from outside, or "".
void add_html_page(std::string_view bytes, std::string_view url, const std::string& encoding, Collector& out);

}  // namespace storymerge::read
