#pragma once
// The page around the stories: its style, its frame and its script, as they stand in page_*.cpp.

namespace storymerge {

extern const char* const page_style;
extern const char* const page_body;
extern const char* const page_script;

}  // namespace storymerge
