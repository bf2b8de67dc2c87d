// SPDX-License-Identifier: Apache-2.0
// What the [Version] section of an INF says of its driver package.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/servicing/inf.h"
#include "vfs/core/filetime.h"
#include "vfs/core/guid.h"

namespace casement {

/// Processors that decorations of an INF name, in the order in which they are listed here.
enum class InfArchitecture : std::uint8_t { x86, ia64, amd64, arm, arm64 };
inline constexpr std::array inf_architectures = {InfArchitecture::x86, InfArchitecture::ia64,
                                                 InfArchitecture::amd64, InfArchitecture::arm,
                                                 InfArchitecture::arm64};
/// As decorations write it: "amd64".
std::u16string_view inf_architecture_name(InfArchitecture architecture) noexcept;

struct InfVersion {
  std::u16string class_name;
  std::optional<Guid> class_guid;
  std::u16string provider;
  std::optional<FileTime> date;  // 00:00 UTC
  /// Of DriverVer: major, minor, build, revision. Missing parts are 0.
  std::optional<std::array<std::uint16_t, 4>> version;
  std::u16string catalog_file;
};

/// `architecture` chooses CatalogFile.NTamd64 and the like before CatalogFile.NT and CatalogFile.
/// What is malformed counts as absent.
InfVersion read_inf_version(const Inf& inf, std::optional<InfArchitecture> architecture);

/// A number as INFs write it: decimal, or hexadecimal after 0x. nullopt: something else, or more
/// than 32 bits.
std::optional<std::uint32_t> parse_inf_number(std::u16string_view text) noexcept;

}  // namespace casement
