// SPDX-License-Identifier: Apache-2.0
// The blobs of a WIM: contents, each stored once and known by its SHA-1.
#pragma once

#include <cstdint>
#include <optional>

#include "vfs/core/byte_source.h"
#include "vfs/core/digest.h"
#include "vfs/core/result.h"

namespace casement::wim {

/// What the blob table says of a blob, without reading it.
struct BlobInfo {
  std::uint64_t size = 0;         // bytes, plain
  std::uint64_t stored_size = 0;  // bytes in the file; of a blob in a solid resource 0: unknown
  std::uint32_t references = 0;   // as the table counts them
  std::uint16_t part = 1;         // the file of a split set that holds it
  bool compressed = false;
  bool solid = false;  // shares a solid resource with other blobs
};

/// Blobs by their SHA-1. const calls are thread-safe.
class BlobStore {
 public:
  BlobStore() = default;
  BlobStore(const BlobStore&) = delete;
  BlobStore& operator=(const BlobStore&) = delete;
  virtual ~BlobStore() = default;

  /// nullopt: no part that is open lists it (a delta WIM leaves blobs of its base out). The hash of
  /// all zeros stands for no bytes and is in no table: callers answer it themselves.
  virtual Result<std::optional<BlobInfo>> find(const Sha1& hash) const = 0;

  /// The plain bytes, decoded as they are read: random access. Keeps its files open. not_found: as
  /// find() would say nullopt; the message names the hash and, when known, the missing part.
  virtual Result<SourcePtr> open(const Sha1& hash) const = 0;
};

}  // namespace casement::wim
