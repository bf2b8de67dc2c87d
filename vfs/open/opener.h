// SPDX-License-Identifier: Apache-2.0
// From a path to file systems: the stack of layers that an image consists of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/guid.h"
#include "vfs/core/limits.h"
#include "vfs/fs/file_system.h"
#include "vfs/volume/partition.h"
#include "vfs/wim/wim_file.h"

namespace casement {

/// One step on the way from the path to a file system, outermost first.
struct Layer {
  std::string kind;    // "directory", "collection", "vhdx", "gpt", "ntfs"
  std::string detail;  // one line for people
};

/// What MountedDevices and the boot store know a volume by. All empty for a
/// directory.
struct VolumeIdentity {
  std::optional<Guid> partition_id;            // GPT unique partition GUID
  std::optional<Guid> disk_id;                 // GPT disk GUID
  std::optional<std::uint32_t> mbr_signature;  // of the disk
  std::optional<std::uint64_t> start_offset;   // bytes from the start of the disk
};

/// One volume of an image, readable or not.
struct Volume {
  std::uint32_t index = 0;    // 1-based, in the order of the image
  std::string name;           // "directory", "C:", "partition 3", "volume"
  FileSystemPtr file_system;  // null when it cannot be read
  std::string reason;         // why file_system is null
  /// What it holds: FileSystem::type_name(), or "bitlocker", "refs", "ext4", ...; empty: unknown.
  std::string content;
  /// BitLocker that needs a key: it may hold Windows.
  bool locked = false;
  /// The drive letter (upper case) that a collection layout gives to this tree.
  std::optional<char16_t> collected_as;
  VolumeIdentity identity;
  std::optional<Partition> partition;      // nullopt: no partition table
  std::optional<std::uint32_t> wim_image;  // index in OpenedImage::wim, from 1
  /// Position in OpenedImage::nested_disks of the disk that it is on; nullopt: the image's own.
  std::optional<std::size_t> nested_disk;
  SourcePtr bytes;  // null for directories
};

/// A virtual disk that is a file on a volume of the image, opened in place.
struct NestedDisk {
  std::size_t volume = 0;  // position in OpenedImage::volumes: what the file lies on
  NodeId file;
  std::u16string path;  // "\vm\win11.vhdx", names as stored
};

struct OpenedImage {
  std::string path;  // as given
  /// What `path` begins with: the file or directory of this machine.
  std::string host_path;
  std::vector<Layer> layers;
  std::vector<Volume> volumes;
  /// Of add_nested_disk(); their volumes are the last ones. Opening a path adds none.
  std::vector<NestedDisk> nested_disks;
  /// The volume that a selector named: Windows is looked for there only.
  std::optional<std::size_t> selected;
  /// The WIM whose images are among the volumes: the file itself, or the one on installation media.
  /// Null: none.
  wim::WimFilePtr wim;
  std::string wim_path;  // of a WIM on media: "/sources/install.wim"; else empty
  Diagnostics diagnostics;
};

/// Opens what `path` (UTF-8, host syntax) names: a directory (a Windows tree, or a collection of
/// drive trees: `C/`, `C%3A/`, `[root]/`), or a disk image of any kind, told by its content. A
/// selector may follow: "disk.vhdx#p3" is partition 3, "install.wim#2" image 2,
/// "install.wim#Windows 11 Pro" the image of that name (quotes may stand around it);
/// "disk.vhdx#p3!/images/child.vhdx" is a file inside. A host file of that very name is never
/// hidden by a selector. Installation media give their own volume and one an image of the
/// install.wim (or .esd, .swm) on them. A directory that an image is mounted on stands for that
/// image. not_found / path_not_found: the last component or an earlier one is missing, or a parent
/// of a differencing disk is (the message names it). access_denied. invalid_argument: an empty
/// path, one with a NUL, an unknown selector. name_too_long: a path or component longer than the
/// host takes. too_many_links: a loop of links on the way. unsupported: a file of a kind that is
/// not read yet; the message says what its content looks like. corrupt, truncated: a container
/// whose headers are damaged beyond use. limit_exceeded: images nested or chained too deep.
Result<OpenedImage> open_image(std::string_view path, const Limits& limits = {});

}  // namespace casement
