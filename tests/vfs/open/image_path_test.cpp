// SPDX-License-Identifier: Apache-2.0
#include "vfs/open/image_path.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <set>
#include <string>
#include <utility>

#include "tests/support/matchers.h"

namespace casement {
namespace {

using test::is_status;
using test::must;

PathExists among(std::set<std::string> files) {
  return [files = std::move(files)](const std::string& path) { return files.contains(path); };
}

ImagePath parse(const std::string& text, const std::set<std::string>& files) {
  return must(parse_image_path(text, among(files)));
}

/// "path" or "path selector"; the kind of a selector is told by its type, not by its text.
std::string shown(const ImageStep& step) {
  if (!step.selector) {
    return step.path;
  }
  const char* const kind = std::holds_alternative<PartitionSelector>(*step.selector) ? "partition"
                           : std::holds_alternative<ImageIndexSelector>(*step.selector) ? "index"
                                                                                        : "name";
  return step.path + " " + kind + " " + to_string(*step.selector);
}

BOOST_AUTO_TEST_SUITE(image_path)

BOOST_AUTO_TEST_CASE(takes_a_plain_path_whole) {
  const ImagePath path = parse("dir/disk.vhdx", {});
  BOOST_TEST(shown(path.host) == "dir/disk.vhdx");
  BOOST_TEST(path.inner.empty());
}

struct SelectorRow {
  const char* text;
  const char* expected;
};
std::ostream& operator<<(std::ostream& out, const SelectorRow& row) {
  return out << row.text;
}

const std::array selector_rows{
    SelectorRow{"d#p3", "d partition #p3"},
    SelectorRow{"d#P12", "d partition #p12"},
    SelectorRow{"d#2", "d index #2"},
    SelectorRow{"d#Windows 11 Pro", "d name #Windows 11 Pro"},
    SelectorRow{"d#\"Windows 11 Pro\"", "d name #Windows 11 Pro"},
    SelectorRow{"d#\"p3\"", "d name #p3"},
    SelectorRow{"d#\"2\"", "d name #2"},
    SelectorRow{"d#p", "d name #p"},
    SelectorRow{"d#p3x", "d name #p3x"},
    SelectorRow{"d#a#b", "d name #a#b"},
    SelectorRow{"d#\"a!/b\"", "d name #a!/b"},
};

BOOST_DATA_TEST_CASE(cuts_a_selector_off, boost::unit_test::data::make(selector_rows), row) {
  const ImagePath path = parse(row.text, {"d"});
  BOOST_TEST(shown(path.host) == row.expected);
  BOOST_TEST(path.inner.empty());
}

BOOST_AUTO_TEST_CASE(never_hides_a_real_file) {
  BOOST_TEST(shown(parse("disk.vhdx#p3", {"disk.vhdx", "disk.vhdx#p3"}).host) == "disk.vhdx#p3");
  const ImagePath inner = parse("a!/b#p1", {"a", "a!/b"});
  BOOST_TEST(shown(inner.host) == "a!/b partition #p1");
  BOOST_TEST(inner.inner.empty());
  BOOST_TEST(shown(must(cut_selector("/x#1.vhd", among({"/x", "/x#1.vhd"})))) == "/x#1.vhd");
}

BOOST_AUTO_TEST_CASE(goes_into_images_inside) {
  const ImagePath path = parse("disk#p2!/vm/child.vhdx#p1!\\x#1.vhd", {"disk"});
  BOOST_TEST(shown(path.host) == "disk partition #p2");
  BOOST_TEST_REQUIRE(path.inner.size() == 2);
  BOOST_TEST(shown(must(cut_selector(path.inner[0], among({"/vm/child.vhdx"})))) ==
             "/vm/child.vhdx partition #p1");
  BOOST_TEST(shown(must(cut_selector(path.inner[1], among({"\\x#1.vhd"})))) == "\\x#1.vhd");
  const ImagePath media = parse("win11.iso!/sources/install.wim#Windows 11 Pro", {"win11.iso"});
  BOOST_TEST_REQUIRE(media.inner.size() == 1);
  BOOST_TEST(shown(must(cut_selector(media.inner[0], among({"/sources/install.wim"})))) ==
             "/sources/install.wim name #Windows 11 Pro");
}

BOOST_AUTO_TEST_CASE(gives_the_whole_text_when_nothing_exists) {
  BOOST_TEST(shown(parse("missing#p3", {}).host) == "missing#p3");
  BOOST_TEST(shown(must(cut_selector("/missing#2", among({})))) == "/missing#2");
}

BOOST_DATA_TEST_CASE(rejects_what_is_no_selector,
                     boost::unit_test::data::make({"d#", "d#p0", "d#0", "d#p99999999999",
                                                   "d#4294967296", "d#\"", "d#\"\"", "d#\"open"}),
                     text) {
  BOOST_TEST(is_status(parse_image_path(text, among({"d"})), Status::invalid_argument));
  BOOST_TEST(is_status(cut_selector(text, among({"d"})), Status::invalid_argument));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement
