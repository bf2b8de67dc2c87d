// SPDX-License-Identifier: Apache-2.0
// BitLocker's facts as one line.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "vfs/volume/bitlocker.h"
#include "vfs/volume/bitlocker_layout.h"
#include "vfs/volume/volume_text.h"

namespace casement {
namespace {

using namespace bitlocker_layout;

std::string cipher_name(std::uint16_t cipher) {
  constexpr std::array<std::pair<std::uint16_t, const char*>, 6> names = {{
      {0x8000, "AES-CBC 128 with diffuser"},
      {0x8001, "AES-CBC 256 with diffuser"},
      {0x8002, "AES-CBC 128"},
      {0x8003, "AES-CBC 256"},
      {0x8004, "XTS-AES 128"},
      {0x8005, "XTS-AES 256"},
  }};
  const auto* const found = std::find_if(names.begin(), names.end(),
                                         [&](const auto& row) { return row.first == cipher; });
  return found == names.end() ? fmt::format("cipher {:#06x}", cipher) : found->second;
}

std::string protector_name(std::uint16_t kind) {
  constexpr std::array<std::pair<std::uint16_t, const char*>, 6> names = {{
      {protector_kind::tpm, "TPM"},
      {protector_kind::startup_key, "startup key"},
      {protector_kind::pin, "PIN"},
      {protector_kind::recovery_password, "recovery password"},
      {protector_kind::public_key, "smart card"},
      {protector_kind::passphrase, "password"},
  }};
  if (kind == 0) {
    return "clear key";
  }
  std::string text;
  unsigned left = kind;
  for (const auto& [bit, name] : names) {
    if ((kind & bit) != 0) {
      text += fmt::format("{}{}", text.empty() ? "" : " + ", name);
      left &= ~static_cast<unsigned>(bit);
    }
  }
  if (left != 0) {
    text += fmt::format("{}kind {:#06x}", text.empty() ? "" : " + ", left);
  }
  return text;
}

unsigned percentage(std::uint64_t part, std::uint64_t whole) {
  if (part >= whole) {
    return 100;
  }
  return static_cast<unsigned>(static_cast<double>(part) / static_cast<double>(whole) * 100.0);
}

std::string state_text(const BitLockerVolume& volume, std::uint64_t volume_size) {
  const BitLockerMetadata& metadata = *volume.metadata;
  if (!metadata.state) {
    return "encrypted by Windows Vista";
  }
  const unsigned percent = percentage(metadata.encrypted_size, volume_size);
  switch (*metadata.state) {
    case state::decrypted:
      return "decrypted";
    case state::switching:
    case state::switching_dirty:
      return fmt::format("being converted, {} % encrypted", percent);
    case state::paused:
      return fmt::format("conversion paused, {} % encrypted", percent);
    case state::encrypted:
      // Its bitmaps, and not a watermark, know how much.
      return volume.encrypt_on_write ? "encrypted as it is written" : "fully encrypted";
    default:
      return fmt::format("state {}", *metadata.state);
  }
}

std::string protectors_text(const BitLockerMetadata& metadata) {
  constexpr std::size_t most_shown = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(metadata.protectors.size(), most_shown); ++i) {
    const BitLockerProtector& one = metadata.protectors[i];
    text += fmt::format("{}{} {{{}}}", i == 0 ? "" : ", ", protector_name(one.kind),
                        one.id.to_string());
  }
  if (metadata.protectors.size() > most_shown) {
    text += fmt::format(" and {} more", metadata.protectors.size() - most_shown);
  }
  return text.empty() ? "none" : text;
}

}  // namespace

std::string describe(const BitLockerVolume& volume, std::uint64_t volume_size) {
  std::string text = volume.to_go ? "BitLocker To Go" : "BitLocker";
  if (!volume.metadata) {
    return text + fmt::format(" volume whose metadata cannot be read ({})",
                              volume.damage.empty() ? "the boot sector names none" : volume.damage);
  }
  const BitLockerMetadata& metadata = *volume.metadata;
  text += fmt::format(" volume, {} ({}), identifier {}", state_text(volume, volume_size),
                      cipher_name(metadata.cipher), metadata.volume_id.to_string());
  if (!metadata.description.empty()) {
    text += fmt::format(", \"{}\"", printable_text(metadata.description));
  }
  text += fmt::format(", protectors: {}", protectors_text(metadata));
  if (!metadata.checksum_good) {
    text += ", metadata with a wrong checksum";
  }
  text += volume.suspended() ? "; suspended: readable without a key, not supported yet"
                             : "; locked: unlocking is not supported yet";
  return text;
}

}  // namespace casement
