// SPDX-License-Identifier: Apache-2.0
// Offset arithmetic in one place.
#include "vfs/source/slice_source.h"

#include <fmt/format.h>

#include <utility>

namespace casement {
namespace {

class SliceSource final : public ByteSource {
 public:
  SliceSource(SourcePtr parent, std::uint64_t offset, std::uint64_t length, std::string label)
      : parent_(std::move(parent)), offset_(offset), length_(length), label_(std::move(label)) {}

  std::uint64_t size() const noexcept override { return length_; }
  std::string describe() const override {
    return fmt::format("{} / {}", parent_->describe(), label_);
  }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    return parent_->read(offset_ + offset, out);  // within the parent: checked when made
  }

  SourcePtr parent_;
  std::uint64_t offset_;
  std::uint64_t length_;
  std::string label_;
};

}  // namespace

Result<SourcePtr> make_slice_source(SourcePtr parent, std::uint64_t offset, std::uint64_t length,
                                    std::string label) {
  if (!in_range(parent->size(), offset, length)) {
    return fail(Status::truncated,
                fmt::format("{}: {} at 0x{:x} needs 0x{:x} bytes, but the size is 0x{:x}",
                            parent->describe(), label, offset, length, parent->size()));
  }
  return std::make_shared<SliceSource>(std::move(parent), offset, length, std::move(label));
}

}  // namespace casement
