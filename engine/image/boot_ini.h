// SPDX-License-Identifier: Apache-2.0
// boot.ini, the boot menu of Windows NT to Server 2003.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/bytes.h"

namespace casement {

/// Where the firmware finds a partition: "multi(0)disk(0)rdisk(0)partition(1)".
struct ArcPath {
  enum class Kind : std::uint8_t { multi, scsi, signature };
  Kind kind = Kind::multi;
  std::uint32_t controller = 0;  // of signature(): the MBR disk signature
  std::uint32_t disk = 0;
  std::uint32_t rdisk = 0;
  /// From 1: the non-empty primaries, then the logical ones.
  std::uint32_t partition = 0;

  friend bool operator==(const ArcPath&, const ArcPath&) = default;
};

/// The partition part of an ARC name, and how many characters it has. nullopt: no ARC name.
struct ParsedArcPath {
  ArcPath path;
  std::size_t length = 0;
};
std::optional<ParsedArcPath> parse_arc_path(std::string_view text);

/// One line of [operating systems].
struct BootIniEntry {
  std::string location;        // left of '=', as written
  std::optional<ArcPath> arc;  // nullopt: a file such as C:\CMDCONS\BOOTSECT.DAT
  std::u16string directory;    // after the ARC name: "\WINDOWS"
  std::u16string description;  // without quotes
  std::string switches;        // "/fastdetect /NoExecute=OptIn"
  bool is_default = false;     // [boot loader] default= names it
};

struct BootIni {
  std::optional<std::uint32_t> timeout;  // seconds
  std::string default_location;          // as written; empty: none
  std::vector<BootIniEntry> entries;     // in the order of the file
};

/// Largest boot.ini that is read: ntldr itself refuses more than 4 KiB of it.
inline constexpr std::uint64_t max_boot_ini_size = 65'536;

/// Any bytes: lines that mean nothing are passed over. Section and key names without regard to
/// case. Text beyond ASCII is read by the letters that the OEM code pages 437 and 850 have in
/// common; others become U+FFFD.
BootIni parse_boot_ini(Bytes text);

}  // namespace casement
