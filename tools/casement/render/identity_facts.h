// SPDX-License-Identifier: Apache-2.0
// The facts of an Identity as one list, for every format.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/inspect/identity.h"

namespace casement::cli {

/// One fact. Exactly one of text, number and time is meant, by `kind`.
struct FactView {
  enum class Kind : std::uint8_t { text, number, time };
  std::string_view name;   // "product_name": the member in JSON
  std::string_view label;  // "Product": for people
  Kind kind = Kind::text;
  std::u16string_view text;
  std::uint64_t number = 0;
  FileTime time;
  const Evidence& evidence;
};

/// Calls `visit` for every fact that is known, in the order in which people want to read them.
/// Languages come once each, all with the name "languages".
void for_each_fact(const Identity& identity, const std::function<void(const FactView&)>& visit);

/// "UTC-08:00": the standard offset of a zone whose UTC = local + bias.
std::string utc_offset(std::int32_t bias_minutes);

}  // namespace casement::cli
