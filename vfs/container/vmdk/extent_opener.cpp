// SPDX-License-Identifier: Apache-2.0
// Flat, sparse and empty extents behind one interface.
#include "vfs/container/vmdk/extent_opener.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "vfs/container/referenced_file.h"
#include "vfs/container/size_text.h"
#include "vfs/container/vmdk/sparse_source.h"
#include "vfs/container/vmdk/vmdk_layout.h"
#include "vfs/core/checked.h"
#include "vfs/source/slice_source.h"

namespace casement {
namespace {

/// A flat extent whose file was cut short: reads fail where nothing is, and nowhere else.
class ShortFlatExtent final : public ByteSource {
 public:
  ShortFlatExtent(SourcePtr file, std::uint64_t offset, std::uint64_t size)
      : file_(std::move(file)), offset_(offset), size_(size) {}

  std::uint64_t size() const noexcept override { return size_; }
  std::string describe() const override { return file_->describe() + " / extent"; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    return file_->read(offset_ + offset, out);
  }

  SourcePtr file_;
  std::uint64_t offset_;
  std::uint64_t size_;
};

/// Precondition: the product fits; the descriptor was parsed with that check.
std::uint64_t to_bytes(std::uint64_t sectors) noexcept {
  return sectors * vmdk_layout::sector_size;
}

}  // namespace

std::string VmdkExtentOpener::name_extent(const VmdkExtentLine& line) const {
  return fmt::format("extent {} (\"{}\")", count_ + 1, printable_text(line.file));
}

void VmdkExtentOpener::add_zeros(std::uint64_t size) {
  extents_.push_back({size, nullptr, 0});
  size_ += size;
  ++count_;
}

Result<void> VmdkExtentOpener::add_sparse_source(const SourcePtr& source, VmdkSparseExtent extent,
                                                 std::uint64_t size) {
  limits_.max_table_size -= extent.directory.size() * sizeof(std::uint64_t);
  if (grains_.empty()) {
    grains_ = fmt::format("{} grains{}", size_text(extent.grain_size),
                          extent.compressed ? ", compressed" : "");
  }
  VmdkSparseParts parts;
  parts.file = source;
  parts.parent = parent_;
  parts.parent_offset = size_;
  parts.cache = context_.cache;
  parts.table_owner = context_.next_owner();
  parts.grain_owner = context_.next_owner();
  const auto end = checked_add(size_, size);
  if (!end) {
    return fail(Status::corrupt, "VMDK: the extents are larger than 2^64 bytes");
  }
  extents_.push_back(
      {size, std::make_shared<VmdkSparseSource>(std::move(extent), size, std::move(parts)), 0});
  size_ = *end;
  ++count_;
  return {};
}

Result<void> VmdkExtentOpener::add_self(VmdkSparseExtent extent, const VmdkExtentLine* line) {
  const std::uint64_t capacity = extent.capacity;
  const std::uint64_t size = line != nullptr ? to_bytes(line->sectors) : capacity;
  if (size != capacity) {
    disk_.diagnostics.add(Severity::warning, "vmdk-extent-size",
                          fmt::format("{}: the descriptor gives it 0x{:x} bytes, its header 0x{:x}",
                                      file_.name, size, capacity));
  }
  return add_sparse_source(file_.source, std::move(extent), size);
}

Result<void> VmdkExtentOpener::add(const VmdkExtentLine& line) {
  if (line.type == VmdkExtentType::raw_device) {
    return fail(
        Status::unsupported,
        fmt::format("VMDK {}: its data is on a raw device, not in a file", name_extent(line)));
  }
  if (line.no_access) {
    disk_.diagnostics.add(Severity::warning, "vmdk-no-access",
                          fmt::format("{}: {} may not be accessed: it reads as zeros", file_.name,
                                      name_extent(line)));
  }
  if (line.no_access || line.type == VmdkExtentType::zero || line.sectors == 0) {
    add_zeros(to_bytes(line.sectors));
    return {};
  }
  return (line.type == VmdkExtentType::flat ? add_flat(line) : add_sparse(line)).with_context([&] {
    return fmt::format("VMDK {}", name_extent(line));
  });
}

Result<void> VmdkExtentOpener::add_flat(const VmdkExtentLine& line) {
  ReferencedFile found = CASEMENT_TRY(find_referenced(file_.folder, line.file, "extent file"));
  disk_.other_files.push_back(found.path);
  const std::uint64_t offset = to_bytes(line.file_offset);
  const std::uint64_t size = to_bytes(line.sectors);
  if (!checked_add(offset, size)) {
    return fail(Status::corrupt, fmt::format("offset 0x{:x}: past any file", offset));
  }
  SourceExtent extent{size, found.source, offset};
  if (!in_range(found.source->size(), offset, size)) {
    disk_.diagnostics.add(
        Severity::error, "vmdk-extent-short",
        fmt::format("{}: {} should have 0x{:x} bytes from 0x{:x}, and ends at 0x{:x}", file_.name,
                    name_extent(line), size, offset, found.source->size()));
    extent = {size, std::make_shared<ShortFlatExtent>(std::move(found.source), offset, size), 0};
  }
  extents_.push_back(std::move(extent));
  size_ += size;
  ++count_;
  return {};
}

Result<void> VmdkExtentOpener::add_sparse(const VmdkExtentLine& line) {
  ReferencedFile found = CASEMENT_TRY(find_referenced(file_.folder, line.file, "extent file"));
  disk_.other_files.push_back(found.path);
  auto extent = CASEMENT_TRY(VmdkSparseExtent::read(*found.source, limits_, disk_.diagnostics));
  if (!extent) {
    return fail(Status::bad_format, fmt::format("{}: not a sparse extent: it begins with no magic "
                                                "that is known",
                                                found.path));
  }
  const std::uint64_t size = to_bytes(line.sectors);
  if (extent->capacity != size) {
    disk_.diagnostics.add(
        Severity::warning, "vmdk-extent-size",
        fmt::format("{}: {}: the descriptor gives it 0x{:x} bytes, its header 0x{:x}", file_.name,
                    name_extent(line), size, extent->capacity));
  }
  return add_sparse_source(found.source, *std::move(extent), size);
}

Result<SourcePtr> VmdkExtentOpener::finish() {
  if (extents_.size() == 1 && extents_.front().source && extents_.front().offset == 0 &&
      extents_.front().source->size() == extents_.front().length) {
    return extents_.front().source;
  }
  return make_extent_source(std::move(extents_), file_.source->describe() + " / disk");
}

}  // namespace casement
