// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/qcow2/qcow2_header.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "tests/support/mutate.h"
#include "tests/vfs/container/qcow2/qcow2_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

// Fields are big-endian: the byte that is given is the one that changes.
const std::array mutations{
    Mutation{"another magic", 0, {'R'}, Status::bad_format},
    Mutation{"version 0", 7, {0}, Status::unsupported},
    Mutation{"version 4", 7, {4}, Status::unsupported},
    Mutation{"a backing file name past the end", 14, {0x40, 0, 0, 0, 0, 9}, Status::truncated},
    Mutation{"a backing file name without a length", 14, {0x01, 0x00}, Status::corrupt},
    Mutation{"clusters of 256 bytes", 23, {8}, Status::corrupt},
    Mutation{"clusters of 4 MiB", 23, {22}, Status::corrupt},
    Mutation{"cluster bits past any shift", 20, {0xFF}, Status::corrupt},
    Mutation{"a disk larger than the L1 table", 28, {0x01}, Status::corrupt},
    Mutation{"a disk of 2^64 bytes", 24, {0xFF}, Status::corrupt},
    Mutation{"AES", 35, {1}, Status::unsupported},
    Mutation{"LUKS", 35, {2}, Status::unsupported},
    Mutation{"no L1 entries", 39, {0}, Status::corrupt},
    Mutation{"an L1 table past the end", 44, {0x01}, Status::truncated},
    Mutation{"an L1 table at 2^64", 40, {0xFF}, Status::truncated},
    Mutation{"an unknown incompatible feature", 79, {0x20}, Status::unsupported},
    Mutation{"another unknown incompatible feature", 72, {0x80}, Status::unsupported},
    Mutation{"external data without a name", 79, {0x04}, Status::corrupt},
    Mutation{"extended L2 with small clusters", 79, {0x10}, Status::corrupt},
    Mutation{"an unknown compression",
             79,
             {0x08, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 112, 2},
             Status::unsupported},
    Mutation{"a header of 96 bytes", 103, {96}, Status::corrupt},
    Mutation{"a header past its cluster", 102, {0x7F}, Status::corrupt},
    Mutation{"an extension past its cluster",
             112,
             {0xE2, 0x79, 0x2A, 0xCA, 0, 0, 2, 0},
             Status::corrupt},
    Mutation{"a format name without a length", 112, {0xE2, 0x79, 0x2A, 0xCA}, Status::corrupt},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(container_qcow2_header)

BOOST_DATA_TEST_CASE(rejects, bdata::make(mutations), mutation) {
  const Qcow2Folder folder(mutate(mixed_image().bytes, mutation.offset, mutation.bytes));
  const auto source = must(folder.folder->find("disk.qcow2"));
  if (mutation.expected != Status::bad_format) {
    BOOST_TEST(must(probe_qcow2({source, "disk.qcow2", folder.folder, 1})));
    BOOST_TEST(is_status(folder.open(), mutation.expected));
  }
  BOOST_TEST(
      is_status(open_qcow2({source, "disk.qcow2", folder.folder, 1}, folder.opener.context()),
                mutation.expected));
}

BOOST_AUTO_TEST_CASE(messages_say_where_and_what) {
  const auto refused =
      Qcow2Folder(mutate(mixed_image().bytes, 79, std::array<std::uint8_t, 1>{0x21})).open();
  BOOST_TEST(is_status(refused, Status::unsupported));
  BOOST_TEST(mentions(refused.error().message(), {"0x48", "0x21", "0x20"}));
  const auto encrypted =
      Qcow2Folder(mutate(mixed_image().bytes, 35, std::array<std::uint8_t, 1>{2})).open();
  BOOST_TEST(mentions(encrypted.error().message(), {"0x20", "LUKS", "not supported"}));
}

BOOST_AUTO_TEST_CASE(dirty_and_corrupt_bits_are_findings) {
  const auto opened = must(Qcow2Folder(mixed_image({.incompatible = 3}).bytes).open());
  BOOST_TEST(has_finding(opened, "qcow2-dirty"));
  BOOST_TEST(has_finding(opened, "qcow2-marked-corrupt"));
  check_disk(*opened.disk, mixed_disk());
}

BOOST_AUTO_TEST_CASE(snapshots_are_counted) {
  const auto opened =
      must(Qcow2Folder(mutate(mixed_image().bytes, 63, std::array<std::uint8_t, 1>{2})).open());
  BOOST_TEST(mentions(opened.detail, {"2 internal snapshots"}));
}

BOOST_AUTO_TEST_CASE(tables_obey_their_limit) {
  Limits limits;
  limits.max_table_size = 8;
  BOOST_TEST(is_ok(Qcow2Folder({{"disk.qcow2", mixed_image().bytes}}, limits).open()));
  limits.max_table_size = 7;
  BOOST_TEST(is_status(Qcow2Folder({{"disk.qcow2", mixed_image().bytes}}, limits).open(),
                       Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(survives_truncation_and_flipped_bytes) {
  const ByteVector image = mixed_image({.zstd = true}).bytes;
  for (std::size_t size = 0; size < image.size(); size += size < 520 ? 1 : 37) {
    if (const auto opened = Qcow2Folder(prefix(image, size)).open()) {
      touch(*opened->disk);
    }
  }
  std::size_t opened_images = 0;
  for (std::size_t i = 0; i < image.size(); i += i < 160 || i > 1024 ? 1 : 8) {
    for (const std::byte mask : {std::byte{0x01}, std::byte{0x80}, std::byte{0xFF}}) {
      ByteVector damaged = image;
      damaged[i] ^= mask;
      if (const auto opened = Qcow2Folder(std::move(damaged)).open()) {
        touch(*opened->disk);
        ++opened_images;
      }
    }
  }
  BOOST_TEST(opened_images > 1000U);  // most bytes are not of the header
}

BOOST_AUTO_TEST_SUITE_END()
