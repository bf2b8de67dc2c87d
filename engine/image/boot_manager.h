// SPDX-License-Identifier: Apache-2.0
// The boot store that starts an installation, and the drive that holds it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/bcd/store.h"
#include "engine/image/installation.h"

namespace casement {

enum class Firmware : std::uint8_t { unknown, bios, uefi };
const char* firmware_name(Firmware firmware) noexcept;

/// One boot store that was found.
struct BootStore {
  std::size_t volume = 0;  // position in OpenedImage::volumes
  std::u16string path;     // "\EFI\Microsoft\Boot\BCD", "\boot.ini"
  Firmware firmware = Firmware::unknown;
  int score = 0;
  std::vector<ScoreItem> evidence;
  /// State of {bootmgr}'s device: "ok", "stale", "missing", "unresolved".
  std::string bootmgr_device;
  /// null for boot.ini and for a store that cannot be read.
  std::shared_ptr<const BcdStore> store;
  std::string error;  // why store is null
};

/// Adds one item to the evidence and its points to the score.
void add_points(BootStore& store, std::string what, int points, std::string where);

/// One OS loader of the chosen store.
struct BootEntry {
  std::string id;  // "{guid}" or a well-known name
  std::u16string description;
  std::u16string path;         // winload
  std::u16string system_root;  // "\Windows"
  std::string device;          // osdevice as text
  bool is_default = false;
  bool in_display_order = false;
  bool starts_chosen = false;  // osdevice and systemroot resolve to the chosen installation
};

struct BootManager {
  /// Position of the chosen one in `stores`; nullopt: none, with the reason.
  std::optional<std::size_t> chosen;
  std::string reason;
  std::vector<BootStore> stores;   // best first
  std::vector<BootEntry> entries;  // of the chosen store
  /// Letter of the drive that holds the chosen store, when it has one.
  std::optional<char16_t> drive;
};

}  // namespace casement
