#pragma once
// Foreign text where it could do harm. A terminal obeys control bytes; a line of a table ends at a line break; a
// spreadsheet takes a cell that begins with = for a formula. (The library's writers make their
// own Markdown, HTML and JSON safe.)

#include <string>
#include <string_view>

namespace examples {

// On one line of a terminal: each control character, line or paragraph break and byte that is no UTF-8 becomes "�", and so
// do characters that turn the direction of writing, which could show a line as another. A line break or tab is a blank.
std::string on_a_line(std::string_view text);

// As a cell of tab-separated values: on_a_line, and behind an apostrophe when it begins as a formula.
std::string as_cell(std::string_view text);

// As the text of an element or an attribute of HTML or XML: what XML 1.0 has no way to say goes. Requires: UTF-8.
std::string as_markup(std::string_view text);

}  // namespace examples
