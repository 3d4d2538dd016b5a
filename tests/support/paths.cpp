#include "support/paths.h"

namespace storymerge::testing {

const char* const root_path = STORYMERGE_ROOT;
const char* const program_folder = STORYMERGE_BIN;
const char* const library_file = STORYMERGE_LIBRARY;
const char* const library_nm_flags = STORYMERGE_LIBRARY_FLAGS;

}  // namespace storymerge::testing
