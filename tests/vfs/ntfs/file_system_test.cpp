// SPDX-License-Identifier: Apache-2.0
#include "vfs/ntfs/file_system.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/counted_volume.h"
#include "tests/vfs/ntfs/volume_support.h"
#include "vfs/fs/path_walker.h"
#include "vfs/ntfs/open_ntfs.h"
#include "vfs/source/memory_source.h"

namespace casement::ntfs {
namespace {

using fixture::ByteVector;
using fixture::NtfsBuilder;
using fixture::NtfsData;
using fixture::NtfsOptions;
using fixture::NtfsStorage;
using test::find_node;
using test::is_ok;
using test::is_status;
using test::must;
using test::open_volume;

std::string text_of(const SourcePtr& source) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(source->size()));
  must(source->read(0, bytes));
  std::string text;
  for (const std::byte byte : bytes) {
    text += std::to_integer<char>(byte);
  }
  return text;
}

/// Small, with an index of blocks, an attribute list, streams and descriptors.
NtfsBuilder small_builder() {
  NtfsBuilder builder;
  builder.file("\\dir\\a.txt", "first").stream("s", "named").security(ByteVector(40, std::byte{1}));
  builder.file("\\dir\\long name of b.txt", NtfsData{.bytes = ByteVector(9000, std::byte{2})})
      .short_name("LONGNA~1.TXT");
  builder.file("\\list", NtfsData{.bytes = ByteVector(9000, std::byte{3}), .in_extension = true});
  builder.file("\\packed", NtfsData{.bytes = ByteVector(70'000, std::byte{4}),
                                    .storage = NtfsStorage::compressed});
  builder.directory("\\dir").index({.force_blocks = true, .entries_per_block = 1});
  builder.directory("\\link").reparse(fixture::mount_point_reparse("\\??\\C:\\dir", ""));
  builder.file("\\gone").deleted();
  return builder;
}

BOOST_AUTO_TEST_SUITE(ntfs_file_system)

BOOST_AUTO_TEST_CASE(says_what_the_volume_is) {
  NtfsOptions options;
  options.label = "System \u00DC";
  options.serial = 0x1234'5678'9ABC'DEF0;
  options.hidden_sectors = 2048;
  options.cluster_size = 8192;
  options.volume_flags = 1;
  const FileSystemPtr volume = open_volume(NtfsBuilder(options));
  const FileSystemInfo info = volume->info();
  BOOST_TEST(std::string(volume->type_name()) == "ntfs");
  BOOST_TEST(info.version == "NTFS 3.1");
  BOOST_TEST((info.label == u"System \u00DC"));
  BOOST_REQUIRE(info.serial);
  BOOST_TEST(*info.serial == 0x1234'5678'9ABC'DEF0U);
  BOOST_REQUIRE(info.start_sector);
  BOOST_TEST(*info.start_sector == 2048U);
  BOOST_TEST(info.cluster_size == 8192U);
  // The volume ends before its backup boot sector.
  BOOST_TEST(info.size == (2U << 20) - 512);
  BOOST_TEST(info.dirty);
  BOOST_TEST(!open_volume(NtfsBuilder())->info().dirty);
}

BOOST_AUTO_TEST_CASE(gives_streams_with_their_sizes) {
  const FileSystemPtr volume = open_volume(small_builder());
  const NodeId node = find_node(*volume, u"\\dir\\a.txt");
  const auto streams = must(volume->streams(node));
  BOOST_REQUIRE_EQUAL(streams.size(), 2U);
  BOOST_TEST(streams[0].name.empty());
  BOOST_TEST(streams[0].size == 5U);
  BOOST_TEST((streams[1].name == u"s"));
  BOOST_TEST(streams[1].size == 5U);
  BOOST_TEST(text_of(must(volume->open(node, u""))) == "first");
  BOOST_TEST(text_of(must(volume->open(node, u"s"))) == "named");
  BOOST_TEST(is_status(volume->open(node, u"t"), Status::not_found));
  BOOST_TEST(must(volume->streams(find_node(*volume, u"\\dir"))).empty());
}

BOOST_AUTO_TEST_CASE(sources_and_readers_outlive_the_file_system) {
  FileSystemPtr volume = open_volume(small_builder());
  const SourcePtr source = must(volume->open(find_node(*volume, u"\\packed"), u""));
  const auto reader = must(volume->read_dir(find_node(*volume, u"\\dir")));
  const auto scan = must(volume->scan({}));
  volume.reset();
  BOOST_TEST(text_of(source) == std::string(70'000, '\4'));
  BOOST_TEST(must(reader->next()).has_value());
  BOOST_TEST(must(scan->next()).has_value());
}

BOOST_AUTO_TEST_CASE(an_id_of_an_earlier_file_is_not_found) {
  const FileSystemPtr volume = open_volume(small_builder());
  const NodeId node = find_node(*volume, u"\\list");
  const NodeId earlier = {node.value + (std::uint64_t{1} << 48)};
  BOOST_TEST(is_status(volume->stat(earlier), Status::not_found));
  BOOST_TEST(is_status(volume->open(earlier, u""), Status::not_found));
}

BOOST_AUTO_TEST_CASE(paths_lead_through_junctions) {
  const FileSystemPtr volume = open_volume(small_builder());
  const auto resolved = must(find_path(volume, u"C:\\LINK\\longna~1.txt"));
  BOOST_REQUIRE(resolved);
  BOOST_TEST((resolved->path == u"\\dir\\long name of b.txt"));
}

BOOST_AUTO_TEST_CASE(a_damaged_upcase_table_is_replaced) {
  NtfsBuilder builder(NtfsOptions{.damage_upcase = true});
  builder.file("\\Abc");
  const FileSystemPtr volume = open_volume(builder);
  BOOST_TEST(test::has_finding(*volume, "upcase-damaged"));
  BOOST_TEST(test::exists(*volume, u"\\aBC"));
}

BOOST_AUTO_TEST_CASE(opens_by_the_backup_of_boot_sector_and_mft) {
  for (const NtfsOptions& options :
       {NtfsOptions{.damage_boot = true}, NtfsOptions{.damage_mft_record = true}}) {
    NtfsBuilder builder(options);
    builder.file("\\a", "x");
    const ByteVector bytes = builder.build();
    BOOST_TEST(must(probe_ntfs(*test::to_source(bytes))));
    const FileSystemPtr volume = open_volume(bytes);
    BOOST_TEST(test::exists(*volume, u"\\a"));
    BOOST_TEST(!test::finding_codes(*volume).empty());
    BOOST_TEST(test::scan_lines(*volume) == test::walk_lines(volume),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(other_bytes_are_not_ntfs) {
  const SourcePtr zeros = make_memory_source(std::vector<std::byte>(100'000), "zeros");
  BOOST_TEST(!must(probe_ntfs(*zeros)));
  const auto opened = open_ntfs(zeros);
  BOOST_REQUIRE(is_status(opened, Status::bad_format));
  BOOST_TEST(test::mentions(opened.error().message(), {"zeros"}));
}

BOOST_AUTO_TEST_CASE(a_lookup_reads_what_lies_on_its_path) {
  NtfsBuilder builder;
  const auto directory = builder.directory("\\Windows\\System32");
  for (int i = 0; i < 3000; ++i) {
    directory.file("a file of number " + std::to_string(i) + ".dll");
  }
  const auto source = std::make_shared<test::CountingSource>(builder.build());
  const FileSystemPtr volume = must(open_ntfs(source));
  source->reset();
  BOOST_TEST(test::exists(*volume, u"\\windows\\system32\\A FILE OF NUMBER 2047.dll"));
  // A record for each directory and twice for each component, and three levels of index blocks.
  BOOST_TEST(source->bytes_read() <= 30'000U);
  source->reset();
  BOOST_TEST(test::exists(*volume, u"\\windows\\system32\\a file of number 99.dll"));
  BOOST_TEST(source->bytes_read() <= 20'000U);
  source->reset();
  BOOST_TEST(test::scan_paths(*volume).size() == 3002U);
  BOOST_TEST(source->reads() <= 14U);  // 3 MiB in requests of 256 KiB
}

BOOST_AUTO_TEST_CASE(answers_many_threads_at_once) {
  const FileSystemPtr volume = open_volume(small_builder());
  const auto expected = test::scan_lines(*volume);
  std::vector<std::vector<std::string>> results(4);
  {
    std::vector<std::jthread> threads;
    for (auto& result : results) {
      threads.emplace_back([&] { result = test::scan_lines(*volume); });
      threads.emplace_back([&] { test::exercise(volume); });
    }
  }
  for (const auto& result : results) {
    BOOST_TEST((result == expected));
  }
}

BOOST_AUTO_TEST_CASE(survives_every_truncation) {
  const ByteVector bytes = small_builder().build();
  int opened = 0;
  for (std::size_t size = 0; size < bytes.size(); size += bytes.size() / 100) {
    const auto volume = open_ntfs(
        make_memory_source({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}, ""));
    if (volume) {
      ++opened;
      test::exercise(*volume);
    }
  }
  BOOST_TEST(opened > 0);
}

BOOST_AUTO_TEST_CASE(survives_flips_in_every_record_and_index_block) {
  int opened = 0;
  const auto built = small_builder().build_mapped();
  std::vector<std::size_t> places;
  for (const auto& record : built.records) {
    if (record.number >= 27 || record.number == 5 || record.number == 9) {
      places.push_back(record.offset);
      places.insert(places.end(), record.index_blocks.begin(), record.index_blocks.end());
    }
  }
  std::mt19937 dice(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same flips each time
  for (const std::size_t place : places) {
    for (int round = 0; round < 5; ++round) {
      ByteVector bytes = built.bytes;
      for (int flip = 0; flip < 2; ++flip) {
        bytes[place + dice() % 0x1F0] ^= static_cast<std::byte>(1 + dice() % 0xFF);
      }
      if (const auto volume = open_ntfs(make_memory_source(std::move(bytes), "flipped"))) {
        ++opened;
        test::exercise(*volume);
      }
    }
  }
  BOOST_TEST(opened > 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
