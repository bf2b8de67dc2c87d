// SPDX-License-Identifier: Apache-2.0
// Streams in the root of a compound file, as .msi and .msp files are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"

namespace casement {

/// Reads what lies on the way to a stream and nothing else: the file may have gigabytes. Neither
/// the red-black order of the directory nor free sectors are checked. Belongs to one thread.
class CompoundFile {
 public:
  /// bad_format: it is no compound file. corrupt, truncated: its header or directory is damaged.
  /// limit_exceeded: more than 65,536 entries in the directory (an .msi has some hundreds).
  static Result<CompoundFile> open(SourcePtr source);

  struct Stream {
    std::u16string name;  // with the control character that some begin with
    std::uint64_t size = 0;
    std::uint32_t first_sector = 0;
  };
  /// Those of the root storage, in no order.
  const std::vector<Stream>& streams() const noexcept { return streams_; }

  /// nullopt: the root has no such stream (names are equal but for case). limit_exceeded: it is
  /// longer than `max_size`.
  Result<std::optional<std::vector<std::byte>>> read(std::u16string_view name,
                                                     std::uint64_t max_size) const;

 private:
  explicit CompoundFile(SourcePtr source) : source_(std::move(source)) {}

  Result<void> read_header();
  Result<void> read_difat(std::uint32_t first_sector, std::uint32_t fat_sector_count);
  Result<void> read_directory(std::uint32_t first_sector);
  Result<void> list_root(Bytes directory);
  std::uint64_t sector_size() const noexcept { return std::uint64_t{1} << sector_shift_; }
  Result<std::uint64_t> offset_of(std::uint32_t sector) const;
  /// Precondition: `out` is as long as a sector.
  Result<void> read_sector(std::uint32_t sector, MutableBytes out) const;
  Result<std::uint32_t> next_sector(std::uint32_t sector) const;
  /// The sectors of a chain, at most `max_count`; more are limit_exceeded.
  Result<std::vector<std::uint32_t>> chain(std::uint32_t first, std::uint64_t max_count) const;
  Result<std::vector<std::byte>> read_sectors(const std::vector<std::uint32_t>& sectors,
                                              std::uint64_t size) const;
  Result<std::vector<std::byte>> read_large(const Stream& stream) const;
  Result<std::vector<std::byte>> read_mini(const Stream& stream) const;

  SourcePtr source_;
  unsigned sector_shift_ = 9;
  bool wide_sizes_ = false;  // version 4
  std::uint64_t mini_cutoff_ = 0;
  std::uint32_t first_mini_fat_sector_ = 0;
  std::uint32_t first_mini_stream_sector_ = 0;
  std::uint64_t mini_stream_size_ = 0;
  std::vector<std::uint32_t> fat_sectors_;  // where the FAT lies
  std::vector<Stream> streams_;
};

}  // namespace casement
