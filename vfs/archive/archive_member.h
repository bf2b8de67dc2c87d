// SPDX-License-Identifier: Apache-2.0
// Where the content of a member is.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

namespace casement {

/// A member whose bytes lie in the archive as they are.
struct StoredMember {
  std::uint64_t offset = 0;
};

/// A member of a zip archive, as its central directory describes it.
struct ZipMember {
  std::uint64_t local_header = 0;  // offset
  std::uint64_t packed_size = 0;
  std::uint32_t crc = 0;
  std::uint16_t method = 0;
};

/// A member that is reached by reading the archive up to it.
struct StreamedMember {
  std::uint32_t ordinal = 0;  // headers before it
};

struct ArchiveMember {
  std::variant<StreamedMember, StoredMember, ZipMember> place;
  std::uint64_t size = 0;  // unpacked
  bool encrypted = false;
  bool sparse = false;  // what is missing at its end is zeros
};

}  // namespace casement
