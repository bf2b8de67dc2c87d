// SPDX-License-Identifier: Apache-2.0
// Full names of app packages.
#include "engine/servicing/appx_full_name.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {

BOOST_AUTO_TEST_SUITE(appx_full_name)

BOOST_AUTO_TEST_CASE(a_bundle_has_five_parts) {
  const auto name =
      parse_appx_full_name(u"Microsoft.ZuneMusic_2019.6.25071.65535_neutral_~_8wekyb3d8bbwe");
  BOOST_TEST_REQUIRE(name.has_value());
  BOOST_TEST(to_utf8(name->name) == "Microsoft.ZuneMusic");
  BOOST_TEST((name->version == std::array<std::uint32_t, 4>{2019, 6, 25071, 65535}));
  BOOST_TEST(to_utf8(name->architecture) == "neutral");
  BOOST_TEST(to_utf8(name->publisher_id) == "8wekyb3d8bbwe");
  BOOST_TEST(to_utf8(name->family_name()) == "Microsoft.ZuneMusic_8wekyb3d8bbwe");
  BOOST_TEST(name->is_bundle());
  BOOST_TEST(!name->is_resource());
}

BOOST_AUTO_TEST_CASE(a_main_package_has_no_resource_identifier) {
  const auto name = parse_appx_full_name(u"Example.App-2_1.0.0.0_x64__cw5n1h2txyewy");
  BOOST_TEST_REQUIRE(name.has_value());
  BOOST_TEST(name->resource_id.empty());
  BOOST_TEST(!name->is_bundle());
}

BOOST_AUTO_TEST_CASE(a_part_with_resources_is_told_by_its_identifier) {
  const auto name =
      parse_appx_full_name(u"Example.App_1.0.0.0_neutral_split.scale-125_8wekyb3d8bbwe");
  BOOST_TEST_REQUIRE(name.has_value());
  BOOST_TEST(name->is_resource());
}

BOOST_DATA_TEST_CASE(
    refuses_what_is_no_full_name,
    boost::unit_test::data::make(
        {"", "____", "A_1.0.0.0_x64_8wekyb3d8bbwe", "A_1.0.0.0_x64___8wekyb3d8bbwe",
         "_1.0.0.0_x64__8wekyb3d8bbwe", "A_1.0.0_x64__8wekyb3d8bbwe",
         "A_1.0.0.0.0_x64__8wekyb3d8bbwe", "A_1.0.0.65536_x64__8wekyb3d8bbwe",
         "A_1.0.0.99999999999_x64__8wekyb3d8bbwe", "A_1.0.0.-1_x64__8wekyb3d8bbwe",
         "A_1.0.0._x64__8wekyb3d8bbwe", "A_1.0.0.0___8wekyb3d8bbwe", "A_1.0.0.0_x64__8wekyb3d8bbw",
         "A_1.0.0.0_x64__8wekyb3d8bbwee", "A_1.0.0.0_x64__8wekyb3d8bbwu",
         "..\\A_1.0.0.0_x64__8wekyb3d8bbwe", "A/B_1.0.0.0_x64__8wekyb3d8bbwe",
         "A_1.0.0.0_x64_..\\x_8wekyb3d8bbwe", "A%B_1.0.0.0_x64__8wekyb3d8bbwe"}),
    text) {
  BOOST_TEST(!parse_appx_full_name(*from_utf8(text)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
