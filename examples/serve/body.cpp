#include "serve/body.h"

#include <zlib.h>

#include <cstdint>
#include <cstdio>
#include <new>

namespace examples::serve {
namespace {

constexpr std::size_t worth_compressing = 600;  // bytes: what is smaller goes in one packet anyhow

std::string compressed(const std::string& text) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16, memory = 8;
  if (::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string out(::deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  ::deflate(&stream, Z_FINISH);  // there is room for all of it
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

// FNV-1a: the same tag at every run.
std::string tag_of(const std::string& text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  char out[20];
  std::snprintf(out, sizeof out, "\"%016llx\"", static_cast<unsigned long long>(hash));
  return out;
}

}  // namespace

SharedBody make_body(std::string type, std::string text, std::string policy) {
  auto body = std::make_shared<Body>();
  body->type = std::move(type);
  body->policy = std::move(policy);
  body->tag = tag_of(text);
  if (text.size() >= worth_compressing) body->gzip = compressed(text);
  body->text = std::move(text);
  return body;
}

}  // namespace examples::serve
