// SPDX-License-Identifier: Apache-2.0
#include "engine/servicing/inf_models.h"

#include <boost/test/unit_test.hpp>

#include "tests/engine/servicing/inf_support.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

constexpr InfTarget windows_10{.major = 10, .minor = 0, .build = 19041, .product_type = 1};
constexpr InfTarget windows_7{.major = 6, .minor = 1, .build = 7601, .product_type = 1};

std::vector<InfModel> models_of(std::string_view text, const InfTarget& target = windows_10) {
  return read_inf_models(inf_of(text), target).models;
}

/// The install sections, "x86:A amd64:B".
std::string sections_of(const std::vector<InfModel>& models) {
  std::string text;
  for (const InfModel& model : models) {
    text += text.empty() ? "" : " ";
    text +=
        to_utf8(inf_architecture_name(model.architecture)) + ":" + to_utf8(model.install_section);
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(inf_models)

BOOST_AUTO_TEST_CASE(models_of_all_processors_come_by_processor) {
  const auto models = models_of(example_inf);
  BOOST_TEST(sections_of(models) == "x86:Install32 amd64:Install amd64:Null arm64:Install");
  const InfModel& disk = models.at(1);
  BOOST_TEST(to_utf8(disk.manufacturer) == "Example, Inc.");
  BOOST_TEST(to_utf8(disk.description) == "Example \"fast\" disk; really");
  BOOST_TEST(to_utf8(disk.hardware_id) == "PCI\\VEN_1AF4&DEV_1001");
  BOOST_TEST_REQUIRE(disk.compatible_ids.size() == 2U);
  BOOST_TEST(to_utf8(disk.compatible_ids[1]) == "PCI\\CC_0100");
  BOOST_TEST(to_utf8(models.at(2).description) == "Plain name");
}

BOOST_AUTO_TEST_CASE(the_associated_service_counts_and_not_a_filter) {
  const auto models = models_of(example_inf);
  BOOST_TEST(to_utf8(models.at(0).service) == "ex32");
  BOOST_TEST(models.at(0).start_type.value() == 3U);
  BOOST_TEST(to_utf8(models.at(1).service) == "exstor");
  BOOST_TEST(models.at(1).start_type.value() == 0U);
  BOOST_TEST(models.at(2).service.empty());
  BOOST_TEST(!models.at(2).start_type.has_value());
}

BOOST_AUTO_TEST_CASE(excluded_ids_are_those_of_the_processor) {
  const auto models = models_of(example_inf);
  BOOST_TEST_REQUIRE(models.at(0).exclude_ids.size() == 2U);
  BOOST_TEST(to_utf8(models.at(0).exclude_ids[1]) == "*");
  BOOST_TEST_REQUIRE(models.at(1).exclude_ids.size() == 1U);
  BOOST_TEST(to_utf8(models.at(1).exclude_ids[0]) == "PCI\\VEN_1AF4&DEV_1002");
}

BOOST_AUTO_TEST_CASE(the_section_for_the_windows_at_hand_is_taken) {
  BOOST_TEST(sections_of(models_of(example_inf, windows_7)) ==
             "x86:Install32 amd64:InstallOld arm64:Install");
  // Of a Windows that nobody knows, the latest.
  BOOST_TEST(sections_of(models_of(example_inf, {})) ==
             "x86:Install32 amd64:Install amd64:Null arm64:Install");
}

BOOST_AUTO_TEST_CASE(product_types_and_suites_are_part_of_the_choice) {
  constexpr std::string_view text =
      "[Manufacturer]\n%M%=S,NTamd64.6.0,NTamd64.6.0.1,NTamd64.6.0.3,NTamd64.6.0..2\n"
      "[S.NTamd64.6.0]\na=Any,X\n[S.NTamd64.6.0.1]\na=Client,X\n[S.NTamd64.6.0.3]\na=Server,X\n"
      "[S.NTamd64.6.0..2]\na=Suite,X\n";
  BOOST_TEST(sections_of(models_of(text)) == "amd64:Client");
  BOOST_TEST(
      sections_of(models_of(text, {.major = 6, .minor = 2, .build = 9200, .product_type = 3})) ==
      "amd64:Server");
  BOOST_TEST(sections_of(models_of(
                 text, {.major = 6, .minor = 2, .build = 9200, .product_type = 2})) == "amd64:Any");
}

BOOST_AUTO_TEST_CASE(what_is_not_decorated_is_for_x86) {
  BOOST_TEST(sections_of(models_of("[Manufacturer]\nS\n%M%=T,NT.5.1\n[S]\na=I,X\n[T]\nb=J,Y\n"
                                   "[T.NT.5.1]\nc=K,Z\n")) == "x86:I x86:K");
}

BOOST_AUTO_TEST_CASE(decorations_are_parsed_to_the_last_part) {
  const auto whole = parse_inf_decoration(u"ntARM64.10.0.1.0x10.22000").value();
  BOOST_TEST((whole.architecture == InfArchitecture::arm64));
  BOOST_TEST(whole.major == 10U);
  BOOST_TEST(whole.build == 22000U);
  BOOST_TEST(whole.product_type.value() == 1U);
  BOOST_TEST(whole.has_suite);
  for (const std::u16string_view bad :
       {u"", u"amd64", u"NTmips", u"NTamd64.x", u"NT.5.4294967296"}) {
    BOOST_TEST(!parse_inf_decoration(bad).has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_decoration_that_is_none_is_a_finding) {
  const auto read = read_inf_models(
      inf_of("[Manufacturer]\nm=S,NTmips,NTamd64\n[S.NTamd64]\na=I,X\n"), windows_10);
  BOOST_TEST(sections_of(read.models) == "amd64:I");
  BOOST_TEST_REQUIRE(read.diagnostics.items().size() == 1U);
  BOOST_TEST(mentions(read.diagnostics.items()[0].text, {"NTmips"}));
}

BOOST_AUTO_TEST_CASE(manufacturers_that_multiply_their_models_are_cut) {
  std::string text = "[Manufacturer]\n";
  for (int i = 0; i < 400; ++i) {
    text += "m=S\n";
  }
  text += "[S]\n";
  for (int i = 0; i < 400; ++i) {
    text += "%long%=I,%long%,%long%\n";
  }
  text += "[Strings]\nlong=" + std::string(4000, 'x') + "\n";
  const auto read = read_inf_models(inf_of(text), windows_10);
  BOOST_TEST(read.models.size() < 2000U);
  BOOST_TEST_REQUIRE(read.diagnostics.items().size() == 1U);
  BOOST_TEST(read.diagnostics.items()[0].code == "inf-cut");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
