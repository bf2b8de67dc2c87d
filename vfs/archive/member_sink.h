// SPDX-License-Identifier: Apache-2.0
// Where the content of one member goes while it is unpacked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/archive/archive_options.h"
#include "vfs/archive/content_copy.h"
#include "vfs/archive/unpacked.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"
#include "vfs/source/file_spill.h"

namespace casement {

/// Small members go into memory, others into a temporary file; which, the declared size decides.
class MemberSink final : public ContentTarget {
 public:
  /// limit_exceeded, io_failed, ...: no temporary file. `name` is used in messages.
  static Result<std::unique_ptr<MemberSink>> open(std::string name, std::uint64_t size,
                                                  const ArchiveOptions& options);

  std::uint64_t size() const noexcept override;
  Result<void> append(Bytes data) override;
  Result<void> append_hole(std::uint64_t length) override;

  /// The CRC-32 of what was appended; holes do not count.
  std::uint32_t crc() const noexcept { return crc_; }

  /// Ends the writing. Content that is shorter than declared is given with `damage`; see
  /// make_partial_source().
  Result<Unpacked> finish(std::optional<Error> damage) &&;

 private:
  MemberSink(std::string name, std::uint64_t size) : name_(std::move(name)), declared_(size) {}

  std::string name_;
  std::uint64_t declared_;
  std::uint32_t crc_ = 0;
  std::vector<std::byte> memory_;
  std::optional<FileSpill> spill_;
};

}  // namespace casement
