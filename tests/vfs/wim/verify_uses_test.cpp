// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/verify_uses.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/wim/wim_support.h"

namespace casement::wim {
namespace {

using fixture::WimBuilder;
using test::hash_of;
using test::open_wim;
using test::RawBytes;
using test::text_of_size;
using test::verified;

const std::string small = text_of_size(20'000, 1);

std::vector<std::string> uses_of(const DamagedBlob& blob) {
  std::vector<std::string> uses;
  for (const BlobUse& use : blob.uses) {
    uses.push_back(std::to_string(use.image) + " " + std::string(use.path.begin(), use.path.end()));
  }
  return uses;
}

BOOST_AUTO_TEST_SUITE(verify_uses)

BOOST_AUTO_TEST_CASE(all_damaged_blobs_of_one_hash_have_their_uses) {
  // A second row for `small`, outside of the file.
  const auto edit = [](RawBytes& table) {
    std::size_t row = 0;
    while (fixture::get_wim_resource(table, row).size != small.size()) {
      row += 50;
    }
    const std::size_t at = table.size();
    table.resize(at + 50);
    std::copy_n(table.begin() + static_cast<std::ptrdiff_t>(row), 50,
                table.begin() + static_cast<std::ptrdiff_t>(at));
    auto place = fixture::get_wim_resource(table, at);
    place.offset += 1U << 30;
    fixture::put_wim_resource(table, at, place);
  };
  WimBuilder builder({.edit_blob_table = edit});
  builder.add_image();
  builder.add_image();
  builder.image(1).file("\\small", small);
  builder.image(1).file("\\streams", "main").stream("named", small);
  builder.image(2).file("\\again", small);
  auto built = builder.build_mapped();
  built.bytes()[built.blob(small).resource.offset] ^= std::byte{0x55};
  const VerifyReport report = verified(open_wim(built.bytes()));
  BOOST_REQUIRE_EQUAL(report.damaged_blobs.size(), 2U);
  for (const DamagedBlob& blob : report.damaged_blobs) {
    BOOST_TEST((blob.expected == hash_of(small)));
    BOOST_TEST(blob.use_count == 3U);
    BOOST_TEST(
        uses_of(blob) == (std::vector<std::string>{"1 \\small", "1 \\streams:named", "2 \\again"}),
        boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(paths_that_are_told_are_bounded_and_all_are_counted) {
  WimBuilder builder;
  builder.add_image();
  std::string directory;
  for (int i = 0; i < 16; ++i) {
    directory += "\\" + std::string(2000, static_cast<char>('a' + i));
  }
  constexpr std::size_t files = 1500;
  for (std::size_t i = 0; i < files; ++i) {
    builder.file(directory + "\\" + std::to_string(i), "gone");
  }
  builder.leave_out("gone");
  const VerifyReport report = verified(open_wim(builder.build()));
  BOOST_REQUIRE_EQUAL(report.missing_blobs.size(), 1U);
  BOOST_TEST(report.missing_blobs[0].use_count == files);
  BOOST_TEST(report.missing_blobs[0].uses.size() > 100U);
  std::uint64_t bytes = 0;
  for (const BlobUse& use : report.missing_blobs[0].uses) {
    bytes += use.path.size() * sizeof(char16_t);
  }
  BOOST_TEST(bytes <= std::uint64_t{64} << 20);
}

BOOST_AUTO_TEST_CASE(metadata_that_images_share_is_walked_once) {
  WimBuilder builder;
  builder.add_image();
  builder.add_image();
  builder.image(1).file("\\gone", "gone");
  builder.image(2).file("\\also gone", "gone");
  builder.leave_out("gone");
  auto built = builder.build_mapped();
  const auto shared = built.metadata(1);
  built.set_resource(built.metadata(2).hash, shared.resource);
  const VerifyReport report = verified(open_wim(built.bytes()));
  BOOST_TEST(test::has_finding(report.diagnostics, "wim-shared-metadata"));
  BOOST_REQUIRE_EQUAL(report.missing_blobs.size(), 1U);
  BOOST_TEST(uses_of(report.missing_blobs[0]) == std::vector<std::string>{"1 \\gone"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_report_that_lost_findings_is_not_good) {
  VerifyReport report;
  for (std::size_t i = 0; i < Diagnostics::max_kept; ++i) {
    report.diagnostics.add(Severity::note, "note", "a note");
  }
  BOOST_TEST(report.good());
  report.diagnostics.add(Severity::error, "error", "an error behind them");
  BOOST_TEST(!report.good());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
