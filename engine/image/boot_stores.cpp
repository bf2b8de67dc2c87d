// SPDX-License-Identifier: Apache-2.0
// Where boot stores lie, and opening them.
#include "engine/image/boot_stores.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/image/hive_file.h"
#include "engine/image/node_lookup.h"
#include "vfs/core/utf16.h"

namespace casement {

const char* firmware_name(Firmware firmware) noexcept {
  switch (firmware) {
    case Firmware::unknown:
      return "unknown";
    case Firmware::bios:
      return "bios";
    case Firmware::uefi:
      return "uefi";
  }
  return "unknown";
}

const char* boot_store_places() noexcept {
  return "\\EFI\\Microsoft\\Boot\\BCD, \\Boot\\BCD and \\boot.ini";
}

namespace {

/// A place where a store may lie, and the programs that read it from there.
struct StorePlace {
  std::u16string_view directory;
  std::u16string_view name;
  Firmware firmware;
  std::array<std::u16string_view, 5> boot_managers;
};

constexpr std::array<StorePlace, 3> places = {
    StorePlace{u"EFI\\Microsoft\\Boot",
               u"BCD",
               Firmware::uefi,
               {u"EFI\\Microsoft\\Boot\\bootmgfw.efi", u"EFI\\Boot\\bootx64.efi",
                u"EFI\\Boot\\bootaa64.efi", u"EFI\\Boot\\bootia32.efi", u"EFI\\Boot\\bootarm.efi"}},
    StorePlace{u"Boot", u"BCD", Firmware::bios, {u"bootmgr", u"", u"", u"", u""}},
    StorePlace{u"", u"boot.ini", Firmware::bios, {u"ntldr", u"", u"", u"", u""}},
};

void open_bcd(FoundStore& found, const FileSystem& file_system, NodeId dir,
              std::u16string_view name, const Limits& limits) {
  Result<HivePtr> hive = open_hive_file(file_system, dir, name, limits, found.findings);
  if (!hive) {
    found.store.error = hive.error().message();
    return;
  }
  if (!*hive) {
    found.store.error = "it is a directory";
    return;
  }
  auto store = BcdStore::open(*std::move(hive), limits);
  if (!store) {
    found.store.error = store.error().message();
    return;
  }
  found.store.store = *std::move(store);
  for (const Diagnostics& part :
       {found.store.store->hive()->state().diagnostics, found.store.store->diagnostics()}) {
    for (const Diagnostic& finding : part.items()) {
      found.findings.add(finding.severity, finding.code, finding.text);
    }
  }
}

void read_boot_ini(FoundStore& found, const FileSystem& file_system, NodeId node) {
  const auto file = file_system.open(node, {});
  if (!file) {
    found.store.error = file.error().message();
    return;
  }
  std::vector<std::byte> text(std::min((*file)->size(), max_boot_ini_size));
  if (const auto read = (*file)->read(0, text); !read) {
    found.store.error = read.error().message();
    return;
  }
  found.ini = parse_boot_ini(text);
}

/// The store at one place of one volume, when there is one.
std::optional<FoundStore> store_at(const FileSystem& file_system, const StorePlace& place,
                                   const Limits& limits) {
  const auto dir = find_directory_below(file_system, file_system.root(), place.directory);
  if (dir && !*dir) {
    return std::nullopt;
  }
  FoundStore found;
  found.store.firmware = place.firmware;
  if (!dir) {  // a store may well be there: an ESP that only root may read
    found.store.path = u"\\" + std::u16string(place.directory) + u"\\";
    found.store.path += place.name;
    found.store.error = dir.error().message();
    return found;
  }
  const auto entry = file_system.lookup((*dir)->node, place.name);
  if (entry && !*entry) {
    return std::nullopt;
  }
  found.store.path = (*dir)->path.empty() ? u"" : u"\\" + (*dir)->path;
  found.store.path += u'\\';
  if (!entry) {
    found.store.path += place.name;
    found.store.error = entry.error().message();
    return found;
  }
  found.store.path += (*entry)->name;
  if (place.name == u"boot.ini") {
    read_boot_ini(found, file_system, (*entry)->node);
  } else {
    open_bcd(found, file_system, (*dir)->node, place.name, limits);
  }
  return found;
}

}  // namespace

std::vector<FoundStore> find_boot_stores(const OpenedImage& opened, const Limits& limits) {
  std::vector<FoundStore> stores;
  for (std::size_t volume = 0; volume < opened.volumes.size(); ++volume) {
    const FileSystemPtr& file_system = opened.volumes[volume].file_system;
    if (!file_system || opened.volumes[volume].nested_disk) {
      continue;
    }
    for (const StorePlace& place : places) {
      auto found = store_at(*file_system, place, limits);
      if (!found) {
        continue;
      }
      found->store.volume = volume;
      for (const std::u16string_view program : place.boot_managers) {
        const auto file = find_file_below(*file_system, file_system->root(), program);
        if (!program.empty() && file && *file) {
          found->has_boot_manager = true;
          found->boot_manager_path = "\\" + to_utf8((*file)->path);
          break;
        }
      }
      stores.push_back(*std::move(found));
    }
  }
  return stores;
}

}  // namespace casement
