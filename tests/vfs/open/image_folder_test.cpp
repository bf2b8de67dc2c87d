// SPDX-License-Identifier: Apache-2.0
#include "vfs/open/image_folder.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/temp_dir.h"

namespace casement {
namespace {

using test::is_status;
using test::must;

BOOST_AUTO_TEST_SUITE(image_folder)

BOOST_AUTO_TEST_CASE(finds_files_of_the_host_beside_and_above) {
  const test::TempDir temp;
  temp.write("images/child/Leaf.vhdx", "leaf");
  temp.write("images/Base.VHDX", "base!");
  const ImageFolderPtr folder = make_host_folder(temp.file("images/child"));
  BOOST_TEST(must(folder->find("Leaf.vhdx"))->size() == 4);
  BOOST_TEST(must(folder->find("leaf.VHDX"))->size() == 4);
  BOOST_TEST(must(folder->find("..\\base.vhdx"))->size() == 5);
  BOOST_TEST(must(folder->find(".\\leaf.vhdx"))->size() == 4);
  BOOST_TEST(must(folder->folder_of("..\\base.vhdx")->find("child/leaf.vhdx"))->size() == 4);
  BOOST_TEST(folder->host_path("../base.vhdx").has_value());
}

BOOST_AUTO_TEST_CASE(absence_and_absolute_paths_are_no_files) {
  const test::TempDir temp;
  const std::string file = temp.write("a", "a");
  const ImageFolderPtr folder = make_host_folder(temp.path());
  for (const std::string& name :
       {std::string("b"), std::string("a/b"), file, std::string(""), std::string("C:\\a"),
        std::string("\\a"), std::string("a\0b", 3)}) {
    BOOST_TEST(must(folder->find(name)) == nullptr, name);
  }
}

BOOST_AUTO_TEST_CASE(finds_files_inside_another_image) {
  const auto tree = std::make_shared<test::MemoryFileSystem>();
  tree->write(u"\\VM\\disks\\child.vhd", "child");
  tree->write(u"\\VM\\base.vhd", "base");
  const ImageFolderPtr folder = make_inner_folder(tree, u"\\VM\\disks", {});
  BOOST_TEST(must(folder->find("CHILD.vhd"))->size() == 5);
  BOOST_TEST(must(folder->find("..\\base.vhd"))->size() == 4);
  BOOST_TEST(must(folder->find("\\VM\\base.vhd")) == nullptr);
  BOOST_TEST(must(folder->find("none.vhd")) == nullptr);
  BOOST_TEST(!folder->host_path("child.vhd"));
  BOOST_TEST(must(folder->folder_of("..\\base.vhd")->find("base.vhd"))->size() == 4);
}

BOOST_AUTO_TEST_CASE(leads_neither_far_up_nor_to_devices) {
  const test::TempDir temp;
  temp.write("base.vhdx", "base");
  temp.make_dir("a/b/c");
  const ImageFolderPtr folder = make_host_folder(temp.file("a/b/c"));
  BOOST_TEST(must(make_host_folder(temp.file("a/b"))->find("../../base.vhdx"))->size() == 4);
  BOOST_TEST(must(folder->find("../../../base.vhdx")) == nullptr);
  BOOST_TEST(!folder->host_path("../../../base.vhdx"));
  BOOST_TEST(must(folder->find("..")) == nullptr);
  BOOST_TEST(must(make_host_folder("/dev")->find("null")) == nullptr);
}

BOOST_AUTO_TEST_CASE(lists_its_files) {
  const test::TempDir temp;
  temp.write("one.vdi", "1");
  temp.write("two.vdi", "2");
  auto names = must(make_host_folder(temp.path())->list());
  std::ranges::sort(names);
  BOOST_TEST(names == (std::vector<std::string>{"one.vdi", "two.vdi"}),
             boost::test_tools::per_element());
  BOOST_TEST(is_status(make_host_folder(temp.file("none"))->list(), Status::not_found));
  const auto tree = std::make_shared<test::MemoryFileSystem>();
  tree->write(u"\\VM\\child.vdi", "child");
  BOOST_TEST(must(make_inner_folder(tree, u"\\VM", {})->list()).size() == 1);
  BOOST_TEST(must(make_inner_folder(tree, u"\\None", {})->list()).empty());
  BOOST_TEST(must(make_no_folder()->list()).empty());
}

BOOST_AUTO_TEST_CASE(nothing_lies_beside_what_is_inside_a_disk) {
  const ImageFolderPtr folder = make_no_folder();
  BOOST_TEST(must(folder->find("a")) == nullptr);
  BOOST_TEST(must(folder->folder_of("a")->find("..")) == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement
