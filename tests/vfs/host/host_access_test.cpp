// SPDX-License-Identifier: Apache-2.0
// What may not be read says so and hides nothing else.
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/host/host_support.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/tree_walker.h"

namespace casement::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(host_access, HostTree)

BOOST_AUTO_TEST_CASE(an_unreadable_directory_is_denied_with_its_path_and_hides_no_sibling) {
  write("a/1");
  write("denied/hidden");
  write("z/2");
  const Unprivileged user(dir.path());
  BOOST_REQUIRE_EQUAL(::chmod((root + "/denied").c_str(), 0), 0);
  const FileSystemPtr tree = open();
  const auto refused = tree->read_dir(node_at(tree, u"\\denied"));
  BOOST_REQUIRE(is_status(refused, Status::access_denied));
  BOOST_TEST(mentions(refused.error().message(), {"/tree/denied"}));
  BOOST_TEST(where(tree, u"\\denied\\hidden") == "access_denied");
  BOOST_TEST(where(tree, u"\\z\\2") == "\\z\\2");
  TreeWalker walker(tree);
  std::vector<std::string> paths;
  int denied = 0;
  while (true) {
    const auto entry = walker.next();
    if (!entry) {
      BOOST_TEST(is_status(entry, Status::access_denied));
      ++denied;
    } else if (*entry) {
      paths.push_back(to_utf8((**entry).path));
    } else {
      break;
    }
  }
  BOOST_TEST(denied == 1);
  BOOST_TEST(paths == (std::vector<std::string>{"\\a", "\\a\\1", "\\denied", "\\z", "\\z\\2"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_unreadable_file_is_denied_and_still_examined) {
  write("file", "12345");
  const Unprivileged user(dir.path());
  BOOST_REQUIRE_EQUAL(::chmod((root + "/file").c_str(), 0), 0);
  const auto tree = open();
  const NodeId file = node_at(tree, u"\\file");
  const auto refused = tree->open(file, u"");
  BOOST_REQUIRE(is_status(refused, Status::access_denied));
  BOOST_TEST(mentions(refused.error().message(), {"/tree/file"}));
  BOOST_TEST(must(tree->stat(file)).size == 5U);
}

BOOST_AUTO_TEST_CASE(exact_names_are_found_in_a_directory_that_may_only_be_searched) {
  write("dir/File", "found");
  make_dir("dir/Sub");
  symlink("File", "dir/Link");
  const Unprivileged user(dir.path());
  BOOST_REQUIRE_EQUAL(::chmod((root + "/dir").c_str(), 0111), 0);
  const auto tree = open();
  BOOST_TEST(read_text(tree, u"\\dir\\File") == "found");
  BOOST_TEST(where(tree, u"\\dir\\Sub") == "\\dir\\Sub");
  BOOST_TEST(where(tree, u"\\dir\\Link") == "\\dir\\File");
  // Whether it is there in another case cannot be known: no absence is claimed.
  BOOST_TEST(where(tree, u"\\dir\\FILE") == "access_denied");
  BOOST_TEST(where(tree, u"\\dir\\nothing") == "access_denied");
}

BOOST_AUTO_TEST_CASE(a_root_that_may_not_be_entered_is_denied) {
  make_dir("inner");
  const Unprivileged user(dir.path());
  BOOST_REQUIRE_EQUAL(::chmod(root.c_str(), 0), 0);
  BOOST_TEST(is_status(HostFileSystem::open(root), Status::access_denied));
  BOOST_TEST(is_status(HostFileSystem::open(root + "/inner"), Status::access_denied));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
