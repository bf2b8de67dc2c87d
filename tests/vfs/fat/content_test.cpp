// SPDX-License-Identifier: Apache-2.0
// Files: sizes, chains and their damage, attributes, times.
#include <array>
#include <span>
#include <thread>

#include "tests/vfs/fat/fat_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::size_t size = 5000;

fx::BuiltFat one_file(fx::FatOptions options = {}) {
  fx::FatBuilder builder(options);
  builder.add_file("FILE", pattern(size));
  builder.add_file("NEXT", "next");
  return builder.build();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fat_content)

BOOST_AUTO_TEST_CASE(parts_of_a_file_in_pieces_are_read_from_anywhere) {
  for (const std::uint32_t pieces : {0U, 1U, 3U}) {
    const auto volume = open_built(one_file({.piece_clusters = pieces}));
    const auto source = must(volume->open(entry_at(*volume, "FILE").node, {}));
    const std::string whole = text_of(pattern(size));
    for (const std::size_t offset : {0U, 1U, 511U, 512U, 1535U, 4999U, 5000U}) {
      for (const std::size_t length : {0U, 1U, 2U, 513U, 5000U}) {
        if (in_range(size, offset, length)) {
          BOOST_TEST(must(read_part(*source, offset, length)) == whole.substr(offset, length));
        } else {
          BOOST_TEST(is_status(read_part(*source, offset, length), Status::truncated));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(sizes_around_a_cluster_are_exact) {
  fx::FatBuilder builder;
  for (const std::size_t length : {0U, 1U, 511U, 512U, 513U, 1024U}) {
    builder.add_file("F" + std::to_string(length), pattern(length));
  }
  const auto volume = open_built(builder.build());
  for (const std::size_t length : {0U, 1U, 511U, 512U, 513U, 1024U}) {
    const DirEntry entry = entry_at(*volume, "F" + std::to_string(length));
    const NodeInfo info = must(volume->stat(entry.node));
    BOOST_TEST(info.size == length);
    BOOST_TEST(info.allocated_size == (length + 511) / 512 * 512);
    BOOST_TEST(must(read_file(*volume, entry.node)) == text_of(pattern(length)));
  }
  BOOST_TEST(volume->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(a_chain_that_breaks_off_keeps_what_comes_before) {
  for (const std::uint32_t link : {0x000U, 0x001U, 0xFF7U, 0xFF0U, 0xFFFU}) {
    auto built = one_file();
    built.set_entry(built.find("FILE").clusters[3], link);
    const auto volume = open_built(built);
    const DirEntry entry = entry_at(*volume, "FILE");
    BOOST_TEST(must(volume->stat(entry.node)).size == size);
    const auto source = must(volume->open(entry.node, {}));
    BOOST_TEST(source->size() == size);
    BOOST_TEST(must(read_part(*source, 0, 2048)) == text_of(pattern(size)).substr(0, 2048));
    for (const std::uint64_t offset : {1500U, 2047U, 2048U, 4999U}) {
      const auto lost = read_part(*source, offset, offset == 1500 ? 600 : 1);
      BOOST_TEST((offset == 2047 ? is_ok(lost) : is_status(lost, Status::corrupt)));
    }
    const auto lost = read_part(*source, 4999, 1);
    BOOST_TEST(mentions(lost.error().message(), {"from 0x800 to 0x1388 are lost", "chain"}));
    BOOST_TEST(mentions(finding(*volume, "fat-chain"), {"5000 bytes, but"}));
    BOOST_TEST(content_at(*volume, "NEXT") == "next");
  }
}

BOOST_AUTO_TEST_CASE(a_chain_that_loops_never_repeats_bytes) {
  const auto clusters = one_file().find("FILE").clusters;
  for (std::size_t from = 0; from + 1 < clusters.size(); ++from) {
    for (std::size_t to = 0; to <= from; ++to) {
      auto built = one_file();
      built.set_entry(clusters[from], clusters[to]);
      const auto volume = open_built(built);
      const auto source = must(volume->open(entry_at(*volume, "FILE").node, {}));
      const std::size_t kept = (from + 1) * 512;
      BOOST_TEST(must(read_part(*source, 0, kept)) == text_of(pattern(size)).substr(0, kept));
      BOOST_TEST(is_status(read_part(*source, kept, 1), Status::corrupt));
      BOOST_TEST(mentions(finding(*volume, "fat-chain"), {"leads back"}));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_chain_longer_than_the_file_is_a_note) {
  auto built = one_file();
  built.set_entry(built.find("FILE").clusters.back(), built.find("NEXT").clusters.front());
  const auto volume = open_built(built);
  BOOST_TEST(content_at(*volume, "FILE") == text_of(pattern(size)));
  BOOST_TEST(findings_of(*volume).contains("fat-chain-longer"));
}

BOOST_AUTO_TEST_CASE(files_that_share_clusters_are_both_read) {
  auto built = one_file();
  fx::put_u16(built.bytes, built.find("NEXT").entry + 26,
              static_cast<std::uint16_t>(built.find("FILE").clusters[2]));
  const auto volume = open_built(built);
  BOOST_TEST(content_at(*volume, "FILE") == text_of(pattern(size)));
  BOOST_TEST(content_at(*volume, "NEXT") == text_of(pattern(size)).substr(1024, 4));
}

BOOST_AUTO_TEST_CASE(a_size_without_clusters_is_lost_and_not_invented) {
  for (const std::uint32_t first : {0U, 1U, 0xFFFU, 0xFFFFU}) {
    auto built = one_file();
    fx::put_u16(built.bytes, built.find("FILE").entry + 26, static_cast<std::uint16_t>(first));
    const auto volume = open_built(built);
    BOOST_TEST(is_status(read_file(*volume, entry_at(*volume, "FILE").node), Status::corrupt));
  }
}

BOOST_AUTO_TEST_CASE(a_size_of_4_gib_costs_nothing_before_it_is_read) {
  auto built = one_file();
  fx::put_u32(built.bytes, built.find("FILE").entry + 28, 0xFFFF'FFFF);
  const auto volume = open_built(built);
  const auto source = must(volume->open(entry_at(*volume, "FILE").node, {}));
  BOOST_TEST(source->size() == 0xFFFF'FFFFU);
  BOOST_TEST(must(read_part(*source, 0, size)) == text_of(pattern(size)));
  BOOST_TEST(is_status(read_part(*source, 0xFFFF'0000, 1), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(content_stays_readable_after_the_file_system) {
  auto volume = open_built(one_file());
  const auto source = must(volume->open(entry_at(*volume, "FILE").node, {}));
  volume.reset();
  BOOST_TEST(must(read_part(*source, 0, size)) == text_of(pattern(size)));
}

BOOST_AUTO_TEST_CASE(fat32_ignores_the_top_four_bits_and_fat16_the_high_word) {
  auto built32 = one_file({.kind = fx::FatKind::fat32, .cluster_count = 100});
  const auto clusters = built32.find("FILE").clusters;
  for (std::size_t i = 0; i + 1 < clusters.size(); ++i) {
    built32.set_entry(clusters[i], 0xA000'0000 | clusters[i + 1]);
  }
  built32.set_entry(clusters.back(), 0x5FFF'FFF8);
  BOOST_TEST(content_at(*open_built(built32), "FILE") == text_of(pattern(size)));
  auto built16 = one_file({.kind = fx::FatKind::fat16});
  fx::put_u16(built16.bytes, built16.find("FILE").entry + 20, 0x1234);  // OS/2 keeps an index there
  BOOST_TEST(content_at(*open_built(built16), "FILE") == text_of(pattern(size)));
}

BOOST_AUTO_TEST_CASE(attributes_are_those_of_windows) {
  fx::FatBuilder builder;
  builder.add_file("ALL", "", {.attributes = 0x27});
  builder.add_file("PLAIN", "", {.attributes = 0});
  builder.add_file("DEVICE", "", {.attributes = 0xC1});  // bits that are reserved
  builder.add_directory("DIR", {.attributes = 0x06});
  const auto volume = open_built(builder.build());
  const auto attributes = [&](const char* path) {
    return must(volume->stat(entry_at(*volume, path).node)).attributes;
  };
  BOOST_TEST(attributes("ALL") == 0x27U);
  BOOST_TEST(attributes("PLAIN") == file_attribute::normal);
  BOOST_TEST(attributes("DEVICE") == file_attribute::read_only);
  BOOST_TEST(attributes("DIR") == 0x16U);
  BOOST_TEST(attributes("") == file_attribute::directory);
}

BOOST_AUTO_TEST_CASE(times_are_the_clock_reading_of_the_writer) {
  fx::FatBuilder builder;
  builder.add_file("F", "",
                   {.created = {2024, 2, 29, 23, 59, 59, 99},
                    .modified = {1980, 1, 1, 0, 0, 2, 0},
                    .accessed = {2107, 12, 31, 0, 0, 0, 0}});
  builder.add_file("NONE", "");
  const auto volume = open_built(builder.build());
  const NodeInfo info = must(volume->stat(entry_at(*volume, "F").node));
  BOOST_TEST(info.created.to_iso8601() == "2024-02-29T23:59:59.9900000Z");
  BOOST_TEST(info.modified.to_iso8601() == "1980-01-01T00:00:02.0000000Z");
  BOOST_TEST(info.accessed.to_iso8601() == "2107-12-31T00:00:00.0000000Z");
  BOOST_TEST(!info.changed.is_set());
  const NodeInfo none = must(volume->stat(entry_at(*volume, "NONE").node));
  BOOST_TEST(!none.created.is_set());
  BOOST_TEST(!none.modified.is_set());
  BOOST_TEST(!none.accessed.is_set());
}

BOOST_AUTO_TEST_CASE(many_threads_read_one_volume) {
  const auto volume = open_built(sample({.piece_clusters = 1}).build());
  const std::vector<std::string> expected = scan_of(*volume);
  std::array<bool, 4> same{};
  std::vector<std::thread> threads;
  for (bool& result : same) {
    threads.emplace_back([&volume, &expected, &result] {
      result = true;
      for (int round = 0; round < 20; ++round) {
        result = result && scan_of(*volume) == expected;
        const auto entry = volume->lookup(volume->root(), u"README.TXT");
        const auto text = read_file(*volume, (*entry)->node);
        result = result && text && *text == "short";
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST((same == std::array<bool, 4>{true, true, true, true}));
}

BOOST_AUTO_TEST_SUITE_END()
