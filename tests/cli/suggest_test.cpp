// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/commands/suggest.h"

#include <boost/test/unit_test.hpp>

using casement::cli::edit_distance;
using casement::cli::similar_names;
using Names = std::vector<std::u16string>;

BOOST_AUTO_TEST_SUITE(suggest)

BOOST_AUTO_TEST_CASE(counts_changed_letters_without_regard_to_case) {
  BOOST_TEST(edit_distance(u"Select", u"select", 3) == 0U);
  BOOST_TEST(edit_distance(u"Selct", u"Select", 3) == 1U);
  BOOST_TEST(edit_distance(u"", u"abc", 3) == 3U);
}

BOOST_AUTO_TEST_CASE(gives_up_beyond_the_limit) {
  BOOST_TEST(edit_distance(u"abcdef", u"uvwxyz", 2) == 3U);
  BOOST_TEST(edit_distance(u"a", u"abcdefgh", 2) == 3U);
}

BOOST_AUTO_TEST_CASE(finds_names_with_a_letter_wrong) {
  const Names names{u"Services", u"Control", u"Enum"};
  BOOST_TEST((similar_names(u"Servces", names) == Names{u"Services"}));
}

BOOST_AUTO_TEST_CASE(ignores_spaces_and_punctuation) {
  const Names names{u"Windows", u"Windows NT"};
  BOOST_TEST((similar_names(u"WindowsNT", names).front() == u"Windows NT"));
}

BOOST_AUTO_TEST_CASE(suggests_nothing_for_names_that_are_not_alike) {
  BOOST_TEST(similar_names(u"Quux", Names{u"Services", u"Control"}).empty());
  BOOST_TEST(similar_names(u"", Names{u"Services"}).empty());
}

BOOST_AUTO_TEST_CASE(suggests_five_names_at_most) {
  Names names;
  for (char16_t c = u'a'; c < u'k'; ++c) {
    names.push_back(std::u16string(u"Service") + c);
  }
  BOOST_TEST(similar_names(u"Service", names).size() == 5U);
}

BOOST_AUTO_TEST_CASE(does_not_compare_absurdly_long_names) {
  const std::u16string absurd(40'000, u'x');
  BOOST_TEST(similar_names(absurd, Names{absurd}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
