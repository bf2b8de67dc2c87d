// SPDX-License-Identifier: Apache-2.0
// What the examiner and the examiner's program wrote about the medium.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/bytes.h"

namespace casement {

/// Empty strings: not said. All are printable UTF-8 of moderate length.
struct EwfCase {
  std::string case_number, evidence_number, description, examiner, notes;
  std::string acquired;  // "2023-12-20T15:42:47Z"; of an unknown time zone without the Z
  std::string program;   // "7.4.1 on Windows 10"
  std::string model, serial_number;  // of the medium

  /// The body of a `header2` section, a zlib stream of UTF-16, or of a `header` section, one of
  /// bytes. corrupt: no such stream. What the text does not have stays empty.
  static Result<EwfCase> parse(Bytes body, bool is_utf16);
};

/// Sectors that could not be read when the image was taken, and are zeros in it.
struct EwfBadSectors {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// The body of an `error2` section. truncated, corrupt: more entries than it has room for, or a
/// wrong checksum.
Result<std::vector<EwfBadSectors>> parse_bad_sectors(Bytes body);

/// Digests of the medium as the writer computed them, hexadecimal; empty: not said.
struct EwfDigests {
  std::string md5, sha1;

  /// The body of a `hash` section. truncated; corrupt: the checksum is wrong.
  static Result<EwfDigests> parse_hash(Bytes body);
  /// The body of a `digest` section.
  static Result<EwfDigests> parse_digest(Bytes body);
};

}  // namespace casement
