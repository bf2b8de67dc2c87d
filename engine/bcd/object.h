// SPDX-License-Identifier: Apache-2.0
// A BCD object: an application, inherited settings or device options, with its elements.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bcd/element.h"
#include "vfs/core/filetime.h"
#include "vfs/core/guid.h"

namespace casement {

/// What an object is for, from its type word.
enum class BcdObjectKind : std::uint8_t {
  firmware_boot_manager,
  boot_manager,
  os_loader,
  resume,
  memory_tester,
  legacy_loader,  // ntldr
  setup_loader,
  boot_sector,
  startup_module,
  firmware_application,  // an entry of the firmware's own menu
  inherited_settings,
  device_options,
  unknown,
};

BcdObjectKind object_kind(std::uint32_t type) noexcept;
/// The application whose elements of class 2 such an object holds: of {bootloadersettings}, which
/// is inherited_settings, os_loader. unknown: no application's.
BcdObjectKind application_kind(std::uint32_t type) noexcept;
/// "Windows Boot Loader", ...; as bcdedit heads its sections.
const char* object_kind_name(BcdObjectKind kind) noexcept;

struct BcdObject {
  Guid id;
  /// nullopt: the Description key or its Type is missing or damaged.
  std::optional<std::uint32_t> type;
  /// By ascending type.
  std::vector<BcdElement> elements;
  /// The newest of its keys.
  FileTime last_written;

  BcdObjectKind kind() const noexcept { return type ? object_kind(*type) : BcdObjectKind::unknown; }
  /// Its own element, without inheritance.
  const BcdElement* find(std::uint32_t element_type) const noexcept;
};

/// Objects that have the same GUID in every store.
namespace bcd_id {
extern const Guid boot_manager;
extern const Guid firmware_boot_manager;
extern const Guid memory_tester;
extern const Guid legacy_loader;
extern const Guid ram_disk_options;
extern const Guid global_settings;
extern const Guid boot_loader_settings;
extern const Guid resume_loader_settings;
extern const Guid hypervisor_settings;
/// Aliases: they are never stored objects.
extern const Guid default_entry;
extern const Guid current_entry;
}  // namespace bcd_id

/// "{bootmgr}", or nullopt for a GUID without a name.
std::optional<std::string_view> well_known_name(const Guid& id) noexcept;
/// well_known_name(), or "{guid}".
std::string display_id(const Guid& id);

}  // namespace casement
