// SPDX-License-Identifier: Apache-2.0
#include "vfs/core/bytes.h"

#include <array>

#include "tests/support/matchers.h"
#include "vfs/core/checked.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::array<std::byte, 8> eight{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4},
                                         std::byte{5}, std::byte{6}, std::byte{7}, std::byte{8}};

struct Pair {
  le16 first;
  le32 second;
};
static_assert(sizeof(Pair) == 6);

}  // namespace

BOOST_AUTO_TEST_SUITE(bytes)

BOOST_AUTO_TEST_CASE(range_check_never_wraps) {
  constexpr std::uint64_t top = ~std::uint64_t{0};
  BOOST_TEST(in_range(8, 0, 8));
  BOOST_TEST(in_range(8, 8, 0));
  BOOST_TEST(!in_range(8, 9, 0));
  BOOST_TEST(!in_range(8, 1, 8));
  BOOST_TEST(!in_range(8, 4, top - 2));
  BOOST_TEST(!in_range(8, top, top));
  BOOST_TEST(in_range(top, top, 0));
}

BOOST_AUTO_TEST_CASE(slice_names_what_it_wanted_and_what_is_there) {
  BOOST_TEST(must(slice(eight, 6, 2, "tail")).size() == 2U);
  const auto cut = slice(eight, 6, 3, "tail");
  BOOST_TEST(is_status(cut, Status::truncated));
  BOOST_TEST(mentions(cut.error().message(), {"tail", "3 bytes", "0x6", "0x8"}));
}

BOOST_AUTO_TEST_CASE(load_copies_unaligned_structs) {
  const auto pair = must(load<Pair>(eight, 1, "pair"));
  BOOST_TEST(pair.first.value() == 0x0302);
  BOOST_TEST(pair.second.value() == 0x07060504U);
  BOOST_TEST(is_status(load<Pair>(eight, 3, "pair"), Status::truncated));
}

BOOST_AUTO_TEST_CASE(cursor_reads_in_order) {
  Cursor cursor(eight, 0x100);
  BOOST_TEST(cursor.u8() == 1);
  BOOST_TEST(cursor.u16() == 0x0302);
  BOOST_TEST(cursor.u32() == 0x07060504U);
  BOOST_TEST(cursor.remaining() == 1U);
  BOOST_TEST(cursor.disk_offset() == 0x107U);
  BOOST_TEST(is_ok(cursor.finish("record")));
}

BOOST_AUTO_TEST_CASE(cursor_overrun_is_sticky_and_reads_as_zero) {
  Cursor cursor(eight, 0);
  BOOST_TEST(cursor.u32() != 0U);
  BOOST_TEST(cursor.u64() == 0U);
  BOOST_TEST(cursor.u8() == 0);  // although a byte is left
  BOOST_TEST(cursor.overrun());
  BOOST_TEST(is_status(cursor.finish("record"), Status::truncated));
}

BOOST_AUTO_TEST_CASE(checked_arithmetic_reports_overflow) {
  BOOST_TEST(checked_mul(1ULL << 32, 1ULL << 31).value() == 1ULL << 63);
  BOOST_TEST(!checked_mul(1ULL << 32, 1ULL << 32).has_value());
  BOOST_TEST(!checked_add(~0ULL, 1).has_value());
  BOOST_TEST(checked_add(~0ULL, 0).value() == ~0ULL);
  BOOST_TEST(!checked_cast<std::uint32_t>(1ULL << 32).has_value());
  BOOST_TEST(checked_cast<std::uint32_t>(0xFFFF'FFFFULL).value() == 0xFFFF'FFFFU);
  BOOST_TEST(!checked_cast<std::uint32_t>(-1).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
