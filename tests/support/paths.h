#pragma once
// Where the project, its programs and the library are. Kept in one compiled file, so that every other test compiles to the
// same object in any checkout.

namespace storymerge::testing {

extern const char* const root_path;         // the checkout
extern const char* const program_folder;    // the built example programs
extern const char* const library_file;      // the built library
extern const char* const library_nm_flags;  // "-D" for a shared library

}  // namespace storymerge::testing
