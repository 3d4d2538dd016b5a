#pragma once
// Was this page changed on the disk since it was written?
//
// A layer between SQLite and the file (a VFS): in the eight bytes that each page of a store leaves free stands the hash of the
// others; it is written with the page and looked at whenever the page is read. The journal has SQLite's own checksums.

namespace storymerge::store {

inline constexpr int page_size = 4096;
inline constexpr int reserved = 8;  // bytes at the end of each page, as SQLite's header says

// The name under which SQLite knows it. It lies over what is SQLite's default when a file is opened.
const char* checked_pages();

}  // namespace storymerge::store
