// SPDX-License-Identifier: Apache-2.0
// Capabilities: grouping by identity, the best state, those that are only described.
#include "engine/inspect/capabilities.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "engine/inspect/features.h"
#include "tests/engine/inspect/serviced_windows.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

CapabilityList capabilities_of(const ServicedWindows& windows) {
  return read_capabilities(*windows.store());
}

std::string states(const CapabilityList& list) {
  std::string text;
  for (const Capability& capability : list.capabilities) {
    text += (text.empty() ? "" : ", ") + to_utf8(capability.identity) + " " +
            package_state_name(capability.state);
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(capabilities)

BOOST_AUTO_TEST_CASE(are_sorted_by_identity_and_have_the_state_of_their_packages) {
  ServicedWindows windows;
  windows.add({.name = "A-Package"}, installed, capability_xml("OpenSSH.Client", "1.0"));
  windows.add({.name = "B-Package"}, staged, capability_xml("language.basic", "1.0", "de-DE"));
  windows.add({.name = "C-Package"}, absent, capability_xml("App.StepsRecorder", "11.0"));
  windows.add({.name = "D-Package"}, installed, "");
  const CapabilityList list = capabilities_of(windows);
  BOOST_TEST(states(list) ==
             "App.StepsRecorder~~~~0.0.11.0 Not Present, language.basic~~~de-DE~0.0.1.0 Staged, "
             "OpenSSH.Client~~~~0.0.1.0 Installed");
  BOOST_TEST(list.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(the_best_package_tells_state_texts_and_size) {
  ServicedWindows windows;
  const auto package = [&windows](const char* version, std::uint32_t state, const char* text) {
    windows.add({.name = "A-Package", .version = version}, state,
                capability_xml("One", "1.0") + "<packageExtended packageSize=\"" +
                    std::string(version).substr(7) + "00\"/>",
                std::string("displayName=\"") + text + "\" description=\"Words of " + text + "\"");
  };
  package("10.0.1.5", superseded, "old");
  package("10.0.1.6", installed, "older one in use");
  package("10.0.1.7", installed, "newer one in use");
  package("10.0.1.8", staged, "to come");
  const CapabilityList list = capabilities_of(windows);
  BOOST_REQUIRE_EQUAL(list.capabilities.size(), 1U);
  const Capability& one = list.capabilities.front();
  BOOST_TEST((one.state == PackageState::installed));
  BOOST_TEST(to_utf8(one.display_name) == "newer one in use");
  BOOST_TEST(to_utf8(one.description) == "Words of newer one in use");
  BOOST_TEST(one.install_size == 700U);
  BOOST_TEST(one.download_size == 0U);
  BOOST_TEST(one.packages.size() == 4U);
  BOOST_TEST(one.evidence.value == "CurrentState");
  BOOST_TEST(one.evidence.key.ends_with("10.0.1.7"));
}

BOOST_AUTO_TEST_CASE(those_that_only_metadata_declares_are_not_present) {
  ServicedWindows windows;
  const TestPackage metadata{.name = "Microsoft-Windows-FodMetadata-Package"};
  windows.add(metadata, installed, capability_xml("Both", "1.0") + capability_xml("Only", "1.0"),
              "displayName=\"Metadata\"");
  windows.add({.name = "Z-Package"}, installed, capability_xml("Both", "1.0"));
  const CapabilityList list = capabilities_of(windows);
  BOOST_TEST(states(list) == "Both~~~~0.0.1.0 Installed, Only~~~~0.0.1.0 Not Present");
  const Capability& only = list.capabilities.back();
  BOOST_TEST(only.display_name.empty());
  BOOST_TEST(only.evidence.path.ends_with(metadata.identity() + ".mum"));
  BOOST_TEST(only.evidence.key.empty());
}

BOOST_AUTO_TEST_CASE(a_language_package_lends_its_texts) {
  ServicedWindows windows;
  windows.add({.name = "A-Package"}, installed, capability_xml("One", "1.0"),
              "displayName=\"$(string.name)\"");
  windows.add({.name = "A-Package", .language = "en-US"}, installed, "",
              "displayName=\"One in English\" description=\"Words\"");
  const CapabilityList list = capabilities_of(windows);
  BOOST_REQUIRE_EQUAL(list.capabilities.size(), 1U);
  BOOST_TEST(to_utf8(list.capabilities.front().display_name) == "One in English");
  BOOST_TEST(to_utf8(list.capabilities.front().description) == "Words");
}

BOOST_AUTO_TEST_CASE(a_damaged_manifest_or_declaration_hides_no_other) {
  ServicedWindows windows;
  windows.add({.name = "A-Package"}, installed,
              capability_xml("", "1.0") + capability_xml("Good", "1.0"));
  windows.add_key("B-Package~31bf3856ad364e35~amd64~~10.0.1.1", installed);
  windows.add_key("C-Package~31bf3856ad364e35~amd64~~10.0.1.1", installed);
  windows.add_manifest("C-Package~31bf3856ad364e35~amd64~~10.0.1.1", "<assembly>");
  const CapabilityList list = capabilities_of(windows);
  BOOST_TEST(states(list) == "Good~~~~0.0.1.0 Installed");
}

BOOST_AUTO_TEST_CASE(a_name_may_end_before_its_tildes) {
  ServicedWindows windows;
  windows.add({.name = "A-Package"}, installed,
              capability_xml("Language.Basic", "1.0", "de-DE") +
                  capability_xml("Language.Basic", "1.0", "en-US"));
  const CapabilityList list = capabilities_of(windows);
  BOOST_REQUIRE_EQUAL(list.capabilities.size(), 2U);
  BOOST_TEST(find_capability(list, u"language.basic") == &list.capabilities[0]);
  BOOST_TEST(find_capability(list, u"LANGUAGE.Basic~~~EN-us~0.0.1.0") == &list.capabilities[1]);
  BOOST_TEST(find_capability(list, u"Language") == nullptr);
  BOOST_TEST(find_capability(list, u"Language.Basic~") == nullptr);
  BOOST_TEST(find_capability(list, u"") == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
