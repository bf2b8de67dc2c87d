// SPDX-License-Identifier: Apache-2.0
// Language identifiers.
#include "engine/inspect/language_tags.h"

#include <boost/test/unit_test.hpp>

namespace casement::test {

BOOST_AUTO_TEST_SUITE(language_tags)

BOOST_AUTO_TEST_CASE(knows_the_languages_that_windows_comes_in) {
  BOOST_TEST((language_tag(0x0409) == u"en-US"));
  BOOST_TEST((language_tag(0x0407) == u"de-DE"));
  BOOST_TEST((language_tag(0x0411) == u"ja-JP"));
  BOOST_TEST((language_tag(0x0804) == u"zh-CN"));
  BOOST_TEST((language_tag(0x0416) == u"pt-BR"));
  BOOST_TEST((language_tag(0x0816) == u"pt-PT"));
  BOOST_TEST((language_tag(0x0C0A) == u"es-ES"));
  BOOST_TEST((language_tag(0x241A) == u"sr-Latn-RS"));
  BOOST_TEST((language_tag(0x0401) == u"ar-SA"));
  BOOST_TEST((language_tag(0x580A) == u"es-419"));
}

BOOST_AUTO_TEST_CASE(invents_nothing_for_others) {
  for (const std::uint32_t lcid : {0U, 0x0400U, 0x0800U, 0x1000U, 0x10409U, 0xFFFFFFFFU}) {
    BOOST_TEST(!language_tag(lcid).has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
