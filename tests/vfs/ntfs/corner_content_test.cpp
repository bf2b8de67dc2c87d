// SPDX-License-Identifier: Apache-2.0
// Streams that no formatter writes and real volumes hold, each through the front door: open_ntfs().
#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fixtures/build/ntfs/lznt1_writer.h"
#include "fixtures/build/ntfs/ntfs_builder.h"
#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/corner_support.h"
#include "tests/vfs/ntfs/volume_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
using fixture::BuiltNtfs;
using fixture::ByteVector;
using fixture::NtfsBuilder;
using fixture::NtfsData;
using fixture::NtfsOptions;
using fixture::NtfsRun;
using fixture::NtfsStorage;
using fixture::WofAlgorithm;
namespace bdata = boost::unit_test::data;

namespace {

constexpr std::size_t unit = 16 * corner_cluster;

/// A volume of one file, which is read again.
bool round_trip(NtfsData data, const ByteVector& expected, const NtfsOptions& options = {}) {
  NtfsBuilder volume(options);
  volume.file("f", std::move(data));
  return holds(*open_volume(volume), u"\\f", expected);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(corner_content_cases)

BOOST_AUTO_TEST_CASE(data_over_several_records) {
  const ByteVector bytes = corner_content(80 * corner_cluster + 17);
  BOOST_TEST(round_trip({.bytes = bytes, .fragments = 40, .extensions = 7}, bytes));
  BOOST_TEST(
      round_trip({.bytes = bytes, .fragments = 3, .extensions = 2, .in_extension = true}, bytes));
  BOOST_TEST(round_trip({.bytes = corner_content(50), .in_extension = true}, corner_content(50)));
}

BOOST_AUTO_TEST_CASE(attribute_lists_in_clusters) {
  NtfsBuilder volume;
  volume.file("f", NtfsData{.bytes = corner_content(90000), .fragments = 20, .extensions = 4})
      .non_resident_list()
      .stream("other",
              NtfsData{.bytes = corner_content(70000, 3), .fragments = 9, .extensions = 2});
  const auto opened = open_volume(volume);
  BOOST_TEST(holds(*opened, u"\\f", corner_content(90000)));
  BOOST_TEST((must(read_path(*opened, u"\\f", u"other")) == corner_content(70000, 3)));
}

BOOST_AUTO_TEST_CASE(bytes_that_were_never_written_are_zero) {
  ByteVector expected = corner_content(30000);
  std::fill(expected.begin() + 5001, expected.end(), std::byte{0});
  BOOST_TEST(round_trip({.bytes = corner_content(30000), .valid_size = 5001}, expected));
  BOOST_TEST(round_trip({.bytes = corner_content(30000), .valid_size = 0}, ByteVector(30000)));
}

BOOST_AUTO_TEST_CASE(holes) {
  const ByteVector bytes =
      joined({corner_content(5000), ByteVector(50 * corner_cluster), corner_content(777, 5)});
  BOOST_TEST(round_trip({.bytes = bytes, .storage = NtfsStorage::sparse}, bytes));
  BOOST_TEST(round_trip({.bytes = bytes, .storage = NtfsStorage::sparse, .fragments = 2}, bytes,
                        {.cluster_size = 65536}));
}

BOOST_AUTO_TEST_CASE(a_file_of_nearly_all_that_fits_63_bits) {
  constexpr std::uint64_t size = (std::uint64_t{1} << 63U) - 2 * unit;
  NtfsBuilder volume;
  volume.file("f",
              NtfsData{.bytes = corner_content(100), .storage = NtfsStorage::sparse, .size = size});
  const auto opened = open_volume(volume);
  BOOST_TEST(info_of(*opened, u"\\f").size == size);
  BOOST_TEST(info_of(*opened, u"\\f").allocated_size == corner_cluster);
  const SourcePtr source = must(opened->open(find_node(*opened, u"\\f"), u""));
  ByteVector piece(200, std::byte{0xEE});
  BOOST_TEST(is_ok(source->read(0, piece)));
  BOOST_TEST((piece == joined({corner_content(100), ByteVector(100)})));
  BOOST_TEST(is_ok(source->read(size - 200, piece)));
  BOOST_TEST((piece == ByteVector(200)));
}

BOOST_AUTO_TEST_CASE(lznt1_of_every_kind_of_unit) {
  const ByteVector bytes = joined({corner_content(unit), corner_noise(unit), ByteVector(unit),
                                   corner_content(unit / 2, 3), corner_noise(999)});
  BOOST_TEST(round_trip({.bytes = bytes, .storage = NtfsStorage::compressed}, bytes));
  BOOST_TEST(round_trip(
      {.bytes = bytes, .storage = NtfsStorage::compressed, .fragments = 5, .extensions = 3}, bytes,
      {.cluster_size = 1024}));
}

BOOST_AUTO_TEST_CASE(an_lznt1_stream_that_ends_early) {
  ByteVector cut = fixture::lznt1_compress(corner_content(unit));
  cut.resize(cut.size() / 2);
  fixture::put_u16(cut, 0, 0xBFFF);  // its first chunk claims more than there is
  NtfsBuilder volume;
  volume.file("f",
              NtfsData{.bytes = ByteVector(2 * unit),
                       .storage = NtfsStorage::compressed,
                       .packed_units = {cut, fixture::lznt1_compress(corner_content(unit, 3))}});
  const auto opened = open_volume(volume);
  const SourcePtr source = must(opened->open(find_node(*opened, u"\\f"), u""));
  ByteVector second(unit);
  BOOST_TEST(is_ok(source->read(unit, second)));
  BOOST_TEST((second == corner_content(unit, 3)));
  (void)source->read(0, second);
  BOOST_TEST(has_finding(*opened, "lznt1-damaged"));
}

BOOST_DATA_TEST_CASE(compact_os, bdata::make({0, 1, 2, 3}), number) {
  const auto algorithm = static_cast<WofAlgorithm>(number);
  NtfsBuilder volume;
  const ByteVector bytes =
      joined({corner_content(70000), corner_noise(40000), ByteVector(40000), corner_content(3)});
  volume.file("packed").wof(algorithm, bytes);
  volume.file("stored").wof(algorithm, bytes, true);
  volume.file("empty").wof(algorithm, {});
  const auto opened = open_volume(volume);
  BOOST_TEST(holds(*opened, u"\\packed", bytes));
  BOOST_TEST(holds(*opened, u"\\stored", bytes));
  BOOST_TEST(holds(*opened, u"\\empty", {}));
  BOOST_TEST((info_of(*opened, u"\\packed").content == ContentKind::wof));
  BOOST_TEST((info_of(*opened, u"\\packed").kind == NodeKind::file));
  BOOST_TEST(info_of(*opened, u"\\packed").size == bytes.size());
}

BOOST_AUTO_TEST_CASE(content_that_is_elsewhere) {
  NtfsBuilder volume;
  const NtfsData hole = {.storage = NtfsStorage::sparse, .size = 5000};
  volume.file("wim", hole).reparse(fixture::wof_wim_reparse(1, 5000, 3000, 208));
  volume.file("dedup", hole).reparse(fixture::dedup_reparse());
  volume.file("cloud", hole).reparse(fixture::cloud_reparse(0x9000601A)).attributes(0x401000);
  const auto opened = open_volume(volume);
  const auto check = [&](std::u16string_view path, ContentKind kind) {
    BOOST_TEST((info_of(*opened, path).content == kind));
    BOOST_TEST(info_of(*opened, path).size == 5000U);
    BOOST_TEST(is_status(read_path(*opened, path), Status::unsupported));
  };
  check(u"\\wim", ContentKind::wim_backed);
  check(u"\\dedup", ContentKind::deduplicated);
  check(u"\\cloud", ContentKind::cloud_placeholder);
}

BOOST_AUTO_TEST_CASE(efs_gives_ciphertext) {
  NtfsBuilder volume;
  volume.file("secret").encrypted(corner_content(1024), 700);
  const auto opened = open_volume(volume);
  BOOST_TEST((info_of(*opened, u"\\secret").content == ContentKind::encrypted));
  BOOST_TEST((info_of(*opened, u"\\secret").attributes & file_attribute::encrypted) != 0U);
  const auto bytes = must(read_path(*opened, u"\\secret"));
  const ByteVector cipher = corner_content(1024);
  BOOST_REQUIRE_GE(bytes.size(), 700U);
  BOOST_REQUIRE_LE(bytes.size(), cipher.size());
  BOOST_TEST(std::equal(bytes.begin(), bytes.end(), cipher.begin()));
}

BOOST_AUTO_TEST_CASE(runs_that_overlap) {
  NtfsBuilder volume;
  const ByteVector bytes = corner_content(2 * corner_cluster);
  volume.file("f", NtfsData{.bytes = bytes});
  // Two corner_clusters at 500, and again: 500 is 0x1F4, the second run lies 0 behind the first.
  ByteVector twice;
  for (const unsigned byte : {0x21U, 2U, 0xF4U, 0x01U, 0x11U, 2U, 0U, 0U}) {
    twice.push_back(static_cast<std::byte>(byte));
  }
  volume.file("g", NtfsData{.bytes = ByteVector(4 * corner_cluster),
                            .storage = NtfsStorage::non_resident,
                            .raw_runs = twice});
  volume.options().volume_size = 3U << 20U;
  BuiltNtfs built = volume.build_mapped();
  fixture::put_bytes(built.bytes, 500 * corner_cluster, bytes);
  const auto opened = open_volume(built.bytes);
  BOOST_TEST(holds(*opened, u"\\g", joined({bytes, bytes})));
  BOOST_TEST(holds(*opened, u"\\f", bytes));
}

BOOST_AUTO_TEST_CASE(runs_that_leave_the_volume) {
  const auto max = std::int64_t{0x7FFFFFFFFFFFFFFF};
  for (const NtfsRun& run :
       {NtfsRun{4, 100'000}, NtfsRun{4, -5}, NtfsRun{4, max}, NtfsRun{std::uint64_t{1} << 62U, 10},
        NtfsRun{~std::uint64_t{0}, 10}, NtfsRun{std::uint64_t{1} << 63U, {}}}) {
    NtfsBuilder volume;
    volume.file("f", NtfsData{.bytes = corner_content(2 * corner_cluster),
                              .storage = NtfsStorage::non_resident,
                              .size = 5 * corner_cluster,
                              .extra_runs = {run}});
    volume.file("g", "good");
    const auto opened = open_volume(volume);
    BOOST_TEST(holds(*opened, u"\\g", fixture::ascii_bytes("good")));
    const auto source = opened->open(find_node(*opened, u"\\f"), u"");
    ByteVector start(2 * corner_cluster);
    const Result<void> got = source ? (*source)->read(0, start) : Result<void>();
    // What lies before a run that leads away is good. An extent that could not be that long may be
    // refused whole, or its attribute left out, which then is a finding.
    const bool good = source && got && start == corner_content(start.size());
    const bool refused = (!source && source.error().status() == Status::corrupt) ||
                         (!got && got.error().status() == Status::corrupt);
    const bool left_out = !source && has_finding(*opened, "attribute-damaged");
    BOOST_TEST((good || (run.clusters > 4 && (refused || left_out))), "run of " << run.clusters);
    exercise(opened);
  }
}

BOOST_AUTO_TEST_SUITE_END()
