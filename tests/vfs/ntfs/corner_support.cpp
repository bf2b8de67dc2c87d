// SPDX-License-Identifier: Apache-2.0
// Contents that differ from cluster to cluster, and reading whole streams.
#include "tests/vfs/ntfs/corner_support.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/volume_support.h"

namespace casement::test {

using fixture::ByteVector;

ByteVector corner_content(std::size_t size, unsigned seed) {
  ByteVector bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>('A' + (i / 7 * seed + i / corner_cluster) % 50);
  }
  return bytes;
}

ByteVector corner_noise(std::size_t size) {
  ByteVector bytes(size);
  std::uint32_t state = 99;
  for (std::byte& byte : bytes) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<std::byte>(state >> 24);
  }
  return bytes;
}

ByteVector joined(std::initializer_list<ByteVector> parts) {
  ByteVector all;
  for (const ByteVector& part : parts) {
    fixture::append_bytes(all, part);
  }
  return all;
}

Result<ByteVector> read_path(const FileSystem& volume, std::u16string_view path,
                             std::u16string_view stream) {
  const SourcePtr source = CASEMENT_TRY(volume.open(find_node(volume, path), stream));
  ByteVector bytes(static_cast<std::size_t>(source->size()));
  CASEMENT_TRY(source->read(0, bytes));
  return bytes;
}

bool holds(const FileSystem& volume, std::u16string_view path, const ByteVector& expected) {
  const auto bytes = read_path(volume, path);
  BOOST_TEST(is_ok(bytes));
  return bytes && *bytes == expected;
}

NodeInfo info_of(const FileSystem& volume, std::u16string_view path) {
  return must(volume.stat(find_node(volume, path)));
}

}  // namespace casement::test
