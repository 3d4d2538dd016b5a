#pragma once
// The stories as feeds, an entry each, which is updated when a claim of it changes: JSON Feed 1.1
// (https://www.jsonfeed.org/version/1.1/) and Atom (RFC 4287).

#include <string>

#include "serve/snapshot.h"

namespace examples::serve {

std::string json_feed(const Snapshot& snapshot, const std::string& address);
std::string atom_feed(const Snapshot& snapshot, const std::string& address);

}  // namespace examples::serve
