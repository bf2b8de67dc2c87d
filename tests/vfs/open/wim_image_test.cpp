// SPDX-License-Identifier: Apache-2.0
// WIMs by their path: images as volumes, selectors, WIMs inside of other images.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fixtures/build/wim/wim_builder.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/support/write_file.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/path_walker.h"
#include "vfs/open/opener.h"

namespace casement::test {
namespace {

fixture::WimFacts named(const char* name, const char* flags) {
  fixture::WimFacts facts;
  facts.name = name;
  facts.flags = flags;
  return facts;
}

/// Image 1 "Home" holds \home.txt, image 2 "2" holds \pro.txt, image 3 "p1" an inner WIM.
fixture::WimBuilder three_images() {
  fixture::WimBuilder inner;
  inner.file("\\deep.txt", "deep");
  fixture::WimBuilder wim;
  wim.add_image(named("Home", "Core")).file("\\home.txt", "home");
  wim.add_image(named("2", "Professional")).file("\\pro.txt", "pro");
  wim.add_image(named("p1", "Core")).file("\\vm\\inner#1.wim", inner.build());
  return wim;
}

struct Wim {
  TempDir dir;
  std::string path = dir.path() + "/install.wim";

  Wim() { write_file(path, three_images().build()); }
};

bool has(const Volume& volume, std::u16string_view path) {
  return must(find_path(volume.file_system, path, {})).has_value();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(wim_image, Wim)

BOOST_AUTO_TEST_CASE(each_image_is_a_volume) {
  const OpenedImage image = must(open_image(path));
  BOOST_TEST_REQUIRE(image.volumes.size() == 3U);
  BOOST_TEST(image.wim != nullptr);
  BOOST_TEST(image.wim_path.empty());
  BOOST_TEST(!image.selected);
  BOOST_TEST(image.layers.back().kind == "wim");
  BOOST_TEST(image.volumes[1].name == "image 2");
  BOOST_TEST(image.volumes[1].wim_image.value() == 2U);
  BOOST_TEST(image.volumes[1].index == 2U);
  BOOST_TEST(has(image.volumes[0], u"\\home.txt"));
  BOOST_TEST(has(image.volumes[1], u"\\pro.txt"));
}

struct SelectorRow {
  const char* selector;
  std::size_t selected;
};
std::ostream& operator<<(std::ostream& out, const SelectorRow& row) {
  return out << row.selector;
}

BOOST_DATA_TEST_CASE_F(Wim, selectors_name_images,
                       boost::unit_test::data::make({
                           SelectorRow{"#1", 0},
                           SelectorRow{"#3", 2},
                           SelectorRow{"#home", 0},
                           SelectorRow{"#Professional", 1},
                           SelectorRow{"#\"2\"", 1},
                           SelectorRow{"#\"p1\"", 2},
                       }),
                       row) {
  BOOST_TEST(must(open_image(path + row.selector)).selected.value() == row.selected);
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_said_with_what_is) {
  const auto number = open_image(path + "#4");
  BOOST_TEST(is_status(number, Status::not_found));
  BOOST_TEST(mentions(number.error().message(), {"no image 4", "image 1 \"Home\"", "image 3"}));
  BOOST_TEST(is_status(open_image(path + "#Enterprise"), Status::not_found));
  BOOST_TEST(is_status(open_image(path + "#p1"), Status::not_found));
  // <FLAGS> of two images.
  const auto ambiguous = open_image(path + "#Core");
  BOOST_TEST(is_status(ambiguous, Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_wim_inside_of_an_image_is_opened_in_place) {
  const OpenedImage inner = must(open_image(path + "#3!/vm/inner#1.wim#1"));
  BOOST_TEST_REQUIRE(inner.volumes.size() == 1U);
  BOOST_TEST(inner.selected.value() == 0U);
  BOOST_TEST(has(inner.volumes[0], u"\\deep.txt"));
  BOOST_TEST(is_status(open_image(path + "!/vm/inner#1.wim"), Status::invalid_argument));
  BOOST_TEST(is_status(open_image(path + "#1!/vm/inner#1.wim"), Status::not_found));
}

BOOST_AUTO_TEST_CASE(an_image_without_a_tree_stays_in_the_list) {
  fixture::WimBuilder wim = three_images();
  wim.image(2).edit_metadata([](fixture::WimMetadata& metadata) { metadata.bytes.resize(20); });
  write_file(path, wim.build());
  const OpenedImage image = must(open_image(path));
  BOOST_TEST_REQUIRE(image.volumes.size() == 3U);
  BOOST_TEST(!image.volumes[1].file_system);
  BOOST_TEST(!image.volumes[1].reason.empty());
  BOOST_TEST(has(image.volumes[0], u"\\home.txt"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
