// SPDX-License-Identifier: Apache-2.0
// The error of an image without a Windows installation.
#pragma once

#include <string>
#include <vector>

#include "engine/image/candidates.h"

namespace casement {

/// What was looked for, where, and what was found instead. access_denied when a directory could not
/// be read for lack of permission, else path_not_found. `rejected`: candidates without evidence.
Error missing_installation(const OpenedImage& opened, const CandidateList& list,
                           const std::vector<Candidate>& rejected);

}  // namespace casement
