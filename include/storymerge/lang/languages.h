#pragma once
// Which languages does the library know?
//
// A language is a folder of tables, lib/lang/TAG/*.tsv, and no code: what is said of its words there is all that the other
// rooms know of it. Texts of other languages are read, deduplicated and grouped by their words alone.

#include <string_view>
#include <vector>

#include "storymerge/base/export.h"

namespace storymerge {

// Their tags ("de", "en", …), in byte order.
STORYMERGE_EXPORT std::vector<std::string_view> known_languages();

}  // namespace storymerge
