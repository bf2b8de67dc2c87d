// SPDX-License-Identifier: Apache-2.0
// Host names as Windows names: nothing is lost and nothing collides.
#include "vfs/fs/host_name.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <map>
#include <string>
#include <vector>

namespace casement::test {
namespace {

BOOST_AUTO_TEST_SUITE(host_name)

BOOST_AUTO_TEST_CASE(utf8_becomes_utf16) {
  BOOST_CHECK(decode_host_name("System32") == u"System32");
  BOOST_CHECK(decode_host_name("\xC3\xA9\xE2\x82\xAC") == u"\u00E9\u20AC");
  BOOST_CHECK(decode_host_name("\xF0\x9F\x98\x80") == u"\U0001F600");
}

BOOST_AUTO_TEST_CASE(lone_surrogates_in_wtf8_become_themselves) {
  BOOST_CHECK(decode_host_name("a\xED\xA0\x80z") == (std::u16string{u'a', 0xD800, u'z'}));
  BOOST_CHECK(decode_host_name("\xED\xBF\xBF") == (std::u16string{0xDFFF}));
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_become_lone_surrogates) {
  BOOST_CHECK(decode_host_name("caf\xE9") == (std::u16string{u'c', u'a', u'f', 0xDCE9}));
  BOOST_CHECK(decode_host_name("\xC3") == (std::u16string{0xDCC3}));
  BOOST_CHECK(decode_host_name("\xC0\xAF") == (std::u16string{0xDCC0, 0xDCAF}));  // overlong '/'
  BOOST_CHECK(decode_host_name("\xF4\x90\x80\x80").size() == 4U);                 // beyond U+10FFFF
}

BOOST_AUTO_TEST_CASE(a_backslash_is_no_separator_in_a_host_name) {
  BOOST_CHECK(decode_host_name("a\\b") == (std::u16string{u'a', 0xDC5C, u'b'}));
}

/// Sequences that meet at every edge of the encoding.
const std::array<std::string, 14> parts{"a",
                                        "\\",
                                        "\x80",
                                        "\xFF",
                                        "\xC3",
                                        "\xC3\xA9",
                                        "\xE2\x82\xAC",
                                        "\xE2\x82",
                                        "\xED\xA0\x80",
                                        "\xED\xAF\xBF",
                                        "\xED\xB0\x80",
                                        "\xED\xB2\x80",
                                        "\xED\xB4\x80",
                                        "\xF0\x9F\x98\x80"};

BOOST_AUTO_TEST_CASE(every_name_comes_back_and_no_two_meet) {
  std::map<std::u16string, std::string> seen;
  const auto check = [&](const std::string& bytes) {
    const std::u16string name = decode_host_name(bytes);
    const auto [known, is_new] = seen.emplace(name, bytes);
    BOOST_TEST((is_new || known->second == bytes));
    BOOST_TEST((encode_host_name(name) == std::optional(bytes)));
    BOOST_TEST((name.find(u'\\') == std::u16string::npos));
  };
  for (const std::string& a : parts) {
    check(a);
    for (const std::string& b : parts) {
      check(a + b);
      for (const std::string& c : parts) {
        check(a + b + c);
        check(a + b + c + "\xED\xB0\x80");
      }
    }
  }
  BOOST_TEST(seen.size() > 4000U);
}

BOOST_AUTO_TEST_CASE(text_that_no_host_name_gives_is_refused) {
  BOOST_TEST(!encode_host_name(u"a/b"));
  BOOST_TEST(!encode_host_name(u"a\\b"));
  BOOST_TEST(!encode_host_name(std::u16string{u'a', u'\0'}));
  BOOST_TEST(!encode_host_name(std::u16string{0xDC2F}));          // an escaped '/'
  BOOST_TEST(!encode_host_name(std::u16string{0xDC41}));          // an escaped 'A'
  BOOST_TEST(!encode_host_name(std::u16string{0xDCC3, 0xDCA9}));  // escaped, but valid UTF-8
}

BOOST_AUTO_TEST_CASE(percent_signs_are_undone) {
  BOOST_TEST(*decode_percent("C%3A") == "C:");
  BOOST_TEST(*decode_percent("%5C%5C.%5CC%3a") == "\\\\.\\C:");
  BOOST_TEST(*decode_percent("100%") == "100%");
  BOOST_TEST(*decode_percent("%zz%4") == "%zz%4");
  BOOST_TEST(*decode_percent("%25") == "%");
  BOOST_TEST(*decode_percent("caf%C3%A9") == "caf\xC3\xA9");
}

BOOST_AUTO_TEST_CASE(percent_signs_never_make_another_path) {
  for (const char* name : {"%2F", "a%2fb", "%2E", "%2e%2E", "..%00", ""}) {
    BOOST_TEST(!decode_percent(name));
  }
  BOOST_CHECK(decode_host_name("%2e%2e", NameCoding::percent) == u"%2e%2e");
  BOOST_CHECK(decode_host_name("a%5Cb", NameCoding::percent) ==
              (std::u16string{u'a', 0xDC5C, u'b'}));
  BOOST_CHECK(decode_host_name("a%20b", NameCoding::plain) == u"a%20b");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
