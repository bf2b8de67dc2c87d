// SPDX-License-Identifier: Apache-2.0
// A volume with one file, and that file's main stream opened.
#pragma once

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <utility>
#include <vector>

#include "fixtures/build/ntfs/ntfs_builder.h"
#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/counted_volume.h"
#include "vfs/ntfs/stream.h"

namespace casement::test {

inline constexpr std::uint32_t data_type = 0x80;
inline constexpr std::size_t cluster = 4096;

/// One file "\\f" whose main stream is `data`, and that stream opened.
struct OneStream {
  fixture::BuiltNtfs built;
  CountedVolume opened;
  SourcePtr source;

  explicit OneStream(fixture::NtfsData data, fixture::NtfsOptions options = {}) {
    fixture::NtfsBuilder builder(std::move(options));
    builder.file("\\f", std::move(data));
    built = builder.build_mapped();
    opened = open_counted(built.bytes);
    const ntfs::NtfsNode node = opened.node(built.find("\\f").number);
    source = must(open_attribute(node, *must(node.require(data_type, u""))));
    opened.source->reset();
  }
};

inline std::vector<std::byte> with_zeros_from(std::vector<std::byte> bytes, std::size_t from) {
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(from), bytes.end(), std::byte{0});
  return bytes;
}

/// By large reads and by small ones.
inline void check_content(const OneStream& stream, const std::vector<std::byte>& expected) {
  BOOST_TEST(stream.source->size() == expected.size());
  BOOST_TEST((read_all(*stream.source) == expected));
  BOOST_TEST((read_pieces(*stream.source, 7001) == expected));
}

}  // namespace casement::test
