// SPDX-License-Identifier: Apache-2.0
// Sources and targets for tests of deltas.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "fixtures/build/delta_builder.h"
#include "vfs/core/bytes.h"

namespace casement::test {

/// More than the targets of tests have.
inline constexpr std::uint64_t test_limit = std::uint64_t{1} << 20U;

inline Bytes bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

/// Bytes without any pattern, the same at each call.
inline std::vector<std::byte> noise(std::size_t size, std::uint32_t seed = 1) {
  std::vector<std::byte> bytes(size);
  for (std::byte& byte : bytes) {
    seed = seed * 1664525U + 1013904223U;
    byte = static_cast<std::byte>(seed >> 24U);
  }
  return bytes;
}

inline constexpr std::string_view base_xml =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<assembly manifestVersion=\"1.0\">\r\n"
    "  <assemblyIdentity name=\"Base\" version=\"1.0.0.0\" processorArchitecture=\"x86\" />\r\n"
    "</assembly>";
inline constexpr std::string_view target_xml =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<assembly manifestVersion=\"1.0\">\r\n"
    "  <assemblyIdentity name=\"Case.Case.Case\" version=\"10.0.1.1\" "
    "processorArchitecture=\"amd64\" />\r\n  <file name=\"case.dll\" />\r\n"
    "  <file name=\"base.dll\" />\r\n</assembly>";

/// A small delta with literals, and matches in source and target.
inline std::vector<std::byte> small_delta(const fixture::DeltaOptions& options = {}) {
  return fixture::build_delta_between(bytes_of(base_xml), bytes_of(target_xml), options);
}

/// Complete codes with codewords of 1 to 16 bits; in each of them `first` has the shortest.
inline fixture::DeltaCodeLengths uneven_lengths(std::size_t first) {
  struct Part {
    std::size_t count;
    unsigned bits;
  };
  fixture::DeltaCodeLengths lengths = {};
  const auto fill = [&](std::size_t begin, std::size_t size, std::size_t ones,
                        const std::vector<Part>& parts) {
    std::size_t at = 0;
    const auto give = [&](unsigned bits) {
      lengths[begin + (first + at) % size] = static_cast<std::uint8_t>(bits);
      ++at;
    };
    for (unsigned bits = 1; bits <= ones; ++bits) {
      give(bits);
    }
    for (const Part& part : parts) {
      for (std::size_t i = 0; i < part.count; ++i) {
        give(part.bits);
      }
    }
  };
  fill(0, 600, 6, {{430, 15}, {164, 16}});
  fill(600, 256, 7, {{80, 14}, {23, 15}, {146, 16}});
  fill(856, 16, 15, {{1, 15}});
  return lengths;
}

}  // namespace casement::test
