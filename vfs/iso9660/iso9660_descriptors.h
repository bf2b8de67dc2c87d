// SPDX-License-Identifier: Apache-2.0
// The volume descriptors, and the tree that is read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/filetime.h"
#include "vfs/core/unique_findings.h"
#include "vfs/iso9660/iso9660_layout.h"

namespace casement {

/// Whose names are read. Rock Ridge names are additions to the primary tree.
enum class Iso9660Names : std::uint8_t { primary, joliet, enhanced, rock_ridge };

/// One descriptor of a tree, checked.
struct Iso9660Tree {
  Iso9660Names names = Iso9660Names::primary;
  std::uint64_t root_record = 0;  // its directory record, in bytes from the start of the volume
  std::uint32_t block_size = 0;   // a power of two from 512 to 2048
  std::uint32_t block_count = 0;
  std::uint16_t volume_count = 0;
  std::uint16_t volume_number = 0;
  unsigned joliet_level = 0;  // 1 to 3; 0: not Joliet
  std::u16string label;
  FileTime created;
  FileTime modified;
};

struct Iso9660Descriptors {
  struct Seen {
    std::uint32_t sector = 0;
    std::uint8_t type = 0;
    std::uint8_t version = 0;
  };
  std::vector<Seen> seen;  // all, for people
  std::optional<Iso9660Tree> primary;
  std::optional<Iso9660Tree> joliet;
  std::optional<Iso9660Tree> enhanced;
  /// The sector of the El Torito boot catalog.
  std::optional<std::uint32_t> boot_catalog;
};

/// All descriptors from sector 16 on. bad_format: there is none. Trees whose descriptor is damaged
/// are left out. Findings: "iso9660-descriptor", "iso9660-both-endian", "iso9660-no-terminator".
Result<Iso9660Descriptors> read_iso9660_descriptors(const ByteSource& volume,
                                                    UniqueFindings& findings);

/// "primary", "Joliet", ...: for people.
const char* to_string(Iso9660Names names) noexcept;

}  // namespace casement
