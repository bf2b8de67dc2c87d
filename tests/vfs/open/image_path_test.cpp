// SPDX-License-Identifier: Apache-2.0
#include "vfs/open/image_path.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "tests/support/matchers.h"

namespace casement {
namespace {

using test::is_status;
using test::must;

std::vector<ImageStep> parse(const std::string& text, const std::set<std::string>& files) {
  return must(
      parse_image_path(text, [&](const std::string& path) { return files.contains(path); }));
}

BOOST_AUTO_TEST_SUITE(image_path)

BOOST_AUTO_TEST_CASE(takes_a_plain_path_whole) {
  const auto steps = parse("dir/disk.vhdx", {});
  BOOST_TEST(steps.size() == 1);
  BOOST_TEST(steps[0].path == "dir/disk.vhdx");
  BOOST_TEST(!steps[0].partition);
}

BOOST_AUTO_TEST_CASE(cuts_a_partition_selector) {
  const auto steps = parse("disk.vhdx#p3", {"disk.vhdx"});
  BOOST_TEST(steps.size() == 1);
  BOOST_TEST(steps[0].path == "disk.vhdx");
  BOOST_TEST(steps[0].partition.value().number == 3);
}

BOOST_AUTO_TEST_CASE(never_hides_a_real_file) {
  BOOST_TEST(parse("disk.vhdx#p3", {"disk.vhdx", "disk.vhdx#p3"})[0].path == "disk.vhdx#p3");
  const auto inner = parse("a!/b#p1", {"a", "a!/b"});
  BOOST_TEST(inner.size() == 1);
  BOOST_TEST(inner[0].path == "a!/b");
  BOOST_TEST(inner[0].partition.value().number == 1);
}

BOOST_AUTO_TEST_CASE(goes_into_images_inside) {
  const auto steps = parse("disk#p2!/vm/child.vhdx#p1!\\x#1.vhd", {"disk"});
  BOOST_TEST_REQUIRE(steps.size() == 3);
  BOOST_TEST(steps[0].partition.value().number == 2);
  BOOST_TEST(steps[1].path == "/vm/child.vhdx");
  BOOST_TEST(steps[1].partition.value().number == 1);
  BOOST_TEST(steps[2].path == "\\x#1.vhd");
  BOOST_TEST(!steps[2].partition);
}

BOOST_AUTO_TEST_CASE(gives_the_whole_text_when_nothing_exists) {
  BOOST_TEST(parse("missing#p3", {})[0].path == "missing#p3");
}

BOOST_DATA_TEST_CASE(rejects_other_selectors,
                     boost::unit_test::data::make({"d#", "d#p", "d#p0", "d#3", "d#px", "d#p3x",
                                                   "d#p99999999999", "d#p1#p2", "d#\"name\""}),
                     text) {
  const auto steps = parse_image_path(text, [](const std::string& path) { return path == "d"; });
  BOOST_TEST(is_status(steps, Status::invalid_argument));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement
