// SPDX-License-Identifier: Apache-2.0
// Archives as images: a tree, a collection, a volume with a folder around it.
#include "vfs/open/tree_image.h"

#include <boost/test/unit_test.hpp>

#include "fixtures/build/archive/tar_builder.h"
#include "fixtures/build/archive/zip_builder.h"
#include "tests/support/matchers.h"
#include "tests/vfs/fat/volume_support.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/path_walker.h"

namespace casement::test {
namespace {

OpenedImage image_of(fx::ByteVector bytes) {
  OpenedImage image;
  BOOST_REQUIRE(must(add_archive_volumes(image, as_source(std::move(bytes)), {})));
  return image;
}

fx::ByteVector zip_of(const std::vector<std::string>& names) {
  std::vector<fx::ZipMemberSpec> members;
  for (const std::string& name : names) {
    members.push_back({.name = name, .content = fx::ascii_bytes(name)});
  }
  return fx::build_zip(members).bytes;
}

std::string where(const Volume& volume, std::u16string_view path) {
  const auto found = must(find_path(volume.file_system, path));
  return found ? to_utf8(found->path) : "none";
}

/// "C:[C] x[-]": names and letters of the volumes.
std::string volumes_of(const OpenedImage& image) {
  std::string text;
  for (const Volume& volume : image.volumes) {
    text += (text.empty() ? "" : " ") + volume.name + "[" +
            (volume.collected_as ? static_cast<char>(*volume.collected_as) : '-') + "]";
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(tree_image)

BOOST_AUTO_TEST_CASE(an_archive_of_a_volume_is_one_volume) {
  const OpenedImage image = image_of(zip_of({"Windows/System32/x"}));
  BOOST_TEST(volumes_of(image) == "archive[-]");
  BOOST_TEST(image.volumes[0].index == 1U);
  BOOST_TEST(image.volumes[0].content == "archive");
  BOOST_TEST(where(image.volumes[0], u"\\windows\\SYSTEM32\\X") == "\\Windows\\System32\\x");
  BOOST_REQUIRE_EQUAL(image.layers.size(), 1U);
  BOOST_TEST(image.layers[0].kind == "archive");
  BOOST_TEST(image.layers[0].detail == "zip");
}

BOOST_AUTO_TEST_CASE(a_velociraptor_collection_is_one_volume_a_drive) {
  const OpenedImage image =
      image_of(zip_of({"uploads/ntfs/%5C%5C.%5CC%3A/$MFT", "uploads/auto/C%3A/Users/a%20b/n%2Et",
                       "uploads/auto/D%3A/Data/x", "uploads.json", "client_info.json"}));
  BOOST_TEST(volumes_of(image) == "C:[C] uploads/auto/C%3A[-] D:[D]");
  BOOST_TEST(where(image.volumes[1], u"\\users\\A B\\N.T") == "\\Users\\a b\\n.t");
  BOOST_REQUIRE_EQUAL(image.layers.size(), 2U);
  BOOST_TEST(image.layers[1].kind == "collection");
  BOOST_TEST(mentions(image.layers[1].detail, {"C: from uploads/ntfs/%5C%5C.%5CC%3A"}));
}

BOOST_AUTO_TEST_CASE(layouts_of_other_collectors) {
  BOOST_TEST(volumes_of(image_of(zip_of({"C/Windows/x", "D/y"}))) == "C:[C] D:[D]");
  BOOST_TEST(volumes_of(image_of(zip_of({"2023_HOST/C/Windows/x", "2023_HOST/log.txt"}))) ==
             "C:[C]");
  BOOST_TEST(volumes_of(image_of(zip_of({"[root]/Windows/x", "uac.log"}))) == "[root][-]");
  BOOST_TEST(volumes_of(image_of(zip_of({"C:\\Windows\\x", "C:\\y"}))) == "C:[C]");
  BOOST_TEST(volumes_of(image_of(zip_of({"fs/$rootfs$/Windows/x"}))) == "fs/$rootfs$[-]");
  BOOST_TEST(volumes_of(image_of(zip_of({"C_drive/pagefile.sys"}))) == "C:[C]");
}

BOOST_AUTO_TEST_CASE(a_folder_around_a_volume_is_taken_off) {
  fx::TarBuilder tar;
  (void)tar.add_file("./backup/mnt/Windows/System32/x", "x");
  (void)tar.add_file("./backup/mnt/bootmgr", "b");
  const OpenedImage image = image_of(tar.build());
  BOOST_TEST(volumes_of(image) == "backup/mnt[-]");
  BOOST_TEST(where(image.volumes[0], u"\\bootmgr") == "\\bootmgr");
  BOOST_TEST(image.layers[1].kind == "folder");
}

BOOST_AUTO_TEST_CASE(any_other_archive_is_one_volume_and_any_other_file_is_none) {
  BOOST_TEST(volumes_of(image_of(zip_of({"src/windows/x.c", "c/y.c"}))) == "archive[-]");
  BOOST_TEST(volumes_of(image_of(zip_of({}))) == "archive[-]");
  OpenedImage image;
  BOOST_TEST(!must(add_archive_volumes(image, as_source(fx::ascii_bytes("text")), {})));
  BOOST_TEST(image.layers.empty());
  BOOST_TEST(image.volumes.empty());
  BOOST_TEST(!add_archive_volumes(image, as_source(fx::ascii_bytes("PK\x03\x04")), {}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
