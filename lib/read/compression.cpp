#include "read/compression.h"

#include <brotli/decode.h>
#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>

#include "storymerge/base/error.h"

namespace storymerge::read {
namespace {

constexpr std::string_view gzip_magic = "\x1f\x8b";
constexpr std::string_view zstd_magic = "\x28\xb5\x2f\xfd";
constexpr std::size_t window = std::size_t{1} << 16;

// A frame that decoders skip: 0x184D2A50 to 0x184D2A5F, little endian.
bool skippable_zstd(std::string_view head) {
  return head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0) == 0x50 &&
         head.substr(1, 3) == "\x2a\x4d\x18";
}

[[noreturn]] void fail(std::string_view kind, std::string_view what, std::uint64_t at) {
  throw Error(ErrorCode::bad_input, fmt::format("{} data {} at byte {}", kind, what, at));
}

// Counts what goes in and out.
struct Meter {
  double max_expansion;
  std::uint64_t in = 0, out = 0;

  void check(std::string_view kind) const {
    constexpr std::uint64_t free = std::uint64_t{64} << 20;
    if (out > free && static_cast<double>(out) > max_expansion * static_cast<double>(in)) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("{} data swells to more than {} times its size after {} bytes", kind, max_expansion, in));
    }
  }
};

// What gzip and deflate share.
class ZlibStream {
 public:
  ZlibStream(std::string_view kind, std::shared_ptr<Reader> in, double max_expansion, int window_bits)
      : kind_(kind), in_(std::move(in)), meter_{max_expansion} {
    if (inflateInit2(&stream_, window_bits) != Z_OK) throw Error(ErrorCode::io, "zlib has no memory");
  }
  ZlibStream(const ZlibStream&) = delete;
  ZlibStream& operator=(const ZlibStream&) = delete;
  ~ZlibStream() { inflateEnd(&stream_); }

  std::string_view peek(std::size_t n) const { return in_->peek(n); }
  void skip(std::size_t n) {
    in_->skip(n);
    meter_.in += n;
  }
  void restart() { inflateReset(&stream_); }
  [[noreturn]] void refuse(std::string_view what) const { fail(kind_, what, meter_.in); }

  // Bytes written: 0 only when the stream ends, which sets `ended`.
  std::size_t read(std::span<char> out, bool& ended) {
    const std::size_t room = std::min<std::size_t>(out.size(), std::numeric_limits<uInt>::max());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(room);
    while (!ended && stream_.avail_out == room) {
      const std::string_view bytes = in_->peek(1);
      if (bytes.empty()) refuse("ends early");
      const std::size_t given = std::min(bytes.size(), window);
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
      stream_.avail_in = static_cast<uInt>(given);
      const int result = inflate(&stream_, Z_NO_FLUSH);
      skip(given - stream_.avail_in);
      meter_.out += room - stream_.avail_out;
      ended = result == Z_STREAM_END;
      if (!ended && result != Z_OK && result != Z_BUF_ERROR) {
        if (stream_.avail_out != room) break;  // first what could be read; the next call fails again
        refuse("is damaged");
      }
      meter_.check(kind_);
    }
    return room - stream_.avail_out;
  }

 private:
  std::string_view kind_;
  std::shared_ptr<Reader> in_;
  Meter meter_;
  z_stream stream_{};
};

class Gunzip {
 public:
  Gunzip(std::shared_ptr<Reader> in, double max_expansion) : stream_("gzip", std::move(in), max_expansion, 15 + 16) {}

  std::size_t read(std::span<char> out) {
    std::size_t n = 0;
    while (n == 0) {
      if (between_ && !next_member()) return 0;
      n = stream_.read(out, between_);
    }
    return n;
  }

 private:
  // False at the end. Tapes and blocks are padded with zeros.
  bool next_member() {
    std::string_view bytes = stream_.peek(1);
    while (!bytes.empty() && bytes.front() == '\0') {
      stream_.skip(1);
      bytes = stream_.peek(1);
    }
    if (bytes.empty()) return false;
    if (!stream_.peek(2).starts_with(gzip_magic)) stream_.refuse("is followed by other bytes");
    stream_.restart();
    between_ = false;
    return true;
  }

  ZlibStream stream_;
  bool between_ = false;  // members
};

class Inflate {
 public:
  Inflate(std::shared_ptr<Reader> in, double max_expansion)
      : stream_("deflate", in, max_expansion, has_zlib_header(in->peek(2)) ? 15 : -15) {}

  std::size_t read(std::span<char> out) { return stream_.read(out, ended_); }

 private:
  static bool has_zlib_header(std::string_view head) {
    const auto byte = [&](std::size_t i) { return i < head.size() ? static_cast<unsigned char>(head[i]) : 0u; };
    return (byte(0) & 0x0F) == 8 && (byte(0) * 256 + byte(1)) % 31 == 0;
  }

  ZlibStream stream_;
  bool ended_ = false;
};

class Unbrotli {
 public:
  Unbrotli(std::shared_ptr<Reader> in, double max_expansion)
      : in_(std::move(in)),
        meter_{max_expansion},
        state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance) {
    if (!state_) throw Error(ErrorCode::io, "libbrotli has no memory");
  }

  std::size_t read(std::span<char> out) {
    std::size_t room = out.size();
    auto* to = reinterpret_cast<std::uint8_t*>(out.data());
    while (!ended_ && room == out.size()) {
      const std::string_view bytes = in_->peek(1);
      std::size_t given = std::min(bytes.size(), window);
      const std::size_t before = given;
      const auto* from = reinterpret_cast<const std::uint8_t*>(bytes.data());
      const BrotliDecoderResult result =
          BrotliDecoderDecompressStream(state_.get(), &given, &from, &room, &to, nullptr);
      in_->skip(before - given);
      meter_.in += before - given;
      meter_.out += out.size() - room;
      ended_ = result == BROTLI_DECODER_RESULT_SUCCESS;
      if (result == BROTLI_DECODER_RESULT_ERROR) fail("brotli", "is damaged", meter_.in);
      if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT && bytes.empty()) fail("brotli", "ends early", meter_.in);
      meter_.check("brotli");
    }
    return out.size() - room;
  }

 private:
  std::shared_ptr<Reader> in_;
  Meter meter_;
  std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state_;
  bool ended_ = false;
};

class Unzstd {
 public:
  Unzstd(std::shared_ptr<Reader> in, double max_expansion)
      : in_(std::move(in)), meter_{max_expansion}, stream_(ZSTD_createDStream(), ZSTD_freeDStream) {
    if (!stream_) throw Error(ErrorCode::io, "libzstd has no memory");
  }

  std::size_t read(std::span<char> out) {
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    while (to.pos == 0) {
      const std::string_view bytes = in_->peek(1);
      if (bytes.empty() && complete_) return 0;
      // Without input there may still be output held back from the last call.
      ZSTD_inBuffer from{bytes.data(), std::min(bytes.size(), window), 0};
      const std::size_t left = ZSTD_decompressStream(stream_.get(), &to, &from);
      if (ZSTD_isError(left)) {
        fail("zstd", fmt::format("is damaged ({})", ZSTD_getErrorName(left)), meter_.in + from.pos);
      }
      in_->skip(from.pos);
      meter_.in += from.pos;
      meter_.out += to.pos;
      complete_ = left == 0;
      if (bytes.empty() && to.pos == 0 && !complete_) fail("zstd", "ends early", meter_.in);
      meter_.check("zstd");
    }
    return to.pos;
  }

 private:
  std::shared_ptr<Reader> in_;
  Meter meter_;
  std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream_;
  bool complete_ = true;
};

}  // namespace

Compression sniff_compression(std::string_view head) {
  if (head.starts_with(gzip_magic)) return Compression::gzip;
  if (head.starts_with(zstd_magic) || skippable_zstd(head)) return Compression::zstd;
  return Compression::none;
}

namespace {

template <class Decoder>
ByteSource source_of(std::shared_ptr<Reader> in, double max_expansion) {
  auto decoder = std::make_shared<Decoder>(std::move(in), max_expansion);
  return [decoder](std::span<char> out) { return decoder->read(out); };
}

}  // namespace

ByteSource decompress(std::shared_ptr<Reader> in, Compression compression, double max_expansion) {
  switch (compression) {
    case Compression::gzip:
      return source_of<Gunzip>(std::move(in), max_expansion);
    case Compression::zstd:
      return source_of<Unzstd>(std::move(in), max_expansion);
    case Compression::deflate:
      return source_of<Inflate>(std::move(in), max_expansion);
    case Compression::brotli:
      return source_of<Unbrotli>(std::move(in), max_expansion);
    case Compression::none:
      break;
  }
  return [in = std::move(in)](std::span<char> out) {
    const std::string_view bytes = in->peek(1);
    const std::size_t n = std::min(bytes.size(), out.size());
    std::copy_n(bytes.data(), n, out.data());
    in->skip(n);
    return n;
  };
}

}  // namespace storymerge::read
