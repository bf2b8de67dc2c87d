// SPDX-License-Identifier: Apache-2.0
// Symbols of one fixed code, and what both decoders say of them.
#include "tests/vfs/codec/lzx_stream.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"

namespace casement::test {

BlockCodes::BlockCodes() {
  for (const std::size_t symbol :
       {std::size_t{'a'}, std::size_t{'b'}, std::size_t{0xE8}, std::size_t{0}, match(0, 2),
        match(0, 9), match(1, 3), match(2, 3), match(3, 2), match(4, 3), match(5, 8), match(8, 4),
        match(8, 9), match(9, 2), match(20, 2), match(29, 2)}) {
    main[symbol] = 4;
  }
  length[0] = length[1] = length[100] = length[248] = 2;
}

void BlockCodes::put(BitWriter& out) const {
  out.put_lzx_lengths(std::span(main).first(256));
  out.put_lzx_lengths(std::span(main).subspan(256));
  out.put_lzx_lengths(length);
}

Block::Block(std::uint32_t size, std::uint32_t type) {
  out.put_lzx_block(type, size);
  if (type == 2) {
    for (const unsigned length : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 7U}) {
      out.put(3, length);
    }
  }
  codes.put(out);
}

Block& Block::symbol(std::size_t symbol) {
  out.put_symbol(codes.main, symbol);
  return *this;
}
Block& Block::text(std::string_view text) {
  for (const char c : text) {
    symbol(static_cast<std::size_t>(c));
  }
  return *this;
}
Block& Block::length(std::size_t symbol) {
  out.put_symbol(codes.length, symbol);
  return *this;
}
Block& Block::bits(unsigned bits, std::uint32_t value) {
  out.put(bits, value);
  return *this;
}

void put_uncompressed(BitWriter& out, std::uint32_t size, std::array<std::uint32_t, 3> offsets,
                      const Plain& bytes) {
  out.put_lzx_block(3, size);
  if (out.bits_in_unit() == 0) {
    out.put(16, 0xFFFF);  // a whole unit is passed over
  }
  out.align();
  for (const std::uint32_t offset : offsets) {
    out.put_le32(offset);
  }
  out.put_bytes(bytes);
}

const Judge& lzx_judge() {
  static const Judge instance({WimCompression::lzx, 32768});
  return instance;
}

void gives(const BitWriter& out, std::string_view expected) {
  const Plain in = out.bytes();
  BOOST_TEST(lzx_judge().agree(in, expected.size()));
  const Result<Plain> decoded = lzx_judge().own(in, expected.size());
  BOOST_TEST((decoded && *decoded == to_bytes(expected)));
}

void refused(const BitWriter& out, std::size_t size, const char* why) {
  const Plain in = out.bytes();
  BOOST_TEST(!lzx_judge().agree(in, size));
  const Result<Plain> decoded = lzx_judge().own(in, size);
  BOOST_TEST(is_status(decoded, Status::corrupt));
  BOOST_TEST(mentions(decoded.error().message(), {why}));
}

}  // namespace casement::test
