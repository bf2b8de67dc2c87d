// SPDX-License-Identifier: Apache-2.0
// Files: with and without chains, valid lengths, damage, times.
#include <span>

#include "tests/vfs/exfat/exfat_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

fx::BuiltExfat one_file(const fx::ExfatFileOptions& options, std::uint32_t pieces = 0) {
  fx::ExfatBuilder builder({.piece_clusters = pieces});
  builder.add_file("FILE", pattern(3000), options);
  return builder.build();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exfat_content)

BOOST_AUTO_TEST_CASE(files_with_and_without_a_chain_are_read) {
  for (const bool chain : {false, true}) {
    const auto built = one_file({.fat_chain = chain}, 2);
    const auto volume = open_built(built);
    BOOST_TEST(content_at(*volume, "FILE") == text_of(pattern(3000)));
    const NodeInfo info = must(volume->stat(entry_at(*volume, "FILE").node));
    BOOST_TEST(info.size == 3000U);
    BOOST_TEST(info.allocated_size == 3072U);
  }
}

BOOST_AUTO_TEST_CASE(what_lies_behind_the_valid_length_reads_as_zeros) {
  for (const std::uint64_t valid : {0U, 1U, 512U, 700U, 2999U, 3000U}) {
    const auto volume = open_built(one_file({.valid_length = valid}));
    std::string expected = text_of(pattern(3000)).substr(0, valid);
    expected.resize(3000, '\0');
    BOOST_TEST(content_at(*volume, "FILE") == expected);
  }
}

BOOST_AUTO_TEST_CASE(a_valid_length_beyond_the_size_is_a_finding) {
  const auto volume = open_built(one_file({.valid_length = 0xFFFF'FFFF'FFFF'FFFF}));
  BOOST_TEST(content_at(*volume, "FILE") == text_of(pattern(3000)));
  BOOST_TEST(findings_of(*volume).contains("exfat-valid-length"));
}

BOOST_AUTO_TEST_CASE(a_chain_that_breaks_off_keeps_what_comes_before) {
  for (const std::uint32_t link : {0U, 1U, 0xFFFF'FFF7U, 0xFFFF'FFFFU, 0x7FFF'FFFFU}) {
    auto built = one_file({.fat_chain = true});
    built.set_entry(built.find("FILE").clusters[1], link);
    const auto volume = open_built(built);
    const auto source = must(volume->open(entry_at(*volume, "FILE").node, {}));
    BOOST_TEST(source->size() == 3000U);
    BOOST_TEST(must(read_part(*source, 0, 1024)) == text_of(pattern(3000)).substr(0, 1024));
    BOOST_TEST(is_status(read_part(*source, 1024, 1), Status::corrupt));
    BOOST_TEST(findings_of(*volume).contains("exfat-chain"));
  }
}

BOOST_AUTO_TEST_CASE(sizes_that_no_volume_holds_are_lost_and_cost_nothing) {
  for (const bool chain : {false, true}) {
    for (const std::uint64_t size : {std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
      auto built = one_file({.fat_chain = chain});
      fx::put_u64(built.bytes, built.find("FILE").slots[1] + 8, size);
      fx::put_u64(built.bytes, built.find("FILE").slots[1] + 24, size);
      const auto volume = open_built(built);
      const auto entry = entry_at(*volume, "FILE");
      BOOST_TEST(must(volume->stat(entry.node)).size == size);
      BOOST_TEST(must(volume->stat(entry.node)).allocated_size == 0U);
      const auto source = must(volume->open(entry.node, {}));
      BOOST_TEST(must(read_part(*source, 0, 512)) == text_of(pattern(3000)).substr(0, 512));
      BOOST_TEST(is_status(read_part(*source, size - 1, 1), Status::corrupt));
    }
  }
}

BOOST_AUTO_TEST_CASE(first_clusters_that_do_not_exist_are_lost) {
  for (const bool chain : {false, true}) {
    for (const std::uint32_t first : {0U, 1U, 0xFFFF'FFFFU}) {
      auto built = one_file({.fat_chain = chain});
      fx::put_u32(built.bytes, built.find("FILE").slots[1] + 20, first);
      const auto volume = open_built(built);
      BOOST_TEST(is_status(read_file(*volume, entry_at(*volume, "FILE").node), Status::corrupt));
    }
  }
}

BOOST_AUTO_TEST_CASE(times_are_utc_when_their_zone_is_known) {
  fx::ExfatBuilder builder;
  const fx::FatMoment moment{2024, 6, 30, 23, 30, 1, 50};
  const auto add = [&](const char* name, std::uint8_t zone) {
    builder.add_file(name, "",
                     {.created = moment, .modified = moment, .accessed = moment, .zone = zone});
  };
  add("UTC", 0x80);
  add("PLUS", 0x80 | 8);      // +02:00
  add("MINUS", 0x80 | 0x6C);  // -05:00
  add("NONE", 0x08);          // not valid
  const auto volume = open_built(builder.build());
  const auto info = [&](const char* name) {
    return must(volume->stat(entry_at(*volume, name).node));
  };
  BOOST_TEST(info("UTC").created.to_iso8601() == "2024-06-30T23:30:01.5000000Z");
  BOOST_TEST(info("UTC").modified.to_iso8601() == "2024-06-30T23:30:01.5000000Z");
  BOOST_TEST(info("UTC").accessed.to_iso8601() == "2024-06-30T23:30:00.0000000Z");
  BOOST_TEST(info("PLUS").created.to_iso8601() == "2024-06-30T21:30:01.5000000Z");
  BOOST_TEST(info("MINUS").created.to_iso8601() == "2024-07-01T04:30:01.5000000Z");
  BOOST_TEST(info("NONE").created.to_iso8601() == "2024-06-30T23:30:01.5000000Z");
}

BOOST_AUTO_TEST_CASE(attributes_are_those_of_windows) {
  fx::ExfatBuilder builder;
  builder.add_file("ALL", "", {.attributes = 0x27});
  builder.add_file("PLAIN", "", {.attributes = 0});
  builder.add_directory("DIR", {.attributes = 0x2});
  const auto volume = open_built(builder.build());
  const auto attributes = [&](const char* path) {
    return must(volume->stat(entry_at(*volume, path).node)).attributes;
  };
  BOOST_TEST(attributes("ALL") == 0x27U);
  BOOST_TEST(attributes("PLAIN") == file_attribute::normal);
  BOOST_TEST(attributes("DIR") == 0x12U);
}

BOOST_AUTO_TEST_CASE(files_are_no_directories_and_nodes_must_exist) {
  const auto built = exfat_sample().build();
  const auto volume = open_built(built);
  const NodeId file = entry_at(*volume, "README.TXT").node;
  BOOST_TEST(is_status(volume->read_dir(file), Status::not_a_directory));
  BOOST_TEST(is_status(volume->open(entry_at(*volume, "dir").node, {}), Status::not_found));
  BOOST_TEST(is_status(volume->open(file, u"stream"), Status::not_found));
  BOOST_TEST(is_status(volume->reparse_data(file), Status::not_a_reparse_point));
  BOOST_TEST(must(volume->security_descriptor(file)).empty());
  BOOST_TEST(must(volume->streams(file)).size() == 1U);
  for (const std::uint64_t value :
       {std::uint64_t{32}, file.value + 1, file.value + 32, std::uint64_t{built.bytes.size()},
        ~std::uint64_t{0}, std::uint64_t{built.heap_offset}}) {
    BOOST_TEST(is_status(volume->stat({value}), Status::invalid_argument));
  }
}

BOOST_AUTO_TEST_SUITE_END()
