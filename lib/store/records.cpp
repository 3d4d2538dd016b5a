#include "store/records.h"

#include "base/bytes.h"

namespace storymerge::store {
namespace {

using Writer = BytesWriter;
using Reader = BytesReader;

void write_pair(Writer& out, const DuplicatePair& p) {
  for (const std::uint64_t n : {std::uint64_t{p.a}, std::uint64_t{p.b}, static_cast<std::uint64_t>(p.relation),
                                std::uint64_t{p.joins}, std::uint64_t{p.form} + 2 * std::uint64_t{p.retold}}) {
    out.number(n);
  }
  for (const double d : {p.jaccard, p.containment_a_in_b, p.containment_b_in_a}) out.real(d);
}

DuplicatePair read_pair(Reader& in, std::size_t articles) {
  DuplicatePair p;
  p.a = in.index(articles);
  p.b = in.index(articles);
  p.relation = static_cast<Relation>(in.index(static_cast<std::size_t>(Relation::link) + 1));
  p.joins = in.index(2) != 0;
  const std::uint32_t marks = in.index(4);
  p.form = (marks & 1) != 0;
  p.retold = (marks & 2) != 0;
  p.jaccard = in.real();
  p.containment_a_in_b = in.real();
  p.containment_b_in_a = in.real();
  return p;
}

}  // namespace

std::string write_article(const Article& a) {
  Writer out;
  for (const std::string* field : {&a.title, &a.source, &a.url, &a.language, &a.author, &a.text}) out.text(*field);
  out.number(a.published.has_value());
  if (a.published) out.number(folded(a.published->time_since_epoch().count()));
  out.number(a.published_offset.has_value());
  if (a.published_offset) out.number(folded(a.published_offset->count()));
  return out.take();
}

Article read_article(std::string_view record) {
  Reader in(record);
  Article a;
  for (std::string* field : {&a.title, &a.source, &a.url, &a.language, &a.author, &a.text}) *field = in.text();
  if (in.index(2) != 0) a.published = Time(std::chrono::seconds(unfolded(in.number())));
  if (in.index(2) != 0) a.published_offset = std::chrono::minutes(unfolded(in.number()));
  in.end();
  return a;
}

std::string write_furniture(std::span<const Furniture> furniture) {
  Writer out;
  out.number(furniture.size());
  for (const Furniture& f : furniture) {
    out.number(f.range.begin);
    out.number(f.range.end);
    out.text(f.reason);
  }
  return out.take();
}

std::vector<Furniture> read_furniture(std::string_view record) {
  Reader in(record);
  std::vector<Furniture> out(in.size());
  for (Furniture& f : out) {
    f.range.begin = in.index(0xFFFFFFFF);
    f.range.end = in.index(0xFFFFFFFF);
    f.reason = in.text();
  }
  in.end();
  return out;
}

std::string write_copies(const Copies& copies) {
  Writer out;
  out.number(copies.articles.size());
  for (const std::uint64_t a : copies.articles) out.number(a);
  const Duplicates& d = copies.duplicates;
  out.number(d.pairs.size());
  for (const DuplicatePair& pair : d.pairs) write_pair(out, pair);
  out.number(d.origins.size());
  for (const Origin& origin : d.origins) {
    out.number(origin.articles.size());
    for (const ArticleIndex a : origin.articles) out.number(a);
    out.number(origin.original);
    out.real(origin.weakest);
    out.real(origin.density);
  }
  out.number(copies.touches.size());
  for (const Touch& touch : copies.touches) {
    for (const std::uint32_t n : {touch.span.article, touch.span.begin, touch.span.end}) out.number(n);
    out.text(touch.story);
  }
  return out.take();
}

Copies read_copies(std::string_view record) {
  Reader in(record);
  Copies out;
  out.articles.resize(in.size());
  for (std::uint64_t& a : out.articles) a = in.number();
  const std::size_t n = out.articles.size();
  Duplicates& d = out.duplicates;
  for (std::size_t pairs = in.size(); pairs > 0; --pairs) d.pairs.push_back(read_pair(in, n));
  d.origins.resize(in.size());
  d.origin_of.assign(n, 0);
  for (std::uint32_t o = 0; o < d.origins.size(); ++o) {
    Origin& origin = d.origins[o];
    origin.articles.resize(in.size());
    for (ArticleIndex& a : origin.articles) d.origin_of[a = in.index(n)] = o;
    origin.original = in.index(n);
    origin.weakest = in.real();
    origin.density = in.real();
  }
  out.touches.resize(in.size());
  for (Touch& touch : out.touches) {
    touch.span.article = in.index(n);
    touch.span.begin = in.index(0xFFFFFFFF);
    touch.span.end = in.index(0xFFFFFFFF);
    touch.story = in.text();
  }
  in.end();
  return out;
}

}  // namespace storymerge::store
