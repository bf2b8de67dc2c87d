// SPDX-License-Identifier: Apache-2.0
// Damage under a lock, progress without one.
#include "vfs/wim/verify_log.h"

#include <fmt/format.h>

#include <utility>

namespace casement::wim {

void VerifyLog::add_digest(std::uint32_t row, const Sha1& found) {
  const BlobEntry entry = table_.at(row);
  if (entry.hash == found) [[likely]] {
    return;
  }
  add(row, found,
      Error(Status::corrupt,
            fmt::format("its {} bytes have the SHA-1 {}", entry.plain_size(), to_hex(found))));
}

void VerifyLog::add_error(std::uint32_t row, const Error& error) {
  add(row, std::nullopt, error);
}

void VerifyLog::add_chunk(const DamagedChunk& chunk) {
  const std::scoped_lock lock(mutex_);
  chunks_.push_back(chunk);
}

void VerifyLog::add(std::uint32_t row, std::optional<Sha1> found, Error error) {
  const std::scoped_lock lock(mutex_);
  ++damage_count_;
  if (damage_.size() >= max_damage) {
    return;
  }
  const BlobEntry entry = table_.at(row);
  const WimPart* part = parts_.find(entry.part);
  damage_.push_back({.row = row,
                     .found = found,
                     .error = std::move(error).context(fmt::format(
                         "{}: {} {}", part != nullptr ? part->name : "missing part",
                         entry.is_metadata() ? "metadata" : "blob", to_hex(entry.hash)))});
}

}  // namespace casement::wim
