#pragma once
// gzip (RFC 1952, any number of members), Zstandard (RFC 8878, any number of frames), deflate (RFC 1951, with the head of RFC 1950 or
// without) and brotli (RFC 7932), taken apart as they are read.

#include <memory>

#include "read/byte_source.h"

namespace storymerge::read {

enum class Compression { none, gzip, zstd, deflate, brotli };

// By the first four bytes; the last two have no mark of their own.
Compression sniff_compression(std::string_view head);

// The bytes inside. The source throws Error (bad_input) when they are damaged, end early, or swell to more than
// `max_expansion` times what was read (counted once 64 MiB have come out).
ByteSource decompress(std::shared_ptr<Reader> in, Compression compression, double max_expansion);

}  // namespace storymerge::read
