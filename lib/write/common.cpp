#include "write/common.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "support/utf8.h"

namespace storymerge {
namespace {

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace

std::uint32_t position_in(const MergedStory& story, ArticleIndex article) {
  const auto at = std::lower_bound(story.articles.begin(), story.articles.end(), article);
  assert(at != story.articles.end() && *at == article);
  return static_cast<std::uint32_t>(at - story.articles.begin());
}

std::vector<std::uint32_t> origin_positions(const MergedStory& story) {
  std::vector<std::uint32_t> out(story.articles.size(), 0);
  for (std::uint32_t o = 0; o < story.origins.size(); ++o) {
    for (const ArticleIndex a : story.origins[o].articles) out[position_in(story, a)] = o;
  }
  return out;
}

std::optional<Period> period_of(const Corpus& corpus, const MergedStory& story) {
  std::optional<Period> period;
  for (const ArticleIndex a : story.articles) {
    const std::optional<Time>& published = corpus[a].published;
    if (!published) continue;
    if (!period) period = Period{*published, *published};
    period->first = std::min(period->first, *published);
    period->last = std::max(period->last, *published);
  }
  return period;
}

const DuplicatePair* copy_evidence(const MergedStory& story, ArticleIndex original, ArticleIndex copy) {
  const auto [a, b] = std::minmax(original, copy);
  const auto at = std::lower_bound(story.copies.begin(), story.copies.end(), std::pair(a, b),
                                   [](const DuplicatePair& pair, const std::pair<ArticleIndex, ArticleIndex>& key) {
                                     return std::pair(pair.a, pair.b) < key;
                                   });
  return at != story.copies.end() && at->a == a && at->b == b ? &*at : nullptr;
}

std::vector<std::string_view> reasons(const MergedStory& story, const Origin& origin) {
  bool near = false, contains = false, version = false, link = false;
  const auto is_member = [&](ArticleIndex a) {
    return std::binary_search(origin.articles.begin(), origin.articles.end(), a);
  };
  for (const DuplicatePair& pair : story.copies) {
    if (!pair.joins || !is_member(pair.a) || !is_member(pair.b)) continue;
    switch (pair.relation) {
      case Relation::exact:
      case Relation::near_duplicate:
        near = true;
        break;
      case Relation::version:
        version = true;
        break;
      case Relation::link:
        link = true;
        break;
      default:
        contains = true;
    }
  }
  std::vector<std::string_view> out;
  if (near) out.push_back("near_duplicate");
  if (contains) out.push_back("contains");
  if (version) out.push_back("version");
  if (link) out.push_back("link");
  if (!origin.owner.empty()) out.push_back("owner");
  return out;
}

bool is_web_url(std::string_view url) {
  const auto starts_with = [&](std::string_view scheme) {
    return url.size() > scheme.size() && std::equal(scheme.begin(), scheme.end(), url.begin(), [](char a, char b) {
             return a == (b >= 'A' && b <= 'Z' ? b + 32 : b);
           });
  };
  if (!starts_with("http://") && !starts_with("https://")) return false;
  return std::none_of(url.begin(), url.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7F; });
}

std::string display_title(const Corpus& corpus, const MergedStory& story) {
  if (!story.title.empty()) return story.title;
  for (const std::vector<std::uint32_t>& paragraph : story.summary) {
    if (!paragraph.empty()) return clipped(corpus.quote(story.claims[paragraph[0]].support[0].span), 80);
  }
  return "";
}

std::string clipped(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  std::size_t end = most;
  while (!is_boundary(text, end)) --end;
  if (const std::size_t blank = text.rfind(' ', end); blank != std::string_view::npos && blank > most / 2) end = blank;
  return std::string(text.substr(0, end)) + "…";
}

std::string story_iri(const MergedStory& story) { return "urn:storymerge:story:" + percent_encoded(story.id); }

std::string article_iri(const Article& article) { return "urn:storymerge:article:" + percent_encoded(article.id); }

std::string readable_time(Time time) {
  using namespace std::chrono;
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  time = std::clamp(time, first_time, last_time);
  const sys_days day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  const std::string of_day =
      fmt::format("{} {} {}", static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                  static_cast<int>(date.year()));
  if (time == day) return of_day;  // midnight is the time of what gives none
  return fmt::format("{}, {:02}:{:02} UTC", of_day, clock.hours().count(), clock.minutes().count());
}

}  // namespace storymerge
