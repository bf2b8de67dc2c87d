// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/fuse/mount_tree.h"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/cli/mounted_tree.h"
#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"

using namespace casement;
using namespace casement::cli;
using casement::test::is_ok;
using casement::test::is_status;
using casement::test::MemoryFileSystem;
using casement::test::mentions;
using casement::test::MountedTree;
using casement::test::must;

BOOST_FIXTURE_TEST_SUITE(mount_tree, MountedTree)

BOOST_AUTO_TEST_CASE(finds_names_in_any_case_and_by_8_3_names) {
  files->write(u"\\Program Files\\a.txt", "x");
  files->set_short_name(u"\\Program Files", u"PROGRA~1");
  const InodeNumber exact = number({"Program Files", "a.txt"});
  BOOST_TEST(number({"program files", "A.TXT"}) == exact);
  BOOST_TEST(number({"progra~1", "a.txt"}) == exact);
  BOOST_TEST(!find({"Program Files", "b.txt"}).has_value());
}

BOOST_AUTO_TEST_CASE(finds_only_stored_names_when_case_counts) {
  files->write(u"\\Program Files\\a.txt", "x");
  files->set_short_name(u"\\Program Files", u"PROGRA~1");
  options.case_sensitive = true;
  BOOST_TEST(find({"Program Files", "a.txt"}).has_value());
  BOOST_TEST(!find({"program files"}).has_value());
  BOOST_TEST(!find({"PROGRA~1"}).has_value());
}

BOOST_AUTO_TEST_CASE(shows_kinds_sizes_and_owners) {
  options.owner = 1000;
  options.group = 100;
  files->write(u"\\dir\\file", "12345");
  const struct stat file = find({"dir", "file"})->facts;
  BOOST_TEST(file.st_mode == (S_IFREG | 0444U));
  BOOST_TEST(file.st_size == 5);
  BOOST_TEST(file.st_uid == 1000U);
  BOOST_TEST(file.st_gid == 100U);
  const struct stat directory = find({"dir"})->facts;
  BOOST_TEST(directory.st_mode == (S_IFDIR | 0555U));
  BOOST_TEST(directory.st_nlink == 1U);
  BOOST_TEST(must(tree().facts(root_inode)).st_mode == (S_IFDIR | 0555U));
}

BOOST_AUTO_TEST_CASE(shows_times_to_the_100_nanoseconds) {
  files->write(u"\\file", "x");
  NodeInfo info = must(files->stat(files->node(u"\\file")));
  info.modified = {FileTime::from_unix(1'700'000'000, 123'456'700).ticks};
  info.accessed = FileTime::from_unix(-5, 0);
  files->set_info(u"\\file", info);
  const struct stat facts = find({"file"})->facts;
  BOOST_TEST(facts.st_mtim.tv_sec == 1'700'000'000);
  BOOST_TEST(facts.st_mtim.tv_nsec == 123'456'700);
  BOOST_TEST(facts.st_atim.tv_sec == -5);
  BOOST_TEST(facts.st_ctim.tv_sec == 1'700'000'000);  // no time of its own
}

BOOST_AUTO_TEST_CASE(counts_blocks_by_what_is_allocated) {
  const auto blocks = [this](std::uint64_t size, std::uint64_t allocated,
                             std::uint32_t attributes) {
    const NodeId node = files->write(u"\\file", "x");
    NodeInfo info = must(files->stat(node));
    info.size = size;
    info.allocated_size = allocated;
    info.attributes = attributes;
    files->set_info(u"\\file", info);
    return find({"file"})->facts.st_blocks;
  };
  BOOST_TEST(blocks(5000, 8192, 0) == 16);
  BOOST_TEST(blocks(5000, 0, 0) == 10);  // not known: as if all of it
  BOOST_TEST(blocks(5000, 0, file_attribute::sparse) == 0);
}

BOOST_AUTO_TEST_CASE(refuses_a_size_that_no_system_call_can_say) {
  NodeInfo info = must(files->stat(files->write(u"\\file", "x")));
  info.size = 0x8000'0000'0000'0000;
  files->set_info(u"\\file", info);
  BOOST_TEST(is_status(tree().lookup(root_inode, "file"), Status::corrupt));
  BOOST_TEST(tree().known_inodes() == 1U);  // nothing counted
}

BOOST_AUTO_TEST_CASE(shows_hard_links_as_one_node) {
  const NodeId node = files->write(u"\\a\\one", "x");
  files->link(u"\\b\\two", node);
  const EnteredNode one = *find({"a", "one"});
  const EnteredNode two = *find({"b", "two"});
  BOOST_TEST(one.number == two.number);
  BOOST_TEST(one.facts.st_ino == two.facts.st_ino);
  BOOST_TEST(one.facts.st_nlink == 2U);
}

BOOST_AUTO_TEST_CASE(shows_links_relative_to_their_directory) {
  files->make_dir(u"\\Users");
  files->add_junction(u"\\a\\b\\junction", u"\\??\\C:\\users");
  const EnteredNode link = *find({"a", "b", "junction"});
  BOOST_TEST(link.facts.st_mode == (S_IFLNK | 0777U));
  BOOST_TEST(must(tree().symlink(link.number)) == "../../Users");
  BOOST_TEST(link.facts.st_size == 11);
  BOOST_TEST(is_status(tree().symlink(number({"Users"})), Status::not_a_reparse_point));
}

BOOST_AUTO_TEST_CASE(gives_a_link_with_two_names_two_texts) {
  const NodeId node = files->add_symlink(u"\\a\\b\\link", u"\\??\\C:\\x", false);
  files->link(u"\\link", node);
  BOOST_TEST(must(tree().symlink(number({"a", "b", "link"}))) == "../../x");
  BOOST_TEST(must(tree().symlink(number({"link"}))) == "x");
}

BOOST_AUTO_TEST_CASE(keeps_a_directory_in_one_place) {
  // A damaged volume: the directory \a\b\c is also \top.
  const NodeId deep = files->make_dir(u"\\a\\b\\c");
  files->add_symlink(u"\\a\\b\\c\\link", u"..\\..\\..\\x", true);
  files->link(u"\\top", deep);
  const InodeNumber place = number({"a", "b", "c"});
  BOOST_TEST(must(tree().symlink(number({"a", "b", "c", "link"}))) == "../../../x");
  BOOST_TEST(is_status(tree().lookup(root_inode, "top"), Status::corrupt));
  tree().release(place, 2);
  BOOST_TEST(must(tree().symlink(number({"top", "link"}))) == "../x");
}

BOOST_AUTO_TEST_CASE(does_not_go_round_in_a_loop_of_directories) {
  files->make_dir(u"\\a");
  files->link(u"\\a\\root", files->root());
  BOOST_TEST(is_status(tree().lookup(number({"a"}), "root"), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(opens_contents) {
  files->write(u"\\file", "content");
  files->make_dir(u"\\dir");
  const SourcePtr source = must(tree().open(number({"file"})));
  std::string text(source->size(), '\0');
  BOOST_TEST(is_ok(source->read(0, std::as_writable_bytes(std::span(text)))));
  BOOST_TEST(text == "content");
  BOOST_TEST(is_status(tree().open(number({"dir"})), Status::unsupported));
  BOOST_TEST(is_status(tree().open(4711), Status::not_found));
}

BOOST_AUTO_TEST_CASE(opens_a_file_that_has_named_streams_alone_as_an_empty_one) {
  files->set_short_name(u"\\$Secure", u"$SECURE");  // made without any stream
  files->add_stream(u"\\$Secure", u"$SDS", "descriptors");
  BOOST_TEST(must(tree().open(number({"$Secure"})))->size() == 0U);
}

BOOST_AUTO_TEST_CASE(opens_nothing_that_cannot_be_decrypted_or_understood) {
  NodeInfo info = must(files->stat(files->write(u"\\secret", "x")));
  info.content = ContentKind::encrypted;
  files->set_info(u"\\secret", info);
  BOOST_TEST(is_status(tree().open(number({"secret"})), Status::access_denied));
  files->add_reparse(u"\\app", {std::byte{0x1B}, {}, {}, std::byte{0x80}, {}, {}, {}, {}});
  BOOST_TEST(find({"app"})->facts.st_mode == (S_IFREG | 0444U));
  BOOST_TEST(is_status(tree().open(number({"app"})), Status::unsupported));
}

BOOST_AUTO_TEST_CASE(lists_entries_at_positions_that_stay) {
  files->make_dir(u"\\dir");
  for (int i = 0; i < 3000; ++i) {
    files->write(u"\\dir\\" + std::u16string(1, static_cast<char16_t>(0x4E00 + i)), "");
  }
  const auto list = must(tree().list(number({"dir"})));
  const std::string last = list->at(2999)->file_name;
  const ListedEntry* const first = list->at(0);
  BOOST_TEST(list->at(3000) == nullptr);
  BOOST_TEST(list->at(2999)->file_name == last);
  BOOST_TEST(list->at(0) == first);
  const auto all = names(*list);
  BOOST_TEST(std::set<std::string>(all.begin(), all.end()).size() == 3000U);
}

BOOST_AUTO_TEST_CASE(lists_what_is_left_of_a_damaged_directory) {
  files->write(u"\\dir\\a", "");
  files->damage_entry(u"\\dir\\bad", Status::corrupt);
  files->write(u"\\dir\\z", "");
  const auto list = must(tree().list(number({"dir"})));
  BOOST_TEST(names(*list) == (std::vector<std::string>{"a", "z"}),
             boost::test_tools::per_element());
  BOOST_TEST(findings.size() == 1U);
  files->damage_directory(u"\\gone", Status::corrupt);
  BOOST_TEST(is_status(tree().list(number({"gone"})), Status::corrupt));
  BOOST_TEST(is_status(tree().list(number({"dir", "a"})), Status::not_a_directory));
}

BOOST_AUTO_TEST_CASE(escapes_and_hides_hostile_names) {
  files->write(u"\\dir\\a/b", "slash");
  files->write(u"\\dir\\..", "dots");
  files->write(u"\\dir\\plain", "");
  const auto list = must(tree().list(number({"dir"})));
  BOOST_TEST(names(*list) == (std::vector<std::string>{"a\xEF\x80\xAF"
                                                       "b",
                                                       "plain"}),
             boost::test_tools::per_element());
  BOOST_REQUIRE(findings.size() == 1U);
  BOOST_TEST(mentions(findings[0], {"left out", ".."}));
  BOOST_TEST(find({"dir",
                   "a\xEF\x80\xAF"
                   "b"})
                 ->facts.st_size == 5);
}

BOOST_AUTO_TEST_CASE(forgets_what_was_released) {
  files->write(u"\\dir\\file", "");
  const InodeNumber directory = number({"dir"});
  const auto list = must(tree().list(directory));
  for (int i = 0; i < 100; ++i) {
    tree().release(must(tree().enter(directory, *list->at(0))).number, 1);
  }
  BOOST_TEST(tree().known_inodes() == 2U);
  tree().release(directory, 1);
  BOOST_TEST(tree().known_inodes() == 1U);
  BOOST_TEST(is_status(tree().facts(directory), Status::not_found));
}

BOOST_AUTO_TEST_CASE(shows_every_volume_in_a_directory) {
  auto other = std::make_shared<MemoryFileSystem>();
  other->write(u"\\there", "x");
  files->write(u"\\here", "x");
  files->add_symlink(u"\\link", u"\\??\\D:\\there", false);
  MountLayout layout;
  layout.one_directory_each = true;
  layout.volumes = {
      {.name = "C", .file_system = files, .letters = {u'C'}, .ids = {}, .alone = false},
      {.name = "partition 2", .file_system = other, .letters = {u'D'}, .ids = {}, .alone = false}};
  shown = std::make_unique<MountTree>(layout, options, [](const std::string&) {});
  const auto list = must(tree().list(root_inode));
  BOOST_TEST(names(*list) == (std::vector<std::string>{"C", "partition 2"}),
             boost::test_tools::per_element());
  BOOST_TEST(find({"c", "here"}).has_value());
  BOOST_TEST(find({"Partition 2", "there"}).has_value());
  BOOST_TEST(!find({"D"}).has_value());
  BOOST_TEST(must(tree().symlink(number({"C", "link"}))) == "../partition 2/there");
  BOOST_TEST(must(tree().enter(root_inode, *list->at(1))).number == number({"partition 2"}));
  // Both roots are node 0 of their file systems.
  BOOST_TEST(find({"C"})->facts.st_ino != find({"partition 2"})->facts.st_ino);
  BOOST_TEST(tree().shown_number(root_inode, list->at(1)->entry) ==
             find({"partition 2"})->facts.st_ino);
  BOOST_TEST(must(tree().facts(root_inode)).st_mode == (S_IFDIR | 0555U));
  BOOST_TEST(!must(tree().attribute(root_inode, "system.ntfs_attrib")).has_value());
  BOOST_TEST(must(tree().attributes(root_inode)).empty());
}

BOOST_AUTO_TEST_SUITE_END()
