// SPDX-License-Identifier: Apache-2.0
// AppxProvisioning.xml.
#include "engine/servicing/appx_provisioning.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <span>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

Result<AppxProvisioning> parse(std::string_view xml) {
  return parse_appx_provisioning(std::as_bytes(std::span(xml)));
}

constexpr std::string_view list =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
    "<AppxProvisionList xmlns=\"http://schemas.microsoft.com/appx/2013/appxprovisionpackage\">"
    "<EndOfLife><Package FamilyName=\"Example.Old_8wekyb3d8bbwe\"/><Package/></EndOfLife>"
    "<Provisioned>"
    "<Package FullName=\"Example.Lib_1.0.0.0_x64__8wekyb3d8bbwe\" IsLOBApp=\"true\"/>"
    "<Package FullName=\"Example.App_2.0.0.0_neutral_~_8wekyb3d8bbwe\" PackageType=\"bundle\"/>"
    "<Package FullName=\"Example.App_2.0.0.0_x64__8wekyb3d8bbwe\" "
    "ProvisionSourceIsBundle=\"true\"/>"
    "<Package FullName=\"Example.App_2.0.0.0_neutral_split.scale-100_8wekyb3d8bbwe\" "
    "ProvisionSourceIsBundle=\"true\" PackageType=\"resource\"/>"
    "<Package FullName=\"half a name\"/>"
    "<Other FullName=\"Example.Not_2.0.0.0_x64__8wekyb3d8bbwe\"/>"
    "<Package FullName=\"Example.Plain_3.0.0.0_x64__8wekyb3d8bbwe\"/>"
    "</Provisioned></AppxProvisionList>";

}  // namespace

BOOST_AUTO_TEST_SUITE(appx_provisioning)

BOOST_AUTO_TEST_CASE(reads_every_kind_of_row_and_reports_the_damaged_one) {
  const AppxProvisioning provisioning = must(parse(list));
  BOOST_TEST_REQUIRE(provisioning.packages.size() == 5U);
  BOOST_TEST(provisioning.packages[0].line_of_business);
  BOOST_TEST(!provisioning.packages[0].bundle);
  BOOST_TEST(provisioning.packages[1].bundle);
  BOOST_TEST(!provisioning.packages[1].from_bundle);
  BOOST_TEST(provisioning.packages[2].from_bundle);
  BOOST_TEST(!provisioning.packages[2].resource);
  BOOST_TEST(provisioning.packages[3].resource);
  BOOST_TEST(to_utf8(provisioning.packages[4].full_name) ==
             "Example.Plain_3.0.0.0_x64__8wekyb3d8bbwe");
  BOOST_TEST(to_utf8(provisioning.packages[4].identity.name) == "Example.Plain");
  BOOST_TEST_REQUIRE(provisioning.end_of_life.size() == 1U);
  BOOST_TEST(to_utf8(provisioning.end_of_life[0]) == "Example.Old_8wekyb3d8bbwe");
  BOOST_TEST_REQUIRE(provisioning.diagnostics.items().size() == 1U);
  BOOST_TEST(mentions(provisioning.diagnostics.items()[0].text, {"half a name", "FullName"}));
}

BOOST_AUTO_TEST_CASE(a_list_in_utf_16_is_read_too) {
  std::string wide("\xFF\xFE", 2);
  for (const char unit : list) {
    wide.push_back(unit);
    wide.push_back('\0');
  }
  // The declaration says UTF-8, the mark is right.
  BOOST_TEST(must(parse(wide)).packages.size() == 5U);
}

BOOST_AUTO_TEST_CASE(an_empty_list_is_no_error) {
  BOOST_TEST(must(parse("<AppxProvisionList/>")).packages.empty());
}

BOOST_DATA_TEST_CASE(refuses_what_is_no_list,
                     boost::unit_test::data::make({"", "<Provisioned/>", "<AppxProvisionList>",
                                                   "no xml"}),
                     xml) {
  BOOST_TEST(is_status(parse(xml), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(entities_of_a_document_type_are_not_expanded) {
  const AppxProvisioning provisioning =
      must(parse("<!DOCTYPE x [<!ENTITY a \"AAAA\"><!ENTITY b \"&a;&a;\">]><AppxProvisionList>"
                 "<EndOfLife><Package FamilyName=\"&b;\"/></EndOfLife></AppxProvisionList>"));
  BOOST_TEST_REQUIRE(provisioning.end_of_life.size() == 1U);
  BOOST_TEST(to_utf8(provisioning.end_of_life[0]) == "&b;");
}

BOOST_AUTO_TEST_CASE(endless_lists_and_depths_end) {
  std::string deep;
  for (int i = 0; i < 200; ++i) {
    deep += "<AppxProvisionList>";
  }
  for (int i = 0; i < 200; ++i) {
    deep += "</AppxProvisionList>";
  }
  BOOST_TEST(is_status(parse(deep), Status::limit_exceeded));
  std::string long_list = "<AppxProvisionList><Provisioned>";
  for (int i = 0; i < 10'001; ++i) {
    long_list += "<Package FullName=\"E" + std::to_string(i) + "_1.0.0.0_x64__8wekyb3d8bbwe\"/>";
  }
  const AppxProvisioning provisioning =
      must(parse(long_list + "</Provisioned></AppxProvisionList>"));
  BOOST_TEST(provisioning.packages.size() == 10'000U);
  BOOST_TEST_REQUIRE(provisioning.diagnostics.items().size() == 1U);
  BOOST_TEST(provisioning.diagnostics.items()[0].code == "limit");
}

BOOST_AUTO_TEST_CASE(every_flip_gives_an_answer) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string flipped(list);
    flipped[i] = static_cast<char>(flipped[i] ^ 0x05);
    (void)parse(flipped);
    BOOST_TEST(!parse(list.substr(0, i)).has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
