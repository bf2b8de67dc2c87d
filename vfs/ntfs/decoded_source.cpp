// SPDX-License-Identifier: Apache-2.0
// The loop over blocks.
#include "vfs/ntfs/decoded_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>

#include "vfs/core/utf16.h"

namespace casement::ntfs {
namespace {

/// A read of so many blocks is a pass over the stream: its whole blocks would only push others out
/// of the cache.
constexpr std::uint64_t pass_blocks = 4;

}  // namespace

BlockCache::Key cache_key(const AttributeChain& chain, CachedBlock kind,
                          std::uint64_t index) noexcept {
  // Attributes are 8-aligned in records of at most 64 KiB, so offset / 8 fits 16 bits; ids would
  // fit as well, but a damaged record may use one twice.
  const auto place = static_cast<std::uint16_t>(chain.head.offset / 8);
  return {.owner = FileReference::make(chain.holder.record(), place).value,
          .index = index | static_cast<std::uint64_t>(kind) << 60};
}

std::string describe_attribute(const NtfsNode& node, const AttributeChain& chain) {
  std::string text = fmt::format("{} / MFT record {}", node.volume()->source().describe(),
                                 node.reference().record());
  if (!chain.head.raw_name.empty()) {
    text += ":" + to_utf8(chain.head.name());
  }
  return text;
}

DecodedSource::DecodedSource(const NtfsNode& node, const AttributeChain& chain, CachedBlock kind,
                             std::uint32_t block_size, std::uint64_t size)
    : volume_(node.volume()),
      first_key_(cache_key(chain, kind, 0)),
      block_size_(block_size),
      size_(size),
      name_(describe_attribute(node, chain)) {}

std::size_t DecodedSource::plain_size(std::uint64_t index) const noexcept {
  return static_cast<std::size_t>(
      std::min<std::uint64_t>(block_size_, size_ - index * block_size_));
}

Result<BlockPtr> DecodedSource::cached(std::uint64_t index) const {
  const std::size_t size = plain_size(index);
  const auto make = [this, index]() -> Result<std::vector<std::byte>> {
    std::vector<std::byte> block(plain_size(index));
    CASEMENT_TRY(decode(index, block));
    return block;
  };
  // By reference: a std::function of a larger object would be allocated.
  BlockPtr block = CASEMENT_TRY(volume_->cache().get(
      {.owner = first_key_.owner, .index = first_key_.index | index}, std::cref(make)));
  if (block->size() != size) {
    // Two damaged files can claim the same attribute with different sizes.
    return fail(Status::corrupt, fmt::format("{}: block {} is {} bytes, expected {}", name_, index,
                                             block->size(), size));
  }
  return block;
}

Result<void> DecodedSource::do_read(std::uint64_t offset, MutableBytes out) const {
  const bool pass = out.size() >= pass_blocks * block_size_;
  while (!out.empty()) {
    std::size_t count = CASEMENT_TRY(read_plain(offset, out));
    if (count == 0) {
      const std::uint64_t index = offset / block_size_;
      const auto within = static_cast<std::size_t>(offset % block_size_);
      const std::size_t plain = plain_size(index);
      count = std::min(out.size(), plain - within);
      if (pass && count == plain) {
        CASEMENT_TRY(decode(index, out.first(count)));
      } else {
        const BlockPtr block = CASEMENT_TRY(cached(index));
        std::memcpy(out.data(), block->data() + within, count);
      }
    }
    out = out.subspan(count);
    offset += count;
  }
  return {};
}

}  // namespace casement::ntfs
