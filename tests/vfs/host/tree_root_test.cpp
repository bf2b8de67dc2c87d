// SPDX-License-Identifier: Apache-2.0
// Opening below a directory: nothing outside, however it is asked for.
#include "vfs/host/tree_root.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/filesystem.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/matchers.h"
#include "tests/vfs/host/host_support.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(tree_root, HostTree)

BOOST_DATA_TEST_CASE(opens_files_and_directories, bdata::make(open_methods), method) {
  write("a/b/c.txt", "hello");
  const auto tree = must(TreeRoot::open(root, method));
  const UniqueFd file = must(tree->open_beneath("a/b/c.txt", O_RDONLY));
  std::array<char, 8> text = {};
  BOOST_TEST(::read(file.get(), text.data(), text.size()) == 5);
  BOOST_TEST(is_ok(tree->open_beneath("", O_RDONLY | O_DIRECTORY)));
  BOOST_TEST(is_ok(tree->open_beneath("a/b", O_PATH | O_DIRECTORY)));
}

BOOST_DATA_TEST_CASE(refuses_names_that_are_none, bdata::make(open_methods), method) {
  make_dir("a");
  const auto tree = must(TreeRoot::open(root, method));
  for (const std::string& name :
       {std::string(".."), std::string("../secret.txt"), std::string("a/../../secret.txt"),
        std::string("a/.."), std::string("."), std::string("a//b"), std::string("/etc/passwd"),
        std::string("a/"), std::string("a\0b", 3)}) {
    BOOST_TEST(is_status(tree->open_beneath(name, O_RDONLY), Status::invalid_argument));
  }
}

BOOST_DATA_TEST_CASE(follows_no_link_of_the_tree, bdata::make(open_methods), method) {
  write("real/file");
  symlink("real", "inside");
  symlink("..", "up");
  symlink(secret, "absolute");
  symlink("/proc/self/root", "magic");
  const auto tree = must(TreeRoot::open(root, method));
  for (const char* name : {"inside", "up", "absolute", "magic"}) {
    BOOST_TEST(is_status(tree->open_beneath(name, O_RDONLY), Status::too_many_links));
    BOOST_TEST(is_ok(tree->open_beneath(name, O_PATH)));  // the link itself
  }
  for (const char* name : {"inside/file", "up/secret.txt", "magic/etc"}) {
    BOOST_TEST(!tree->open_beneath(name, O_RDONLY).has_value());
  }
}

BOOST_DATA_TEST_CASE(errors_name_the_host_path, bdata::make(open_methods), method) {
  const auto tree = must(TreeRoot::open(root, method));
  const auto missing = tree->open_beneath("no/such/file", O_RDONLY);
  BOOST_REQUIRE(is_status(missing, Status::not_found));
  BOOST_TEST(mentions(missing.error().message(), {"tree/no/such/file", "No such file"}));
}

BOOST_DATA_TEST_CASE(opens_deeper_than_the_host_takes_in_one_path, bdata::make(open_methods),
                     method) {
  // 40 names of 200 bytes: 8,039 bytes, twice PATH_MAX.
  const auto tree = must(TreeRoot::open(root, method));
  const std::string name(200, 'd');
  std::string path;
  UniqueFd parent = must(tree->open_beneath("", O_PATH | O_DIRECTORY));
  for (int i = 0; i < 40; ++i) {
    BOOST_REQUIRE_EQUAL(::mkdirat(parent.get(), name.c_str(), 0755), 0);
    path += (path.empty() ? "" : "/") + name;
    parent = must(tree->open_beneath(path, O_PATH | O_DIRECTORY));
  }
  BOOST_TEST(is_ok(tree->open_beneath(path, O_RDONLY | O_DIRECTORY)));
  BOOST_TEST(is_status(tree->open_beneath(path + "/x", O_RDONLY), Status::not_found));
  // Short names again, so that the directory can be removed by its path.
  const boost::filesystem::path top(root);
  for (int i = 0; i < 40; ++i) {
    const std::string inner = i == 0 ? name : "s" + std::to_string(i - 1) + "/" + name;
    boost::filesystem::rename(top / inner, top / ("s" + std::to_string(i)));
  }
}

BOOST_DATA_TEST_CASE(refuses_a_component_longer_than_the_host_allows, bdata::make(open_methods),
                     method) {
  const auto tree = must(TreeRoot::open(root, method));
  BOOST_TEST(is_status(tree->open_beneath(std::string(300, 'x'), O_RDONLY), Status::name_too_long));
  BOOST_TEST(
      is_status(tree->open_beneath(std::string(5000, 'x'), O_RDONLY), Status::name_too_long));
}

BOOST_AUTO_TEST_CASE(a_subtree_has_no_way_up) {
  write("a/file");
  write("other");
  const auto tree = must(TreeRoot::open(root));
  const auto below = must(tree->subtree("a"));
  BOOST_TEST(below->path() == tree->path() + "/a");
  BOOST_TEST(is_ok(below->open_beneath("file", O_RDONLY)));
  BOOST_TEST(is_status(below->open_beneath("../other", O_RDONLY), Status::invalid_argument));
  BOOST_TEST(is_status(tree->subtree("other"), Status::path_not_found));
}

BOOST_AUTO_TEST_CASE(says_why_a_root_cannot_be_opened) {
  write("file");
  BOOST_TEST(is_status(TreeRoot::open(root + "/file"), Status::not_a_directory));
  BOOST_TEST(is_status(TreeRoot::open(root + "/nothing"), Status::not_found));
  BOOST_TEST(is_status(TreeRoot::open(std::string(40'000, 'x')), Status::name_too_long));
}

BOOST_AUTO_TEST_CASE(the_callers_own_path_may_contain_links) {
  write("real/file");
  symlink("real", "link");
  const auto tree = must(TreeRoot::open(root + "/link"));
  BOOST_TEST(is_ok(tree->open_beneath("file", O_RDONLY)));
  BOOST_TEST(tree->path().ends_with("/tree/real"));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
