// SPDX-License-Identifier: Apache-2.0
// Volumes whose fields claim more than there is, or hide that something is not there.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "fixtures/build/ntfs/ntfs_builder.h"
#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/corner_support.h"
#include "tests/vfs/ntfs/counted_volume.h"
#include "tests/vfs/ntfs/volume_support.h"
#include "vfs/ntfs/content.h"
#include "vfs/ntfs/file_system.h"
#include "vfs/ntfs/index.h"
#include "vfs/ntfs/scan_table.h"

namespace casement::ntfs {
namespace {

using fixture::BuiltNtfs;
using fixture::NtfsBuilder;
using fixture::NtfsData;
using fixture::NtfsStorage;
using test::corner_content;
using test::CountedVolume;
using test::is_ok;
using test::is_status;
using test::must;

constexpr std::uint64_t huge = std::uint64_t{1} << 62;
constexpr std::size_t file_count = 60;

BuiltNtfs sixty_files() {
  NtfsBuilder builder;
  const auto directory = builder.directory("\\dir").index({.entries_per_block = 4});
  for (std::size_t i = 0; i < file_count; ++i) {
    directory.file(fmt::format("file {:02}", i), "x");
  }
  return builder.build_mapped();
}

/// The index claims `huge` bytes, and one of its blocks is no block.
BuiltNtfs endless_index(bool with_bitmap) {
  BuiltNtfs built = sixty_files();
  const BuiltNtfs::Record directory = built.find("\\dir");
  const std::size_t blocks = built.attribute_offset(directory, 0xA0, "$I30");
  const std::size_t bitmap = built.attribute_offset(directory, 0xB0, "$I30");
  built.edit_record(directory.offset, [&](std::span<std::byte> record) {
    fixture::put_u64(record, blocks + 48, huge);
    if (!with_bitmap) {
      record[bitmap + 24] = std::byte{'?'};  // its name
    }
  });
  built.bytes[directory.index_blocks.at(1)] = {};
  return built;
}

/// Puts a hole of `clusters` behind the runs of $MFT, in record 0 and its copy.
void add_hole_to_mft(BuiltNtfs& built, std::uint64_t clusters) {
  const std::size_t data = built.attribute_offset(built.record(0), 0x80);
  const auto edit = [&](std::span<std::byte> record) {
    const auto byte = [&](std::size_t at) { return std::to_integer<std::size_t>(record[at]); };
    const std::size_t end = data + byte(data + 4) + byte(data + 5) * 256;
    std::copy_backward(record.begin() + static_cast<std::ptrdiff_t>(end), record.end() - 8,
                       record.end());
    std::size_t at = data + byte(data + 32);
    while (byte(at) != 0) {
      at += 1 + byte(at) % 16 + byte(at) / 16;
    }
    record[at] = std::byte{5};
    for (unsigned i = 0; i < 5; ++i) {
      record[at + 1 + i] = static_cast<std::byte>(clusters >> (8 * i));
    }
    std::fill(record.begin() + static_cast<std::ptrdiff_t>(at + 6),
              record.begin() + static_cast<std::ptrdiff_t>(end + 8), std::byte{0});
    fixture::put_u32(record, data + 4, static_cast<std::uint32_t>(end + 8 - data));
    fixture::put_u32(record, 24, static_cast<std::uint32_t>(byte(24) + byte(25) * 256 + 8));
    const std::uint64_t mapped = byte(data + 24) + byte(data + 25) * 256 + 1 + clusters;
    fixture::put_u64(record, data + 24, mapped - 1);
    for (const std::size_t size : {40U, 48U, 56U}) {
      fixture::put_u64(record, data + size, mapped * built.cluster_size);
    }
  };
  built.edit_record(built.record(0).offset, edit);
}

BOOST_AUTO_TEST_SUITE(hostile_volumes)

BOOST_AUTO_TEST_CASE(an_index_that_claims_2_to_the_62_bytes_ends_with_its_clusters) {
  for (const bool with_bitmap : {true, false}) {
    const BuiltNtfs built = endless_index(with_bitmap);
    const FileSystemPtr volume = test::open_volume(built.bytes);
    const NodeId directory = test::find_node(*volume, u"\\dir");
    BOOST_TEST(test::names_in(*volume, directory).size() == file_count);
    BOOST_TEST(test::has_finding(*volume, "index-damaged"));
    const NtfsVolumePtr raw = test::open_raw_volume(built.bytes);
    const auto tree =
        must(IndexTree::open(test::node_of(raw, built, "\\dir"), u"$I30", IndexKind::file_names));
    BOOST_TEST(tree->block_count() == built.find("\\dir").index_blocks.size());
    BOOST_TEST(tree->next_live(0).value_or(99) == 0U);
    BOOST_TEST(!tree->next_live(tree->block_count()).has_value());
  }
}

BOOST_AUTO_TEST_CASE(holes_of_the_mft_hold_no_records) {
  BuiltNtfs built = sixty_files();
  const auto sound = test::scan_paths(*test::open_volume(built.bytes));
  const std::uint64_t records = test::open_raw_volume(built.bytes)->mft().record_count();
  add_hole_to_mft(built, std::uint64_t{1} << 32);
  const NtfsVolumePtr raw = test::open_raw_volume(built.bytes);
  BOOST_TEST(raw->mft().record_count() >= records);
  BOOST_TEST(raw->mft().record_count() < records + 8);  // the rest of the last cluster
  const FileSystemPtr volume = test::open_volume(built.bytes);
  BOOST_TEST(test::scan_paths(*volume) == sound, boost::test_tools::per_element());
  BOOST_TEST(test::has_finding(*volume, "mft-sparse"));
}

BOOST_AUTO_TEST_CASE(records_that_no_extent_maps_are_one_error_for_each_gap) {
  NtfsBuilder builder({.mft_fragments = 7, .mft_extensions = 3});
  for (int i = 0; i < 40; ++i) {
    builder.file("\\f" + std::to_string(i), "x");
  }
  BuiltNtfs built = builder.build_mapped();
  const auto extension = std::ranges::find_if(built.records, [](const BuiltNtfs::Record& record) {
    return record.number >= 15 && record.base == 0 && record.path.empty();
  });
  BOOST_REQUIRE(extension != built.records.end());
  std::fill_n(built.bytes.begin() + static_cast<std::ptrdiff_t>(extension->offset), 1024,
              std::byte{0xEE});
  const auto paths = test::scan_paths(*test::open_volume(built.bytes));
  const auto gaps = std::ranges::count_if(paths, [](const std::string& path) {
    return path.starts_with("error") && path.find("no extent of $MFT") != std::string::npos;
  });
  BOOST_TEST(gaps >= 1);
  BOOST_TEST(gaps <= 3);
}

BOOST_AUTO_TEST_CASE(an_attribute_list_of_more_than_1_mib_is_not_read) {
  NtfsBuilder builder;
  builder.file("\\a", NtfsData{.bytes = corner_content(100), .in_extension = true})
      .non_resident_list();
  BuiltNtfs built = builder.build_mapped();
  const BuiltNtfs::Record file = built.find("\\a");
  const std::size_t list = built.attribute_offset(file, 0x20);
  built.edit_record(file.offset, [&](std::span<std::byte> record) {
    fixture::put_u64(record, list + 48, max_list_size + 1);
  });
  const CountedVolume opened = test::open_counted(built.bytes);
  BOOST_TEST(is_status(opened.node(file.number).require(0x80, u""), Status::limit_exceeded));
  BOOST_TEST(opened.has_finding("attribute-list-damaged"));
}

BOOST_AUTO_TEST_CASE(lists_beyond_the_budget_of_a_walk_are_left_out) {
  NtfsBuilder builder;
  builder.file("\\a", NtfsData{.bytes = corner_content(100), .in_extension = true})
      .non_resident_list();
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = test::open_counted(built.bytes);
  const auto read = [&](ListBudget& budget) {
    return must(NtfsNode::from_record(
        opened.volume, must(opened.volume->mft().read_record(built.find("\\a").number)), &budget));
  };
  ListBudget enough(1024);
  BOOST_TEST(is_ok(read(enough).require(0x80, u"")));
  BOOST_TEST(!opened.has_finding("attribute-lists-left-out"));
  ListBudget none(8);
  const NtfsNode node = read(none);
  BOOST_TEST(is_status(node.require(0x80, u""), Status::limit_exceeded));
  BOOST_TEST(node.file_names().size() == 1U);
  BOOST_TEST(opened.has_finding("attribute-lists-left-out"));
  BOOST_TEST(none.take(8));
  BOOST_TEST(!none.take(1));
}

BOOST_AUTO_TEST_CASE(a_wof_file_whose_data_cannot_be_found_is_no_zeros) {
  const NtfsData hole = {.bytes = {}, .storage = NtfsStorage::sparse, .size = 50'000};
  NtfsBuilder builder;
  builder.file("algorithm", hole).reparse(fixture::wof_file_reparse(9));
  builder.file("no stream", hole).reparse(fixture::wof_file_reparse(0));
  builder.file("no tag", hole).reparse(std::vector<std::byte>(6)).stream("WofCompressedData", "x");
  builder.file("unknown", hole).reparse(std::vector<std::byte>(6));
  const FileSystemPtr volume = test::open_volume(builder);
  const auto check = [&](std::u16string_view path, Status status, ContentKind kind) {
    BOOST_TEST(is_status(test::read_path(*volume, path), status));
    BOOST_TEST((test::info_of(*volume, path).content == kind));
    BOOST_TEST(test::info_of(*volume, path).size == 50'000U);
  };
  check(u"\\algorithm", Status::unsupported, ContentKind::wof);
  check(u"\\no stream", Status::corrupt, ContentKind::wof);
  check(u"\\no tag", Status::truncated, ContentKind::wof);
  check(u"\\unknown", Status::truncated, ContentKind::stored);
  BOOST_TEST(test::has_finding(*volume, "wof-damaged"));
}

BOOST_AUTO_TEST_CASE(a_wof_file_that_was_written_again_is_read_from_its_clusters) {
  NtfsBuilder builder;
  builder.file("f", NtfsData{.bytes = corner_content(9000)}).reparse(fixture::wof_file_reparse(9));
  const FileSystemPtr volume = test::open_volume(builder);
  BOOST_TEST(test::holds(*volume, u"\\f", corner_content(9000)));
  BOOST_TEST((test::info_of(*volume, u"\\f").content == ContentKind::stored));
  BOOST_TEST(test::has_finding(*volume, "wof-damaged"));
}

BOOST_AUTO_TEST_CASE(clusters_of_a_deleted_file_that_are_in_use_again_are_reported) {
  NtfsBuilder builder;
  builder.file("\\gone", NtfsData{.bytes = corner_content(20'000)}).deleted();
  BuiltNtfs built = builder.build_mapped();
  const auto gone = std::ranges::find(built.records, u"\\gone", &BuiltNtfs::Record::path);
  BOOST_REQUIRE(gone != built.records.end());
  const auto open_it = [&] {
    CountedVolume opened = test::open_counted(built.bytes);
    const auto source = must(open_content(opened.node(gone->number), u""));
    BOOST_TEST((test::read_all(*source) == corner_content(20'000)));
    return opened;
  };
  BOOST_TEST(open_it().volume->findings().snapshot().empty());
  const auto last_lcn = [&](std::uint64_t record) {
    const CountedVolume opened = test::open_counted(built.bytes);
    const NtfsNode node = opened.node(record);
    const RunList runs = load_runs(node, *must(node.require(0x80, u"")));
    return static_cast<std::size_t>(runs.runs().back().lcn + runs.runs().back().length - 1);
  };
  const std::size_t last = last_lcn(gone->number);
  built.bytes[last_lcn(6) * built.cluster_size + last / 8] |=
      static_cast<std::byte>(1U << (last % 8));
  const CountedVolume reused = open_it();
  const std::string place = fmt::format("cluster 0x{:x}", last);
  BOOST_TEST(reused.has_finding("clusters-reallocated"));
  BOOST_TEST(test::mentions(reused.volume->findings().snapshot().items().front().text,
                            {"\"gone\"", place.c_str()}));
  BOOST_TEST(reused.source->bytes_read() < 40'000U);  // not all of $Bitmap
}

BOOST_AUTO_TEST_CASE(a_bad_extent_hides_no_good_one_of_the_same_record) {
  NtfsBuilder builder;
  builder.file("\\a", NtfsData{.bytes = corner_content(40 * 4096),
                               .storage = NtfsStorage::non_resident,
                               .fragments = 40,
                               .extensions = 4});
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = test::open_counted(built.bytes);
  const NtfsNode node = opened.node(built.find("\\a").number);
  AttributeChain chain = *must(node.require(0x80, u""));
  const ExtentPlace good = chain.more.front();
  BOOST_REQUIRE(good.lowest_vcn != 0);
  chain.more.insert(chain.more.begin(), {.lowest_vcn = good.lowest_vcn - 1, .record = good.record});
  BOOST_TEST(load_runs(node, chain).runs().size() == 40U);
  BOOST_TEST(opened.has_finding("extent-missing"));
}

BOOST_AUTO_TEST_CASE(a_damaged_directory_is_recovered_once_for_all_lookups) {
  NtfsBuilder builder;
  const auto directory =
      builder.directory("\\dir").index({.entries_per_block = 4, .lost_children = true});
  for (std::size_t i = 0; i < file_count; ++i) {
    directory.file(fmt::format("file {:02}", i), "x");
  }
  const auto source = std::make_shared<test::CountingSource>(builder.build());
  const auto volume = must(NtfsFileSystem::open(source, {}));
  const NodeId node = test::find_node(*volume, u"\\dir");
  source->reset();
  BOOST_TEST(!must(volume->lookup(node, u"g")));
  const std::uint64_t first = source->reads();
  source->reset();
  BOOST_TEST(!must(volume->lookup(node, u"g")));
  BOOST_TEST(must(volume->lookup(node, u"FILE 31")).has_value());
  BOOST_TEST(first > 10U);
  BOOST_TEST(source->reads() <= 4U);
}

BOOST_AUTO_TEST_CASE(a_table_of_too_many_files_or_names_is_refused) {
  ScanTable part;
  part.add_record(30);
  part.add_name({}, u"a", {});
  part.add_name({}, u"b", {});
  ScanTable table(4);
  BOOST_TEST(is_ok(table.append(part)));
  BOOST_TEST(is_ok(table.append(part)));
  BOOST_TEST(is_status(table.append(part), Status::limit_exceeded));
  BOOST_TEST(table.name_count() == 4U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
