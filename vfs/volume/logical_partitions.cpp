// SPDX-License-Identifier: Apache-2.0
// Chains of extended boot records: each holds one logical partition and the place of the next.
#include <fmt/format.h>

#include <array>
#include <set>
#include <utility>

#include "vfs/core/checked.h"
#include "vfs/volume/mbr.h"
#include "vfs/volume/mbr_entry.h"
#include "vfs/volume/mbr_layout.h"
#include "vfs/volume/partition_type.h"

namespace casement {
namespace {

using namespace mbr_layout;

/// Walks the chains of one disk. Sectors fit 34 bits: sums of three 32-bit numbers.
class ChainReader {
 public:
  ChainReader(const ByteSource& disk, std::uint32_t sector_size, const Limits& limits,
              Diagnostics& diagnostics)
      : disk_(disk), sector_size_(sector_size), limits_(limits), diagnostics_(diagnostics) {}

  void follow(const MbrEntry& extended);
  std::vector<MbrEntry> take() && { return std::move(found_); }

 private:
  Result<std::array<Entry, 4>> entries_at(std::uint64_t sector) const;
  bool may_read(std::uint64_t sector);
  void add(std::uint64_t base, const Entry& entry);

  const ByteSource& disk_;
  std::uint32_t sector_size_;
  const Limits& limits_;
  Diagnostics& diagnostics_;
  std::set<std::uint64_t> visited_;  // bounded by max_logical_partitions
  std::vector<MbrEntry> found_;
};

Result<std::array<Entry, 4>> ChainReader::entries_at(std::uint64_t sector) const {
  std::array<std::byte, sizeof(mbr_layout::BootSector)> raw{};
  CASEMENT_TRY(disk_.read(sector * sector_size_, raw));  // 34 bits and at most 12: fits
  const auto record = CASEMENT_TRY(load<mbr_layout::BootSector>(raw, 0, "extended boot record"));
  if (record.signature.value() != boot_signature) {
    return fail(Status::corrupt, fmt::format("found {:#06x} at its end, expected {:#06x}",
                                             record.signature.value(), boot_signature));
  }
  return record.entries;
}

/// Reports why not.
bool ChainReader::may_read(std::uint64_t sector) {
  if (visited_.contains(sector)) {
    diagnostics_.add(Severity::error, "ebr-loop",
                     fmt::format("extended boot record at sector {}: the chain of logical "
                                 "partitions leads back to it",
                                 sector));
    return false;
  }
  if (visited_.size() >= limits_.max_logical_partitions) {
    diagnostics_.add(Severity::error, "too-many-partitions",
                     fmt::format("extended boot record at sector {}: not followed, {} are read",
                                 sector, limits_.max_logical_partitions));
    return false;
  }
  visited_.insert(sector);
  return true;
}

void ChainReader::add(std::uint64_t base, const Entry& entry) {
  constexpr std::uint32_t first_logical = 5;
  found_.push_back({.number = first_logical + static_cast<std::uint32_t>(found_.size()),
                    .type = entry.type,
                    .active = entry.status == status_active,
                    .logical = true,
                    .first_sector = base + entry.first_sector.value(),
                    .sector_count = entry.sector_count.value()});
}

void ChainReader::follow(const MbrEntry& extended) {
  std::optional<std::uint64_t> next = extended.first_sector;
  while (next && may_read(*next)) {
    const std::uint64_t base = *std::exchange(next, std::nullopt);
    const auto entries = entries_at(base);
    if (!entries) {
      diagnostics_.add(
          "ebr-damaged",
          Error(entries.error())
              .context(fmt::format("extended boot record at sector {}: logical partitions from "
                                   "number {} on are not known",
                                   base, 5 + found_.size())));
      return;
    }
    // Entry 0 is the partition and entry 1 the link; both in either order, and one of them alone,
    // have been seen. Entries 2 and 3 are not used.
    for (std::size_t i = 0; i < 2; ++i) {
      const Entry& entry = (*entries)[i];
      if (slot_kind(entry) != SlotKind::used) {
        continue;
      }
      if (!is_extended_type(entry.type)) {
        add(base, entry);
      } else if (!next) {
        next = extended.first_sector + entry.first_sector.value();
      }
    }
  }
}

}  // namespace

std::vector<MbrEntry> read_logical_partitions(const ByteSource& disk, const BootRecord& record,
                                              std::uint32_t sector_size, const Limits& limits,
                                              Diagnostics& diagnostics) {
  ChainReader reader(disk, sector_size, limits, diagnostics);
  for (const MbrEntry& entry : record.entries) {
    if (is_extended_type(entry.type)) {
      reader.follow(entry);
    }
  }
  return std::move(reader).take();
}

}  // namespace casement
