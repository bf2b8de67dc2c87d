// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/vmdk/sparse_extent.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "tests/vfs/container/vmdk/vmdk_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

Result<OpenedContainer> open_mutated(const ByteVector& base, const Mutation& mutation) {
  return VmdkFolder(mutate(base, mutation.offset, mutation.bytes)).open();
}

const std::array hosted_mutations{
    Mutation{"version 0", 0x04, {0}, Status::unsupported},
    Mutation{"version 4", 0x04, {4}, Status::unsupported},
    Mutation{"compressed without markers", 0x0A, {0x01}, Status::unsupported},
    Mutation{"compressed by an unknown method", 0x0A, {0x03}, Status::unsupported},
    Mutation{"a capacity whose directory is not in the file", 0x0F, {0x0F}, Status::truncated},
    Mutation{"a capacity whose directory is too large", 0x10, {0xFF}, Status::limit_exceeded},
    Mutation{"a capacity of 2^64 sectors", 0x13, {0xFF}, Status::corrupt},
    Mutation{"no grains", 0x14, {0}, Status::corrupt},
    Mutation{"grains of 2 GiB", 0x14, {0, 0, 0x40}, Status::corrupt},
    Mutation{"grains of 2^64 sectors", 0x1B, {0xFF}, Status::corrupt},
    Mutation{"no entries in a table", 0x2D, {0}, Status::corrupt},
    Mutation{"2^24 entries in a table", 0x2F, {1}, Status::corrupt},
    Mutation{"a directory past the end", 0x3A, {1}, Status::truncated},
    Mutation{"a directory at 2^64", 0x3F, {0xFF}, Status::corrupt},
    Mutation{"a footer that is not there",
             0x38,
             {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF},
             Status::truncated},
};

const std::array cowd_mutations{
    Mutation{"version 2", 0x04, {2}, Status::unsupported},
    Mutation{"no grains", 0x10, {0}, Status::corrupt},
    Mutation{"grains of 2 TiB", 0x13, {0xFF}, Status::corrupt},
    Mutation{"a directory past the end", 0x16, {1}, Status::truncated},
    Mutation{"no entries in the directory", 0x18, {0}, Status::corrupt},
};

const std::array se_sparse_mutations{
    Mutation{"another version", 0x08, {2}, Status::unsupported},
    Mutation{"flags", 0x28, {1}, Status::unsupported},
    Mutation{"no grains", 0x18, {0}, Status::corrupt},
    Mutation{"no tables", 0x20, {0}, Status::corrupt},
    Mutation{"tables of 64 MiB", 0x22, {2}, Status::corrupt},
    Mutation{"a volatile header past the end", 0x52, {1}, Status::truncated},
    Mutation{"another magic in the volatile header", 0x200, {0}, Status::corrupt},
    Mutation{"a journal to replay", 0x218, {1}, Status::unsupported},
    Mutation{"a directory past the end", 0x82, {1}, Status::truncated},
    Mutation{"no directory", 0x88, {0}, Status::corrupt},
    Mutation{"grains at 2^64", 0xC7, {0xFF}, Status::corrupt},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(container_vmdk_extent)

BOOST_DATA_TEST_CASE(rejects_hosted, bdata::make(hosted_mutations), mutation) {
  BOOST_TEST(is_status(open_mutated(monolithic(), mutation), mutation.expected));
}

BOOST_DATA_TEST_CASE(rejects_cowd, bdata::make(cowd_mutations), mutation) {
  BOOST_TEST(
      is_status(open_mutated(fx::build_vmdk_cowd({}, some_grains()), mutation), mutation.expected));
}

BOOST_DATA_TEST_CASE(rejects_se_sparse, bdata::make(se_sparse_mutations), mutation) {
  BOOST_TEST(is_status(open_mutated(fx::build_vmdk_se_sparse({}, some_grains()), mutation),
                       mutation.expected));
}

BOOST_AUTO_TEST_CASE(the_redundant_directory_stands_in_for_a_lost_one) {
  const ByteVector image = monolithic({.redundant_directory = true});
  const auto damaged = mutate(image, 0x3A, std::array<std::uint8_t, 1>{1});
  const auto opened = must(VmdkFolder(damaged).open());
  BOOST_TEST(has_finding(opened, "vmdk-redundant-directory"));
  check_disk(*opened.disk, some_disk());
}

BOOST_AUTO_TEST_CASE(a_text_transfer_and_an_unclean_close_are_findings) {
  const auto text =
      must(VmdkFolder(mutate(monolithic(), 0x4B, std::array<std::uint8_t, 1>{10})).open());
  BOOST_TEST(has_finding(text, "vmdk-line-ends"));
  const auto open =
      must(VmdkFolder(mutate(monolithic(), 0x48, std::array<std::uint8_t, 1>{1})).open());
  BOOST_TEST(has_finding(open, "vmdk-unclean"));
  BOOST_TEST(must(VmdkFolder(monolithic()).open()).diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(directories_obey_their_limit_all_together) {
  const ByteVector extent = fx::build_vmdk_hosted({}, some_grains());
  const ByteVector text =
      to_bytes(descriptor_of({"RW 32 SPARSE \"a.vmdk\"", "RW 32 SPARSE \"a.vmdk\""}));
  Limits limits;
  limits.max_table_size = 16;
  BOOST_TEST(is_ok(VmdkFolder({{"disk.vmdk", text}, {"a.vmdk", extent}}, limits).open()));
  limits.max_table_size = 15;
  BOOST_TEST(is_status(VmdkFolder({{"disk.vmdk", text}, {"a.vmdk", extent}}, limits).open(),
                       Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(survives_truncation_and_flipped_bytes) {
  const std::array images{monolithic({.compressed = true, .footer = true}),
                          fx::build_vmdk_cowd({}, {data_grain(1), data_grain(2)}),
                          fx::build_vmdk_se_sparse({}, {data_grain(1), data_grain(2)})};
  std::size_t opened_images = 0;
  for (const ByteVector& image : images) {
    for (std::size_t size = 0; size < image.size(); size += size < 520 ? 3 : 613) {
      if (const auto opened = VmdkFolder(prefix(image, size)).open()) {
        touch(*opened->disk);
      }
    }
    for (std::size_t i = 0; i < image.size(); i += i < 0x220 ? 1 : 97) {
      for (const std::byte mask : {std::byte{0x01}, std::byte{0xFF}}) {
        ByteVector damaged = image;
        damaged[i] ^= mask;
        if (const auto opened = VmdkFolder(std::move(damaged)).open()) {
          touch(*opened->disk);
          ++opened_images;
        }
      }
    }
  }
  BOOST_TEST(opened_images > 500U);
}

BOOST_AUTO_TEST_SUITE_END()
