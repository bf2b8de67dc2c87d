// SPDX-License-Identifier: Apache-2.0
// Reads device elements: every nested descriptor by its own size, never by a fixed offset.
#include "engine/bcd/device.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/bcd/device_descriptor.h"
#include "engine/bcd/device_layout.h"
#include "vfs/core/utf16.h"
#include "vfs/core/zero_fill.h"

namespace casement {
namespace {

using namespace bcd_layout;
using Kind = BcdDevice::Kind;

/// The longest path that Windows can have is 64 KiB; nothing else in an element is long.
constexpr std::size_t max_blob_size = std::size_t{128} << 10;

/// Devices whose bodies we do not read.
Kind opaque_kind(std::uint32_t type) {
  constexpr std::array<std::pair<std::uint32_t, Kind>, 6> kinds = {{
      {device_type::serial, Kind::serial},
      {device_type::udp, Kind::udp},
      {device_type::vmbus, Kind::vmbus},
      {device_type::uri, Kind::uri},
      {device_type::composite, Kind::composite},
      {device_type::cimfs, Kind::cimfs},
  }};
  const auto* const found =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& row) { return row.first == type; });
  return found == kinds.end() ? Kind::unknown : found->second;
}

/// Scheme and disk identifier of a hard disk or virtual disk. False: a scheme that we do not know.
bool set_disk(BcdDevice& device, const DiskBody& body) {
  const auto number = get_le<std::uint32_t>(Bytes(body.id), 0);
  switch (body.scheme.value()) {
    case partition_scheme::gpt:
      device.scheme = BcdPartitionScheme::gpt;
      device.disk_id = Guid::from_bytes(body.id);
      return true;
    case partition_scheme::mbr:
      device.scheme = BcdPartitionScheme::mbr;
      device.mbr_signature = number;
      return true;
    case partition_scheme::raw:
      device.scheme = BcdPartitionScheme::raw;
      device.disk_number = number;
      return true;
    default:
      return false;
  }
}

/// Floppy or CD-ROM.
Result<void> drive(BcdDevice& device, DeviceWindow body) {
  const DriveBody own = CASEMENT_TRY(load<DriveBody>(body.bytes, 0, "drive"));
  device.kind = own.local_type.value() == local_type::floppy ? Kind::floppy : Kind::cd_rom;
  device.disk_number = own.number.value();
  device.parsed = true;
  return {};
}

/// Knows how deep it is. Each level of recursion reads one nested descriptor, and their number is
/// limited.
class DeviceParser {
 public:
  explicit DeviceParser(const Limits& limits) : limits_(limits) {}

  Result<BcdDevice> descriptor(DeviceWindow window, std::uint32_t depth) const;

 private:
  Result<BcdDevice> local(DeviceWindow body, std::uint32_t depth) const;
  Result<void> ram_disk(BcdDevice& device, DeviceWindow body, std::uint32_t depth) const;
  Result<void> virtual_disk(BcdDevice& device, DeviceWindow body, std::uint32_t depth) const;
  Result<void> file(BcdDevice& device, DeviceWindow path, std::uint32_t depth) const;
  Result<void> partition(BcdDevice& device, DeviceWindow body, std::uint32_t depth) const;
  Result<void> locate(BcdDevice& device, const DeviceDescriptor& from, std::uint32_t depth) const;

  const Limits& limits_;
};

Result<BcdDevice> DeviceParser::descriptor(DeviceWindow window, std::uint32_t depth) const {
  if (depth >= limits_.max_bcd_device_depth) {
    return fail(Status::limit_exceeded, fmt::format("device at {:#x} is nested more than {} deep",
                                                    window.at, limits_.max_bcd_device_depth));
  }
  const DeviceDescriptor from = CASEMENT_TRY(load_descriptor(window));
  BcdDevice device;
  switch (from.type) {
    case device_type::local:
      device = CASEMENT_TRY(local(from.body, depth));
      break;
    case device_type::legacy_partition:
    case device_type::partition:
      device.type = from.type;
      CASEMENT_TRY(partition(device, from.body, depth));
      break;
    case device_type::boot:
      device.kind = Kind::boot;
      device.parsed = true;
      break;
    case device_type::locate:
      CASEMENT_TRY(locate(device, from, depth));
      break;
    default:
      device.kind = opaque_kind(from.type);
      break;
  }
  device.type = from.type;
  device.flags = from.flags;
  device.raw = to_vector(from.whole.bytes);
  return device;
}

Result<BcdDevice> DeviceParser::local(DeviceWindow body, std::uint32_t depth) const {
  BcdDevice device;
  device.raw = to_vector(body.bytes);
  switch (CASEMENT_TRY(load<le32>(body.bytes, 0, "type of a local device")).value()) {
    case local_type::hard_disk:
      device.kind = Kind::disk;
      device.parsed = set_disk(device, CASEMENT_TRY(load<DiskBody>(body.bytes, 0, "hard disk")));
      break;
    case local_type::floppy:
    case local_type::cd_rom:
      CASEMENT_TRY(drive(device, body));
      break;
    case local_type::ram_disk:
      CASEMENT_TRY(ram_disk(device, body, depth));
      break;
    case local_type::file:
      device.kind = Kind::file;
      CASEMENT_TRY(file(device, body.from(sizeof(le32)), depth));
      break;
    case local_type::virtual_disk:
      CASEMENT_TRY(virtual_disk(device, body, depth));
      break;
    default:
      break;
  }
  return device;
}

Result<void> DeviceParser::ram_disk(BcdDevice& device, DeviceWindow body,
                                    std::uint32_t depth) const {
  const RamDiskBody disk = CASEMENT_TRY(load<RamDiskBody>(body.bytes, 0, "RAM disk"));
  device.kind = Kind::ram_disk;
  device.image_base = disk.image_base.value();
  device.image_size = disk.image_size.value();
  device.image_offset = disk.image_offset.value();
  device.parsed = true;
  const DeviceWindow path = body.from(sizeof(RamDiskBody));
  if (is_zero_filled(path.bytes)) {
    return {};  // it is in memory already
  }
  return file(device, path, depth);
}

Result<void> DeviceParser::virtual_disk(BcdDevice& device, DeviceWindow body,
                                        std::uint32_t depth) const {
  device.kind = Kind::vhd;
  const bool known = set_disk(device, CASEMENT_TRY(load<DiskBody>(body.bytes, 0, "virtual disk")));
  const DeviceWindow rest = body.from(sizeof(DiskBody));
  if (is_zero_filled(rest.bytes)) {
    return {};  // which file it is, nothing says: it stays unparsed
  }
  BcdDevice source = CASEMENT_TRY(descriptor(rest, depth + 1));
  device.parsed = known && source.parsed;
  if (source.kind == Kind::file) {
    device.path = std::move(source.path);
    device.parent = std::move(source.parent);
  } else {
    device.parent = std::make_shared<const BcdDevice>(std::move(source));
  }
  return {};
}

Result<void> DeviceParser::file(BcdDevice& device, DeviceWindow path, std::uint32_t depth) const {
  const PathHeader header = CASEMENT_TRY(load<PathHeader>(path.bytes, 0, "path of a device"));
  if (header.version.value() != path_version || header.path_type.value() != path_on_device) {
    device.parsed = false;
    return {};
  }
  const std::uint32_t length = header.length.value();
  if (length < sizeof(PathHeader)) {
    return fail(Status::corrupt, fmt::format("path at {:#x} says that it has {:#x} bytes, less "
                                             "than its header",
                                             path.at, length));
  }
  const Bytes whole =
      CASEMENT_TRY(slice(path.bytes, 0, length, "path of a device").with_context([&] {
        return fmt::format("path at {:#x}", path.at);
      }));
  const DeviceWindow inside = DeviceWindow{whole, path.at}.from(sizeof(PathHeader));
  BcdDevice place = CASEMENT_TRY(descriptor(inside, depth + 1));
  device.path = std::u16string(cut_at_nul(from_utf16le(inside.bytes.subspan(place.raw.size()))));
  device.parsed = place.parsed;
  device.parent = std::make_shared<const BcdDevice>(std::move(place));
  return {};
}

Result<void> DeviceParser::partition(BcdDevice& device, DeviceWindow body,
                                     std::uint32_t depth) const {
  device.kind = Kind::partition;
  const PartitionBody own = CASEMENT_TRY(load<PartitionBody>(body.bytes, 0, "partition"));
  BcdDevice disk = CASEMENT_TRY(local(body.from(sizeof(PartitionBody)), depth));
  device.scheme = disk.scheme;
  device.disk_id = disk.disk_id;
  device.mbr_signature = disk.mbr_signature;
  device.disk_number = disk.disk_number;
  device.parsed = disk.parsed && disk.scheme.has_value();
  if (disk.scheme == BcdPartitionScheme::gpt) {
    device.partition_id = Guid::from_bytes(own.id);
  } else if (disk.scheme == BcdPartitionScheme::mbr) {
    if (device.type == device_type::legacy_partition) {
      device.partition_number = get_le<std::uint32_t>(Bytes(own.id), 0);
    } else {
      device.mbr_offset = get_le<std::uint64_t>(Bytes(own.id), 0);
    }
  }
  if (disk.kind != Kind::disk) {
    device.parent = std::make_shared<const BcdDevice>(std::move(disk));
  }
  return {};
}

Result<void> DeviceParser::locate(BcdDevice& device, const DeviceDescriptor& from,
                                  std::uint32_t depth) const {
  device.kind = Kind::locate;
  const LocateBody body = CASEMENT_TRY(load<LocateBody>(from.body.bytes, 0, "device to locate"));
  constexpr std::size_t path_offset = sizeof(DescriptorHeader) + sizeof(LocateBody);
  std::size_t path_end = from.whole.bytes.size();
  device.locate_element = body.element.value();
  device.parsed = true;
  if (const std::uint32_t parent = body.parent_offset.value(); parent != 0) {
    if (parent < path_offset || parent > path_end) {
      return fail(Status::corrupt,
                  fmt::format("device at {:#x} says that what to look in is at {:#x} of its {:#x} "
                              "bytes",
                              from.whole.at, parent, path_end));
    }
    BcdDevice place = CASEMENT_TRY(descriptor(from.whole.from(parent), depth + 1));
    device.parsed = place.parsed;
    device.parent = std::make_shared<const BcdDevice>(std::move(place));
    path_end = parent;
  }
  device.path = std::u16string(
      cut_at_nul(from_utf16le(from.whole.bytes.first(path_end).subspan(path_offset))));
  if (body.locate_type.value() != 0 && device.path.empty()) {
    device.parsed = false;
  }
  return {};
}

}  // namespace

Result<BcdDevice> parse_device(Bytes blob, const Limits& limits) {
  if (blob.size() > max_blob_size) {
    return fail(Status::limit_exceeded, fmt::format("device element of {} bytes, more than {}",
                                                    blob.size(), max_blob_size));
  }
  const ElementPrefix prefix = CASEMENT_TRY(load<ElementPrefix>(blob, 0, "device element"));
  const DeviceWindow outermost = DeviceWindow{blob, 0}.from(sizeof(ElementPrefix));
  BcdDevice device = CASEMENT_TRY(DeviceParser(limits).descriptor(outermost, 0));
  device.options = Guid::from_bytes(prefix.options);
  device.raw = to_vector(blob);
  return device;
}

}  // namespace casement
