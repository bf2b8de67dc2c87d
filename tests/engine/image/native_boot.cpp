// SPDX-License-Identifier: Apache-2.0
// Virtual disks are real bytes: they are opened as they are from files.
#include "tests/engine/image/native_boot.h"

#include <utility>

#include "fixtures/build/disk/vhdx_builder.h"
#include "fixtures/build/ntfs/ntfs_builder.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

constexpr std::uint64_t sector_size = 512;

}  // namespace

InnerDisk inner_disk(const std::string& name, const fixture::Tree& tree) {
  constexpr std::uint64_t first_sector = 64;
  const fixture::NtfsBuilder volume;
  for (const fixture::Tree::Node* node : tree.nodes()) {
    if (node->directory) {
      (void)volume.directory(node->path);
    } else {
      (void)volume.file(node->path, node->content);
    }
  }
  const fixture::ByteVector ntfs = volume.build();
  const std::uint64_t sectors = ntfs.size() / sector_size;
  fixture::GptDisk plan;
  plan.disk_id = fixture::derived_guid(name);
  plan.sector_count = first_sector + sectors + 64;
  plan.slots = {fixture::GptSlot{.type = fixture::gpt_type::basic_data,
                                 .id = fixture::derived_guid(name + " windows"),
                                 .first_sector = first_sector,
                                 .last_sector = first_sector + sectors - 1}};
  InnerDisk disk{.bytes = fixture::build_gpt_disk(plan), .partition = gpt_place(plan, 1)};
  fixture::put_bytes(disk.bytes, first_sector * sector_size, ntfs);
  return disk;
}

fixture::ByteVector vhdx_of(const InnerDisk& disk) {
  return fixture::build_vhdx(fixture::whole_disk(disk.bytes));
}

std::string path_of(const Installation& installation) {
  return to_utf8(installation.virtual_disk);
}

NativeBoot::NativeBoot() {
  content.trees[4].add_directory("vm");
}

void NativeBoot::add_entry(const std::string& description, fixture::ByteVector os_device) {
  fixture::BcdEntry& entry = entries.emplace_back();
  entry.description = description;
  entry.os_device = std::move(os_device);
}

void NativeBoot::add_disk(const std::string& name, const InnerDisk& inner,
                          fixture::ByteVector file) {
  content.trees[4].add_file("vm/" + name, std::move(file));
  add_entry(name, fixture::device_vhd(inner.partition, data, "\\vm\\" + name));
}

void NativeBoot::add_disk(const std::string& name, const InnerDisk& inner) {
  add_disk(name, inner, vhdx_of(inner));
}

OpenedImage NativeBoot::opened() {
  if (!entries.empty()) {
    fixture::BcdStorePlan plan;
    plan.boot_manager_place = gpt_place(disk, 2);
    plan.entries = entries;
    content.trees[2].add_file(uefi_store, fixture::build_bcd_store(plan).build());
  }
  return image_of_disk(fixture::build_gpt_disk(disk), content);
}

ImagePtr NativeBoot::open(const ImageChoice& choice) {
  return must(Image::open(opened(), choice));
}

}  // namespace casement::test
