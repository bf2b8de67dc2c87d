// SPDX-License-Identifier: Apache-2.0
// Features: where their states come from, and what damage leaves of them.
#include <boost/test/unit_test.hpp>
#include <string>

#include "engine/inspect/features.h"
#include "tests/engine/inspect/feature_support.h"
#include "tests/engine/inspect/serviced_windows.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

const TestPackage foundation{.name = foundation_name};
const TestPackage extra{.name = "Extra-Package"};

}  // namespace

BOOST_AUTO_TEST_SUITE(feature_records)

BOOST_AUTO_TEST_CASE(states_come_from_updates_payload_and_notifications) {
  ServicedWindows windows;
  const TestPackage payload{.name = "Payload-Package"};
  const TestPackage gone{.name = "Gone-Package"};
  windows.add_foundation(feature_xml("On") + feature_xml("Off") + feature_xml("Coming") +
                         feature_xml("Leaving") + feature_xml("Gone", "", payload_xml(gone)) +
                         feature_xml("Marked") +
                         feature_xml("By-Payload", "", payload_xml(payload)) +
                         feature_xml("Selected") + feature_xml("Unknown"));
  windows.set_update(foundation, "on", installed);
  windows.set_update(foundation, "Off", staged);
  windows.set_update(foundation, "Coming", install_pending);
  windows.set_update(foundation, "Leaving", uninstall_pending);
  windows.set_update(foundation, "Gone", staged);
  windows.set_update(foundation, "Marked", staged);
  windows.notification("Marked").set_dword("Selection", 0).set_dword("Removed", 1);
  windows.notification("Selected").set_dword("Selection", 1);
  windows.add_key(payload.identity(), installed);
  windows.add_key(gone.identity(), resolved);
  const FeatureList list = features_of(windows);
  BOOST_TEST(states(list) ==
             "On Enabled, Off Disabled, Coming Enable Pending, Leaving Disable Pending, "
             "Gone Disabled with Payload Removed, Marked Disabled with Payload Removed, "
             "By-Payload Enabled, Selected Enabled, Unknown Disabled");
  BOOST_TEST(list.diagnostics.empty());

  const auto cites = [&list](std::u16string_view name, const char* key, const char* value) {
    const Evidence& evidence = only(list, name).evidence;
    BOOST_TEST_CONTEXT(to_utf8(name)) {
      BOOST_TEST(evidence.path == "\\Windows\\System32\\config\\SOFTWARE");
      BOOST_TEST(mentions(evidence.key, {key}));
      BOOST_TEST(evidence.value == value);
    }
  };
  cites(u"On", "Foundation-Package~31bf3856ad364e35~amd64~~10.0.1.1\\Updates", "on");
  cites(u"Marked", "Notifications\\OptionalFeatures\\Marked", "Removed");
  cites(u"By-Payload", "Packages\\Payload-Package~", "CurrentState");
  cites(u"Selected", "Notifications\\OptionalFeatures\\Selected", "Selection");
  cites(u"Unknown", foundation_name, "CurrentState");
}

BOOST_AUTO_TEST_CASE(a_selection_that_contradicts_the_state_is_noted) {
  ServicedWindows windows;
  windows.add_foundation(feature_xml("Quarrel") + feature_xml("Peace"));
  windows.set_update(foundation, "Quarrel", installed);
  windows.set_update(foundation, "Peace", staged);
  windows.notification("Quarrel").set_dword("Selection", 0);
  windows.notification("Peace").set_dword("Selection", 0);
  const FeatureList list = features_of(windows);
  BOOST_TEST((only(list, u"Quarrel").state == PackageState::installed));
  BOOST_TEST(has_finding(list.diagnostics, "conflict", "Quarrel"));
  BOOST_TEST(!has_finding(list.diagnostics, "conflict", "Peace"));
}

BOOST_AUTO_TEST_CASE(a_missing_or_damaged_manifest_hides_no_other) {
  ServicedWindows windows;
  windows.add_key(foundation.identity(), installed);
  windows.add(extra, installed, delegate_to(foundation_name) + feature_xml("Mine"));
  windows.add_key("Broken-Package~31bf3856ad364e35~amd64~~10.0.1.1", installed);
  windows.add_manifest("Broken-Package~31bf3856ad364e35~amd64~~10.0.1.1", "<assembly");
  windows.add({.name = "Empty-Name"}, installed,
              delegate_to(foundation_name) + feature_xml("") + feature_xml("Later"));
  const FeatureList list = features_of(windows);
  BOOST_TEST(names(list) == "Later Mine");
  BOOST_TEST(has_finding(list.diagnostics, "no-manifest", foundation_name));
  BOOST_TEST(has_finding(list.diagnostics, "damaged", "without a name"));
}

BOOST_AUTO_TEST_CASE(a_package_whose_key_is_no_identity_is_known_by_its_manifest) {
  ServicedWindows windows;
  windows.add_foundation(feature_xml("Root"));
  windows.add_key("odd name", installed);
  windows.add_manifest("odd name",
                       manifest_xml(extra, delegate_to(foundation_name) + feature_xml("Odd")));
  windows.add({.name = "Helper-Package"}, installed, delegate_to(extra.name) + feature_xml("Its"));
  const FeatureList list = features_of(windows);
  BOOST_TEST(names(list) == "Root Odd Its");
  BOOST_TEST(to_utf8(only(list, u"Odd").package) == "odd name");
}

BOOST_AUTO_TEST_CASE(values_of_a_wrong_type_are_reported_beside_the_good_ones) {
  ServicedWindows windows;
  windows.add_foundation(feature_xml("Odd-Selection") + feature_xml("Odd-State") +
                         feature_xml("Strange") + feature_xml("Good"));
  windows.notification("Odd-Selection").set_string("Selection", "yes").set_dword("Removed", 1);
  windows.software
      .key(std::string(servicing_key) + "Packages\\" + foundation.identity() + "\\Updates")
      .set_string("Odd-State", "on")
      .set_dword("Strange", 0x1234)
      .set_dword("Good", installed);
  const FeatureList list = features_of(windows);
  BOOST_TEST(states(list) ==
             "Odd-Selection Disabled with Payload Removed, Odd-State Disabled, Strange Disabled, "
             "Good Enabled");
  BOOST_TEST(has_finding(list.diagnostics, "wrong-type", "Odd-Selection"));
  BOOST_TEST(has_finding(list.diagnostics, "unknown-state", "0x1234"));
}

BOOST_AUTO_TEST_CASE(there_may_be_no_packages_at_all) {
  const PackageStorePtr store = PackageStore::read(open_tree(small_windows()));
  const FeatureList list = read_features(*store);
  BOOST_TEST(list.package.empty());
  BOOST_TEST(list.features.empty());
  BOOST_TEST(list.diagnostics.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
