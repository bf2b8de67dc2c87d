// SPDX-License-Identifier: Apache-2.0
// The boot stores of an image: BCD hives and boot.ini files, opened.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/image/boot_ini.h"
#include "engine/image/boot_manager.h"
#include "vfs/core/limits.h"
#include "vfs/open/opener.h"

namespace casement {

/// One store with what it takes to judge it.
struct FoundStore {
  BootStore store;
  std::optional<BootIni> ini;     // of a boot.ini that could be read
  bool has_boot_manager = false;  // bootmgfw.efi, bootmgr or ntldr is where it belongs
  std::string boot_manager_path;  // which
  Diagnostics findings;           // about the store, its hive and its logs
};

/// Every store on every readable volume, UEFI first; none on virtual disks, which no firmware
/// knows. One that cannot be read is kept with its error.
std::vector<FoundStore> find_boot_stores(const OpenedImage& opened, const Limits& limits);

/// "\EFI\Microsoft\Boot\BCD, \Boot\BCD and \boot.ini": for messages.
const char* boot_store_places() noexcept;

}  // namespace casement
