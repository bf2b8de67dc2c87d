// SPDX-License-Identifier: Apache-2.0
// Paths that are refused, and how large they may be.
#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/path.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

struct Refused {
  std::u16string_view text;
  Status status;
};
std::ostream& operator<<(std::ostream& out, const Refused& row) {
  return out << to_utf8(row.text);
}

using namespace std::string_view_literals;

const std::array refused{
    Refused{u"C:\\a\0b"sv, Status::invalid_argument},
    Refused{u"\0"sv, Status::invalid_argument},
    Refused{u"C:\\x:"sv, Status::invalid_argument},
    Refused{u"C:\\x::"sv, Status::invalid_argument},
    Refused{u"C:\\x:s:"sv, Status::invalid_argument},
    Refused{u"C:\\x:s:$DATA:y"sv, Status::invalid_argument},
    Refused{u"C:\\x:s:$INDEX_ALLOCATION"sv, Status::unsupported},
    Refused{u"C:\\x::$ATTRIBUTE_LIST"sv, Status::unsupported},
};

std::u16string repeat(std::u16string_view text, std::size_t count) {
  std::u16string out;
  for (std::size_t i = 0; i < count; ++i) {
    out += text;
  }
  return out;
}

BOOST_AUTO_TEST_SUITE(path_limits)

BOOST_DATA_TEST_CASE(refuses, bdata::make(refused), row) {
  BOOST_TEST(is_status(parse_path(row.text), row.status));
}

BOOST_AUTO_TEST_CASE(takes_the_longest_path_that_windows_has_and_no_longer) {
  const std::u16string longest = u"C:\\" + std::u16string(max_path_units - 3, u'x');
  BOOST_TEST(must(parse_path(longest)).components.size() == 1U);
  BOOST_TEST(is_status(parse_path(longest + u"x"), Status::name_too_long));
  BOOST_TEST(is_status(parse_path(std::u16string(40'000, u'x')), Status::name_too_long));
  const auto error = parse_path(repeat(u"\\abc", 10'000));
  BOOST_REQUIRE(is_status(error, Status::name_too_long));
  BOOST_TEST(mentions(error.error().message(), {"40000", "32767"}));
}

BOOST_AUTO_TEST_CASE(counts_components_against_the_depth_limit) {
  Limits limits;
  limits.max_path_depth = 3;
  BOOST_TEST(is_ok(parse_path(u"C:\\a\\b\\c", limits)));
  BOOST_TEST(is_status(parse_path(u"C:\\a\\b\\c\\d", limits), Status::limit_exceeded));
  BOOST_TEST(is_ok(parse_path(u"C:\\a\\b\\..\\c\\..\\d\\e", limits)));
  BOOST_TEST(is_ok(parse_path(u"..\\..\\..\\a", limits)));
  BOOST_TEST(is_status(parse_path(u"..\\..\\..\\..\\a", limits), Status::limit_exceeded));
  BOOST_TEST(is_ok(parse_path(u"C:\\..\\..\\..\\..\\..\\a", limits)));
  const Limits defaults;
  BOOST_TEST(is_ok(parse_path(repeat(u"\\a", defaults.max_path_depth))));
  BOOST_TEST(
      is_status(parse_path(repeat(u"\\a", defaults.max_path_depth + 1)), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(counts_joined_components_against_the_depth_limit) {
  Limits limits;
  limits.max_path_depth = 3;
  const ParsedPath base = must(parse_path(u"C:\\a\\b"));
  BOOST_TEST(is_ok(join_path(base, must(parse_path(u"c")), limits)));
  BOOST_TEST(is_status(join_path(base, must(parse_path(u"c\\d")), limits), Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
