// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/solid_resources.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/wim/wim_support.h"

namespace casement::wim {
namespace {

using fixture::WimBuilder;
using test::border_builder;
using test::border_contents;
using test::hash_of;
using test::is_status;
using test::mentions;
using test::open_wim;
using test::RawBytes;
using test::read_blob;
using test::text_of_size;
using test::try_open_wim;
using enum fixture::WimCompression;
namespace at = fixture::wim_header_offset;

BOOST_AUTO_TEST_SUITE(solid_resources)

BOOST_AUTO_TEST_CASE(a_small_blob_table_that_claims_to_be_large_is_refused) {
  WimBuilder builder({.compression = lzx});
  builder.file("\\noise", test::noise_of_size(200'000));
  RawBytes bytes = builder.build();
  // Enough stored bytes for the chunk table of so many plain ones.
  fixture::put_wim_resource(bytes, at::blob_table,
                            {.size_in_wim = 60'000,
                             .flags = wim_layout::resource_flag::compressed,
                             .offset = 208,
                             .size = std::uint64_t{200} << 20});
  const auto file = try_open_wim(bytes);
  BOOST_TEST(is_status(file, Status::limit_exceeded));
  BOOST_TEST(mentions(file.error().message(), {"blob table", "more than the limit of"}));
}

BOOST_AUTO_TEST_CASE(more_solid_resources_than_are_kept_open_can_be_read) {
  WimBuilder builder({.compression = lzx, .solid = fixture::WimSolid{.resources = 24}});
  std::vector<std::string> texts;
  for (unsigned i = 0; i < 24; ++i) {
    texts.push_back(test::text_of_size(3000, i + 1));
    builder.file("\\" + std::to_string(i), texts.back());
  }
  const auto built = builder.build_mapped();
  BOOST_REQUIRE_GT(built.solids.size(), 8U);
  const WimFilePtr file = open_wim(built.bytes());
  for (int pass = 0; pass < 2; ++pass) {
    for (const std::string& text : texts) {
      BOOST_TEST((read_blob(*file, text) == text));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_solid_resource_that_is_listed_twice_is_not_read_twice) {
  const auto edit = [](RawBytes& table) {
    std::size_t row = 0;  // the first of them
    while (fixture::get_wim_resource(table, row).size != wim_layout::solid_resource_mark) {
      row += 50;
    }
    const RawBytes copy(table.begin() + static_cast<std::ptrdiff_t>(row),
                        table.begin() + static_cast<std::ptrdiff_t>(row + 50));
    table.insert(table.begin() + static_cast<std::ptrdiff_t>(row), copy.begin(), copy.end());
  };
  const WimFilePtr file = open_wim(
      border_builder(
          {.compression = lzx, .solid = fixture::WimSolid{.resources = 2}, .edit_blob_table = edit})
          .build());
  std::size_t refused = 0;
  for (const std::string& content : border_contents()) {
    const auto blob = test::try_read_blob(*file, hash_of(content));
    refused += blob ? 0 : 1;
    BOOST_TEST((blob || mentions(blob.error().message(), {"listed twice"})));
  }
  BOOST_TEST(refused > 0U);
  BOOST_TEST(refused < border_contents().size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
