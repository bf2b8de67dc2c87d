// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/vhd/vhd_container.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstring>

#include "fixtures/build/disk/vhd_builder.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/container/vhd/disk_support.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace)
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;
using fixture::ByteVector;
using fixture::DiskContent;
using fixture::VhdPlan;

/// Bytes that differ everywhere and are never 0.
ByteVector pattern(std::size_t size, unsigned seed = 1) {
  ByteVector bytes(size);
  unsigned value = seed * 2654435761U;
  for (std::byte& byte : bytes) {
    value = value * 1664525U + 1013904223U;
    byte = static_cast<std::byte>((value >> 24) | 1U);
  }
  return bytes;
}

constexpr std::uint64_t small_disk = 17 * 512;
constexpr std::uint32_t small_block = 2048;

/// 17 sectors in blocks of 4: the first block and the last hold something.
DiskContent small_content() {
  return fixture::sparse_disk(small_disk, {{100, pattern(700)}, {small_disk - 300, pattern(300)}});
}

VhdPlan small_plan() {
  VhdPlan plan;
  plan.block_size = small_block;
  return plan;
}

ByteVector expected(const DiskContent& content) {
  ByteVector bytes(content.size);
  content.read(0, bytes);
  return bytes;
}

Result<OpenedContainer> open_bytes(ByteVector image, const Limits& limits = {}) {
  MemoryFolder folder;
  folder.add("disk.vhd", std::move(image));
  return open_vhd(folder.file("disk.vhd"), make_context(limits));
}

/// Every read inside and across blocks gives what the whole says.
void check_all_ranges(const ByteSource& disk, const ByteVector& whole) {
  BOOST_REQUIRE_EQUAL(disk.size(), whole.size());
  BOOST_TEST((read_all(disk) == whole));
  for (std::size_t offset = 0; offset < whole.size(); offset += 61) {
    for (const std::size_t length : {1U, 511U, 513U, 2048U, 5000U}) {
      const std::size_t count = std::min(length, whole.size() - offset);
      ByteVector out(count);
      must(disk.read(offset, out));
      BOOST_REQUIRE(std::memcmp(out.data(), whole.data() + offset, count) == 0);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vhd_container)

BOOST_AUTO_TEST_CASE(reads_a_dynamic_disk_at_every_offset) {
  const auto opened = must(open_bytes(build_vhd(small_content(), small_plan())));
  check_all_ranges(*opened.disk, expected(small_content()));
  BOOST_TEST(opened.format == "vhd");
  BOOST_TEST(opened.sector_size.value() == 512U);
  BOOST_TEST(opened.detail == "dynamic, 8704 bytes, 2 of 5 blocks of 2 KiB, created by win 10.0");
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
}

BOOST_AUTO_TEST_CASE(reads_a_fixed_disk) {
  VhdPlan plan;
  plan.fixed = true;
  plan.saved_state = true;
  const auto opened = must(open_bytes(build_vhd(small_content(), plan)));
  check_all_ranges(*opened.disk, expected(small_content()));
  BOOST_TEST(opened.detail == "fixed, 8704 bytes, created by win 10.0, of a suspended machine");
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
}

BOOST_DATA_TEST_CASE(reads_footers_of_511_bytes, bdata::make({false, true}), fixed) {
  VhdPlan plan = small_plan();
  plan.fixed = fixed;
  plan.old_footer = true;
  plan.creator = "vpc ";
  const ByteVector image = build_vhd(small_content(), plan);
  BOOST_TEST(image.size() % 512 == 511U);
  const auto opened = must(open_bytes(image));
  check_all_ranges(*opened.disk, expected(small_content()));
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
}

BOOST_AUTO_TEST_CASE(a_read_in_a_present_block_is_one_read_of_the_file) {
  MemoryFolder folder;
  MemoryFolder plain;
  plain.add("disk.vhd", build_vhd(small_content(), small_plan()));
  const auto file = std::make_shared<CountingSource>(plain.file("disk.vhd").source);
  folder.add("disk.vhd", file);
  const auto opened = must(open_vhd(folder.file("disk.vhd"), make_context()));
  const std::size_t before = file->reads();
  ByteVector out(600);
  must(opened.disk->read(50, out));
  BOOST_TEST(file->reads() == before + 1);
  must(opened.disk->read(small_block, out));  // absent
  BOOST_TEST(file->reads() == before + 1);
}

BOOST_AUTO_TEST_CASE(the_copy_serves_when_the_footer_is_gone) {
  const ByteVector image = build_vhd(small_content(), small_plan());
  const auto cut = must(open_bytes(prefix(image, image.size() - 512)));
  BOOST_TEST(has_finding(cut.diagnostics, "vhd-footer-copy"));
  BOOST_TEST((read_all(*cut.disk) == expected(small_content())));

  // The disk type of the footer at the end: impossible, and then with a wrong checksum only.
  const std::size_t type = image.size() - 512 + 63;
  const auto impossible = must(open_bytes(mutate(image, type, std::array<std::uint8_t, 1>{9})));
  BOOST_TEST(has_finding(impossible.diagnostics, "vhd-footer-copy"));
  BOOST_TEST(mentions(all_findings(impossible.diagnostics), {"disk type 9"}));
  const auto wrong = must(open_bytes(mutate(image, type, std::array<std::uint8_t, 1>{2})));
  BOOST_TEST(has_finding(wrong.diagnostics, "vhd-footer-copy"));
  BOOST_TEST((read_all(*wrong.disk) == expected(small_content())));
}

BOOST_AUTO_TEST_CASE(wrong_checksums_are_findings_where_the_fields_are_plausible) {
  ByteVector image = build_vhd(small_content(), small_plan());
  image[90] ^= std::byte{1};  // reserved bytes of the copy, of the footer, of the header
  image[image.size() - 512 + 90] ^= std::byte{1};
  image[512 + 800] ^= std::byte{1};
  const auto opened = must(open_bytes(image));
  BOOST_TEST(has_finding(opened.diagnostics, "vhd-footer-checksum"));
  BOOST_TEST(has_finding(opened.diagnostics, "vhd-header-checksum"));
  BOOST_TEST((read_all(*opened.disk) == expected(small_content())));
}

BOOST_AUTO_TEST_CASE(the_size_is_the_current_size_but_for_old_fixed_disks) {
  VhdPlan plan = small_plan();
  plan.geometry = {{2, 4, 2}};  // 16 sectors
  BOOST_TEST(must(open_bytes(build_vhd(small_content(), plan))).disk->size() == small_disk);
  plan.fixed = true;
  BOOST_TEST(must(open_bytes(build_vhd(small_content(), plan))).disk->size() == small_disk);
  // The file holds the geometry's 17 sectors, the current size says more.
  plan.geometry = {{17, 1, 1}};
  plan.stated_size = small_disk + 512;
  const auto opened = must(open_bytes(build_vhd(small_content(), plan)));
  BOOST_TEST(opened.disk->size() == small_disk);
  BOOST_TEST(has_finding(opened.diagnostics, "vhd-size-from-geometry"));
}

BOOST_AUTO_TEST_CASE(a_fixed_disk_that_was_cut_is_read_up_to_the_cut) {
  VhdPlan plan = small_plan();
  plan.fixed = true;
  plan.stated_size = small_disk + 4096;
  const auto opened = must(open_bytes(build_vhd(small_content(), plan)));
  BOOST_TEST(has_finding(opened.diagnostics, "vhd-truncated"));
  BOOST_TEST(opened.disk->size() == small_disk + 4096);
  ByteVector out(512);
  BOOST_TEST(is_ok(opened.disk->read(small_disk - 512, out)));
  BOOST_TEST(is_status(opened.disk->read(small_disk - 256, out), Status::truncated));
}

BOOST_AUTO_TEST_CASE(a_block_past_the_end_leaves_the_others_readable) {
  ByteVector image = build_vhd(small_content(), small_plan());
  image[1536 + 2] = std::byte{0x40};  // the first entry of the table
  const auto opened = must(open_bytes(image));
  BOOST_TEST(has_finding(opened.diagnostics, "vhd-truncated"));
  ByteVector out(300);
  const auto lost = opened.disk->read(100, out);
  BOOST_TEST(is_status(lost, Status::truncated));
  BOOST_TEST(mentions(lost.error().message(), {"disk.vhd", "block 0"}));
  BOOST_TEST(is_ok(opened.disk->read(small_disk - 300, out)));
  BOOST_TEST((out == pattern(300)));
}

BOOST_AUTO_TEST_CASE(blocks_without_an_entry_of_a_short_table_are_unreadable) {
  ByteVector image = build_vhd(small_content(), small_plan());
  image[512 + 31] = std::byte{2};  // entries of the table
  fixture::fix_vhd_checksums(image);
  const auto opened = must(open_bytes(image));
  BOOST_TEST(has_finding(opened.diagnostics, "vhd-table-short"));
  ByteVector out(100);
  BOOST_TEST(is_ok(opened.disk->read(2 * small_block - 100, out)));
  BOOST_TEST(is_status(opened.disk->read(2 * small_block, out), Status::corrupt));
}

const std::array mutations{
    Mutation{"table past the end of the file", 512 + 20, {0x70}, Status::corrupt},
    Mutation{"no table entries", 512 + 31, {0}, Status::corrupt},
    Mutation{"blocks of 0 bytes", 512 + 32, {0, 0, 0, 0}, Status::corrupt},
    Mutation{"blocks of 3 KiB", 512 + 34, {0x0C}, Status::corrupt},
    Mutation{"blocks of 256 bytes", 512 + 34, {1}, Status::corrupt},
    Mutation{"no cxsparse", 512, {'C'}, Status::corrupt},
    Mutation{"dynamic header of version 2", 512 + 25, {2}, Status::unsupported},
};

BOOST_DATA_TEST_CASE(refuses_impossible_headers, bdata::make(mutations), mutation) {
  ByteVector image =
      mutate(build_vhd(small_content(), small_plan()), mutation.offset, mutation.bytes);
  fixture::fix_vhd_checksums(image);
  BOOST_TEST(is_status(open_bytes(image), mutation.expected));
}

const std::array footer_mutations{
    Mutation{"version 2", 13, {2}, Status::unsupported},
    Mutation{"disk type 1", 63, {1}, Status::corrupt},
    Mutation{"disk type 5", 63, {5}, Status::corrupt},
    Mutation{"a disk of 0 bytes", 54, {0, 0}, Status::corrupt},
    Mutation{"header past the end of the file", 16, {0x70}, Status::truncated},
};

BOOST_DATA_TEST_CASE(refuses_impossible_footers, bdata::make(footer_mutations), mutation) {
  ByteVector image =
      mutate(build_vhd(small_content(), small_plan()), mutation.offset, mutation.bytes);
  image = mutate(image, image.size() - 512 + mutation.offset, mutation.bytes);
  fixture::fix_vhd_checksums(image);
  BOOST_TEST(is_status(open_bytes(image), mutation.expected));
}

BOOST_AUTO_TEST_CASE(a_table_larger_than_the_limit_is_refused) {
  Limits limits;
  limits.max_table_size = 16;  // five entries are needed
  BOOST_TEST(is_status(open_bytes(build_vhd(small_content(), small_plan()), limits),
                       Status::limit_exceeded));
  limits.max_table_size = 20;
  BOOST_TEST(is_ok(open_bytes(build_vhd(small_content(), small_plan()), limits)));
}

BOOST_AUTO_TEST_CASE(probes_by_footer_alone) {
  MemoryFolder folder;
  VhdPlan fixed;
  fixed.fixed = true;
  folder.add("fixed", build_vhd(small_content(), fixed));
  fixed.old_footer = true;
  folder.add("old", build_vhd(small_content(), fixed));
  const ByteVector dynamic = build_vhd(small_content(), small_plan());
  folder.add("dynamic", prefix(dynamic, dynamic.size() - 512));
  folder.add("raw.vhd", pattern(4096));
  folder.add("short.vhd", pattern(3));
  folder.add("empty.vhd", ByteVector());
  for (const char* name : {"fixed", "old", "dynamic"}) {
    BOOST_TEST(must(probe_vhd(folder.file(name))), name);
  }
  for (const char* name : {"raw.vhd", "short.vhd", "empty.vhd"}) {
    BOOST_TEST(!must(probe_vhd(folder.file(name))), name);
    BOOST_TEST(is_status(open_vhd(folder.file(name), make_context()), Status::bad_format));
  }
}

BOOST_AUTO_TEST_CASE(survives_truncation_everywhere) {
  const ByteVector image = build_vhd(small_content(), small_plan());
  for (std::size_t size = 0; size < image.size(); ++size) {
    const auto opened = open_bytes(prefix(image, size));
    if (opened) {
      ByteVector out(opened->disk->size());
      (void)opened->disk->read(0, out);
    } else {
      BOOST_TEST(size < 1536 + 4);  // footer copy, header, one table entry
    }
  }
}

BOOST_AUTO_TEST_CASE(survives_every_flipped_byte) {
  const ByteVector image = build_vhd(small_content(), small_plan());
  for (std::size_t i = 0; i < image.size(); ++i) {
    ByteVector flipped = image;
    flipped[i] ^= std::byte{0xFF};
    const auto opened = open_bytes(std::move(flipped));
    if (opened && opened->disk->size() <= 1U << 20) {
      ByteVector out(opened->disk->size());
      (void)opened->disk->read(0, out);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
