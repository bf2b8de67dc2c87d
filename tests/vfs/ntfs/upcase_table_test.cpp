// SPDX-License-Identifier: Apache-2.0
#include "vfs/ntfs/upcase_table.h"

#include <boost/test/unit_test.hpp>
#include <compare>
#include <cstdint>
#include <vector>

#include "tests/support/matchers.h"
#include "vfs/core/upcase.h"

namespace casement::ntfs {
namespace {

using test::is_ok;
using test::is_status;
using test::must;

/// A table as it is stored, where only ASCII letters fold.
std::vector<std::byte> ascii_table() {
  std::vector<std::byte> stream(UpcaseTable::stream_size);
  for (std::size_t i = 0; i < stream.size() / 2; ++i) {
    const std::size_t unit = i >= 'a' && i <= 'z' ? i - 0x20 : i;
    stream[i * 2] = static_cast<std::byte>(unit & 0xFF);
    stream[i * 2 + 1] = static_cast<std::byte>(unit >> 8);
  }
  return stream;
}

BOOST_AUTO_TEST_SUITE(upcase_table)

BOOST_AUTO_TEST_CASE(the_built_in_table_is_that_of_windows) {
  const UpcaseTable table = UpcaseTable::built_in();
  for (std::uint32_t unit = 0; unit < 0x1'0000; ++unit) {
    BOOST_REQUIRE((table(static_cast<char16_t>(unit)) == upcase(static_cast<char16_t>(unit))));
  }
}

BOOST_AUTO_TEST_CASE(a_volume_may_fold_otherwise) {
  const UpcaseTable table = must(UpcaseTable::parse(ascii_table()));
  BOOST_TEST(table.equal(u"abc", u"ABC"));
  BOOST_TEST(!table.equal(u"\u00E4", u"\u00C4"));
  BOOST_TEST(UpcaseTable::built_in().equal(u"\u00E4", u"\u00C4"));
}

BOOST_AUTO_TEST_CASE(one_unit_is_one_unit) {
  const UpcaseTable table = UpcaseTable::built_in();
  BOOST_TEST(!table.equal(u"stra\u00DFe", u"STRASSE"));
  BOOST_TEST((table(u'\u00DF') == u'\u00DF'));
  // The dotless i has no upper case that is shared with "i".
  BOOST_TEST(!table.equal(u"\u0131", u"I"));
  BOOST_TEST(!table.equal(u"\u0130", u"i"));
  BOOST_TEST(table.equal(u"\u00FF", u"\u0178"));
  // A surrogate half stays what it is.
  BOOST_TEST((table(u'\xD801') == u'\xD801'));
}

BOOST_AUTO_TEST_CASE(orders_by_folded_units_as_unsigned_numbers) {
  const UpcaseTable table = UpcaseTable::built_in();
  BOOST_TEST((table.compare(u"a", u"B") == std::strong_ordering::less));
  BOOST_TEST((table.compare(u"_", u"a") == std::strong_ordering::greater));
  BOOST_TEST((table.compare(u"abc", u"AB") == std::strong_ordering::greater));
  BOOST_TEST((table.compare(u"\uFFFD", u"a") == std::strong_ordering::greater));
  BOOST_TEST((table.compare(u"", u"") == std::strong_ordering::equal));
}

BOOST_AUTO_TEST_CASE(refuses_another_size) {
  std::vector<std::byte> stream = ascii_table();
  stream.pop_back();
  BOOST_TEST(is_status(UpcaseTable::parse(stream), Status::corrupt));
  BOOST_TEST(is_status(UpcaseTable::parse({}), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(refuses_letters_that_do_not_fold) {
  std::vector<std::byte> stream = ascii_table();
  BOOST_TEST(is_ok(UpcaseTable::parse(stream)));
  stream['q' * 2] = static_cast<std::byte>('q');
  BOOST_TEST(is_status(UpcaseTable::parse(stream), Status::corrupt));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
