// SPDX-License-Identifier: Apache-2.0
#include "vfs/mount/image_text.h"

#include <boost/test/unit_test.hpp>
#include <ostream>
#include <set>

using namespace casement;

namespace casement {

std::ostream& operator<<(std::ostream& out, const ImageText& text) {
  return out << text.path << " | " << text.rest;
}

}  // namespace casement

namespace {

ImageText split(std::string_view text, const std::set<std::string>& host) {
  return split_image_text(text, [&host](const std::string& path) { return host.contains(path); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(image_text)

BOOST_AUTO_TEST_CASE(cuts_behind_the_file_of_the_host) {
  BOOST_TEST(split("/a/b.wim#2", {"/a/b.wim"}) == (ImageText{"/a/b.wim", "#2"}));
  BOOST_TEST(split("/a/b.iso!/sources/i.wim#6", {"/a/b.iso"}) ==
             (ImageText{"/a/b.iso", "!/sources/i.wim#6"}));
  BOOST_TEST(split("/a/b.vhdx", {"/a/b.vhdx"}) == (ImageText{"/a/b.vhdx", ""}));
}

BOOST_AUTO_TEST_CASE(takes_the_longest_name_that_is_there) {
  BOOST_TEST(split("/a#1/b#2", {"/a#1/b#2", "/a#1/b", "/a"}) == (ImageText{"/a#1/b#2", ""}));
  BOOST_TEST(split("/a#1/b#2", {"/a#1/b", "/a"}) == (ImageText{"/a#1/b", "#2"}));
  BOOST_TEST(split("/a#1/b#2", {"/a"}) == (ImageText{"/a", "#1/b#2"}));
}

BOOST_AUTO_TEST_CASE(goes_by_the_form_when_the_file_is_gone) {
  BOOST_TEST(split("/a/b.wim#Windows 11", {}) == (ImageText{"/a/b.wim", "#Windows 11"}));
  BOOST_TEST(split("/a#1/b.wim", {}) == (ImageText{"/a#1/b.wim", ""}));
  BOOST_TEST(split("/a/b.vhdx#p3!/c#d/e.vhdx", {}) == (ImageText{"/a/b.vhdx", "#p3!/c#d/e.vhdx"}));
  BOOST_TEST(split("/a/b.iso!/i.wim#6", {}) == (ImageText{"/a/b.iso", "!/i.wim#6"}));
  BOOST_TEST(split("/#x", {}) == (ImageText{"/#x", ""}));
  BOOST_TEST(split("", {}) == (ImageText{"", ""}));
}

BOOST_AUTO_TEST_CASE(reads_the_index_of_a_wim) {
  BOOST_TEST(index_in_image_text("/a/b.wim#2") == 2U);
  BOOST_TEST(index_in_image_text("/a/b.iso!/i.wim#11") == 11U);
  BOOST_TEST(index_in_image_text("#5") == 5U);
}

BOOST_AUTO_TEST_CASE(gives_a_disk_the_index_1) {
  for (const char* text : {"/a/b.vhdx", "/a/b.vhdx#p3", "/a#7/b.vhdx", "/a/b.wim#", "/a/b.wim#0",
                           "/a/b.wim#2x", "/a/b.wim#99999999999", ""}) {
    BOOST_TEST(index_in_image_text(text) == 1U, text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
