// SPDX-License-Identifier: Apache-2.0
// Reparse data of the Windows Overlay Filter as stored. Sources: Microsoft's wofapi.h and ntifs.h.
#pragma once

#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::wim::wof_layout {

/// WOF_EXTERNAL_INFO.
struct Header {
  le32 version;   // +0x00 1
  le32 provider;  // +0x04
};
static_assert(sizeof(Header) == 8);
inline constexpr std::uint32_t provider_wim = 1;
inline constexpr std::uint32_t provider_file = 2;

/// FILE_PROVIDER_EXTERNAL_INFO_V1, after Header.
struct FileProvider {
  le32 version;    // +0x00 1
  le32 algorithm;  // +0x04 0 XPRESS 4K, 1 LZX 32K, 2 XPRESS 8K, 3 XPRESS 16K
};
static_assert(sizeof(FileProvider) == 8);

}  // namespace casement::wim::wof_layout
