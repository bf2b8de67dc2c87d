// SPDX-License-Identifier: Apache-2.0
// Good and bad codes of LZX blocks. libwim has to agree but for runs of lengths.
#include "vfs/codec/lzx_codes.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/codec/lzx_stream.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

BOOST_AUTO_TEST_SUITE(lzx_codes)

BOOST_AUTO_TEST_CASE(refuses_codes_that_are_not_complete) {
  for (const std::uint8_t length : {std::uint8_t{2}, std::uint8_t{5}}) {  // too many, too few
    BlockCodes codes;
    codes.main['a'] = length;
    BitWriter main;
    main.put_lzx_block(1, 10);
    codes.put(main);
    refused(main, 10, "main code");

    codes = BlockCodes();
    codes.length[0] = length == 2 ? std::uint8_t{1} : std::uint8_t{3};
    BitWriter lengths;
    lengths.put_lzx_block(1, 10);
    codes.put(lengths);
    refused(lengths, 10, "length code");

    BitWriter aligned;
    aligned.put_lzx_block(2, 10);
    for (int i = 0; i < 8; ++i) {
      aligned.put(3, length);
    }
    refused(aligned, 10, "aligned offset code");

    BitWriter pre;
    pre.put_lzx_block(1, 10);
    for (int i = 0; i < 20; ++i) {
      pre.put(4, length == 2 ? 4 : 5);
    }
    refused(pre, 10, "no complete prefix code");
  }
}

BOOST_AUTO_TEST_CASE(reads_zeros_for_no_bits_from_empty_codes) {
  BitWriter zeros;
  zeros.put_lzx_block(1, 300);
  gives(zeros, std::string(300, '\0'));  // all lengths of all codes are read as 0

  // Of a length code without codewords all long matches have 9 bytes; of an aligned one, offsets
  // end with 0.
  for (const std::size_t tail : {std::size_t{5}, std::size_t{100}}) {
    Block block(static_cast<std::uint32_t>(14 + 9 + 4 + tail));
    block.out = BitWriter();
    block.out.put_lzx_block(2, static_cast<std::uint32_t>(14 + 9 + 4 + tail));
    for (int i = 0; i < 8; ++i) {
      block.out.put(3, 0);
    }
    block.codes.length = Lengths(249);
    block.codes.put(block.out);
    block.text("abbbbbbbbbbbbb").symbol(match(8, 9)).symbol(match(8, 4));
    block.text(std::string(tail, 'a'));
    gives(block.out,
          "abbbbbbbbbbbbb"
          "abbbbbbbb"
          "bbbb" +
              std::string(1, 'b').substr(1) + std::string(tail, 'a'));
  }
}

// libwim lets a run write into the lengths that come next: those of the match symbols are then
// differences to what is left there. No compressor writes such runs; here they are damage.
BOOST_AUTO_TEST_CASE(refuses_runs_of_lengths_that_pass_the_end_of_their_code) {
  BitWriter out;
  out.put_lzx_block(1, 10);
  out.put_pre_code();
  for (int i = 0; i < 255; ++i) {
    out.put_pre_symbol(9);  // 8 bits
  }
  out.put_pre_symbol(17);
  out.put(4, 0);  // 4 zeros for the last one
  const Result<Plain> decoded = lzx_judge().own(out.bytes(), 10);
  BOOST_TEST(is_status(decoded, Status::corrupt));
  BOOST_TEST(mentions(decoded.error().message(), {"a run of 4 lengths", "literal code", "1 are"}));

  BitWriter last;
  last.put_lzx_block(1, 10);
  const BlockCodes codes;
  last.put_lzx_lengths(std::span(codes.main).first(256));
  last.put_lzx_lengths(std::span(codes.main).subspan(256));
  last.put_pre_code();
  for (std::size_t i = 0; i < 248; ++i) {
    last.put_pre_symbol((17U - codes.length[i]) % 17U);
  }
  last.put_pre_symbol(19);
  last.put(1, 0);
  last.put_pre_symbol(15);  // 2 bits, 4 times
  for (int i = 0; i < 10; ++i) {
    last.put_symbol(codes.main, 'a');
  }
  BOOST_TEST((lzx_judge().peer(last.bytes(), 10) == to_bytes("aaaaaaaaaa")));
  const Result<Plain> strict = lzx_judge().own(last.bytes(), 10);
  BOOST_TEST(is_status(strict, Status::corrupt));
  BOOST_TEST(mentions(strict.error().message(), {"a run of 4 lengths", "length code"}));
}

BOOST_AUTO_TEST_CASE(refuses_runs_of_something_that_is_no_length) {
  for (const std::size_t repeated : {std::size_t{17}, std::size_t{18}, std::size_t{19}}) {
    BitWriter out;
    out.put_lzx_block(1, 10);
    out.put_pre_code();
    out.put_pre_symbol(19);
    out.put(1, 0);
    out.put_pre_symbol(repeated);
    const Result<Plain> decoded = lzx_judge().own(out.bytes(), 10);
    BOOST_TEST(is_status(decoded, Status::corrupt));
    BOOST_TEST(mentions(decoded.error().message(),
                        {"a run of lengths", std::to_string(repeated).c_str()}));
  }
}

BOOST_AUTO_TEST_SUITE_END()
