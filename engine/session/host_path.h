// SPDX-License-Identifier: Apache-2.0
// Paths of the host as callers write them, with either separator.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "vfs/core/error.h"

namespace casement {

/// Nothing is at the path.
inline bool is_missing(const Error& error) noexcept {
  return error.status() == Status::not_found || error.status() == Status::path_not_found;
}

/// What use(path) gives, a Result. A '\' separates unless the host has something of that very name:
/// when `path` as it stands is missing, use() is asked once more, with '/' for each '\'.
template <class Use>
auto with_host_path(std::string path, const Use& use) -> decltype(use(std::as_const(path))) {
  auto outcome = use(std::as_const(path));
  if (!outcome && is_missing(outcome.error()) && path.find('\\') != std::string::npos) {
    std::ranges::replace(path, '\\', '/');
    outcome = use(std::as_const(path));
  }
  return outcome;
}

}  // namespace casement
