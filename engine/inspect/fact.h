// SPDX-License-Identifier: Apache-2.0
// A reported fact and where it came from.
#pragma once

#include <optional>
#include <string>

namespace casement {

/// Where a fact came from.
struct Evidence {
  std::string path;        // hive or file, as a Windows path
  std::string key;         // registry key within the hive; empty for files
  std::string value;       // value name
  bool recovered = false;  // from a hive that was recovered from its logs
};

/// A fact and its evidence. Text is UTF-16 as stored.
template <class T>
struct Fact {
  T value{};
  Evidence evidence;
};
template <class T>
using MaybeFact = std::optional<Fact<T>>;

}  // namespace casement
