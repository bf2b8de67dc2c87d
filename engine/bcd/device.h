// SPDX-License-Identifier: Apache-2.0
// A BCD device element: which partition, disk, file, RAM disk or virtual disk it names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/guid.h"
#include "vfs/core/limits.h"

namespace casement {

/// How a disk is divided, as a device element says it.
enum class BcdPartitionScheme : std::uint8_t { gpt, mbr, raw };

/// One device. A partition of a physical disk stands alone; everything that lies inside something
/// else has a `parent`: a partition in a VHD its VHD, a file, VHD or RAM disk the device that holds
/// the file `path`.
struct BcdDevice {
  enum class Kind : std::uint8_t {
    boot,       // the volume that the boot manager was loaded from
    partition,  // by partition and disk identifier
    disk,       // a whole disk
    floppy,     // by drive number
    cd_rom,     // by drive number
    ram_disk,   // made from the image file `path` on `parent`
    file,       // the file `path` on `parent`
    vhd,        // the virtual disk that is the file `path` on `parent`
    locate,     // the first volume that has `path`
    serial,
    udp,  // network boot
    vmbus,
    uri,
    composite,
    cimfs,
    unknown,
  };

  Kind kind = Kind::unknown;
  /// As stored at +0x10 and +0x14 of the element.
  std::uint32_t type = 0;
  std::uint32_t flags = 0;
  /// All of it and of its parents was understood; otherwise `raw` is what there is.
  bool parsed = false;
  /// The object with more settings (of a RAM disk: the SDI file); nil: none.
  Guid options;

  /// partition, disk, vhd. nullopt: another kind, or a scheme that we do not know.
  std::optional<BcdPartitionScheme> scheme;
  Guid partition_id;                // partition, GPT
  Guid disk_id;                     // partition, disk and vhd, GPT
  std::uint64_t mbr_offset = 0;     // partition, MBR: where it begins on its disk, in bytes
  std::uint32_t mbr_signature = 0;  // partition, disk and vhd, MBR: of the disk
  /// partition, MBR, in the legacy form (device type 2), which has no offset. 1-based.
  std::optional<std::uint32_t> partition_number;
  /// Scheme raw: number of the disk. floppy and cd_rom: number of the drive.
  std::uint32_t disk_number = 0;

  /// file, ram_disk, vhd: the file on `parent`. locate: what to look for; when the element leaves
  /// it to another element of its object, BcdStore fills it in from there.
  std::u16string path;
  std::uint64_t image_base = 0;  // ram_disk
  std::uint64_t image_size = 0;
  std::uint32_t image_offset = 0;
  /// locate: the element that holds the path (12000002, 22000002).
  std::uint32_t locate_element = 0;

  std::shared_ptr<const BcdDevice> parent;
  /// Of the element: the whole blob. Of a parent: its descriptor alone.
  std::vector<std::byte> raw;
};

/// "partition", "RAM disk", ...
const char* device_kind_name(BcdDevice::Kind kind) noexcept;

/// A device element's bytes. truncated or corrupt: a size inside does not fit or contradicts
/// another. limit_exceeded: nested deeper than Limits::max_bcd_device_depth. A device of a type
/// that we do not know is no error: its kind is unknown and `parsed` false. Bytes behind the
/// outermost descriptor are kept in `raw` and not looked at.
Result<BcdDevice> parse_device(Bytes blob, const Limits& limits = {});

/// For people: "boot", "partition 9d4a7cb0-... on disk 5541e87d-...", "partition at 368050176 on
/// disk 63f07796", "[\Recovery\Winre.wim] in partition ...", "VHD \x.vhdx in ...", "locate
/// \Windows\system32\winload.efi".
std::string describe(const BcdDevice& device);

}  // namespace casement
