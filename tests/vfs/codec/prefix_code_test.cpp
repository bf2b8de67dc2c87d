// SPDX-License-Identifier: Apache-2.0
#include "vfs/codec/prefix_code.h"

#include <boost/test/unit_test.hpp>
#include <vector>

#include "tests/vfs/codec/bit_writer.h"

using namespace casement;          // NOLINT(google-build-using-namespace): test file
using namespace casement::detail;  // NOLINT(google-build-using-namespace)
using namespace casement::test;    // NOLINT(google-build-using-namespace)

namespace {

using Lengths = std::vector<std::uint8_t>;

bool accepts(const Lengths& lengths) {
  PrefixCode code;
  return code.assign(lengths);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(prefix_code)

BOOST_AUTO_TEST_CASE(accepts_complete_codes_and_the_empty_one) {
  BOOST_TEST(accepts({1, 1}));
  BOOST_TEST(accepts({0, 2, 0, 1, 2}));
  BOOST_TEST(accepts(Lengths(256, 8)));
  BOOST_TEST(accepts({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 16}));
  BOOST_TEST(accepts(Lengths(20, 0)));
  PrefixCode code;
  BOOST_TEST(code.assign(Lengths(8, 0)));
  BOOST_TEST(code.empty());
  BOOST_TEST(code.assign(Lengths{1, 1}));
  BOOST_TEST(!code.empty());
}

BOOST_AUTO_TEST_CASE(refuses_codes_with_too_few_codewords_or_too_many) {
  BOOST_TEST(!accepts({1}));
  BOOST_TEST(!accepts({0, 0, 5}));
  BOOST_TEST(!accepts({1, 2}));
  BOOST_TEST(!accepts({1, 1, 1}));
  BOOST_TEST(!accepts({1, 1, 16}));
  BOOST_TEST(!accepts({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}));
  BOOST_TEST(!accepts(Lengths(656, 1)));
  BOOST_TEST(!accepts(Lengths(255, 8)));
  BOOST_TEST(!accepts(Lengths(257, 8)));
}

BOOST_AUTO_TEST_CASE(reads_back_every_symbol_of_random_codes) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const std::size_t symbols = 2 + seed * 11;
    const Lengths lengths =
        random_code(symbols, 2 + seed * seed % (symbols - 1), 10 + seed % 7, seed);
    PrefixCode code;
    SymbolTable<7> table;
    BOOST_TEST(code.assign(lengths));
    BOOST_TEST(table.assign(lengths));
    const std::vector<std::uint32_t> words = codewords_of(lengths);
    std::size_t known = 0;
    for (std::size_t symbol = 0; symbol < symbols; ++symbol) {
      if (lengths[symbol] == 0) {
        continue;
      }
      ++known;
      const auto next = static_cast<std::uint32_t>(words[symbol] << (16U - lengths[symbol]));
      for (const unsigned shortest : {1U, unsigned{lengths[symbol]}}) {
        const PrefixCode::Codeword found = code.find(next, shortest);
        BOOST_TEST(found.symbol == symbol);
        BOOST_TEST(found.length == lengths[symbol]);
        BOOST_TEST(found.bits == words[symbol]);
      }
      BitWriter out;
      out.put_symbol(lengths, symbol);
      out.put(5, 21);
      const Plain in = out.bytes();
      UnitSource source(in);
      BitInput input(source);
      input.refill();
      BOOST_TEST(table.read(input) == symbol);
      BOOST_TEST(input.take(5) == 21U);
    }
    std::size_t visited = 0;
    std::uint32_t last = 0;
    code.for_each(PrefixCode::max_length, [&](const PrefixCode::Codeword& codeword) {
      BOOST_TEST(codeword.bits == words[codeword.symbol]);
      const std::uint32_t aligned = codeword.bits << (16 - codeword.length);
      BOOST_TEST(aligned >= last);
      last = aligned;
      ++visited;
    });
    BOOST_TEST(visited == known);
  }
}

BOOST_AUTO_TEST_CASE(reads_symbol_0_for_no_bits_from_an_empty_code) {
  SymbolTable<9> table;
  BOOST_TEST(table.assign(Lengths(249, 0)));
  const Plain in = to_bytes({0x34, 0x12});
  UnitSource source(in);
  BitInput input(source);
  input.refill();
  BOOST_TEST(table.read(input) == 0U);
  BOOST_TEST(input.take(16) == 0x1234U);
}

BOOST_AUTO_TEST_SUITE_END()
