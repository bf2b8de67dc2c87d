// SPDX-License-Identifier: Apache-2.0
// Lengths before everything else.
#include "vfs/iso9660/directory_record.h"

#include <fmt/format.h>

#include "vfs/iso9660/iso9660_layout.h"
#include "vfs/iso9660/iso9660_values.h"

namespace casement {
namespace {

namespace layout = iso9660_layout;

/// A name of one byte.
constexpr std::uint32_t min_record = sizeof(layout::DirectoryRecord) + 1;

bool same_in_both(const layout::DirectoryRecord& raw) noexcept {
  return raw.extent.little.value() == raw.extent.big.value() &&
         raw.size.little.value() == raw.size.big.value() &&
         raw.volume_number.little.value() == raw.volume_number.big.value();
}

}  // namespace

bool DirectoryRecord::is_special() const noexcept {
  return name.size() == 1 && (name[0] == std::byte{0} || name[0] == std::byte{1});
}

Result<DirectoryRecord> parse_directory_record(Bytes bytes, std::uint64_t offset) {
  const auto where = [&] { return fmt::format("directory record at 0x{:x}", offset); };
  const auto raw =
      CASEMENT_TRY(load<layout::DirectoryRecord>(bytes, 0, "directory record").with_context(where));
  const std::size_t name_end = sizeof(raw) + std::size_t{raw.name_length};
  if (raw.length < min_record || raw.name_length == 0 || name_end > raw.length) {
    return fail(Status::corrupt, fmt::format("{}: {} bytes, of which its name takes {}", where(),
                                             raw.length, raw.name_length));
  }
  const Bytes whole =
      CASEMENT_TRY(slice(bytes, 0, raw.length, "directory record").with_context(where));
  DirectoryRecord record;
  record.offset = offset;
  record.length = raw.length;
  record.block = std::uint64_t{raw.extent.little.value()} + raw.attribute_blocks;
  record.size = raw.size.little.value();
  record.recorded = from_iso9660_time(raw.recorded);
  record.flags = raw.flags;
  record.interleaved = raw.unit_size != 0 || raw.gap_size != 0;
  record.volume_number = raw.volume_number.little.value();
  record.agrees = same_in_both(raw);
  record.name = whole.subspan(sizeof(raw), raw.name_length);
  // A name of even length is followed by a byte of filling.
  const std::size_t use_at = name_end + (raw.name_length % 2 == 0 ? 1 : 0);
  record.system_use = use_at < whole.size() ? whole.subspan(use_at) : Bytes();
  return record;
}

bool looks_like_record(Bytes bytes) noexcept {
  const auto raw = load<layout::DirectoryRecord>(bytes, 0, "directory record");
  return raw && raw->length >= min_record && raw->length <= bytes.size() && raw->name_length != 0 &&
         sizeof(layout::DirectoryRecord) + raw->name_length <= raw->length && same_in_both(*raw);
}

}  // namespace casement
