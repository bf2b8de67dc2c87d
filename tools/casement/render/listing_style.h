// SPDX-License-Identifier: Apache-2.0
// How a list is printed.
#pragma once

#include <cstdint>

namespace casement::cli {

enum class ListingFormat : std::uint8_t { text, json, csv };

struct ListingStyle {
  ListingFormat format = ListingFormat::text;
  bool evidence = false;  // say where each fact was read
};

}  // namespace casement::cli
