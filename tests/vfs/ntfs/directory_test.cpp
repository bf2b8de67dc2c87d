// SPDX-License-Identifier: Apache-2.0
#include "vfs/ntfs/directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/volume_support.h"
#include "vfs/core/utf16.h"

namespace casement::ntfs {
namespace {

using fixture::NtfsBuilder;
using fixture::NtfsIndexShape;
using fixture::NtfsNamespace;
using test::exists;
using test::find_node;
using test::has_finding;
using test::is_status;
using test::must;
using test::names_in;
using test::open_volume;

std::u16string found_name(const FileSystem& volume, std::u16string_view directory,
                          std::u16string_view name) {
  const auto entry = must(volume.lookup(find_node(volume, directory), name));
  return entry ? entry->name : u"";
}

/// Sixty files below \dir.
NtfsBuilder many(const NtfsIndexShape& shape) {
  NtfsBuilder builder;
  const auto directory = builder.directory("\\dir").index(shape);
  for (int i = 0; i < 60; ++i) {
    directory.file(fmt::format("a file of number {:02}", i), "x")
        .short_name(fmt::format("AFILE{:02}.X", i));
  }
  return builder;
}

void check_all_are_there(const FileSystem& volume) {
  const NodeId directory = find_node(volume, u"\\dir");
  const std::vector<std::u16string> names = names_in(volume, directory);
  BOOST_TEST(names.size() == 60U);
  for (int i = 0; i < 60; ++i) {
    const auto name = *from_utf8(fmt::format("a file of number {:02}", i));
    const auto short_name = *from_utf8(fmt::format("afile{:02}.x", i));
    BOOST_TEST((std::count(names.begin(), names.end(), name) == 1));
    const auto by_name = must(volume.lookup(directory, name));
    const auto by_short = must(volume.lookup(directory, short_name));
    BOOST_REQUIRE(by_name);
    BOOST_REQUIRE(by_short);
    BOOST_TEST((by_name->node == by_short->node));
    BOOST_TEST((by_short->name == name));
  }
  BOOST_TEST(!must(volume.lookup(directory, u"a file of number 60")));
}

BOOST_AUTO_TEST_SUITE(directory)

BOOST_AUTO_TEST_CASE(finds_names_without_regard_to_case) {
  NtfsBuilder builder;
  builder.file("\\Windows\\System32\\KERNEL32.dll", "k");
  builder.file("\\Stra\u00DFe");
  builder.file("\\\u00C4pfel");
  builder.file("\\d\u0131g");
  const FileSystemPtr volume = open_volume(builder);
  BOOST_TEST(exists(*volume, u"\\windows\\SYSTEM32\\kernel32.DLL"));
  BOOST_TEST(!exists(*volume, u"\\windows\\SYSTEM32\\kernel32"));
  BOOST_TEST(exists(*volume, u"\\STRA\u00DFE"));
  BOOST_TEST(!exists(*volume, u"\\STRASSE"));
  BOOST_TEST(exists(*volume, u"\\\u00E4PFEL"));
  BOOST_TEST(exists(*volume, u"\\D\u0131G"));
  BOOST_TEST(!exists(*volume, u"\\DIG"));
  BOOST_TEST(!exists(*volume, u"\\DI\u0307G"));
}

BOOST_AUTO_TEST_CASE(an_exact_match_wins_else_the_first) {
  NtfsBuilder builder;
  for (const char* name : {"README", "ReadMe", "readme"}) {
    builder.directory("\\d").file(name).name_space(NtfsNamespace::posix);
  }
  const FileSystemPtr volume = open_volume(builder);
  BOOST_TEST((found_name(*volume, u"\\d", u"readme") == u"readme"));
  BOOST_TEST((found_name(*volume, u"\\d", u"ReadMe") == u"ReadMe"));
  BOOST_TEST((found_name(*volume, u"\\d", u"README") == u"README"));
  BOOST_TEST((found_name(*volume, u"\\d", u"rEADmE") == u"README"));
}

BOOST_AUTO_TEST_CASE(a_case_sensitive_directory_is_exact) {
  NtfsBuilder builder;
  const auto exact = builder.directory("\\exact").case_sensitive();
  exact.file("a").name_space(NtfsNamespace::posix);
  exact.file("A").name_space(NtfsNamespace::posix);
  exact.file("b").name_space(NtfsNamespace::posix);
  // Other bits of the same word mean other things.
  builder.directory("\\known").information_flags(0x101).file("b");
  builder.directory("\\reserved").information_flags(0x100).file("b");
  const FileSystemPtr volume = open_volume(builder);
  BOOST_TEST(must(volume->stat(find_node(*volume, u"\\exact"))).case_sensitive);
  BOOST_TEST((found_name(*volume, u"\\exact", u"a") == u"a"));
  BOOST_TEST((found_name(*volume, u"\\exact", u"A") == u"A"));
  BOOST_TEST((found_name(*volume, u"\\exact", u"B") == u""));
  BOOST_TEST((found_name(*volume, u"\\known", u"B") == u""));
  BOOST_TEST((found_name(*volume, u"\\reserved", u"B") == u"b"));
  BOOST_TEST(names_in(*volume, find_node(*volume, u"\\exact")).size() == 3U);
}

BOOST_AUTO_TEST_CASE(an_8_3_name_leads_to_the_long_one) {
  NtfsBuilder builder;
  builder.file("\\Program Files\\a long name.text", "x").short_name("ALONGN~1.TEX");
  builder.directory("\\Program Files").short_name("PROGRA~1");
  const FileSystemPtr volume = open_volume(builder);
  BOOST_TEST((found_name(*volume, u"\\progra~1", u"alongn~1.tex") == u"a long name.text"));
  const auto entry =
      must(volume->lookup(find_node(*volume, u"\\Program Files"), u"A LONG NAME.TEXT"));
  BOOST_REQUIRE(entry);
  BOOST_TEST((entry->short_name == u"ALONGN~1.TEX"));
  BOOST_TEST(must(volume->stat(entry->node)).link_count == 1U);
  const auto names = names_in(*volume, volume->root());
  BOOST_TEST((std::count(names.begin(), names.end(), u"PROGRA~1") == 0));
}

BOOST_AUTO_TEST_CASE(every_hard_link_is_an_entry_of_one_node) {
  NtfsBuilder builder;
  const auto file = builder.file("\\a\\first", "content").short_name("FIRST~1");
  file.link(builder.directory("\\b"), "second");
  file.link(builder.directory("\\a"), "third", NtfsNamespace::posix);
  const FileSystemPtr volume = open_volume(builder);
  const NodeId node = find_node(*volume, u"\\a\\first");
  BOOST_TEST((find_node(*volume, u"\\b\\second") == node));
  BOOST_TEST((find_node(*volume, u"\\a\\third") == node));
  BOOST_TEST((find_node(*volume, u"\\a\\first~1") == node));
  BOOST_TEST(!exists(*volume, u"\\b\\first~1"));
  BOOST_TEST(must(volume->stat(node)).link_count == 3U);
  BOOST_TEST(names_in(*volume, find_node(*volume, u"\\a")).size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_name_whose_file_is_gone_is_left_out_and_reported) {
  NtfsBuilder builder;
  builder.file("\\d\\stale").stale_index_entry(9);
  builder.file("\\d\\live");
  const FileSystemPtr volume = open_volume(builder);
  const auto names = names_in(*volume, find_node(*volume, u"\\d"));
  BOOST_REQUIRE_EQUAL(names.size(), 1U);
  BOOST_TEST((names[0] == u"live"));
  BOOST_TEST(!exists(*volume, u"\\d\\stale"));
  BOOST_TEST(has_finding(*volume, "index-entry-stale"));
}

BOOST_AUTO_TEST_CASE(every_shape_of_a_sound_index_gives_everything) {
  for (const std::uint32_t entries : {0U, 1U, 4U}) {
    const FileSystemPtr volume =
        open_volume(many({.force_blocks = true, .entries_per_block = entries}));
    check_all_are_there(*volume);
    BOOST_TEST(test::finding_codes(*volume).empty());
  }
}

BOOST_AUTO_TEST_CASE(blocks_of_the_past_are_not_read) {
  const FileSystemPtr volume = open_volume(many({.force_blocks = true, .stale_block = true}));
  check_all_are_there(*volume);
}

BOOST_AUTO_TEST_CASE(a_damaged_tree_is_read_by_its_live_blocks) {
  for (const NtfsIndexShape& shape :
       {NtfsIndexShape{.force_blocks = true, .entries_per_block = 3, .loop = true},
        NtfsIndexShape{.force_blocks = true, .entries_per_block = 3, .lost_children = true}}) {
    const FileSystemPtr volume = open_volume(many(shape));
    check_all_are_there(*volume);
    BOOST_TEST(has_finding(*volume, "index-damaged"));
  }
}

BOOST_AUTO_TEST_CASE(a_lost_block_is_made_good_by_the_files) {
  auto built = many({.force_blocks = true, .entries_per_block = 8}).build_mapped();
  const std::vector<std::size_t> blocks = built.find("\\dir").index_blocks;
  BOOST_REQUIRE_GE(blocks.size(), 4U);
  for (std::size_t i = 0; i < 8; ++i) {
    built.bytes[blocks[0] + i] = {};
    built.bytes[blocks[2] + i] = {};
  }
  const FileSystemPtr volume = open_volume(built.bytes);
  check_all_are_there(*volume);
  BOOST_TEST(has_finding(*volume, "index-damaged"));
}

BOOST_AUTO_TEST_CASE(a_block_that_was_not_written_at_once_is_reported) {
  const FileSystemPtr volume = open_volume(many({.force_blocks = true, .torn_block = true}));
  (void)names_in(*volume, find_node(*volume, u"\\dir"));
  BOOST_TEST(has_finding(*volume, "index-block-torn"));
}

BOOST_AUTO_TEST_CASE(an_index_without_a_root_is_made_good_by_the_files) {
  auto built = many({}).build_mapped();
  const auto& record = built.find("\\dir");
  const std::size_t at = built.attribute_offset(record, 0x90, "$I30");
  built.edit_record(record.offset,
                    [&](std::span<std::byte> bytes) { bytes[at] = std::byte{0x91}; });
  const FileSystemPtr volume = open_volume(built.bytes);
  check_all_are_there(*volume);
}

BOOST_AUTO_TEST_CASE(the_children_of_a_damaged_root_are_found) {
  NtfsBuilder builder;
  builder.file("\\Windows\\a.txt", "a");
  builder.file("\\b.txt", "b");
  auto built = builder.build_mapped();
  built.bytes[built.record(5).offset] = {};
  const FileSystemPtr volume = open_volume(built.bytes);
  BOOST_TEST(has_finding(*volume, "root-damaged"));
  BOOST_TEST((must(volume->stat(volume->root())).kind == NodeKind::directory));
  BOOST_TEST(exists(*volume, u"\\windows\\A.TXT"));
  BOOST_TEST(exists(*volume, u"\\B.TXT"));
  const auto names = names_in(*volume, volume->root());
  BOOST_TEST((std::count(names.begin(), names.end(), u"Windows") == 1));
}

BOOST_AUTO_TEST_CASE(a_damaged_record_does_not_hide_its_name) {
  NtfsBuilder builder;
  builder.file("\\d\\bad");
  builder.file("\\d\\good");
  auto built = builder.build_mapped();
  built.bytes[built.find("\\d\\bad").offset] = std::byte{'B'};
  const FileSystemPtr volume = open_volume(built.bytes);
  BOOST_TEST(names_in(*volume, find_node(*volume, u"\\d")).size() == 2U);
  BOOST_TEST(is_status(volume->stat(find_node(*volume, u"\\d\\bad")), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(a_file_is_no_directory) {
  NtfsBuilder builder;
  builder.file("\\f");
  const FileSystemPtr volume = open_volume(builder);
  const NodeId file = find_node(*volume, u"\\f");
  BOOST_TEST(is_status(volume->read_dir(file), Status::not_a_directory));
  BOOST_TEST(is_status(volume->lookup(file, u"x"), Status::not_a_directory));
  BOOST_TEST(is_status(volume->read_dir({0x0001'0000'00FF'FFFF}), Status::not_found));
}

BOOST_AUTO_TEST_CASE(dot_is_never_given) {
  NtfsBuilder builder;
  builder.directory("\\d").file(".");
  builder.directory("\\d").file("..");
  const FileSystemPtr volume = open_volume(builder);
  for (const NodeId node : {volume->root(), find_node(*volume, u"\\d")}) {
    const auto names = names_in(*volume, node);
    BOOST_TEST((std::count(names.begin(), names.end(), u".") == 0));
    BOOST_TEST((std::count(names.begin(), names.end(), u"..") == 0));
  }
  BOOST_TEST(has_finding(*volume, "dot-name"));
}

BOOST_AUTO_TEST_CASE(the_number_of_entries_is_limited) {
  Limits limits;
  limits.max_directory_entries = 20;
  const FileSystemPtr volume = open_volume(many({}).build(), limits);
  BOOST_TEST(is_status(volume->read_dir(find_node(*volume, u"\\dir")), Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
