// SPDX-License-Identifier: Apache-2.0
// Texts that are the same each time, and a reader of Go string literals.
#include "tests/vfs/codec/codec_support.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <charconv>

namespace casement::test {
namespace {

std::uint32_t next(std::uint32_t& state) {
  state = state * 1664525U + 1013904223U;
  return state >> 8U;
}

char unescaped(char c) {
  constexpr std::string_view names = "abfnrtv\\\"'";
  constexpr std::string_view values = "\a\b\f\n\r\t\v\\\"'";
  const std::size_t at = names.find(c);
  BOOST_REQUIRE_NE(at, std::string_view::npos);
  return values[at];
}

/// The next quoted string of `text` from `position` on, which moves behind it.
std::string go_string(std::string_view text, std::size_t& position) {
  std::string value;
  for (position = text.find('"', position) + 1; text.at(position) != '"'; ++position) {
    if (text[position] != '\\') {
      value.push_back(text[position]);
    } else if (text.at(++position) == 'x') {
      unsigned code = 0;
      std::from_chars(&text.at(position + 1), &text.at(position + 3), code, 16);
      value.push_back(static_cast<char>(code));
      position += 2;
    } else {
      value.push_back(unescaped(text[position]));
    }
  }
  ++position;
  return value;
}

}  // namespace

Plain to_bytes(std::initializer_list<unsigned> values) {
  Plain bytes;
  for (const unsigned value : values) {
    bytes.push_back(static_cast<std::byte>(value));
  }
  return bytes;
}

Plain to_bytes(std::string_view text) {
  Plain bytes;
  for (const char c : text) {
    bytes.push_back(static_cast<std::byte>(c));
  }
  return bytes;
}

Plain plain_bytes(std::size_t size) {
  Plain out(size);
  for (std::size_t i = 0; i < size; ++i) {
    out[i] =
        static_cast<std::byte>("the quick brown fox "[i % 20] + static_cast<char>(i / 512 % 4));
  }
  return out;
}

Plain mixed_text(std::size_t size, std::uint32_t seed) {
  constexpr std::array<std::string_view, 6> words = {"volume ", "record", "\\Windows\\System32\\",
                                                     "a",       "0000",   "index allocation "};
  Plain bytes;
  std::uint32_t state = seed;
  while (bytes.size() < size) {
    const std::uint32_t choice = next(state) % 16;
    if (choice == 0) {
      bytes.insert(bytes.end(), next(state) % 300, std::byte{0});
    } else if (choice < 4) {
      bytes.push_back(static_cast<std::byte>(next(state)));
    } else {
      const Plain word = to_bytes(words.at(next(state) % words.size()));
      bytes.insert(bytes.end(), word.begin(), word.end());
    }
  }
  bytes.resize(size);
  return bytes;
}

Plain noise(std::size_t size, std::uint32_t seed) {
  Plain bytes(size);
  std::uint32_t state = seed;
  for (std::byte& byte : bytes) {
    byte = static_cast<std::byte>(next(state) >> 4U);
  }
  return bytes;
}

std::uint64_t fnv1a(const Plain& bytes) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const std::byte byte : bytes) {
    hash = (hash ^ static_cast<std::uint64_t>(byte)) * 0x100000001B3;
  }
  return hash;
}

std::vector<Vector> parse_go_vectors(std::string_view text) {
  std::vector<Vector> vectors;
  std::size_t position = 0;
  while (text.find('{', position) != std::string_view::npos) {
    Vector vector;
    vector.name = go_string(text, position);
    vector.packed = to_bytes(go_string(text, position));
    vector.plain = to_bytes(go_string(text, position));
    vectors.push_back(std::move(vector));
    position = text.find('}', position);
  }
  return vectors;
}

}  // namespace casement::test
