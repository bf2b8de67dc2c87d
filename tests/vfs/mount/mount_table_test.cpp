// SPDX-License-Identifier: Apache-2.0
#include "vfs/mount/mount_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/filesystem.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"

using namespace casement;
using casement::test::is_ok;
using casement::test::is_status;
using casement::test::mentions;
using casement::test::must;
using casement::test::TempDir;

namespace bfs = boost::filesystem;

namespace {

/// An image file, an empty directory, and a table of its own.
struct Place {
  TempDir temp;
  std::string image = temp.write("install.wim", "MSWIM");
  std::string directory = temp.make_dir("mount");
  MountTable table;

  Result<std::string> add() { return table.add(directory, image, "#2", 2); }
  MountState state() {
    const auto mounts = table.list();
    BOOST_REQUIRE(mounts.size() == 1U);
    return mounts[0].state;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(mount_table, Place)

BOOST_AUTO_TEST_CASE(keeps_what_was_added) {
  const std::string canonical = must(add());
  BOOST_TEST(canonical == bfs::canonical(directory).string());
  const auto mounts = table.list();
  BOOST_REQUIRE(mounts.size() == 1U);
  BOOST_TEST(mounts[0].mount_path == canonical);
  BOOST_TEST(mounts[0].image == image + "#2");
  BOOST_TEST(mounts[0].image_path == image);
  BOOST_TEST(mounts[0].index == 2U);
  BOOST_TEST(mounts[0].in_process);
  BOOST_CHECK(mounts[0].state == MountState::ok);
}

BOOST_AUTO_TEST_CASE(knows_a_directory_by_every_spelling) {
  must(add());
  bfs::create_directory_symlink(directory, temp.file("link"));
  for (const std::string& spelling : {directory, directory + "/", directory + "/../mount/.",
                                      temp.file("link"), bfs::relative(directory).string()}) {
    BOOST_TEST(table.find(spelling).has_value(), spelling);
  }
  BOOST_TEST(!table.find(temp.path()).has_value());
  BOOST_TEST(!table.find(temp.file("absent")).has_value());
  BOOST_TEST(is_ok(table.remove(temp.file("link"))));
  BOOST_TEST(table.list().empty());
}

BOOST_AUTO_TEST_CASE(mounts_on_empty_directories_only) {
  BOOST_TEST(is_status(table.add(temp.file("absent"), image, "", 1), Status::not_found));
  BOOST_TEST(is_status(table.add(image, image, "", 1), Status::not_a_directory));
  temp.write("mount/file", "x");
  const auto full = add();
  BOOST_TEST(is_status(full, Status::invalid_argument));
  BOOST_TEST(mentions(full.error().message(), {"not empty", "file"}));
  BOOST_TEST(is_status(table.add("", image, "", 1), Status::invalid_argument));
  BOOST_TEST(is_status(table.add(directory, "", "#1", 1), Status::invalid_argument));
  BOOST_TEST(table.list().empty());
}

BOOST_AUTO_TEST_CASE(mounts_files_that_are_there) {
  BOOST_TEST(is_status(table.add(directory, temp.file("x.wim"), "", 1), Status::not_found));
  BOOST_TEST(table.list().empty());
}

BOOST_AUTO_TEST_CASE(mounts_once_on_a_directory) {
  must(add());
  const auto again = table.add(directory + "/.", image, "", 1);
  BOOST_TEST(is_status(again, Status::already_exists));
  BOOST_TEST(mentions(again.error().message(), {"install.wim#2", "already"}));
  must(table.add(temp.make_dir("other"), image, "", 1));  // one image may be in two places
  BOOST_TEST(table.list().size() == 2U);
}

BOOST_AUTO_TEST_CASE(removes_only_what_is_mounted) {
  BOOST_TEST(is_status(table.remove(directory), Status::not_found));
  must(add());
  BOOST_TEST(is_ok(table.remove(directory)));
  BOOST_TEST(is_status(table.remove(directory), Status::not_found));
}

BOOST_AUTO_TEST_CASE(needs_a_remount_when_the_image_is_gone) {
  must(add());
  bfs::remove(image);
  BOOST_CHECK(state() == MountState::needs_remount);
  BOOST_TEST(is_status(table.remount(directory), Status::not_found));
  BOOST_CHECK(state() == MountState::needs_remount);
}

BOOST_AUTO_TEST_CASE(needs_a_remount_when_the_image_is_another_one) {
  must(add());
  temp.write("new.wim", "MSWIM");
  bfs::rename(temp.file("new.wim"), image);  // the same bytes, another inode
  BOOST_CHECK(state() == MountState::needs_remount);
  BOOST_TEST(is_ok(table.remount(directory)));
  BOOST_CHECK(state() == MountState::ok);
}

BOOST_AUTO_TEST_CASE(needs_a_remount_when_the_image_was_changed) {
  must(add());
  temp.write("install.wim", "MSWIM and more");
  BOOST_CHECK(state() == MountState::needs_remount);
  BOOST_TEST(is_ok(table.remount(directory)));
  BOOST_TEST(is_ok(table.remount(directory)));  // nothing to do
  BOOST_CHECK(state() == MountState::ok);
}

BOOST_AUTO_TEST_CASE(does_not_mind_changes_below_a_directory_image) {
  const std::string tree = temp.make_dir("tree");
  must(table.add(directory, tree, "", 1));
  temp.write("tree/new", "x");
  BOOST_CHECK(state() == MountState::ok);
}

BOOST_AUTO_TEST_CASE(is_invalid_when_the_directory_is_gone) {
  must(add());
  must(table.add(temp.make_dir("other"), image, "", 1));
  bfs::remove(directory);
  BOOST_CHECK(table.list()[0].state == MountState::invalid);
  BOOST_CHECK(table.find(directory).value().state == MountState::invalid);
  BOOST_TEST(is_status(table.remount(directory), Status::path_not_found));
  const auto removed = table.cleanup();
  BOOST_REQUIRE(removed.size() == 1U);
  BOOST_TEST(removed[0] == bfs::canonical(temp.path()).string() + "/mount");
  BOOST_TEST(table.list().size() == 1U);
  BOOST_TEST(table.cleanup().empty());
}

BOOST_AUTO_TEST_CASE(remounts_only_what_is_mounted) {
  BOOST_TEST(is_status(table.remount(directory), Status::not_found));
}

BOOST_AUTO_TEST_CASE(serves_many_threads) {
  constexpr int count = 8;
  std::vector<std::string> directories;
  for (int i = 0; i < count; ++i) {
    directories.push_back(temp.make_dir(fmt::format("d{}", i)));
  }
  std::atomic<int> added = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (const std::string& each : directories) {
        added += table.add(each, image, "", 1) ? 1 : 0;
        (void)table.list();
        (void)table.find(each);
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(added == count);  // each directory by one thread
  BOOST_TEST(table.list().size() == static_cast<std::size_t>(count));
}

BOOST_AUTO_TEST_CASE(stands_in_the_list_of_all_mounts) {
  MountTable& process = MountTable::of_process();
  const std::string canonical = must(process.add(directory, image, "#2", 2));
  const auto found = must(find_mounted_image(directory + "/"));
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->image == image + "#2");
  BOOST_TEST(found->in_process);
  const auto mounts = must(list_mounted_images());
  BOOST_TEST(std::ranges::count(mounts, canonical, &MountedImage::mount_path) == 1);
  BOOST_TEST(is_ok(process.remove(directory)));
  BOOST_TEST(!must(find_mounted_image(directory)).has_value());
}

BOOST_AUTO_TEST_CASE(finds_nothing_where_nothing_is) {
  for (const std::string& nowhere : {std::string(), std::string("/"), temp.path(), image,
                                     temp.file("absent/below"), std::string(5000, 'x')}) {
    BOOST_TEST(!must(find_mounted_image(nowhere)).has_value(), nowhere);
  }
}

BOOST_AUTO_TEST_SUITE_END()
