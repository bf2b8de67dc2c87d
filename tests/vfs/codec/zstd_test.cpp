// SPDX-License-Identifier: Apache-2.0
#include "vfs/codec/zstd.h"

#include <zstd.h>

#include "fixtures/build/disk/stored_streams.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/codec/codec_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

using ByteVector = std::vector<std::byte>;

/// By libzstd itself.
ByteVector compressed(const ByteVector& plain, bool says_size = true) {
  ByteVector out(ZSTD_compressBound(plain.size()));
  ZSTD_CCtx* const encoder = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(encoder, ZSTD_c_contentSizeFlag, says_size ? 1 : 0);
  ZSTD_CCtx_setParameter(encoder, ZSTD_c_windowLog, 27);
  const std::size_t size =
      ZSTD_compress2(encoder, out.data(), out.size(), plain.data(), plain.size());
  ZSTD_freeCCtx(encoder);
  BOOST_REQUIRE(ZSTD_isError(size) == 0);
  out.resize(size);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(codec_zstd)

BOOST_AUTO_TEST_CASE(frames_give_the_plain_bytes_with_and_without_a_size) {
  const ByteVector plain = plain_bytes(300'000);
  ByteVector out(plain.size());
  must(decompress_zstd_exactly(compressed(plain), out));
  BOOST_TEST((out == plain));
  std::ranges::fill(out, std::byte{0});
  must(decompress_zstd_exactly(compressed(plain, false), out));
  BOOST_TEST((out == plain));
  std::ranges::fill(out, std::byte{0});
  must(decompress_zstd_exactly(fixture::zstd_stored(plain), out));
  BOOST_TEST((out == plain));
}

BOOST_AUTO_TEST_CASE(several_frames_and_padding_are_read) {
  ByteVector in = compressed(plain_bytes(1000));
  const ByteVector second = compressed(plain_bytes(500));
  in.insert(in.end(), second.begin(), second.end());
  in.resize(in.size() + 300, std::byte{0x5A});
  ByteVector out(1500);
  must(decompress_zstd_exactly(in, out));
  BOOST_TEST((prefix(out, 1000) == plain_bytes(1000)));
  BOOST_TEST((ByteVector(out.begin() + 1000, out.end()) == plain_bytes(500)));
}

BOOST_AUTO_TEST_CASE(frames_hold_neither_more_nor_less) {
  const ByteVector in = compressed(plain_bytes(1000));
  ByteVector more(1001);
  BOOST_TEST(is_status(decompress_zstd_exactly(in, more), Status::corrupt));
  ByteVector less(999);
  BOOST_TEST(is_status(decompress_zstd_exactly(in, less), Status::corrupt));
  BOOST_TEST(is_ok(decompress_zstd_exactly(in, {})));
}

BOOST_AUTO_TEST_CASE(damage_is_found) {
  const ByteVector plain = plain_bytes(3000);
  const ByteVector in = compressed(plain);
  ByteVector out(plain.size());
  for (std::size_t size = 0; size < in.size(); ++size) {
    BOOST_TEST(is_status(decompress_zstd_exactly(prefix(in, size), out), Status::corrupt));
  }
  for (std::size_t i = 0; i < in.size(); ++i) {
    for (const std::byte mask :
         {std::byte{0x01}, std::byte{0x10}, std::byte{0x80}, std::byte{0xFF}}) {
      ByteVector damaged = in;
      damaged[i] ^= mask;
      (void)decompress_zstd_exactly(damaged, out);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
