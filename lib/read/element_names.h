#pragma once
// What does an element's tag, class, id or role say of what it holds? It raises a doubt and decides nothing.

#include <string_view>

#include "read/html_tree.h"

namespace storymerge::read {

enum class DoubtKind { none, links, comments, appeal, advert, caption, credit, aside, hidden, control };

struct Doubt {
  DoubtKind kind = DoubtKind::none;
  int weight = 0;       // 1: the name is often chance; 2: it is mostly meant; 3: meant
  bool hidden = false;  // not shown until something happens, or never
  bool any() const { return weight != 0 || hidden; }
};

Doubt doubt_of(const xmlNode* n);
std::string_view word_for(DoubtKind kind);

// Scripts, styles, pictures, controls: what they hold is no text of the page.
bool never_text(const xmlNode* n);

bool is_block(std::string_view element);
bool is_heading(std::string_view element);  // h1 to h6

// True when one of the words of class, id or itemprop is `word`: split at signs and at capitals ("relatedLinks", "share-bar").
bool has_name_word(const xmlNode* n, std::initializer_list<std::string_view> words);

}  // namespace storymerge::read
