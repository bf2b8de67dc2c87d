// SPDX-License-Identifier: Apache-2.0
// The XML data of a WIM: what its writer said of the images.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"
#include "vfs/wim/image_claims.h"

namespace casement::wim {

/// Bytes of stored XML that are read. Real files have some kilobytes an image; the parser takes up
/// to eight times as much memory for what is stored as UTF-16.
inline constexpr std::uint64_t max_xml_size = std::uint64_t{32} << 20;

/// UTF-16LE, as it should be, or UTF-8, with or without a byte order mark; without the mark and
/// without NULs at the end. corrupt: neither.
Result<std::string> xml_to_utf8(Bytes stored);

struct WimXml {
  /// In the order of the document; `index` is 0 where it has none that is a number from 1 on.
  std::vector<ImageClaims> images;
  bool encrypted = false;  // an <ESD> with an <ENCRYPTED>
};

/// corrupt: not well-formed, or no <WIM>. Elements that are not known are ignored. Document types
/// are skipped and entities of one's own are not expanded; nesting costs nothing but its own bytes.
Result<WimXml> parse_wim_xml(std::string_view utf8);

}  // namespace casement::wim
