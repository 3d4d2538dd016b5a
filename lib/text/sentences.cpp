#include "storymerge/text/sentences.h"

#include <algorithm>
#include <cstddef>

namespace storymerge {
namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

void add(std::string_view text, std::size_t begin, std::size_t end, std::uint32_t paragraph, std::vector<Sentence>& out) {
  while (begin < end && is_blank(text[begin])) ++begin;
  while (end > begin && is_blank(text[end - 1])) --end;
  if (begin == end) return;
  Sentence s;
  s.range = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  s.paragraph = paragraph;
  out.push_back(s);
}

}  // namespace

std::vector<Sentence> split_sentences(std::string_view text, std::span<const ByteRange> excluded) {
  std::vector<Sentence> out;
  std::uint32_t paragraph = 0;
  std::size_t at = 0, next_excluded = 0;
  while (at < text.size()) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    if (next_excluded < excluded.size() && excluded[next_excluded].begin <= at) {
      at = std::max<std::size_t>(at, excluded[next_excluded++].end);
      continue;
    }
    if (next_excluded < excluded.size()) end = std::min<std::size_t>(end, excluded[next_excluded].begin);
    std::size_t begin = at;
    for (std::size_t i = at; i < end; ++i) {
      if (text[i] != '.' && text[i] != '!' && text[i] != '?') continue;
      std::size_t stop = i + 1;
      while (stop < end && (text[stop] == '"' || text[stop] == '\'' || text[stop] == ')')) ++stop;
      if (text.substr(stop, 3) == "\xE2\x80\x9D") stop += 3;
      if (stop + 1 < end && text[stop] == ' ' && !(text[stop + 1] >= 'a' && text[stop + 1] <= 'z')) {
        add(text, begin, stop, paragraph, out);
        begin = stop;
      }
    }
    add(text, begin, end, paragraph, out);
    if (end < text.size() && text[end] == '\n') {
      ++paragraph;
      ++end;
    }
    at = end;
  }
  return out;
}

std::vector<ByteRange> find_quotations(std::string_view text) {
  std::vector<ByteRange> out;
  std::size_t at = 0;
  while (at < text.size()) {
    const bool straight = text[at] == '"';
    const bool curly = text.substr(at, 3) == "\xE2\x80\x9C";
    if (!straight && !curly) {
      ++at;
      continue;
    }
    const std::string_view closing = straight ? "\"" : "\xE2\x80\x9D";
    const std::size_t close = text.find(closing, at + 1);
    const std::size_t limit = std::min(text.find('\n', at), text.size());
    const std::size_t end = close < limit ? close + closing.size() : limit;
    out.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    at = end;
  }
  return out;
}

}  // namespace storymerge
