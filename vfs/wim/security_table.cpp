// SPDX-License-Identifier: Apache-2.0
// Finding descriptors by their sizes.
#include "vfs/wim/security_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/wim/dentry.h"
#include "vfs/wim/metadata_layout.h"

namespace casement::wim {
namespace {

namespace layout = metadata_layout;

/// The header, two identifiers of 68 bytes at most, and two lists whose length has 16 bits.
constexpr std::uint64_t max_descriptor_size = 20 + 2 * 68 + 2 * 0x1'0000;

}  // namespace

SecurityTable::SecurityTable(SourcePtr metadata, const Limits& limits) noexcept
    : metadata_(std::move(metadata)), max_table_size_(limits.max_table_size) {}

SecurityTable::SecurityTable(SecurityTable&& other) noexcept
    : metadata_(std::move(other.metadata_)),
      max_table_size_(other.max_table_size_),
      end_(other.end_),
      count_(other.count_),
      offsets_(std::move(other.offsets_)) {}

Result<SecurityTable> SecurityTable::open(SourcePtr metadata, const Limits& limits) {
  std::array<std::byte, sizeof(layout::SecurityHeader)> raw{};
  CASEMENT_TRY(metadata->read(0, raw));
  const auto header = CASEMENT_TRY(load<layout::SecurityHeader>(raw, 0, "security data"));
  SecurityTable table(std::move(metadata), limits);
  table.count_ = header.count.value();
  table.end_ = std::max<std::uint64_t>(align_up(header.total_length.value()), sizeof(header));
  if (table.end_ >= table.metadata_->size()) {
    return fail(Status::corrupt, fmt::format("security data of {} bytes in {} bytes of metadata",
                                             table.end_, table.metadata_->size()));
  }
  return table;
}

Result<void> SecurityTable::read_offsets() const {
  constexpr std::uint64_t entry_size = sizeof(le64);
  constexpr std::uint64_t sizes_begin = sizeof(layout::SecurityHeader);
  const std::uint64_t sizes_size = std::uint64_t{count_} * entry_size;
  if (!in_range(end_, sizes_begin, sizes_size)) {
    return fail(Status::corrupt,
                fmt::format("security data of {} bytes cannot have {} descriptors", end_, count_));
  }
  if (sizes_size > max_table_size_) {
    return fail(Status::limit_exceeded, fmt::format("{} security descriptors", count_));
  }
  std::vector<std::byte> sizes(static_cast<std::size_t>(sizes_size));
  CASEMENT_TRY(metadata_->read(sizes_begin, sizes));
  std::vector<std::uint32_t> offsets;
  offsets.reserve(std::size_t{count_} + 1);
  std::uint64_t offset = sizes_begin + sizes_size;
  offsets.push_back(static_cast<std::uint32_t>(offset));
  for (std::size_t i = 0; i < count_; ++i) {
    const auto size = get_le<std::uint64_t>(sizes, i * entry_size);
    if (!in_range(end_, offset, size)) {
      break;  // find() reports it
    }
    offset += size;
    offsets.push_back(static_cast<std::uint32_t>(offset));
  }
  offsets_ = std::move(offsets);
  return {};
}

Result<std::vector<std::byte>> SecurityTable::find(std::int32_t id) const {
  if (id == layout::no_security) {
    return std::vector<std::byte>();
  }
  const auto index = static_cast<std::uint32_t>(id);  // of another negative one: a great number
  if (index >= count_) {
    return fail(Status::corrupt,
                fmt::format("security id {}: there are {} descriptors", id, count_));
  }
  std::uint64_t begin = 0;
  std::uint64_t size = 0;
  {
    const std::scoped_lock lock(mutex_);
    if (offsets_.empty()) {
      CASEMENT_TRY(read_offsets());
    }
    if (index + std::size_t{1} >= offsets_.size()) {
      return fail(Status::corrupt,
                  fmt::format("security descriptor {} is not inside the {} bytes of security data",
                              id, end_));
    }
    begin = offsets_[index];
    size = offsets_[index + std::size_t{1}] - begin;
  }
  if (size > max_descriptor_size) {
    return fail(Status::limit_exceeded,
                fmt::format("security descriptor {} of {} bytes, at most {} are read", id, size,
                            max_descriptor_size));
  }
  std::vector<std::byte> descriptor(static_cast<std::size_t>(size));
  CASEMENT_TRY(metadata_->read(begin, descriptor));
  return descriptor;
}

}  // namespace casement::wim
