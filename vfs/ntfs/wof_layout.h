// SPDX-License-Identifier: Apache-2.0
// Reparse data of the Windows Overlay Filter as stored.
//
// Sources: the WOF structures of Microsoft's wofapi.h and ntifs.h; wof.h of wimlib.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::ntfs_layout {

/// What the data of a reparse point with the WOF tag begins with (WOF_EXTERNAL_INFO).
struct WofHeader {
  le32 version;   // +0x00 1
  le32 provider;  // +0x04 wof_provider
};
static_assert(sizeof(WofHeader) == 8);

namespace wof_provider {
inline constexpr std::uint32_t wim = 1;
inline constexpr std::uint32_t file = 2;
}  // namespace wof_provider

/// FILE_PROVIDER_EXTERNAL_INFO_V1, after WofHeader.
struct WofFileProvider {
  le32 version;    // +0x00 1
  le32 algorithm;  // +0x04 0 XPRESS 4K, 1 LZX 32K, 2 XPRESS 8K, 3 XPRESS 16K
};
static_assert(sizeof(WofFileProvider) == 8);

/// WIM_PROVIDER_EXTERNAL_INFO as it is stored, after WofHeader.
struct WofWimProvider {
  le32 version;                           // +0x00 2
  le32 flags;                             // +0x04
  le64 data_source_id;                    // +0x08 of WimOverlay.dat
  std::array<std::byte, 20> stream_sha1;  // +0x10
  std::array<std::byte, 20> table_sha1;   // +0x24 of the WIM's blob table
  le64 plain_size;                        // +0x38
  le64 size_in_wim;                       // +0x40
  le64 offset_in_wim;                     // +0x48
};
static_assert(sizeof(WofWimProvider) == 80);

}  // namespace casement::ntfs_layout
