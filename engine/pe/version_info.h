// SPDX-License-Identifier: Apache-2.0
// The version resource: numbers, and texts by name.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pe/pe_file.h"

namespace casement {

/// Four numbers of a file or a product.
struct FileVersion {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  std::uint16_t build = 0;
  std::uint16_t revision = 0;
  friend auto operator<=>(const FileVersion&, const FileVersion&) = default;
};
std::string file_version_text(const FileVersion& version);  // "10.0.19041.3803"

/// Texts in one language and code page (StringTable).
struct VersionStrings {
  std::u16string key;  // language and code page in hexadecimal digits: "040904B0"
  struct Text {
    std::u16string name;  // "CompanyName"
    std::u16string value;
  };
  std::vector<Text> texts;  // as stored
};

/// VS_VERSIONINFO.
struct VersionInfo {
  /// VS_FIXEDFILEINFO; both absent when there is none.
  std::optional<FileVersion> file_version;
  std::optional<FileVersion> product_version;
  std::vector<VersionStrings> strings;  // as stored
  /// What could not be read is left out, with what follows it in the same block.
  bool damaged = false;

  /// The text of that name in the first table that has one that is not empty; "" when none has.
  /// Names have no case.
  std::u16string_view text(std::u16string_view name) const noexcept;
};

/// A version resource has at most as many bytes: its length is a 16-bit number.
inline constexpr std::uint32_t max_version_info = 0xFFFF;

/// From the bytes of the resource. bad_format: the outermost node is not VS_VERSION_INFO.
/// truncated: too short for one.
Result<VersionInfo> parse_version_info(Bytes resource);

/// The version resource of a file in the language asked for, else as PeResources::find chooses.
/// nullopt: it has none. As parse_version_info, PeResources::find and read.
Result<std::optional<VersionInfo>> read_version_info(const PeFile& file,
                                                     std::optional<std::uint16_t> language = {});

}  // namespace casement
