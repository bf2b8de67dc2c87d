// SPDX-License-Identifier: Apache-2.0
// Random-access bytes: what every layer reads from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "vfs/core/bytes.h"

namespace casement {

/// Read-only random-access bytes: an image file, a VHDX payload, a partition, a file stream.
/// Has no position, so layers share it and threads may call it concurrently.
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  /// Bytes that can be read. Does not change during the source's life.
  virtual std::uint64_t size() const noexcept = 0;

  /// For messages: "disk.vhdx / partition 3 / \Windows\System32\config\SYSTEM".
  virtual std::string describe() const = 0;

  /// Fills `out` entirely or fails (truncated past the end; io_failed from below). Checks the range
  /// once, then calls do_read().
  Result<void> read(std::uint64_t offset, MutableBytes out) const;

 private:
  /// Precondition: in_range(size(), offset, out.size()).
  virtual Result<void> do_read(std::uint64_t offset, MutableBytes out) const = 0;
};

using SourcePtr = std::shared_ptr<const ByteSource>;

}  // namespace casement
