// SPDX-License-Identifier: Apache-2.0
// Comparing disks, and running other people's tools.
#include "tests/vfs/container/disk_support.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <utility>

#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "vfs/source/file_source.h"

namespace casement::test {
namespace {

class HostFolder final : public ImageFolder {
 public:
  explicit HostFolder(std::string path) : path_(std::move(path)) {}

  Result<SourcePtr> find(std::string_view relative) const override {
    auto source = open_file_source(*host_path(relative));
    if (!source && source.error().status() == Status::not_found) {
      return nullptr;
    }
    return source;
  }
  ImageFolderPtr folder_of(std::string_view /*relative*/) const override {
    return std::make_shared<HostFolder>(path_);
  }
  std::string describe() const override { return path_; }
  std::optional<std::string> host_path(std::string_view relative) const override {
    return path_ + "/" + std::string(relative);
  }

 private:
  std::string path_;
};

constexpr std::size_t megabyte = std::size_t{1} << 20;

}  // namespace

ByteVector pattern(std::size_t size, std::uint32_t seed) {
  ByteVector out(size);
  std::uint32_t state = seed * 2'654'435'761U + 12'345;
  for (std::byte& b : out) {
    state = state * 1'664'525U + 1'013'904'223U;
    b = static_cast<std::byte>((state >> 24) | 1U);
  }
  return out;
}

ByteVector join(const std::vector<ByteVector>& parts) {
  ByteVector out;
  for (const ByteVector& part : parts) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

ByteVector read_range(const ByteSource& source, std::uint64_t offset, std::size_t size) {
  ByteVector out(size);
  must(source.read(offset, out));
  return out;
}

ByteVector read_all(const ByteSource& source) {
  return read_range(source, 0, static_cast<std::size_t>(source.size()));
}

void check_disk(const ByteSource& disk, const ByteVector& expected) {
  BOOST_REQUIRE_EQUAL(disk.size(), expected.size());
  BOOST_TEST((read_all(disk) == expected), disk.describe() << " differs");
  for (const std::size_t step : {std::size_t{1}, std::size_t{97}, std::size_t{1000}}) {
    // One byte at a time only where something may begin or end.
    const std::size_t stride = step == 1 ? 61 : step;
    for (std::size_t offset = 0; offset < expected.size(); offset += stride) {
      const std::size_t size = std::min(step, expected.size() - offset);
      const ByteVector got = read_range(disk, offset, size);
      const bool same = std::equal(got.begin(), got.end(),
                                   expected.begin() + static_cast<std::ptrdiff_t>(offset));
      BOOST_REQUIRE_MESSAGE(same, disk.describe()
                                      << " differs from " << offset << " on, " << size << " bytes");
    }
  }
}

void touch(const ByteSource& disk) {
  std::array<std::byte, 700> bytes{};
  for (std::uint64_t part = 0; part <= 4; ++part) {
    const std::uint64_t offset = disk.size() / 4 * part;
    const std::uint64_t left = offset < disk.size() ? disk.size() - offset : 0;
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), left));
    (void)disk.read(offset, std::span(bytes).first(size));
  }
}

bool has_finding(const OpenedContainer& disk, const std::string& code) {
  return std::ranges::any_of(disk.diagnostics.items(),
                             [&code](const Diagnostic& finding) { return finding.code == code; });
}

ImageFolderPtr host_folder(const std::string& path) {
  return std::make_shared<HostFolder>(path);
}

void write_to(const ByteSource& disk, const std::string& path) {
  std::ofstream out(path, std::ios::binary);
  for (std::uint64_t offset = 0; offset < disk.size(); offset += megabyte) {
    const auto size =
        static_cast<std::size_t>(std::min<std::uint64_t>(megabyte, disk.size() - offset));
    const ByteVector part = read_range(disk, offset, size);
    out.write(reinterpret_cast<const char*>(part.data()),  // NOLINT: bytes to characters
              static_cast<std::streamsize>(part.size()));
  }
  BOOST_REQUIRE(out.flush().good());
}

std::string md5_of(const ByteSource& disk) {
  const TempDir dir;
  const std::string path = dir.file("disk.raw");
  write_to(disk, path);
  return output_of("md5sum " + path).substr(0, 32);
}

void check_same_as_file(const ByteSource& disk, const std::string& path) {
  const SourcePtr expected = must(open_file_source(path));
  BOOST_REQUIRE_EQUAL(disk.size(), expected->size());
  for (std::uint64_t offset = 0; offset < disk.size(); offset += megabyte) {
    const auto size =
        static_cast<std::size_t>(std::min<std::uint64_t>(megabyte, disk.size() - offset));
    BOOST_REQUIRE_MESSAGE(read_range(disk, offset, size) == read_range(*expected, offset, size),
                          disk.describe() << " differs from " << path << " after " << offset);
  }
}

}  // namespace casement::test
