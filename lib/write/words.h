#pragma once
// The words by which all formats call the same thing.

#include <string_view>

#include "storymerge/merge/merged_story.h"

namespace storymerge {

inline std::string_view word_for(ClaimStatus status) {
  switch (status) {
    case ClaimStatus::corroborated:
      return "corroborated";
    case ClaimStatus::single:
      return "single";
    case ClaimStatus::disputed:
      return "disputed";
    case ClaimStatus::updated:
      return "updated";
  }
  return "";
}

inline std::string_view word_for(DisputeKind kind) {
  switch (kind) {
    case DisputeKind::quantity:
      return "quantity";
    case DisputeKind::date:
      return "date";
    case DisputeKind::name:
      return "name";
    case DisputeKind::polarity:
      return "polarity";
    case DisputeKind::attribution:
      return "attribution";
  }
  return "";
}

inline std::string_view word_for(Resolution resolution) {
  return resolution == Resolution::update ? "update" : "conflict";
}

}  // namespace storymerge
