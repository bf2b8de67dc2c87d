// SPDX-License-Identifier: Apache-2.0
// FNV-1a over what tells installations apart. Not for security: a collision costs an ambiguous id.
#include "engine/image/installation_id.h"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

std::string volume_identity(const Volume& volume) {
  const VolumeIdentity& identity = volume.identity;
  if (identity.partition_id) {
    return identity.partition_id->to_string();
  }
  if (identity.mbr_signature && identity.start_offset) {
    return fmt::format("{:08x}+{}", *identity.mbr_signature, *identity.start_offset);
  }
  return fmt::format("volume {}", volume.index);
}

std::string machine_identity(const InstallationFacts& facts) {
  if (facts.machine_guid) {
    return to_utf8(upcase(*facts.machine_guid));
  }
  return facts.install_date ? std::to_string(*facts.install_date) : std::string();
}

}  // namespace

std::string installation_id(const Volume& volume, const Installation& installation,
                            const InstallationFacts& facts) {
  // A NUL between the parts, so that no two lists of them give one text.
  std::string text = volume_identity(volume);
  text += '\0';
  text += to_utf8(upcase(installation.windows_directory));
  text += '\0';
  text += machine_identity(facts);
  if (!installation.virtual_disk.empty()) {  // children of one parent disk share all identifiers
    text += '\0';
    text += to_utf8(upcase(installation.virtual_disk));
  }
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace casement
