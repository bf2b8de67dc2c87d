// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/qcow2/qcow2_source.h"

#include <zlib.h>

#include <tuple>

#include "tests/vfs/container/qcow2/qcow2_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

/// By zlib, in the window that QCOW has.
ByteVector deflated(const ByteVector& plain) {
  z_stream stream = {};
  BOOST_REQUIRE_EQUAL(deflateInit2(&stream, 9, Z_DEFLATED, -12, 8, Z_DEFAULT_STRATEGY), Z_OK);
  ByteVector in = plain;
  ByteVector out(2 * plain.size());
  stream.next_in = reinterpret_cast<Bytef*>(in.data());  // NOLINT: bytes to bytes
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());  // NOLINT: bytes to bytes
  stream.avail_out = static_cast<uInt>(out.size());
  BOOST_REQUIRE_EQUAL(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(container_qcow2_source)

BOOST_AUTO_TEST_CASE(reads_every_kind_of_cluster) {
  const auto opened = must(Qcow2Folder(mixed_image().bytes).open());
  BOOST_TEST(opened.format == "qcow2");
  BOOST_TEST(opened.detail == "version 3, 2560 bytes, 512 bytes clusters");
  BOOST_TEST(opened.diagnostics.empty());
  check_disk(*opened.disk, mixed_disk());
}

BOOST_AUTO_TEST_CASE(reads_version_2_and_larger_clusters) {
  const auto version2 = must(Qcow2Folder(mixed_image({.version = 2}).bytes).open());
  check_disk(*version2.disk, mixed_disk());
  const auto large = must(Qcow2Folder(mixed_image({.cluster_bits = 16}).bytes).open());
  check_disk(*large.disk, mixed_disk(65'536));
}

BOOST_AUTO_TEST_CASE(reads_zstd_clusters) {
  const auto opened = must(Qcow2Folder(mixed_image({.zstd = true}).bytes).open());
  BOOST_TEST(mentions(opened.detail, {"zstd"}));
  check_disk(*opened.disk, mixed_disk());
}

BOOST_AUTO_TEST_CASE(reads_version_1) {
  // 64 entries of 512 bytes a table: header, L1 at 64, table at 512, a plain cluster at 1024, a
  // compressed one at 1536; a second L1 entry that is absent.
  ByteVector image(1536);
  const auto put = [&image](std::size_t offset, std::uint64_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) {
      image.at(offset + i) = static_cast<std::byte>(value >> (8 * (width - 1 - i)));
    }
  };
  put(0, 0x5146'49FB'0000'0001, 8);
  put(24, 65 * 512, 8);
  put(32, 9, 1);
  put(33, 6, 1);
  put(40, 64, 8);
  put(64, 512, 8);
  put(512, 1024, 8);
  std::ranges::copy(pattern(512, 1), image.begin() + 1024);
  const ByteVector plain(512, std::byte{'z'});
  const ByteVector packed = deflated(plain);
  BOOST_REQUIRE_LT(packed.size(), 512U);
  put(520, (std::uint64_t{1} << 63) | (packed.size() << 54) | 1536, 8);
  image.insert(image.end(), packed.begin(), packed.end());
  const auto opened = must(Qcow2Folder(image).open());
  BOOST_TEST(opened.detail == "version 1, 33280 bytes, 512 bytes clusters");
  check_disk(*opened.disk, join({pattern(512, 1), plain, ByteVector(63 * 512)}));

  put(520, (std::uint64_t{1} << 63) | 1536, 8);  // no bytes of data
  std::array<std::byte, 8> bytes{};
  BOOST_TEST(is_status(must(Qcow2Folder(image).open()).disk->read(512, bytes), Status::corrupt));
  for (const auto& [offset, value, expected] :
       {std::tuple{32U, 8U, Status::corrupt}, std::tuple{32U, 17U, Status::corrupt},
        std::tuple{33U, 5U, Status::corrupt}, std::tuple{33U, 14U, Status::corrupt},
        std::tuple{39U, 1U, Status::unsupported}, std::tuple{45U, 1U, Status::truncated}}) {
    const auto damaged = mutate(image, offset, std::array{static_cast<std::uint8_t>(value)});
    BOOST_TEST(is_status(Qcow2Folder(damaged).open(), expected), offset);
  }
}

BOOST_AUTO_TEST_CASE(a_disk_may_end_within_a_cluster_and_need_many_tables) {
  // 64 entries of 512 bytes a table: the last cluster is in the third.
  std::vector<fx::Qcow2Cluster> clusters(140);
  clusters[3] = data_cluster(3);
  clusters[139] = data_cluster(139);
  const std::size_t size = 140 * 512 - 100;
  const auto opened =
      must(Qcow2Folder(fx::build_qcow2({.disk_size = size}, clusters).bytes).open());
  ByteVector expected(140 * 512);
  std::ranges::copy(pattern(512, 3), expected.begin() + 3 * 512);
  std::ranges::copy(pattern(512, 139), expected.begin() + 139 * 512);
  expected.resize(size);
  check_disk(*opened.disk, expected);
}

BOOST_AUTO_TEST_CASE(subclusters_are_data_zeros_or_of_the_backing_file) {
  constexpr std::size_t size = 16'384;
  constexpr std::size_t part = size / 32;
  fx::Qcow2Cluster partly = data_cluster(1, size);
  partly.data_subclusters = 0x8000'0003;
  partly.zero_subclusters = 0x0000'0010;
  fx::Qcow2Cluster only_zeros;
  only_zeros.zero_subclusters = 0x1;
  const fx::Qcow2Options options{
      .cluster_bits = 14, .extended_l2 = true, .backing_file = "raw", .backing_format = "raw"};
  const auto image = fx::build_qcow2(
      options, {partly, only_zeros, data_cluster(3, size), compressed_cluster(4, size)});
  const ByteVector raw = pattern(2 * size, 9);
  const auto opened = must(Qcow2Folder({{"disk.qcow2", image.bytes}, {"raw", raw}}).open());
  BOOST_TEST(mentions(opened.detail, {"extended L2"}));

  ByteVector expected = raw;
  const ByteVector own = pattern(size, 1);
  for (const std::size_t number : {std::size_t{0}, std::size_t{1}, std::size_t{31}}) {
    std::copy_n(own.begin() + static_cast<std::ptrdiff_t>(number * part), part,
                expected.begin() + static_cast<std::ptrdiff_t>(number * part));
  }
  std::fill_n(expected.begin() + 4 * part, part, std::byte{0});
  std::fill_n(expected.begin() + size, part, std::byte{0});
  check_disk(*opened.disk, join({expected, pattern(size, 3), pattern(size, 4)}));
}

BOOST_AUTO_TEST_CASE(contradicting_subclusters_are_corrupt_and_hide_nothing_else) {
  constexpr std::size_t size = 16'384;
  fx::Qcow2Cluster both = data_cluster(1, size);
  both.data_subclusters = 0x1;
  both.zero_subclusters = 0x1;
  fx::Qcow2Cluster nowhere;
  nowhere.data_subclusters = 0x1;
  nowhere.zero_subclusters = 0x2;
  const fx::Qcow2Options options{.cluster_bits = 14, .extended_l2 = true};
  const auto image = fx::build_qcow2(options, {both, nowhere, data_cluster(3, size)});
  const auto opened = must(Qcow2Folder(image.bytes).open());
  std::array<std::byte, 1> byte{};
  BOOST_TEST(is_status(opened.disk->read(0, byte), Status::corrupt));
  BOOST_TEST(is_status(opened.disk->read(size, byte), Status::corrupt));
  BOOST_TEST((read_range(*opened.disk, 512, 512) == ByteVector(512)));
  BOOST_TEST((read_range(*opened.disk, 2 * size, size) == pattern(size, 3)));
}

BOOST_AUTO_TEST_CASE(present_clusters_cost_one_read_of_the_file) {
  const auto counted =
      std::make_shared<CountingSource>(make_memory_source(mixed_image().bytes, "disk.qcow2"));
  const Qcow2Folder folder(MemoryFolder::Files{});
  const auto opened = must(folder.opener.open({counted, "disk.qcow2", folder.folder, 1}));
  std::array<std::byte, 1024> bytes{};
  must(opened.disk->read(0, std::span(bytes).first(16)));  // brings the table in
  std::size_t before = counted->reads();
  must(opened.disk->read(10, std::span(bytes).first(100)));
  BOOST_TEST(counted->reads() - before == 1U);
  before = counted->reads();
  must(opened.disk->read(0, bytes));  // two clusters that lie one after another
  BOOST_TEST(counted->reads() - before == 1U);
  BOOST_TEST((ByteVector(bytes.begin(), bytes.end()) == prefix(mixed_disk(), 1024)));
  before = counted->reads();
  must(opened.disk->read(1024, bytes));
  BOOST_TEST(counted->reads() - before == 0U);
  must(opened.disk->read(2048, std::span(bytes).first(512)));
  before = counted->reads();
  must(opened.disk->read(2048, std::span(bytes).first(512)));
  BOOST_TEST(counted->reads() - before == 0U);  // compressed: from the cache
}

BOOST_AUTO_TEST_CASE(a_damaged_table_or_cluster_fails_where_it_lies_and_nowhere_else) {
  std::vector<fx::Qcow2Cluster> clusters(130);
  clusters[0] = data_cluster(1);
  clusters[1] = compressed_cluster(2);
  clusters[64] = data_cluster(3);
  clusters[128] = data_cluster(4);
  const auto image = fx::build_qcow2({}, clusters);
  std::array<std::byte, 4> bytes{};
  const auto fails = [&](ByteVector damaged, std::uint64_t offset, std::uint64_t healthy,
                         Status expected) {
    const auto opened = must(Qcow2Folder(std::move(damaged)).open());
    BOOST_TEST(is_status(opened.disk->read(offset, bytes), expected));
    BOOST_TEST(is_ok(opened.disk->read(healthy, bytes)));
  };
  constexpr std::array<std::uint8_t, 1> far{0x7F};
  // The second L1 entry, then the first L2 entry: past the end of the file.
  fails(mutate(image.bytes, image.l1_offset + 8 + 3, far), 64 * 512, 0, Status::truncated);
  fails(mutate(image.bytes, image.l2_offsets[0] + 3, far), 0, 64 * 512, Status::truncated);
  // The compressed cluster: the type of its block.
  const auto broken = mutate(image.bytes, image.cluster_offsets[1], std::array<std::uint8_t, 1>{7});
  const auto opened = must(Qcow2Folder(broken).open());
  const auto failed = opened.disk->read(512, bytes);
  BOOST_TEST(is_status(failed, Status::corrupt));
  BOOST_TEST(mentions(failed.error().message(), {"disk.qcow2", "offset 0x200", "deflate"}));
  BOOST_TEST((read_range(*opened.disk, 0, 512) == pattern(512, 1)));
}

BOOST_AUTO_TEST_CASE(unaligned_clusters_and_version_2_zero_flags_are_corrupt) {
  std::array<std::byte, 4> bytes{};
  const auto large = mixed_image({.cluster_bits = 12});
  const auto unaligned =
      mutate(large.bytes, large.l2_offsets[0] + 6, std::array<std::uint8_t, 1>{0x52});  // 0x...5200
  const auto opened = must(Qcow2Folder(unaligned).open());
  BOOST_TEST(is_status(opened.disk->read(0, bytes), Status::corrupt));
  const auto table = mutate(large.bytes, large.l1_offset + 6, std::array<std::uint8_t, 1>{0x32});
  const auto second = must(Qcow2Folder(table).open());
  BOOST_TEST(is_status(second.disk->read(0, bytes), Status::corrupt));
  const auto old = mixed_image({.version = 2});
  const auto flag =
      mutate(old.bytes, old.l2_offsets[0] + 3 * 8 + 7, std::array<std::uint8_t, 1>{0x01});
  const auto third = must(Qcow2Folder(flag).open());
  BOOST_TEST(is_status(third.disk->read(3 * 512, bytes), Status::corrupt));
}

BOOST_AUTO_TEST_SUITE_END()
