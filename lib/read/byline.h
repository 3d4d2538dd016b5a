#pragma once
// Who wrote it, in the lines and elements that say so?

#include <string>
#include <string_view>
#include <vector>

#include "read/html_tree.h"

namespace storymerge::read {

// "By Marta Selin", "newsroom@tolmpost.example (Marta Selin)": the person. "" when no name is left.
std::string clean_author(std::string_view text);

// The lines of a short element as they are seen: parted by <br> and by blocks, and between inline elements that touch.
std::vector<std::string> shown_lines(const xmlNode* n);

// Does an element's class, id or itemprop say that it holds who wrote the page? "byline", "storybyline", "author-name", "autor".
bool names_writer(const xmlNode* n);

// A quick look at one attribute before it: has it letters of one of those words?
bool may_name_writer(std::string_view attribute);

// The writers that such an element shows: those that it marks or links to one by one, else its first line that may be a name. "" when
// there is none.
std::string writers_in(const xmlNode* n);

// The writers of a line that opens as bylines do and holds nothing but names: "By Ada Renn and Gazette staff". "" otherwise.
std::string writers_of_line(std::string_view line);

}  // namespace storymerge::read
