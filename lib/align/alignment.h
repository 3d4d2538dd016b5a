#pragma once
// align_claims with other weights: what the fitting program measures.

#include "align/pairs.h"

namespace storymerge::align {

// Errors: bad_option.
void check(const AlignOptions& options);

Alignment align_claims(const FittedModels& models, const Material& material, const AlignOptions& options);

}  // namespace storymerge::align
