// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/fuse/file_name.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "vfs/core/utf16.h"
#include "vfs/fs/host_name.h"

using namespace casement;
using namespace casement::cli;

BOOST_AUTO_TEST_SUITE(file_name)

BOOST_AUTO_TEST_CASE(shows_names_as_utf8_and_takes_them_back) {
  for (const std::u16string& name :
       {std::u16string(u"plain.txt"), std::u16string(u"stra\u00DFe"), std::u16string(u"\u65E5"),
        std::u16string(u"\U0001F600"), std::u16string(u"a\\b"), std::u16string(255, u'\uFFFD'),
        std::u16string({0xD800}), std::u16string({u'a', 0xDC41, u'b'}),
        std::u16string({0xDC00, 0xD800}), std::u16string(u"..."), std::u16string(u" ")}) {
    const auto bytes = to_file_name(name);
    BOOST_REQUIRE(bytes.has_value());
    BOOST_TEST((from_file_name(*bytes) == name), *bytes);
    BOOST_TEST(!unescaped_name(name).has_value());
  }
}

BOOST_AUTO_TEST_CASE(writes_lone_surrogates_as_the_host_reader_reads_them) {
  const std::u16string name{u'x', 0xD83D, u'y'};
  BOOST_TEST((decode_host_name(to_file_name(name).value()) == name));
}

BOOST_AUTO_TEST_CASE(escapes_what_no_file_name_can_hold) {
  const std::u16string name(u"a/b\0c", 5);
  const auto bytes = to_file_name(name);
  BOOST_REQUIRE(bytes.has_value());
  BOOST_TEST((from_utf8(*bytes) == u"a\uF02Fb\uF000c"));
  BOOST_TEST((unescaped_name(from_file_name(*bytes).value()) == name));
}

BOOST_AUTO_TEST_CASE(shows_no_names_that_the_kernel_would_misread) {
  for (const std::u16string& name : {std::u16string(), std::u16string(u"."), std::u16string(u".."),
                                     std::u16string(max_file_name + 1, u'x'),
                                     std::u16string(max_file_name / 3 + 1, u'\u65E5')}) {
    BOOST_TEST(!to_file_name(name).has_value());
  }
  BOOST_TEST(to_file_name(std::u16string(max_file_name, u'x')).has_value());
}

BOOST_AUTO_TEST_CASE(takes_nothing_that_was_never_shown) {
  // No UTF-8; an overlong form; a character as two surrogates of three bytes.
  for (const char* bytes : {"\xFF", "a\xC3", "\xC0\xAF", "\xED\xA0\xBD\xED\xB8\x80"}) {
    BOOST_TEST(!from_file_name(bytes).has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()
