// SPDX-License-Identifier: Apache-2.0
// What the tests of disk image formats have in common.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/container/memory_folder.h"
#include "vfs/container/container.h"

namespace casement::test {

using ByteVector = std::vector<std::byte>;

/// `size` bytes that differ from place to place and from seed to seed; none of them is zero.
ByteVector pattern(std::size_t size, std::uint32_t seed);

/// The parts one after another.
ByteVector join(const std::vector<ByteVector>& parts);

ByteVector read_all(const ByteSource& source);
ByteVector read_range(const ByteSource& source, std::uint64_t offset, std::size_t size);

/// The disk holds exactly these bytes, read at once and in pieces of odd sizes.
void check_disk(const ByteSource& disk, const ByteVector& expected);

/// Reads the first and last bytes of `disk` and some between; what fails is nobody's fault here.
void touch(const ByteSource& disk);

bool has_finding(const OpenedContainer& disk, const std::string& code);

/// A directory of the host.
ImageFolderPtr host_folder(const std::string& path);

/// Writes the whole disk to a host file.
void write_to(const ByteSource& disk, const std::string& path);

/// Of the whole disk, hexadecimal: by md5sum, which every Linux has.
std::string md5_of(const ByteSource& disk);

/// The disk has the bytes of the host file, no more and no less.
void check_same_as_file(const ByteSource& disk, const std::string& path);

/// Counts reads that reach a source.
class CountingSource final : public ByteSource {
 public:
  explicit CountingSource(SourcePtr source) : source_(std::move(source)) {}
  std::uint64_t size() const noexcept override { return source_->size(); }
  std::string describe() const override { return source_->describe(); }
  std::size_t reads() const noexcept { return reads_; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    ++reads_;
    return source_->read(offset, out);
  }

  SourcePtr source_;
  mutable std::size_t reads_ = 0;
};

}  // namespace casement::test
