// SPDX-License-Identifier: Apache-2.0
// BitLocker metadata as stored (libbde documentation, "BitLocker Drive Encryption (BDE) format").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "vfs/core/endian.h"

namespace casement::bitlocker_layout {

inline constexpr std::string_view signature = "-FVE-FS-";  // boot sector at +3, metadata at +0

/// In the boot sector, followed by three u64 offsets of metadata blocks. Windows 7 and later.
inline constexpr std::string_view metadata_id = "4967d63b-2e29-4ad8-8399-f6a339e3d001";
/// The same for volumes that are encrypted as they are written.
inline constexpr std::string_view encrypt_on_write_id = "92a84d3b-dd80-4d0e-9e4e-b1e3284eaed8";
inline constexpr std::size_t copy_count = 3;

/// A metadata block takes 64 KiB; what is used of it is said inside.
inline constexpr std::size_t block_space = 0x10000;

struct BlockHeader {
  std::array<std::byte, 8> signature;   // +0x00
  le16 size;                            // +0x08 of the block; version 2 counts in 16 bytes
  le16 version;                         // +0x0A 1 Vista, 2 later
  le16 state;                           // +0x0C
  le16 next_state;                      // +0x0E
  le64 encrypted_size;                  // +0x10 bytes from the volume's start that are encrypted
  le32 state_size;                      // +0x18
  le32 header_sectors;                  // +0x1C sectors of the volume's start that lie elsewhere
  std::array<le64, copy_count> copies;  // +0x20
  le64 header_offset;                   // +0x38 where they lie
};
static_assert(sizeof(BlockHeader) == 0x40);
inline constexpr std::uint16_t version_vista = 1;

namespace state {
inline constexpr std::uint16_t decrypted = 1;
inline constexpr std::uint16_t switching = 2;
inline constexpr std::uint16_t paused = 3;
inline constexpr std::uint16_t encrypted = 4;
inline constexpr std::uint16_t switching_dirty = 5;
}  // namespace state

/// Behind the block.
struct Validation {
  le16 size;     // +0x00
  le16 version;  // +0x02
  le32 crc;      // +0x04 CRC-32 of the block
};
static_assert(sizeof(Validation) == 8);

/// Follows the block header.
struct DatasetHeader {
  le32 size;                            // +0x00 with this header
  le32 version;                         // +0x04
  le32 header_size;                     // +0x08 48
  le32 size_copy;                       // +0x0C
  std::array<std::byte, 16> volume_id;  // +0x10
  le32 next_nonce;                      // +0x20
  le32 method;                          // +0x24 the low half is the cipher
  le64 created;                         // +0x28 FILETIME
};
static_assert(sizeof(DatasetHeader) == 0x30);

struct Datum {
  le16 size;   // +0x00 with this header
  le16 role;   // +0x02
  le16 type;   // +0x04
  le16 flags;  // +0x06
};
static_assert(sizeof(Datum) == 8);

namespace role {
inline constexpr std::uint16_t protector = 2;
inline constexpr std::uint16_t description = 7;
}  // namespace role

namespace datum_type {
inline constexpr std::uint16_t text = 2;
inline constexpr std::uint16_t master_key = 8;
}  // namespace datum_type

/// Begins a datum of role protector.
struct Protector {
  std::array<std::byte, 16> id;  // +0x00
  le64 changed;                  // +0x10 FILETIME
  le16 unused;                   // +0x18
  le16 kind;                     // +0x1A bits of protector_kind; 0: clear key
};
static_assert(sizeof(Protector) == 0x1C);

namespace protector_kind {
inline constexpr std::uint16_t tpm = 0x0100;
inline constexpr std::uint16_t startup_key = 0x0200;
inline constexpr std::uint16_t pin = 0x0400;
inline constexpr std::uint16_t recovery_password = 0x0800;
inline constexpr std::uint16_t public_key = 0x1000;
inline constexpr std::uint16_t passphrase = 0x2000;
}  // namespace protector_kind

}  // namespace casement::bitlocker_layout
