#pragma once
// By which words do all formats call a status, a dispute, a hedge, a relation? Those of the enumerators.

#include <string_view>

#include "storymerge/merge/merged_story.h"
#include "storymerge/write/writer.h"

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

inline std::string_view word_for(Hedge hedge) {
  switch (hedge) {
    case Hedge::asserted:
      return "asserted";
    case Hedge::attributed:
      return "attributed";
    case Hedge::hedged:
      return "hedged";
    case Hedge::speculative:
      return "speculative";
  }
  return "";
}

inline std::string_view word_for(Relation relation) {
  switch (relation) {
    case Relation::exact:
      return "exact";
    case Relation::near_duplicate:
      return "near_duplicate";
    case Relation::contains:
      return "contains";
    case Relation::contained_in:
      return "contained_in";
    case Relation::partial_overlap:
      return "partial_overlap";
    case Relation::version:
      return "version";
    case Relation::link:
      return "link";
  }
  return "";
}

inline std::string_view word_for(Resolution resolution) {
  return resolution == Resolution::update ? "update" : "conflict";
}

inline std::string_view word_for(SlotRole role) {
  switch (role) {
    case SlotRole::value:
      return "value";
    case SlotRole::change:
      return "change";
    case SlotRole::previous:
      return "previous";
  }
  return "";
}

inline std::string_view word_for(Format format) {
  switch (format) {
    case Format::markdown:
      return "markdown";
    case Format::jsonl:
      return "jsonl";
    case Format::html:
      return "html";
    case Format::jsonld:
      return "jsonld";
    case Format::ninjs:
      return "ninjs";
  }
  return "";
}

}  // namespace storymerge
