// SPDX-License-Identifier: Apache-2.0
// Names and layouts of collections.
#include "vfs/open/collection.h"

#include <unistd.h>

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

struct Row {
  const char* name;
  char letter;  // '-' none
  DriveNameStrength strength;
  NameCoding names;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

constexpr auto weak = DriveNameStrength::weak;
constexpr auto strong = DriveNameStrength::strong;
constexpr auto plain = NameCoding::plain;
constexpr auto percent = NameCoding::percent;

const std::array drive_names{
    Row{"C", 'C', weak, plain},
    Row{"d", 'D', weak, plain},
    Row{"C:", 'C', strong, plain},
    Row{"c:", 'C', strong, plain},
    Row{"C%3A", 'C', strong, percent},
    Row{"c%3a", 'C', strong, percent},
    Row{"C_drive", 'C', strong, plain},
    Row{"E_DRIVE", 'E', strong, plain},
    Row{"%5C%5C.%5CC%3A", 'C', strong, percent},
    Row{"\\\\.\\C:", 'C', strong, plain},
    Row{"[root]", '-', weak, plain},
    Row{"$rootfs$", '-', weak, plain},
};

BOOST_AUTO_TEST_SUITE(collection)

BOOST_DATA_TEST_CASE(knows_drive_names, bdata::make(drive_names), row) {
  const auto name = parse_drive_name(row.name);
  BOOST_REQUIRE(name.has_value());
  BOOST_TEST((name->letter ? static_cast<char>(*name->letter) : '-') == row.letter);
  BOOST_TEST((name->strength == row.strength));
  BOOST_TEST((name->names == row.names));
}

BOOST_AUTO_TEST_CASE(knows_what_is_no_drive_name) {
  for (const char* name : {"", "CC", "1", "1:", "C:x", "C%3", "%43", "C_", "C_drive2", "drive_c",
                           "\\\\.\\C", "%5C%5C.%5C", "[ROOT]", "root", "Windows", "\xC3\x89",
                           "%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1"}) {
    BOOST_TEST(!parse_drive_name(name).has_value(), name);
  }
}

struct Found {
  Diagnostics diagnostics;
  std::vector<CollectedDrive> drives;
};

struct Collection : TempDir {
  Found find() const {
    Found found;
    const auto tree = must(HostFileSystem::open(path()));
    found.drives = must(find_collected_drives(*tree, found.diagnostics));
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

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
