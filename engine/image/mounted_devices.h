// SPDX-License-Identifier: Apache-2.0
// The values of SYSTEM\MountedDevices, decoded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/hive/hive.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/guid.h"
#include "vfs/open/opener.h"

namespace casement {

/// 12 bytes: a partition of an MBR disk.
struct MountedMbrPartition {
  std::uint32_t disk_signature = 0;
  std::uint64_t offset = 0;  // bytes from the start of the disk
  friend bool operator==(const MountedMbrPartition&, const MountedMbrPartition&) = default;
};

/// "DMIO:ID:" and a GUID: a GPT partition, or a volume of a dynamic disk.
struct MountedGuid {
  Guid id;
  friend bool operator==(const MountedGuid&, const MountedGuid&) = default;
};

/// A device path ("\??\STORAGE#...", "_??_USBSTOR#..."): removable media mostly.
struct MountedPath {
  std::u16string path;
  friend bool operator==(const MountedPath&, const MountedPath&) = default;
};

/// Data of no known form.
struct MountedUnknown {
  std::vector<std::byte> bytes;
  bool complete = true;  // false: `bytes` is the beginning of what is stored
  friend bool operator==(const MountedUnknown&, const MountedUnknown&) = default;
};

using MountedTarget = std::variant<MountedUnknown, MountedMbrPartition, MountedGuid, MountedPath>;

/// One value.
struct MountedDevice {
  std::optional<char16_t> letter;   // \DosDevices\X:, upper case
  std::optional<Guid> volume_guid;  // \??\Volume{...} or #{...}
  MountedTarget target;
};

/// Any bytes have a meaning here, if only "unknown".
MountedTarget decode_mounted_target(Bytes data);

/// nullopt for a name that is neither a letter nor a volume.
std::optional<MountedDevice> decode_mounted_device(std::u16string_view name, Bytes data);

/// "disk 63f07796 offset 368050176", "partition <guid>", the device path, or "data <hex>".
std::string describe_mounted_target(const MountedTarget& target);

/// The target names this volume. false when the volume's identity is not known.
bool names_volume(const MountedTarget& target, const VolumeIdentity& identity);

/// Bytes of one value that are looked at; real device paths stay below 1 KiB. Of a larger value
/// nothing is read.
inline constexpr std::uint32_t max_mounted_value = 65'536;
/// Bytes of all values together: values may share their data, so the size of the hive is no bound.
inline constexpr std::uint64_t max_mounted_data = std::uint64_t{4} << 20;

/// All values of the hive, in stored order; of two for one letter the first. Damaged ones are
/// findings and hide no others. Reading ends, with a finding, at max_mounted_data.
std::vector<MountedDevice> read_mounted_devices(const Hive& system, Diagnostics& findings);

}  // namespace casement
