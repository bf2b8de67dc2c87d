// SPDX-License-Identifier: Apache-2.0
// $ATTRIBUTE_LIST: which records hold the attributes of a file that does not fit one.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/ntfs/attribute.h"
#include "vfs/ntfs/boot_sector.h"
#include "vfs/ntfs/file_reference.h"

namespace casement::ntfs {

/// Windows stops at 256 KiB. Four times that is enough for whatever else writes lists, and keeps
/// the entries of one below some megabytes.
inline constexpr std::uint64_t max_list_size = std::uint64_t{1} << 20;

/// Where one attribute, or one extent of it, is.
struct AttributeListEntry {
  std::uint32_t type = 0;  // ntfs_layout::attribute_type
  std::u16string name;
  std::uint64_t lowest_vcn = 0;
  FileReference record;
  std::uint16_t attribute_id = 0;
};

/// What could be read of a list.
struct AttributeList {
  std::vector<AttributeListEntry> entries;  // in stored order
  /// The last damage met: the entry is left out, and those after it where its size is damaged.
  std::optional<Error> damage;
};

/// Bytes of attribute lists that may still be read by one walk over many files. Thread-safe.
class ListBudget {
 public:
  explicit ListBudget(std::uint64_t bytes) noexcept : left_(bytes) {}

  /// False: so many bytes are not left.
  bool take(std::uint64_t bytes) noexcept;

  std::uint64_t left() const noexcept { return left_.load(std::memory_order_relaxed); }
  /// Whether take() ever refused.
  bool refused() const noexcept { return refused_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> left_;
  std::atomic<bool> refused_ = false;
};

/// Never fails: a damaged list gives its entries up to the damage. Memory is bounded by the size of
/// `raw`.
AttributeList parse_attribute_list(Bytes raw);

/// The entries of `attribute`, which is an $ATTRIBUTE_LIST, resident or not. limit_exceeded: larger
/// than Limits::max_attribute_list_size or max_list_size. corrupt: its clusters are not all mapped
/// by its own runs, which are all that it can have.
Result<AttributeList> load_attribute_list(const ByteSource& volume, const NtfsGeometry& geometry,
                                          const Limits& limits, const Attribute& attribute);

}  // namespace casement::ntfs
