// SPDX-License-Identifier: Apache-2.0
// Reading extension records for their runs.
#include "vfs/ntfs/extents.h"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <utility>

#include "vfs/core/utf16.h"

namespace casement::ntfs {
namespace {

/// The extent of `owner` in `record` that begins at `lowest_vcn`.
Result<Attribute> find_extent(const FileRecord& record, const ExtentOwner& owner,
                              std::uint64_t lowest_vcn) {
  AttributeReader reader(record);
  while (true) {
    const auto attribute = reader.next();
    if (!attribute) {
      continue;  // a damaged size ends the walk at the next call
    }
    if (!*attribute) {
      return fail(Status::corrupt,
                  fmt::format("MFT record {}: no extent of attribute 0x{:x} \"{}\" from cluster "
                              "0x{:x}, which the attribute list of record {} says it has",
                              record.number(), owner.type, to_utf8(owner.name), lowest_vcn,
                              owner.base.record()));
    }
    const Attribute& found = **attribute;
    if (found.type == owner.type && !found.resident && found.has_name(owner.name) &&
        found.non_resident.lowest_vcn == lowest_vcn) {
      return found;
    }
  }
}

}  // namespace

Result<void> check_extension(const FileRecord& record, FileReference reference, FileReference base,
                             bool deleted) {
  const auto named = record.base();
  if (!named || named->record() != base.record() ||
      (!deleted && !named->matches(base.sequence()))) {
    return fail(Status::corrupt,
                fmt::format("MFT record {}: expected an extension of record {}, found {}",
                            record.number(), base.record(),
                            named ? fmt::format("one of record {}, generation {}", named->record(),
                                                named->sequence())
                                  : "a base record"));
  }
  if (!deleted && (!record.in_use() || !reference.matches(record.sequence()))) {
    return fail(Status::corrupt,
                fmt::format("MFT record {}: {}, generation {}; expected generation {} in use",
                            record.number(), record.in_use() ? "in use" : "not in use",
                            record.sequence(), reference.sequence()));
  }
  return {};
}

void append_extents(const Mft& mft, const ExtentOwner& owner, std::span<const ExtentPlace> places,
                    const RunBounds& bounds, UniqueFindings& findings, RunList& runs) {
  // A long list may name the same bad record or extent again and again.
  std::set<std::uint64_t> unusable_records;
  std::set<std::pair<std::uint64_t, std::uint64_t>> unusable_extents;  // record, lowest VCN
  std::optional<FileRecord> record;
  for (const ExtentPlace& place : places) {
    const std::uint64_t number = place.record.record();
    if (unusable_records.contains(number) ||
        unusable_extents.contains({number, place.lowest_vcn})) {
      continue;
    }
    const auto add = [&]() -> Result<void> {
      if (!record || record->number() != number) {
        record.reset();
        FileRecord read = CASEMENT_TRY(mft.read_record(number));
        if (number != owner.base.record()) {
          CASEMENT_TRY(check_extension(read, place.record, owner.base, owner.deleted));
        }
        record.emplace(std::move(read));
      }
      const Attribute extent = CASEMENT_TRY(find_extent(*record, owner, place.lowest_vcn));
      const NonResidentPart& part = extent.non_resident;
      return runs.append(part.packed_runs, part.lowest_vcn, part.cluster_count, bounds);
    };
    if (auto added = add(); !added) {
      if (record) {
        unusable_extents.emplace(number, place.lowest_vcn);
      } else {
        unusable_records.insert(number);
      }
      findings.add("extent-missing", number,
                   std::move(added).error().context(fmt::format(
                       "MFT record {}: extent in record {}", owner.base.record(), number)));
    }
  }
}

}  // namespace casement::ntfs
