// SPDX-License-Identifier: Apache-2.0
#include "vfs/codec/lznt1.h"

#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "fixtures/build/ntfs/lznt1_writer.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/support/real_data.h"
#include "tests/vfs/codec/codec_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

struct Outcome {
  Result<std::size_t> result;
  Plain out;
};

/// Decodes into a buffer that is not zero before.
Outcome decode(const Plain& stream, std::size_t size) {
  Plain out(size, std::byte{0xEE});
  auto result = decompress_lznt1(stream, out);
  return {std::move(result), std::move(out)};
}

Plain padded(Plain plain, std::size_t size) {
  plain.resize(size);
  return plain;
}

void append(Plain& to, const Plain& what) {
  to.insert(to.end(), what.begin(), what.end());
}

/// One compressed chunk of these bytes behind its header.
Plain chunk(const Plain& body) {
  Plain all = to_bytes({static_cast<unsigned>(body.size() - 1) & 0xFF,
                        0xB0 | static_cast<unsigned>((body.size() - 1) >> 8)});
  append(all, body);
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lznt1)

BOOST_DATA_TEST_CASE(decodes_what_was_compressed,
                     bdata::make({1, 2, 3, 17, 4095, 4096, 4097, 9000, 65536}), size) {
  const auto count = static_cast<std::size_t>(size);
  for (std::uint32_t seed = 1; seed < 20; ++seed) {
    const Plain plain = mixed_text(count, seed);
    const Outcome whole = decode(fixture::lznt1_compress(plain), count);
    BOOST_TEST(must(whole.result) == count);
    BOOST_TEST((whole.out == plain), "seed " << seed);
    const Outcome stored = decode(fixture::lznt1_store(plain), count);
    BOOST_TEST((stored.out == plain));
  }
}

BOOST_AUTO_TEST_CASE(zeroes_what_the_stream_does_not_fill) {
  const Plain plain = mixed_text(5000, 3);
  const Outcome outcome = decode(fixture::lznt1_compress(plain), 20000);
  BOOST_TEST(must(outcome.result) == 5000U);
  BOOST_TEST((outcome.out == padded(plain, 20000)));
}

BOOST_AUTO_TEST_CASE(stops_at_a_header_of_zero) {
  Plain stream = fixture::lznt1_compress(mixed_text(4096, 1));
  append(stream, to_bytes({0, 0}));
  append(stream, fixture::lznt1_compress(mixed_text(4096, 2)));
  const Outcome outcome = decode(stream, 8192);
  BOOST_TEST(must(outcome.result) == 4096U);
  BOOST_TEST((outcome.out == padded(mixed_text(4096, 1), 8192)));
  BOOST_TEST(must(decode({}, 100).result) == 0U);
  BOOST_TEST(must(decode(to_bytes({0x55}), 100).result) == 0U);
}

BOOST_AUTO_TEST_CASE(starts_each_chunk_at_a_multiple_of_4096) {
  Plain stream = fixture::lznt1_compress(to_bytes("short"));
  append(stream, fixture::lznt1_compress(to_bytes("next")));
  Plain expected = padded(to_bytes("short"), 4096);
  append(expected, to_bytes("next"));
  const Outcome outcome = decode(stream, 5000);
  BOOST_TEST(must(outcome.result) == 4100U);
  BOOST_TEST((outcome.out == padded(expected, 5000)));
}

BOOST_AUTO_TEST_CASE(fills_a_buffer_that_ends_within_a_chunk) {
  const Plain plain = mixed_text(12000, 9);
  const Plain stream = fixture::lznt1_compress(plain);
  for (std::size_t size = 0; size < plain.size(); size += 37) {
    const Outcome outcome = decode(stream, size);
    BOOST_TEST(must(outcome.result) == size);
    BOOST_TEST((outcome.out == prefix(plain, size)));
  }
}

BOOST_AUTO_TEST_CASE(repeats_short_patterns) {
  // A literal pattern of n bytes, then one token of distance n over the rest of the chunk.
  for (unsigned distance = 1; distance <= 8; ++distance) {
    Plain plain;
    for (unsigned i = 0; i < 600; ++i) {
      plain.push_back(static_cast<std::byte>('a' + i % distance));
    }
    const Plain packed = fixture::lznt1_compress(plain);
    BOOST_TEST(packed.size() < 20U);
    BOOST_TEST((decode(packed, 600).out == plain), "distance " << distance);
    BOOST_TEST((decode(packed, 5000).out == padded(plain, 5000)), "distance " << distance);
  }
}

BOOST_AUTO_TEST_CASE(knows_every_division_of_tokens) {
  // Stored bytes shift the match across all widths of the displacement: 4 bits up to 16 bytes in.
  for (std::size_t lead = 16; lead + 40 <= 4096; lead = lead * 2 - 3) {
    Plain plain = noise(lead, 7);
    append(plain, prefix(plain, 16));
    append(plain, Plain(24, std::byte{'='}));
    BOOST_TEST((decode(fixture::lznt1_compress(plain), plain.size()).out == plain));
  }
}

BOOST_AUTO_TEST_CASE(reports_a_token_that_reaches_before_its_chunk) {
  // Flags: a literal, then a token of distance 2 after one byte.
  const Outcome outcome = decode(chunk(to_bytes({0x02, 'x', 0x00, 0x10})), 64);
  BOOST_TEST(is_status(outcome.result, Status::corrupt));
  BOOST_TEST(mentions(outcome.result.error().message(), {"reaches before", "0x0", "1 bytes"}));
  BOOST_TEST((outcome.out == padded(to_bytes("x"), 64)));
  BOOST_TEST(is_status(decode(chunk(to_bytes({0x01, 0x00, 0x00})), 64).result, Status::corrupt));
}

BOOST_AUTO_TEST_CASE(reports_a_chunk_of_more_than_4096_bytes) {
  // One literal and a token of 4098 bytes.
  const Plain stream = chunk(to_bytes({0x02, 'x', 0xFF, 0x0F}));
  const Outcome outcome = decode(stream, 8192);
  BOOST_TEST(is_status(outcome.result, Status::corrupt));
  BOOST_TEST(mentions(outcome.result.error().message(), {"more than 4096"}));
  BOOST_TEST((outcome.out == padded(Plain(4096, std::byte{'x'}), 8192)));
  BOOST_TEST(must(decode(stream, 100).result) == 100U);
  // The same by one literal too many: the token gives 4095 bytes.
  const Outcome literal = decode(chunk(to_bytes({0x02, 'x', 0xFC, 0x0F, 'y'})), 8192);
  BOOST_TEST(is_status(literal.result, Status::corrupt));
  BOOST_TEST(must(decode(chunk(to_bytes({0x02, 'x', 0xFC, 0x0F})), 8192).result) == 4096U);
}

BOOST_AUTO_TEST_CASE(keeps_what_a_cut_stream_holds) {
  const Plain plain = mixed_text(9000, 5);
  const Plain stream = fixture::lznt1_compress(plain);
  for (std::size_t size = 0; size < stream.size(); ++size) {
    const Outcome outcome = decode(prefix(stream, size), plain.size());
    const auto same = std::ranges::mismatch(outcome.out, plain);
    const auto rest = std::all_of(same.in1, outcome.out.end(),
                                  [](std::byte byte) { return byte == std::byte{0}; });
    BOOST_TEST(rest, "cut at " << size);
    BOOST_TEST((outcome.result || outcome.result.error().status() == Status::corrupt));
  }
}

BOOST_AUTO_TEST_CASE(survives_any_flipped_byte) {
  const Plain stream = fixture::lznt1_compress(mixed_text(2500, 11));
  for (std::size_t at = 0; at < stream.size(); ++at) {
    for (const unsigned bits : {0x01U, 0x80U, 0xFFU}) {
      Plain changed = stream;
      changed[at] ^= static_cast<std::byte>(bits);
      const Outcome outcome = decode(changed, 8192);
      BOOST_TEST((outcome.result || outcome.result.error().status() == Status::corrupt));
    }
  }
}

BOOST_AUTO_TEST_CASE(decodes_a_compression_unit_of_windows) {
  if (!have_real_data()) {
    return;
  }
  // The first 16 KiB of a compression unit of a text file: its ninth chunk is cut.
  const Outcome outcome = decode(real_bytes("disk/dfirlabs/lznt1.bin"), 65536);
  BOOST_TEST(is_status(outcome.result, Status::corrupt));
  BOOST_TEST(mentions(outcome.result.error().message(), {"0x3E7F", "larger than its stream"}));
  BOOST_TEST(fnv1a(prefix(outcome.out, 33495)) == 0xD1D27842A9304C03U);
}

BOOST_AUTO_TEST_CASE(decodes_a_registry_log_buffer_of_windows) {
  if (!have_real_data()) {
    return;
  }
  // Two u32 sizes (packed, plain), then one chunk.
  const Plain buffer = real_bytes("disk/lznt1/lznt1_buffer");
  const Plain stream(buffer.begin() + 8, buffer.end());
  BOOST_TEST(get_le<std::uint32_t>(buffer, 4) == 3283U);
  const Outcome outcome = decode(stream, 3283);
  BOOST_TEST(must(outcome.result) == 3283U);
  BOOST_TEST(fnv1a(outcome.out) == 0x7F0DD6548DD56959U);
}

BOOST_AUTO_TEST_SUITE_END()
