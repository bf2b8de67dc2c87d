// SPDX-License-Identifier: Apache-2.0
// The caller's strings.
#include "engine/dismapi/convert.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "tests/support/matchers.h"

namespace casement::dismapi {
namespace {

using test::is_ok;
using test::is_status;
using test::mentions;

BOOST_AUTO_TEST_SUITE(convert)

BOOST_AUTO_TEST_CASE(copies_a_string) {
  const auto text = required_string(u"C\u00F6\U0001F600", "Name");
  BOOST_TEST(is_ok(text));
  BOOST_TEST((*text == u"C\u00F6\U0001F600"));
}

BOOST_AUTO_TEST_CASE(a_required_string_must_be_there) {
  const auto none = required_string(nullptr, "Name");
  BOOST_TEST(is_status(none, Status::invalid_argument));
  BOOST_TEST(mentions(none.error().message(), {"Name", "NULL"}));
  const auto empty = required_string(u"", "Name");
  BOOST_TEST(is_status(empty, Status::invalid_argument));
  BOOST_TEST(mentions(empty.error().message(), {"Name", "empty"}));
}

BOOST_AUTO_TEST_CASE(an_optional_string_is_absent_when_null_or_empty) {
  for (const PCWSTR text : {PCWSTR{nullptr}, PCWSTR{u""}}) {
    const auto read = optional_string(text, "Name");
    BOOST_TEST(is_ok(read));
    BOOST_TEST(!read->has_value());
  }
}

BOOST_AUTO_TEST_CASE(takes_the_longest_path_and_no_longer_one) {
  const std::u16string longest(max_string_units, u'x');
  BOOST_TEST(is_ok(required_string(longest.c_str(), "Name")));
  const std::u16string longer(max_string_units + 1, u'x');
  BOOST_TEST(is_status(required_string(longer.c_str(), "Name"), Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(does_not_read_on_behind_the_longest_string) {
  // Exactly as many units as may be looked at, without a NUL: the sanitizer sees one more.
  const std::vector<char16_t> endless(max_string_units + 1, u'x');
  BOOST_TEST(is_status(optional_string(endless.data(), "Name"), Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(refuses_half_a_surrogate_pair) {
  const auto text = optional_string(u"a\xD800z", "Name");
  BOOST_TEST(is_status(text, Status::invalid_argument));
  BOOST_TEST(mentions(text.error().message(), {"Name", "UTF-16"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
