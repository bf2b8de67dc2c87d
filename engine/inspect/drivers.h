// SPDX-License-Identifier: Apache-2.0
// The driver packages of an installation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/image/image.h"
#include "engine/inspect/fact.h"
#include "engine/inspect/identity.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/filetime.h"
#include "vfs/core/guid.h"

namespace casement {

/// In the order of DismDriverSignature.
enum class DriverSignature : std::uint8_t { unknown, not_signed, is_signed };

struct DriverVersion {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  std::uint16_t build = 0;
  std::uint16_t revision = 0;
};
std::string driver_version_text(const DriverVersion& version);  // "12.5.10.0"

/// A package of the driver store.
struct DriverPackage {
  std::u16string published_name;  // "oem0.inf"; of an inbox one the name of the INF
  std::u16string original_name;   // "vmusbmouse.inf"
  std::u16string package_id;      // "vmusbmouse.inf_amd64_0123456789abcdef"
  /// Of the INF in the store, as a Windows path with a letter when the volume has one.
  std::u16string store_path;
  bool inbox = false;
  std::u16string class_name;  // "Mouse"
  std::optional<Guid> class_guid;
  std::u16string class_description;  // "Mice and other pointing devices"
  std::u16string provider;
  std::optional<FileTime> date;  // DriverVer, 00:00 UTC
  std::optional<DriverVersion> version;
  std::u16string catalog_file;
  bool boot_critical = false;
  DriverSignature signature = DriverSignature::unknown;
  std::u16string signer;
  std::optional<std::uint32_t> signer_score;
  Architecture architecture = Architecture::unknown;
  std::optional<FileTime> import_date;
  Evidence evidence;  // the Version value, or the INF of an installation without a database
};

struct DriverList {
  std::vector<DriverPackage> drivers;  // oemN.inf by N, then inbox ones by name
  Diagnostics diagnostics;
};

/// Every package, inbox ones too: DriverDatabase of SYSTEM and DRIVERS, or for Windows 7 and
/// earlier the INFs of the driver store.
DriverList read_drivers(const Image& image);

/// By published name ("oem0.inf", "acpi.inf"), package id or path in the driver store, without
/// regard to case. nullptr: none.
const DriverPackage* find_driver(const DriverList& list, std::u16string_view name) noexcept;

}  // namespace casement
