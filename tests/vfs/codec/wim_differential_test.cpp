// SPDX-License-Identifier: Apache-2.0
// XPRESS and LZX beside libwim: what it packs, and the same damaged in many ways.
#include <array>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <random>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/codec/lzx_stream.h"
#include "tests/vfs/codec/wim_peer.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

using enum WimCompression;

const std::array formats = {
    ChunkFormat{xpress, 4096},   ChunkFormat{xpress, 8192},   ChunkFormat{xpress, 16384},
    ChunkFormat{xpress, 32768},  ChunkFormat{xpress, 65536},  ChunkFormat{lzx, 1U << 15U},
    ChunkFormat{lzx, 1U << 16U}, ChunkFormat{lzx, 1U << 17U}, ChunkFormat{lzx, 1U << 18U},
    ChunkFormat{lzx, 1U << 19U}, ChunkFormat{lzx, 1U << 20U}, ChunkFormat{lzx, 1U << 21U},
};
const std::array smallest = {ChunkFormat{xpress, 4096}, ChunkFormat{lzx, 1U << 15U}};

struct Kind {
  const char* name;
  Plain (*make)(std::size_t size, std::uint32_t seed);
};

/// Code, text, and what no codec can shrink.
Plain mixture(std::size_t size, std::uint32_t seed) {
  Plain plain;
  for (; plain.size() < size; ++seed) {
    for (const Plain& part :
         {code_like(3001, seed), mixed_text(2001, seed), noise(seed % 3 * 1500, seed)}) {
      plain.insert(plain.end(), part.begin(), part.end());
    }
  }
  plain.resize(size);
  return plain;
}

Plain all_equal(std::size_t size, std::uint32_t seed) {
  return Plain(size, static_cast<std::byte>(seed));
}

const std::array kinds = {Kind{"text", mixed_text}, Kind{"code", code_like},
                          Kind{"equal bytes", all_equal}, Kind{"a mixture", mixture}};

void decodes(const Judge& judge, const ChunkFormat& format, const Plain& plain, unsigned level) {
  const std::optional<Plain> packed = pack(format, plain, level);
  if (!packed) {
    return;  // stored as it is
  }
  const Result<Plain> decoded = judge.own(*packed, plain.size());
  BOOST_TEST(is_ok(decoded));
  BOOST_TEST((decoded && *decoded == plain));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(wim_differential)

BOOST_DATA_TEST_CASE(decodes_what_libwim_packs, bdata::make(formats), format) {
  const Judge judge(format);
  const std::size_t largest = std::min<std::size_t>(format.chunk_size, 40000);
  std::uint32_t number = 0;
  for (const Kind& kind : kinds) {
    for (const std::size_t size : {largest, largest - 1, std::size_t{777}, std::size_t{40}}) {
      const unsigned level = std::array{20U, 50U, 100U}.at(++number % 3);
      BOOST_TEST_CONTEXT(kind.name << ", " << size << " bytes, level " << level) {
        decodes(judge, format, kind.make(size, number), level);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(decodes_the_largest_chunks) {
  for (const unsigned order : {17U, 21U}) {
    const ChunkFormat format{lzx, 1U << order};
    decodes(Judge(format), format, mixture(format.chunk_size, order), 20);
  }
}

BOOST_DATA_TEST_CASE(agrees_with_libwim_on_chunks_that_are_cut_short, bdata::make(smallest),
                     format) {
  const Judge judge(format);
  for (const Kind& kind : kinds) {
    const Plain plain = kind.make(2600, 7);
    const Plain packed = pack(format, plain).value();
    for (std::size_t size = 0; size < packed.size(); ++size) {
      BOOST_TEST_CONTEXT(kind.name << " cut to " << size << " of " << packed.size()) {
        Plain cut = prefix(packed, size);
        cut.shrink_to_fit();
        judge.agree(cut, plain.size());
      }
    }
  }
}

BOOST_DATA_TEST_CASE(agrees_with_libwim_on_other_plain_sizes, bdata::make(smallest), format) {
  const Judge judge(format);
  const Plain packed = pack(format, mixture(4000, 3)).value();
  for (std::size_t size = 1; size <= 4096; size += 1 + size / 20) {
    BOOST_TEST_CONTEXT(size << " bytes") {
      judge.agree(packed, size);
    }
  }
}

BOOST_DATA_TEST_CASE(agrees_with_libwim_on_flipped_bits, bdata::make(smallest), format) {
  const Judge judge(format);
  std::size_t accepted = 0;
  for (const Kind& kind : kinds) {
    const Plain plain = kind.make(3000, 9);
    const Plain packed = pack(format, plain).value();
    const std::size_t step = std::max<std::size_t>(1, packed.size() * 8 / 500);
    for (std::size_t bit = 0; bit < packed.size() * 8; bit += step) {
      Plain changed = packed;
      changed[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
      BOOST_TEST_CONTEXT(kind.name << ", bit " << bit) {
        accepted += judge.agree(changed, plain.size()) ? 1 : 0;
      }
    }
  }
  BOOST_TEST(accepted > 100U);
}

// Random codes, and random bits as their symbols: what compressors never write. Offsets have few
// bits, so that most of them do not reach before the chunk.
BOOST_AUTO_TEST_CASE(agrees_with_libwim_on_random_lzx_blocks) {
  const Judge judge({lzx, 1U << 15U});
  std::size_t accepted = 0;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    BitWriter out;
    constexpr std::size_t start = 1500;
    put_uncompressed(out, start, {1, 1 + seed % 20, 1 + seed % 11}, noise(start, seed));

    const bool aligned = seed % 2 == 0;
    const std::size_t size = 500 + random() % 3000;
    out.put_lzx_block(aligned ? 2 : 1, static_cast<std::uint32_t>(size));
    if (aligned) {
      for (const std::uint8_t length : random_code(8, 2 + random() % 7, 7, seed)) {
        out.put(3, length);
      }
    }
    std::vector<std::uint8_t> main =
        random_code(256 + 20 * 8, 2 + random() % 414, 9 + seed % 8, seed + 1);
    main.resize(256 + 30 * 8);
    out.put_lzx_lengths(std::span(main).first(256));
    out.put_lzx_lengths(std::span(main).subspan(256));
    out.put_lzx_lengths(random_code(249, 2 + random() % 248, 9 + seed % 8, seed + 2));
    for (std::size_t i = 0; i < size; ++i) {
      out.put(16, static_cast<std::uint32_t>(random()));
    }
    BOOST_TEST_CONTEXT("seed " << seed) {
      accepted += judge.agree(out.bytes(), start + size) ? 1 : 0;
    }
  }
  BOOST_TEST(accepted > 30U);
}

BOOST_AUTO_TEST_CASE(agrees_with_libwim_on_random_xpress_chunks) {
  const Judge judge({xpress, 1U << 16U});
  std::size_t accepted = 0;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    // Most of them literals first, so that offsets find something.
    std::vector<std::uint8_t> code =
        random_code(256 + 16 * (1 + seed % 9), 2 + random() % 200, 9 + seed % 7, seed);
    code.resize(512);
    Plain in;
    for (std::size_t i = 0; i < 512; i += 2) {
      in.push_back(static_cast<std::byte>(code[i] | code[i + 1] << 4U));
    }
    const Plain bits = noise(500 + random() % 3000, seed + 1);
    in.insert(in.end(), bits.begin(), bits.end());
    for (const std::size_t size : {std::size_t{100}, std::size_t{3000}, std::size_t{60000}}) {
      BOOST_TEST_CONTEXT("seed " << seed << ", " << size << " bytes") {
        accepted += judge.agree(in, size) ? 1 : 0;
      }
    }
  }
  BOOST_TEST(accepted > 50U);
}

BOOST_AUTO_TEST_SUITE_END()
