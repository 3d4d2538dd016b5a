#pragma once
// How likely is it that two claims give different values of one thing?

#include <vector>

#include "align/model.h"
#include "storymerge/dispute/disputes.h"

namespace storymerge::dispute {

// Evidence that the two units of pair k give different values of one thing. Requires: probabilities estimated.
align::DisputeFeatures weigh_dispute(std::span<const align::Unit> units, std::span<const Claim> claims,
                                     const align::PairGraph& graph, std::size_t k);

// find_disputes with other weights: what the fitting program measures.
std::vector<Dispute> find_disputes(const align::Model& model, const Material& material, const Alignment& alignment);

}  // namespace storymerge::dispute
