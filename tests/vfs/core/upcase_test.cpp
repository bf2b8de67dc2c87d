// SPDX-License-Identifier: Apache-2.0
#include "vfs/core/upcase.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

BOOST_AUTO_TEST_SUITE(upcase_table)

BOOST_AUTO_TEST_CASE(folds_as_windows_does) {
  BOOST_TEST((upcase(u"a-z \u00E9\u0436\u03C9\uFF41") == u"A-Z \u00C9\u0416\u03A9\uFF21"));
  BOOST_TEST((upcase(u'\u00DF') == u'\u00DF'));  // sharp s has no single capital
  BOOST_TEST((upcase(u'\u00F7') == u'\u00F7'));  // the division sign is no letter
  BOOST_TEST((upcase(u'\u00FF') == u'\u0178'));
  BOOST_TEST((upcase(char16_t{0xD801}) == char16_t{0xD801}));
}

BOOST_AUTO_TEST_CASE(compares_by_upper_case_units) {
  BOOST_TEST(equals_folded(u"Microsoft", u"MICROSOFT"));
  BOOST_TEST(!equals_folded(u"Microsoft", u"Microsof"));
  BOOST_TEST((compare_folded(u"a", u"B") == std::strong_ordering::less));
  BOOST_TEST((compare_folded(u"_", u"a") == std::strong_ordering::greater));  // '_' > 'A'
  BOOST_TEST((compare_folded(u"ab", u"A") == std::strong_ordering::greater));
}

BOOST_AUTO_TEST_CASE(equals_the_table_that_mkntfs_writes) {
  if (!have_programs({"mkntfs", "ntfscat"})) {
    return;
  }
  const TempDir dir;
  const std::string image = dir.write("volume.img", "");
  const std::string table = dir.file("upcase");
  output_of(fmt::format(
      "truncate -s 8M '{0}' && mkntfs -Fq '{0}' >/dev/null 2>&1 && ntfscat -i 10 '{0}' >'{1}' "
      "2>/dev/null",
      image, table));
  std::ifstream in(table, std::ios::binary);
  const std::vector<char> raw{std::istreambuf_iterator<char>(in), {}};
  BOOST_REQUIRE_EQUAL(raw.size(), 0x20000U);
  for (std::size_t unit = 0; unit < 0x10000; ++unit) {
    const auto low = static_cast<unsigned char>(raw[2 * unit]);
    const auto high = static_cast<unsigned char>(raw[2 * unit + 1]);
    BOOST_REQUIRE_EQUAL(static_cast<int>(upcase(static_cast<char16_t>(unit))), low | (high << 8));
  }
}

BOOST_AUTO_TEST_SUITE_END()
