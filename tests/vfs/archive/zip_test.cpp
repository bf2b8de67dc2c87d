// SPDX-License-Identifier: Apache-2.0
// zip archives by their central directory, and without one.
#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fixtures/build/archive/archive_bytes.h"
#include "fixtures/build/archive/zip_builder.h"
#include "tests/support/mutate.h"
#include "tests/vfs/archive/archive_support.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

fx::ByteVector bytes_of(const std::string& text) {
  return fx::ascii_bytes(text);
}

const std::vector<fx::ZipMemberSpec>& members() {
  static const std::vector<fx::ZipMemberSpec> list{
      {.name = "Windows/", .attributes = 0x10},
      {.name = "Windows/stored", .content = bytes_of("stored"), .attributes = 0x23},
      {.name = "Windows/packed",
       .content = bytes_of(std::string(70'000, 'p') + "end"),
       .method = 8,
       .dos_date = 0x2B29,
       .dos_time = 0x0DC0}};
  return list;
}

std::string member_of(const FileSystem& archive, const std::string& name) {
  const auto text = read_file(archive, entry_at(archive, name).node);
  return text ? *text : std::string("!") + status_name(text.error().status());
}

BOOST_AUTO_TEST_SUITE(zip)

BOOST_AUTO_TEST_CASE(members_have_dos_attributes_and_clock_readings) {
  const FileSystemPtr archive = open_bytes(fx::build_zip(members()).bytes);
  BOOST_TEST(archive->info().version == "zip");
  BOOST_TEST(content_at(*archive, "Windows/stored") == "stored");
  BOOST_TEST((content_at(*archive, "Windows/packed") == std::string(70'000, 'p') + "end"));
  BOOST_TEST(stat_at(*archive, "Windows/stored").attributes ==
             (file_attribute::read_only | file_attribute::hidden | file_attribute::archive));
  BOOST_TEST(stat_at(*archive, "Windows/packed").attributes == file_attribute::normal);
  BOOST_TEST(stat_at(*archive, "Windows/packed").modified.to_iso8601() ==
             "2001-09-09T01:46:00.0000000Z");
  BOOST_TEST(archive->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(ntfs_times_win_over_others) {
  fx::ByteVector unix_time;
  fx::append_bytes(unix_time, bytes_of("\x01"));
  fx::append_u32(unix_time, 1'000'000'000);
  fx::ByteVector both = fx::zip_extra(0x5455, unix_time);
  fx::append_bytes(both, fx::zip_ntfs_times(126'444'736'001'234'567, 126'444'736'000'000'002,
                                            126'444'736'000'000'003));
  const FileSystemPtr archive =
      open_bytes(fx::build_zip({{.name = "unix", .extra = fx::zip_extra(0x5455, unix_time)},
                                {.name = "both", .extra = both}})
                     .bytes);
  BOOST_TEST(stat_at(*archive, "unix").modified.to_iso8601() == "2001-09-09T01:46:40.0000000Z");
  const NodeInfo info = stat_at(*archive, "both");
  BOOST_TEST(info.modified.ticks == 126'444'736'001'234'567U);
  BOOST_TEST(info.accessed.ticks == 126'444'736'000'000'002U);
  BOOST_TEST(info.created.ticks == 126'444'736'000'000'003U);
}

BOOST_AUTO_TEST_CASE(extra_fields_that_are_cut_off_say_nothing) {
  fx::ByteVector times = fx::zip_ntfs_times(126'444'736'001'234'567, 1, 1);
  times[10] = std::byte{25};  // one byte more than there is
  fx::ByteVector cut = fx::zip_extra(0x5455, bytes_of("\x01"));
  fx::append_bytes(cut, bytes_of("UT\xFF\xFF"));
  const FileSystemPtr archive =
      open_bytes(fx::build_zip({{.name = "a", .extra = times}, {.name = "b", .extra = cut}}).bytes);
  for (const char* name : {"a", "b"}) {
    BOOST_TEST(stat_at(*archive, name).modified.to_iso8601() == "1980-01-01T00:00:00.0000000Z");
  }
}

BOOST_AUTO_TEST_CASE(zip64_comments_and_data_descriptors) {
  std::vector<fx::ZipMemberSpec> list = members();
  list[1].zip64 = true;
  list[2].data_descriptor = true;
  for (const bool large : {false, true}) {
    const FileSystemPtr archive = open_bytes(
        fx::build_zip(list, {.comment = "PK\x05\x06 is no end record", .zip64_end = large}).bytes);
    BOOST_TEST(member_of(*archive, "Windows/stored") == "stored");
    BOOST_TEST(member_of(*archive, "Windows/packed").size() == 70'003U);
    BOOST_TEST(archive->diagnostics().empty());
  }
}

BOOST_AUTO_TEST_CASE(modes_of_unix_tell_links_and_devices) {
  const auto mode = [](std::uint32_t value) { return value << 16U; };
  const FileSystemPtr archive = open_bytes(
      fx::build_zip({{.name = "dir", .made_by = 0x300, .attributes = mode(040755)},
                     {.name = "link",
                      .content = bytes_of("dir/target"),
                      .method = 8,
                      .made_by = 0x300,
                      .attributes = mode(0120777)},
                     {.name = "pipe", .made_by = 0x300, .attributes = mode(010644)},
                     {.name = "dos", .content = bytes_of("x"), .attributes = mode(0120777)}})
          .bytes);
  BOOST_TEST((stat_at(*archive, "dir").kind == NodeKind::directory));
  BOOST_TEST((stat_at(*archive, "link").kind == NodeKind::reparse_point));
  BOOST_TEST((stat_at(*archive, "dos").kind == NodeKind::file));
  BOOST_TEST(is_ok(archive->reparse_data(entry_at(*archive, "link").node)));
  BOOST_TEST(findings_of(*archive).contains("archive-special-file"));
}

BOOST_AUTO_TEST_CASE(names_come_in_three_character_sets) {
  fx::ByteVector unicode_path(1, std::byte{1});
  const std::string other = "caf\x82";
  fx::append_u32(unicode_path, fx::archive_crc(std::as_bytes(std::span(other))));
  fx::append_bytes(unicode_path, bytes_of("\xD0\x9F"));
  const FileSystemPtr archive =
      open_bytes(fx::build_zip({{.name = "\xD0\x94", .flags = 0x0800},
                                {.name = other, .extra = fx::zip_extra(0x7075, unicode_path)},
                                {.name = "other", .extra = fx::zip_extra(0x7075, unicode_path)}})
                     .bytes);
  const std::vector<std::string> expected{"\xD0\x94", "\xD0\x9F", "other"};
  BOOST_TEST(names_in(*archive, archive->root()) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(encrypted_and_unknown_members_are_listed_and_say_why_they_cannot_be_read) {
  const FileSystemPtr archive =
      open_bytes(fx::build_zip({{.name = "locked", .content = bytes_of("?"), .flags = 1},
                                {.name = "aes", .content = bytes_of("?"), .method = 99},
                                {.name = "deflate64", .content = bytes_of("?"), .method = 9},
                                {.name = "fine", .content = bytes_of("ok")}})
                     .bytes);
  for (const char* name : {"locked", "aes"}) {
    const auto opened = archive->open(entry_at(*archive, name).node, {});
    BOOST_TEST(is_status(opened, Status::unsupported));
    BOOST_TEST(mentions(opened.error().message(), {name, "encrypted"}));
  }
  const auto unknown = read_file(*archive, entry_at(*archive, "deflate64").node);
  BOOST_TEST(is_status(unknown, Status::unsupported));
  BOOST_TEST(content_at(*archive, "fine") == "ok");
}

BOOST_AUTO_TEST_CASE(a_wrong_checksum_is_a_finding_and_the_bytes_are_given) {
  const FileSystemPtr archive = open_bytes(
      fx::build_zip({{.name = "x", .content = bytes_of("content"), .method = 8, .crc = 1}}).bytes);
  BOOST_TEST(content_at(*archive, "x") == "content");
  BOOST_TEST(mentions(finding(*archive, "archive-checksum"), {"\\x", "00000001"}));
}

BOOST_AUTO_TEST_CASE(a_size_that_is_a_lie_costs_nothing) {
  const FileSystemPtr archive = open_bytes(
      fx::build_zip({{.name = "long", .content = bytes_of("abc"), .method = 8, .size = 10},
                     {.name = "short", .content = bytes_of("abcdef"), .method = 8, .size = 2},
                     {.name = "huge", .content = bytes_of("abc"), .method = 8, .size = 0xFFFFFFF0},
                     {.name = "stored", .content = bytes_of("abc"), .size = 0xFFFFFFF0}})
          .bytes);
  const SourcePtr longer = must(archive->open(entry_at(*archive, "long").node, {}));
  std::vector<std::byte> three(3);
  BOOST_TEST(longer->size() == 10U);
  BOOST_TEST(is_ok(longer->read(0, three)));
  BOOST_TEST((three == bytes_of("abc")));
  BOOST_TEST(is_status(longer->read(1, three), Status::truncated));
  BOOST_TEST(mentions(finding(*archive, "archive-member-damaged"), {"long", "3 of 10"}));
  BOOST_TEST(member_of(*archive, "short") == "ab");
  BOOST_TEST(findings_of(*archive).contains("archive-checksum"));
  for (const char* name : {"huge", "stored"}) {
    const SourcePtr source = must(archive->open(entry_at(*archive, name).node, {}));
    BOOST_TEST(source->size() == 0xFFFFFFF0U);
    BOOST_TEST(!source->read(0, three).has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_bomb_is_not_unpacked) {
  const std::size_t size = 258 * 20'000 + 1;
  const fx::ZipMemberSpec bomb{.name = "bomb",
                               .content = fx::ByteVector(size, std::byte{'z'}),
                               .method = 8,
                               .packed = fx::deflate_run('z', size)};
  const fx::ByteVector bytes = fx::build_zip({bomb}).bytes;
  BOOST_TEST(bytes.size() < 40'000U);
  const FileSystemPtr fine = open_bytes(bytes);
  BOOST_TEST((content_at(*fine, "bomb") == std::string(size, 'z')));
  ArchiveOptions tight;
  tight.free_unpacked = 1'000'000;
  tight.max_ratio = 100;
  const FileSystemPtr archive = open_bytes(bytes, tight);
  const auto text = read_file(*archive, entry_at(*archive, "bomb").node);
  BOOST_TEST(is_status(text, Status::limit_exceeded));
  BOOST_TEST(mentions(text.error().message(), {"bomb", "unpack"}));
}

BOOST_AUTO_TEST_CASE(a_large_member_goes_to_a_temporary_file) {
  ArchiveOptions options;
  options.max_member_in_memory = 1000;
  const FileSystemPtr archive = open_bytes(fx::build_zip(members()).bytes, options);
  BOOST_TEST((content_at(*archive, "Windows/packed") == std::string(70'000, 'p') + "end"));
  options.max_spilled = 50'000;
  const FileSystemPtr tight = open_bytes(fx::build_zip(members()).bytes, options);
  BOOST_TEST(member_of(*tight, "Windows/packed") == "!limit_exceeded");
  BOOST_TEST(member_of(*tight, "Windows/stored") == "stored");
}

BOOST_AUTO_TEST_CASE(without_a_directory_members_are_found_from_the_front) {
  const FileSystemPtr archive =
      open_bytes(fx::build_zip(members(), {.central_directory = false}).bytes);
  BOOST_TEST(member_of(*archive, "Windows/stored") == "stored");
  BOOST_TEST(member_of(*archive, "Windows/packed").size() == 70'003U);
  BOOST_TEST(findings_of(*archive).contains("archive-no-directory"));
}

BOOST_AUTO_TEST_CASE(a_member_without_sizes_in_front_is_measured) {
  std::vector<fx::ZipMemberSpec> list = members();
  list[2].data_descriptor = true;
  const FileSystemPtr archive = open_bytes(fx::build_zip(list, {.central_directory = false}).bytes);
  BOOST_TEST(stat_at(*archive, "Windows/packed").size == 70'003U);
  BOOST_TEST((member_of(*archive, "Windows/packed") == std::string(70'000, 'p') + "end"));
}

BOOST_AUTO_TEST_CASE(an_empty_archive_has_an_empty_root) {
  const FileSystemPtr archive = open_bytes(fx::build_zip({}).bytes);
  BOOST_TEST(tree_of(archive).empty());
  BOOST_TEST(archive->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(a_damaged_local_header_loses_one_member) {
  fx::BuiltZip zip = fx::build_zip(members());
  zip.bytes[zip.local_headers[1]] = std::byte{'?'};
  const FileSystemPtr archive = open_bytes(zip.bytes);
  BOOST_TEST(member_of(*archive, "Windows/stored") == "!corrupt");
  BOOST_TEST(member_of(*archive, "Windows/packed").size() == 70'003U);
}

BOOST_AUTO_TEST_CASE(a_count_that_does_not_match_is_a_finding) {
  const FileSystemPtr archive = open_bytes(fx::build_zip(members(), {.entries = 7}).bytes);
  BOOST_TEST(mentions(finding(*archive, "archive-member-count"), {"7", "3"}));
}

BOOST_AUTO_TEST_CASE(a_damaged_entry_of_the_directory_hides_no_other) {
  const auto content = bytes_of("x");
  const std::vector<fx::ZipMemberSpec> three{{.name = "one", .content = content},
                                             {.name = "two", .content = content},
                                             {.name = "three", .content = content}};
  auto known = fx::build_zip(three);
  fx::put_u32(known.bytes, known.central_headers[1], 0);
  // Fewer than declared: the local headers have all.
  BOOST_TEST(tree_text(open_bytes(known.bytes)) == "one=x three=x two=x");
  auto counted = fx::build_zip(three, {.entries = 2});
  fx::put_u32(counted.bytes, counted.central_headers[1], 0);
  const FileSystemPtr archive = open_bytes(counted.bytes);
  BOOST_TEST(tree_text(archive) == "one=x three=x");
  BOOST_TEST(mentions(finding(*archive, "archive-damaged"), {"signature"}));
}

BOOST_AUTO_TEST_CASE(two_methods_for_one_member_are_reported) {
  auto built = fx::build_zip({{.name = "one", .content = bytes_of("x")}});
  fx::put_u16(built.bytes, built.local_headers[0] + 8, 8);
  const FileSystemPtr archive = open_bytes(built.bytes);
  BOOST_TEST(content_at(*archive, "one") == "x");
  BOOST_TEST(findings_of(*archive).contains("archive-method"));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
