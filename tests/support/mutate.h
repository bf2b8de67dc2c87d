// SPDX-License-Identifier: Apache-2.0
// Damaging a valid image in one known way.
#pragma once

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <vector>

#include "vfs/core/error.h"

namespace casement::test {

/// One row of a mutation table: the bytes at `offset` become `bytes`, and opening gives `expected`.
struct Mutation {
  const char* name;
  std::size_t offset;
  std::vector<std::uint8_t> bytes;
  Status expected;
};

inline std::ostream& operator<<(std::ostream& out, const Mutation& mutation) {
  return out << mutation.name;
}

/// Precondition (checked): the mutation lies inside and changes something.
inline std::vector<std::byte> mutate(std::vector<std::byte> image, std::size_t offset,
                                     std::span<const std::uint8_t> bytes) {
  BOOST_REQUIRE_LE(offset + bytes.size(), image.size());
  bool changed = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto value = static_cast<std::byte>(bytes[i]);
    changed = changed || image[offset + i] != value;
    image[offset + i] = value;
  }
  BOOST_REQUIRE_MESSAGE(changed, "the mutation at " << offset << " changes nothing");
  return image;
}

/// The first `size` bytes.
inline std::vector<std::byte> prefix(std::span<const std::byte> image, std::size_t size) {
  return {image.begin(), image.begin() + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace casement::test
