// SPDX-License-Identifier: Apache-2.0
#include "vfs/codec/deflate.h"

#include <zlib.h>

#include "fixtures/build/disk/stored_streams.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/codec/codec_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

using ByteVector = std::vector<std::byte>;

/// By zlib itself; `window` as deflateInit2 has it.
ByteVector deflated(const ByteVector& plain, int window) {
  z_stream stream = {};
  BOOST_REQUIRE_EQUAL(deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
  ByteVector out(plain.size() + 1024);
  ByteVector in = plain;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());  // NOLINT: bytes to bytes
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());  // NOLINT: bytes to bytes
  stream.avail_out = static_cast<uInt>(out.size());
  BOOST_REQUIRE_EQUAL(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(codec_deflate)

BOOST_AUTO_TEST_CASE(both_framings_give_the_plain_bytes) {
  const ByteVector plain = plain_bytes(100'000);
  ByteVector out(plain.size());
  must(inflate_exactly(DeflateFraming::raw, deflated(plain, -12), out));
  BOOST_TEST((out == plain));
  std::ranges::fill(out, std::byte{0});
  must(inflate_exactly(DeflateFraming::raw, deflated(plain, -15), out));
  BOOST_TEST((out == plain));
  std::ranges::fill(out, std::byte{0});
  must(inflate_exactly(DeflateFraming::zlib, deflated(plain, 15), out));
  BOOST_TEST((out == plain));
}

BOOST_AUTO_TEST_CASE(streams_of_the_fixtures_are_valid) {
  const ByteVector plain = plain_bytes(70'000);
  ByteVector out(plain.size());
  must(inflate_exactly(DeflateFraming::raw, fixture::deflate_stored(plain), out));
  BOOST_TEST((out == plain));
  std::ranges::fill(out, std::byte{0});
  must(inflate_exactly(DeflateFraming::zlib, fixture::zlib_stored(plain), out));
  BOOST_TEST((out == plain));
}

BOOST_AUTO_TEST_CASE(padding_after_the_stream_is_ignored) {
  const ByteVector plain = plain_bytes(4096);
  ByteVector in = deflated(plain, -12);
  in.resize(in.size() + 511, std::byte{0xA5});
  ByteVector out(plain.size());
  must(inflate_exactly(DeflateFraming::raw, in, out));
  BOOST_TEST((out == plain));
}

BOOST_AUTO_TEST_CASE(a_stream_may_hold_more_but_not_less) {
  const ByteVector plain = plain_bytes(4096);
  const ByteVector in = deflated(plain, -15);
  ByteVector less(4000);
  must(inflate_exactly(DeflateFraming::raw, in, less));
  BOOST_TEST((less == prefix(plain, 4000)));
  ByteVector more(4097);
  const auto refused = inflate_exactly(DeflateFraming::raw, in, more);
  BOOST_TEST(is_status(refused, Status::corrupt));
  BOOST_TEST(mentions(refused.error().message(), {"ends early", "4096 of 4097"}));
  BOOST_TEST(is_ok(inflate_exactly(DeflateFraming::raw, in, {})));
}

BOOST_AUTO_TEST_CASE(damage_is_found) {
  const ByteVector plain = plain_bytes(4096);
  const ByteVector in = deflated(plain, 15);
  ByteVector out(plain.size());
  BOOST_TEST(is_status(inflate_exactly(DeflateFraming::zlib, {}, out), Status::corrupt));
  BOOST_TEST(is_status(inflate_exactly(DeflateFraming::raw, in, out), Status::corrupt));
  for (std::size_t size = 0; size + 5 < in.size(); ++size) {
    BOOST_TEST(
        is_status(inflate_exactly(DeflateFraming::zlib, prefix(in, size), out), Status::corrupt));
  }
  ByteVector wrong_sum = in;
  wrong_sum.back() ^= std::byte{1};
  BOOST_TEST(is_status(inflate_exactly(DeflateFraming::zlib, wrong_sum, out), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(a_whole_stream_says_how_much_it_held) {
  const ByteVector plain = plain_bytes(4096);
  ByteVector in = deflated(plain, 15);
  const std::size_t size = in.size();
  in.resize(size + 100, std::byte{0xA5});
  for (const std::size_t room : {plain.size(), plain.size() + 1, 3 * plain.size()}) {
    ByteVector out(room);
    BOOST_TEST(must(inflate_whole(DeflateFraming::zlib, in, out)) == plain.size());
    BOOST_TEST((prefix(out, plain.size()) == plain));
  }
  BOOST_TEST(must(inflate_whole(DeflateFraming::zlib, deflated({}, 15), {})) == 0U);
  ByteVector less(plain.size() - 1);
  const auto refused = inflate_whole(DeflateFraming::zlib, in, less);
  BOOST_TEST(is_status(refused, Status::corrupt));
  BOOST_TEST(mentions(refused.error().message(), {"goes on", "4095 of 4095"}));
  BOOST_TEST(is_status(inflate_whole(DeflateFraming::zlib, in, {}), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(a_whole_stream_is_checked_to_its_last_byte) {
  const ByteVector plain = plain_bytes(4096);
  const ByteVector in = deflated(plain, 15);
  ByteVector out(plain.size());
  for (std::size_t size = 0; size < in.size(); ++size) {
    BOOST_TEST(
        is_status(inflate_whole(DeflateFraming::zlib, prefix(in, size), out), Status::corrupt));
  }
  for (std::size_t i = 2; i < in.size(); ++i) {  // the head has bits that decide nothing
    for (unsigned bit = 0; bit < 8; ++bit) {
      ByteVector damaged = in;
      damaged[i] ^= static_cast<std::byte>(1U << bit);
      // Nothing, or what it was: the last block ends within a byte.
      BOOST_TEST((!inflate_whole(DeflateFraming::zlib, damaged, out) || out == plain));
    }
  }
}

BOOST_AUTO_TEST_CASE(adler32_is_the_one_of_rfc_1950) {
  BOOST_TEST(casement::adler32({}) == 1U);
  const std::string_view text = "Wikipedia";
  BOOST_TEST(casement::adler32(std::as_bytes(std::span(text))) == 0x11E6'0398U);
}

BOOST_AUTO_TEST_CASE(survives_flipped_bytes) {
  const ByteVector plain = plain_bytes(2048);
  const ByteVector in = deflated(plain, -15);
  ByteVector out(plain.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    for (const std::byte mask : {std::byte{0x01}, std::byte{0x80}, std::byte{0xFF}}) {
      ByteVector damaged = in;
      damaged[i] ^= mask;
      (void)inflate_exactly(DeflateFraming::raw, damaged, out);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
