// SPDX-License-Identifier: Apache-2.0
// Putting aside what is unpacked.
#include "vfs/archive/member_sink.h"

#include <utility>

#include "vfs/archive/partial_source.h"
#include "vfs/core/crc32.h"
#include "vfs/source/memory_source.h"

namespace casement {

Result<std::unique_ptr<MemberSink>> MemberSink::open(std::string name, std::uint64_t size,
                                                     const ArchiveOptions& options) {
  std::unique_ptr<MemberSink> sink(new MemberSink(std::move(name), size));
  if (size > options.max_member_in_memory) {
    sink->spill_ = CASEMENT_TRY(FileSpill::create(options.max_spilled));
  }
  return sink;
}

std::uint64_t MemberSink::size() const noexcept {
  return spill_ ? spill_->size() : memory_.size();
}

Result<void> MemberSink::append(Bytes data) {
  crc_ = crc32(data, crc_);
  if (spill_) {
    return spill_->append(data);
  }
  memory_.insert(memory_.end(), data.begin(), data.end());
  return {};
}

Result<void> MemberSink::append_hole(std::uint64_t length) {
  if (spill_) {
    return spill_->append_hole(length);
  }
  memory_.resize(memory_.size() + length);  // at most the declared size, which is small here
  return {};
}

Result<Unpacked> MemberSink::finish(std::optional<Error> damage) && {
  const std::uint64_t size = this->size();
  Unpacked unpacked;
  if (spill_) {
    unpacked.spilled = spill_->stored();
    unpacked.source = CASEMENT_TRY(std::move(*spill_).finish(std::move(name_)));
  } else {
    unpacked.in_memory = size;
    unpacked.source = make_memory_source(std::move(memory_), std::move(name_));
  }
  if (size < declared_) {
    unpacked.source = make_partial_source(
        std::move(unpacked.source), declared_,
        damage ? *std::move(damage) : Error(Status::truncated, "the member ends early"));
  }
  return unpacked;
}

}  // namespace casement
