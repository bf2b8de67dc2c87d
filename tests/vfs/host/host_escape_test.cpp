// SPDX-License-Identifier: Apache-2.0
// Trees made to lead out of themselves. Each case holds with openat2 and without it.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/host/host_support.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/reparse.h"
#include "vfs/fs/tree_walker.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

HostOptions with(OpenMethod method) {
  HostOptions options;
  options.open_method = method;
  return options;
}

BOOST_FIXTURE_TEST_SUITE(host_escape, HostTree)

BOOST_DATA_TEST_CASE(an_absolute_link_stays_inside, bdata::make(open_methods), method) {
  symlink(secret, "absolute");
  symlink("/etc", "etc");
  symlink("/etc/passwd", "passwd");
  symlink("/", "top");
  write("etc2/passwd", "ours");
  const auto tree = open(with(method));
  BOOST_TEST(where(tree, u"\\absolute") == "none");
  BOOST_TEST(where(tree, u"\\passwd") == "too_many_links");  // "\etc" is the link "etc": a cycle
  BOOST_TEST(where(tree, u"\\top\\etc2\\passwd") == "\\etc2\\passwd");
}

BOOST_DATA_TEST_CASE(an_absolute_link_into_the_tree_is_found, bdata::make(open_methods), method) {
  write("Users/x.txt", "inside");
  symlink(root + "/Users", "Documents and Settings");
  const auto tree = open(with(method));
  BOOST_TEST(read_text(tree, u"\\documents and settings\\X.TXT") == "inside");
  BOOST_TEST(where(tree, u"\\Documents and Settings") == "\\Users");
}

BOOST_DATA_TEST_CASE(the_same_path_inside_the_tree_is_taken_instead, bdata::make(open_methods),
                     method) {
  write("etc/passwd", "ours");
  symlink("/etc/passwd", "link");
  const auto tree = open(with(method));
  BOOST_TEST(read_text(tree, u"\\link") == "ours");
}

BOOST_DATA_TEST_CASE(dots_end_at_the_root, bdata::make(open_methods), method) {
  symlink("..", "up");
  symlink("../../../../../../etc/passwd", "far");
  symlink("../secret.txt", "beside");
  write("a/b/x");
  symlink("../../../secret.txt", "a/b/chained");
  const auto tree = open(with(method));
  BOOST_TEST(where(tree, u"\\up") == "\\");
  BOOST_TEST(where(tree, u"\\up\\up\\up\\a") == "\\a");
  BOOST_TEST(where(tree, u"\\up\\secret.txt") == "none");
  BOOST_TEST(where(tree, u"\\far") == "none");
  BOOST_TEST(where(tree, u"\\beside") == "none");
  BOOST_TEST(where(tree, u"\\a\\b\\chained") == "none");
  BOOST_TEST(where(tree, u"\\..\\..\\secret.txt") == "none");
}

BOOST_DATA_TEST_CASE(chains_through_the_middle_stay_inside, bdata::make(open_methods), method) {
  make_dir("a");
  symlink("b", "a/first");
  symlink("../c", "a/b");
  symlink(dir.path(), "c");
  const auto tree = open(with(method));
  BOOST_TEST(where(tree, u"\\a\\first\\secret.txt") == "none");
  BOOST_TEST(where(tree, u"\\c\\secret.txt") == "none");
}

BOOST_DATA_TEST_CASE(loops_end, bdata::make(open_methods), method) {
  symlink("self", "self");
  symlink("b", "a");
  symlink("a", "b");
  symlink(".", "here");
  write("file");
  const auto tree = open(with(method));
  BOOST_TEST(where(tree, u"\\self") == "too_many_links");
  BOOST_TEST(where(tree, u"\\a\\x") == "too_many_links");
  BOOST_TEST(where(tree, u"\\here\\here\\here\\file") == "\\file");
}

BOOST_DATA_TEST_CASE(links_are_reparse_points_that_do_not_open, bdata::make(open_methods), method) {
  write("dir/file");
  symlink(secret, "link");
  symlink("dir", "dirlink");
  const auto tree = open(with(method));
  for (const std::u16string_view path : {u"\\link", u"\\dirlink"}) {
    const NodeId node = node_at(tree, path);
    const NodeInfo info = must(tree->stat(node));
    BOOST_TEST((info.kind == NodeKind::reparse_point));
    BOOST_TEST(info.reparse_tag == reparse_tag::symlink);
    BOOST_TEST((info.attributes & file_attribute::reparse_point) != 0U);
    BOOST_TEST(is_status(tree->open(node, u""), Status::unsupported));
    BOOST_TEST(is_status(tree->read_dir(node), Status::not_a_directory));
    BOOST_TEST(is_status(tree->lookup(node, u"file"), Status::not_a_directory));
    BOOST_TEST(must(tree->streams(node)).empty());
  }
  const auto buffer = must(tree->reparse_data(node_at(tree, u"\\dirlink")));
  BOOST_TEST(to_utf8(must(parse_reparse_target(buffer)).target) == "dir");
}

BOOST_DATA_TEST_CASE(a_walk_never_enters_a_link, bdata::make(open_methods), method) {
  make_dir("dir");
  symlink("/", "dir/top");
  symlink("..", "dir/up");
  const FileSystemPtr tree = open(with(method));
  TreeWalker walker(tree);
  std::vector<std::string> paths;
  while (const auto entry = must(walker.next())) {
    paths.push_back(to_utf8(entry->path));
  }
  BOOST_TEST(paths == (std::vector<std::string>{"\\dir", "\\dir\\top", "\\dir\\up"}),
             boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(windows_targets_follow_the_drive_map_only, bdata::make(open_methods), method) {
  write("Users/x.txt", "inside");
  symlink("C:\\Users", "junction");
  symlink("\\??\\D:\\x", "other");
  const auto tree = open(with(method));
  BOOST_TEST(read_text(tree, u"\\junction\\x.txt") == "inside");
  BOOST_TEST(where(tree, u"\\other") == "none");
}

BOOST_DATA_TEST_CASE(a_subtree_does_not_reach_its_parent, bdata::make(open_methods), method) {
  write("outer.txt");
  write("C/x");
  symlink("../outer.txt", "C/up");
  symlink(root + "/outer.txt", "C/absolute");
  const auto whole = open(with(method));
  const auto drive = must(whole->subtree(node_at(whole, u"\\C"), NameCoding::plain));
  BOOST_TEST(where(drive, u"\\up") == "none");
  BOOST_TEST(where(drive, u"\\absolute") == "none");
  BOOST_TEST(where(whole, u"\\C\\absolute") == "\\outer.txt");
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
