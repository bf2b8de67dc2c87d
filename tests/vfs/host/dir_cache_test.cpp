// SPDX-License-Identifier: Apache-2.0
// When a directory that was read may be believed.
#include "vfs/host/dir_cache.h"

#include <fcntl.h>

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/host/host_support.h"

namespace casement::test {
namespace {

struct Indexed : HostTree {
  DirCache cache;
  DirStamp stamp{1, 2, {1000, 0}, {1000, 0}};
  static constexpr std::time_t later = 2000;

  std::shared_ptr<const DirIndex> read() const {
    const auto tree = must(TreeRoot::open(root));
    return must(DirIndex::read(must(tree->open_beneath("", O_RDONLY | O_DIRECTORY)),
                               NameCoding::plain, {}));
  }
};

BOOST_FIXTURE_TEST_SUITE(dir_cache, Indexed)

BOOST_AUTO_TEST_CASE(gives_back_what_was_kept) {
  const auto index = read();
  BOOST_TEST((cache.find({7}, stamp) == nullptr));
  cache.keep({7}, stamp, later, index);
  BOOST_TEST((cache.find({7}, stamp) == index));
  BOOST_TEST((cache.find({8}, stamp) == nullptr));
}

BOOST_AUTO_TEST_CASE(forgets_when_anything_about_the_directory_changed) {
  cache.keep({7}, stamp, later, read());
  for (int i = 0; i < 6; ++i) {
    DirStamp other = stamp;
    other.device += i == 0 ? 1 : 0;
    other.inode += i == 1 ? 1 : 0;
    other.modified.tv_sec += i == 2 ? 1 : 0;
    other.modified.tv_nsec += i == 3 ? 1 : 0;
    other.changed.tv_sec += i == 4 ? 1 : 0;
    other.changed.tv_nsec += i == 5 ? 1 : 0;
    BOOST_TEST((cache.find({7}, other) == nullptr));
  }
}

BOOST_AUTO_TEST_CASE(keeps_nothing_of_a_directory_that_has_not_settled) {
  cache.keep({7}, stamp, 1001, read());
  BOOST_TEST((cache.find({7}, stamp) == nullptr));
  cache.keep({7}, stamp, 1002, read());
  BOOST_TEST((cache.find({7}, stamp) != nullptr));
}

BOOST_AUTO_TEST_CASE(a_change_is_seen_at_once) {
  write("dir/one");
  settle("dir");
  const auto tree = open();
  BOOST_TEST(where(tree, u"\\dir\\ONE") == "\\dir\\one");
  BOOST_TEST(where(tree, u"\\dir\\TWO") == "none");
  write("dir/two");
  BOOST_TEST(where(tree, u"\\dir\\TWO") == "\\dir\\two");
  write("dir/three");
  BOOST_TEST(where(tree, u"\\dir\\THREE") == "\\dir\\three");
}

BOOST_AUTO_TEST_CASE(a_change_that_is_hidden_by_setting_the_time_back_is_seen) {
  write("dir/one");
  settle("dir");
  const auto tree = open();
  BOOST_TEST(where(tree, u"\\dir\\TWO") == "none");
  write("dir/two");
  settle("dir");  // an archive tool restores the time; the change time tells
  BOOST_TEST(where(tree, u"\\dir\\TWO") == "\\dir\\two");
}

BOOST_AUTO_TEST_CASE(finds_exact_and_folded_names_in_an_index) {
  for (const char* name : {"b", "B", "a"}) {
    write(name);
  }
  const auto index = read();
  BOOST_TEST(index->find(u"b").entry->host_name == "b");
  BOOST_TEST(index->find(u"b").rivals == 0U);
  BOOST_TEST(index->find(u"A").entry->host_name == "a");
  BOOST_TEST(index->find(u"A").rivals == 0U);
  BOOST_TEST((index->find(u"c").entry == nullptr));
  BOOST_TEST((index->find(u"").entry == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
