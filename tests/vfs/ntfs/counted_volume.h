// SPDX-License-Identifier: Apache-2.0
// Built volumes, opened below the file system, and what is read of them counted.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fixtures/build/ntfs/ntfs_builder.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/ntfs/node.h"
#include "vfs/ntfs/volume.h"

namespace casement::test {

/// Bytes in memory that count the reads of them.
class CountingSource final : public ByteSource {
 public:
  explicit CountingSource(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}

  std::uint64_t size() const noexcept override { return bytes_.size(); }
  std::string describe() const override { return "volume"; }

  std::uint64_t reads() const noexcept { return reads_; }
  std::uint64_t bytes_read() const noexcept { return bytes_read_; }
  void reset() noexcept {
    reads_ = 0;
    bytes_read_ = 0;
  }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override;

  std::vector<std::byte> bytes_;
  mutable std::atomic<std::uint64_t> reads_ = 0;
  mutable std::atomic<std::uint64_t> bytes_read_ = 0;
};

/// A built volume, opened. `source` counts from then on.
struct CountedVolume {
  std::shared_ptr<CountingSource> source;
  ntfs::NtfsVolumePtr volume;

  /// By record number, any generation.
  ntfs::NtfsNode node(std::uint64_t record) const;
  bool has_finding(std::string_view code) const;
};

CountedVolume open_counted(std::vector<std::byte> bytes, const Limits& limits = {});

/// `base` with the bytes at `offset` replaced, without a copy of the rest.
SourcePtr replace_bytes(const SourcePtr& base, std::uint64_t offset, std::vector<std::byte> bytes);

/// `size` bytes that do not pack; `seed` makes other ones.
std::vector<std::byte> pattern(std::size_t size, unsigned seed = 1);

/// `size` bytes in runs of equal ones.
std::vector<std::byte> packable(std::size_t size, unsigned seed = 1);

/// All of a source in one read; in reads of `piece` bytes.
std::vector<std::byte> read_all(const ByteSource& source);
std::vector<std::byte> read_pieces(const ByteSource& source, std::size_t piece);

}  // namespace casement::test
