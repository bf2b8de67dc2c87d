// SPDX-License-Identifier: Apache-2.0
// What is known of each volume of an image, gathered before anything is printed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/image/image.h"

namespace casement::cli {

/// The file that a virtual disk is.
struct VirtualDiskPlace {
  std::uint32_t volume = 0;  // Volume::index of what the file lies on
  std::u16string path;
};

struct VolumeReport {
  const Volume* volume = nullptr;       // of the OpenedImage that it was gathered from
  FileSystemInfo file_system;           // empty when it cannot be read
  std::optional<std::string> letter;    // "C:"
  std::optional<std::uint64_t> size;    // bytes
  std::optional<std::uint64_t> offset;  // bytes from the start of the disk
  /// "Windows", "Windows.old (previous)", "boot manager", "recovery": what was found on it.
  std::vector<std::string> holds;
  bool selected = false;                         // by the path of the image: "#p3"
  std::optional<VirtualDiskPlace> virtual_disk;  // that it is on; nullopt: on the image's own disk
};

/// One for each volume. `image`: the installation that was chosen in `opened`, or null; boot stores
/// are then looked for. The result refers to `opened`.
std::vector<VolumeReport> gather_volumes(const OpenedImage& opened, const Image* image);

/// The letter that the installation gives to a volume: "C:", or nullopt.
std::optional<std::string> letter_of(const Image& image, std::size_t volume);

/// "NTFS 3.1", "ntfs", "bitlocker", "": what to call its content.
std::string content_name(const VolumeReport& report);

/// "basic", "efi_system", ...: for programs.
const char* partition_role_name(PartitionRole role) noexcept;

}  // namespace casement::cli
