// SPDX-License-Identifier: Apache-2.0
// What whole package manifests say.
#include "engine/servicing/package_manifest.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <span>

#include "tests/engine/servicing/package_manifest_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

std::string texts(const std::vector<CustomProperty>& properties) {
  std::string all;
  for (const CustomProperty& property : properties) {
    all += to_utf8(property.path) + (property.path.empty() ? "" : "\\") + to_utf8(property.name) +
           "=" + to_utf8(property.value) + "\n";
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(package_manifest)

BOOST_AUTO_TEST_CASE(every_attribute_finds_its_member) {
  const PackageManifest manifest = must(parse(full_manifest()));
  BOOST_REQUIRE(manifest.identity.has_value());
  BOOST_TEST(to_utf8(manifest.identity->text()) == "Case-Package~31bf3856ad364e35~amd64~~10.0.1.2");
  BOOST_TEST(to_utf8(manifest.display_name) == "Name");
  BOOST_TEST(to_utf8(manifest.description) == "Text");
  BOOST_TEST(to_utf8(manifest.company) == "Example");
  BOOST_TEST(to_utf8(manifest.copyright) == "(c)");
  BOOST_TEST(to_utf8(manifest.support_information) == "http://example.org/?kbid=5030219");
  BOOST_TEST(to_utf8(manifest.creation_time) == "2014-03-04T15:15:52Z");
  BOOST_TEST(to_utf8(manifest.last_update_time) == "2014-03-05T15:15:52Z");
  BOOST_TEST(to_utf8(manifest.identifier) == "KB5030219");
  BOOST_TEST(to_utf8(manifest.release_type) == "Security Update");
  BOOST_TEST(to_utf8(manifest.restart) == "possible");
  BOOST_TEST(to_utf8(manifest.permanence) == "permanent");
  BOOST_TEST(to_utf8(manifest.completely_offline_capable) == "yes");
  BOOST_TEST((manifest.self_update == true));
  BOOST_TEST((manifest.package_size == 949044U));
  BOOST_TEST(manifest.diagnostics.empty());
  BOOST_TEST(texts(manifest.properties) == "Version=1.0\n");
}

BOOST_AUTO_TEST_CASE(parents_are_told_with_those_inside_them) {
  const PackageManifest manifest = must(parse(full_manifest()));
  BOOST_TEST_REQUIRE(manifest.parents.size() == 3U);
  BOOST_TEST(to_utf8(manifest.parents[0].packages.at(0).name) == "Outer");
  BOOST_TEST(to_utf8(manifest.parents[0].build_compare) == "GE");
  BOOST_TEST(to_utf8(manifest.parents[1].packages.at(0).name) == "Inner");
  BOOST_TEST(to_utf8(manifest.parents[1].integrate) == "delegate");  // of the outer one
  BOOST_TEST(to_utf8(manifest.parents[2].integrate) == "separate");
  BOOST_TEST_REQUIRE(manifest.packages.size() == 1U);
  BOOST_TEST(to_utf8(manifest.packages[0].name) == "Contained");
}

BOOST_AUTO_TEST_CASE(an_update_that_can_be_selected_is_told_from_one_that_cannot) {
  const PackageManifest manifest = must(parse(full_manifest()));
  BOOST_TEST_REQUIRE(manifest.updates.size() == 2U);
  const ManifestUpdate& feature = manifest.updates[0];
  BOOST_TEST(feature.selectable);
  BOOST_TEST(to_utf8(feature.display_name) == "A feature");
  BOOST_TEST(to_utf8(feature.restart) == "required");
  BOOST_TEST_REQUIRE(feature.parents.size() == 1U);
  BOOST_TEST(to_utf8(feature.parents[0]) == "Parent");
  BOOST_TEST_REQUIRE(feature.packages.size() == 2U);
  BOOST_TEST(to_utf8(feature.packages[1].name) == "Payload-2");
  BOOST_TEST(texts(feature.properties) == "SoftBlockLink=x\n");
  BOOST_TEST(!manifest.updates[1].selectable);
}

BOOST_AUTO_TEST_CASE(a_capability_is_called_by_its_numbers_from_the_right) {
  const PackageManifest manifest = must(parse(full_manifest()));
  BOOST_TEST_REQUIRE(manifest.capabilities.size() == 1U);
  BOOST_TEST(to_utf8(manifest.capabilities[0].identity()) == "Language.Basic~~~en-US~0.0.1.0");
  const ManifestCapability whole{.name = u"A", .language = {}, .version = u"1.2.3.4"};
  BOOST_TEST(to_utf8(whole.identity()) == "A~~~~1.2.3.4");
}

BOOST_AUTO_TEST_CASE(properties_come_by_name_and_then_by_their_place) {
  const PackageManifest manifest = must(parse(assembly(
      "<package><update name=\"F\"><mum2:customInformation xmlns:mum2=\"urn:x\" Zed=\"1\" "
      "Alpha=\"2\"><mum2:ServerComponent Type=\"Feature\" Id=\"12\" Description=\"D\">"
      "<Version Minor=\"2\" Major=\"6\"/><Deploys><Update Name=\"One\"/><Update Name=\"Two\"/>"
      "</Deploys><Configuration><RootClassMofDefinition>\n  text \n</RootClassMofDefinition>"
      "</Configuration></mum2:ServerComponent><Second A=\"b\"/></mum2:customInformation>"
      "</update></package>")));
  BOOST_TEST(texts(manifest.updates.at(0).properties) ==
             "Alpha=2\n"
             "Zed=1\n"
             "ServerComponent\\Description=D\n"
             "ServerComponent\\Id=12\n"
             "ServerComponent\\Type=Feature\n"
             "ServerComponent\\Version\\Major=6\n"
             "ServerComponent\\Version\\Minor=2\n"
             "ServerComponent\\Deploys\\Update\\Name=One\n"
             "ServerComponent\\Deploys\\Update\\Name=Two\n"
             "ServerComponent\\Configuration\\RootClassMofDefinition=text\n"
             "Second\\A=b\n");
}

BOOST_AUTO_TEST_CASE(old_namespaces_and_prefixes_make_no_difference) {
  for (const char* version : {"asm.v1", "asm.v2", "asm.v3"}) {
    const std::string name_space = std::string("urn:schemas-microsoft-com:") + version;
    const PackageManifest manifest =
        must(parse(assembly(identity("P") + "<package identifier=\"I\"/>", {}, name_space)));
    BOOST_TEST(to_utf8(manifest.identifier) == "I");
  }
  const PackageManifest prefixed =
      must(parse("<a:assembly xmlns:a=\"urn:schemas-microsoft-com:asm.v3\"><a:package "
                 "identifier=\"I\"/></a:assembly>"));
  BOOST_TEST(to_utf8(prefixed.identifier) == "I");
}

BOOST_AUTO_TEST_CASE(references_to_strings_are_replaced_where_the_string_is_known) {
  const PackageManifest manifest = must(parse(assembly(
      "<localization><resources culture=\"de-DE\"><stringTable><string id=\"name\" "
      "value=\"Deutsch\"/></stringTable></resources><resources culture=\"en-US\"><stringTable>"
      "<string id=\"NAME\" value=\"English\"/></stringTable></resources></localization>"
      "<package><update name=\"F\" displayName=\"&lt;$(string.name)&gt; and $(string.name)\" "
      "description=\"$(string.unknown) $(string.\"/></package>")));
  BOOST_TEST(to_utf8(manifest.updates.at(0).display_name) == "<English> and English");
  BOOST_TEST(to_utf8(manifest.updates.at(0).description) == "$(string.unknown) $(string.");
}

BOOST_AUTO_TEST_CASE(starts_of_references_without_an_end_cost_no_more_than_their_length) {
  const std::string strings =
      "<localization><resources culture=\"en-US\"><stringTable><string id=\"name\" "
      "value=\"English\"/></stringTable></resources></localization>";
  std::string starts;
  for (int i = 0; i < 100'000; ++i) {
    starts += "$(string.";
  }
  const auto begin = std::chrono::steady_clock::now();
  const PackageManifest manifest =
      must(parse(assembly(strings + "<package><update name=\"F\" displayName=\"" + starts +
                          "name)\" description=\"$(string." + std::string(300, 'x') +
                          ")$(string.name)\"/></package>")));
  const auto taken = std::chrono::steady_clock::now() - begin;
  BOOST_TEST((taken < std::chrono::seconds(10)));  // without a bound: minutes
  const std::string name = to_utf8(manifest.updates.at(0).display_name);
  BOOST_TEST((name == starts.substr(0, starts.size() - 9) + "English"));
  BOOST_TEST(to_utf8(manifest.updates.at(0).description) ==
             "$(string." + std::string(300, 'x') + ")English");
}

BOOST_AUTO_TEST_CASE(localized_strings_name_a_package_that_has_no_name) {
  const std::string strings =
      "<package><localizedStrings><string language=\"de-DE\" displayName=\"Sprache\" "
      "description=\"Texte\"/><string language=\"en-US\" displayName=\"Language\" "
      "description=\"Texts\"/></localizedStrings></package>";
  BOOST_TEST(to_utf8(must(parse(assembly(strings))).display_name) == "Language");
  BOOST_TEST(to_utf8(must(parse(assembly(strings))).description) == "Texts");
  BOOST_TEST(to_utf8(must(parse(assembly(strings, "displayName=\"Own\""))).display_name) == "Own");
}

BOOST_AUTO_TEST_CASE(utf_16_is_read_like_utf_8) {
  const std::u16string wide = *from_utf8(assembly("<package identifier=\"\xC3\xA4\"/>"));
  const std::u16string with_mark = u"\uFEFF" + wide;
  const Bytes bytes = std::as_bytes(std::span(with_mark));
  BOOST_TEST(to_utf8(must(parse_package_manifest(bytes)).identifier) == "\xC3\xA4");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf_8_do_not_hide_the_text_around_them) {
  const PackageManifest manifest = must(parse(assembly("<package identifier=\"a\xE4z\"/>")));
  BOOST_TEST(to_utf8(manifest.identifier) == "a\xC3\xA4z");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
