// SPDX-License-Identifier: Apache-2.0
// Metadata table and items.
#include "vfs/container/vhdx/metadata.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>
#include <vector>

#include "vfs/container/vhdx/vhdx_ids.h"
#include "vfs/container/vhdx/vhdx_layout.h"

namespace casement {
namespace {

using vhdx_layout::MetadataTableEntry;
using vhdx_layout::MetadataTableHeader;

constexpr std::uint32_t min_block_shift = 20;  // 1 MiB: blocks are placed in whole MiB
constexpr std::uint32_t max_block_shift = 28;  // 256 MiB, by the specification
constexpr std::uint64_t max_disk_size = std::uint64_t{64} << 40;  // by the specification
/// An item by the specification. Parent locators of Windows have about 1 KiB.
constexpr std::uint32_t max_item_size = 1U << 20;

/// The items of the table that have a place in VhdxMetadata.
class Items {
 public:
  Items(const ByteSource& source, const VhdxRegion& region) : source_(source), region_(region) {}

  Result<void> load_table();

  bool has(const Guid& id) const noexcept { return find(id) != nullptr; }

  /// All bytes of an item. corrupt: it is not there.
  Result<std::vector<std::byte>> bytes(const Guid& id, const char* name) const;

  /// An item of a fixed size.
  template <DiskStruct T>
  Result<T> value(const Guid& id, const char* name) const {
    return load<T>(CASEMENT_TRY(bytes(id, name)), 0, name);
  }

 private:
  struct Item {
    Guid id;
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
  };

  const Item* find(const Guid& id) const noexcept {
    const auto at = std::ranges::find(items_, id, &Item::id);
    return at == items_.end() ? nullptr : &*at;
  }

  const ByteSource& source_;
  const VhdxRegion& region_;
  std::vector<Item> items_;
};

bool is_known(const Guid& id) {
  const std::array known = {vhdx_ids::file_parameters,      vhdx_ids::virtual_disk_size,
                            vhdx_ids::virtual_disk_id,      vhdx_ids::logical_sector_size,
                            vhdx_ids::physical_sector_size, vhdx_ids::parent_locator};
  return std::ranges::find(known, id) != known.end();
}

Result<void> Items::load_table() {
  if (region_.length < vhdx_layout::metadata_table_size) {
    return fail(Status::corrupt, fmt::format("a region of {} bytes, expected {} or more",
                                             region_.length, vhdx_layout::metadata_table_size));
  }
  std::vector<std::byte> raw(vhdx_layout::metadata_table_size);
  CASEMENT_TRY(source_.read(region_.offset, raw));
  const auto header = CASEMENT_TRY(load<MetadataTableHeader>(raw, 0, "metadata table"));
  if (std::string_view(header.signature.data(), 8) != "metadata") {
    return fail(Status::corrupt, "no signature \"metadata\"");
  }
  const std::uint32_t count = header.entry_count.value();
  if (count > vhdx_layout::max_table_entries) {
    return fail(Status::corrupt,
                fmt::format("{} items, at most {} fit", count, vhdx_layout::max_table_entries));
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto entry = CASEMENT_TRY(load<MetadataTableEntry>(
        raw, sizeof(MetadataTableHeader) + std::uint64_t{i} * sizeof(MetadataTableEntry),
        "metadata table entry"));
    const Guid id = Guid::from_bytes(entry.id);
    if (!is_known(id)) {
      if ((entry.flags.value() & vhdx_layout::metadata_is_required) != 0) {
        return fail(
            Status::unsupported,
            fmt::format("item {} is not known, but required to read the disk", id.to_string()));
      }
      continue;
    }
    if (has(id)) {
      return fail(Status::corrupt, fmt::format("item {} is listed twice", id.to_string()));
    }
    items_.push_back({id, entry.offset.value(), entry.length.value()});
  }
  return {};
}

Result<std::vector<std::byte>> Items::bytes(const Guid& id, const char* name) const {
  const Item* item = find(id);
  if (item == nullptr) {
    return fail(Status::corrupt, fmt::format("no item \"{}\"", name));
  }
  if (item->length > max_item_size || !in_range(region_.length, item->offset, item->length)) {
    return fail(Status::corrupt,
                fmt::format("item \"{}\": 0x{:x} bytes at 0x{:x} of a region of 0x{:x} bytes", name,
                            item->length, item->offset, region_.length));
  }
  if (!in_range(source_.size(), region_.offset, std::uint64_t{item->offset} + item->length)) {
    return fail(Status::truncated,
                fmt::format("item \"{}\": 0x{:x} bytes at 0x{:x} of the region, but the file ends "
                            "at 0x{:x}",
                            name, item->length, item->offset, source_.size()));
  }
  std::vector<std::byte> raw(item->length);
  CASEMENT_TRY(source_.read(region_.offset + item->offset, raw).with_context([name] {
    return fmt::format("item \"{}\"", name);
  }));
  return raw;
}

Result<void> read_parameters(const Items& items, VhdxMetadata& metadata) {
  const auto parameters = CASEMENT_TRY(
      items.value<vhdx_layout::FileParameters>(vhdx_ids::file_parameters, "file parameters"));
  const std::uint32_t block_size = parameters.block_size.value();
  if (!std::has_single_bit(block_size) || block_size < (1U << min_block_shift) ||
      block_size > (1U << max_block_shift)) {
    return fail(Status::corrupt, fmt::format("blocks of 0x{:x} bytes, expected a power of two from "
                                             "1 MiB to 256 MiB",
                                             block_size));
  }
  metadata.block_shift = static_cast<std::uint32_t>(std::countr_zero(block_size));
  metadata.leave_allocated = (parameters.flags.value() & vhdx_layout::leave_blocks_allocated) != 0;
  metadata.has_parent = (parameters.flags.value() & vhdx_layout::has_parent) != 0;
  return {};
}

Result<void> read_sizes(const Items& items, VhdxMetadata& metadata) {
  metadata.logical_sector_size =
      CASEMENT_TRY(items.value<le32>(vhdx_ids::logical_sector_size, "logical sector size")).value();
  if (metadata.logical_sector_size != 512 && metadata.logical_sector_size != 4096) {
    return fail(Status::corrupt, fmt::format("logical sectors of {} bytes, expected 512 or 4096",
                                             metadata.logical_sector_size));
  }
  metadata.disk_size =
      CASEMENT_TRY(items.value<le64>(vhdx_ids::virtual_disk_size, "virtual disk size")).value();
  if (metadata.disk_size == 0 || metadata.disk_size > max_disk_size ||
      metadata.disk_size % metadata.logical_sector_size != 0) {
    return fail(Status::corrupt,
                fmt::format("a disk of 0x{:x} bytes, expected sectors of {} bytes, "
                            "at most 64 TiB",
                            metadata.disk_size, metadata.logical_sector_size));
  }
  if (items.has(vhdx_ids::physical_sector_size)) {
    metadata.physical_sector_size =
        CASEMENT_TRY(items.value<le32>(vhdx_ids::physical_sector_size, "physical sector size"))
            .value();
  }
  if (items.has(vhdx_ids::virtual_disk_id)) {
    metadata.disk_id = Guid::from_bytes(CASEMENT_TRY(
        items.value<vhdx_layout::RawGuid>(vhdx_ids::virtual_disk_id, "virtual disk id")));
  }
  return {};
}

Result<VhdxMetadata> read_metadata(const ByteSource& source, const VhdxRegion& region) {
  Items items(source, region);
  CASEMENT_TRY(items.load_table());
  VhdxMetadata metadata;
  CASEMENT_TRY(read_parameters(items, metadata));
  CASEMENT_TRY(read_sizes(items, metadata));
  if (metadata.has_parent) {
    const auto raw = CASEMENT_TRY(items.bytes(vhdx_ids::parent_locator, "parent locator"));
    metadata.parent = CASEMENT_TRY(VhdxParentLocator::parse(raw));
  }
  return metadata;
}

}  // namespace

Result<VhdxMetadata> VhdxMetadata::read(const ByteSource& source, const VhdxRegion& region) {
  return read_metadata(source, region).with_context([&] {
    return fmt::format("metadata at 0x{:x}", region.offset);
  });
}

}  // namespace casement
