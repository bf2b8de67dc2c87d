// SPDX-License-Identifier: Apache-2.0
// Devices as text for people.
#include <fmt/format.h>

#include "engine/bcd/device.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

using Kind = BcdDevice::Kind;

std::string disk_text(const BcdDevice& device) {
  if (!device.scheme) {
    return "disk of an unknown scheme";
  }
  switch (*device.scheme) {
    case BcdPartitionScheme::gpt:
      return "disk " + device.disk_id.to_string();
    case BcdPartitionScheme::mbr:
      return fmt::format("disk {:08x}", device.mbr_signature);
    case BcdPartitionScheme::raw:
      break;
  }
  return fmt::format("whole disk {}", device.disk_number);
}

std::string partition_text(const BcdDevice& device) {
  if (!device.scheme) {
    return "partition";
  }
  switch (*device.scheme) {
    case BcdPartitionScheme::gpt:
      return fmt::format("partition {} on {}", device.partition_id.to_string(), disk_text(device));
    case BcdPartitionScheme::mbr:
      return device.partition_number
                 ? fmt::format("partition {} on {}", *device.partition_number, disk_text(device))
                 : fmt::format("partition at {} on {}", device.mbr_offset, disk_text(device));
    case BcdPartitionScheme::raw:
      break;
  }
  return disk_text(device);
}

/// The device without what it lies in.
std::string own_text(const BcdDevice& device) {
  switch (device.kind) {
    case Kind::partition:
      return partition_text(device);
    case Kind::disk:
      return disk_text(device);
    case Kind::floppy:
    case Kind::cd_rom:
      return fmt::format("{} {}", device_kind_name(device.kind), device.disk_number);
    case Kind::ram_disk:
      return device.path.empty() ? fmt::format("RAM disk of {} bytes at {:#x}", device.image_size,
                                               device.image_base)
                                 : fmt::format("[{}]", to_utf8(device.path));
    case Kind::file:
    case Kind::vhd:
      return fmt::format("{} {}", device_kind_name(device.kind), to_utf8(device.path));
    case Kind::locate:
      return device.path.empty() ? fmt::format("locate by element {:08x}", device.locate_element)
                                 : "locate " + to_utf8(device.path);
    case Kind::unknown:
      return fmt::format("unknown device of type {} ({} bytes)", device.type, device.raw.size());
    default:
      return device_kind_name(device.kind);
  }
}

}  // namespace

const char* device_kind_name(Kind kind) noexcept {
  switch (kind) {
    case Kind::boot:
      return "boot";
    case Kind::partition:
      return "partition";
    case Kind::disk:
      return "disk";
    case Kind::floppy:
      return "floppy";
    case Kind::cd_rom:
      return "CD-ROM";
    case Kind::ram_disk:
      return "RAM disk";
    case Kind::file:
      return "file";
    case Kind::vhd:
      return "VHD";
    case Kind::locate:
      return "locate";
    case Kind::serial:
      return "serial";
    case Kind::udp:
      return "UDP";
    case Kind::vmbus:
      return "VMBus";
    case Kind::uri:
      return "URI";
    case Kind::composite:
      return "composite";
    case Kind::cimfs:
      return "CimFS";
    case Kind::unknown:
      break;
  }
  return "unknown";
}

std::string describe(const BcdDevice& device) {
  std::string text = own_text(device);
  for (const BcdDevice* outer = device.parent.get(); outer != nullptr;
       outer = outer->parent.get()) {
    text += " in " + own_text(*outer);
  }
  return text;
}

}  // namespace casement
