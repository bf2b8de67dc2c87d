// SPDX-License-Identifier: Apache-2.0
// Directories as images: plain trees and collections.
#include "vfs/open/opener.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/filesystem.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/path_walker.h"

namespace casement::test {
namespace {

std::string where(const Volume& volume, std::u16string_view path) {
  const auto found = must(find_path(volume.file_system, path));
  return found ? to_utf8(found->path) : "none";
}

BOOST_FIXTURE_TEST_SUITE(opener, TempDir)

BOOST_AUTO_TEST_CASE(a_windows_tree_is_one_volume) {
  (void)write("Windows/System32/config/SYSTEM", "regf");
  const OpenedImage image = must(open_image(path()));
  BOOST_TEST(image.path == path());
  BOOST_REQUIRE_EQUAL(image.volumes.size(), 1U);
  const Volume& volume = image.volumes[0];
  BOOST_TEST(volume.index == 1U);
  BOOST_TEST(volume.name == "directory");
  BOOST_TEST(volume.reason.empty());
  BOOST_TEST(!volume.collected_as);
  BOOST_TEST(where(volume, u"\\windows\\SYSTEM32\\config\\system") ==
             "\\Windows\\System32\\config\\SYSTEM");
  BOOST_REQUIRE_EQUAL(image.layers.size(), 1U);
  BOOST_TEST(image.layers[0].kind == "directory");
  BOOST_TEST(mentions(image.layers[0].detail, {"casement-"}));
  BOOST_TEST(image.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(any_directory_opens_also_an_empty_one_and_the_windows_directory_itself) {
  BOOST_TEST(must(open_image(path())).volumes.size() == 1U);
  (void)make_dir("System32/config");
  (void)make_dir("C");
  BOOST_TEST(must(open_image(path())).volumes.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_path_may_be_written_in_any_way) {
  (void)make_dir("tree/Windows");
  BOOST_TEST(is_ok(open_image(path() + "/tree/")));
  BOOST_TEST(is_ok(open_image(path() + "/./tree/../tree//")));
  BOOST_REQUIRE_EQUAL(::symlink("tree", (path() + "/link").c_str()), 0);
  const OpenedImage image = must(open_image(path() + "/link"));
  BOOST_TEST(where(image.volumes[0], u"\\windows") == "\\Windows");
}

BOOST_AUTO_TEST_CASE(a_collection_is_one_volume_a_drive) {
  (void)write("uploads/auto/C%3A/Users/John%20Doe/x%2Etxt", "x");
  (void)make_dir("uploads/auto/C%3A/Windows");
  (void)make_dir("uploads/auto/D%3A/Data");
  const OpenedImage image = must(open_image(path()));
  BOOST_REQUIRE_EQUAL(image.volumes.size(), 2U);
  BOOST_TEST(image.volumes[0].index == 1U);
  BOOST_TEST(image.volumes[0].name == "C:");
  BOOST_TEST((image.volumes[0].collected_as == u'C'));
  BOOST_TEST(where(image.volumes[0], u"\\users\\john doe\\X.TXT") == "\\Users\\John Doe\\x.txt");
  BOOST_TEST(image.volumes[1].index == 2U);
  BOOST_TEST(image.volumes[1].name == "D:");
  BOOST_TEST(where(image.volumes[1], u"\\data") == "\\Data");
  BOOST_REQUIRE_EQUAL(image.layers.size(), 2U);
  BOOST_TEST(image.layers[1].kind == "collection");
  BOOST_TEST(image.layers[1].detail == "C: from uploads/auto/C%3A, D: from uploads/auto/D%3A");
}

BOOST_AUTO_TEST_CASE(names_of_a_plain_collection_are_taken_as_they_are) {
  (void)write("C/Windows/100%25.txt", "x");
  const OpenedImage image = must(open_image(path()));
  BOOST_REQUIRE_EQUAL(image.volumes.size(), 1U);
  BOOST_TEST((image.volumes[0].collected_as == u'C'));
  BOOST_TEST(where(image.volumes[0], u"\\windows\\100%25.txt") == "\\Windows\\100%25.txt");
}

BOOST_AUTO_TEST_CASE(a_root_without_a_letter_is_named_by_its_place) {
  (void)make_dir("[root]/Windows");
  const OpenedImage image = must(open_image(path()));
  BOOST_REQUIRE_EQUAL(image.volumes.size(), 1U);
  BOOST_TEST(image.volumes[0].name == "[root]");
  BOOST_TEST(!image.volumes[0].collected_as);
}

BOOST_AUTO_TEST_CASE(a_drive_that_may_not_be_read_stays_in_the_list) {
  (void)make_dir("C:/Windows");
  (void)make_dir("D:/Data");
  const bool root = ::geteuid() == 0;
  if (root) {  // permissions stop everybody else
    BOOST_REQUIRE_EQUAL(::chown(path().c_str(), 65'534, 65'534), 0);
    BOOST_REQUIRE_EQUAL(::chown((path() + "/C:").c_str(), 65'534, 65'534), 0);
  }
  BOOST_REQUIRE_EQUAL(::chmod((path() + "/D:").c_str(), 0), 0);
  BOOST_REQUIRE_EQUAL(root ? ::seteuid(65'534) : 0, 0);
  const auto image = open_image(path());
  BOOST_REQUIRE_EQUAL(root ? ::seteuid(0) : 0, 0);
  BOOST_REQUIRE(is_ok(image));
  BOOST_REQUIRE_EQUAL(image->volumes.size(), 2U);
  BOOST_TEST(image->volumes[0].reason.empty());
  BOOST_TEST((image->volumes[1].collected_as == u'D'));
  BOOST_TEST((image->volumes[1].file_system == nullptr));
  BOOST_TEST(mentions(image->volumes[1].reason, {"/D:", "Permission denied"}));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
