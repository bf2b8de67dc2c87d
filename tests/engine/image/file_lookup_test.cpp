// SPDX-License-Identifier: Apache-2.0
// Files by Windows path.
#include <boost/test/unit_test.hpp>

#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

std::string find(const ImagePtr& image, std::u16string_view path) {
  const auto found = must(image->find_file(path));
  return found ? to_utf8(found->path) : "nothing";
}

fixture::Tree tree_with_files() {
  fixture::Tree tree = small_windows();
  tree.add_file("Windows/explorer.exe", "x");
  tree.add_file("Program Files/App/app.exe", "x");
  tree.add_file("file.txt", "x");
  return tree;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(file_lookup)

BOOST_AUTO_TEST_CASE(finds_every_way_to_write_a_path) {
  const ImagePtr image = open_tree(tree_with_files());
  for (const char16_t* path :
       {u"C:\\Windows\\explorer.exe", u"c:/windows/EXPLORER.EXE", u"\\Windows\\explorer.exe",
        u"%SystemRoot%\\explorer.exe", u"%windir%/explorer.exe", u"\\SystemRoot\\explorer.exe",
        u"%SystemDrive%\\Windows\\explorer.exe", u"\\\\?\\C:\\Windows\\explorer.exe",
        u"\\??\\C:\\Windows\\explorer.exe", u"Windows\\explorer.exe", u"explorer.exe",
        u"\\Windows\\System32\\..\\explorer.exe"}) {
    BOOST_TEST_CONTEXT(to_utf8(path)) {
      BOOST_TEST(find(image, path) == "\\Windows\\explorer.exe");
    }
  }
}

BOOST_AUTO_TEST_CASE(relative_driver_paths_start_at_the_windows_directory) {
  const ImagePtr image = open_tree(tree_with_files());
  BOOST_TEST(find(image, u"System32\\kernel32.dll") == "\\Windows\\System32\\kernel32.dll");
  BOOST_TEST(find(image, u"file.txt") == "\\file.txt");
}

BOOST_AUTO_TEST_CASE(absent_files_and_drives_are_nothing) {
  const ImagePtr image = open_tree(tree_with_files());
  BOOST_TEST(find(image, u"C:\\nope") == "nothing");
  BOOST_TEST(find(image, u"Q:\\Windows\\explorer.exe") == "nothing");
  BOOST_TEST(find(image, u"\\file.txt\\below") == "nothing");
}

BOOST_AUTO_TEST_CASE(says_which_variable_is_not_defined) {
  const ImagePtr image = open_tree(tree_with_files());
  const auto found = image->find_file(u"%USERPROFILE%\\x");
  BOOST_TEST(is_status(found, Status::invalid_argument));
  BOOST_TEST(mentions(found.error().message(), {"%USERPROFILE%"}));
}

BOOST_AUTO_TEST_CASE(program_files_is_known_without_being_named) {
  const ImagePtr image = open_tree(tree_with_files());
  BOOST_TEST(find(image, u"%ProgramFiles%\\App\\app.exe") == "\\Program Files\\App\\app.exe");
}

BOOST_AUTO_TEST_CASE(gives_the_stream_that_was_asked_for) {
  const ImagePtr image = open_tree(tree_with_files());
  const auto found = must(image->find_file(u"C:\\file.txt:Zone.Identifier"));
  BOOST_TEST_REQUIRE(found.has_value());
  BOOST_TEST((found->stream == u"Zone.Identifier"));
  BOOST_TEST((found->path == u"\\file.txt"));
}

BOOST_AUTO_TEST_CASE(a_tree_that_is_the_windows_directory_answers_to_its_name) {
  fixture::Tree tree;
  add_small_windows(tree, "", small_system(), small_software("D:\\WINNT"));
  tree.add_file("explorer.exe", "x");
  const ImagePtr image = open_tree(tree);
  BOOST_TEST((image->installation().windows_directory == u"\\"));
  BOOST_TEST(find(image, u"D:\\WINNT\\explorer.exe") == "\\explorer.exe");
  BOOST_TEST(find(image, u"\\WINNT\\explorer.exe") == "\\explorer.exe");
  BOOST_TEST(find(image, u"%SystemRoot%\\explorer.exe") == "\\explorer.exe");
  BOOST_TEST(find(image, u"\\SystemRoot\\System32\\ntoskrnl.exe") == "\\System32\\ntoskrnl.exe");
  BOOST_TEST(find(image, u"\\explorer.exe") == "\\explorer.exe");
  BOOST_TEST(find(image, u"C:\\WINNT\\explorer.exe") == "nothing");
}

BOOST_AUTO_TEST_CASE(other_drives_of_a_collection_are_reachable) {
  fixture::Tree data;
  data.add_file("notes.txt", "x");
  OpenedImage opened = image_of({volume_of(tree_with_files()), volume_of(data)});
  opened.volumes[0].collected_as = u'C';
  opened.volumes[1].collected_as = u'D';
  const ImagePtr image = must(Image::open(std::move(opened), {}));
  BOOST_TEST(find(image, u"D:\\notes.txt") == "\\notes.txt");
  BOOST_TEST(find(image, u"C:\\notes.txt") == "nothing");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
