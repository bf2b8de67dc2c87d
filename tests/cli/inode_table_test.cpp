// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/fuse/inode_table.h"

#include <boost/test/unit_test.hpp>
#include <thread>
#include <vector>

#include "tests/support/matchers.h"

using namespace casement;
using namespace casement::cli;
using casement::test::is_status;
using casement::test::must;

namespace {

Inode inode(InodeKind kind, std::uint64_t node, InodeNumber parent = root_inode) {
  Inode made;
  made.kind = kind;
  made.node = {node};
  made.parent = parent;
  made.depth = 1;
  return made;
}

struct Table {
  InodeTable inodes{inode(InodeKind::directory, 5)};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(inode_table, Table)

BOOST_AUTO_TEST_CASE(knows_the_root_and_never_forgets_it) {
  BOOST_TEST(inodes.find(root_inode)->node.value == 5U);
  inodes.release(root_inode, 1000);
  BOOST_TEST(inodes.find(root_inode).has_value());
  BOOST_TEST(!inodes.find(0).has_value());
}

BOOST_AUTO_TEST_CASE(gives_all_names_of_a_file_one_number) {
  const InodeNumber first = must(inodes.acquire(inode(InodeKind::file, 30, root_inode)));
  const InodeNumber second = must(inodes.acquire(inode(InodeKind::file, 30, 99)));
  BOOST_TEST(first == second);
  BOOST_TEST(inodes.size() == 2U);
}

BOOST_AUTO_TEST_CASE(forgets_a_node_when_all_countings_are_back) {
  const InodeNumber number = must(inodes.acquire(inode(InodeKind::file, 30)));
  must(inodes.acquire(inode(InodeKind::file, 30)));
  must(inodes.acquire(inode(InodeKind::file, 30)));
  inodes.release(number, 2);
  BOOST_TEST(inodes.find(number).has_value());
  inodes.release(number, 1);
  BOOST_TEST(!inodes.find(number).has_value());
  BOOST_TEST(inodes.size() == 1U);
  inodes.release(number, 1);  // nothing to take back
}

BOOST_AUTO_TEST_CASE(never_uses_a_number_again) {
  const InodeNumber number = must(inodes.acquire(inode(InodeKind::file, 30)));
  inodes.release(number, 1);
  BOOST_TEST(must(inodes.acquire(inode(InodeKind::file, 30))) != number);
}

BOOST_AUTO_TEST_CASE(does_not_grow_with_what_was_forgotten) {
  for (std::uint64_t node = 0; node < 100'000; ++node) {
    inodes.release(must(inodes.acquire(inode(InodeKind::file, 1000 + node))), 1);
  }
  BOOST_TEST(inodes.size() == 1U);
}

BOOST_AUTO_TEST_CASE(tells_volumes_and_streams_apart) {
  Inode other = inode(InodeKind::file, 30);
  const InodeNumber plain = must(inodes.acquire(other));
  other.volume = 1;
  const InodeNumber elsewhere = must(inodes.acquire(other));
  other.stream = u"note";
  const InodeNumber stream = must(inodes.acquire(other));
  BOOST_TEST(plain != elsewhere);
  BOOST_TEST(stream != elsewhere);
}

BOOST_AUTO_TEST_CASE(gives_a_link_a_number_for_each_directory) {
  const InodeNumber here = must(inodes.acquire(inode(InodeKind::link, 30, root_inode)));
  const InodeNumber there = must(inodes.acquire(inode(InodeKind::link, 30, 7)));
  BOOST_TEST(here != there);
  inodes.release(here, 1);
  BOOST_TEST(inodes.find(there).has_value());
}

BOOST_AUTO_TEST_CASE(refuses_a_directory_in_a_second_place) {
  const InodeNumber number = must(inodes.acquire(inode(InodeKind::directory, 40, root_inode)));
  BOOST_TEST(must(inodes.acquire(inode(InodeKind::directory, 40, root_inode))) == number);
  BOOST_TEST(is_status(inodes.acquire(inode(InodeKind::directory, 40, 7)), Status::corrupt));
  BOOST_TEST(is_status(inodes.acquire(inode(InodeKind::directory, 5, 7)), Status::corrupt));
  BOOST_TEST(is_status(inodes.acquire(inode(InodeKind::directory, 5)), Status::corrupt));
  inodes.release(number, 2);
  must(inodes.acquire(inode(InodeKind::directory, 40, 7)));  // the first place is forgotten
}

BOOST_AUTO_TEST_CASE(counts_right_on_many_threads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      for (std::uint64_t round = 0; round < 5000; ++round) {
        const auto number = inodes.acquire(inode(InodeKind::file, round % 7 + 100));
        inodes.release(*number, 1);
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(inodes.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
