// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/data/test_case.hpp>

#include "tests/vfs/iso9660/iso9660_support.h"
#include "vfs/core/utf16.h"
#include "vfs/iso9660/iso9660_values.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

using Names = std::vector<std::string>;

constexpr std::size_t size_at = 10;
constexpr std::size_t flags_at = 25;
constexpr std::size_t name_length_at = 32;
constexpr std::size_t name_at = 33;

fx::BuiltIso9660 three_files(const fx::Iso9660Options& options = {}) {
  fx::Iso9660Builder builder(options);
  builder.add_file("one", "1");
  builder.add_file("three", "3");
  builder.add_file("two", "2");
  return builder.build();
}

std::uint64_t record_of(const fx::BuiltIso9660& built, std::string_view path,
                        std::string_view tree = "primary") {
  return built.find(path, tree).records.at(0);
}

Names root_names(const fx::BuiltIso9660& built) {
  const auto volume = open_built(built);
  return names_in(*volume, volume->root());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(iso9660_directory)

BOOST_AUTO_TEST_CASE(plain_names_lose_version_and_trailing_point) {
  const auto volume = open_built(iso9660_sample().build());
  BOOST_TEST(volume->info().version == "ISO 9660");
  BOOST_TEST(names_in(*volume, volume->root()) ==
                 (Names{"EMPTY", "MANY", "NOTHING", "README.TXT", "SOURCES"}),
             boost::test_tools::per_element());
  BOOST_TEST(names_in(*volume, entry_at(*volume, "SOURCES").node) == (Names{"BOOT", "INSTALL.WIM"}),
             boost::test_tools::per_element());
  BOOST_TEST(content_at(*volume, "sources/Boot") == "no extension");
  BOOST_TEST(names_in(*volume, entry_at(*volume, "many").node).size() == 60U);
  BOOST_TEST(volume->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(joliet_names_are_preferred) {
  fx::Iso9660Builder builder(
      {.joliet = true, .joliet_label = u"Диск", .rock_ridge = true, .enhanced = true});
  builder.add_file("Sources/Ünïcödé – 漢字.txt", "wide");
  builder.add_file("Sources/;1", "odd");
  builder.add_file("Sources/a;b.", "semicolon");
  const auto volume = open_built(builder.build());
  BOOST_TEST(volume->info().version == "ISO 9660 with Joliet level 3");
  BOOST_TEST((volume->info().label == u"Диск"));
  BOOST_TEST(content_at(*volume, "sources/ünïcödé – 漢字.TXT") == "wide");
  BOOST_TEST(content_at(*volume, "sources/;1") == "odd");
  BOOST_TEST(content_at(*volume, "sources/a;b.") == "semicolon");
  BOOST_TEST(!must(volume->lookup(volume->root(), u"absent")).has_value());
}

BOOST_AUTO_TEST_CASE(rock_ridge_names_come_before_enhanced_ones) {
  const std::string long_name(120, 'n');
  fx::Iso9660Builder builder({.rock_ridge = true, .enhanced = true});
  builder.add_file("Sources/Mixed Case – 漢字", "short");
  builder.add_file("Sources/" + long_name, "in pieces and a continuation");
  const auto built = builder.build();
  const auto volume = open_built(built);
  BOOST_TEST(volume->info().version == "ISO 9660 with Rock Ridge");
  BOOST_TEST(content_at(*volume, "Sources/Mixed Case – 漢字") == "short");
  BOOST_TEST(to_utf8(entry_at(*volume, "Sources/" + long_name).name) == long_name);
  const NodeInfo info = must(volume->stat(entry_at(*volume, "Sources/" + long_name).node));
  BOOST_TEST(info.modified.to_iso8601() == "2024-01-02T03:00:00.0000000Z");
  BOOST_TEST(info.accessed.to_iso8601() == "2024-01-02T03:00:00.0000000Z");
}

BOOST_AUTO_TEST_CASE(enhanced_names_are_given_as_they_are) {
  fx::Iso9660Builder builder({.enhanced = true});
  builder.add_file("Sources/Mixed case and quite long.text", "enhanced");
  const auto volume = open_built(builder.build());
  BOOST_TEST(volume->info().version == "ISO 9660:1999");
  BOOST_TEST(to_utf8(entry_at(*volume, "sources/mixed case and quite long.text").name) ==
             "Mixed case and quite long.text");
}

BOOST_DATA_TEST_CASE(blocks_may_be_smaller_than_sectors, bdata::make({512U, 1024U, 2048U}), size) {
  const auto volume = open_built(iso9660_sample({.block_size = size, .joliet = true}).build());
  BOOST_TEST(volume->info().cluster_size == size);
  BOOST_TEST(content_at(*volume, "Sources/install.wim") == text_of(pattern(20'000)));
  BOOST_TEST(names_in(*volume, entry_at(*volume, "Many").node).size() == 60U);
}

BOOST_AUTO_TEST_CASE(exact_match_wins) {
  fx::Iso9660Builder builder({.joliet = true});
  builder.add_file("rEADME", "upper", {.primary_name = "A.;1"});
  builder.add_file("readmf", "lower", {.primary_name = "B.;1"});
  auto built = builder.build();
  built.bytes[record_of(built, "readmf", "joliet") + name_at + 11] = std::byte{'e'};
  const auto volume = open_built(built);
  BOOST_TEST(content_at(*volume, "readme") == "lower");
  BOOST_TEST(content_at(*volume, "rEADME") == "upper");
  BOOST_TEST(content_at(*volume, "README") == "upper");  // the first
}

BOOST_AUTO_TEST_CASE(attributes_and_times_are_those_of_the_record) {
  fx::Iso9660Builder builder;
  builder.add_file("f", "x", {.modified = {2023, 5, 6, 7, 8, 9, 0, 120}, .hidden = true});
  builder.add_file("west", "x", {.modified = {2023, 5, 6, 7, 8, 9, 0, -330}});
  builder.add_file("none", "x", {.modified = {}});
  builder.add_directory("d", {.hidden = true});
  const auto volume = open_built(builder.build());
  const NodeInfo info = must(volume->stat(entry_at(*volume, "f").node));
  BOOST_TEST(info.attributes == (file_attribute::hidden | file_attribute::read_only));
  BOOST_TEST(info.modified.to_iso8601() == "2023-05-06T05:08:09.0000000Z");
  BOOST_TEST((info.created == info.modified));
  BOOST_TEST((info.changed == info.modified));
  BOOST_TEST(!info.accessed.is_set());
  BOOST_TEST(must(volume->stat(entry_at(*volume, "west").node)).modified.to_iso8601() ==
             "2023-05-06T12:38:09.0000000Z");
  BOOST_TEST(!must(volume->stat(entry_at(*volume, "none").node)).modified.is_set());
  BOOST_TEST(must(volume->stat(entry_at(*volume, "d").node)).attributes ==
             (file_attribute::hidden | file_attribute::directory));
}

BOOST_AUTO_TEST_CASE(associated_files_are_left_out) {
  fx::Iso9660Builder builder;
  builder.add_file("f", "data fork", {.associated = fx::ascii_bytes("resource fork")});
  const auto volume = open_built(builder.build());
  BOOST_TEST(tree_of(volume) == (Names{"F=data fork"}), boost::test_tools::per_element());
  BOOST_TEST(findings_of(*volume).contains("iso9660-associated-file"));
}

BOOST_AUTO_TEST_CASE(numbers_that_differ_in_the_two_byte_orders_are_findings) {
  auto built = three_files();
  built.bytes[record_of(built, "two") + size_at + 7] = std::byte{9};
  const auto volume = open_built(built);
  BOOST_TEST(tree_of(volume) == (Names{"ONE=1", "THREE=3", "TWO=2"}),
             boost::test_tools::per_element());
  BOOST_TEST(mentions(finding(*volume, "iso9660-both-endian"), {"little-endian"}));
}

BOOST_AUTO_TEST_CASE(records_over_the_end_of_a_sector_are_read) {
  const auto volume =
      open_built(iso9660_sample({.joliet = true, .crossing_records = true}).build());
  BOOST_TEST(names_in(*volume, entry_at(*volume, "Many").node).size() == 60U);
  BOOST_TEST(findings_of(*volume).contains("iso9660-crossing-record"));
}

BOOST_AUTO_TEST_CASE(damaged_record_hides_no_neighbour) {
  auto built = three_files();
  const std::uint64_t at = record_of(built, "three");
  built.bytes[at + name_length_at] = std::byte{200};
  BOOST_TEST(root_names(built) == (Names{"ONE", "!corrupt", "TWO"}),
             boost::test_tools::per_element());
  const auto volume = open_built(built);
  BOOST_TEST(content_at(*volume, "two") == "2");
  BOOST_TEST(is_status(volume->lookup(volume->root(), u"three"), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(record_of_a_wrong_length_hides_no_neighbour) {
  for (const unsigned length : {1U, 20U, 33U, 50U, 80U, 120U, 255U}) {
    auto built = three_files();
    built.bytes[record_of(built, "three")] = static_cast<std::byte>(length);
    const Names names = root_names(built);
    BOOST_TEST_CONTEXT("length " << length) {
      BOOST_TEST((std::ranges::find(names, "ONE") != names.end()));
      BOOST_TEST((std::ranges::find(names, "TWO") != names.end()));
    }
  }
}

BOOST_AUTO_TEST_CASE(damaged_sector_of_a_directory_hides_no_other) {
  auto built = iso9660_sample().build();
  const std::uint64_t first = built.find("Many").content;
  std::fill_n(built.bytes.begin() + static_cast<std::ptrdiff_t>(first), 2048, std::byte{0xFF});
  const auto volume = open_built(built);
  const Names names = names_in(*volume, entry_at(*volume, "MANY").node);
  BOOST_TEST(std::ranges::count(names, "!corrupt") > 0);
  BOOST_TEST(std::ranges::count(names, "FILE_NUMBER_0") == 0);
  BOOST_TEST(std::ranges::count(names, "FILE_NUMBER_9") == 1);
}

BOOST_AUTO_TEST_CASE(names_that_lead_out_of_the_directory_are_findings) {
  auto built = three_files();
  const std::uint64_t one = record_of(built, "one");
  fx::put_bytes(built.bytes, one + name_at, fx::ascii_bytes("...;1 "));  // ".." without the version
  built.bytes[one + name_length_at] = std::byte{5};
  built.bytes[record_of(built, "two") + name_at + 1] = std::byte{'/'};
  const auto volume = open_built(built);
  BOOST_TEST(names_in(*volume, volume->root()) == (Names{"THREE", "T/O"}),
             boost::test_tools::per_element());
  BOOST_TEST(
      findings_of(*volume) == (std::set<std::string>{"iso9660-dot-entry", "iso9660-odd-name"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(directory_that_contains_itself_is_entered_once) {
  fx::Iso9660Builder builder;
  builder.add_file("dir/loop", "x");
  auto built = builder.build();
  const std::uint64_t at = record_of(built, "dir/loop");
  fx::put_bytes(built.bytes, at + 2,
                std::span(built.bytes).subspan(record_of(built, "dir") + 2, 16));
  built.bytes[at + flags_at] = std::byte{2};
  BOOST_TEST(
      tree_of(open_built(built)) == (Names{"!corrupt", "DIR/", "DIR/LOOP/", "DIR/LOOP/LOOP/"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(entries_of_a_directory_are_limited) {
  Limits limits;
  limits.max_directory_entries = 2;
  const auto volume = open_built(three_files(), limits);
  BOOST_TEST(names_in(*volume, volume->root()) == (Names{"ONE", "THREE", "!limit_exceeded"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_directory_has_no_main_stream_and_nothing_has_reparse_data) {
  const auto volume = open_built(iso9660_sample().build());
  const NodeId dir = entry_at(*volume, "Sources").node;
  const NodeId file = entry_at(*volume, "Readme.txt").node;
  BOOST_TEST(is_status(volume->open(dir, {}), Status::not_found));
  BOOST_TEST(is_status(volume->open(file, u"stream"), Status::not_found));
  BOOST_TEST(must(volume->streams(dir)).empty());
  BOOST_TEST(must(volume->streams(file)).size() == 1U);
  BOOST_TEST(is_status(volume->reparse_data(file), Status::not_a_reparse_point));
  BOOST_TEST(must(volume->security_descriptor(file)).empty());
  BOOST_TEST(is_status(volume->read_dir(file), Status::not_a_directory));
  BOOST_TEST(is_status(volume->stat({~std::uint64_t{0}}), Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(versions_are_digits_behind_the_last_semicolon) {
  BOOST_TEST((without_version(u"A.B;1") == u"A.B"));
  BOOST_TEST((without_version(u"A;2;12") == u"A;2"));
  BOOST_TEST((without_version(u"A;") == u"A;"));
  BOOST_TEST((without_version(u"A;x") == u"A;x"));
}

BOOST_AUTO_TEST_CASE(moments_in_digits_are_read) {
  const auto moment = [](const std::string& digits, unsigned zone) {
    auto bytes = fx::ascii_bytes(digits);
    bytes.push_back(static_cast<std::byte>(zone));
    return from_iso9660_time(must(load<iso9660_layout::DigitTime>(bytes, 0, "moment")));
  };
  BOOST_TEST(moment("2023050607080950", 8).to_iso8601() == "2023-05-06T05:08:09.5000000Z");
  // A zone that is nowhere.
  BOOST_TEST(moment("2023050607080950", 100).to_iso8601() == "2023-05-06T07:08:09.5000000Z");
  BOOST_TEST(!moment("2023x50607080950", 0).is_set());
  BOOST_TEST(!moment("0000000000000000", 0).is_set());
}

BOOST_AUTO_TEST_SUITE_END()
