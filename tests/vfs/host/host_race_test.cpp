// SPDX-License-Identifier: Apache-2.0
// Trees that change under us: what was a directory or a file becomes something else.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <boost/filesystem.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <thread>

#include "tests/support/matchers.h"
#include "tests/vfs/host/host_support.h"

namespace bdata = boost::unit_test::data;
namespace bfs = boost::filesystem;

namespace casement::test {
namespace {

HostOptions with(OpenMethod method) {
  HostOptions options;
  options.open_method = method;
  return options;
}

BOOST_FIXTURE_TEST_SUITE(host_race, HostTree)

BOOST_DATA_TEST_CASE(a_directory_that_becomes_a_link_is_not_followed, bdata::make(open_methods),
                     method) {
  write("dir/secret.txt", "ours");
  const auto tree = open(with(method));
  const NodeId dir_node = node_at(tree, u"\\dir");
  const NodeId file = node_at(tree, u"\\dir\\secret.txt");
  bfs::rename(root + "/dir", root + "/moved");
  symlink("..", "dir");  // tree/dir/secret.txt is the secret beside the tree now
  BOOST_TEST(!tree->open(file, u"").has_value());
  BOOST_TEST(!tree->stat(file).has_value());
  BOOST_TEST(!tree->streams(file).has_value());
  BOOST_TEST(is_status(tree->read_dir(dir_node), Status::not_a_directory));
  BOOST_TEST(where(tree, u"\\dir\\secret.txt") == "none");
}

BOOST_DATA_TEST_CASE(a_file_that_becomes_a_link_is_not_followed, bdata::make(open_methods),
                     method) {
  write("file", "ours");
  const auto tree = open(with(method));
  const NodeId file = node_at(tree, u"\\file");
  bfs::remove(root + "/file");
  symlink(secret, "file");
  BOOST_TEST(is_status(tree->open(file, u""), Status::unsupported));
  BOOST_TEST((must(tree->stat(file)).kind == NodeKind::reparse_point));
}

BOOST_DATA_TEST_CASE(a_file_that_becomes_a_pipe_does_not_block, bdata::make(open_methods), method) {
  write("file", "ours");
  const auto tree = open(with(method));
  const NodeId file = node_at(tree, u"\\file");
  bfs::remove(root + "/file");
  BOOST_REQUIRE_EQUAL(::mkfifo((root + "/file").c_str(), 0600), 0);
  BOOST_TEST(is_status(tree->open(file, u""), Status::unsupported));
}

BOOST_DATA_TEST_CASE(a_node_that_is_gone_is_not_found, bdata::make(open_methods), method) {
  write("dir/file");
  const auto tree = open(with(method));
  const NodeId file = node_at(tree, u"\\dir\\file");
  bfs::remove_all(root + "/dir");
  BOOST_TEST(is_status(tree->open(file, u""), Status::not_found));
  BOOST_TEST(where(tree, u"\\dir\\file") == "none");
}

BOOST_DATA_TEST_CASE(a_file_that_shrinks_gives_an_error, bdata::make(open_methods), method) {
  write("file", "0123456789");
  const auto tree = open(with(method));
  const SourcePtr source = must(tree->open(node_at(tree, u"\\file"), u""));
  bfs::resize_file(root + "/file", 3);
  std::vector<std::byte> bytes(10);
  BOOST_TEST(is_status(source->read(0, bytes), Status::io_failed));
}

BOOST_DATA_TEST_CASE(never_outside_while_somebody_swaps_directories, bdata::make(open_methods),
                     method) {
  // "dir" is the real directory at one moment and a link to the directory above the tree at the
  // next; reading dir/secret.txt must give ours or nothing.
  write("dir/secret.txt", "ours");
  symlink("..", "evil");
  const auto tree = open(with(method));
  const NodeId file = node_at(tree, u"\\dir\\secret.txt");
  std::atomic<bool> stop = false;
  int leaked = 0;
  int read = 0;
  {
    const std::jthread swapper([&] {
      const std::string one = root + "/dir";
      const std::string two = root + "/evil";
      while (!stop) {
        (void)::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, two.c_str(), RENAME_EXCHANGE);
      }
    });
    for (int i = 0; i < 3000; ++i) {
      const auto source = tree->open(file, u"");
      if (!source) {
        continue;
      }
      std::vector<std::byte> bytes((*source)->size());
      if ((*source)->read(0, bytes)) {
        ++read;
        leaked += bytes.size() == 6 ? 1 : 0;  // "secret" has six bytes, "ours" has four
      }
    }
    stop = true;
  }
  BOOST_TEST(leaked == 0);
  BOOST_TEST(read > 0);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
