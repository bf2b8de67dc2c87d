// SPDX-License-Identifier: Apache-2.0
// Errors in place of bytes.
#include "vfs/source/lost_extent.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

namespace casement {
namespace {

class LostSource final : public ByteSource {
 public:
  LostSource(std::uint64_t size, Error error, std::string name)
      : size_(size), error_(std::move(error)), name_(std::move(name)) {}

  std::uint64_t size() const noexcept override { return size_; }
  std::string describe() const override { return name_; }

 private:
  Result<void> do_read(std::uint64_t /*offset*/, MutableBytes out) const override {
    if (out.empty()) {
      return {};
    }
    return std::unexpected(Error(error_).context(fmt::format("{}: bytes are lost", name_)));
  }

  std::uint64_t size_;
  Error error_;
  std::string name_;
};

}  // namespace

SourceExtent lost_extent(std::uint64_t length, Error error, std::string name) {
  return {length, std::make_shared<LostSource>(length, std::move(error), std::move(name)), 0};
}

}  // namespace casement
