// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/verify.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/support/matchers.h"
#include "tests/vfs/wim/verify_support.h"
#include "tests/vfs/wim/wim_support.h"

namespace casement::wim {
namespace {

using fixture::BuiltWim;
using fixture::WimBuilder;
using fixture::WimOptions;
using test::flip;
using test::hash_of;
using test::is_status;
using test::mentions;
using test::must;
using test::open_wim;
using test::place_of;
using test::RawBytes;
using test::uses_of;
using test::verified;
using test::verify_builder;
using test::verify_layouts;
using enum fixture::WimCompression;

const std::string& small = test::verify_contents().small;
const std::string& large = test::verify_contents().large;
const std::string& other = test::verify_contents().other;

BOOST_AUTO_TEST_SUITE(verify_wim)

BOOST_DATA_TEST_CASE(sound_files_are_good_with_any_number_of_threads,
                     boost::unit_test::data::make(verify_layouts()), layout) {
  WimOptions options = layout.options;
  options.integrity_table = true;
  options.integrity_chunk_size = 100'000;
  const WimFilePtr file = open_wim(verify_builder(options).build());
  for (const unsigned threads : {1U, 5U}) {
    const VerifyReport report = verified(file, threads);
    BOOST_TEST(report.good(), test::finding_texts(report.diagnostics));
    BOOST_TEST(report.blobs == 44U + 2U);
    BOOST_TEST(report.bytes > small.size() + large.size() + other.size());
    BOOST_TEST(report.had_integrity_table);
    BOOST_TEST(report.integrity_chunks > 1U);
    BOOST_TEST(!report.stopped);
  }
}

BOOST_DATA_TEST_CASE(tells_damaged_blobs_and_who_uses_them,
                     boost::unit_test::data::make(verify_layouts()), layout) {
  if (layout.options.solid) {
    return;  // there a flipped byte damages what lies beside it, too
  }
  BuiltWim built = verify_builder(layout.options).build_mapped();
  flip(built, place_of(built, large));
  flip(built, place_of(built, small));
  const VerifyReport report = verified(open_wim(built.bytes()));
  BOOST_TEST(!report.good());
  BOOST_REQUIRE_EQUAL(report.damaged_blobs.size(), 2U);
  const bool in_order = report.damaged_blobs[0].expected == hash_of(small);
  const DamagedBlob& damaged_small = report.damaged_blobs[in_order ? 0 : 1];
  const DamagedBlob& damaged_large = report.damaged_blobs[in_order ? 1 : 0];
  BOOST_TEST((in_order == (built.blob(small).resource.offset < built.blob(large).resource.offset)));
  BOOST_TEST((damaged_large.expected == hash_of(large)));
  BOOST_TEST(damaged_large.size == large.size());
  BOOST_TEST(damaged_large.use_count == 1U);
  BOOST_TEST(uses_of(damaged_large) == std::vector<std::string>{"1 \\large"},
             boost::test_tools::per_element());
  BOOST_TEST(damaged_small.use_count == 3U);
  BOOST_TEST(uses_of(damaged_small) ==
                 (std::vector<std::string>{"1 \\dir\\streams:named", "1 \\small", "2 \\again"}),
             boost::test_tools::per_element());
  BOOST_TEST(mentions(damaged_small.error.message(), {"test.wim", "blob"}));
  BOOST_TEST(report.missing_blobs.empty());
}

BOOST_AUTO_TEST_CASE(a_changed_byte_gives_the_hash_that_was_found) {
  BuiltWim built = verify_builder({}).build_mapped();
  const auto& blob = built.blob(other);
  RawBytes changed(
      built.bytes().begin() + static_cast<std::ptrdiff_t>(blob.resource.offset),
      built.bytes().begin() + static_cast<std::ptrdiff_t>(blob.resource.offset + other.size()));
  changed[300'000] ^= std::byte{0x55};
  flip(built, blob.resource.offset + 300'000);
  const VerifyReport report = verified(open_wim(built.bytes()));
  BOOST_REQUIRE_EQUAL(report.damaged_blobs.size(), 1U);
  BOOST_TEST((report.damaged_blobs[0].found == sha1(changed)));
  BOOST_TEST(
      is_status(Result<int>(std::unexpected(report.damaged_blobs[0].error)), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(a_damaged_chunk_of_a_solid_resource_damages_the_blobs_that_touch_it) {
  BuiltWim built =
      verify_builder({.compression = xpress,
                      .solid = fixture::WimSolid{.compression = xpress, .chunk_size = 32768}})
          .build_mapped();
  const auto& solid = built.solids.at(0);
  const std::uint32_t size = fixture::get_u32(built.bytes(), solid.chunk_sizes + 8);
  BOOST_REQUIRE_GT(size, 4U);
  std::size_t at = solid.resource.offset + 16;
  const std::uint64_t chunks =
      (fixture::get_u64(built.bytes(), solid.resource.offset) + 32767) / 32768;
  at += chunks * 4;
  at += fixture::get_u32(built.bytes(), solid.chunk_sizes) +
        fixture::get_u32(built.bytes(), solid.chunk_sizes + 4);
  // All code lengths 15: there is no such Huffman code.
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 256); ++i) {
    built.bytes()[at + i] = std::byte{0xFF};
  }
  const VerifyReport report = verified(open_wim(built.bytes()));
  std::set<Sha1> expected;
  for (const auto& blob : built.blobs) {
    if (blob.solid && blob.resource.offset < 3 * 32768U &&
        blob.resource.offset + blob.resource.size_in_wim > 2 * 32768U) {
      expected.insert(blob.hash);
    }
  }
  std::set<Sha1> damaged;
  for (const DamagedBlob& blob : report.damaged_blobs) {
    damaged.insert(blob.expected);
    BOOST_TEST(!blob.found.has_value());
    BOOST_TEST(mentions(blob.error.message(), {"chunk 2 of"}));
  }
  BOOST_TEST(!expected.empty());
  BOOST_TEST((damaged == expected));
}

BOOST_AUTO_TEST_CASE(tells_damaged_metadata_as_a_finding) {
  BuiltWim built = verify_builder({.compression = lzx}).build_mapped();
  const auto& metadata = built.metadata(2);
  flip(built, metadata.resource.offset + metadata.resource.size_in_wim / 2);
  flip(built, place_of(built, small));
  const VerifyReport report = verified(open_wim(built.bytes()));
  BOOST_TEST(!report.good());
  BOOST_TEST(test::has_finding(report.diagnostics, "wim-metadata-damaged"));
  BOOST_REQUIRE_EQUAL(report.damaged_blobs.size(), 1U);
  BOOST_TEST(report.damaged_blobs[0].use_count >= 2U);  // image 1 is walked all the same
}

BOOST_AUTO_TEST_CASE(tells_blobs_that_no_table_lists) {
  WimBuilder builder({.compression = lzx});
  builder.add_image();
  builder.add_image();
  builder.image(1).file("\\gone", "gone");
  builder.image(2).file("\\also gone", "gone");
  builder.image(2).file("\\here", "here");
  builder.leave_out("gone");
  const VerifyReport report = verified(open_wim(builder.build()));
  BOOST_TEST(!report.good());
  BOOST_TEST(report.damaged_blobs.empty());
  BOOST_REQUIRE_EQUAL(report.missing_blobs.size(), 1U);
  const DamagedBlob& missing = report.missing_blobs[0];
  BOOST_TEST((missing.expected == hash_of("gone")));
  BOOST_TEST(uses_of(missing) == (std::vector<std::string>{"1 \\gone", "2 \\also gone"}),
             boost::test_tools::per_element());
  BOOST_TEST(mentions(missing.error.message(), {"no blob table"}));
}

BOOST_AUTO_TEST_CASE(tells_blobs_of_missing_parts) {
  WimOptions options{.compression = lzx, .part_size = 100'000};
  auto files = test::name_parts(verify_builder(options).build_parts(), "install");
  BOOST_REQUIRE_GE(files.size(), 2U);
  BOOST_TEST(verified(must(test::try_open_wim(files, "install.swm"))).good());
  files.erase("install2.swm");
  const VerifyReport report = verified(must(test::try_open_wim(files, "install.swm")));
  BOOST_TEST(!report.good());
  BOOST_TEST(!report.missing_blobs.empty());
  BOOST_TEST(test::has_finding(report.diagnostics, "wim-part-missing"));
}

BOOST_AUTO_TEST_CASE(uses_are_bounded_and_counted) {
  WimBuilder builder;
  builder.add_image();
  for (int i = 0; i < 10'050; ++i) {
    builder.file("\\" + std::to_string(i), "gone");
  }
  builder.leave_out("gone");
  const VerifyReport report = verified(open_wim(builder.build()));
  BOOST_REQUIRE_EQUAL(report.missing_blobs.size(), 1U);
  BOOST_TEST(report.missing_blobs[0].uses.size() == 10'000U);
  BOOST_TEST(report.missing_blobs[0].use_count == 10'050U);
}

BOOST_AUTO_TEST_CASE(tells_damaged_chunks_of_the_integrity_table) {
  BuiltWim built =
      verify_builder({.compression = lzx, .integrity_table = true, .integrity_chunk_size = 50'000})
          .build_mapped();
  const std::size_t at = 208 + 3 * 50'000 + 17;
  flip(built, at);
  const VerifyReport report = verified(open_wim(built.bytes()));
  BOOST_REQUIRE_EQUAL(report.damaged_chunks.size(), 1U);
  BOOST_TEST(report.damaged_chunks[0].offset == 208U + 3 * 50'000U);
  BOOST_TEST(report.damaged_chunks[0].size == 50'000U);
  BOOST_TEST(report.damaged_chunks[0].part == 1U);
  BOOST_TEST(!report.good());
  built.fix_integrity();
  BOOST_TEST(verified(open_wim(built.bytes())).damaged_chunks.empty());
}

BOOST_AUTO_TEST_CASE(an_integrity_table_that_cannot_be_read_is_a_finding) {
  const BuiltWim built = verify_builder({.integrity_table = true}).build_mapped();
  const auto table =
      fixture::get_wim_resource(built.bytes(), fixture::wim_header_offset::integrity);
  const auto report_of = [&](std::size_t offset, std::uint32_t value) {
    RawBytes bytes = built.bytes();
    fixture::put_u32(bytes, offset, value);
    return verified(open_wim(bytes));
  };
  for (const auto& [offset, value] : {std::pair<std::size_t, std::uint32_t>{table.offset, 11},
                                      {table.offset + 4, 0xFFFF'FFFF},
                                      {table.offset + 8, 0},
                                      {table.offset + 8, 12},
                                      {fixture::wim_header_offset::integrity, 0x7FFF'FFFF},
                                      {fixture::wim_header_offset::integrity + 8, 0x7FFF'FFFF},
                                      {fixture::wim_header_offset::integrity + 4, 0x0400'0000}}) {
    const VerifyReport report = report_of(offset, value);
    BOOST_TEST(test::has_finding(report.diagnostics, "wim-integrity-table"));
    BOOST_TEST(report.damaged_blobs.empty());
    BOOST_TEST(!report.had_integrity_table);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
