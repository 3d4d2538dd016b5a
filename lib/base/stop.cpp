#include "support/stop.h"

#include "storymerge/base/error.h"

namespace storymerge {

void throw_stopped() { throw Error(ErrorCode::stopped, "stopped on request"); }

}  // namespace storymerge
