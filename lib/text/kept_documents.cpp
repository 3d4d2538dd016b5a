#include "text/kept_documents.h"

#include <cstring>
#include <limits>
#include <string>
#include <type_traits>

#include "storymerge/base/error.h"

namespace storymerge {
namespace {

// Bytes that are written one after another, and read in the same order.
class Packer {
 public:
  template <class T>
  void plain(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(const std::string& s) {
    plain(s.size());
    bytes_ += s;
  }
  template <class T>
  void column(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    plain(values.size());
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  template <class T, class Each>
  void list(const std::vector<T>& values, Each each) {
    plain(values.size());
    for (const T& value : values) each(value);
  }
  void words(const std::vector<Word>& words);

  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(const char* at) : at_(at) {}

  template <class T>
  void plain(T& value) {
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
  }
  void text(std::string& s) {
    const std::size_t size = count();
    s.assign(at_, size);
    at_ += size;
  }
  template <class T>
  void column(std::vector<T>& values) {
    values.resize(count());
    if (!values.empty()) std::memcpy(static_cast<void*>(values.data()), at_, values.size() * sizeof(T));
    at_ += values.size() * sizeof(T);
  }
  template <class T, class Each>
  void list(std::vector<T>& values, Each each) {
    values.clear();
    values.resize(count());
    for (T& value : values) each(value);
  }
  void words(std::vector<Word>& words);

 private:
  std::size_t count() {
    std::size_t n = 0;
    plain(n);
    return n;
  }

  const char* at_;
};

// A word, by how far it lies behind the one before; nearly all fit.
struct Step {
  std::uint16_t gap, size, folded;
};

void Packer::words(const std::vector<Word>& words) {
  constexpr std::uint32_t most = std::numeric_limits<std::uint16_t>::max();
  std::vector<Step> steps;
  steps.reserve(words.size());
  Word before;
  for (const Word& w : words) {
    const std::uint32_t gap = w.source.begin - before.source.end;
    const std::uint32_t joined = before.folded.end + (steps.empty() ? 0 : 1);
    if (w.source.begin < before.source.end || gap > most || w.source.size() > most || w.folded.size() > most ||
        w.folded.begin != joined)
      break;
    steps.push_back({static_cast<std::uint16_t>(gap), static_cast<std::uint16_t>(w.source.size()),
                     static_cast<std::uint16_t>(w.folded.size())});
    before = w;
  }
  const bool all = steps.size() == words.size();
  plain(all);
  all ? column(steps) : column(words);
}

void Unpacker::words(std::vector<Word>& words) {
  bool all = false;
  plain(all);
  if (!all) return column(words);
  words.resize(count());
  Word before;
  bool first = true;
  for (Word& w : words) {
    Step step{};
    plain(step);
    w.source.begin = before.source.end + step.gap;
    w.source.end = w.source.begin + step.size;
    w.folded.begin = before.folded.end + (first ? 0 : 1);
    w.folded.end = w.folded.begin + step.folded;
    before = w;
    first = false;
  }
}

// Both ways. Every field is named, so that one more does not compile until it is packed, too.
template <class Pack, class List>
void pack_words(Pack& pack, List& list) {
  auto& [folded, words] = list;
  pack.text(folded);
  pack.words(words);
}

template <class Pack, class Any>
void pack_rest(Pack& pack, Any& document) {
  auto& [article, language, title, title_terms, body, body_terms, sentences, furniture, quotations, names, quantities,
         dates] = document;
  (void)body;  // stands before the rest
  pack.plain(article);
  pack.text(language);
  pack_words(pack, title);
  pack.column(title_terms);
  pack.column(body_terms);
  pack.column(sentences);
  pack.list(furniture, [&](auto& f) {
    auto& [range, reason] = f;
    pack.plain(range);
    pack.text(reason);
  });
  pack.column(quotations);
  pack.column(names);
  pack.list(quantities, [&](auto& q) {
    auto& [range, low, high, value, unit, noun, approximate, ordinal, rule] = q;
    pack.plain(range);
    pack.plain(low);
    pack.plain(high);
    pack.plain(value);
    pack.text(unit);
    pack.plain(noun);
    pack.plain(approximate);
    pack.plain(ordinal);
    pack.plain(rule);  // lives as long as the program, as the file does not
  });
  pack.column(dates);
}

template <class T>
std::size_t bytes_of(const std::vector<T>& column) {
  return column.capacity() * sizeof(T);
}

std::size_t bytes_of(const Document& d) {
  return sizeof d + d.body.folded.capacity() + bytes_of(d.body.words) + bytes_of(d.body_terms) +
         bytes_of(d.title.words) + bytes_of(d.title_terms) + bytes_of(d.sentences) + 2 * bytes_of(d.furniture) +
         bytes_of(d.quotations) + bytes_of(d.names) + bytes_of(d.quantities) + bytes_of(d.dates);
}

}  // namespace

KeptDocuments::KeptDocuments(const Corpus& corpus, std::size_t memory)
    : corpus_(corpus), memory_(memory), in_memory_(corpus.size()), places_(corpus.size()) {}

void KeptDocuments::put(Document document, const std::vector<Furniture>& furniture) {
  const ArticleIndex a = document.article;
  const std::size_t size = bytes_of(document);
  if (used_.fetch_add(size) + size <= memory_) {
    in_memory_[a] = std::make_unique<Document>(std::move(document));
    return;
  }
  used_ -= size;
  std::call_once(opens_, [&] { open_ = file_.open(); });
  if (open_) {
    Packer pack;
    pack_words(pack, document.body);
    const std::size_t body = pack.bytes().size();
    pack_rest(pack, document);
    if (const auto at = file_.write(pack.bytes())) {
      places_[a] = {*at, body, pack.bytes().size()};
      return;
    }
  }
  const std::lock_guard lock(mutex_);
  lost_[a] = furniture;
}

std::string KeptDocuments::read(ArticleIndex article, std::size_t size) const {
  std::string bytes(size, '\0');
  if (!file_.read(places_[article].at, bytes)) throw Error(ErrorCode::io, "cannot read the temporary file");
  return bytes;
}

void KeptDocuments::restore(ArticleIndex article, Document& out) const {
  if (places_[article].size == 0) {
    std::unique_lock lock(mutex_);
    std::vector<Furniture> furniture = lost_.at(article);
    lock.unlock();
    out = analyze(corpus_, article, std::move(furniture));
    return;
  }
  const std::string bytes = read(article, places_[article].size);
  Unpacker unpack(bytes.data());
  pack_words(unpack, out.body);
  pack_rest(unpack, out);
}

const Document& KeptDocuments::get(ArticleIndex article, Document& scratch) const {
  if (in_memory_[article]) return *in_memory_[article];
  restore(article, scratch);
  return scratch;
}

const WordList& KeptDocuments::body_of(ArticleIndex article, WordList& scratch) const {
  if (in_memory_[article]) return in_memory_[article]->body;
  if (places_[article].size == 0) {
    Document document;
    restore(article, document);
    scratch = std::move(document.body);
    return scratch;
  }
  const std::string bytes = read(article, places_[article].body);
  Unpacker unpack(bytes.data());
  pack_words(unpack, scratch);
  return scratch;
}

Document KeptDocuments::take(ArticleIndex article) {
  Document out;
  if (in_memory_[article]) {
    out = std::move(*in_memory_[article]);
    in_memory_[article].reset();
  } else {
    restore(article, out);
  }
  return out;
}

}  // namespace storymerge
