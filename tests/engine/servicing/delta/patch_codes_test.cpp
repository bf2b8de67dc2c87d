// SPDX-License-Identifier: Apache-2.0
// Codes of blocks: how their lengths are stored, and where each block holds.
#include "engine/servicing/delta/patch_codes.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "engine/servicing/delta/delta.h"
#include "fixtures/build/delta_bit_writer.h"
#include "tests/engine/servicing/delta/delta_support.h"
#include "tests/support/matchers.h"

namespace casement::test {
namespace {

using detail::pa30::DeltaBits;
using detail::pa30::PatchCodes;
using fixture::DeltaBlock;
using fixture::DeltaToken;

constexpr std::size_t pre_symbols = 39;

/// A code of lengths in which all symbols have 5 or 6 bits.
std::array<std::uint8_t, pre_symbols> equal_pre_lengths() {
  std::array<std::uint8_t, pre_symbols> lengths;
  lengths.fill(6);
  std::fill_n(lengths.begin(), 25, std::uint8_t{5});
  return lengths;
}

/// What is stored of codes, up to the symbols of the first block's lengths.
fixture::DeltaBitWriter begin_codes(std::uint64_t count, const std::vector<std::uint64_t>& starts) {
  fixture::DeltaBitWriter out;
  out.bits(0, 1);
  out.number(count);
  for (const std::uint64_t start : starts) {
    out.number(start);
  }
  for (const std::uint8_t length : equal_pre_lengths()) {
    out.bits(length, 4);
  }
  return out;
}

Result<void> read_codes(fixture::DeltaBitWriter out) {
  out.bits(0, 32);  // not truncated
  const auto stream = std::move(out).finish();
  DeltaBits bits = must(DeltaBits::open(stream, "codes"));
  CASEMENT_TRY(PatchCodes::read(bits, 100));
  return {};
}

/// Symbols of the code of lengths, and what comes of them.
struct BadLengths {
  const char* name;
  std::vector<std::size_t> symbols;
  const char* says;
};
std::ostream& operator<<(std::ostream& out, const BadLengths& row) {
  return out << row.name;
}

const std::vector<BadLengths> bad_lengths = {
    {"repeats before the first length", {23}, "none before it"},
    {"is less than nothing", {20}, "0 to 16"},
    {"has three codewords", {16, 16, 16}, "not complete"},
    {"has no codewords", std::vector<std::size_t>(872, 0), "not complete"},
    {"runs over the end", {0, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30}, "a run"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(delta_codes)

BOOST_DATA_TEST_CASE(refuses_a_code_that, boost::unit_test::data::make(bad_lengths), row) {
  auto out = begin_codes(1, {0});
  const fixture::DeltaCodewords code(equal_pre_lengths());
  for (const std::size_t symbol : row.symbols) {
    out.symbol(code, symbol);
    if (symbol >= 26) {
      out.bits(~0U, static_cast<unsigned>((symbol - 23) % 8) - 1);
    }
  }
  // The rest of 872 lengths: zeros.
  for (std::size_t i = row.symbols.size(); i < 872; ++i) {
    out.symbol(code, 0);
  }
  const auto read = read_codes(std::move(out));
  BOOST_TEST(is_status(read, Status::corrupt));
  BOOST_TEST(mentions(read.error().message(), {row.says}));
}

BOOST_AUTO_TEST_CASE(a_length_can_be_larger_than_the_one_before_by_three_but_not_than_16) {
  auto out = begin_codes(2, {0, 0});
  const fixture::DeltaCodewords code(equal_pre_lengths());
  const auto lengths = uneven_lengths(0);  // the last ones of the main code have 16 bits
  for (const std::uint8_t length : lengths) {
    out.symbol(code, length);
  }
  for (std::size_t i = 0; i < 599; ++i) {
    out.symbol(code, 31);  // as before, one by one
  }
  out.symbol(code, 17);
  const auto read = read_codes(std::move(out));
  BOOST_TEST(is_status(read, Status::corrupt));
  BOOST_TEST(mentions(read.error().message(), {"codeword 599 of 872", "0 to 16"}));
}

BOOST_AUTO_TEST_CASE(an_incomplete_code_of_lengths_is_refused) {
  fixture::DeltaBitWriter out;
  out.bits(0, 1);
  out.number(1);
  out.number(0);
  for (std::size_t i = 0; i < pre_symbols; ++i) {
    out.bits(15, 4);
  }
  BOOST_TEST(is_status(read_codes(std::move(out)), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(the_number_of_blocks_has_bounds) {
  BOOST_TEST(is_status(read_codes(begin_codes(0, {})), Status::corrupt));
  BOOST_TEST(is_status(read_codes(begin_codes(4097, {})), Status::limit_exceeded));
  BOOST_TEST(
      is_status(read_codes(begin_codes(std::uint64_t{1} << 63U, {})), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(starts_of_blocks_must_be_possible) {
  const std::uint64_t huge = std::uint64_t{1} << 63U;
  BOOST_TEST(is_status(read_codes(begin_codes(3, {1, huge, huge})), Status::corrupt));
  BOOST_TEST(is_status(read_codes(begin_codes(1, {101})), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(each_block_has_its_codes) {
  const auto source = noise(100);
  const auto target = noise(400, 7);
  fixture::DeltaOptions options;
  options.blocks = {{.start = 100, .lengths = uneven_lengths(3)},
                    {.start = 150, .lengths = uneven_lengths(599)},
                    {.start = 150, .lengths = uneven_lengths(17)},  // the last one counts
                    {.start = 151},
                    {.start = 300, .lengths = uneven_lengths(255)},
                    {.start = 9000}};
  const auto delta = fixture::build_delta_between(source, target, options);
  BOOST_TEST((must(apply_delta(delta, source, test_limit)) == target));
}

BOOST_AUTO_TEST_CASE(a_match_goes_on_over_the_start_of_a_block) {
  const auto source = noise(64);
  std::vector<std::byte> target(source.begin(), source.begin() + 40);
  target.push_back(std::byte{'x'});
  const std::vector<DeltaToken> tokens = {{.kind = DeltaToken::Kind::source_here, .length = 40},
                                          {.kind = DeltaToken::Kind::literal, .value = 'x'}};
  fixture::DeltaOptions options;
  options.blocks = {{.start = 0}, {.start = 70, .lengths = uneven_lengths(90)}};
  const auto delta =
      fixture::build_delta(fixture::build_patch(tokens, source.size(), options), 41, options);
  BOOST_TEST((must(apply_delta(delta, source, test_limit)) == target));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
