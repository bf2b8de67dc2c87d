// SPDX-License-Identifier: Apache-2.0
// Reserved storage, Windows PE, the way back to the previous Windows, default associations.
#include "engine/inspect/deployment.h"

#include <utility>

#include "engine/image/facts.h"
#include "engine/image/registry_read.h"
#include "engine/inspect/image_file.h"
#include "engine/inspect/text_bytes.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view associations_file =
    u"\\SystemRoot\\System32\\OEMDefaultAssociations.xml";
constexpr std::uint64_t max_associations_size = std::uint64_t{4} << 20;  // real ones have 20 KiB

/// The key that Windows PE makes itself known by, or its edition.
bool is_windows_pe(FactReader& reader) {
  const HivePtr system = reader.hive(HiveId::system);
  const std::u16string mini_nt = reader.control_set(u"Control\\MiniNT");
  if (system && !mini_nt.empty()) {
    const auto key = system->find(mini_nt);
    if (!key) {
      reader.findings().add("damaged", key.error());
    } else if (*key) {
      return true;
    }
  }
  const auto edition = reader.text(HiveId::software, current_version_key, u"EditionID");
  return edition && equals_folded(edition->value, u"WindowsPE");
}

}  // namespace

ReservedStorage read_reserved_storage(const Image& image) {
  constexpr std::u16string_view key = u"Microsoft\\Windows\\CurrentVersion\\ReserveManager";
  ReservedStorage storage;
  FactReader reader(image, storage.diagnostics);
  storage.enabled = reader.flag(HiveId::software, key, u"ShippedWithReserves");
  storage.passed_policy = reader.flag(HiveId::software, key, u"PassedPolicy");
  return storage;
}

PeSettings read_pe_settings(const Image& image) {
  PeSettings settings;
  FactReader reader(image, settings.diagnostics);
  settings.windows_pe = is_windows_pe(reader);
  settings.target_path =
      reader.filled_text(HiveId::software, join_key(current_version_key, u"WinPE"), u"InstRoot");
  settings.scratch_space =
      reader.dword(HiveId::system, reader.control_set(u"Services\\FBWF"), u"WinPECacheThreshold");
  return settings;
}

UninstallWindow read_uninstall_window(const Image& image) {
  UninstallWindow window;
  FactReader reader(image, window.diagnostics);
  window.days = reader.dword(HiveId::system, u"Setup", u"UninstallWindow");
  window.active = reader.flag(HiveId::system, u"Setup", u"UninstallActive");
  return window;
}

DefaultAssociations read_default_associations(const Image& image) {
  DefaultAssociations associations;
  auto file = read_image_file(image, associations_file, max_associations_size);
  if (!file) {
    associations.diagnostics.add("damaged", file.error());
    return associations;
  }
  if (!*file) {
    return associations;
  }
  std::u16string text = decode_text((*file)->bytes);
  const std::size_t first = text.find_first_not_of(u" \t\r\n");
  if (first == std::u16string::npos || text[first] != u'<') {
    associations.diagnostics.add(Severity::error, "damaged",
                                 to_utf8((*file)->path) + " is not XML");
    return associations;
  }
  associations.xml = {
      .value = std::move(text),
      .evidence = {.path = to_utf8((*file)->path), .key = {}, .value = {}, .recovered = false}};
  return associations;
}

}  // namespace casement
