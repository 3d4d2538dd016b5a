#include "storymerge/sketch/signature_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "storymerge/base/error.h"
#include "storymerge/sketch/shingles.h"
#include "support/hash.h"

namespace storymerge {
namespace {

static_assert(std::endian::native == std::endian::little, "the file is mapped as it lies: little-endian");

constexpr char magic[8] = {'S', 'M', 'S', 'K', 'E', 'T', 'C', 'H'};
constexpr char block_magic[4] = {'S', 'M', 'B', 'K'};
constexpr std::uint32_t version = 2;

struct Header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t scheme;
  std::uint32_t num_perm;
  std::uint32_t ngram;
  std::uint32_t tokenizer;
  std::uint32_t folding;
  std::uint64_t seed;
  std::uint64_t fingerprint;
  std::uint64_t unused;       // 0
  std::uint64_t header_hash;  // XXH3-64 of the header before this field
};
static_assert(sizeof(Header) == 64);

struct BlockHeader {
  char magic[4];
  std::uint32_t count;
  std::uint64_t name_bytes;
  std::uint64_t body_hash;    // of all that follows, up to the next block
  std::uint64_t header_hash;  // of this header before this field
};
static_assert(sizeof(BlockHeader) == 32);

template <class T>
std::uint64_t own_hash(const T& header) {
  return hash_bytes({reinterpret_cast<const char*>(&header), sizeof header - 8});
}

// Bytes after the header of a block; a multiple of 8, so that the next one is aligned.
std::uint64_t body_size(std::uint64_t count, std::uint64_t num_perm, std::uint64_t name_bytes) {
  return (count * (8 + 8 + 4 * num_perm + 4) + name_bytes + 7) / 8 * 8;
}

[[noreturn]] void bad(const std::string& path, const std::string& reason) {
  throw Error(ErrorCode::bad_input, fmt::format("signature file '{}': {}", path, reason));
}

[[noreturn]] void io_failed(const char* what, const std::string& path) {
  throw Error(ErrorCode::io, fmt::format("cannot {} '{}': {}", what, path, std::strerror(errno)));
}

void write_all(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) io_failed("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

template <class T>
void append(std::string& out, const T* data, std::size_t count) {
  out.append(reinterpret_cast<const char*>(data), count * sizeof(T));
}

std::string header_of(const MinHashOptions& options) {
  Header header{};
  std::memcpy(header.magic, magic, sizeof magic);
  header.version = version;
  header.scheme = static_cast<std::uint32_t>(options.scheme);
  header.num_perm = options.num_perm;
  header.ngram = options.ngram;
  header.tokenizer = tokenizer_version;
  header.folding = folding_version;
  header.seed = options.seed;
  header.fingerprint = fingerprint(options);
  header.header_hash = own_hash(header);
  std::string out;
  append(out, &header, 1);
  return out;
}

MinHashOptions options_of(const Header& header, const std::string& path) {
  if (std::memcmp(header.magic, magic, sizeof magic) != 0) bad(path, "no signature file");
  if (header.version != version) bad(path, fmt::format("version {}, this reads version {}", header.version, version));
  if (header.header_hash != own_hash(header)) bad(path, "damaged header");
  const MinHashOptions options{static_cast<SketchScheme>(header.scheme), header.num_perm, header.seed, header.ngram};
  const MinHash probe(options);  // checks them
  const auto differs = [&](const char* what, std::uint32_t theirs, std::uint32_t ours) {
    if (theirs == ours) return;
    throw Error(ErrorCode::incompatible,
                fmt::format("signature file '{}': made by {} {}, this is {}", path, what, theirs, ours));
  };
  differs("tokeniser", header.tokenizer, tokenizer_version);
  differs("folding", header.folding, folding_version);
  if (header.fingerprint != fingerprint(options)) bad(path, "a fingerprint that does not fit its header");
  return options;
}

}  // namespace

SignatureWriter::SignatureWriter(const std::string& path, const MinHashOptions& options)
    : path_(path), options_(options) {
  const MinHash probe(options);  // checks them
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) io_failed("open", path);
  try {
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      throw Error(ErrorCode::io, fmt::format("'{}' is being written by another", path));
    }
    struct stat status {};
    if (::fstat(file_, &status) != 0) io_failed("open", path);
    if (static_cast<std::size_t>(status.st_size) < sizeof(Header)) {
      // New, or cut off before anything was in it; what else is so short is not ours.
      std::string there(static_cast<std::size_t>(status.st_size), '\0');
      if (::pread(file_, there.data(), there.size(), 0) != status.st_size) io_failed("read", path);
      if (!header_of(options).starts_with(there)) bad(path, "no signature file");
      if (::ftruncate(file_, 0) != 0) io_failed("write", path);
      write_all(file_, header_of(options), path);
      if (::fdatasync(file_) != 0) io_failed("write", path);
      end_ = sizeof(Header);
    } else {
      const SignatureFile before(path);
      if (!(before.options() == options)) {
        throw Error(ErrorCode::incompatible, fmt::format("signature file '{}': of another kind: {}", path,
                                                         difference(before.options(), options)));
      }
      end_ = static_cast<std::uint64_t>(status.st_size) - before.cut_bytes();
      if (::ftruncate(file_, static_cast<off_t>(end_)) != 0) io_failed("write", path);
    }
    if (::lseek(file_, static_cast<off_t>(end_), SEEK_SET) < 0) io_failed("write", path);
  } catch (...) {
    ::close(file_);
    throw;
  }
}

SignatureWriter::~SignatureWriter() { close(); }

void SignatureWriter::close() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

SignatureWriter::SignatureWriter(SignatureWriter&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      end_(other.end_),
      path_(std::move(other.path_)),
      options_(other.options_),
      ids_(std::move(other.ids_)),
      times_(std::move(other.times_)),
      slots_(std::move(other.slots_)),
      name_ends_(std::move(other.name_ends_)),
      names_(std::move(other.names_)) {}

SignatureWriter& SignatureWriter::operator=(SignatureWriter&& other) noexcept {
  if (this != &other) {
    this->~SignatureWriter();
    new (this) SignatureWriter(std::move(other));
  }
  return *this;
}

void SignatureWriter::add(std::uint64_t id, std::span<const std::uint32_t> slots, std::string_view name,
                          std::int64_t time) {
  if (slots.size() != options_.num_perm) {
    throw Error(ErrorCode::bad_option,
                fmt::format("{} slots for '{}', whose signatures have {}", slots.size(), path_, options_.num_perm));
  }
  if (name.size() >= 1 << 16) throw Error(ErrorCode::bad_option, fmt::format("a name of {} bytes", name.size()));
  if (names_.size() + name.size() > 0xFFFFFFFF || ids_.size() == 0xFFFFFFFF) sync();
  ids_.push_back(id);
  times_.push_back(time);
  slots_.insert(slots_.end(), slots.begin(), slots.end());
  names_ += name;
  name_ends_.push_back(static_cast<std::uint32_t>(names_.size()));
}

void SignatureWriter::sync() {
  if (ids_.empty()) return;
  std::string block(sizeof(BlockHeader), '\0');
  block.reserve(block.size() + body_size(ids_.size(), options_.num_perm, names_.size()));
  append(block, ids_.data(), ids_.size());
  append(block, times_.data(), times_.size());
  append(block, slots_.data(), slots_.size());
  append(block, name_ends_.data(), name_ends_.size());
  block += names_;
  block.resize(sizeof(BlockHeader) + body_size(ids_.size(), options_.num_perm, names_.size()));
  BlockHeader header{};
  std::memcpy(header.magic, block_magic, sizeof block_magic);
  header.count = static_cast<std::uint32_t>(ids_.size());
  header.name_bytes = names_.size();
  header.body_hash = hash_bytes(std::string_view(block).substr(sizeof header));
  header.header_hash = own_hash(header);
  std::memcpy(block.data(), &header, sizeof header);
  try {
    write_all(file_, block, path_);
    if (::fdatasync(file_) != 0) io_failed("write", path_);
  } catch (...) {
    if (::ftruncate(file_, static_cast<off_t>(end_)) == 0) ::lseek(file_, static_cast<off_t>(end_), SEEK_SET);
    throw;
  }
  end_ += block.size();
  ids_.clear();
  times_.clear();
  slots_.clear();
  name_ends_.clear();
  names_.clear();
}

void write_signatures(const std::string& path, const MinHashOptions& options, std::span<const std::uint64_t> ids,
                      std::span<const std::uint32_t> slots) {
  if (options.num_perm == 0 || slots.size() % options.num_perm != 0 || slots.size() / options.num_perm != ids.size()) {
    throw Error(ErrorCode::bad_option, fmt::format("{} ids and {} slots of {} a signature do not fit together",
                                                   ids.size(), slots.size(), options.num_perm));
  }
  const std::string beside = fmt::format("{}.{}.new", path, ::getpid());
  std::remove(beside.c_str());
  try {
    SignatureWriter writer(beside, options);
    for (std::size_t i = 0; i < ids.size(); ++i)
      writer.add(ids[i], slots.subspan(i * options.num_perm, options.num_perm));
    writer.sync();
    if (std::rename(beside.c_str(), path.c_str()) != 0) io_failed("write", path);
  } catch (...) {
    std::remove(beside.c_str());
    throw;
  }
}

SignatureFile::SignatureFile(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (file < 0 || ::fstat(file, &status) != 0) {
    if (file >= 0) ::close(file);
    io_failed("open", path);
  }
  length_ = static_cast<std::size_t>(status.st_size);
  if (!S_ISREG(status.st_mode) || length_ < sizeof(Header)) {
    ::close(file);
    bad(path, "shorter than its header");
  }
  void* map = ::mmap(nullptr, length_, PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  if (map == MAP_FAILED) io_failed("map", path);
  map_ = map;
  try {
    read(path);
  } catch (...) {
    ::munmap(map_, length_);
    throw;
  }
}

void SignatureFile::read(const std::string& path) {
  const char* const bytes = static_cast<const char*>(map_);
  Header header;
  std::memcpy(&header, bytes, sizeof header);
  options_ = options_of(header, path);
  std::size_t at = sizeof header;
  while (length_ - at >= sizeof(BlockHeader)) {
    BlockHeader block;
    std::memcpy(&block, bytes + at, sizeof block);
    if (std::memcmp(block.magic, block_magic, sizeof block_magic) != 0 || block.header_hash != own_hash(block)) {
      bad(path, fmt::format("damaged block at byte {}", at));
    }
    const std::uint64_t size = body_size(block.count, options_.num_perm, block.name_bytes);
    if (block.name_bytes > length_ || length_ - at - sizeof block < size) break;  // cut off
    const char* body = bytes + at + sizeof block;
    if (block.body_hash != hash_bytes({body, size}))
      bad(path, fmt::format("damaged signatures in the block at byte {}", at));
    Block& out = blocks_.emplace_back();
    out.begin = blocks_.size() == 1 ? 0 : blocks_[blocks_.size() - 2].end;
    out.end = out.begin + block.count;
    out.ids = reinterpret_cast<const std::uint64_t*>(body);
    out.times = reinterpret_cast<const std::int64_t*>(out.ids + block.count);
    out.slots = reinterpret_cast<const std::uint32_t*>(out.times + block.count);
    out.name_ends = out.slots + std::size_t{block.count} * options_.num_perm;
    out.names = reinterpret_cast<const char*>(out.name_ends + block.count);
    for (std::uint32_t i = 0; i < block.count; ++i) {
      if (out.name_ends[i] > block.name_bytes || (i > 0 && out.name_ends[i] < out.name_ends[i - 1])) {
        bad(path, fmt::format("names out of order in the block at byte {}", at));
      }
    }
    at += sizeof block + size;
  }
  cut_ = length_ - at;
}

const SignatureFile::Block& SignatureFile::block_of(std::size_t i) const {
  assert(i < size());
  return *std::upper_bound(blocks_.begin(), blocks_.end(), i, [](std::size_t x, const Block& b) { return x < b.end; });
}

std::uint64_t SignatureFile::id(std::size_t i) const {
  const Block& block = block_of(i);
  return block.ids[i - block.begin];
}

std::int64_t SignatureFile::time(std::size_t i) const {
  const Block& block = block_of(i);
  return block.times[i - block.begin];
}

std::string_view SignatureFile::name(std::size_t i) const {
  const Block& block = block_of(i);
  const std::size_t k = i - block.begin, begin = k == 0 ? 0 : block.name_ends[k - 1];
  return {block.names + begin, block.name_ends[k] - begin};
}

std::span<const std::uint32_t> SignatureFile::slots(std::size_t i) const {
  const Block& block = block_of(i);
  return {block.slots + (i - block.begin) * options_.num_perm, options_.num_perm};
}

SignatureFile::~SignatureFile() {
  if (map_ != nullptr) ::munmap(map_, length_);
}

SignatureFile::SignatureFile(SignatureFile&& other) noexcept
    : map_(std::exchange(other.map_, nullptr)),
      length_(other.length_),
      cut_(other.cut_),
      options_(other.options_),
      blocks_(std::exchange(other.blocks_, {})) {}

SignatureFile& SignatureFile::operator=(SignatureFile&& other) noexcept {
  std::swap(map_, other.map_);
  std::swap(length_, other.length_);
  std::swap(cut_, other.cut_);
  std::swap(options_, other.options_);
  std::swap(blocks_, other.blocks_);
  return *this;
}

}  // namespace storymerge
