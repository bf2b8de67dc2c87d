// SPDX-License-Identifier: Apache-2.0
#include <boost/test/data/test_case.hpp>

#include "tests/vfs/udf/udf_support.h"
#include "vfs/udf/udf_anchor.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

bool probe(const std::vector<std::byte>& bytes) {
  return must(probe_udf(*as_source(bytes)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(udf_anchor)

BOOST_DATA_TEST_CASE(sector_size_is_told_by_the_place_of_the_anchor,
                     bdata::make({512U, 1024U, 2048U, 4096U, 8192U}), size) {
  const auto built = udf_sample({.block_size = size}).build();
  const auto anchors = must(find_udf_anchors(*as_source(built.bytes)));
  BOOST_REQUIRE_EQUAL(anchors.size(), 2U);
  BOOST_TEST(anchors[0].sector_size == size);
  BOOST_TEST(anchors[0].sector == 256U);
  BOOST_TEST(anchors[0].main.sector * std::uint64_t{size} == built.main_sequence);
  const auto volume = open_built(built);
  BOOST_TEST(tree_of(volume) == udf_sample_tree(), boost::test_tools::per_element());
  BOOST_TEST(volume->info().cluster_size == size);
  BOOST_TEST(volume->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(one_anchor_anywhere_is_enough) {
  const std::vector<fx::UdfOptions> places{
      {.anchor_at_256 = true, .anchor_at_end = false},
      {.anchor_at_256 = false, .anchor_at_end = true},
      {.anchor_at_256 = false, .anchor_at_end = false, .anchor_before_end = true}};
  for (const fx::UdfOptions& options : places) {
    const auto built = udf_sample(options).build();
    BOOST_REQUIRE_EQUAL(built.anchors.size(), 1U);
    const auto volume = open_built(built);
    BOOST_TEST(content_at(*volume, "README.TXT") == "short");
  }
}

BOOST_AUTO_TEST_CASE(volume_without_recognition_sequence_is_told_by_its_anchor) {
  const auto built = udf_sample({.recognition_sequence = false}).build();
  BOOST_TEST(probe(built.bytes));
  BOOST_TEST(is_ok(try_open_udf(built.bytes)));
}

BOOST_AUTO_TEST_CASE(volume_without_anchor_is_udf_and_cannot_be_opened) {
  auto built = udf_sample().build();
  for (const std::uint64_t anchor : built.anchors) {
    built.bytes[anchor + 4] ^= std::byte{1};  // its checksum
  }
  BOOST_TEST(probe(built.bytes));
  const auto volume = try_open_udf(built.bytes);
  BOOST_TEST(is_status(volume, Status::corrupt));
  BOOST_TEST(mentions(volume.error().message(), {"no anchor"}));
}

BOOST_AUTO_TEST_CASE(anchor_that_leads_nowhere_gives_way_to_the_next) {
  auto built = udf_sample().build();
  fx::put_u32(built.bytes, built.anchors[0] + 20, 3);  // both sequences in the system area
  fx::put_u32(built.bytes, built.anchors[0] + 28, 3);
  built.fix_tag(built.anchors[0]);
  const auto volume = open_built(built);
  BOOST_TEST(tree_of(volume) == udf_sample_tree(), boost::test_tools::per_element());
  BOOST_TEST(findings_of(*volume).contains("udf-anchor"));
}

BOOST_AUTO_TEST_CASE(an_anchor_in_the_wrong_place_is_none) {
  auto built = udf_sample().build();
  fx::put_u32(built.bytes, built.anchors[0] + 12, 257);
  built.fix_tag(built.anchors[0]);
  const auto anchors = must(find_udf_anchors(*as_source(built.bytes)));
  BOOST_REQUIRE_EQUAL(anchors.size(), 1U);
  BOOST_TEST(anchors[0].sector * 2048 == built.anchors[1]);
}

BOOST_AUTO_TEST_CASE(other_contents_are_not_udf) {
  BOOST_TEST(!probe({}));
  BOOST_TEST(!probe(std::vector<std::byte>(32'768)));
  BOOST_TEST(!probe(pattern(2'000'000)));
  fx::Iso9660Builder iso;
  iso.add_file("README.TXT", "no UDF here");
  const auto bytes = iso.build().bytes;
  BOOST_TEST(!probe(bytes));
  BOOST_TEST(is_status(try_open_udf(bytes), Status::bad_format));
}

BOOST_AUTO_TEST_CASE(bridge_names_both_file_systems) {
  auto builder = udf_sample();
  fx::Iso9660Builder front;
  front.add_file("README.TXT", "This disc holds a UDF file system.");
  builder.set_front(std::move(front));
  const auto built = builder.build();
  const auto names = must(read_recognition_sequence(*as_source(built.bytes)));
  const std::vector<std::string> expected{"CD001", "CD001", "BEA01", "NSR02", "TEA01"};
  BOOST_TEST(names == expected, boost::test_tools::per_element());
  BOOST_TEST(tree_of(open_built(built)) == udf_sample_tree(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
