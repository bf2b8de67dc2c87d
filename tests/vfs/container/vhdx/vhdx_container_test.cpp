// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/vhdx/vhdx_container.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstring>

#include "tests/vfs/container/vhdx/vhdx_support.h"
#include "vfs/container/vhdx/vhdx_file.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace)
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;
using fixture::ByteVector;
using fixture::DiskContent;
using fixture::VhdxPlan;

constexpr std::uint64_t disk_size = 3 * mib + 8192;

/// Four blocks, the last of 8 KiB: something around the border of the first two, and the end.
DiskContent content() {
  return fixture::sparse_disk(disk_size,
                              {{mib - 5000, pattern(9000, 1)}, {disk_size - 700, pattern(700, 2)}});
}

void check_around(const ByteSource& disk, const ByteVector& whole, std::uint64_t center) {
  for (std::uint64_t offset = center - 6000; offset < center + 6000 && offset < whole.size();
       offset += 487) {
    for (const std::size_t length : {1U, 512U, 4097U, 9000U}) {
      const std::size_t count = std::min<std::size_t>(length, whole.size() - offset);
      ByteVector out(count);
      must(disk.read(offset, out));
      BOOST_REQUIRE(std::memcmp(out.data(), whole.data() + offset, count) == 0);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vhdx_container)

BOOST_AUTO_TEST_CASE(reads_a_dynamic_disk_within_and_across_blocks) {
  const auto opened = must(open_source(as_source(build_vhdx(content(), small_plan()))));
  const ByteVector whole = expected(content());
  BOOST_REQUIRE_EQUAL(opened.disk->size(), disk_size);
  BOOST_TEST((read_all(*opened.disk) == whole));
  check_around(*opened.disk, whole, mib);
  check_around(*opened.disk, whole, 2 * mib);
  check_around(*opened.disk, whole, disk_size - 1);
  BOOST_TEST(opened.format == "vhdx");
  BOOST_TEST(opened.detail == "dynamic, 3 MiB, 1 MiB blocks");
  BOOST_TEST(opened.sector_size.value() == 512U);
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
}

BOOST_DATA_TEST_CASE(reads_a_fixed_disk_with_either_sector_size, bdata::make({512U, 4096U}),
                     sector) {
  VhdxPlan plan = small_plan();
  plan.fixed = true;
  plan.logical_sector_size = sector;
  const auto opened = must(open_source(as_source(build_vhdx(content(), plan))));
  BOOST_TEST((read_all(*opened.disk) == expected(content())));
  BOOST_TEST(opened.detail.starts_with("fixed, "));
  BOOST_TEST(opened.sector_size.value() == sector);
}

BOOST_AUTO_TEST_CASE(a_read_in_a_present_block_is_one_read_of_the_file) {
  const auto file =
      std::make_shared<CountingSource>(as_source(build_vhdx(content(), small_plan())));
  const auto opened = must(open_source(file));
  ByteVector out(4000);
  const std::size_t before = file->reads();
  must(opened.disk->read(mib - 4000, out));
  BOOST_TEST(file->reads() == before + 1);
  must(opened.disk->read(2 * mib, out));  // absent
  BOOST_TEST(file->reads() == before + 1);
  must(opened.disk->read(mib - 2000, out));
  BOOST_TEST(file->reads() == before + 3);
}

BOOST_AUTO_TEST_CASE(entries_skip_the_places_of_sector_bitmaps) {
  // 2^23 sectors of 512 bytes in blocks of 256 MiB: after 16 entries one belongs to a bitmap.
  VhdxPlan plan;
  plan.block_size = 256U << 20;
  const std::uint64_t size = 40 * std::uint64_t{plan.block_size};
  const auto sparse = fixture::sparse_disk(size, {});
  ByteVector image = build_vhdx(sparse, plan);
  const auto put_entry = [&](std::uint64_t index, std::uint64_t entry) {
    fixture::put_u64(image, fixture::vhdx_block_table(plan) + 8 * index, entry);
  };
  const std::uint64_t end = image.size();
  image.resize(end + mib, std::byte{0x5A});
  put_entry(15, end | 6);
  put_entry(16, 6);        // a bitmap's: not a block's
  put_entry(17, end | 6);  // of block 16
  put_entry(34, end | 6);  // of block 32
  const auto opened = must(open_source(as_source(std::move(image))));
  const auto first_byte = [&](std::uint64_t block) {
    std::array<std::byte, 1> out{};
    must(opened.disk->read(block * plan.block_size, out));
    return std::to_integer<int>(out[0]);
  };
  BOOST_TEST(first_byte(14) == 0);
  BOOST_TEST(first_byte(15) == 0x5A);
  BOOST_TEST(first_byte(16) == 0x5A);
  BOOST_TEST(first_byte(17) == 0);
  BOOST_TEST(first_byte(31) == 0);
  BOOST_TEST(first_byte(32) == 0x5A);
}

BOOST_AUTO_TEST_CASE(states_that_mean_zeros_are_zeros) {
  const ByteVector image = build_vhdx(content(), small_plan());
  for (const int state : {1, 2, 3}) {
    ByteVector changed = image;
    changed[fixture::vhdx_block_table(small_plan())] = static_cast<std::byte>(state);
    const auto opened = must(open_source(as_source(std::move(changed))));
    ByteVector out(5000);
    must(opened.disk->read(mib - 5000, out));
    BOOST_TEST((out == filled(5000, 0)));
  }
}

BOOST_DATA_TEST_CASE(a_bad_entry_spoils_its_block_alone, bdata::make({4, 5, 7}), state) {
  ByteVector image = build_vhdx(content(), small_plan());
  image[fixture::vhdx_block_table(small_plan())] = static_cast<std::byte>(state);
  const auto opened = must(open_source(as_source(std::move(image))));
  ByteVector out(700);
  const auto lost = opened.disk->read(mib - 700, out);
  BOOST_TEST(is_status(lost, Status::corrupt));
  BOOST_TEST(mentions(lost.error().message(), {"disk.vhdx", "block 0"}));
  BOOST_TEST(is_ok(opened.disk->read(disk_size - 700, out)));
  BOOST_TEST((out == pattern(700, 2)));
}

BOOST_AUTO_TEST_CASE(blocks_past_the_end_or_in_the_header_spoil_themselves_alone) {
  const std::uint64_t table = fixture::vhdx_block_table(small_plan());
  for (const std::uint64_t entry :
       {std::uint64_t{0xFFFFFFFFFFF00006}, 9000 * mib | 6, std::uint64_t{6}}) {
    ByteVector image = build_vhdx(content(), small_plan());
    fixture::put_u64(image, table, entry);
    const auto opened = must(open_source(as_source(std::move(image))));
    BOOST_TEST(has_finding(opened.diagnostics, "vhdx-truncated") == (entry != 6));
    ByteVector out(700);
    BOOST_TEST(
        is_status(opened.disk->read(0, out), entry == 6 ? Status::corrupt : Status::truncated));
    BOOST_TEST(is_ok(opened.disk->read(mib, out)));
  }
}

BOOST_AUTO_TEST_CASE(a_table_larger_than_the_limit_is_refused) {
  const auto image = as_source(build_vhdx(content(), small_plan()));
  Limits limits;
  limits.max_table_size = 31;
  BOOST_TEST(is_status(open_source(image, limits), Status::limit_exceeded));
  limits.max_table_size = 32;
  BOOST_TEST(is_ok(open_source(image, limits)));
}

BOOST_AUTO_TEST_CASE(probes_by_signature) {
  MemoryFolder folder;
  folder.add("yes", build_vhdx(content(), small_plan()));
  folder.add("cut", fixture::ascii_bytes("vhdxfile"));
  folder.add("no.vhdx", filled(4096, 1));
  folder.add("empty.vhdx", ByteVector());
  BOOST_TEST(must(probe_vhdx(folder.file("yes"))));
  BOOST_TEST(must(probe_vhdx(folder.file("cut"))));
  BOOST_TEST(!must(probe_vhdx(folder.file("no.vhdx"))));
  BOOST_TEST(!must(probe_vhdx(folder.file("empty.vhdx"))));
  BOOST_TEST(is_status(open_vhdx(folder.file("no.vhdx"), make_context()), Status::bad_format));
  BOOST_TEST(is_status(open_vhdx(folder.file("cut"), make_context()), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(says_who_made_it) {
  const auto image = as_source(build_vhdx(content(), small_plan()));
  BOOST_TEST(must(read_vhdx_creator(*image)) == "Casement");
  const auto file = must(VhdxFile::open(image, {}));
  BOOST_TEST(file.metadata.physical_sector_size.value() == 4096U);
  BOOST_TEST(file.metadata.disk_id.has_value());
  const auto states = must(file.block_table({})).count_states();
  BOOST_TEST(states[0] == 1U);
  BOOST_TEST(states[6] == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
