// SPDX-License-Identifier: Apache-2.0
// Entry sets: names, checksums, damage.
#include <algorithm>

#include "tests/vfs/exfat/exfat_support.h"
#include "vfs/core/utf16.h"
#include "vfs/exfat/exfat_volume.h"
#include "vfs/exfat/upcase_table.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

std::size_t count(const std::vector<std::string>& lines, const std::string& line) {
  return static_cast<std::size_t>(std::ranges::count(lines, line));
}

const std::vector<std::string> sample_tree{
    "A rather long name.text=long",
    "README.TXT=short",
    "dir/",
    "dir/below/",
    "dir/below/BCD=" + text_of(pattern(700, 2)),
    "dir/below/chained.bin=" + text_of(pattern(3000)),
    "empty/",
    "nothing=",
};

}  // namespace

BOOST_AUTO_TEST_SUITE(exfat_directories)

BOOST_AUTO_TEST_CASE(the_tree_is_the_same_for_all_sizes) {
  for (const std::uint32_t sector_shift : {9U, 12U}) {
    for (const std::uint32_t cluster_shift : {0U, 3U}) {
      fx::ExfatOptions options{.sector_shift = sector_shift, .cluster_shift = cluster_shift};
      options.piece_clusters = 1;
      const auto volume = open_built(exfat_sample(options).build());
      BOOST_TEST(tree_of(volume) == sample_tree, boost::test_tools::per_element());
      BOOST_TEST(volume->diagnostics().empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_scan_gives_the_tree_in_depth) {
  const auto volume = open_built(exfat_sample().build());
  BOOST_TEST(scan_of(*volume) == (std::vector<std::string>{
                                     "+README.TXT", "+A rather long name.text", "+dir", "++below",
                                     "+++chained.bin", "+++BCD", "+empty", "+nothing"}),
             boost::test_tools::per_element());
  const auto scan = must(volume->scan({}));
  while (const auto entry = must(scan->next())) {
    BOOST_TEST(must(volume->stat(entry->node)).size == entry->info.size);
    const auto found = must(volume->lookup(entry->parent, entry->name));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->node == entry->node));
  }
}

BOOST_AUTO_TEST_CASE(sets_cross_clusters_in_chains_and_in_one_piece) {
  for (const bool chain : {false, true}) {
    fx::ExfatBuilder builder({.piece_clusters = 1});
    builder.add_directory("dir", {.fat_chain = chain});
    for (int i = 0; i < 100; ++i) {  // 3 to 5 slots each, 16 slots a cluster
      builder.add_file(
          "dir/" + std::string(static_cast<std::size_t>(i % 40 + 1), 'n') + " " + std::to_string(i),
          std::to_string(i));
    }
    const auto volume = open_built(builder.build());
    const NodeId dir = entry_at(*volume, "dir").node;
    const auto reader = must(volume->read_dir(dir));
    int seen = 0;
    while (const auto entry = must(reader->next())) {
      const std::string number = to_utf8(entry->name).substr(entry->name.rfind(u' ') + 1);
      BOOST_TEST(must(volume->stat(entry->node)).size == number.size());
      BOOST_TEST(must(read_file(*volume, entry->node)) == number);
      ++seen;
    }
    BOOST_TEST(seen == 100);
  }
}

BOOST_AUTO_TEST_CASE(names_of_every_length_keep_every_unit) {
  fx::ExfatBuilder builder;
  std::vector<std::string> expected;
  for (const std::size_t length : {1U, 14U, 15U, 16U, 30U, 31U, 254U, 255U}) {
    expected.push_back(std::string(length, 'x'));
    builder.add_file(expected.back(), "");
  }
  const std::u16string odd = u"Grüße \u4F60\u597D \U0001F600 \xD800.txt";
  builder.add_file(fx::Text(odd), "");
  expected.push_back(to_utf8(odd));
  const auto volume = open_built(builder.build());
  BOOST_TEST(names_in(*volume, volume->root()) == expected, boost::test_tools::per_element());
  BOOST_TEST(must(volume->lookup(volume->root(), odd)).has_value());
  BOOST_TEST(!must(volume->lookup(volume->root(), std::u16string(256, u'x'))).has_value());
  BOOST_TEST(!must(volume->lookup(volume->root(), u"")).has_value());
}

BOOST_AUTO_TEST_CASE(names_are_compared_by_the_table_of_the_volume) {
  fx::ExfatBuilder builder({.extra_upcase = {{u'ß', u'ẞ'}}});
  builder.add_file("Straße", "1");
  builder.add_file("übung", "2");
  const auto volume = open_built(builder.build());
  BOOST_TEST(content_at(*volume, "STRAẞE") == "1");  // not what Windows' own table says
  BOOST_TEST(content_at(*volume, "üBUNG") == "2");
  BOOST_TEST(!must(volume->lookup(volume->root(), u"ÜBUNG")).has_value());
}

BOOST_AUTO_TEST_CASE(a_damaged_table_gives_way_to_that_of_windows) {
  auto built = exfat_sample().build();
  built.bytes[built.cluster_offset(built.upcase_cluster) + 4] ^= std::byte{0xFF};
  const auto volume = open_built(built);
  BOOST_TEST(mentions(finding(*volume, "exfat-upcase-table"), {"checksum", "expected"}));
  BOOST_TEST(content_at(*volume, "a RATHER long name.text") == "long");
}

BOOST_AUTO_TEST_CASE(a_table_may_be_short_or_uncompressed_but_not_too_long) {
  const auto parse = [](const fx::ByteVector& raw) {
    std::uint32_t sum = 0;
    for (const std::byte byte : raw) {
      sum = ((sum << 31) | (sum >> 1)) + std::to_integer<std::uint32_t>(byte);
    }
    return ExfatUpcaseTable::parse(raw, sum);
  };
  fx::ByteVector raw;
  for (std::uint32_t unit = 0; unit < 0x10000; ++unit) {
    fx::append_u16(raw, static_cast<std::uint16_t>(unit == u'a' ? u'A' : unit));
  }
  const auto whole = must(parse(raw));
  BOOST_TEST((whole(u'a') == u'A'));
  BOOST_TEST((whole(u'\uFFFF') == u'\uFFFF'));
  raw.resize(2 * (u'a' + 1));
  const auto brief = must(parse(raw));
  BOOST_TEST((brief(u'a') == u'A'));
  BOOST_TEST((brief(u'b') == u'b'));
  fx::ByteVector over;
  for (int i = 0; i < 3; ++i) {
    fx::append_u16(over, 0xFFFF);
    fx::append_u16(over, 0x8000);
  }
  BOOST_TEST(is_status(parse(over), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(an_exact_match_wins) {
  fx::ExfatBuilder builder;
  builder.add_file("WANTED", "1");
  builder.add_file("other1", "2");
  auto built = builder.build();
  const auto& place = built.find("other1");
  fx::put_bytes(built.bytes, place.slots[2] + 2, fx::utf16le("wanted"));
  built.fix_set(place);
  const auto volume = open_built(built);
  BOOST_TEST(content_at(*volume, "WANTED") == "1");
  BOOST_TEST(content_at(*volume, "wanted") == "2");
  BOOST_TEST(content_at(*volume, "Wanted") == "1");
}

BOOST_AUTO_TEST_CASE(a_wrong_checksum_of_a_set_is_a_finding_and_hides_nothing) {
  auto built = exfat_sample().build();
  built.bytes[built.find("README.TXT").slots[2] + 2] = std::byte{'X'};
  const auto volume = open_built(built);
  BOOST_TEST(content_at(*volume, "XEADME.TXT") == "short");
  BOOST_TEST(content_at(*volume, "nothing").empty());
  BOOST_TEST(mentions(finding(*volume, "exfat-set-checksum"), {"root directory", "0x"}));
}

BOOST_AUTO_TEST_CASE(a_set_that_is_not_whole_is_an_error_of_its_own) {
  struct Case {
    const char* name;
    std::size_t slot;
    std::size_t offset;
    std::uint8_t value;
    std::size_t errors;
  };
  for (const Case& damage :
       {Case{"no slots behind the first", 0, 1, 0, 1},
        Case{"more slots than there are", 0, 1, 9, 1},
        Case{"fewer slots than the name needs", 0, 1, 1, 1},
        Case{"a stream that is none", 1, 0, 0xC1, 1}, Case{"a name that is no name", 2, 0, 0x85, 2},
        Case{"no name length", 1, 3, 0, 1}, Case{"a name longer than its slots", 1, 3, 255, 1}}) {
    BOOST_TEST_CONTEXT(damage.name) {
      auto built = exfat_sample().build();
      const auto& place = built.find("A rather long name.text");
      built.bytes[place.slots[damage.slot] + damage.offset] = std::byte{damage.value};
      const auto volume = open_built(built);
      const auto names = names_in(*volume, volume->root());
      BOOST_TEST(count(names, "!corrupt") == damage.errors);
      BOOST_TEST(count(names, "README.TXT") == 1U);
      BOOST_TEST(count(names, "dir") == 1U);
      BOOST_TEST(content_at(*volume, "README.TXT") == "short");
      BOOST_TEST(is_status(volume->lookup(volume->root(), u"absent"), Status::corrupt));
    }
  }
}

BOOST_AUTO_TEST_CASE(slots_of_vendors_and_strangers_are_passed_over) {
  auto builder = exfat_sample();
  fx::ByteVector stranger(32);
  stranger[0] = std::byte{0xA5};
  fx::ByteVector orphan(32);
  orphan[0] = std::byte{0xC1};
  builder.add_slot("", stranger);
  builder.add_slot("", orphan);
  const auto volume = open_built(builder.build());
  BOOST_TEST(names_in(*volume, volume->root()).size() == 5U);
  BOOST_TEST(findings_of(*volume) == (std::set<std::string>{"exfat-orphan-slot"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_that_would_change_a_path_are_findings) {
  fx::ExfatBuilder builder;
  builder.add_file("..", "1");
  builder.add_file("a\\b", "2");
  const auto volume = open_built(builder.build());
  BOOST_TEST(names_in(*volume, volume->root()) == (std::vector<std::string>{"a\\b"}),
             boost::test_tools::per_element());
  BOOST_TEST(findings_of(*volume) == (std::set<std::string>{"exfat-dot-entry", "exfat-odd-name"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_its_own_child_is_entered_once) {
  auto built = exfat_sample().build();
  const auto& below = built.find("dir/below");
  fx::put_u32(built.bytes, below.slots[1] + 20, built.find("dir").clusters.front());
  built.fix_set(below);
  const auto volume = open_built(built);
  BOOST_TEST(scan_of(*volume) ==
                 (std::vector<std::string>{"+README.TXT", "+A rather long name.text", "+dir",
                                           "++below", "!corrupt", "+empty", "+nothing"}),
             boost::test_tools::per_element());
  BOOST_TEST(count(tree_of(volume), "!corrupt") == 1U);
}

BOOST_AUTO_TEST_CASE(directories_whose_clusters_are_gone_are_errors_of_their_own) {
  for (const std::uint32_t cluster : {0U, 1U, 0xFFFF'FFF0U}) {
    auto built = exfat_sample().build();
    fx::put_u32(built.bytes, built.find("dir").slots[1] + 20, cluster);
    const auto volume = open_built(built);
    BOOST_TEST(is_status(volume->read_dir(entry_at(*volume, "dir").node), Status::corrupt));
    BOOST_TEST(count(scan_of(*volume), "!corrupt") == 1U);
    BOOST_TEST(content_at(*volume, "README.TXT") == "short");
  }
}

BOOST_AUTO_TEST_CASE(limits_are_reported_and_leave_the_rest_out) {
  Limits limits;
  limits.max_directory_entries = 2;
  limits.max_path_depth = 1;
  const auto volume = open_built(exfat_sample().build(), limits);
  BOOST_TEST(
      names_in(*volume, volume->root()) ==
          (std::vector<std::string>{"README.TXT", "A rather long name.text", "!limit_exceeded"}),
      boost::test_tools::per_element());
  limits.max_directory_entries = 100;
  BOOST_TEST(count(scan_of(*open_built(exfat_sample().build(), limits)), "!limit_exceeded") == 2U);
}

BOOST_AUTO_TEST_CASE(the_guid_of_the_volume_is_kept) {
  const auto guid = fx::Guid::parse("9dea862c-5cdd-4e70-acc1-f32b344d4795");
  const auto built = exfat_sample({.guid = guid}).build();
  const auto volume = must(ExfatVolume::open(as_source(built.bytes), {}));
  BOOST_REQUIRE(volume->guid().has_value());
  BOOST_TEST(volume->guid()->to_string() == "9dea862c-5cdd-4e70-acc1-f32b344d4795");
  BOOST_TEST((volume->is_allocated(built.root_cluster) == true));
  BOOST_TEST((volume->is_allocated(0) == std::nullopt));
}

BOOST_AUTO_TEST_SUITE_END()
