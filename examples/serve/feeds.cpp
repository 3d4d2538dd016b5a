#include "serve/feeds.h"

#include <storymerge/base/time.h>
#include <storymerge/write/json_writer.h>

#include <sstream>

#include "program/safe_text.h"

namespace examples::serve {
namespace {

using storymerge::JsonWriter;

constexpr std::string_view feed_title = "Merged stories";

std::string written(Clock::time_point time) {
  return storymerge::format_time(std::chrono::time_point_cast<std::chrono::seconds>(time));
}

// The id of a story is made of hexadecimal digits, so that it needs no escapes in a URL.
std::string link_of(const ServedStory& story, const std::string& address) { return address + "#/" + story.id; }

}  // namespace

std::string json_feed(const Snapshot& snapshot, const std::string& address) {
  std::ostringstream out;
  JsonWriter json(out);
  json.begin_object().field("version", "https://jsonfeed.org/version/1.1").field("title", feed_title);
  json.field("home_page_url", address).field("feed_url", address + "feed.json").key("items").begin_array();
  for (const auto& story : snapshot.stories) {
    json.begin_object().field("id", "urn:storymerge:story:" + story->id).field("url", link_of(*story, address));
    json.field("title", story->title).field("content_text", story->text);
    json.field("date_published", written(story->founded)).field("date_modified", written(story->updated)).end_object();
  }
  json.end_array().end_object().raw("\n").flush();
  return std::move(out).str();
}

std::string atom_feed(const Snapshot& snapshot, const std::string& address) {
  const std::string url = as_markup(address);
  Clock::time_point updated = snapshot.stories.empty() ? snapshot.made : snapshot.stories.front()->updated;
  for (const auto& story : snapshot.stories) updated = std::max(updated, story->updated);
  std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>";
  out.append(feed_title).append("</title>\n<id>").append(url).append("</id>\n<updated>").append(written(updated));
  out += "</updated>\n<author><name>storymerge</name></author>\n<link href=\"" + url + "\"/>\n";
  out += "<link rel=\"self\" href=\"" + url + "feed.atom\"/>\n";
  for (const auto& story : snapshot.stories) {
    out += "<entry>\n<title>" + as_markup(story->title) + "</title>\n<id>urn:storymerge:story:" + as_markup(story->id) +
           "</id>\n";
    out += "<link href=\"" + as_markup(link_of(*story, address)) + "\"/>\n<published>" + written(story->founded);
    out += "</published>\n<updated>" + written(story->updated) + "</updated>\n";
    out += "<content type=\"text\">" + as_markup(story->text) + "</content>\n</entry>\n";
  }
  return out + "</feed>\n";
}

}  // namespace examples::serve
