// SPDX-License-Identifier: Apache-2.0
// The medium inside a set of EWF segments.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vfs/container/ewf/ewf_handle.h"
#include "vfs/core/byte_source.h"
#include "vfs/source/block_cache.h"

namespace casement {

/// Chunks are kept in the cache: small reads decode each of them once. Thread-safe.
class EwfSource final : public ByteSource {
 public:
  EwfSource(std::unique_ptr<EwfHandle> handle, BlockCachePtr cache, std::uint64_t owner,
            std::string name)
      : handle_(std::move(handle)),
        cache_(std::move(cache)),
        owner_(owner),
        name_(std::move(name)) {}

  std::uint64_t size() const noexcept override { return handle_->facts().media_size; }
  std::string describe() const override { return name_; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override;
  Result<std::vector<std::byte>> read_chunk(std::uint64_t index) const;

  std::unique_ptr<EwfHandle> handle_;
  BlockCachePtr cache_;
  std::uint64_t owner_;
  std::string name_;
};

}  // namespace casement
