// SPDX-License-Identifier: Apache-2.0
// One package in full: from the registry, from its manifest, and from outside.
#include "engine/inspect/package_details.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <span>

#include "tests/engine/image/image_support.h"
#include "tests/engine/inspect/servicing_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

PackageManifest manifest_of(const std::string& xml) {
  return must(parse_package_manifest(std::as_bytes(std::span(xml))));
}

std::string parent(const std::string& version, const std::string& attributes = {}) {
  return "<parent " + attributes +
         "><assemblyIdentity name=\"Outer\" processorArchitecture=\"amd64\" language=\"neutral\" "
         "publicKeyToken=\"31bf3856ad364e35\" version=\"" +
         version + "\"/></parent>";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(package_details_of)

BOOST_AUTO_TEST_CASE(an_installed_package_says_all_that_is_known) {
  ServicedWindows windows;
  const std::string id = package_id("Package_for_KB5055175", "10.0.4785.1");
  std::string xml = package_manifest(
      id, "identifier=\"KB5055175\" releaseType=\"Update\" restart=\"possible\"",
      "<update name=\"Feature\"><selectable/></update><declareCapability><capability>"
      "<capabilityIdentity name=\"Cap\" version=\"1.0\"/></capability></declareCapability>"
      "<packageExtended completelyOfflineCapable=\"no\"/><customInformation A=\"b\"/>");
  xml.insert(xml.find(" xmlns"), " description=\"Fix for KB5055175\" company=\"Example\"");
  windows.add_package(id, 0x70, xml)
      .set_string("InstallClient", "WindowsUpdateAgent")
      .set_dword("SelfUpdate", 1)
      .key("Updates")
      .set_dword("Feature", 0x70);
  const PackageStorePtr store = windows.store();
  const PackageDetails details = package_details(*store, store->packages()[0]);
  BOOST_TEST(to_utf8(details.identity) == id);
  BOOST_TEST((details.state == PackageState::installed));
  BOOST_TEST((details.release_type == ReleaseType::update));
  BOOST_TEST(details.applicable);
  BOOST_TEST(to_utf8(details.description) == "Fix for KB5055175");
  BOOST_TEST(to_utf8(details.company) == "Example");
  BOOST_TEST(to_utf8(details.display_name) == "default");
  BOOST_TEST(to_utf8(details.install_client) == "WindowsUpdateAgent");
  BOOST_TEST(to_utf8(details.install_package_name) == id + ".mum");
  BOOST_TEST(to_utf8(details.product_name) == "Package_for_KB5055175");
  BOOST_TEST(details.product_version.empty());
  BOOST_TEST((details.restart == RestartType::possible));
  BOOST_TEST((details.fully_offline == OfflineInstallable::no));
  BOOST_TEST(details.self_update);
  BOOST_TEST(to_utf8(details.capability) == "Cap~~~~0.0.1.0");
  BOOST_TEST(details.properties.size() == 1U);
  BOOST_TEST_REQUIRE(details.features.size() == 1U);
  BOOST_TEST(to_utf8(details.features[0].name) == "Feature");
  BOOST_TEST_REQUIRE(details.knowledge_base.size() == 1U);
  BOOST_TEST(to_utf8(details.knowledge_base[0]) == "KB5055175");
  BOOST_TEST(details.registry.value == "CurrentState");
  BOOST_TEST(details.manifest.path == "\\Windows\\servicing\\Packages\\" + id + ".mum");
}

BOOST_AUTO_TEST_CASE(without_a_manifest_the_registry_still_answers) {
  ServicedWindows windows;
  windows.add_package_key(package_id("A"), 0x40);
  const PackageStorePtr store = windows.store();
  const PackageDetails details = package_details(*store, store->packages()[0]);
  BOOST_TEST((details.state == PackageState::staged));
  BOOST_TEST(!details.applicable);
  BOOST_TEST(!details.release_type.has_value());
  BOOST_TEST((details.fully_offline == OfflineInstallable::undetermined));
  BOOST_TEST(to_utf8(details.display_name) == "default");
  BOOST_TEST(details.manifest.path.empty());
  BOOST_TEST(details.features.empty());
}

struct Candidate {
  const char* name;
  const char* identity;
  std::string content;
  bool applicable;
};
std::ostream& operator<<(std::ostream& out, const Candidate& row) {
  return out << row.name;
}
const std::vector<Candidate> candidates = {
    {"no conditions", "New~31bf3856ad364e35~amd64~~1.0", "", true},
    {"another architecture", "New~31bf3856ad364e35~arm64~~1.0", "", false},
    {"no architecture", "New~31bf3856ad364e35~neutral~~1.0", "", true},
    {"its parent", "New~31bf3856ad364e35~amd64~~1.0", parent("10.0.1.1"), true},
    {"another revision of its parent", "New~31bf3856ad364e35~amd64~~1.0", parent("10.0.1.9"), true},
    {"another build of its parent", "New~31bf3856ad364e35~amd64~~1.0", parent("10.0.0.1"), false},
    {"an older parent is enough", "New~31bf3856ad364e35~amd64~~1.0",
     parent("10.0.0.1", "buildCompare=\"GE\""), true},
    {"one of two parents", "New~31bf3856ad364e35~amd64~~1.0",
     parent("6.1.0.0") + parent("10.0.1.1"), true},
    {"a newer one is there", "Old~31bf3856ad364e35~amd64~~1.0", "", false},
    {"it is there", "Old~31bf3856ad364e35~amd64~~2.0", "", true},
    {"it is newer", "Old~31bf3856ad364e35~amd64~~3.0", "", true},
};
BOOST_DATA_TEST_CASE(a_package_from_outside_is_applicable, boost::unit_test::data::make(candidates),
                     row) {
  ServicedWindows windows;
  windows.add_package(package_id("Microsoft-Windows-Foundation-Package"));
  windows.add_package(package_id("Outer"));
  windows.add_package(package_id("Old", "2.0"));
  const PackageStorePtr store = windows.store();
  const PackageDetails details =
      package_details(*store, manifest_of(package_manifest(row.identity, {}, row.content)));
  BOOST_TEST(details.applicable == row.applicable);
  BOOST_TEST(to_utf8(details.identity) == row.identity);
}

BOOST_AUTO_TEST_CASE(a_package_from_outside_that_is_installed_has_its_state) {
  ServicedWindows windows;
  windows.add_package(package_id("A")).set_string("InstallClient", "Client");
  const PackageStorePtr store = windows.store();
  const PackageDetails details =
      package_details(*store, manifest_of(package_manifest(package_id("A"))));
  BOOST_TEST((details.state == PackageState::installed));
  BOOST_TEST(to_utf8(details.install_client) == "Client");
  BOOST_TEST(details.manifest.path.empty());
}

BOOST_AUTO_TEST_CASE(a_manifest_without_an_identity_is_not_applicable) {
  const PackageStorePtr store = PackageStore::read(open_tree(small_windows()));
  const PackageDetails details = package_details(*store, manifest_of("<assembly/>"));
  BOOST_TEST(!details.applicable);
  BOOST_TEST((details.state == PackageState::not_present));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
