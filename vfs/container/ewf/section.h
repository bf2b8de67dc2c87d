// SPDX-License-Identifier: Apache-2.0
// The sections that a segment consists of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"

namespace casement {

/// One section whose descriptor can be followed.
struct EwfSection {
  std::string type;             // "sectors"
  std::uint64_t offset = 0;     // of its descriptor, in the segment
  std::uint64_t body_size = 0;  // bytes behind the descriptor; all of them are in the file
  std::uint64_t next = 0;       // where the next section begins
  bool is_cut = false;          // the file ends within it

  std::uint64_t body_offset() const noexcept;
  /// `next` and `done` end a segment.
  bool is_last() const noexcept { return type == "next" || type == "done"; }
};

/// The section at `offset`. A wrong checksum is a finding when all else about the descriptor is
/// right. truncated: the file ends within the descriptor. corrupt: nothing says where to go on.
/// `name` is the segment's, for findings.
Result<EwfSection> read_section(const ByteSource& segment, std::uint64_t offset,
                                const std::string& name, Diagnostics& findings);

/// The first `max_size` bytes of its body; all of them when there are fewer.
Result<std::vector<std::byte>> read_body(const ByteSource& segment, const EwfSection& section,
                                         std::uint64_t max_size);

/// Whether the last four bytes of `bytes` are the Adler-32 of those before.
bool ends_with_checksum(Bytes bytes) noexcept;

}  // namespace casement
