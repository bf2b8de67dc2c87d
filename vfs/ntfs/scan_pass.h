// SPDX-License-Identifier: Apache-2.0
// One sequential pass over the MFT.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "vfs/core/result.h"
#include "vfs/ntfs/scan_table.h"
#include "vfs/ntfs/volume.h"

namespace casement::ntfs {

/// How a pass goes over the MFT. What it gives depends on `list_bytes` alone.
struct ScanPassOptions {
  /// At most so many threads, that of the caller among them.
  unsigned threads = default_threads();
  /// Bytes of one read of the MFT: large enough that a disk streams, small enough that what was
  /// read is still in the processor's nearer cache when it is decoded.
  std::uint64_t request_size = std::uint64_t{256} << 10;
  /// Bytes of attribute lists that are read at most; nullopt: what an MFT of this size can need.
  std::optional<std::uint64_t> list_bytes = std::nullopt;

  /// One a processor, up to four: decoding is so cheap that more only wait for the source.
  static unsigned default_threads() noexcept;
};

/// Reads every file in use, and with `deleted` those that are not, in large requests by a few
/// threads. The root is always in the table. Records that cannot be read are errors of the table.
/// Rows, errors and findings come in the order of the MFT, whichever thread was faster.
/// limit_exceeded: too many files for a table.
Result<std::unique_ptr<const ScanTable>> read_scan_table(const NtfsVolumePtr& volume, bool deleted,
                                                         const ScanPassOptions& options = {});

}  // namespace casement::ntfs
