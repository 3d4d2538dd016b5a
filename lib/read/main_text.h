#pragma once
// Which of a page's blocks are the article, and which are the page's own?
//
// In the manner of jusText (Pomikálek 2011), boilerpipe (Kohlschütter 2010) and readability: blocks of text, how much of each is
// links, and where the mass of prose lies. What elements are called only raises a doubt; what they hold decides. A second view that
// knows no names, the heaviest run of prose (Pasternack and Roth 2009), brings back what names alone had taken.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "read/html_tree.h"

namespace storymerge::read {

struct LeftOutText {
  std::string_view kind;  // "links", "comments", "caption", "hidden", ...
  std::string text;
};

struct MainText {
  std::string text;  // blocks parted by blank lines; a line break inside a block by a line feed
  std::vector<LeftOutText> left_out;
};

// `headline`: the element of the page's headline, or null. `titles`: what the page is called, as clean_line gives it, in small
// letters, and `author`, who wrote it: blocks that say no more are left out. Complexity: linear in the nodes, times the depth of each block.
MainText find_main_text(xmlNode* root, const xmlNode* headline, const std::vector<std::string>& titles,
                        std::string_view author);

// All text of a fragment, links lists aside.
std::string all_text(xmlNode* root);

}  // namespace storymerge::read
