// SPDX-License-Identifier: Apache-2.0
// The disk inside a QCOW image.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "vfs/container/piece_reader.h"
#include "vfs/container/qcow2/qcow2_header.h"
#include "vfs/core/byte_source.h"
#include "vfs/source/block_cache.h"

namespace casement {

/// What a disk is put together from.
struct Qcow2Parts {
  SourcePtr file;     // the image: tables and compressed clusters
  SourcePtr data;     // what L2 entries point into: `file`, or an external data file
  SourcePtr backing;  // nullptr: none
  BlockCachePtr cache;
  std::uint64_t table_owner = 0;  // numbers of this disk in the cache
  std::uint64_t cluster_owner = 0;
};

/// Reading a present uncompressed cluster is one read of `data` once its L2 entry is in the cache;
/// clusters that lie one after another become one read. Thread-safe.
class Qcow2Source final : public ByteSource {
 public:
  /// Reads the L1 table. Precondition: `header` was read from parts.file.
  static Result<SourcePtr> open(const Qcow2Header& header, Qcow2Parts parts);

  std::uint64_t size() const noexcept override { return header_.size; }
  std::string describe() const override { return parts_.file->describe() + " / disk"; }

 private:
  struct L2Entry {
    std::uint64_t value = 0;
    std::uint64_t subclusters = 0;  // with extended L2
  };
  /// Where a compressed cluster lies in the file.
  struct CompressedRange {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };

  Qcow2Source(const Qcow2Header& header, Qcow2Parts parts, std::vector<std::uint64_t> l1)
      : header_(header), parts_(std::move(parts)), l1_(std::move(l1)) {}

  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override;
  Result<Piece> find(std::uint64_t offset, std::uint64_t wanted) const;
  Result<L2Entry> read_entry(std::uint64_t table, std::uint64_t index) const;
  Result<Piece> find_plain(const L2Entry& entry, std::uint64_t offset, std::uint64_t length) const;
  Result<Piece> find_subcluster(const L2Entry& entry, std::uint64_t offset,
                                std::uint64_t length) const;
  Result<Piece> find_compressed(std::uint64_t value, std::uint64_t offset,
                                std::uint64_t length) const;
  Piece data_piece(std::uint64_t cluster, std::uint64_t offset, std::uint64_t length) const;
  CompressedRange compressed_range(std::uint64_t value) const noexcept;
  Result<std::vector<std::byte>> decompress(std::uint64_t value) const;
  std::unexpected<Error> corrupt_entry(std::uint64_t value, std::uint64_t offset,
                                       const char* why) const;

  Qcow2Header header_;
  Qcow2Parts parts_;
  std::vector<std::uint64_t> l1_;  // header_.l1_count entries
};

}  // namespace casement
