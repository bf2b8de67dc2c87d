// SPDX-License-Identifier: Apache-2.0
// Machines whose boot entries name virtual disks.
#pragma once

#include <string>
#include <vector>

#include "tests/engine/image/disk_image.h"

namespace casement::test {

inline constexpr const char* uefi_store = "EFI/Microsoft/Boot/BCD";

/// A GPT disk with this tree on its only partition.
struct InnerDisk {
  fixture::ByteVector bytes;
  fixture::GptPartition partition;
};

InnerDisk inner_disk(const std::string& name, const fixture::Tree& tree);

fixture::ByteVector vhdx_of(const InnerDisk& disk);

/// Installation::virtual_disk.
std::string path_of(const Installation& installation);

/// Recovery, ESP, MSR and data partition; the store on the ESP has the entries in this order, the
/// first one is the default.
struct NativeBoot {
  fixture::GptDisk disk = gpt_plan("a");
  fixture::GptPartition data = gpt_place(disk, 4);
  DiskTrees content;
  std::vector<fixture::BcdEntry> entries;

  NativeBoot();

  void add_entry(const std::string& description, fixture::ByteVector os_device);
  /// The file on the data partition, and an entry for it.
  void add_disk(const std::string& name, const InnerDisk& inner, fixture::ByteVector file);
  void add_disk(const std::string& name, const InnerDisk& inner);

  /// Writes the store.
  OpenedImage opened();
  ImagePtr open(const ImageChoice& choice = {});
};

}  // namespace casement::test
