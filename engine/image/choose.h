// SPDX-License-Identifier: Apache-2.0
// Which installation of an image a session is bound to.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "engine/image/examined.h"

namespace casement {

struct InstallationChoice {
  std::size_t position = 0;  // in the span
  std::string reason;        // one sentence
};

/// `by_caller`: the one that the caller named. `by_default_entry`: the one that the default entry
/// of the best boot store starts. Precondition: `installations` is not empty.
InstallationChoice choose_installation(std::span<const Examined> installations,
                                       std::optional<std::size_t> by_caller,
                                       std::optional<std::size_t> by_default_entry);

/// The order of the list that is handed out: by score, then by activity, then as found.
bool comes_first(const Examined& a, const Examined& b);

}  // namespace casement
