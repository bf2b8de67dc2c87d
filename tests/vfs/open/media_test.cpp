// SPDX-License-Identifier: Apache-2.0
// Installation media: the medium's own volume, and the images of the WIM on it.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "fixtures/build/iso/udf_builder.h"
#include "fixtures/build/wim/wim_builder.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/support/write_file.h"
#include "vfs/fs/path_walker.h"
#include "vfs/open/opener.h"

namespace casement::test {
namespace {

fixture::ByteVector wim_of(const char* file) {
  fixture::WimBuilder wim;
  wim.add_image({.name = "Home"}).file(file, "home");
  wim.add_image({.name = "Pro"}).file("\\pro.txt", "pro");
  return wim.build();
}

struct Medium {
  TempDir dir;
  std::string path = dir.path() + "/media.iso";
  fixture::UdfBuilder udf;

  OpenedImage open(const std::string& selector = {}) {
    write_file(path, udf.build().bytes);
    return must(open_image(path + selector));
  }
};

bool has(const Volume& volume, std::u16string_view path) {
  return must(find_path(volume.file_system, path, {})).has_value();
}

bool has_finding(const OpenedImage& image, std::string_view code) {
  return std::ranges::any_of(image.diagnostics.items(),
                             [code](const Diagnostic& finding) { return finding.code == code; });
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(media, Medium)

BOOST_AUTO_TEST_CASE(the_images_follow_the_medium) {
  udf.add_file("setup.exe", std::string_view("MZ"));
  udf.add_file("SOURCES/Install.WIM", wim_of("\\home.txt"));
  udf.add_file("sources/boot.wim", wim_of("\\pe.txt"));
  const OpenedImage image = open();
  BOOST_TEST_REQUIRE(image.volumes.size() == 3U);
  BOOST_TEST(has(image.volumes[0], u"\\setup.exe"));
  BOOST_TEST(!image.volumes[0].wim_image);
  BOOST_TEST(image.volumes[1].wim_image.value() == 1U);
  BOOST_TEST(has(image.volumes[1], u"\\home.txt"));
  BOOST_TEST(image.wim_path == "/SOURCES/Install.WIM");
  BOOST_TEST(image.layers.back().kind == "wim");
}

BOOST_AUTO_TEST_CASE(selectors_and_inner_paths_mean_what_they_say) {
  udf.add_file("sources/install.wim", wim_of("\\home.txt"));
  udf.add_file("sources/boot.wim", wim_of("\\pe.txt"));
  BOOST_TEST(open("#2").selected.value() == 2U);
  const OpenedImage inner = open("!/sources/boot.wim#1");
  BOOST_TEST_REQUIRE(inner.volumes.size() == 2U);
  BOOST_TEST(inner.selected.value() == 0U);
  BOOST_TEST(inner.wim_path.empty());
  BOOST_TEST(has(inner.volumes[0], u"\\pe.txt"));
}

BOOST_AUTO_TEST_CASE(without_an_install_wim_the_boot_wim_is_taken) {
  udf.add_file("sources/boot.wim", wim_of("\\pe.txt"));
  BOOST_TEST(open().wim_path == "/sources/boot.wim");
}

BOOST_AUTO_TEST_CASE(all_parts_of_a_split_wim_are_found_on_the_medium) {
  fixture::WimOptions options;
  options.part_size = 4000;
  fixture::WimBuilder wim(options);
  for (int i = 0; i < 4; ++i) {
    wim.file("\\" + std::to_string(i) + ".bin",
             fixture::ByteVector(1500, static_cast<std::byte>(i + 1)));
  }
  const auto parts = wim.build_parts();
  BOOST_TEST_REQUIRE(parts.size() > 1U);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    udf.add_file("sources/install" + (i == 0 ? "" : std::to_string(i + 1)) + ".swm", parts[i]);
  }
  const OpenedImage image = open();
  BOOST_TEST(image.wim_path == "/sources/install.swm");
  BOOST_TEST(image.wim->part_names().size() == parts.size());
  const auto last = must(find_path(image.volumes[1].file_system, u"\\3.bin", {}));
  BOOST_TEST_REQUIRE(last.has_value());
  std::vector<std::byte> bytes(1500);
  must(must(last->file_system->open(last->node, {}))->read(0, bytes));
  BOOST_TEST((bytes.back() == std::byte{4}));
}

BOOST_AUTO_TEST_CASE(a_damaged_wim_leaves_the_medium) {
  udf.add_file("setup.exe", std::string_view("MZ"));
  udf.add_file("sources/install.wim", std::string_view("MSWIM"));
  const OpenedImage image = open();
  BOOST_TEST(image.volumes.size() == 1U);
  BOOST_TEST(!image.wim);
  BOOST_TEST(has_finding(image, "media-wim"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
