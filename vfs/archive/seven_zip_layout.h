// SPDX-License-Identifier: Apache-2.0
// What a 7z archive begins with, and the property numbers of its header (7zFormat.txt of the LZMA
// SDK).
#pragma once

#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::seven_zip_layout {

struct SignatureHeader {
  std::uint8_t signature[6];  // +0x00 "7z\xBC\xAF\x27\x1C"
  std::uint8_t major;         // +0x06
  std::uint8_t minor;         // +0x07
  le32 start_crc;             // +0x08 of the next three fields
  le64 next_offset;           // +0x0C from the end of this header
  le64 next_size;             // +0x14
  le32 next_crc;              // +0x1C
};
static_assert(sizeof(SignatureHeader) == 0x20);

enum Property : std::uint8_t {
  property_end = 0x00,
  property_header = 0x01,
  property_files = 0x05,
  property_pack_info = 0x06,
  property_unpack_info = 0x07,
  property_size = 0x09,
  property_crc = 0x0A,
  property_folder = 0x0B,
  property_unpack_size = 0x0C,
  property_encoded_header = 0x17,
};

}  // namespace casement::seven_zip_layout
