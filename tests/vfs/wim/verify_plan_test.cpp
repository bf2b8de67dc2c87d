// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/verify_plan.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/wim/wim_support.h"

namespace casement::wim {
namespace {

using fixture::WimBuilder;
using fixture::WimOptions;
using test::mentions;
using test::open_wim;
using test::text_of_size;
using test::verified;

BOOST_AUTO_TEST_SUITE(verify_plan)

BOOST_AUTO_TEST_CASE(a_row_that_is_too_large_hides_none_of_those_behind_it) {
  for (const bool solid : {false, true}) {
    WimOptions options;
    if (solid) {
      options.solid = fixture::WimSolid{};
    }
    WimBuilder builder(options);
    for (unsigned i = 0; i < 20; ++i) {
      builder.file("\\" + std::to_string(i), text_of_size(5000, i + 1));
    }
    auto built = builder.build_mapped();
    const auto first = std::ranges::min_element(
        built.blobs, {}, [](const auto& blob) { return blob.resource.offset; });
    auto place = first->resource;
    place.size_in_wim += 50'000;  // over many others
    place.size = place.size_in_wim;
    const Sha1 too_large = first->hash;
    built.set_resource(too_large, place);
    const VerifyReport report = verified(open_wim(built.bytes()));
    BOOST_REQUIRE_EQUAL(report.damaged_blobs.size(), 1U);
    BOOST_TEST((report.damaged_blobs[0].expected == too_large));
    BOOST_TEST(mentions(report.damaged_blobs[0].error.message(), {"overlaps"}));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
