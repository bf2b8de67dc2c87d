// SPDX-License-Identifier: Apache-2.0
// The part that is there, and why there is no more.
#include "vfs/archive/partial_source.h"

#include <fmt/format.h>

#include <utility>

namespace casement {
namespace {

class PartialSource final : public ByteSource {
 public:
  PartialSource(SourcePtr begin, std::uint64_t size, Error damage)
      : begin_(std::move(begin)), size_(size), damage_(std::move(damage)) {}

  std::uint64_t size() const noexcept override { return size_; }
  std::string describe() const override { return begin_->describe(); }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    if (in_range(begin_->size(), offset, out.size())) {
      return begin_->read(offset, out);
    }
    return std::unexpected(Error(damage_).context(
        fmt::format("{}: lost from 0x{:x} of 0x{:x} bytes on", describe(), begin_->size(), size_)));
  }

  SourcePtr begin_;
  std::uint64_t size_;
  Error damage_;
};

}  // namespace

SourcePtr make_partial_source(SourcePtr begin, std::uint64_t size, Error damage) {
  return std::make_shared<PartialSource>(std::move(begin), size, std::move(damage));
}

}  // namespace casement
