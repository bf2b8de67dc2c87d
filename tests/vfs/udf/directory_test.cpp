// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "tests/vfs/udf/udf_support.h"
#include "vfs/core/utf16.h"
#include "vfs/udf/udf_tag.h"
#include "vfs/udf/udf_values.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::size_t characteristics_at = 18;
constexpr std::size_t name_at = 38;

fx::BuiltUdf three_files() {
  fx::UdfBuilder builder;
  builder.add_file("one", "1");
  builder.add_file("two", "2");
  builder.add_file("three", "3");
  return builder.build();
}

using Names = std::vector<std::string>;

Names root_names(const fx::BuiltUdf& built) {
  const auto volume = open_built(built);
  return names_in(*volume, volume->root());
}

std::vector<std::byte> bytes_of(std::initializer_list<unsigned> values) {
  std::vector<std::byte> bytes;
  for (const unsigned value : values) {
    bytes.push_back(static_cast<std::byte>(value));
  }
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(udf_directory)

BOOST_AUTO_TEST_CASE(names_are_found_without_regard_to_case) {
  fx::UdfBuilder builder;
  builder.add_file("Sources/Install.WIM", "w");
  builder.add_file("Ünï", "u");
  const auto volume = open_built(builder.build());
  BOOST_TEST(to_utf8(entry_at(*volume, "sOURCES").name) == "Sources");
  BOOST_TEST(content_at(*volume, "SOURCES/install.wim") == "w");
  BOOST_TEST(content_at(*volume, "üNÏ") == "u");
  BOOST_TEST(!must(volume->lookup(volume->root(), u"absent")).has_value());
  BOOST_TEST(!must(volume->lookup(volume->root(), u"")).has_value());
  BOOST_TEST(
      is_status(volume->lookup(entry_at(*volume, "Ünï").node, u"x"), Status::not_a_directory));
}

BOOST_AUTO_TEST_CASE(exact_match_wins) {
  fx::UdfBuilder builder;
  builder.add_file("readme", "lower");
  builder.add_file("rEADME2", "upper");
  auto built = builder.build();
  // "rEADME2" becomes "README" beside "readme".
  const std::uint64_t at = built.find("rEADME2").identifier;
  fx::put_bytes(built.bytes, at + name_at, fx::ascii_bytes("\x08README"));
  built.bytes[at + 19] = std::byte{7};
  built.fix_tag(at);
  const auto volume = open_built(built);
  BOOST_TEST(content_at(*volume, "README") == "upper");
  BOOST_TEST(content_at(*volume, "readme") == "lower");
  BOOST_TEST(content_at(*volume, "Readme") == "lower");  // the first
}

BOOST_AUTO_TEST_CASE(directories_in_entries_and_of_many_blocks_are_read) {
  for (const bool in_entry : {false, true}) {
    for (const bool wide : {false, true}) {
      fx::UdfBuilder builder({.wide_names = wide, .directories_in_entry = in_entry});
      const std::size_t count = in_entry ? 20 : 300;
      for (std::size_t i = 0; i < count; ++i) {
        builder.add_file(fmt::format("dir/file number {}", i), std::to_string(i));
      }
      const auto volume = open_built(builder.build());
      BOOST_TEST(names_in(*volume, entry_at(*volume, "dir").node).size() == count);
      BOOST_TEST(content_at(*volume, "dir/file number 17") == "17");
    }
  }
}

BOOST_AUTO_TEST_CASE(deleted_names_are_left_out) {
  auto built = three_files();
  const std::uint64_t at = built.find("two").identifier;
  built.bytes[at + characteristics_at] |= std::byte{4};
  built.fix_tag(at);
  BOOST_TEST(root_names(built) == (Names{"one", "three"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(attributes_and_times_are_those_of_the_entry) {
  fx::UdfFileOptions options{.modified = {2023, 5, 6, 7, 8, 9, 25, 120},
                             .created = {2022, 1, 2, 3, 4, 5, 0, -330},
                             .accessed = {2023, 5, 7},
                             .changed = {2023, 5, 8},
                             .hidden = true,
                             .system = true,
                             .archive = true,
                             .read_only = true};
  for (const bool extended : {false, true}) {
    fx::UdfBuilder builder({.extended_entries = extended});
    builder.add_file("f", "x", options);
    builder.add_file("plain", "x", {.archive = false});
    builder.add_directory("d", {.hidden = true});
    const auto volume = open_built(builder.build());
    const NodeInfo info = must(volume->stat(entry_at(*volume, "f").node));
    BOOST_TEST(info.attributes == (file_attribute::hidden | file_attribute::system |
                                   file_attribute::archive | file_attribute::read_only));
    BOOST_TEST(info.modified.to_iso8601() == "2023-05-06T05:08:09.2500000Z");
    BOOST_TEST(info.created.to_iso8601() == "2022-01-02T08:34:05.0000000Z");
    BOOST_TEST(info.accessed.to_iso8601() == "2023-05-07T00:00:00.0000000Z");
    BOOST_TEST(info.changed.to_iso8601() == "2023-05-08T00:00:00.0000000Z");
    BOOST_TEST(must(volume->stat(entry_at(*volume, "plain").node)).attributes ==
               file_attribute::normal);
    BOOST_TEST(must(volume->stat(entry_at(*volume, "d").node)).attributes ==
               (file_attribute::hidden | file_attribute::directory));
  }
}

BOOST_AUTO_TEST_CASE(links_share_their_entry) {
  fx::UdfBuilder builder;
  builder.add_file("first", "content");
  builder.add_link("dir/second", "first");
  const auto volume = open_built(builder.build());
  BOOST_TEST(content_at(*volume, "dir/second") == "content");
  BOOST_TEST((entry_at(*volume, "first").node == entry_at(*volume, "dir/second").node));
  BOOST_TEST(must(volume->stat(entry_at(*volume, "first").node)).link_count == 2U);
}

BOOST_AUTO_TEST_CASE(damaged_identifier_hides_no_neighbour) {
  auto built = three_files();
  built.bytes[built.find("two").identifier + name_at + 1] ^= std::byte{1};  // its CRC is wrong then
  BOOST_TEST(root_names(built) == (Names{"one", "!corrupt", "three"}),
             boost::test_tools::per_element());
  const auto volume = open_built(built);
  BOOST_TEST(content_at(*volume, "three") == "3");
  // What cannot be read may have been the name.
  BOOST_TEST(is_status(volume->lookup(volume->root(), u"two"), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(identifier_that_is_gone_hides_no_neighbour) {
  auto built = three_files();
  std::fill_n(built.bytes.begin() + static_cast<std::ptrdiff_t>(built.find("two").identifier), 40,
              std::byte{0});
  BOOST_TEST(root_names(built) == (Names{"one", "!corrupt", "three"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(identifier_with_a_length_too_large_hides_no_neighbour) {
  auto built = three_files();
  fx::put_u16(built.bytes, built.find("two").identifier + 36, 0xFFFF);
  BOOST_TEST(root_names(built) == (Names{"one", "!corrupt", "three"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(damaged_entry_hides_no_neighbour) {
  auto built = three_files();
  built.bytes[built.find("two").entry + 60] ^= std::byte{1};
  const auto volume = open_built(built);
  BOOST_TEST(names_in(*volume, volume->root()) == (Names{"one", "two", "three"}),
             boost::test_tools::per_element());
  BOOST_TEST(is_status(volume->stat(entry_at(*volume, "two").node), Status::corrupt));
  BOOST_TEST(content_at(*volume, "three") == "3");
}

BOOST_AUTO_TEST_CASE(entry_whose_tag_names_another_block_is_a_finding) {
  auto built = three_files();
  const std::uint64_t entry = built.find("two").entry;
  fx::put_u32(built.bytes, entry + 12, 12'345);
  built.fix_tag(entry);
  const auto volume = open_built(built);
  BOOST_TEST(content_at(*volume, "two") == "2");
  BOOST_TEST(mentions(finding(*volume, "udf-tag-location"), {"block 12345"}));
}

BOOST_AUTO_TEST_CASE(names_that_lead_out_of_the_directory_are_findings) {
  auto built = three_files();
  const std::uint64_t one = built.find("one").identifier;
  fx::put_bytes(built.bytes, one + name_at, fx::ascii_bytes("\x08.."));
  built.bytes[one + 19] = std::byte{3};
  built.fix_tag(one);
  const std::uint64_t two = built.find("two").identifier;
  fx::put_bytes(built.bytes, two + name_at, fx::ascii_bytes("\x08t/o"));
  built.fix_tag(two);
  const auto volume = open_built(built);
  BOOST_TEST(names_in(*volume, volume->root()) == (Names{"t/o", "three"}),
             boost::test_tools::per_element());
  BOOST_TEST(findings_of(*volume) == (std::set<std::string>{"udf-dot-entry", "udf-odd-name"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(directory_that_contains_itself_is_entered_once) {
  fx::UdfBuilder builder;
  builder.add_directory("dir");
  builder.add_file("dir/loop", "x");
  auto built = builder.build();
  const std::uint64_t at = built.find("dir/loop").identifier;
  const auto block = static_cast<std::uint32_t>((built.find("dir").entry - built.partition) / 2048);
  fx::put_u32(built.bytes, at + 24, block);
  built.bytes[at + characteristics_at] = std::byte{2};
  built.fix_tag(at);
  BOOST_TEST(tree_of(open_built(built)) == (Names{"!corrupt", "dir/", "dir/loop/"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(entries_of_a_directory_are_limited) {
  Limits limits;
  limits.max_directory_entries = 2;
  const auto volume = open_built(three_files(), limits);
  BOOST_TEST(names_in(*volume, volume->root()) == (Names{"one", "two", "!limit_exceeded"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(directory_without_end_is_given_up) {
  auto built = three_files();
  const std::uint64_t root = built.find("").entry;
  fx::put_u64(built.bytes, root + 56, std::uint64_t{1} << 60);
  built.fix_tag(root);
  const Names names = root_names(built);
  BOOST_REQUIRE_GE(names.size(), 4U);
  BOOST_TEST(names[2] == "three");
  BOOST_TEST(names[3] == "!corrupt");
}

BOOST_AUTO_TEST_CASE(a_directory_has_no_main_stream_and_nothing_has_reparse_data) {
  const auto volume = open_built(udf_sample().build());
  const NodeId dir = entry_at(*volume, "sources").node;
  BOOST_TEST(is_status(volume->open(dir, {}), Status::not_found));
  BOOST_TEST(must(volume->streams(dir)).empty());
  BOOST_TEST(is_status(volume->reparse_data(dir), Status::not_a_reparse_point));
  BOOST_TEST(must(volume->security_descriptor(dir)).empty());
  BOOST_TEST(
      is_status(volume->read_dir(entry_at(*volume, "README.TXT").node), Status::not_a_directory));
  BOOST_TEST(is_status(volume->stat({0x7FFF'0000'0000'0000}), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(texts_of_both_widths_are_decoded) {
  BOOST_TEST((from_udf_text(bytes_of({8, 0x41, 0xFC})) == u"Aü"));
  BOOST_TEST((from_udf_text(bytes_of({16, 0x20, 0x13, 0xD8, 0x3D})) == u"\u2013\xD83D"));
  BOOST_TEST((from_udf_text(bytes_of({16, 0x00, 0x41, 0x00})) == u"A"));
  BOOST_TEST((from_udf_text({}) == u""));
  BOOST_TEST(!from_udf_text(bytes_of({9, 0x41})).has_value());
  BOOST_TEST((from_udf_field(bytes_of({8, 0x41, 0x42, 3})) == u"AB"));
  BOOST_TEST((from_udf_field(bytes_of({8, 0x41, 0x42, 4})).empty()));
}

BOOST_AUTO_TEST_CASE(crc_is_that_of_the_standard) {
  // ECMA-167 1/7.2.6: the CRC of 70 6A 77 is 3299.
  BOOST_TEST(udf_crc(bytes_of({0x70, 0x6A, 0x77})) == 0x3299U);
}

BOOST_AUTO_TEST_CASE(moments_that_are_none_are_not_set) {
  udf_layout::Timestamp time{};
  BOOST_TEST(!from_udf_time(time).is_set());
  time.type_and_zone = 0x1801;  // no zone
  time.year = 2024;
  time.month = 2;
  time.day = 29;
  time.hour = 23;
  BOOST_TEST(from_udf_time(time).to_iso8601() == "2024-02-29T23:00:00.0000000Z");
  time.type_and_zone = 0x1FC4;  // one hour west
  BOOST_TEST(from_udf_time(time).to_iso8601() == "2024-03-01T00:00:00.0000000Z");
  time.centiseconds = 100;
  BOOST_TEST(!from_udf_time(time).is_set());
  time.centiseconds = 0;
  time.day = 30;
  BOOST_TEST(!from_udf_time(time).is_set());
}

BOOST_AUTO_TEST_SUITE_END()
