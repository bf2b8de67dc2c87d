// SPDX-License-Identifier: Apache-2.0
// First all files are looked for on the image's own volumes, then they are opened: no virtual disk
// is looked for in another one.
#include "engine/image/virtual_disks.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "engine/image/boot_target.h"
#include "vfs/core/utf16.h"
#include "vfs/open/nested_disk.h"

namespace casement {
namespace {

/// What the loaders of all stores name, and what is wrong with it.
class VirtualDiskSearch {
 public:
  VirtualDiskSearch(const OpenedImage& opened, const DiskMap& disks, Diagnostics& findings)
      : known_(opened.nested_disks), targets_(opened, disks, {}), findings_(findings) {}

  void look_into(const FoundStore& store) {
    for (const BootTargets::Loader& loader : targets_.loaders(store)) {
      const BcdDevice* const disk =
          loader.os_device == nullptr ? nullptr : virtual_disk_of(*loader.os_device);
      if (disk == nullptr) {
        continue;
      }
      const std::string entry = fmt::format("{} {}", to_utf8(store.store.path), loader.entry.id);
      if (++entries_ > max_virtual_disk_entries) {
        add_finding(
            "virtual-disk-not-opened", entry,
            fmt::format("more than {} boot entries name virtual disks", max_virtual_disk_entries));
        return;
      }
      add(*disk, store.store.volume, entry);
    }
  }

  std::vector<NestedDisk> take() && { return std::move(found_); }

 private:
  void add_finding(const char* code, const std::string& entry, const std::string& text) {
    findings_.add(Severity::warning, code, fmt::format("{}: {}", entry, text));
  }

  void add(const BcdDevice& device, std::size_t store_volume, const std::string& entry) {
    auto file = targets_.file_of(device, store_volume);
    if (!file) {
      add_finding(file.error().status() == Status::not_found ? "virtual-disk-missing"
                                                             : "virtual-disk-unreadable",
                  entry, "virtual disk " + file.error().message());
      return;
    }
    const auto is_same = [&file](const NestedDisk& other) {
      return other.volume == file->volume && other.file == file->file;
    };
    if (std::any_of(known_.begin(), known_.end(), is_same) ||
        std::any_of(found_.begin(), found_.end(), is_same)) {
      return;
    }
    if (known_.size() + found_.size() >= max_virtual_disks) {
      add_finding("virtual-disk-not-opened", entry,
                  fmt::format("virtual disk {} is left out: at most {} are opened",
                              to_utf8(file->path), max_virtual_disks));
      return;
    }
    found_.push_back(*std::move(file));
  }

  const std::vector<NestedDisk>& known_;  // opened before
  const BootTargets targets_;
  Diagnostics& findings_;
  std::vector<NestedDisk> found_;
  std::size_t entries_ = 0;
};

}  // namespace

void open_virtual_disks(OpenedImage& opened, const DiskMap& disks,
                        const std::vector<FoundStore>& stores, const Limits& limits,
                        Diagnostics& findings) {
  VirtualDiskSearch search(opened, disks, findings);
  for (const FoundStore& store : stores) {
    search.look_into(store);
  }
  for (NestedDisk& disk : std::move(search).take()) {
    add_nested_disk(opened, std::move(disk), limits);
  }
}

}  // namespace casement
