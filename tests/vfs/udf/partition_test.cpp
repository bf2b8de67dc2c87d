// SPDX-License-Identifier: Apache-2.0
#include <boost/test/data/test_case.hpp>

#include "tests/vfs/udf/udf_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

fx::UdfOptions metadata_options(std::uint32_t pieces = 1) {
  return {.revision = 0x0250,
          .extended_entries = true,
          .metadata_partition = true,
          .metadata_pieces = pieces};
}

constexpr std::uint16_t logical_id = 6;

}  // namespace

BOOST_AUTO_TEST_SUITE(udf_partition)

BOOST_DATA_TEST_CASE(entries_in_a_metadata_partition_are_found, bdata::make({1U, 2U, 5U}), pieces) {
  const auto volume = open_built(udf_sample(metadata_options(pieces)).build());
  BOOST_TEST(tree_of(volume) == udf_sample_tree(), boost::test_tools::per_element());
  BOOST_TEST(volume->info().version == "UDF 2.50");
  BOOST_TEST(volume->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(metadata_mirror_replaces_a_damaged_metadata_file) {
  auto built = udf_sample(metadata_options()).build();
  built.bytes[built.metadata_file + 60] ^= std::byte{1};
  const auto volume = open_built(built);
  BOOST_TEST(tree_of(volume) == udf_sample_tree(), boost::test_tools::per_element());
  BOOST_TEST(mentions(finding(*volume, "udf-mirror"), {"metadata file", "CRC"}));
}

BOOST_AUTO_TEST_CASE(damaged_metadata_mirror_is_a_finding) {
  auto built = udf_sample(metadata_options()).build();
  built.bytes[built.metadata_mirror + 60] ^= std::byte{1};
  const auto volume = open_built(built);
  BOOST_TEST(tree_of(volume) == udf_sample_tree(), boost::test_tools::per_element());
  BOOST_TEST(mentions(finding(*volume, "udf-mirror"), {"mirror file", "CRC"}));
}

BOOST_AUTO_TEST_CASE(without_both_metadata_files_nothing_can_be_read) {
  auto built = udf_sample(metadata_options()).build();
  built.bytes[built.metadata_file + 60] ^= std::byte{1};
  built.bytes[built.metadata_mirror + 60] ^= std::byte{1};
  const auto volume = try_open_udf(built.bytes);
  BOOST_TEST(is_status(volume, Status::corrupt));
  BOOST_TEST(mentions(volume.error().message(), {"metadata file and its mirror"}));
}

BOOST_AUTO_TEST_CASE(damaged_entries_are_read_from_the_mirror) {
  for (const char* const path : {"", "README.TXT", "sources"}) {
    auto built = udf_sample(metadata_options()).build();
    built.bytes[built.find(path).entry + 60] ^= std::byte{1};
    const auto volume = open_built(built);
    BOOST_TEST(tree_of(volume) == udf_sample_tree(), boost::test_tools::per_element());
    BOOST_TEST(mentions(finding(*volume, "udf-mirror"), {"CRC", "the mirror was read"}));
  }
}

BOOST_AUTO_TEST_CASE(damaged_file_set_is_read_from_the_mirror) {
  auto built = udf_sample(metadata_options()).build();
  built.bytes[built.file_set + 60] ^= std::byte{1};
  const auto volume = open_built(built);
  BOOST_TEST(tree_of(volume) == udf_sample_tree(), boost::test_tools::per_element());
  BOOST_TEST(mentions(finding(*volume, "udf-mirror"), {"file set descriptor"}));
}

BOOST_DATA_TEST_CASE(virtual_allocation_tables_of_both_generations_are_used,
                     bdata::make({0x0150U, 0x0200U}), revision) {
  const auto built = udf_sample({.revision = static_cast<std::uint16_t>(revision),
                                 .virtual_partition = true,
                                 .being_written = true})
                         .build();
  const auto volume = open_built(built);
  BOOST_TEST(tree_of(volume) == udf_sample_tree(), boost::test_tools::per_element());
  BOOST_TEST(volume->diagnostics().empty());
  BOOST_TEST(!volume->info().dirty);  // on write-once media that descriptor says nothing
}

BOOST_AUTO_TEST_CASE(virtual_allocation_table_may_have_padding_behind_it) {
  auto built = udf_sample({.revision = 0x0150, .virtual_partition = true}).build();
  built.bytes.resize(built.bytes.size() + std::size_t{150} * 2048);
  BOOST_TEST(tree_of(open_built(built)) == udf_sample_tree(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(lost_virtual_allocation_table_is_named) {
  auto built = udf_sample({.revision = 0x0150, .virtual_partition = true}).build();
  built.bytes[built.virtual_table + 60] ^= std::byte{1};
  const auto volume = try_open_udf(built.bytes);
  BOOST_TEST(is_status(volume, Status::corrupt));
  BOOST_TEST(mentions(volume.error().message(), {"virtual allocation table"}));
}

BOOST_AUTO_TEST_CASE(packets_that_were_replaced_are_read_where_they_are_now) {
  const fx::UdfOptions options{.revision = 0x0150, .packet_length = 8, .replaced_packets = {0, 16}};
  auto built = udf_sample(options).build();
  BOOST_TEST(tree_of(open_built(built)) == udf_sample_tree(), boost::test_tools::per_element());
  // Without the table, the first packet, and the file set in it, is not where it was.
  built.bytes[built.sparing_table + 60] ^= std::byte{1};
  const auto volume = try_open_udf(built.bytes);
  BOOST_TEST(is_status(volume, Status::corrupt));
}

BOOST_AUTO_TEST_CASE(lost_sparing_table_is_a_finding_while_nothing_was_replaced) {
  auto built = udf_sample({.revision = 0x0150, .packet_length = 32}).build();
  BOOST_TEST(open_built(built)->diagnostics().empty());
  built.bytes[built.sparing_table + 60] ^= std::byte{1};
  const auto volume = open_built(built);
  BOOST_TEST(tree_of(volume) == udf_sample_tree(), boost::test_tools::per_element());
  BOOST_TEST(findings_of(*volume).contains("udf-sparing-table"));
}

BOOST_AUTO_TEST_CASE(unknown_kind_of_partition_is_named) {
  auto built = udf_sample({.revision = 0x0150, .packet_length = 32}).build();
  for (const std::uint64_t at : {built.descriptor(logical_id), built.reserve_sequence + 3 * 2048}) {
    fx::put_bytes(built.bytes, at + 440 + 5, fx::ascii_bytes("*UDF Curious Partition"));
    built.fix_tag(at);
  }
  const auto volume = try_open_udf(built.bytes);
  BOOST_TEST(is_status(volume, Status::unsupported));
  BOOST_TEST(mentions(volume.error().message(), {"*UDF Curious Partition"}));
}

BOOST_AUTO_TEST_CASE(packets_of_no_blocks_are_refused) {
  auto built = udf_sample({.revision = 0x0150, .packet_length = 32}).build();
  for (const std::uint64_t at : {built.descriptor(logical_id), built.reserve_sequence + 3 * 2048}) {
    fx::put_u16(built.bytes, at + 440 + 40, 0);
    built.fix_tag(at);
  }
  BOOST_TEST(is_status(try_open_udf(built.bytes), Status::corrupt));
}

BOOST_AUTO_TEST_SUITE_END()
