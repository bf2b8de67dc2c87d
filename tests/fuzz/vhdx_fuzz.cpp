// SPDX-License-Identifier: Apache-2.0
// Changes to built VHDXs: u8 which one (0 clean, 1 with a log, 2 a child; +4: checksums are made
// right again), then changes of u32 offset, u8 length, bytes.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "fixtures/build/disk/vhdx_builder.h"
#include "tests/fuzz/disk_read.h"
#include "vfs/container/vhdx/vhdx_container.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): one target
using fixture::ByteVector;

constexpr std::uint64_t disk_size = 2U << 20;

std::array<ByteVector, 3> make_images() {
  const std::vector<fixture::DiskPiece> pieces = {{4096, ByteVector(12288, std::byte{0x5A})}};
  const auto content = fixture::sparse_disk(disk_size, pieces);
  fixture::VhdxPlan clean;
  clean.block_size = 1U << 20;
  fixture::VhdxPlan dirty = clean;
  dirty.log = fixture::VhdxLogPlan{
      .writes = {{8192, ByteVector(4096, std::byte{0xA5})}, {16384, ByteVector(4096)}},
      .block_table = true,
      .entries = 2};
  fixture::VhdxPlan child = clean;
  child.seed = "child";
  child.parent = fixture::VhdxParentPlan{.data_write_id = vhdx_data_write_id(clean),
                                         .relative_path = ".\\parent.vhdx"};
  return {build_vhdx(content, clean), build_vhdx(content, dirty), build_vhdx(content, child)};
}

/// An image that is changed in place and put right again: 6 MiB are not copied for every input.
class Workpiece {
 public:
  explicit Workpiece(const ByteVector& original) : original_(original), bytes_(original) {}

  Bytes bytes() const noexcept { return bytes_; }

  void change(std::uint64_t offset, Bytes bytes) {
    offset %= bytes_.size();
    bytes = bytes.first(std::min(bytes.size(), bytes_.size() - offset));
    std::ranges::copy(bytes, bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
    changes_.emplace_back(offset, bytes.size());
  }

  void mend() {
    fixture::fix_vhdx_checksums(bytes_);
    constexpr std::uint64_t region_tables_end = 320U << 10;
    changes_.emplace_back(0, region_tables_end);
    changes_.emplace_back(fixture::vhdx_log, 1U << 20);
  }

  void restore() {
    for (const auto& [offset, size] : changes_) {
      std::ranges::copy(std::span(original_).subspan(offset, size),
                        bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
    }
    changes_.clear();
  }

 private:
  const ByteVector& original_;
  ByteVector bytes_;
  std::vector<std::pair<std::uint64_t, std::size_t>> changes_;
};

/// Bytes that somebody else owns.
class ViewSource final : public ByteSource {
 public:
  explicit ViewSource(Bytes bytes) : bytes_(bytes) {}
  std::uint64_t size() const noexcept override { return bytes_.size(); }
  std::string describe() const override { return "fuzz"; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    std::ranges::copy(bytes_.subspan(offset, out.size()), out.begin());
    return {};
  }

  Bytes bytes_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::array<ByteVector, 3> images = make_images();
  static std::array<Workpiece, 3> workpieces = {Workpiece(images[0]), Workpiece(images[1]),
                                                Workpiece(images[2])};
  static const SourcePtr parent = std::make_shared<ViewSource>(images[0]);
  if (size == 0) {
    return 0;
  }
  Workpiece& image = workpieces.at(data[0] % 4U % workpieces.size());
  Cursor changes(std::as_bytes(std::span(data, size)).subspan(1), 0);
  while (changes.remaining() > 5) {
    const std::uint64_t offset = changes.u32();
    const std::uint64_t length = changes.u8();
    image.change(offset, changes.bytes(std::min(length, changes.remaining())));
  }
  if ((data[0] & 4U) != 0) {
    image.mend();
  }
  fuzz::open_and_read(std::make_shared<ViewSource>(image.bytes()), parent, open_vhdx);
  image.restore();
  return 0;
}
