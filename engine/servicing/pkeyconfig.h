// SPDX-License-Identifier: Apache-2.0
// Product key configurations (pkeyconfig.xrm-ms): which keys an installation knows, and for what.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"

namespace casement {

/// A product and its channel.
struct PkeyConfiguration {
  std::u16string id;           // ActConfigId: "{73111121-5638-40f6-bc11-f1d7b0d64300}"
  std::uint32_t group = 0;     // RefGroupId
  std::u16string edition;      // EditionId: "Enterprise"
  std::u16string description;  // "Win 10 RTM Enterprise Volume:GVLK"
  std::u16string key_type;     // ProductKeyType: "Retail", "OEM:DM", "Volume:GVLK"
};

/// Serial numbers of a configuration's keys.
struct PkeyRange {
  std::u16string configuration;  // RefActConfigId
  std::u16string part_number;
  std::u16string eula_type;
  bool valid = false;
  std::uint32_t start = 0;
  std::uint32_t end = 0;  // the last one
};

/// The algorithm of a group's keys.
struct PkeyPublicKey {
  std::uint32_t group = 0;
  std::u16string algorithm;  // "msft:rm/algorithm/pkey/2009"
};
inline constexpr const char16_t* pkey_algorithm_2009 = u"msft:rm/algorithm/pkey/2009";

struct PkeyConfig {
  std::vector<PkeyConfiguration> configurations;
  std::vector<PkeyRange> ranges;
  std::vector<PkeyPublicKey> public_keys;
  /// Entries that were left out: a number that is none, no configuration.
  Diagnostics diagnostics;
};

/// The most bytes of such a file, and of the XML inside. That of Windows 10 has about 1 MiB.
inline constexpr std::uint64_t max_pkeyconfig_size = 8U << 20U;

/// A licence file (XrML) whose infoBin "pkeyConfigData" is XML in base64. Its signature is not
/// checked. corrupt: not XML, no such infoBin, not base64, or no ProductKeyConfiguration inside.
/// limit_exceeded: more than max_pkeyconfig_size.
Result<PkeyConfig> parse_pkeyconfig(Bytes xrm);

/// The configuration and range that a key of 2009 falls in.
struct PkeyMatch {
  const PkeyConfiguration* configuration = nullptr;
  const PkeyRange* range = nullptr;
};
/// A valid range before one that is not; else in the order of the file. nullopt: in no range, or
/// the group's keys are of another algorithm. Points into `config`.
std::optional<PkeyMatch> find_pkey_range(const PkeyConfig& config, std::uint32_t group,
                                         std::uint32_t serial);

}  // namespace casement
