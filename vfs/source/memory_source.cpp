// SPDX-License-Identifier: Apache-2.0
// A vector behind the source interface.
#include "vfs/source/memory_source.h"

#include <cstring>
#include <utility>

namespace casement {
namespace {

class MemorySource final : public ByteSource {
 public:
  MemorySource(std::vector<std::byte> data, std::string name)
      : data_(std::move(data)), name_(std::move(name)) {}

  std::uint64_t size() const noexcept override { return data_.size(); }
  std::string describe() const override { return name_; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    std::memcpy(out.data(), data_.data() + offset, out.size());
    return {};
  }

  std::vector<std::byte> data_;
  std::string name_;
};

}  // namespace

SourcePtr make_memory_source(std::vector<std::byte> data, std::string name) {
  return std::make_shared<MemorySource>(std::move(data), std::move(name));
}

}  // namespace casement
