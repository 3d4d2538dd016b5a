#include "storymerge/sketch/signature_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <utility>

#include "storymerge/base/error.h"
#include "storymerge/sketch/shingles.h"
#include "support/hash.h"

namespace storymerge {
namespace {

static_assert(std::endian::native == std::endian::little, "the file is mapped as it lies: little-endian");

constexpr char magic[8] = {'S', 'M', 'S', 'K', 'E', 'T', 'C', 'H'};
constexpr std::uint32_t version = 1;

struct Header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t scheme;
  std::uint32_t num_perm;
  std::uint32_t normalizer;
  std::uint64_t seed;
  std::uint64_t fingerprint;
  std::uint64_t count;
  std::uint64_t body_hash;    // of all that follows the header: see the function body_hash
  std::uint64_t header_hash;  // XXH3-64 of the header before this field
};
static_assert(sizeof(Header) == 64);

std::string_view bytes_of(const void* data, std::size_t size) { return {static_cast<const char*>(data), size}; }

std::uint64_t header_hash(const Header& header) { return hash_bytes(bytes_of(&header, sizeof header - 8)); }

// Two hashes as one: the ids and the slots need not lie together when they are written.
std::uint64_t body_hash(std::span<const std::uint64_t> ids, std::span<const std::uint32_t> slots) {
  const std::uint64_t parts[2] = {hash_bytes(bytes_of(ids.data(), ids.size_bytes())),
                                  hash_bytes(bytes_of(slots.data(), slots.size_bytes()))};
  return hash_bytes(bytes_of(parts, sizeof parts));
}

[[noreturn]] void bad(const std::string& path, const std::string& reason) {
  throw Error(ErrorCode::bad_input, fmt::format("signature file '{}': {}", path, reason));
}

}  // namespace

void write_signatures(const std::string& path, const MinHashOptions& options, std::span<const std::uint64_t> ids,
                      std::span<const std::uint32_t> slots) {
  if (options.num_perm == 0 || slots.size() % options.num_perm != 0 || slots.size() / options.num_perm != ids.size()) {
    throw Error(ErrorCode::bad_option, fmt::format("{} ids and {} slots of {} a signature do not fit together",
                                                   ids.size(), slots.size(), options.num_perm));
  }
  Header header{};
  std::memcpy(header.magic, magic, sizeof magic);
  header.version = version;
  header.scheme = static_cast<std::uint32_t>(options.scheme);
  header.num_perm = options.num_perm;
  header.normalizer = normalizer_version;
  header.seed = options.seed;
  header.fingerprint = fingerprint(options);
  header.count = ids.size();
  header.body_hash = body_hash(ids, slots);
  header.header_hash = header_hash(header);

  const std::string beside = fmt::format("{}.{}.new", path, ::getpid());
  {
    std::ofstream out(beside, std::ios::binary);
    const auto write = [&](const void* data, std::size_t size) {
      out.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
    };
    write(&header, sizeof header);
    write(ids.data(), ids.size_bytes());
    write(slots.data(), slots.size_bytes());
    out.close();
    if (out && std::rename(beside.c_str(), path.c_str()) == 0) return;
  }
  std::remove(beside.c_str());
  throw Error(ErrorCode::io, fmt::format("cannot write '{}'", path));
}

SignatureFile::SignatureFile(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (file < 0 || ::fstat(file, &status) != 0) {
    if (file >= 0) ::close(file);
    throw Error(ErrorCode::io, fmt::format("cannot open '{}'", path));
  }
  length_ = static_cast<std::size_t>(status.st_size);
  if (!S_ISREG(status.st_mode) || length_ < sizeof(Header)) {
    ::close(file);
    bad(path, "shorter than its header");
  }
  void* map = ::mmap(nullptr, length_, PROT_READ, MAP_PRIVATE, file, 0);
  ::close(file);
  if (map == MAP_FAILED) throw Error(ErrorCode::io, fmt::format("cannot map '{}'", path));
  map_ = map;
  try {
    Header header;
    std::memcpy(&header, map_, sizeof header);
    if (std::memcmp(header.magic, magic, sizeof magic) != 0) bad(path, "no signature file");
    if (header.version != version) bad(path, fmt::format("version {}, this reads version {}", header.version, version));
    if (header.header_hash != header_hash(header)) bad(path, "damaged header");
    options_ = {static_cast<SketchScheme>(header.scheme), header.num_perm, header.seed};
    const MinHash probe(options_);  // checks them
    const std::size_t body = length_ - sizeof header;
    const std::size_t row = sizeof(std::uint64_t) + header.num_perm * sizeof(std::uint32_t);
    if (body / row != header.count || body % row != 0) {
      bad(path, fmt::format("{} bytes do not hold {} signatures", length_, header.count));
    }
    if (header.normalizer != normalizer_version || header.fingerprint != fingerprint(options_)) {
      throw Error(ErrorCode::incompatible, fmt::format("signature file '{}': made by normaliser {}, this is {}", path,
                                                       header.normalizer, normalizer_version));
    }
    const auto* ids = reinterpret_cast<const std::uint64_t*>(static_cast<const char*>(map_) + sizeof header);
    ids_ = {ids, header.count};
    slots_ = {reinterpret_cast<const std::uint32_t*>(ids + header.count), header.count * header.num_perm};
    if (header.body_hash != body_hash(ids_, slots_)) bad(path, "damaged signatures");
  } catch (...) {
    ::munmap(map_, length_);
    throw;
  }
}

SignatureFile::~SignatureFile() {
  if (map_ != nullptr) ::munmap(map_, length_);
}

SignatureFile::SignatureFile(SignatureFile&& other) noexcept
    : map_(std::exchange(other.map_, nullptr)),
      length_(other.length_),
      options_(other.options_),
      ids_(std::exchange(other.ids_, {})),
      slots_(std::exchange(other.slots_, {})) {}

SignatureFile& SignatureFile::operator=(SignatureFile&& other) noexcept {
  std::swap(map_, other.map_);
  std::swap(length_, other.length_);
  std::swap(options_, other.options_);
  std::swap(ids_, other.ids_);
  std::swap(slots_, other.slots_);
  return *this;
}

}  // namespace storymerge
