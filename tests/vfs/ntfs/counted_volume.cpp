// SPDX-License-Identifier: Apache-2.0
// Opening, and contents that are easily told apart.
#include "tests/vfs/ntfs/counted_volume.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstring>

#include "tests/support/matchers.h"
#include "vfs/source/extent_source.h"
#include "vfs/source/memory_source.h"

namespace casement::test {

Result<void> CountingSource::do_read(std::uint64_t offset, MutableBytes out) const {
  ++reads_;
  bytes_read_ += out.size();
  std::memcpy(out.data(), bytes_.data() + offset, out.size());
  return {};
}

ntfs::NtfsNode CountedVolume::node(std::uint64_t record) const {
  return must(ntfs::NtfsNode::read(volume, {record}));
}

bool CountedVolume::has_finding(std::string_view code) const {
  const Diagnostics findings = volume->findings().snapshot();
  return std::ranges::any_of(findings.items(),
                             [&](const Diagnostic& item) { return item.code == code; });
}

CountedVolume open_counted(std::vector<std::byte> bytes, const Limits& limits) {
  auto source = std::make_shared<CountingSource>(std::move(bytes));
  ntfs::NtfsVolumePtr volume = must(ntfs::NtfsVolume::open(source, limits));
  source->reset();
  return {.source = std::move(source), .volume = std::move(volume)};
}

SourcePtr replace_bytes(const SourcePtr& base, std::uint64_t offset, std::vector<std::byte> bytes) {
  const std::uint64_t end = offset + bytes.size();
  const std::uint64_t length = bytes.size();
  return must(make_extent_source({{offset, base, 0},
                                  {length, make_memory_source(std::move(bytes), "damage"), 0},
                                  {base->size() - end, base, end}},
                                 "volume"));
}

std::vector<std::byte> pattern(std::size_t size, unsigned seed) {
  std::vector<std::byte> bytes(size);
  std::uint32_t state = seed;
  for (std::byte& b : bytes) {
    state = state * 1'664'525 + 1'013'904'223;
    b = static_cast<std::byte>(state >> 24);
  }
  return bytes;
}

std::vector<std::byte> packable(std::size_t size, unsigned seed) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>((i / 100 + seed) & 0xFF);
  }
  return bytes;
}

std::vector<std::byte> read_all(const ByteSource& source) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(source.size()));
  BOOST_TEST(is_ok(source.read(0, bytes)));
  return bytes;
}

std::vector<std::byte> read_pieces(const ByteSource& source, std::size_t piece) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(source.size()));
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const std::size_t count = std::min(piece, bytes.size() - at);
    BOOST_REQUIRE(is_ok(source.read(at, std::span(bytes).subspan(at, count))));
  }
  return bytes;
}

}  // namespace casement::test
