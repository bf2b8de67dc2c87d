// SPDX-License-Identifier: Apache-2.0
// LZNT1 streams: units of every kind, their damage, their costs.
#include "vfs/ntfs/lznt1_source.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "fixtures/build/ntfs/lznt1_writer.h"
#include "tests/support/matchers.h"
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
using test::is_status;
using test::must;
using test::OneStream;
using test::packable;
using test::pattern;
using test::read_all;
using test::read_pieces;
using test::with_zeros_from;

using ByteVector = std::vector<std::byte>;

constexpr std::size_t unit = 16 * cluster;

BOOST_AUTO_TEST_SUITE(lznt1_source)

/// Units of all kinds: packed, raw, a hole, packed, and the start of one.
ByteVector mixed_content() {
  ByteVector content = packable(unit);
  const auto add = [&content](const ByteVector& more) {
    content.insert(content.end(), more.begin(), more.end());
  };
  add(pattern(2 * unit));
  add(ByteVector(unit));
  add(packable(unit, 7));
  add(packable(10'000, 9));
  return content;
}

BOOST_AUTO_TEST_CASE(reads_units_of_every_kind) {
  const OneStream stream({.bytes = mixed_content(), .storage = NtfsStorage::compressed});
  check_content(stream, mixed_content());
}

BOOST_AUTO_TEST_CASE(reads_units_that_are_scattered_over_runs_and_records) {
  const OneStream stream({.bytes = mixed_content(),
                          .storage = NtfsStorage::compressed,
                          .fragments = 30,
                          .extensions = 3});
  check_content(stream, mixed_content());
}

BOOST_AUTO_TEST_CASE(reads_units_of_small_clusters) {
  const OneStream stream({.bytes = mixed_content(), .storage = NtfsStorage::compressed},
                         {.cluster_size = 512});
  check_content(stream, mixed_content());
}

BOOST_AUTO_TEST_CASE(decodes_each_unit_once_in_a_pass) {
  const OneStream stream({.bytes = mixed_content(), .storage = NtfsStorage::compressed});
  (void)read_pieces(*stream.source, 4096);
  // Three units are packed; of the raw ones each cluster is a read of its own here.
  BOOST_TEST(stream.opened.source->reads() == 3U + 32U);
  stream.opened.source->reset();
  (void)read_pieces(*stream.source, 4096);
  BOOST_TEST(stream.opened.source->reads() == 32U);
}

BOOST_AUTO_TEST_CASE(all_sources_of_a_stream_share_what_was_decoded) {
  const OneStream stream({.bytes = packable(unit), .storage = NtfsStorage::compressed});
  (void)read_pieces(*stream.source, 4096);
  const NtfsNode node = stream.opened.node(stream.built.find("\\f").number);
  const SourcePtr other = must(open_attribute(node, *node.find(data_type, u"")));
  stream.opened.source->reset();
  BOOST_TEST((read_pieces(*other, 4096) == packable(unit)));
  BOOST_TEST(stream.opened.source->reads() == 0U);
}

BOOST_AUTO_TEST_CASE(raw_units_are_read_together) {
  const OneStream stream({.bytes = pattern(8 * unit), .storage = NtfsStorage::compressed});
  (void)read_all(*stream.source);
  BOOST_TEST(stream.opened.source->reads() == 1U);
}

BOOST_AUTO_TEST_CASE(what_was_never_written_is_zero_in_packed_units_too) {
  for (const std::size_t valid : {std::size_t{100}, unit + 5, 2 * unit}) {
    const OneStream stream(
        {.bytes = packable(3 * unit), .storage = NtfsStorage::compressed, .valid_size = valid});
    check_content(stream, with_zeros_from(packable(3 * unit), valid));
  }
}

BOOST_AUTO_TEST_CASE(a_damaged_unit_reads_as_what_was_decoded_and_zeros) {
  ByteVector damaged = fixture::lznt1_compress(packable(unit));
  const std::size_t middle = damaged.size() / 2;
  std::fill(damaged.begin() + static_cast<std::ptrdiff_t>(middle), damaged.end(), std::byte{0xFF});
  const OneStream stream({.bytes = packable(2 * unit),
                          .storage = NtfsStorage::compressed,
                          .packed_units = {damaged, fixture::lznt1_compress(packable(unit, 3))}});
  const ByteVector content = read_all(*stream.source);
  BOOST_TEST(stream.opened.has_finding("lznt1-damaged"));
  BOOST_TEST(std::ranges::equal(std::span(content).first(cluster), packable(cluster)));
  BOOST_TEST(std::ranges::equal(std::span(content).last(unit), packable(unit, 3)));
}

BOOST_AUTO_TEST_CASE(an_impossible_unit_is_refused) {
  NtfsBuilder builder;
  builder.file("\\f", NtfsData{.bytes = packable(unit),
                               .storage = NtfsStorage::compressed,
                               .unit_log2 = std::uint8_t{60}});
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = test::open_counted(built.bytes);
  const NtfsNode node = opened.node(built.find("\\f").number);
  BOOST_TEST(is_status(open_attribute(node, *node.find(data_type, u"")), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(clusters_larger_than_any_unit_are_refused) {
  for (const std::uint8_t log2 : std::vector<std::uint8_t>{0, 4, 12, 31, 64, 255}) {
    NtfsBuilder builder({.cluster_size = 2U << 20});
    builder.file("\\f", NtfsData{.bytes = packable(unit),
                                 .storage = NtfsStorage::non_resident,
                                 .unit_log2 = log2,
                                 .flags = 0x0001});
    const BuiltNtfs built = builder.build_mapped();
    const CountedVolume opened = test::open_counted(built.bytes);
    const NtfsNode node = opened.node(built.find("\\f").number);
    BOOST_TEST(is_status(open_attribute(node, *node.find(data_type, u"")), Status::corrupt));
  }
}

BOOST_AUTO_TEST_CASE(a_unit_of_unknown_size_has_16_clusters) {
  const OneStream stream(
      {.bytes = mixed_content(), .storage = NtfsStorage::compressed, .unit_log2 = std::uint8_t{0}});
  check_content(stream, mixed_content());
}

BOOST_AUTO_TEST_CASE(threads_may_share_a_stream) {
  const OneStream stream({.bytes = mixed_content(), .storage = NtfsStorage::compressed});
  const ByteVector expected = mixed_content();
  std::vector<ByteVector> results(4);
  {
    std::vector<std::jthread> threads;
    for (ByteVector& result : results) {
      threads.emplace_back([&] {
        result.resize(expected.size());
        for (std::size_t at = 0; at < result.size(); at += 5000) {
          const std::size_t count = std::min<std::size_t>(5000, result.size() - at);
          (void)stream.source->read(at, std::span(result).subspan(at, count));
        }
      });
    }
  }
  for (const ByteVector& result : results) {
    BOOST_TEST((result == expected));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
