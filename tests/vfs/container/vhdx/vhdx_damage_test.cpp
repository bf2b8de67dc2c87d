// SPDX-License-Identifier: Apache-2.0
// Damage of headers, region tables and metadata.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/mutate.h"
#include "tests/vfs/container/vhdx/vhdx_support.h"
#include "vfs/container/vhdx/vhdx_file.h"
#include "vfs/source/slice_source.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace)
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;
using fixture::ByteVector;

constexpr std::uint64_t disk_size = 2 * mib;
constexpr std::size_t header_1 = fixture::vhdx_first_header;
constexpr std::size_t header_2 = fixture::vhdx_second_header;
constexpr std::size_t regions_1 = fixture::vhdx_first_region_table;
constexpr std::size_t regions_2 = fixture::vhdx_second_region_table;
constexpr std::size_t metadata = 2 * mib;
constexpr std::size_t items = metadata + 65536;

fixture::DiskContent content() {
  return fixture::sparse_disk(disk_size, {{1000, pattern(3000, 1)}});
}

const ByteVector& base() {
  static const ByteVector image = build_vhdx(content(), small_plan());
  return image;
}

const SourcePtr& base_source() {
  static const SourcePtr source = as_source(base());
  return source;
}

ByteVector with_flipped(std::initializer_list<std::size_t> offsets) {
  ByteVector image = base();
  for (const std::size_t offset : offsets) {
    image[offset] ^= std::byte{0xFF};
  }
  return image;
}

/// Opens and reads all; damage may be an error, never a crash.
bool read_everything(SourcePtr source) {
  const auto opened = open_source(std::move(source));
  if (!opened || opened->disk->size() > 16 * mib) {
    return false;
  }
  ByteVector out(opened->disk->size());
  return opened->disk->read(0, out).has_value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vhdx_damage)

BOOST_AUTO_TEST_CASE(the_header_with_the_higher_number_counts) {
  ByteVector image = base();
  // The builder numbers them 4 and 5.
  const auto file = must(VhdxFile::open(as_source(image), {}));
  BOOST_TEST(file.headers.current()->sequence == 5U);
  fixture::put_u64(image, header_1 + 8, 9);
  fixture::fix_vhdx_checksums(image);
  BOOST_TEST(must(VhdxFile::open(as_source(image), {})).headers.current()->sequence == 9U);
}

BOOST_AUTO_TEST_CASE(a_damaged_header_is_replaced_by_the_other) {
  for (const std::size_t damaged : {header_1, header_2}) {
    for (const std::size_t at : {0U, 8U, 70U, 4095U}) {  // also a byte that only the checksum sees
      const auto opened = must(open_source(as_source(with_flipped({damaged + at}))));
      BOOST_TEST(has_finding(opened.diagnostics, "vhdx-header-damaged"));
      BOOST_TEST((read_all(*opened.disk) == expected(content())));
    }
  }
}

BOOST_AUTO_TEST_CASE(without_headers_the_disk_is_read_without_its_log) {
  const auto opened = must(open_source(as_source(with_flipped({header_1, header_2 + 100}))));
  BOOST_TEST(has_finding(opened.diagnostics, "vhdx-header-damaged"));
  BOOST_TEST(has_finding(opened.diagnostics, "vhdx-log-not-replayed"));
  BOOST_TEST((opened.diagnostics.items()[0].severity == Severity::error));
  BOOST_TEST((read_all(*opened.disk) == expected(content())));
}

BOOST_AUTO_TEST_CASE(a_damaged_region_table_is_replaced_by_its_copy) {
  for (const std::size_t at : {0U, 8U, 20U, 65535U}) {
    const auto opened = must(open_source(as_source(with_flipped({regions_1 + at}))));
    BOOST_TEST(has_finding(opened.diagnostics, "vhdx-region-table-damaged"));
    BOOST_TEST((read_all(*opened.disk) == expected(content())));
  }
  BOOST_TEST(must(open_source(as_source(with_flipped({regions_2})))).diagnostics.empty());
  const auto none = open_source(as_source(with_flipped({regions_1 + 65535, regions_2})));
  BOOST_TEST(is_status(none, Status::corrupt));
  BOOST_TEST(mentions(none.error().message(), {"both region tables"}));
}

const std::array region_mutations{
    Mutation{"no regions", 8, {0}, Status::corrupt},
    Mutation{"2048 regions", 8, {0, 8}, Status::corrupt},
    Mutation{"an unknown required region", 48, {1}, Status::unsupported},
    Mutation{"block table in the header section", 32, {0, 0, 0}, Status::corrupt},
    Mutation{"block table at no whole MiB", 32, {1}, Status::corrupt},
    Mutation{"block table of no bytes", 40, {0, 0, 0, 0}, Status::corrupt},
    Mutation{"block table past the end", 38, {1}, Status::truncated},
    Mutation{"metadata past the end", 70, {1}, Status::truncated},
    Mutation{"metadata of 1 MiB + 1", 72, {1}, Status::corrupt},
};

BOOST_DATA_TEST_CASE(refuses_impossible_regions, bdata::make(region_mutations), mutation) {
  ByteVector image = mutate(base(), regions_1 + mutation.offset, mutation.bytes);
  image = mutate(std::move(image), regions_2 + mutation.offset, mutation.bytes);
  fixture::fix_vhdx_checksums(image);
  BOOST_TEST(is_status(open_source(as_source(std::move(image))), mutation.expected));
}

BOOST_AUTO_TEST_CASE(regions_and_items_that_are_not_required_may_be_unknown) {
  ByteVector image = base();
  // A third region, and a sixth item, of ids that nobody knows.
  image[regions_1 + 8] = std::byte{3};
  image[regions_1 + 80] = std::byte{1};
  image[metadata + 10] = std::byte{6};
  image[metadata + 32 + 5 * 32] = std::byte{1};
  fixture::fix_vhdx_checksums(image);
  BOOST_TEST(is_ok(open_source(as_source(image))));
  image[metadata + 32 + 5 * 32 + 24] = std::byte{4};  // required
  BOOST_TEST(is_status(open_source(as_source(std::move(image))), Status::unsupported));
}

const std::array metadata_mutations{
    Mutation{"no signature", metadata, {'M'}, Status::corrupt},
    Mutation{"2048 items", metadata + 10, {0, 8}, Status::corrupt},
    Mutation{"no items", metadata + 10, {0}, Status::corrupt},
    Mutation{"an item twice",
             metadata + 64,
             {0x37, 0x67, 0xA1, 0xCA, 0x36, 0xFA, 0x43, 0x4D, 0xB3, 0xB6, 0x33, 0xF0, 0xAA, 0x44,
              0xE7, 0x6B},
             Status::corrupt},
    Mutation{"an unknown required item", metadata + 32, {0}, Status::unsupported},
    Mutation{"an item past the region", metadata + 32 + 18, {0x10}, Status::corrupt},
    Mutation{"an item of 4 GiB", metadata + 32 + 23, {0xFF}, Status::corrupt},
    Mutation{"an item of 4 bytes in place of 8", metadata + 32 + 20, {4}, Status::truncated},
    Mutation{"blocks of 0 bytes", items + 2, {0}, Status::corrupt},
    Mutation{"blocks of 512 KiB", items + 2, {8}, Status::corrupt},
    Mutation{"blocks of 3 MiB", items + 2, {0x30}, Status::corrupt},
    Mutation{"blocks of 512 MiB", items + 2, {0, 0x20}, Status::corrupt},
    Mutation{"a parent, but no locator", items + 4, {2}, Status::corrupt},
    Mutation{"a disk of 0 bytes", items + 10, {0}, Status::corrupt},
    Mutation{"a disk of half a sector more", items + 9, {1}, Status::corrupt},
    Mutation{"a disk of more than 64 TiB", items + 13, {0x40}, Status::corrupt},
    Mutation{"more blocks than the table has room for", items + 12, {0x10, 0x10}, Status::corrupt},
    Mutation{"sectors of 1024 bytes", items + 17, {4}, Status::corrupt},
};

BOOST_DATA_TEST_CASE(refuses_impossible_metadata, bdata::make(metadata_mutations), mutation) {
  const auto source = std::make_shared<PatchedSource>(base_source());
  source->patch(mutation.offset,
                mutate(ByteVector(base().begin() + static_cast<std::ptrdiff_t>(mutation.offset),
                                  base().begin() + static_cast<std::ptrdiff_t>(
                                                       mutation.offset + mutation.bytes.size())),
                       0, mutation.bytes));
  BOOST_TEST(is_status(open_source(source), mutation.expected));
}

BOOST_AUTO_TEST_CASE(survives_truncation) {
  std::vector<std::uint64_t> sizes;
  for (const std::size_t around : {std::size_t{0}, header_1, header_2, regions_1, regions_2,
                                   std::size_t{mib}, metadata, items, 3 * mib, 4 * mib, 5 * mib}) {
    for (std::size_t size = around < 40 ? 0 : around - 40; size <= around + 130; size += 9) {
      sizes.push_back(size);
    }
  }
  for (std::uint64_t size = 0; size < base().size(); size += 65536) {
    sizes.push_back(size);
  }
  for (const std::uint64_t size : sizes) {
    if (size > base().size()) {
      continue;
    }
    const bool whole = read_everything(must(make_slice_source(base_source(), 0, size, "cut")));
    BOOST_TEST(whole == (size == base().size()));
  }
}

BOOST_AUTO_TEST_CASE(survives_every_flipped_byte_of_the_metadata) {
  for (std::size_t i = 0; i < 32 + 5 * 32; ++i) {
    const auto source = std::make_shared<PatchedSource>(base_source());
    source->patch(metadata + i, {base()[metadata + i] ^ std::byte{0xFF}});
    read_everything(source);
  }
  for (std::size_t i = 0; i < 60; ++i) {
    const auto source = std::make_shared<PatchedSource>(base_source());
    source->patch(items + i, {base()[items + i] ^ std::byte{0xFF}});
    read_everything(source);
  }
  for (std::size_t i = 0; i < 16; ++i) {
    const auto source = std::make_shared<PatchedSource>(base_source());
    source->patch(3 * mib + i, {base()[3 * mib + i] ^ std::byte{0xFF}});
    read_everything(source);
  }
}

BOOST_AUTO_TEST_CASE(survives_every_flipped_byte_of_headers_and_regions_with_right_checksums) {
  ByteVector head(base().begin(), base().begin() + static_cast<std::ptrdiff_t>(regions_2));
  const auto try_with = [&](std::size_t offset, std::size_t length) {
    for (std::size_t i = offset; i < offset + length; i += 2) {
      head[i] ^= std::byte{0xFF};
      ByteVector fixed = head;
      fixture::fix_vhdx_checksums(fixed);
      const auto source = std::make_shared<PatchedSource>(base_source());
      source->patch(0, std::move(fixed));
      read_everything(source);
      head[i] ^= std::byte{0xFF};
    }
  };
  try_with(header_2, 80);
  try_with(regions_1, 80);
}

BOOST_AUTO_TEST_SUITE_END()
