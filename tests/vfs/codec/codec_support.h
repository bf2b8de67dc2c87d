// SPDX-License-Identifier: Apache-2.0
// Plain texts for the codecs, and reading vectors that were published as Go source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace casement::test {

using Plain = std::vector<std::byte>;

Plain to_bytes(std::initializer_list<unsigned> values);
Plain to_bytes(std::string_view text);

/// Words that repeat, with changes every 512 bytes.
Plain plain_bytes(std::size_t size);

/// `size` bytes that depend on `seed` alone: words that repeat near and far, runs, and noise.
Plain mixed_text(std::size_t size, std::uint32_t seed);

/// `size` bytes that no codec can shrink.
Plain noise(std::size_t size, std::uint32_t seed);

std::uint64_t fnv1a(const Plain& bytes);

struct Vector {
  std::string name;
  Plain packed;
  Plain plain;
};

/// Rows of the form {"name", []byte("packed"), []byte("plain"), true} in Go's syntax.
std::vector<Vector> parse_go_vectors(std::string_view text);

}  // namespace casement::test
