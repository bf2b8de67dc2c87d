// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/json.h"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace casement;
using namespace casement::cli;

namespace {

template <class Write>
std::string written(Write write) {
  std::string out;
  JsonWriter json(out);
  write(json);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(escapes_what_json_does_not_allow) {
  const std::string out = written(
      [](JsonWriter& json) { json.string(std::u16string_view(u"\"\\\n\r\t\x01\x7F/", 8)); });
  BOOST_TEST(out == "\"\\\"\\\\\\n\\r\\t\\u0001\\u007f/\"");
}

BOOST_AUTO_TEST_CASE(writes_other_text_as_utf8) {
  BOOST_TEST(written([](JsonWriter& json) { json.string(u"\u00FC\u65E5\U0001F600"); }) ==
             "\"\xC3\xBC\xE6\x97\xA5\xF0\x9F\x98\x80\"");
}

BOOST_AUTO_TEST_CASE(adds_hex_to_text_that_is_not_well_formed) {
  const std::string out = written([](JsonWriter& json) {
    json.begin_object(Layout::line);
    json.text_member("good", u"a");
    json.text_member("bad", std::u16string_view(u"a\xD800", 2));
    json.end_object();
  });
  BOOST_TEST(out == R"({"good": "a", "bad": "a\\u{D800}", "bad_utf16": "610000d8"})");
}

BOOST_AUTO_TEST_CASE(replaces_bytes_that_are_no_utf8) {
  BOOST_TEST(written([](JsonWriter& json) { json.string(std::string_view("a\xFF")); }) ==
             "\"a\xEF\xBF\xBD\"");
}

BOOST_AUTO_TEST_CASE(lays_out_nested_values) {
  const std::string out = written([](JsonWriter& json) {
    json.begin_object();
    json.key("list");
    json.begin_array();
    json.number(1);
    json.begin_object(Layout::line);
    json.member("a", true);
    json.null_member("b");
    json.end_object();
    json.end_array();
    json.key("empty");
    json.begin_array();
    json.end_array();
    json.end_object();
  });
  BOOST_TEST(out ==
             "{\n  \"list\": [\n    1,\n    {\"a\": true, \"b\": null}\n  ],\n  \"empty\": []\n}");
}

BOOST_AUTO_TEST_CASE(writes_extreme_numbers_exactly) {
  BOOST_TEST(written([](JsonWriter& json) { json.number(UINT64_MAX); }) == "18446744073709551615");
  BOOST_TEST(written([](JsonWriter& json) { json.signed_number(INT64_MIN); }) ==
             "-9223372036854775808");
}

BOOST_AUTO_TEST_CASE(writes_times_that_are_not_set_as_null) {
  BOOST_TEST(written([](JsonWriter& json) { json.time(FileTime{}); }) == "null");
}

BOOST_AUTO_TEST_SUITE_END()
