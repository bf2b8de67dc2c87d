// SPDX-License-Identifier: Apache-2.0
// Features: which packages declare them, in which order, with which states and texts.
#include "engine/inspect/features.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/engine/inspect/feature_support.h"
#include "tests/engine/inspect/serviced_windows.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

const TestPackage foundation{.name = foundation_name};
const TestPackage extra{.name = "Extra-Package"};

}  // namespace

BOOST_AUTO_TEST_SUITE(features)

BOOST_AUTO_TEST_CASE(the_foundation_comes_first_and_then_what_delegates_to_it) {
  ServicedWindows windows;
  windows.add({.name = "A-Package"}, installed,
              delegate_to(foundation_name) + feature_xml("Second") + feature_xml("Third"));
  windows.add_foundation(feature_xml("Zeroth") + feature_xml("First"));
  const FeatureList list = features_of(windows);
  BOOST_TEST(to_utf8(list.package) == foundation.identity());
  BOOST_TEST(names(list) == "Zeroth First Second Third");
  BOOST_TEST(to_utf8(only(list, u"Second").package) ==
             "A-Package~31bf3856ad364e35~amd64~~10.0.1.1");
  BOOST_TEST(list.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(lists_only_selectable_updates_of_packages_in_use_that_delegate_here) {
  ServicedWindows windows;
  windows.add_foundation("<update name=\"Payload-Only\"><component/></update>" +
                         feature_xml("Good"));
  const std::string delegated = delegate_to(foundation_name);
  windows.add({.name = "Gone-Package"}, superseded, delegated + feature_xml("Gone"));
  windows.add({.name = "Staged-Package"}, staged, delegated + feature_xml("Staged"));
  windows.add({.name = "Other-Package"}, installed, delegate_to("Other") + feature_xml("Other"));
  windows.add(
      {.name = "Separate-Package"}, installed,
      "<parent integrate=\"separate\">" + foundation.xml() + "</parent>" + feature_xml("Separate"));
  windows.add({.name = "Language-Package"}, installed,
              "<parent integrate=\"delegate\">" +
                  TestPackage{.name = foundation_name, .language = "de-DE"}.xml() + "</parent>" +
                  feature_xml("German"));
  windows.add({.name = "Pending-Package"}, install_pending, delegated + feature_xml("Pending"));
  BOOST_TEST(names(features_of(windows)) == "Good Pending");
}

BOOST_AUTO_TEST_CASE(delegation_goes_over_several_packages_and_may_be_a_circle) {
  ServicedWindows windows;
  windows.add_foundation(delegate_to("C-Package") + feature_xml("Root"));
  windows.add({.name = "B-Package"}, installed, delegate_to(foundation_name) + feature_xml("B"));
  windows.add({.name = "C-Package"}, installed,
              delegate_to("B-Package") + delegate_to("C-Package") + feature_xml("C"));
  BOOST_TEST(names(features_of(windows)) == "Root B C");
}

BOOST_AUTO_TEST_CASE(a_feature_is_listed_once_and_as_its_newest_version_has_it) {
  ServicedWindows windows;
  windows.add_foundation(feature_xml("Mine") + feature_xml("Mine", "displayName=\"second\"") +
                         feature_xml("Last"));
  const TestPackage old{.name = "A-Package", .version = "10.0.1.10"};
  const TestPackage young{.name = "A-Package", .version = "10.0.1.9"};
  for (const TestPackage& package : {old, young}) {
    windows.add(package, installed,
                delegate_to(foundation_name) + feature_xml("Mine") + feature_xml("Twice"));
  }
  windows.set_update(old, "Twice", installed);
  windows.set_update(young, "Twice", staged);
  const FeatureList list = features_of(windows);
  BOOST_TEST(names(list) == "Mine Last Twice");
  BOOST_TEST(to_utf8(only(list, u"Mine").display_name) == "Mine");
  BOOST_TEST(to_utf8(only(list, u"Mine").package) == foundation.identity());
  BOOST_TEST(to_utf8(only(list, u"Twice").package) == old.identity());
  BOOST_TEST((only(list, u"Twice").state == PackageState::installed));
}

BOOST_AUTO_TEST_CASE(a_newer_version_of_a_package_replaces_the_older_one) {
  ServicedWindows windows;
  windows.add_foundation("");
  for (const char* version : {"10.0.1.1", "10.0.1.2"}) {
    windows.add({.name = "A-Package", .version = version}, installed,
                delegate_to(foundation_name) +
                    feature_xml("Twice", std::string("displayName=\"") + version + "\""));
  }
  const FeatureList list = features_of(windows);
  BOOST_TEST(names(list) == "Twice");
  BOOST_TEST(to_utf8(list.features.front().display_name) == "10.0.1.2");
}

BOOST_AUTO_TEST_CASE(tells_restart_parents_and_properties) {
  ServicedWindows windows;
  windows.add(extra, installed,
              delegate_to(foundation_name) +
                  feature_xml("Child", "restart=\"required\"",
                              "<applicable disposition=\"detect\"><detectUpdate>"
                              "<update name=\"Parent\"/></detectUpdate></applicable>"
                              "<customInformation FWLink=\"link\"><ServerComponent Id=\"7\"/>"
                              "</customInformation>") +
                  feature_xml("Parent", "restart=\"possible\"") + feature_xml("Plain"));
  windows.add_foundation("");
  const FeatureList list = features_of(windows);
  const Feature& child = only(list, u"Child");
  BOOST_TEST((child.restart == RestartType::required));
  BOOST_REQUIRE_EQUAL(child.parents.size(), 1U);
  BOOST_TEST(to_utf8(child.parents.front()) == "Parent");
  BOOST_REQUIRE_EQUAL(child.properties.size(), 2U);
  BOOST_TEST(to_utf8(child.properties[0].name) == "FWLink");
  BOOST_TEST(to_utf8(child.properties[1].path) == "ServerComponent");
  BOOST_TEST((only(list, u"Parent").restart == RestartType::possible));
  BOOST_TEST((only(list, u"Plain").restart == RestartType::no));
  BOOST_TEST(only(list, u"Plain").parents.empty());
}

BOOST_AUTO_TEST_CASE(texts_come_from_the_update_its_language_package_or_its_properties) {
  ServicedWindows windows;
  windows.add_foundation("");
  windows.add(extra, installed,
              delegate_to(foundation_name) +
                  feature_xml("Own", "displayName=\"Own text\" description=\"Own words\"") +
                  feature_xml("Translated", "displayName=\"$(string.missing)\"") +
                  feature_xml("Described", "",
                              "<customInformation><ServerComponent DisplayName=\"By property\" "
                              "Description=\"Words\"/></customInformation>") +
                  feature_xml("Silent"));
  for (const char* language : {"de-DE", "en-US", "fr-FR"}) {
    windows.add({.name = extra.name, .language = language}, installed,
                std::string("<update name=\"Translated\" displayName=\"Name in ") + language +
                    "\" description=\"Words\"/>" +
                    "<update name=\"Own\" displayName=\"Not mine\"/>");
  }
  const FeatureList list = features_of(windows);
  BOOST_TEST(to_utf8(only(list, u"Own").display_name) == "Own text");
  BOOST_TEST(to_utf8(only(list, u"Own").description) == "Own words");
  BOOST_TEST(to_utf8(only(list, u"Translated").display_name) == "Name in en-US");
  BOOST_TEST(to_utf8(only(list, u"Translated").description) == "Words");
  BOOST_TEST(to_utf8(only(list, u"Described").display_name) == "By property");
  BOOST_TEST(to_utf8(only(list, u"Described").description) == "Words");
  BOOST_TEST(to_utf8(only(list, u"Silent").display_name) == "Silent");
  BOOST_TEST(to_utf8(only(list, u"Silent").description).empty());
}

BOOST_AUTO_TEST_CASE(a_package_can_be_asked_for_its_own_and_those_delegated_to_it) {
  ServicedWindows windows;
  windows.add_foundation(feature_xml("Root"));
  windows.add(extra, installed, delegate_to(foundation_name) + feature_xml("Mine"));
  windows.add({.name = "Helper-Package"}, installed, delegate_to(extra.name) + feature_xml("Its"));
  const PackageStorePtr store = windows.store();
  const Package* const package = store->find(from_utf8(extra.identity()).value());
  BOOST_REQUIRE(package != nullptr);
  const FeatureList list = read_features(*store, *package);
  BOOST_TEST(to_utf8(list.package) == extra.identity());
  BOOST_TEST(names(list) == "Mine Its");
}

BOOST_AUTO_TEST_CASE(a_manifest_from_outside_has_the_states_of_the_package_inside) {
  ServicedWindows windows;
  windows.add_foundation(feature_xml("Root"));
  windows.add(extra, installed, delegate_to(foundation_name) + feature_xml("Mine"));
  windows.set_update(extra, "Mine", installed);
  const PackageStorePtr store = windows.store();
  const auto outside = [&store](const TestPackage& package) {
    const std::string text = manifest_xml(package, feature_xml("Mine") + feature_xml("New"));
    return read_features(*store, must(parse_package_manifest(std::as_bytes(std::span(text)))));
  };
  const FeatureList known = outside(extra);
  BOOST_TEST(to_utf8(known.package) == extra.identity());
  BOOST_TEST(states(known) == "Mine Enabled, New Disabled");
  const FeatureList unknown = outside({.name = "Unknown-Package"});
  BOOST_TEST(states(unknown) == "Mine Not Present, New Not Present");
  BOOST_TEST(unknown.features.front().evidence.path.empty());
}

BOOST_AUTO_TEST_CASE(names_have_no_case_unless_it_is_asked_for) {
  ServicedWindows windows;
  windows.add_foundation(feature_xml("TelnetClient"));
  const FeatureList list = features_of(windows);
  BOOST_TEST(find_feature(list, u"telnetclient", false) == &list.features.front());
  BOOST_TEST(find_feature(list, u"telnetclient", true) == nullptr);
  BOOST_TEST(find_feature(list, u"TelnetClient", true) == &list.features.front());
  BOOST_TEST(find_feature(list, u"Telnet", false) == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
