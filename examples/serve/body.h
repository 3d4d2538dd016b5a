#pragma once
// What is sent, made once and sent to many: the bytes, the same as gzip, and a tag that changes when they do.

#include <memory>
#include <string>

namespace examples::serve {

struct Body {
  std::string type;    // "text/html; charset=utf-8"
  std::string policy;  // its Content-Security-Policy
  std::string text;
  std::string gzip;  // "": it is not worth it
  std::string tag;   // in its quotation marks
};

using SharedBody = std::shared_ptr<const Body>;

SharedBody make_body(std::string type, std::string text, std::string policy = "default-src 'none'");

}  // namespace examples::serve
