#pragma once
// align_sentences with other weights: what the fitting program measures.

#include "align/pairs.h"

namespace storymerge::align {

SentenceAlignment align_sentences(const FittedModels& models, const Material& material, const AlignOptions& options);

}  // namespace storymerge::align
