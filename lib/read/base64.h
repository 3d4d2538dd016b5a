#pragma once
// Bytes written as letters (RFC 4648), either alphabet; other characters are passed over.

#include <string>
#include <string_view>

namespace storymerge::read {

std::string from_base64(std::string_view text);

}  // namespace storymerge::read
