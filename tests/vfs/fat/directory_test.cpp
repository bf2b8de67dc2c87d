// SPDX-License-Identifier: Apache-2.0
// Directories: large ones, loops, shared clusters, damage, limits.
#include <algorithm>
#include <span>

#include "tests/vfs/fat/fat_support.h"
#include "vfs/core/utf16.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

const std::vector<std::string> sample_tree{
    "A rather long name.text=long",
    "EFI/",
    "EFI/Microsoft/",
    "EFI/Microsoft/Boot/",
    "EFI/Microsoft/Boot/BCD=" + text_of(pattern(700, 2)),
    "EFI/Microsoft/Boot/bootmgfw.efi=" + text_of(pattern(1500)),
    "README.TXT=short",
    "empty/",
    "nothing=",
};

/// Points the entry at `path` to another first cluster.
void redirect(fx::BuiltFat& built, std::string_view path, std::uint32_t cluster) {
  const std::size_t entry = built.find(path).entry;
  fx::put_u16(built.bytes, entry + 26, static_cast<std::uint16_t>(cluster));
  fx::put_u16(built.bytes, entry + 20, static_cast<std::uint16_t>(cluster >> 16));
}

std::size_t count(const std::vector<std::string>& lines, const std::string& line) {
  return static_cast<std::size_t>(std::ranges::count(lines, line));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fat_directories)

BOOST_AUTO_TEST_CASE(the_tree_is_the_same_on_every_type) {
  for (const auto kind : {fx::FatKind::fat12, fx::FatKind::fat16, fx::FatKind::fat32}) {
    for (const std::uint32_t pieces : {0U, 1U}) {
      fx::FatOptions options{.kind = kind};
      options.cluster_count = kind == fx::FatKind::fat32 ? 200 : 0;
      options.piece_clusters = pieces;
      const auto volume = open_built(sample(options).build());
      BOOST_TEST(tree_of(volume) == sample_tree, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_scan_gives_the_tree_in_depth) {
  const auto volume = open_built(sample().build());
  BOOST_TEST(scan_of(*volume) ==
                 (std::vector<std::string>{"+README.TXT", "+A rather long name.text", "+EFI",
                                           "++Microsoft", "+++Boot", "++++bootmgfw.efi", "++++BCD",
                                           "+empty", "+nothing"}),
             boost::test_tools::per_element());
  const auto scan = must(volume->scan({}));
  while (const auto entry = must(scan->next())) {
    const NodeInfo info = must(volume->stat(entry->node));
    BOOST_TEST(info.size == entry->info.size);
    BOOST_TEST((info.kind == entry->info.kind));
    const auto found = must(volume->lookup(entry->parent, entry->name));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->node == entry->node));
  }
}

BOOST_AUTO_TEST_CASE(a_directory_of_thousands_is_read_whole) {
  fx::FatBuilder builder({.kind = fx::FatKind::fat16, .piece_clusters = 7});
  for (int i = 0; i < 3000; ++i) {
    builder.add_file("big/a name of more than one part " + std::to_string(i), "");
  }
  const auto volume = open_built(builder.build());
  const DirEntry big = entry_at(*volume, "big");
  BOOST_TEST(names_in(*volume, big.node).size() == 3000U);
  const auto last = must(volume->lookup(big.node, u"A NAME OF MORE THAN ONE PART 2999"));
  BOOST_TEST(last.has_value());
}

BOOST_AUTO_TEST_CASE(a_directory_that_fills_its_clusters_has_no_end_mark) {
  fx::FatBuilder builder;
  for (int i = 0; i < 14; ++i) {  // with "." and "..": 16 slots of 32 bytes
    builder.add_file("full/F" + std::to_string(i), "");
  }
  const auto built = builder.build();
  BOOST_REQUIRE_EQUAL(built.find("full").clusters.size(), 1U);
  const auto volume = open_built(built);
  const auto names = names_in(*volume, entry_at(*volume, "full").node);
  BOOST_TEST(names.size() == 14U);
  BOOST_TEST(count(names, "!corrupt") == 0U);
}

BOOST_AUTO_TEST_CASE(a_directory_that_is_its_own_child_is_entered_once) {
  auto built = sample().build();
  redirect(built, "EFI/Microsoft/Boot", built.find("EFI").clusters.front());
  const auto volume = open_built(built);
  const auto tree = tree_of(volume);
  BOOST_TEST(count(tree, "EFI/Microsoft/Boot/Microsoft/") == 1U);
  BOOST_TEST(count(tree, "!corrupt") == 1U);
  BOOST_TEST(count(tree, "README.TXT=short") == 1U);
  BOOST_TEST(scan_of(*volume) == (std::vector<std::string>{
                                     "+README.TXT", "+A rather long name.text", "+EFI",
                                     "++Microsoft", "+++Boot", "!corrupt", "+empty", "+nothing"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_root_of_fat32_as_a_child_is_not_entered_again) {
  auto built = sample({.kind = fx::FatKind::fat32, .cluster_count = 100}).build();
  redirect(built, "EFI/Microsoft", built.find("").clusters.front());
  const auto volume = open_built(built);
  BOOST_TEST(count(scan_of(*volume), "!corrupt") == 1U);
  BOOST_TEST(count(tree_of(volume), "README.TXT=short") == 1U);
}

BOOST_AUTO_TEST_CASE(directories_without_a_cluster_are_errors_of_their_own) {
  for (const std::uint32_t cluster : {0U, 1U, 0xFFF0U}) {
    auto built = sample().build();
    redirect(built, "EFI/Microsoft", cluster);
    const auto volume = open_built(built);
    const DirEntry entry = entry_at(*volume, "EFI/Microsoft");
    BOOST_TEST(is_status(volume->read_dir(entry.node), Status::corrupt));
    BOOST_TEST(is_status(volume->lookup(entry.node, u"x"), Status::corrupt));
    BOOST_TEST(count(scan_of(*volume), "!corrupt") == 1U);
    BOOST_TEST(content_at(*volume, "README.TXT") == "short");
  }
}

BOOST_AUTO_TEST_CASE(a_chain_that_loops_gives_each_entry_once_and_an_error) {
  fx::FatBuilder builder;
  for (int i = 0; i < 60; ++i) {
    builder.add_file("dir/F" + std::to_string(i), "");
  }
  auto built = builder.build();
  const auto clusters = built.find("dir").clusters;
  BOOST_REQUIRE_GE(clusters.size(), 4U);
  built.bytes[built.cluster_offset(clusters.back()) + 13 * 32] = std::byte{'X'};  // no end mark
  for (std::size_t slot = 0; slot < 16; ++slot) {
    auto* const first = &built.bytes[built.cluster_offset(clusters.back()) + slot * 32];
    if (*first == std::byte{0}) {
      *first = std::byte{0xE5};
    }
  }
  for (std::size_t back = 0; back < clusters.size(); ++back) {
    built.set_entry(clusters.back(), clusters[back]);
    const auto volume = open_built(built);
    const auto names = names_in(*volume, entry_at(*volume, "dir").node);
    BOOST_TEST(names.size() >= 61U);
    BOOST_TEST(names.size() <= 62U);
    BOOST_TEST(count(names, "!corrupt") == 1U);
    BOOST_TEST(count(names, "F7") == 1U);
    BOOST_TEST(
        is_status(volume->lookup(entry_at(*volume, "dir").node, u"absent"), Status::corrupt));
  }
}

BOOST_AUTO_TEST_CASE(a_chain_that_breaks_off_gives_what_comes_before) {
  fx::FatBuilder builder;
  for (int i = 0; i < 60; ++i) {
    builder.add_file("dir/F" + std::to_string(i), "");
  }
  for (const std::uint32_t link : {0U, 1U, 0xFF7U, 0xFF0U}) {
    auto built = builder.build();
    built.set_entry(built.find("dir").clusters[0], link);
    const auto volume = open_built(built);
    const auto reader = must(volume->read_dir(entry_at(*volume, "dir").node));
    for (int i = 0; i < 14; ++i) {
      BOOST_TEST(must(reader->next()).has_value());
    }
    const auto end = reader->next();
    BOOST_REQUIRE(is_status(end, Status::corrupt));
    BOOST_TEST(mentions(end.error().message(), {"FAT entry at 0x", "ends after 16 slots"}));
    BOOST_TEST(!must(reader->next()).has_value());
    BOOST_TEST(must(volume->lookup(entry_at(*volume, "dir").node, u"F13")).has_value());
  }
}

BOOST_AUTO_TEST_CASE(two_directories_on_one_chain_are_listed_and_reported) {
  auto built = sample().build();
  redirect(built, "empty", built.find("EFI/Microsoft/Boot").clusters.front());
  const auto volume = open_built(built);
  BOOST_TEST(count(scan_of(*volume), "!corrupt") == 1U);
  BOOST_TEST(content_at(*volume, "empty/BCD") == content_at(*volume, "EFI/Microsoft/Boot/BCD"));
}

BOOST_AUTO_TEST_CASE(too_many_entries_are_reported_and_left_out) {
  Limits limits;
  limits.max_directory_entries = 3;
  const auto volume = open_built(sample().build(), limits);
  BOOST_TEST(names_in(*volume, volume->root()) ==
                 (std::vector<std::string>{"README.TXT", "A rather long name.text", "EFI",
                                           "!limit_exceeded"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(too_deep_directories_are_reported_and_left_out) {
  Limits limits;
  limits.max_path_depth = 2;
  const auto volume = open_built(sample().build(), limits);
  BOOST_TEST(count(scan_of(*volume), "!limit_exceeded") == 1U);
  BOOST_TEST(count(scan_of(*volume), "+nothing") == 1U);
}

BOOST_AUTO_TEST_CASE(nodes_that_do_not_exist_are_refused) {
  const auto built = sample().build();
  const auto volume = open_built(built);
  const std::uint64_t free_slot = built.root_offset + 60 * 32;
  for (const std::uint64_t value :
       {std::uint64_t{1}, std::uint64_t{32}, std::uint64_t{513}, std::uint64_t{built.fat_offset},
        std::uint64_t{free_slot}, std::uint64_t{built.bytes.size()}, ~std::uint64_t{0},
        ~std::uint64_t{31}}) {
    BOOST_TEST(is_status(volume->stat({value}), Status::invalid_argument));
    BOOST_TEST(is_status(volume->open({value}, {}), Status::invalid_argument));
    BOOST_TEST(is_status(volume->read_dir({value}), Status::invalid_argument));
  }
}

BOOST_AUTO_TEST_CASE(files_are_no_directories_and_directories_have_no_content) {
  const auto volume = open_built(sample().build());
  const NodeId file = entry_at(*volume, "README.TXT").node;
  const NodeId directory = entry_at(*volume, "EFI").node;
  BOOST_TEST(is_status(volume->read_dir(file), Status::not_a_directory));
  BOOST_TEST(is_status(volume->lookup(file, u"x"), Status::not_a_directory));
  BOOST_TEST(is_status(volume->open(directory, {}), Status::not_found));
  BOOST_TEST(is_status(volume->open(volume->root(), {}), Status::not_found));
  BOOST_TEST(is_status(volume->open(file, u"stream"), Status::not_found));
  BOOST_TEST(is_status(volume->reparse_data(file), Status::not_a_reparse_point));
  BOOST_TEST(must(volume->security_descriptor(file)).empty());
  BOOST_TEST(must(volume->streams(directory)).empty());
  const auto streams = must(volume->streams(file));
  BOOST_REQUIRE_EQUAL(streams.size(), 1U);
  BOOST_TEST(streams[0].size == 5U);
  BOOST_TEST(streams[0].allocated_size == 512U);
}

BOOST_AUTO_TEST_CASE(a_label_is_no_entry) {
  const auto volume = open_built(sample({.label_entry = true}).build());
  BOOST_TEST(count(names_in(*volume, volume->root()), "CASEMENT") == 0U);
  BOOST_TEST((volume->info().label == u"CASEMENT"));
}

BOOST_AUTO_TEST_SUITE_END()
