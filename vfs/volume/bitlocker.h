// SPDX-License-Identifier: Apache-2.0
// What a BitLocker volume says of itself to somebody without a key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/filetime.h"
#include "vfs/core/guid.h"

namespace casement {

/// One way to get at the volume's key.
struct BitLockerProtector {
  Guid id;                 // what a key server files the recovery password under
  std::uint16_t kind = 0;  // bits; 0: the key lies in the open
  FileTime changed;
};

/// The metadata of one volume, from the first copy that passes its checksum.
struct BitLockerMetadata {
  std::uint16_t version = 0;  // 1 Vista, 2 later
  bool checksum_good = false;
  std::optional<std::uint16_t> state;  // Vista does not store it here
  std::uint64_t encrypted_size = 0;    // bytes from the start
  Guid volume_id;
  std::uint16_t cipher = 0;  // 0x8000 to 0x8005
  FileTime created;
  std::u16string description;  // "HOST C: 7/4/2019"
  std::vector<BitLockerProtector> protectors;
};

/// A volume whose boot sector is BitLocker's.
struct BitLockerVolume {
  bool to_go = false;             // looks like FAT32 to systems without BitLocker
  bool encrypt_on_write = false;  // only what is written is encrypted
  std::optional<BitLockerMetadata> metadata;
  std::string damage;  // why there is no metadata

  /// The volume's key is stored in the open: protection is suspended.
  bool suspended() const noexcept;
};

/// `boot_sector` is the first 512 bytes of `volume`. nullopt: another kind of volume. Damaged or
/// missing metadata is no error.
std::optional<BitLockerVolume> read_bitlocker(const ByteSource& volume, Bytes boot_sector);

/// One line for people: state, cipher, identifier, protectors, and what can be done.
std::string describe(const BitLockerVolume& volume, std::uint64_t volume_size);

}  // namespace casement
