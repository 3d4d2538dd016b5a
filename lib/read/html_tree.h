#pragma once
// The element tree of a page, by libxml2, and what the readers ask of its nodes.
//
// Budgets come before the parser: elements, attributes and depth are counted in one pass over the bytes, so that no page
// takes more memory or time than its length explains.

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>

namespace storymerge::read {

// What one page, or one entry of a feed, may hold. Saved front pages of large papers have some 20,000 elements, 40
// attributes in a tag and 60 levels.
struct MarkupLimits {
  std::size_t elements = 400'000;  // some 120 MB as a tree
  std::size_t attributes = 256;    // in one tag: libxml2 looks for doubles one by one
  std::size_t depth = 1'000;       // of elements that only an end tag closes
};

// Throws Error (bad_input) that names the limit when `markup` is over one. Gives `markup` in the form in which libxml2 reads it as
// browsers do, or "" when it has it: "<![if !IE]>" and "</>" are comments, and "@click" and "[hidden]" names of attributes.
// Complexity: one pass.
std::string check_markup(std::string_view markup, const MarkupLimits& limits = {});

struct FreeDocument {
  void operator()(xmlDoc* d) const { xmlFreeDoc(d); }
};
using HtmlTree = std::unique_ptr<xmlDoc, FreeDocument>;

// The tree of a page in UTF-8; null when there is none. Errors: bad_input by check_markup. Throws std::bad_alloc when memory
// ends while it is read, and prints nothing.
HtmlTree parse_html(std::string_view html);

inline std::string_view name_of(const xmlNode* n) {
  return n->name == nullptr ? std::string_view() : reinterpret_cast<const char*>(n->name);
}

// The attribute's value as it stands in the tree, "" without it.
std::string_view attribute(const xmlNode* n, std::string_view name);
bool has_attribute(const xmlNode* n, std::string_view name);

// A node's text as libxml2 hands it over.
using Content = std::unique_ptr<xmlChar, xmlFreeFunc>;

// The text under a node as one line (clean_line).
std::string text_of(const xmlNode* n);

// A line as a reader sees it: blanks of all kinds as single spaces, none outside; without soft hyphens, zero-width spaces and
// direction marks; C1 controls as the windows-1252 characters that their writers meant, ligatures of letters taken apart.
std::string clean_line(std::string_view text);

// Calls f on every element under `root` in document order; f says whether to go inside.
template <class F>
void each_element(xmlNode* root, F&& f) {
  for (xmlNode* n = root; n != nullptr;) {
    const bool inside = n->type != XML_ELEMENT_NODE ? n == root : f(n);
    if (inside && n->children != nullptr) {
      n = n->children;
      continue;
    }
    while (n != root && n->next == nullptr) n = n->parent;
    if (n == root) return;
    n = n->next;
  }
}

}  // namespace storymerge::read
