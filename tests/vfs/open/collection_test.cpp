// SPDX-License-Identifier: Apache-2.0
// Layouts of collections.
#include "vfs/open/collection.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "vfs/fs/path_walker.h"
#include "vfs/host/host_file_system.h"

namespace casement::test {
namespace {

BOOST_AUTO_TEST_SUITE(collection)

struct Found {
  Diagnostics diagnostics;
  std::vector<CollectedDrive> drives;
};

struct Collection : TempDir {
  Found find() const {
    Found found;
    const auto tree = must(HostFileSystem::open(path()));
    found.drives =
        must(find_collected_drives(make_captured_tree(tree, tree->path(), {}), found.diagnostics));
    return found;
  }
  /// "C<uploads/auto/C%3A D<D": letters and places.
  std::string text() const {
    std::string out;
    for (const CollectedDrive& drive : find().drives) {
      out += out.empty() ? "" : " ";
      out += drive.name.letter ? static_cast<char>(*drive.name.letter) : '-';
      out += "<" + drive.where;
    }
    return out;
  }
};

BOOST_FIXTURE_TEST_SUITE(layouts, Collection)

BOOST_AUTO_TEST_CASE(one_letter_counts_only_with_the_content_of_a_volume) {
  (void)make_dir("C/src");
  (void)make_dir("D/doc");
  BOOST_TEST(text() == "");  // a directory of sources
  (void)make_dir("C/Windows/System32");
  BOOST_TEST(text() == "C<C D<D");
}

BOOST_AUTO_TEST_CASE(other_names_of_a_volume_root_count_too) {
  for (const char* name : {"$MFT", "ProgramData/x", "EFI/Boot/x", "bootmgr"}) {
    const Collection one;
    (void)one.write(std::string("C/") + name, "");
    BOOST_TEST(one.text() == "C<C");
  }
}

BOOST_AUTO_TEST_CASE(strong_names_need_no_content) {
  (void)make_dir("C:");
  (void)make_dir("D_drive");
  BOOST_TEST(text() == "C<C: D<D_drive");
}

BOOST_AUTO_TEST_CASE(a_windows_tree_is_no_collection_whatever_else_it_holds) {
  for (const char* name : {"Windows", "WINNT", "windows", "System32", "ReactOS"}) {
    const Collection one;
    (void)one.make_dir(name);
    (void)one.make_dir("C:/Windows");
    (void)one.make_dir("D");
    BOOST_TEST(one.text() == "");
  }
  (void)write("Windows", "a file of that name is none");
  (void)make_dir("C:");
  BOOST_TEST(text() == "C<C:");
}

BOOST_AUTO_TEST_CASE(velociraptor_uploads_lie_below_their_accessors) {
  (void)make_dir("uploads/auto/C%3A/Windows/System32");
  (void)make_dir("uploads/ntfs/%5C%5C.%5CD%3A/Users");
  (void)write("uploads/auto/E%3A", "a file");
  (void)write("results/x.json", "{}");
  BOOST_TEST(text() == "C<uploads/auto/C%3A D<uploads/ntfs/%5C%5C.%5CD%3A");
}

BOOST_AUTO_TEST_CASE(trees_below_fs_are_found) {
  (void)make_dir("fs/C:/Windows");
  (void)make_dir("$fs$/$rootfs$/etc");
  BOOST_TEST(text() == "C<fs/C: -<$fs$/$rootfs$");
}

BOOST_AUTO_TEST_CASE(of_two_trees_of_one_drive_the_windows_one_keeps_the_letter) {
  (void)make_dir("uploads/auto/C%3A/data");
  (void)make_dir("uploads/ntfs/%5C%5C.%5CC%3A/Windows");
  const Found found = find();
  BOOST_TEST(text() == "C<uploads/ntfs/%5C%5C.%5CC%3A -<uploads/auto/C%3A");
  BOOST_REQUIRE_EQUAL(found.diagnostics.items().size(), 1U);
  BOOST_TEST(found.diagnostics.items()[0].code == "collection-same-drive");
}

BOOST_AUTO_TEST_CASE(symlinks_are_no_drives) {
  (void)make_dir("C:/Windows");
  BOOST_REQUIRE_EQUAL(::symlink("/", (path() + "/D:").c_str()), 0);
  BOOST_TEST(text() == "C<C:");
  const Found found = find();
  BOOST_REQUIRE_EQUAL(found.diagnostics.items().size(), 1U);
  BOOST_TEST(found.diagnostics.items()[0].code == "collection-link-skipped");
}

BOOST_AUTO_TEST_CASE(drives_lie_below_a_directory_a_host) {
  (void)make_dir("HOST1/C/Windows/System32");
  (void)make_dir("HOST1/D/Data");
  (void)make_dir("HOST2/C/Users");
  (void)make_dir("other/notes");
  BOOST_TEST(text() == "C<HOST1/C -<HOST2/C D<HOST1/D");
}

BOOST_AUTO_TEST_CASE(drives_lie_two_levels_below_in_the_places_of_collectors) {
  (void)make_dir("Collection-HOST/2023/uploads/auto/C%3A/Windows");
  (void)make_dir("Collection-HOST/2023/results");
  BOOST_TEST(text() == "C<Collection-HOST/2023/uploads/auto/C%3A");
  const Collection deeper;
  (void)deeper.make_dir("a/b/c0/C/Windows");
  BOOST_TEST(deeper.text() == "");
}

BOOST_AUTO_TEST_CASE(the_nearest_level_with_drives_counts) {
  (void)make_dir("C:/Data");
  (void)make_dir("HOST/C/Windows");
  BOOST_TEST(text() == "C<C:");
}

BOOST_AUTO_TEST_CASE(names_below_an_encoded_drive_are_decoded) {
  (void)write("uploads/ntfs/%5C%5C.%5CC%3A/Users/a%20b.txt", "x");
  const Found found = find();
  BOOST_REQUIRE_EQUAL(found.drives.size(), 1U);
  const auto file = must(find_path(found.drives[0].tree, u"\\users\\A B.TXT"));
  BOOST_TEST(file.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_odd_about_directories_that_are_no_collection_is_not_said) {
  (void)make_dir("wine/dosdevices");
  BOOST_REQUIRE_EQUAL(::symlink("/", (path() + "/wine/dosdevices/c:").c_str()), 0);
  BOOST_TEST(text() == "");
  BOOST_TEST(find().diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(volumes_that_were_packed_with_a_folder_are_found) {
  const auto nested = [](const TempDir& folder) {
    const auto tree = must(HostFileSystem::open(folder.path()));
    std::string list;
    for (const auto& volume : must(find_nested_volumes(make_captured_tree(tree, "x", {})))) {
      list += "<" + volume.where;
    }
    return list;
  };
  (void)make_dir("sources/windows/drivers");  // no Windows
  BOOST_TEST(nested(*this) == "");
  (void)make_dir("capture/Windows/System32");
  (void)make_dir("capture2/x/Windows/System32");
  BOOST_TEST(nested(*this) == "<capture");
  const TempDir two;
  (void)two.make_dir("a/b/WINNT/system32");
  BOOST_TEST(nested(two) == "<a/b");
  (void)two.make_dir("System32");
  BOOST_TEST(nested(two) == "");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
