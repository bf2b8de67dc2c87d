// SPDX-License-Identifier: Apache-2.0
// LZX chunks made by hand. libwim has to agree with each.
#include "vfs/codec/lzx_decoder.h"

#include <boost/test/unit_test.hpp>

#include "tests/vfs/codec/lzx_stream.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

BOOST_AUTO_TEST_SUITE(lzx_decoder)

BOOST_AUTO_TEST_CASE(decodes_matches_of_each_kind) {
  gives(Block(6).text("ab").symbol(match(4, 3)).bits(1, 0).text("b").out, "ababab");
  // Offset 1 is there from the start; the match with it may be long.
  gives(Block(60).text("ab").symbol(match(0, 9)).length(1).text(std::string(48, 'a')).out,
        "ab" + std::string(10, 'b') + std::string(48, 'a'));
  // Offsets 2 and 3, then each of them again: recent offset 1 is exchanged, 2 as well.
  gives(Block(15)
            .text("abb")
            .symbol(match(4, 3))
            .bits(1, 1)           // 3: abb
            .symbol(match(3, 2))  // 1: bb
            .symbol(match(1, 3))  // 3: bbb
            .symbol(match(2, 3))  // 1 from the start: bbb
            .text("a")
            .out,
        "abbabbbbbbbbbba");
  gives(Block(300).text("ab").symbol(match(0, 9)).length(248).text(std::string(41, 'a')).out,
        "ab" + std::string(257, 'b') + std::string(41, 'a'));
}

BOOST_AUTO_TEST_CASE(decodes_aligned_offsets) {
  // Slot 8 has offsets 14 to 21: all of their bits are the aligned symbol.
  gives(Block(22, 2).text("abbbbbbbbbbbbb").symbol(match(8, 4)).bits(1, 0).text("aaaa").out,
        "abbbbbbbbbbbbbabbbaaaa");
  gives(Block(20, 2).text("abbbbbbbbbbbbbb").symbol(match(8, 4)).bits(2, 2).text("a").out,
        "abbbbbbbbbbbbbbabbba");
  // Far from the end of the block the fast path does the same.
  gives(Block(120, 2)
            .text("abbbbbbbbbbbbb")
            .symbol(match(8, 4))
            .bits(1, 0)
            .symbol(match(5, 8))
            .bits(1, 0)
            .text(std::string(94, 'a'))
            .out,
        "abbbbbbbbbbbbbabbb"
        "abbb"
        "abbb" +
            std::string(94, 'a'));
}

BOOST_AUTO_TEST_CASE(undoes_the_translation_of_calls) {
  Block block(20);
  block.symbol(0xE8).text(std::string(1, '\0') + std::string(18, '\0'));
  gives(block.out, std::string("\xE8", 1) + std::string(19, '\0'));
  Block later(20);
  later.text("ab").symbol(0xE8).text(std::string(17, '\0'));
  gives(later.out, std::string("ab\xE8\xFE\xFF\xFF\xFF", 7) + std::string(13, '\0'));
}

BOOST_AUTO_TEST_CASE(decodes_uncompressed_blocks_of_odd_size) {
  for (const bool padded : {true, false}) {
    Block block(4);
    block.text("abab");
    put_uncompressed(block.out, 3, {2, 4, 0xFFFFFFFF}, to_bytes(padded ? "xyz." : "xyz"));
    if (padded) {
      // Lengths are those of the first block still; written as differences of 0.
      block.out.put_lzx_block(1, 9);
      for (const std::size_t symbols : {std::size_t{256}, std::size_t{240}, std::size_t{249}}) {
        block.out.put_pre_code();
        for (std::size_t i = 0; i < symbols; ++i) {
          block.out.put_pre_symbol(0);
        }
      }
      block.symbol(match(0, 2)).symbol(match(1, 3)).text("abab");
      gives(block.out, "ababxyzyzyzyabab");
    } else {
      gives(block.out, "ababxyz");
    }
  }
}

BOOST_AUTO_TEST_CASE(passes_a_whole_unit_before_an_uncompressed_block_that_needs_no_alignment) {
  for (std::size_t literals = 1; literals < 20; ++literals) {
    Block block(static_cast<std::uint32_t>(literals));
    block.text(std::string(literals, 'a'));
    put_uncompressed(block.out, 2, {1, 1, 1}, to_bytes("xy"));
    gives(block.out, std::string(literals, 'a') + "xy");
  }
}

BOOST_AUTO_TEST_CASE(refuses_uncompressed_blocks_without_offsets_or_bytes) {
  BitWriter out;
  out.put_lzx_block(3, 4);
  refused(out, 4, "4 bytes and 12 before them");
  out.align();
  out.put_le32(1);
  out.put_le32(1);
  BitWriter zero = out;
  out.put_le32(1);
  out.put_bytes(to_bytes("xyz"));
  refused(out, 4, "4 bytes and 12 before them");
  zero.put_le32(0);
  zero.put_bytes(to_bytes("wxyz"));
  refused(zero, 4, "a recent offset of an uncompressed block is 0");
}

BOOST_AUTO_TEST_CASE(refuses_blocks_of_unknown_type_or_impossible_size) {
  for (const std::uint32_t type : {0U, 4U, 5U, 6U, 7U}) {
    BitWriter out;
    out.put_lzx_block(type, 10);
    refused(out, 10, "has type");
  }
  refused(Block(0).out, 10, "a block has 0 bytes");
  refused(Block(11).text("aaaaaaaaaaa").out, 10, "a block has 11 bytes: 10 are left");
  refused(Block(32768).out, 32767, "a block has 32768 bytes");
  refused(BitWriter(), 10, "type 0");
}

BOOST_AUTO_TEST_CASE(refuses_matches_that_leave_the_chunk_or_their_block) {
  const char* const why = "starts before the chunk or goes beyond its block";
  for (const std::size_t size : {std::size_t{20}, std::size_t{200}}) {  // slow path, fast path
    const auto start = [&] { return Block(static_cast<std::uint32_t>(size)); };
    const std::string rest(size - 4, 'a');
    refused(start().symbol(match(0, 2)).text(rest).out, size, why);
    refused(start().text("a").symbol(match(4, 3)).bits(1, 0).text(rest).out, size, why);
    refused(start().text("aa").symbol(match(9, 2)).bits(3, 0).text(rest).out, size, why);
    refused(start().text("aa").symbol(match(29, 2)).bits(13, 0x1FFF).text(rest).out, size, why);
    refused(start().text("aaa" + rest).symbol(match(0, 2)).out, size, why);
  }
  // Room in the chunk is no room in the block.
  Block block(3);
  block.text("aa").symbol(match(0, 2));
  block.out.put_lzx_block(1, 5);
  refused(block.out, 8, why);
}

BOOST_AUTO_TEST_CASE(refuses_offsets_of_uncompressed_blocks_only_when_they_are_used) {
  for (const bool used : {false, true}) {
    BitWriter out;
    constexpr std::uint32_t far = 0x00200000;  // more than fits into a window
    put_uncompressed(out, 2, {far, far, far}, to_bytes("ab"));
    Block block(100);
    out.put_lzx_block(1, 100);
    block.codes.put(out);
    block.out = out;
    if (used) {
      block.text("a").symbol(match(0, 2)).text(std::string(97, 'a'));
      refused(block.out, 102, "2097151");
    } else {
      block.text(std::string(100, 'a'));
      gives(block.out, "ab" + std::string(100, 'a'));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
