// SPDX-License-Identifier: Apache-2.0
// One digest at a time, from the end of the header to the end of the blob table.
#include "vfs/wim/verify_integrity.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace casement::wim {
namespace {

/// Bytes that are read at once between resources.
constexpr std::uint64_t gap_read_size = 1U << 20;

}  // namespace

IntegrityCheck::IntegrityCheck(const WimPart& part, IntegrityTable table, VerifyLog& log)
    : part_(part), table_(std::move(table)), log_(log), position_(table_.begin) {}

std::uint64_t IntegrityCheck::chunk_end() const noexcept {
  const std::uint64_t start = table_.begin + chunk_ * table_.chunk_size;
  return start + std::min<std::uint64_t>(table_.chunk_size, table_.end - start);
}

void IntegrityCheck::feed(std::uint64_t offset, Bytes bytes) {
  if (offset > position_) {
    read_until(std::min(offset, table_.end));
    if (position_ < std::min(offset, table_.end)) {
      return;  // stopped
    }
  }
  const std::uint64_t end = std::min(offset + bytes.size(), table_.end);
  if (end > position_) {
    add(bytes.subspan(static_cast<std::size_t>(position_ - offset),
                      static_cast<std::size_t>(end - position_)));
  }
}

void IntegrityCheck::finish() {
  read_until(table_.end);
}

void IntegrityCheck::read_until(std::uint64_t end) {
  while (position_ < end && !log_.stopped()) {
    // No further than this chunk: what cannot be read in the next one is not this one's fault.
    const std::uint64_t size = std::min({gap_read_size, end - position_, chunk_end() - position_});
    buffer_.resize(static_cast<std::size_t>(gap_read_size));
    const MutableBytes next = MutableBytes(buffer_).first(static_cast<std::size_t>(size));
    if (part_.source->read(position_, next)) {
      add(next);
      continue;
    }
    unreadable_ = true;
    advance(size);
  }
}

void IntegrityCheck::add(Bytes bytes) {
  while (!bytes.empty()) {
    const auto size =
        static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), chunk_end() - position_));
    if (!unreadable_) {
      digest_.update(bytes.first(size));
    }
    advance(size);
    bytes = bytes.subspan(size);
  }
}

void IntegrityCheck::advance(std::uint64_t size) {
  position_ += size;
  log_.add_done(size);
  if (position_ != chunk_end()) {
    return;
  }
  const std::vector<std::byte> found = digest_.finish();
  const Sha1& expected = table_.digests[static_cast<std::size_t>(chunk_)];
  if (unreadable_ || std::memcmp(found.data(), expected.data(), expected.size()) != 0) {
    const std::uint64_t start = table_.begin + chunk_ * table_.chunk_size;
    log_.add_chunk({.part = part_.number(), .offset = start, .size = position_ - start});
  }
  unreadable_ = false;
  ++chunk_;
}

}  // namespace casement::wim
