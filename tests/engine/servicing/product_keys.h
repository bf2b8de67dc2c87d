// SPDX-License-Identifier: Apache-2.0
// Makes product keys and their configurations, with nothing of what reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/engine/servicing/text_bytes.h"
#include "vfs/core/bytes.h"

namespace casement::test {

/// The fields of a key of 2009.
struct KeyFields {
  std::uint32_t group = 0;
  std::uint32_t serial = 0;
  std::uint64_t security = 0;
  bool upgrade = false;
};

/// "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX" with its checksum. Such a key fits the format and is for
/// nothing.
std::u16string make_product_key(const KeyFields& fields);

std::string to_base64(std::string_view text);

/// A licence file around the inner XML.
std::string licence_with(std::string_view inner_xml);

/// One element of a key configuration each.
std::string configuration_xml(std::string_view id, std::string_view group, std::string_view edition,
                              std::string_view key_type);
std::string range_xml(std::string_view configuration, std::string_view start, std::string_view end,
                      std::string_view valid = "true");
std::string public_key_xml(std::string_view group, std::string_view algorithm);
/// The inner XML of these elements.
std::string key_configuration(std::string_view configurations, std::string_view ranges,
                              std::string_view public_keys = {});

/// Two configurations of two groups: 100 ("Professional", "Retail", serial numbers 0 to 999) and
/// 101 ("Enterprise", "Volume:GVLK", 5000 to 5999).
std::string small_key_configuration();

}  // namespace casement::test
