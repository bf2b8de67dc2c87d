// SPDX-License-Identifier: Apache-2.0
// Comparing a file with its integrity table while it is read. Internal to verify().
#pragma once

#include <cstdint>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/digest.h"
#include "vfs/wim/integrity.h"
#include "vfs/wim/verify_log.h"

namespace casement::wim {

/// Belongs to one thread. Reads by itself what it is not shown.
class IntegrityCheck {
 public:
  IntegrityCheck(const WimPart& part, IntegrityTable table, VerifyLog& log);

  /// Bytes of the file. What was shown before is not counted again.
  void feed(std::uint64_t offset, Bytes bytes);
  /// Reads the rest, until the log is stopped.
  void finish();

 private:
  void read_until(std::uint64_t end);
  void add(Bytes bytes);
  /// Goes on behind `size` bytes that are hashed, or that cannot be read.
  void advance(std::uint64_t size);
  std::uint64_t chunk_end() const noexcept;

  const WimPart& part_;
  IntegrityTable table_;
  VerifyLog& log_;
  Digest digest_{DigestKind::sha1};
  std::uint64_t position_;
  std::uint64_t chunk_ = 0;
  bool unreadable_ = false;  // something of this chunk
  std::vector<std::byte> buffer_;
};

}  // namespace casement::wim
