// SPDX-License-Identifier: Apache-2.0
// Finding the MFT and its records, whole and damaged.
#include "vfs/ntfs/mft.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <limits>
#include <string>

#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "tests/vfs/ntfs/counted_volume.h"
#include "tests/vfs/ntfs/record_bytes.h"
#include "vfs/source/extent_source.h"
#include "vfs/source/memory_source.h"
#include "vfs/source/slice_source.h"

namespace casement::ntfs {
namespace {

using fixture::BuiltNtfs;
using fixture::NtfsBuilder;
using fixture::NtfsOptions;
using test::CountedVolume;
using test::is_ok;
using test::is_status;
using test::must;
using test::open_counted;

/// A volume whose MFT has more records than record 0 alone could tell of.
BuiltNtfs make_volume(NtfsOptions options = {}) {
  NtfsBuilder builder(std::move(options));
  for (int i = 0; i < 40; ++i) {
    builder.file("\\dir\\file" + std::to_string(i), "content " + std::to_string(i));
  }
  return builder.build_mapped();
}

/// Every record is found and is the one that was written.
void check_records(const CountedVolume& opened, const BuiltNtfs& built) {
  BOOST_TEST(opened.volume->mft().record_count() >= built.records.size());
  for (const BuiltNtfs::Record& record : built.records) {
    const FileRecord read = must(opened.volume->mft().read_record(record.number));
    BOOST_TEST(read.sequence() == record.sequence);
    BOOST_TEST(read.base().value_or(FileReference{}).record() == record.base);
  }
}

std::vector<std::byte> overwrite(std::vector<std::byte> bytes, std::size_t offset,
                                 std::size_t count) {
  std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), count, std::byte{0xEE});
  return bytes;
}

BOOST_AUTO_TEST_SUITE(mft)

BOOST_AUTO_TEST_CASE(finds_every_record) {
  const BuiltNtfs built = make_volume();
  const CountedVolume opened = open_counted(built.bytes);
  check_records(opened, built);
  BOOST_TEST(opened.volume->findings().snapshot().empty());
  BOOST_TEST(opened.volume->mft().runs().runs().size() == 1U);
}

BOOST_AUTO_TEST_CASE(finds_every_record_of_a_fragmented_mft) {
  const BuiltNtfs built = make_volume({.mft_fragments = 7});
  const CountedVolume opened = open_counted(built.bytes);
  BOOST_TEST(opened.volume->mft().runs().runs().size() == 7U);
  check_records(opened, built);
}

BOOST_AUTO_TEST_CASE(finds_runs_by_the_attribute_list_of_the_mft_itself) {
  const BuiltNtfs built = make_volume({.mft_fragments = 7, .mft_extensions = 3});
  const CountedVolume opened = open_counted(built.bytes);
  BOOST_TEST(opened.volume->mft().runs().runs().size() == 7U);
  check_records(opened, built);
  BOOST_TEST(opened.volume->findings().snapshot().empty());
}

BOOST_AUTO_TEST_CASE(reads_records_of_4096_bytes) {
  const BuiltNtfs built = make_volume({.sector_size = 4096, .record_size = 4096});
  check_records(open_counted(built.bytes), built);
}

BOOST_AUTO_TEST_CASE(reads_records_larger_and_smaller_than_clusters) {
  const BuiltNtfs small = make_volume({.cluster_size = 512});
  check_records(open_counted(small.bytes), small);
  const BuiltNtfs large = make_volume({.cluster_size = 65536});
  check_records(open_counted(large.bytes), large);
}

BOOST_AUTO_TEST_CASE(one_record_is_one_read) {
  const BuiltNtfs built = make_volume();
  const CountedVolume opened = open_counted(built.bytes);
  BOOST_TEST(is_ok(opened.volume->mft().read_record(30)));
  BOOST_TEST(opened.source->reads() == 1U);
  BOOST_TEST(opened.source->bytes_read() == 1024U);
}

BOOST_AUTO_TEST_CASE(many_records_are_one_read_for_each_run) {
  const BuiltNtfs built = make_volume({.mft_fragments = 3});
  const CountedVolume opened = open_counted(built.bytes);
  const Mft& mft = opened.volume->mft();
  std::vector<std::byte> buffer(mft.record_count() * mft.record_size());
  BOOST_TEST(is_ok(mft.read_records(0, mft.record_count(), buffer)));
  BOOST_TEST(opened.source->reads() == 3U);
  for (const BuiltNtfs::Record& record : built.records) {
    const auto raw =
        MutableBytes(buffer).subspan(record.number * mft.record_size(), mft.record_size());
    BOOST_TEST(must(FileRecord::view(raw, record.number)).sequence() == record.sequence);
  }
}

BOOST_AUTO_TEST_CASE(records_behind_the_end_are_not_found) {
  const CountedVolume opened = open_counted(make_volume().bytes);
  const Mft& mft = opened.volume->mft();
  BOOST_TEST(is_status(mft.read_record(mft.record_count()), Status::not_found));
  BOOST_TEST(
      is_status(mft.read_record(std::numeric_limits<std::uint64_t>::max()), Status::not_found));
}

BOOST_AUTO_TEST_CASE(record_0_can_come_from_the_mirror) {
  const BuiltNtfs built = make_volume({.mft_fragments = 4, .damage_mft_record = true});
  const CountedVolume opened = open_counted(built.bytes);
  BOOST_TEST(opened.has_finding("mft-mirror-used"));
  check_records(opened, built);
}

BOOST_AUTO_TEST_CASE(a_torn_record_0_comes_from_the_mirror) {
  const BuiltNtfs built = make_volume();
  const CountedVolume opened =
      open_counted(overwrite(built.bytes, built.record(0).offset + 1022, 2));
  BOOST_TEST(opened.has_finding("mft-mirror-used"));
  check_records(opened, built);
}

BOOST_AUTO_TEST_CASE(records_1_to_3_come_from_the_mirror) {
  const BuiltNtfs built = make_volume();
  for (const std::uint32_t number : {1U, 2U, 3U}) {
    for (const std::size_t place : {std::size_t{0}, std::size_t{510}}) {
      const CountedVolume opened =
          open_counted(overwrite(built.bytes, built.record(number).offset + place, 2));
      BOOST_TEST(!must(opened.volume->mft().read_record(number)).torn());
      BOOST_TEST(opened.has_finding("mft-mirror-used"));
    }
  }
}

BOOST_AUTO_TEST_CASE(without_both_there_is_no_mft) {
  const BuiltNtfs built = make_volume();
  auto bytes = overwrite(built.bytes, built.record(0).offset, 1024);
  bytes = overwrite(std::move(bytes), built.mirror_offset, 1024);
  const auto opened = NtfsVolume::open(make_memory_source(std::move(bytes), "volume"), {});
  BOOST_TEST(is_status(opened, Status::corrupt));
  BOOST_TEST(test::mentions(opened.error().message(), {"$MFT", "MFT record 0", "FILE"}));
}

BOOST_AUTO_TEST_CASE(torn_records_are_read_and_reported) {
  const BuiltNtfs built = make_volume();
  const CountedVolume opened =
      open_counted(overwrite(built.bytes, built.record(30).offset + 1022, 2));
  BOOST_TEST(must(opened.volume->mft().read_record(30)).torn());
  BOOST_TEST(opened.has_finding("record-torn"));
}

BOOST_AUTO_TEST_CASE(a_lost_extension_hides_only_its_own_records) {
  const BuiltNtfs built = make_volume({.mft_fragments = 7, .mft_extensions = 3});
  const auto extension = std::ranges::find_if(built.records, [](const BuiltNtfs::Record& record) {
    return record.number != 0 && record.base == 0 && record.path.empty() && record.number >= 15;
  });
  BOOST_REQUIRE(extension != built.records.end());
  const CountedVolume opened = open_counted(overwrite(built.bytes, extension->offset, 1024));
  BOOST_TEST(opened.has_finding("extent-missing"));
  std::size_t found = 0;
  std::size_t lost = 0;
  for (const BuiltNtfs::Record& record : built.records) {
    (opened.volume->mft().read_record(record.number) ? found : lost) += 1;
  }
  BOOST_TEST(found > 16U);
  BOOST_TEST(lost > 0U);
}

BOOST_AUTO_TEST_CASE(a_size_beyond_the_volume_is_cut) {
  BuiltNtfs built = make_volume();
  built.edit_record(built.record(0).offset, [&](std::span<std::byte> record) {
    const std::size_t data = built.attribute_offset(built.record(0), 0x80);
    fixture::put_u64(record, data + 48, std::uint64_t{1} << 60);
    fixture::put_u64(record, data + 56, std::uint64_t{1} << 60);
  });
  const CountedVolume opened = open_counted(built.bytes);
  BOOST_TEST(opened.has_finding("mft-size-damaged"));
  BOOST_TEST(opened.volume->mft().record_count() <= built.bytes.size() / 1024);
}

BOOST_AUTO_TEST_CASE(opens_by_the_backup_boot_sector) {
  const BuiltNtfs built = make_volume({.damage_boot = true});
  const CountedVolume opened = open_counted(built.bytes);
  BOOST_TEST(opened.has_finding("boot-backup-used"));
  check_records(opened, built);
}

BOOST_AUTO_TEST_CASE(opens_by_the_backup_when_the_first_sector_leads_nowhere) {
  BuiltNtfs built = make_volume();
  fixture::put_u64(built.bytes, 48, 1);  // the MFT
  fixture::put_u64(built.bytes, 56, 1);  // its mirror
  const CountedVolume opened = open_counted(built.bytes);
  BOOST_TEST(opened.has_finding("boot-backup-used"));
  check_records(opened, built);
}

BOOST_AUTO_TEST_CASE(opens_without_the_last_sector) {
  BuiltNtfs built = make_volume();
  built.bytes.resize(built.backup_boot_offset);
  const CountedVolume opened = open_counted(built.bytes);
  check_records(opened, built);
}

BOOST_AUTO_TEST_CASE(says_when_the_volume_is_cut) {
  BuiltNtfs built = make_volume();
  built.bytes.resize(built.bytes.size() - 64 * 1024);
  BOOST_TEST(open_counted(built.bytes).has_finding("volume-truncated"));
}

BOOST_AUTO_TEST_CASE(survives_truncation_anywhere) {
  const BuiltNtfs built = make_volume({.mft_fragments = 5, .mft_extensions = 2});
  const SourcePtr whole = make_memory_source(built.bytes, "volume");
  for (std::size_t size = 0; size < built.bytes.size(); size += 8191) {
    const auto volume = NtfsVolume::open(must(make_slice_source(whole, 0, size, "front")), {});
    if (volume) {
      (void)(*volume)->mft().read_record(20);
    }
  }
}

/// The boot sector, record 0 and four extension records of a volume of 240 GiB with the places that
/// they have there.
SourcePtr fragmented_volume() {
  const auto raw = test::real_bytes("disk/dissect_ntfs/ntfs_fragmented_mft.csv.gz");
  std::string text;
  for (const std::byte b : raw) {
    text.push_back(static_cast<char>(b));
  }
  std::vector<SourceExtent> extents;
  std::uint64_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t line_end = std::min(text.find('\n', at), text.size());
    const std::size_t comma = text.find(',', at);
    BOOST_REQUIRE(comma < line_end);
    const std::uint64_t offset = std::strtoull(text.c_str() + at, nullptr, 10);
    auto bytes = test::hex(std::string_view(text).substr(comma + 1, line_end - comma - 1));
    extents.push_back({.length = offset - end, .source = nullptr, .offset = 0});
    end = offset + bytes.size();
    const std::uint64_t length = bytes.size();
    extents.push_back({length, make_memory_source(std::move(bytes), "piece"), 0});
    at = line_end + 1;
  }
  extents.push_back({.length = (std::uint64_t{1} << 40) - end, .source = nullptr, .offset = 0});
  return must(make_extent_source(std::move(extents), "volume"));
}

BOOST_AUTO_TEST_CASE(reads_the_mft_of_a_real_volume_in_238_runs) {
  if (!test::have_real_data()) {
    return;
  }
  const auto volume = must(NtfsVolume::open(fragmented_volume(), {}));
  BOOST_TEST(volume->mft().runs().runs().size() == 238U);
  BOOST_TEST(volume->mft().record_count() == volume->mft().runs().end_vcn() *
                                                 volume->geometry().cluster_size /
                                                 volume->geometry().record_size);
  BOOST_TEST(volume->findings().snapshot().empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
