// SPDX-License-Identifier: Apache-2.0
// Small facts that single commands of DISM ask for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/inspect/fact.h"
#include "engine/inspect/fact_reader.h"

namespace casement {

struct ReservedStorage {
  MaybeFact<bool> enabled;  // ShippedWithReserves
  MaybeFact<bool> passed_policy;
  Diagnostics diagnostics;
};
ReservedStorage read_reserved_storage(const Image& image);

/// Settings of Windows PE; nullopt members are absent.
struct PeSettings {
  bool windows_pe = false;
  MaybeFact<std::u16string> target_path;   // "X:\"
  MaybeFact<std::uint32_t> scratch_space;  // MB
  MaybeFact<bool> profiling;
  Diagnostics diagnostics;
};
PeSettings read_pe_settings(const Image& image);

struct UninstallWindow {
  MaybeFact<std::uint32_t> days;
  MaybeFact<bool> active;
  Diagnostics diagnostics;
};
UninstallWindow read_uninstall_window(const Image& image);

/// The default application associations that were imported, as the file has them.
struct DefaultAssociations {
  MaybeFact<std::u16string> xml;
  Diagnostics diagnostics;
};
DefaultAssociations read_default_associations(const Image& image);

}  // namespace casement
