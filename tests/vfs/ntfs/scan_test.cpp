// SPDX-License-Identifier: Apache-2.0
#include "vfs/ntfs/scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/volume_support.h"

namespace casement::ntfs {
namespace {

using boost::test_tools::per_element;
using fixture::NtfsBuilder;
using fixture::NtfsData;
using fixture::NtfsNamespace;
using fixture::NtfsOptions;
using fixture::NtfsStorage;
using test::must;
using test::open_volume;
using test::scan_lines;
using test::scan_paths;
using test::walk_lines;

fixture::ByteVector text_of(std::size_t size) {
  fixture::ByteVector bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>("casement "[i % 9]);
  }
  return bytes;
}

/// Something of everything.
NtfsBuilder rich(const NtfsOptions& options) {
  NtfsBuilder builder(options);
  builder.file("\\Windows\\System32\\small.dll", "small").short_name("SMALL~1.DLL");
  builder.file("\\Windows\\System32\\large.dll", NtfsData{.bytes = text_of(70'000)});
  builder.file("\\Windows\\empty");
  builder.file("\\sparse",
               NtfsData{.bytes = fixture::ByteVector(200'000), .storage = NtfsStorage::sparse});
  if (options.cluster_size <= 4096) {
    builder.file("\\packed",
                 NtfsData{.bytes = text_of(150'000), .storage = NtfsStorage::compressed});
  }
  builder.file("\\two parts", NtfsData{.bytes = text_of(90'000), .fragments = 8, .extensions = 2});
  builder.file("\\list", "l").attribute_list();
  builder.file("\\far list", "l").non_resident_list();
  builder.file("\\far data", NtfsData{.bytes = text_of(10'000), .in_extension = true});
  const auto linked = builder.file("\\linked", "x");
  for (int i = 0; i < 25; ++i) {
    linked.link(builder.directory("\\links"), fmt::format("a link of the number {}", i));
  }
  builder.directory("\\exact").case_sensitive().file("a").name_space(NtfsNamespace::posix);
  const auto plain = text_of(50'000);
  builder.file("\\compact").wof(fixture::WofAlgorithm::xpress4k, plain);
  builder.file("\\streams", "main").stream("one", "1").stream("two", "22");
  builder.directory("\\with stream").stream("of it", "x");
  builder.file("\\hidden", "h").attributes(0x7);
  for (int i = 0; i < 150; ++i) {
    builder.file(fmt::format("\\many\\file of number {}", i), "m");
  }
  return builder;
}

bool has_error(const std::vector<std::string>& lines) {
  return std::any_of(lines.begin(), lines.end(),
                     [](const std::string& line) { return line.starts_with("error"); });
}

BOOST_AUTO_TEST_SUITE(scan)

BOOST_AUTO_TEST_CASE(gives_what_a_walk_and_stat_give) {
  for (const std::uint32_t cluster_size : {512U, 1024U, 4096U, 65536U}) {
    for (const std::uint32_t record_size : {1024U, 4096U}) {
      NtfsOptions options;
      options.cluster_size = cluster_size;
      options.record_size = record_size;
      const FileSystemPtr volume = open_volume(rich(options));
      const auto scanned = scan_lines(*volume);
      BOOST_TEST(scanned == walk_lines(volume), per_element());
      BOOST_TEST(scanned.size() > 200U);
      BOOST_TEST(!has_error(scanned));
    }
  }
}

BOOST_AUTO_TEST_CASE(reads_a_fragmented_mft) {
  NtfsOptions options;
  options.mft_fragments = 9;
  options.mft_extensions = 3;
  const FileSystemPtr volume = open_volume(rich(options));
  BOOST_TEST(scan_lines(*volume) == walk_lines(volume), per_element());
}

BOOST_AUTO_TEST_CASE(a_directory_comes_before_what_is_in_it) {
  NtfsBuilder builder;
  builder.file("\\a\\b\\c\\d", "x");
  builder.file("\\a\\e");
  const FileSystemPtr volume = open_volume(builder);
  const std::vector<std::string> expected = {"\\a", "\\a\\b", "\\a\\b\\c", "\\a\\b\\c\\d",
                                             "\\a\\e"};
  BOOST_TEST(scan_paths(*volume) == expected, per_element());
}

BOOST_AUTO_TEST_CASE(the_metadata_files_are_given) {
  const FileSystemPtr volume = open_volume(NtfsBuilder());
  const auto lines = scan_lines(*volume);
  for (const char* name :
       {"\\$MFT ", "\\$Boot ", "\\$Secure ", "\\$Extend ", "\\$Extend\\$ObjId "}) {
    BOOST_TEST(std::any_of(lines.begin(), lines.end(),
                           [&](const std::string& line) { return line.starts_with(name); }));
  }
}

BOOST_AUTO_TEST_CASE(deleted_files_are_given_where_they_lay) {
  NtfsBuilder builder;
  builder.file("\\d\\live", "l");
  builder.file("\\d\\deleted", "content").deleted();
  const auto gone = builder.directory("\\d\\gone").deleted();
  gone.file("inside", "i").deleted();
  const FileSystemPtr volume = open_volume(builder);
  BOOST_TEST(scan_paths(*volume) == (std::vector<std::string>{"\\d", "\\d\\live"}), per_element());
  auto paths = scan_paths(*volume, {.deleted = true});
  std::sort(paths.begin(), paths.end());
  BOOST_TEST(paths == (std::vector<std::string>{"\\d", "\\d\\deleted deleted", "\\d\\gone deleted",
                                                "\\d\\gone\\inside deleted", "\\d\\live"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(nodes_of_deleted_files_can_be_read) {
  NtfsBuilder builder;
  builder.file("\\deleted", "content").deleted();
  const FileSystemPtr volume = open_volume(builder);
  const auto scan = must(volume->scan({.deleted = true}));
  bool read = false;
  while (const auto entry = must(scan->next())) {
    if (entry->deleted && entry->name == u"deleted") {
      BOOST_TEST(must(volume->stat(entry->node)).size == 7U);
      const SourcePtr source = must(volume->open(entry->node, u""));
      std::vector<std::byte> bytes(7);
      must(source->read(0, bytes));
      BOOST_TEST(std::to_integer<char>(bytes[0]) == 'c');
      read = true;
    }
  }
  BOOST_TEST(read);
}

BOOST_AUTO_TEST_CASE(files_without_a_directory_are_orphans_at_the_end) {
  NtfsBuilder builder;
  builder.file("\\d\\lost", "x").parent_reference(fixture::ntfs_reference(900, 3)).not_indexed();
  builder.directory("\\d\\lost dir")
      .parent_reference(fixture::ntfs_reference(5, 77))
      .not_indexed()
      .file("inside");
  builder.file("\\z");
  const FileSystemPtr volume = open_volume(builder);
  auto paths = scan_paths(*volume);
  BOOST_REQUIRE_EQUAL(paths.size(), 5U);
  std::sort(paths.begin(), paths.begin() + 2);
  std::sort(paths.begin() + 2, paths.end());
  BOOST_TEST(paths == (std::vector<std::string>{"\\d", "\\z", "\\lost dir orphan",
                                                "\\lost dir\\inside", "\\lost orphan"}),
             per_element());
}

BOOST_AUTO_TEST_CASE(directories_that_contain_themselves_are_reported_once) {
  NtfsBuilder builder;
  builder.directory("\\a").file("in a");
  builder.file("\\plain");
  builder.directory("\\own").record_number(60).parent_reference(fixture::ntfs_reference(60, 1));
  const auto first = builder.directory("\\first").record_number(61);
  first.parent_reference(fixture::ntfs_reference(62, 1));
  builder.directory("\\second").record_number(62).parent_reference(fixture::ntfs_reference(61, 1));
  builder.file("\\second\\deep");
  const FileSystemPtr volume = open_volume(builder);
  auto paths = scan_paths(*volume);
  const auto errors = std::count_if(paths.begin(), paths.end(), [](const std::string& path) {
    return path.starts_with("error");
  });
  BOOST_TEST(errors == 2);
  std::erase_if(paths, [](const std::string& path) { return path.starts_with("error"); });
  std::sort(paths.begin(), paths.end());
  BOOST_TEST(
      paths == (std::vector<std::string>{"\\a", "\\a\\in a", "\\first orphan", "\\first\\second",
                                         "\\first\\second\\deep", "\\own orphan", "\\plain"}),
      per_element());
}

BOOST_AUTO_TEST_CASE(a_directory_with_two_names_is_entered_once) {
  NtfsBuilder builder;
  const auto twice = builder.directory("\\twice");
  twice.file("inside");
  twice.link(builder.directory("\\z"), "again");
  const FileSystemPtr volume = open_volume(builder);
  const auto paths = scan_paths(*volume);
  BOOST_TEST(std::count_if(paths.begin(), paths.end(),
                           [](const std::string& path) { return path.ends_with("inside"); }) == 1);
  BOOST_TEST(std::count_if(paths.begin(), paths.end(), [](const std::string& path) {
               return path.starts_with("error") && path.find("met twice") != std::string::npos;
             }) == 1);
}

BOOST_AUTO_TEST_CASE(depth_is_limited) {
  NtfsBuilder builder;
  std::string path;
  for (int i = 0; i < 30; ++i) {
    path += fmt::format("\\{}", i);
  }
  builder.file(path + "\\bottom");
  builder.file("\\other");
  Limits limits;
  limits.max_path_depth = 10;
  const FileSystemPtr volume = open_volume(builder.build(), limits);
  const auto paths = scan_paths(*volume);
  BOOST_TEST(std::count(paths.begin(), paths.end(), "\\other") == 1);
  BOOST_TEST(std::count_if(paths.begin(), paths.end(),
                           [](const std::string& line) { return line.starts_with("error"); }) == 1);
  BOOST_TEST(paths.size() == 12U);
}

BOOST_AUTO_TEST_CASE(a_damaged_record_is_an_error_and_hides_nothing_else) {
  NtfsBuilder builder;
  builder.file("\\a");
  builder.file("\\bad");
  builder.file("\\z");
  auto built = builder.build_mapped();
  built.bytes[built.find("\\bad").offset] = std::byte{'B'};
  const FileSystemPtr volume = open_volume(built.bytes);
  const auto paths = scan_paths(*volume);
  BOOST_REQUIRE_EQUAL(paths.size(), 3U);
  BOOST_TEST(paths[0] == "\\a");
  BOOST_TEST(paths[1] == "\\z");
  BOOST_TEST(test::mentions(paths[2], {"error", "MFT record", "signature"}));
}

BOOST_AUTO_TEST_CASE(the_children_of_a_damaged_root_stay_at_the_top) {
  NtfsBuilder builder;
  builder.file("\\d\\a");
  auto built = builder.build_mapped();
  built.bytes[built.record(5).offset] = {};
  const FileSystemPtr volume = open_volume(built.bytes);
  const auto paths = scan_paths(*volume);
  BOOST_REQUIRE_GE(paths.size(), 2U);
  BOOST_TEST(paths[0] == "\\d");
  BOOST_TEST(paths[1] == "\\d\\a");
}

BOOST_AUTO_TEST_CASE(an_extension_record_without_its_file_is_left_out) {
  NtfsBuilder builder;
  builder.file("\\base", NtfsData{.bytes = text_of(9000), .in_extension = true});
  auto built = builder.build_mapped();
  const auto& record = built.find("\\base");
  built.edit_record(record.offset, [](std::span<std::byte> bytes) {
    bytes[0x16] &= ~std::byte{1};  // not in use
  });
  const FileSystemPtr volume = open_volume(built.bytes);
  BOOST_TEST(scan_paths(*volume).empty());
}

BOOST_AUTO_TEST_CASE(reparse_points_are_given_with_their_tags) {
  NtfsBuilder builder;
  builder.directory("\\junction").reparse(fixture::mount_point_reparse("\\??\\C:\\target", "lie"));
  const FileSystemPtr volume = open_volume(builder);
  BOOST_TEST(scan_lines(*volume) == walk_lines(volume), per_element());
  const auto info = must(volume->stat(test::find_node(*volume, u"\\junction")));
  BOOST_TEST((info.kind == NodeKind::reparse_point));
  BOOST_TEST(info.reparse_tag == reparse_tag::mount_point);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
