// SPDX-License-Identifier: Apache-2.0
// One decompressor of libwim for each judge; a compressor for each chunk.
#include "tests/vfs/codec/wim_peer.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <random>

#include "tests/support/matchers.h"

namespace casement::test {
namespace {

wimlib_compression_type type_of(WimCompression compression) {
  return compression == WimCompression::xpress ? WIMLIB_COMPRESSION_TYPE_XPRESS
         : compression == WimCompression::lzx  ? WIMLIB_COMPRESSION_TYPE_LZX
                                               : WIMLIB_COMPRESSION_TYPE_LZMS;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const ChunkFormat& format) {
  constexpr std::array names = {"XPRESS", "LZX", "LZMS"};
  return out << names.at(static_cast<std::size_t>(format.compression)) << " " << format.chunk_size;
}

std::optional<Plain> pack(const ChunkFormat& format, const Plain& plain, unsigned level) {
  wimlib_compressor* compressor = nullptr;
  BOOST_REQUIRE_EQUAL(
      wimlib_create_compressor(type_of(format.compression), format.chunk_size, level, &compressor),
      0);
  Plain packed(plain.size());
  const std::size_t size =
      wimlib_compress(plain.data(), plain.size(), packed.data(), packed.size() - 1, compressor);
  wimlib_free_compressor(compressor);
  if (size == 0) {
    return std::nullopt;
  }
  packed.resize(size);
  packed.shrink_to_fit();  // so that sanitizers see reads behind it
  return packed;
}

Judge::Judge(const ChunkFormat& format)
    : codec_(must(WimCodec::create(format.compression, format.chunk_size))) {
  wimlib_decompressor* made = nullptr;
  BOOST_REQUIRE_EQUAL(
      wimlib_create_decompressor(type_of(format.compression), format.chunk_size, &made), 0);
  peer_.reset(made);
}

std::optional<Plain> Judge::peer(std::span<const std::byte> in, std::size_t plain_size) const {
  Plain out(plain_size);
  if (wimlib_decompress(in.data(), in.size(), out.data(), out.size(), peer_.get()) != 0) {
    return std::nullopt;
  }
  return out;
}

Result<Plain> Judge::own(std::span<const std::byte> in, std::size_t plain_size) const {
  Plain out(plain_size, std::byte{0xEE});
  CASEMENT_TRY(codec_->decompress(in, out));
  return out;
}

bool Judge::agree(std::span<const std::byte> in, std::size_t plain_size) const {
  const std::optional<Plain> expected = peer(in, plain_size);
  const Result<Plain> decoded = own(in, plain_size);
  if (!decoded && decoded.error().message().find("a run of") != std::string::npos) {
    return false;
  }
  BOOST_TEST(decoded.has_value() == expected.has_value(),
             "libwim " << (expected ? "accepts" : "refuses") << " "
                       << (decoded ? std::string("the chunk") : decoded.error().message()));
  if (!expected || !decoded) {
    return false;
  }
  BOOST_TEST((*decoded == *expected), "other bytes than libwim's");
  return true;
}

Plain code_like(std::size_t size, std::uint32_t seed) {
  std::mt19937 random(seed);
  Plain code;
  while (code.size() < size) {
    const auto number = static_cast<std::uint32_t>(random());
    if (number % 8 == 0) {  // a call of one of 16 functions
      const std::uint32_t target = (number >> 8U) % 16 * 977;
      const auto relative = static_cast<std::uint32_t>(target - code.size() - 5);
      code.push_back(std::byte{0xE8});
      for (unsigned i = 0; i < 4; ++i) {
        code.push_back(static_cast<std::byte>(relative >> (8 * i)));
      }
    } else {
      constexpr std::array<std::uint8_t, 12> opcodes = {0x48, 0x8B, 0x89, 0x0F, 0xFF, 0x83,
                                                        0xC0, 0x74, 0x24, 0x00, 0xE8, 0xCC};
      code.push_back(static_cast<std::byte>(opcodes.at((number >> 4U) % opcodes.size())));
      code.push_back(static_cast<std::byte>((number >> 20U) % 24));
    }
  }
  code.resize(size);
  return code;
}

}  // namespace casement::test
