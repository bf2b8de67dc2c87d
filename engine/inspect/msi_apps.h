// SPDX-License-Identifier: Apache-2.0
// Windows Installer products and patches.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/inspect/fact.h"
#include "engine/inspect/fact_reader.h"
#include "vfs/core/guid.h"

namespace casement {

struct MsiPatch {
  Guid code;
  Guid product;
  std::u16string name;
  std::uint32_t state = 0;  // 1 applied, 2 superseded, 4 obsolete
  bool uninstallable = false;
  std::u16string help_link;
  std::u16string transforms;
  std::u16string local_package;
  std::u16string install_date;  // YYYYMMDD
  std::u16string more_info_url;
  Evidence evidence;
};

struct MsiProduct {
  Guid code;
  std::u16string name;
  std::int32_t state = 5;  // 5 installed, 1 advertised
  std::optional<Guid> package_code;
  std::u16string version;
  std::uint32_t assignment = 1;  // 0 per user, 1 per machine
  std::u16string publisher;
  std::u16string language;
  std::u16string install_source;
  std::u16string package_name;
  std::u16string help_link;
  std::u16string help_telephone;
  std::u16string install_location;
  std::u16string install_date;
  std::u16string contact;
  std::u16string comments;
  std::u16string readme;
  std::u16string url_about;
  std::u16string url_update;
  std::u16string local_package;
  std::u16string product_id;
  std::u16string owner;
  std::u16string organization;
  std::uint64_t estimated_size = 0;  // KB
  Evidence evidence;
};

struct MsiList {
  std::vector<MsiProduct> products;  // by name, then code
  std::vector<MsiPatch> patches;     // by product, then code
  Diagnostics diagnostics;
};
MsiList read_msi(const Image& image);

/// The 32 digits of a key's name, in Windows Installer's order of digits. nullopt: malformed.
std::optional<Guid> parse_packed_guid(std::u16string_view text) noexcept;

}  // namespace casement
