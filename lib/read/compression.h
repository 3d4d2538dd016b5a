#pragma once
// gzip (RFC 1952, any number of members) and Zstandard (RFC 8878, any number of frames), taken apart as they are read.

#include <memory>

#include "read/byte_source.h"

namespace storymerge::read {

enum class Compression { none, gzip, zstd };

// By the first four bytes.
Compression sniff_compression(std::string_view head);

// The bytes inside. The source throws Error (bad_input) when they are damaged, end early, or swell to more than
// `max_expansion` times what was read (counted once 64 MiB have come out).
ByteSource decompress(std::shared_ptr<Reader> in, Compression compression, double max_expansion);

}  // namespace storymerge::read
