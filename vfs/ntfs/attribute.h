// SPDX-License-Identifier: Apache-2.0
// One attribute of a file record, checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vfs/core/bytes.h"

namespace casement::ntfs {

/// What an attribute with clusters says about them.
struct NonResidentPart {
  std::uint64_t lowest_vcn = 0;
  std::uint64_t cluster_count = 0;  // that this extent maps; may be 0
  Bytes packed_runs;
  /// The rest is valid in the extent with lowest_vcn 0 only.
  std::uint64_t allocated_size = 0;
  std::uint64_t data_size = 0;        // at most 2^63 - 1
  std::uint64_t valid_size = 0;       // at most data_size; the rest reads as zeros
  std::uint64_t total_allocated = 0;  // bytes of real clusters; allocated_size unless it has holes
  std::uint8_t compression_unit = 0;  // log2 of clusters; 0: not compressed
};

/// A view into the bytes of its record, within which all ranges lie.
struct Attribute {
  std::uint32_t type = 0;    // ntfs_layout::attribute_type
  std::uint16_t flags = 0;   // ntfs_layout::attribute_flag
  std::uint16_t id = 0;      // unique in an undamaged record
  std::uint32_t offset = 0;  // in the record: unique in any record
  Bytes raw_name;            // UTF-16LE, of even size
  bool resident = true;
  Bytes value;                   // when resident
  NonResidentPart non_resident;  // when not

  std::u16string name() const;
  bool has_name(std::u16string_view expected) const noexcept;

  bool is_compressed() const noexcept;
  bool is_encrypted() const noexcept;
  bool is_sparse() const noexcept;

  /// Bytes of the value. Precondition: resident, or lowest_vcn is 0.
  std::uint64_t size() const noexcept { return resident ? value.size() : non_resident.data_size; }
};

/// Parses the attribute that fills `raw`, which begins at `offset` of its record. truncated,
/// corrupt: a range that is not within it, a VCN range that is none, sizes beyond 2^63.
Result<Attribute> parse_attribute(Bytes raw, std::uint32_t offset);

/// The value of the resident attribute that fills `raw`. nullopt: it has clusters, or
/// parse_attribute() finds it damaged. For those who read attributes by the million: half of the
/// time of a scan would be spent on what is in an Attribute beside its value.
std::optional<Bytes> resident_value(Bytes raw) noexcept;

/// raw UTF-16LE bytes against units, without copying.
bool equals_utf16le(Bytes raw, std::u16string_view text) noexcept;

}  // namespace casement::ntfs
