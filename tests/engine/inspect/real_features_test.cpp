// SPDX-License-Identifier: Apache-2.0
// Features and capabilities of real manifests, and of real hives without packages.
#include <boost/test/unit_test.hpp>
#include <string>

#include "engine/inspect/capabilities.h"
#include "engine/inspect/editions.h"
#include "engine/inspect/features.h"
#include "tests/engine/inspect/serviced_windows.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

const std::string extracted = "servicing/extracted/";

/// The manifest `item` of the real data, for the package of that identity.
void add_real(ServicedWindows& windows, const std::string& identity, std::uint32_t state,
              const std::string& item) {
  windows.add_key(identity, state);
  windows.tree.add_file("Windows/servicing/Packages/" + identity + ".mum",
                        real_bytes(extracted + item));
}

const std::string explorer =
    "Microsoft-Windows-InternetExplorer-Optional-Package~31bf3856ad364e35~amd64~~11.0.19041.1";
const std::string explorer_item =
    "microsoft-windows-internetexplorer-optional-package~31bf3856ad364e35~amd64~~/update.mum";

}  // namespace

BOOST_AUTO_TEST_SUITE(real_features)

BOOST_AUTO_TEST_CASE(internet_explorer_of_windows_10_is_a_feature_of_the_foundation) {
  if (!have_real_data()) {
    return;
  }
  ServicedWindows windows;
  windows.add_key("Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~10.0.19041.1",
                  installed);
  add_real(windows, explorer, installed, explorer_item);
  windows.set_update(
      {.name = "Microsoft-Windows-InternetExplorer-Optional-Package", .version = "11.0.19041.1"},
      "Internet-Explorer-Optional-amd64", staged);
  const PackageStorePtr store = windows.store();

  const FeatureList list = read_features(*store);
  BOOST_REQUIRE_EQUAL(list.features.size(), 1U);
  const Feature& feature = list.features.front();
  BOOST_TEST(to_utf8(feature.name) == "Internet-Explorer-Optional-amd64");
  BOOST_TEST(to_utf8(feature.display_name) == "Internet Explorer 11");
  BOOST_TEST(to_utf8(feature.package) == explorer);
  BOOST_TEST((feature.state == PackageState::staged));
  BOOST_TEST((feature.restart == RestartType::required));
  BOOST_TEST(feature.parents.empty());
  BOOST_REQUIRE_EQUAL(feature.properties.size(), 1U);
  BOOST_TEST(to_utf8(feature.properties.front().name) == "SoftBlockLink");
  BOOST_TEST(feature.properties.front().path.empty());

  const CapabilityList capabilities = read_capabilities(*store);
  BOOST_REQUIRE_EQUAL(capabilities.capabilities.size(), 1U);
  const Capability& capability = capabilities.capabilities.front();
  BOOST_TEST(to_utf8(capability.identity) == "Browser.InternetExplorer~~~~0.0.11.0");
  BOOST_TEST((capability.state == PackageState::installed));
  BOOST_TEST(to_utf8(capability.display_name) == "Internet Explorer 11");
  BOOST_TEST(capability.install_size == 1'681'550U);
}

BOOST_AUTO_TEST_CASE(a_language_package_and_an_update_have_no_features_of_their_own) {
  if (!have_real_data()) {
    return;
  }
  ServicedWindows windows;
  windows.add_key("Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~10.0.19041.1",
                  installed);
  add_real(windows,
           "Microsoft-Windows-NetFx3-OnDemand-Package~31bf3856ad364e35~amd64~en-US~10.0.19041.1",
           installed,
           "microsoft-windows-netfx3-ondemand-package~31bf3856ad364e35~amd64~en-US~/update.mum");
  add_real(windows,
           "Microsoft-Hyper-V-Integration-Services-Package~31bf3856ad364e35~amd64~~6.3.9600.18692",
           installed, "windows6.x-hypervintegrationservices-x64/update.mum");
  BOOST_TEST(read_features(*windows.store()).features.empty());
}

BOOST_AUTO_TEST_CASE(windows_xp_has_neither_features_nor_capabilities_nor_editions) {
  if (!have_real_data()) {
    return;
  }
  fixture::Tree tree;
  tree.add_file("WINDOWS/system32/config/SOFTWARE", real_bytes("registry/xp_sp3_full/SOFTWARE"));
  tree.add_file("WINDOWS/system32/config/SYSTEM", real_bytes("registry/xp_sp3_full/SYSTEM"));
  const PackageStorePtr store = PackageStore::read(open_tree(tree));
  BOOST_TEST(read_features(*store).features.empty());
  BOOST_TEST(read_capabilities(*store).capabilities.empty());
  const Editions editions = read_editions(*store);
  BOOST_TEST(!editions.current.has_value());
  BOOST_TEST(!editions.windows_pe);
  BOOST_TEST(editions.diagnostics.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
