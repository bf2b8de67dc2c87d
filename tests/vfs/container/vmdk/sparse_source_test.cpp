// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/vmdk/sparse_source.h"

#include "tests/vfs/container/vmdk/vmdk_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

BOOST_AUTO_TEST_SUITE(container_vmdk_source)

BOOST_AUTO_TEST_CASE(reads_hosted_grains_and_zeroed_ones) {
  const auto opened = must(VmdkFolder(monolithic()).open());
  BOOST_TEST(opened.detail == "monolithicSparse, 16 KiB, 4 KiB grains");
  BOOST_TEST(*opened.sector_size == 512U);
  check_disk(*opened.disk, some_disk());
  const auto zeroed =
      must(VmdkFolder(fx::build_vmdk_hosted({.zeroed_grains = true}, {zero_grain(), data_grain(2)}))
               .open());
  check_disk(*zeroed.disk, join({ByteVector(grain_size), pattern(grain_size, 2)}));
}

BOOST_AUTO_TEST_CASE(reads_compressed_streams_with_and_without_a_footer) {
  for (const bool footer : {false, true}) {
    const auto opened = must(VmdkFolder(monolithic({.compressed = true, .footer = footer})).open());
    BOOST_TEST(mentions(opened.detail, {"4 KiB grains, compressed"}));
    check_disk(*opened.disk, some_disk());
  }
}

BOOST_AUTO_TEST_CASE(reads_cowd_and_se_sparse) {
  const auto cowd = must(VmdkFolder(fx::build_vmdk_cowd({}, some_grains())).open());
  BOOST_TEST(mentions(cowd.detail, {"vmfsSparse"}));
  check_disk(*cowd.disk, some_disk());
  auto grains = some_grains();
  grains.push_back(zero_grain());
  grains.push_back({fx::VmdkGrainKind::unmapped});
  grains.push_back(data_grain(7));
  const auto se_sparse = must(VmdkFolder(fx::build_vmdk_se_sparse({}, grains)).open());
  BOOST_TEST(mentions(se_sparse.detail, {"seSparse"}));
  check_disk(*se_sparse.disk,
             join({some_disk(), ByteVector(2 * grain_size), pattern(grain_size, 7)}));
}

BOOST_AUTO_TEST_CASE(a_disk_may_need_many_tables_and_end_within_a_grain) {
  // 512 grains of one sector a table.
  std::vector<fx::VmdkGrain> grains(1100);
  grains[5] = {fx::VmdkGrainKind::data, pattern(512, 5)};
  grains[700] = {fx::VmdkGrainKind::data, pattern(512, 7)};
  const auto opened = must(VmdkFolder(fx::build_vmdk_hosted({.grain_sectors = 1}, grains)).open());
  ByteVector expected(1100 * 512);
  std::ranges::copy(pattern(512, 5), expected.begin() + 5 * 512);
  std::ranges::copy(pattern(512, 7), expected.begin() + 700 * 512);
  BOOST_TEST((read_all(*opened.disk) == expected));

  for (const bool compressed : {false, true}) {
    const auto cut = must(
        VmdkFolder(fx::build_vmdk_hosted({.sectors = 27, .compressed = compressed}, some_grains()))
            .open());
    check_disk(*cut.disk, prefix(some_disk(), 27 * 512));
  }
}

BOOST_AUTO_TEST_CASE(present_grains_cost_one_read_of_the_file) {
  const auto counted =
      std::make_shared<CountingSource>(make_memory_source(monolithic(), "disk.vmdk"));
  const VmdkFolder folder(MemoryFolder::Files{});
  const auto opened = must(folder.opener.open({counted, "disk.vmdk", folder.folder, 1}));
  std::array<std::byte, 2 * grain_size> bytes{};
  must(opened.disk->read(0, std::span(bytes).first(16)));  // brings the table in
  const std::size_t before = counted->reads();
  must(opened.disk->read(100, std::span(bytes).first(1000)));
  BOOST_TEST(counted->reads() - before == 1U);
  must(opened.disk->read(2 * grain_size, bytes));  // two grains, one after another
  BOOST_TEST(counted->reads() - before == 2U);
  must(opened.disk->read(grain_size, std::span(bytes).first(grain_size)));
  BOOST_TEST(counted->reads() - before == 2U);
}

BOOST_AUTO_TEST_CASE(damage_fails_where_it_lies_and_nowhere_else) {
  std::array<std::byte, 4> bytes{};
  const ByteVector stream = fx::build_vmdk_hosted({.compressed = true}, some_grains());
  // The first grain is in sector 2: its marker's sector, size, and data.
  for (const std::size_t offset : {std::size_t{1024}, std::size_t{1033}, std::size_t{1052}}) {
    const auto opened =
        must(VmdkFolder(mutate(stream, offset, std::array<std::uint8_t, 1>{0x33})).open());
    const auto failed = opened.disk->read(0, bytes);
    BOOST_TEST(is_status(failed, Status::corrupt), offset);
    BOOST_TEST(mentions(failed.error().message(), {"disk.vmdk", "extent offset 0x0"}));
    BOOST_TEST(is_ok(opened.disk->read(2 * grain_size, bytes)));
  }
  const ByteVector se_sparse = fx::build_vmdk_se_sparse({}, some_grains());
  const std::size_t directory = 1024;
  const std::size_t table = directory + 512;
  const auto no_table =
      must(VmdkFolder(mutate(se_sparse, directory + 7, std::array<std::uint8_t, 1>{0x20})).open());
  BOOST_TEST(is_status(no_table.disk->read(0, bytes), Status::corrupt));
  for (const std::uint8_t kind : {std::uint8_t{0x00}, std::uint8_t{0x40}, std::uint8_t{0xF0}}) {
    ByteVector damaged = se_sparse;
    damaged[table] = std::byte{1};
    damaged[table + 7] = static_cast<std::byte>(kind);
    const auto opened = must(VmdkFolder(std::move(damaged)).open());
    BOOST_TEST(is_status(opened.disk->read(0, bytes), Status::corrupt));
    BOOST_TEST(is_ok(opened.disk->read(2 * grain_size, bytes)));
  }
  const auto far =
      must(VmdkFolder(mutate(se_sparse, table, std::array<std::uint8_t, 2>{9, 9})).open());
  BOOST_TEST(is_status(far.disk->read(0, bytes), Status::truncated));
}

BOOST_AUTO_TEST_SUITE_END()
