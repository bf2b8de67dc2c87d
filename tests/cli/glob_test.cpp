// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/commands/glob.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

#include "vfs/core/utf16.h"

using namespace casement::cli;
namespace bdata = boost::unit_test::data;

namespace {

struct Example {
  const char* pattern;
  const char* name;
  bool matches;
};
std::ostream& operator<<(std::ostream& out, const Example& example) {
  return out << example.pattern << " and " << example.name;
}

constexpr std::array examples{
    Example{"telnetclient", "TelnetClient", true},
    Example{"Telnet", "TelnetClient", false},
    Example{"Telnet*", "TelnetClient", true},
    Example{"*client", "TelnetClient", true},
    Example{"t*c*t", "TelnetClient", true},
    Example{"t*c*x", "TelnetClient", false},
    Example{"*", "", true},
    Example{"", "", true},
    Example{"", "a", false},
    Example{"?", "", false},
    Example{"oem?.inf", "oem1.inf", true},
    Example{"oem?.inf", "oem12.inf", false},
    Example{"***a", "bca", true},
    Example{"*ab*ab", "ababaab", true},
    Example{"a*b", "acc", false},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(glob)

BOOST_DATA_TEST_CASE(matches_whole_names, bdata::make(examples), example) {
  BOOST_TEST(glob_matches(casement::from_utf8(example.pattern).value(),
                          casement::from_utf8(example.name).value()) == example.matches);
}

BOOST_AUTO_TEST_CASE(stays_quick_where_stars_could_match_in_many_ways) {
  std::u16string pattern;
  for (int i = 0; i < 1000; ++i) {
    pattern += u"*a";
  }
  BOOST_TEST(!glob_matches(pattern + u"b", std::u16string(20000, u'a')));
}

BOOST_AUTO_TEST_CASE(a_pattern_without_wildcards_matches_any_part) {
  const NamePattern part{std::string("client")};
  BOOST_TEST(part.matches(u"TelnetClientTools"));
  BOOST_TEST(!part.matches(u"TelnetServer"));
  const NamePattern whole{std::string("client*")};
  BOOST_TEST(!whole.matches(u"TelnetClientTools"));
}

BOOST_AUTO_TEST_CASE(no_pattern_matches_everything) {
  BOOST_TEST(NamePattern(std::nullopt).matches(u""));
  BOOST_TEST(NamePattern(std::nullopt).matches(u"x"));
}

BOOST_AUTO_TEST_SUITE_END()
