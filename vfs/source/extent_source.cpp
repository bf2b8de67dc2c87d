// SPDX-License-Identifier: Apache-2.0
// Finding the piece, then reading on until the request is full.
#include "vfs/source/extent_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "vfs/core/checked.h"
#include "vfs/core/zero_fill.h"

namespace casement {
namespace {

class ExtentSource final : public ByteSource {
 public:
  ExtentSource(std::vector<SourceExtent> extents, std::vector<std::uint64_t> starts,
               std::uint64_t size, std::string name)
      : extents_(std::move(extents)),
        starts_(std::move(starts)),
        size_(size),
        name_(std::move(name)) {}

  std::uint64_t size() const noexcept override { return size_; }
  std::string describe() const override { return name_; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    auto piece = static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), offset) -
                                          starts_.begin() - 1);
    while (!out.empty()) {
      const SourceExtent& extent = extents_[piece];
      const std::uint64_t within = offset - starts_[piece];
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), extent.length - within));
      if (extent.source) {
        CASEMENT_TRY(extent.source->read(extent.offset + within, out.first(count)));
      } else {
        zero_fill(out.first(count));
      }
      out = out.subspan(count);
      offset += count;
      ++piece;
    }
    return {};
  }

  std::vector<SourceExtent> extents_;  // none of them empty
  std::vector<std::uint64_t> starts_;
  std::uint64_t size_;
  std::string name_;
};

}  // namespace

Result<SourcePtr> make_extent_source(std::vector<SourceExtent> extents, std::string name) {
  std::erase_if(extents, [](const SourceExtent& extent) { return extent.length == 0; });
  std::vector<std::uint64_t> starts;
  starts.reserve(extents.size());
  std::uint64_t size = 0;
  for (const SourceExtent& extent : extents) {
    if (extent.source && !in_range(extent.source->size(), extent.offset, extent.length)) {
      return fail(Status::truncated,
                  fmt::format("{}: a piece needs 0x{:x} bytes from 0x{:x} of {}, whose size is "
                              "0x{:x}",
                              name, extent.length, extent.offset, extent.source->describe(),
                              extent.source->size()));
    }
    starts.push_back(size);
    const auto sum = checked_add(size, extent.length);
    if (!sum) {
      return fail(Status::limit_exceeded,
                  fmt::format("{}: the pieces are larger than 2^64 bytes", name));
    }
    size = *sum;
  }
  return std::make_shared<ExtentSource>(std::move(extents), std::move(starts), size,
                                        std::move(name));
}

}  // namespace casement
