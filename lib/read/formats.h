#pragma once
// One function a format: takes the records of one input and hands them to the collector.

#include <optional>
#include <string>
#include <string_view>

#include "read/byte_source.h"
#include "read/collector.h"

namespace storymerge::read {

enum class Format { json_lines, json_document, table, text_page, html, mhtml, feed, warc };

// By the first bytes of an input that is in no compression.
Format sniff_format(std::string_view head);

void read_json_lines(Reader& in, Collector& out);
void read_json_document(Reader& in, Collector& out);  // an array, an object, a JSON Feed
void read_table(Reader& in, Collector& out);          // CSV and TSV with a header
void read_mhtml(Reader& in, Collector& out);          // a page saved with its parts (RFC 2557)
void read_text_page(Reader& in, Collector& out);
void read_html_page(Reader& in, Collector& out);
void read_feed(Reader& in, Collector& out);  // RSS, Atom, CDF
void read_warc(Reader& in, Collector& out);  // the HTML pages among its responses

// True when the input is one JSON value and not one a line, by its first bytes.
bool is_json_document(std::string_view head);

// The article that one JSON object gives.
void read_json_object(std::string_view object, std::uint64_t line, Collector& out);

// The articles of a list inside an object, the answer of an interface; false when it holds none.
bool read_json_list(std::string_view object, std::uint64_t line, Collector& out);

// All bytes of an input that is one record; without any, or with too many, it is rejected here. Valid as Reader::rest's.
std::optional<std::string_view> take_whole(Reader& in, Collector& out);

// The record of one HTML page in any encoding; `url` and `encoding` are what is known from outside, or "".
void add_html_page(std::string_view bytes, std::string_view url, const std::string& encoding, Collector& out);

}  // namespace storymerge::read
