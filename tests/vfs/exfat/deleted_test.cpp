// SPDX-License-Identifier: Apache-2.0
// Deleted entry sets: when they are given, what is left of them.
#include <fmt/format.h>

#include <algorithm>

#include "tests/vfs/exfat/exfat_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

std::size_t count(const std::vector<std::string>& lines, const std::string& line) {
  return static_cast<std::size_t>(std::ranges::count(lines, line));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exfat_deleted)

BOOST_AUTO_TEST_CASE(deleted_sets_are_given_on_request_only) {
  auto builder = exfat_sample();
  builder.remove("dir");
  builder.remove("A rather long name.text");
  auto built = builder.build();
  const auto volume = open_built(built);
  BOOST_TEST(scan_of(*volume) == (std::vector<std::string>{"+README.TXT", "+empty", "+nothing"}),
             boost::test_tools::per_element());
  const std::vector<std::string> all{"+README.TXT",     "+-A rather long name.text",
                                     "+-dir",           "++-below",
                                     "+++-chained.bin", "+++-BCD",
                                     "+empty",          "+nothing"};
  BOOST_TEST(scan_of(*volume, {.deleted = true}) == all, boost::test_tools::per_element());
  BOOST_TEST(findings_of(*volume).empty());
  const auto scan = must(volume->scan({.deleted = true}));
  while (const auto entry = must(scan->next())) {
    if (entry->name == u"chained.bin") {
      BOOST_TEST(must(read_file(*volume, entry->node)) == text_of(pattern(3000)));
    }
    if (entry->name == u"BCD") {
      BOOST_TEST(must(read_file(*volume, entry->node)) == text_of(pattern(700, 2)));
      BOOST_TEST(must(volume->stat(entry->node)).size == 700U);
    }
  }
  // A slot of the name is overwritten: its checksum tells.
  built.bytes[built.find("A rather long name.text").slots[3] + 5] ^= std::byte{1};
  BOOST_TEST(count(scan_of(*open_built(built), {.deleted = true}), "+-A rather long name.text") ==
             0U);
}

BOOST_AUTO_TEST_CASE(a_deleted_directory_whose_cluster_was_given_away_is_not_entered) {
  auto builder = exfat_sample();
  builder.remove("dir");
  auto built = builder.build();
  const std::uint32_t cluster = built.find("dir/below").clusters.front();
  constexpr std::uint32_t bitmap_cluster = 2;
  built.bytes[built.cluster_offset(bitmap_cluster) + (cluster - 2) / 8] |=
      static_cast<std::byte>(1U << ((cluster - 2) % 8));
  const auto lines = scan_of(*open_built(built), {.deleted = true});
  BOOST_TEST(count(lines, "++-below") == 1U);
  BOOST_TEST(count(lines, "+++-BCD") == 0U);
}

BOOST_AUTO_TEST_CASE(a_deleted_file_whose_clusters_are_in_use_again_is_a_finding) {
  fx::ExfatBuilder builder;
  builder.add_file("GONE", pattern(2000));
  builder.remove("GONE");
  auto built = builder.build();
  const auto clusters = built.find("GONE").clusters;
  BOOST_REQUIRE_GT(clusters.size(), 2U);
  constexpr std::uint32_t bitmap_cluster = 2;
  built.bytes[built.cluster_offset(bitmap_cluster) + (clusters[1] - 2) / 8] |=
      static_cast<std::byte>(1U << ((clusters[1] - 2) % 8));
  const auto volume = open_built(built);
  const auto scan = must(volume->scan({.deleted = true}));
  const auto entry = must(scan->next());
  BOOST_REQUIRE(entry.has_value());
  BOOST_TEST(volume->diagnostics().empty());  // nothing was opened yet
  BOOST_TEST(must(read_file(*volume, entry->node)) == text_of(pattern(2000)));
  const std::string text = finding(*volume, "clusters-reallocated");
  const std::string how_many = fmt::format("1 of its {} clusters", clusters.size());
  const std::string where = fmt::format("the first at 0x{:x} of", built.cluster_size);
  BOOST_TEST(mentions(text, {how_many.c_str(), where.c_str()}));
}

BOOST_AUTO_TEST_CASE(a_deleted_file_whose_links_are_gone_is_read_in_one_piece) {
  fx::ExfatBuilder builder;
  builder.add_file("GONE", pattern(2000), {.fat_chain = true});
  builder.remove("GONE");
  auto built = builder.build();
  for (const std::uint32_t cluster : built.find("GONE").clusters) {
    built.set_entry(cluster, 0);
  }
  const auto volume = open_built(built);
  const auto scan = must(volume->scan({.deleted = true}));
  const auto entry = must(scan->next());
  BOOST_REQUIRE(entry.has_value());
  BOOST_TEST(must(read_file(*volume, entry->node)) == text_of(pattern(2000)));
  BOOST_TEST(volume->diagnostics().empty());
}

BOOST_AUTO_TEST_SUITE_END()
