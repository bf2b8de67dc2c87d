// SPDX-License-Identifier: Apache-2.0
// Streams as sources: what they give and what they cost.
#include "vfs/ntfs/stream.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "tests/vfs/ntfs/counted_volume.h"
#include "tests/vfs/ntfs/one_stream.h"

namespace casement::ntfs {
namespace {

using fixture::BuiltNtfs;
using fixture::NtfsBuilder;
using fixture::NtfsData;
using fixture::NtfsStorage;
using test::check_content;
using test::cluster;
using test::CountedVolume;
using test::data_type;
using test::is_ok;
using test::is_status;
using test::must;
using test::OneStream;
using test::pattern;
using test::read_all;
using test::with_zeros_from;

using ByteVector = std::vector<std::byte>;

BOOST_AUTO_TEST_SUITE(stream)

BOOST_AUTO_TEST_CASE(reads_resident_values) {
  const OneStream stream({.bytes = pattern(100), .storage = NtfsStorage::resident});
  check_content(stream, pattern(100));
  BOOST_TEST(stream.opened.source->reads() == 0U);
}

BOOST_AUTO_TEST_CASE(reads_clusters) {
  check_content(OneStream({.bytes = pattern(3), .storage = NtfsStorage::non_resident}), pattern(3));
  check_content(OneStream({.bytes = pattern(100'000)}), pattern(100'000));
  check_content(OneStream({.bytes = pattern(100'000), .fragments = 10}), pattern(100'000));
  check_content(OneStream({.bytes = {}, .storage = NtfsStorage::non_resident}), {});
}

BOOST_AUTO_TEST_CASE(reads_clusters_of_any_size) {
  for (const std::uint32_t size : {512U, 65536U, 2U << 20}) {
    check_content(OneStream({.bytes = pattern(100'000)}, {.cluster_size = size}), pattern(100'000));
  }
}

BOOST_AUTO_TEST_CASE(one_read_for_each_run) {
  const OneStream stream({.bytes = pattern(40 * cluster), .fragments = 5});
  (void)read_all(*stream.source);
  BOOST_TEST(stream.opened.source->reads() == 5U);
  BOOST_TEST(stream.opened.source->bytes_read() == 40U * cluster);
}

BOOST_AUTO_TEST_CASE(what_was_never_written_is_zero) {
  const std::size_t valid = 5000;
  const OneStream stream({.bytes = pattern(20'000), .valid_size = valid});
  check_content(stream, with_zeros_from(pattern(20'000), valid));
  // And nothing of it is read.
  stream.opened.source->reset();
  ByteVector part(1000);
  BOOST_TEST(is_ok(stream.source->read(valid, part)));
  BOOST_TEST(stream.opened.source->reads() == 0U);
}

BOOST_AUTO_TEST_CASE(holes_are_zero_and_cost_nothing) {
  ByteVector content = pattern(30 * cluster);
  std::fill_n(content.begin() + 3 * cluster, 20 * cluster, std::byte{0});
  const OneStream stream({.bytes = content, .storage = NtfsStorage::sparse});
  check_content(stream, content);
  stream.opened.source->reset();
  (void)read_all(*stream.source);
  BOOST_TEST(stream.opened.source->bytes_read() == 10U * cluster);
}

BOOST_AUTO_TEST_CASE(huge_holes_are_cheap) {
  const std::uint64_t size = std::uint64_t{64} << 30;
  const OneStream stream(
      {.bytes = pattern(100), .storage = NtfsStorage::sparse, .size = size, .valid_size = size});
  BOOST_TEST(stream.source->size() == size);
  ByteVector tail(1000, std::byte{1});
  BOOST_TEST(is_ok(stream.source->read(size - tail.size(), tail)));
  BOOST_TEST((tail == ByteVector(1000)));
  BOOST_TEST(is_status(stream.source->read(size - 1, tail), Status::truncated));
}

BOOST_AUTO_TEST_CASE(bytes_behind_the_allocation_are_zero_and_reported) {
  BuiltNtfs built;
  {
    NtfsBuilder builder;
    builder.file("\\f", NtfsData{.bytes = pattern(2 * cluster)});
    built = builder.build_mapped();
  }
  const BuiltNtfs::Record record = built.find("\\f");
  const std::size_t data = built.attribute_offset(record, data_type);
  built.edit_record(record.offset, [data](std::span<std::byte> bytes) {
    fixture::put_u64(bytes, data + 48, 3 * cluster);
    fixture::put_u64(bytes, data + 56, 3 * cluster);
  });
  const CountedVolume opened = test::open_counted(built.bytes);
  const NtfsNode node = opened.node(record.number);
  const SourcePtr source = must(open_attribute(node, *node.find(data_type, u"")));
  ByteVector expected = pattern(2 * cluster);
  expected.resize(3 * cluster);
  BOOST_TEST((read_all(*source) == expected));
  BOOST_TEST(opened.has_finding("stream-beyond-allocation"));
}

BOOST_AUTO_TEST_CASE(a_damaged_run_list_gives_what_comes_before_the_damage) {
  // 4 clusters, of which the third is said to lie outside of the volume.
  const OneStream good({.bytes = pattern(4 * cluster)});
  BuiltNtfs built = good.built;
  const BuiltNtfs::Record record = built.find("\\f");
  const std::size_t data = built.attribute_offset(record, data_type);
  const NtfsNode node = good.opened.node(record.number);
  const std::uint64_t lcn = load_runs(node, *node.find(data_type, u"")).runs()[0].lcn;
  built.edit_record(record.offset, [data, lcn](std::span<std::byte> bytes) {
    const std::size_t runs = data + fixture::get_u16(bytes, data + 32);
    fixture::put_u32(bytes, runs, static_cast<std::uint32_t>(0x0221 | lcn << 16));
    fixture::put_u32(bytes, runs + 4, 0x7FFF'0221);
  });
  const CountedVolume opened = test::open_counted(built.bytes);
  const NtfsNode damaged = opened.node(record.number);
  const SourcePtr source = must(open_attribute(damaged, *damaged.find(data_type, u"")));
  BOOST_TEST(opened.has_finding("extent-missing"));
  ByteVector front(2 * cluster);
  BOOST_TEST(is_ok(source->read(0, front)));
  const ByteVector whole = pattern(4 * cluster);
  BOOST_TEST(std::equal(front.begin(), front.end(), whole.begin()));
  BOOST_TEST(is_status(source->read(2 * cluster, std::span(front).first(1)), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(reads_past_a_truncated_volume_fail) {
  const OneStream good({.bytes = pattern(cluster)});
  const NtfsNode node = good.opened.node(good.built.find("\\f").number);
  const std::uint64_t lcn = load_runs(node, *node.find(data_type, u"")).runs()[0].lcn;
  ByteVector bytes = good.built.bytes;
  bytes.resize(lcn * cluster + 100);
  const auto volume = NtfsVolume::open(std::make_shared<test::CountingSource>(bytes), {});
  if (!volume) {
    return;  // the writer may put the MFT behind the files
  }
  const NtfsNode cut = must(NtfsNode::read(*volume, node.reference()));
  const SourcePtr source = must(open_attribute(cut, *cut.find(data_type, u"")));
  ByteVector part(100);
  BOOST_TEST(is_ok(source->read(0, part)));
  BOOST_TEST(is_status(source->read(1, part), Status::truncated));
}

BOOST_AUTO_TEST_CASE(sources_outlive_the_volume) {
  SourcePtr source;
  {
    OneStream stream({.bytes = pattern(3 * cluster)});
    source = stream.source;
  }
  BOOST_TEST((read_all(*source) == pattern(3 * cluster)));
}

BOOST_AUTO_TEST_CASE(describes_itself) {
  NtfsBuilder builder;
  builder.file("\\f", "x").stream("side", "y");
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = test::open_counted(built.bytes);
  const NtfsNode node = opened.node(built.find("\\f").number);
  const SourcePtr source = must(open_attribute(node, *node.find(data_type, u"side")));
  BOOST_TEST(test::mentions(source->describe(), {"volume / MFT record ", ":side"}));
}

BOOST_AUTO_TEST_CASE(reads_whole_values_up_to_a_limit) {
  const OneStream stream({.bytes = pattern(2 * cluster)});
  const NtfsNode node = stream.opened.node(stream.built.find("\\f").number);
  const AttributeChain& chain = *node.find(data_type, u"");
  BOOST_TEST((must(read_attribute(node, chain, 2 * cluster)) == pattern(2 * cluster)));
  BOOST_TEST(is_status(read_attribute(node, chain, 2 * cluster - 1), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(another_compression_is_unsupported) {
  const OneStream good({.bytes = pattern(cluster)});
  BuiltNtfs built = good.built;
  const BuiltNtfs::Record record = built.find("\\f");
  const std::size_t data = built.attribute_offset(record, data_type);
  built.edit_record(record.offset, [data](std::span<std::byte> bytes) {
    fixture::put_u16(bytes, data + 12, 0x0002);
  });
  const CountedVolume opened = test::open_counted(built.bytes);
  const NtfsNode node = opened.node(record.number);
  BOOST_TEST(is_status(open_attribute(node, *node.find(data_type, u"")), Status::unsupported));
}

BOOST_AUTO_TEST_CASE(reads_a_sparse_file_of_a_real_volume) {
  if (!test::have_real_data()) {
    return;
  }
  const auto volume = must(NtfsVolume::open(test::real_source("disk/colinfinck_ntfs/testfs1"), {}));
  const NtfsNode node = must(NtfsNode::read(volume, {67}));
  const AttributeChain* data = must(node.require(data_type, u""));
  BOOST_TEST(load_runs(node, *data).allocated_clusters() * 512 < 100'000U);
  ByteVector expected(500'005);
  for (std::size_t i = 0; i < 5; ++i) {
    expected[i] = static_cast<std::byte>('1' + i);
    expected[500'000 + i] = std::byte{'1'};
  }
  BOOST_TEST((read_all(*must(open_attribute(node, *data))) == expected));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
