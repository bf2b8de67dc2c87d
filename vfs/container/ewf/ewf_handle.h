// SPDX-License-Identifier: Apache-2.0
// One set of EWF segment files, read through libewf.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"

namespace casement {

/// What the examiner's program wrote about the medium. Empty strings: not said.
struct EwfFacts {
  std::string format;            // "EnCase 6"
  std::uint64_t media_size = 0;  // bytes
  std::uint32_t chunk_size = 0;  // bytes; not 0
  std::uint32_t bytes_per_sector = 0;
  std::string case_number, evidence_number, description, examiner;
  std::string acquired;   // "2023-12-20T05:42:47"
  std::string md5, sha1;  // hexadecimal
  bool segments_missing = false;
};

/// Owner of a libewf handle. libewf is not thread-safe: a mutex lets one thread in at a time.
class EwfHandle {
 public:
  /// Opens `path` and the segments beside it, on the host. io_failed, corrupt: what libewf says.
  /// limit_exceeded: more segments than Limits::max_segments, or than the system lets the process
  /// open: all of them stay open.
  static Result<std::unique_ptr<EwfHandle>> open(const std::string& path, const Limits& limits);
  EwfHandle(const EwfHandle&) = delete;
  EwfHandle& operator=(const EwfHandle&) = delete;
  ~EwfHandle();

  const EwfFacts& facts() const noexcept { return facts_; }
  /// Host paths, the first segment first.
  const std::vector<std::string>& segments() const noexcept { return segments_; }

  /// Fills `out` from chunk `index`. corrupt: the chunk is damaged or in a missing segment; libewf
  /// itself would show zeros. Precondition: the bytes are within the medium and the chunk.
  Result<void> read_chunk(std::uint64_t index, MutableBytes out) const;

 private:
  struct Library;  // keeps libewf's types out of this header

  EwfHandle(std::unique_ptr<Library> library, std::vector<std::string> segments, EwfFacts facts);
  Result<void> read_facts();

  std::unique_ptr<Library> library_;
  std::vector<std::string> segments_;
  EwfFacts facts_;
  mutable std::mutex mutex_;
  /// Chunks that could not be read: libewf loses memory each time that it tries.
  mutable std::set<std::uint64_t> bad_chunks_;
};

}  // namespace casement
