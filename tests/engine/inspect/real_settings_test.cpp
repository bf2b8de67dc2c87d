// SPDX-License-Identifier: Apache-2.0
// Settings and products of trees that are put together from real hives.
#include <boost/test/unit_test.hpp>

#include "engine/inspect/appx.h"
#include "engine/inspect/deployment.h"
#include "engine/inspect/intl.h"
#include "engine/inspect/msi_apps.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

/// A tree with one real hive in System32\config.
ImagePtr open_hive_tree(const std::string& directory, const std::string& name,
                        const std::string& item) {
  fixture::Tree tree;
  tree.add_file(directory + "/System32/config/" + name, real_bytes(item));
  return open_tree(tree);
}

std::string text_of(const MaybeFact<std::u16string>& fact) {
  return fact ? to_utf8(fact->value) : "absent";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_settings)

BOOST_AUTO_TEST_CASE(international_settings_of_windows_10) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = open_hive_tree("Windows", "SYSTEM", "registry/dissect/SYSTEM.xz");
  const InternationalSettings settings = read_international_settings(*image);
  BOOST_TEST(text_of(settings.ui_language) == "en-US");
  BOOST_TEST(text_of(settings.system_locale) == "en-US");
  BOOST_TEST(text_of(settings.user_locale) == "en-US");
  BOOST_TEST(text_of(settings.time_zone) == "W. Europe Standard Time");
  BOOST_TEST(settings.location->value == 244U);
  BOOST_TEST(to_utf8(settings.location_name) == "United States");
  BOOST_TEST_REQUIRE(settings.keyboards.size() == 1U);
  BOOST_TEST(to_utf8(settings.keyboards[0].value) == "0409:00000409");
  BOOST_TEST(settings.layered_driver->value == 1U);
  BOOST_TEST(to_utf8(settings.layered_driver_name) == "PC/AT Enhanced Keyboard (101/102-Key)");
  BOOST_TEST_REQUIRE(settings.languages.size() == 1U);
  BOOST_TEST(to_utf8(settings.languages[0].tag) == "en-US");
  BOOST_TEST((settings.languages[0].kind == LanguageKind::full));
  BOOST_TEST(settings.diagnostics.empty());
  BOOST_TEST(!read_uninstall_window(*image).days.has_value());
  BOOST_TEST(!read_pe_settings(*image).windows_pe);
}

BOOST_AUTO_TEST_CASE(international_settings_of_windows_7) {
  if (!have_real_data()) {
    return;
  }
  const InternationalSettings settings = read_international_settings(
      *open_hive_tree("Windows", "SYSTEM", "registry/regipy/SYSTEM.xz"));
  BOOST_TEST(text_of(settings.system_locale) == "en-US");
  BOOST_TEST(text_of(settings.time_zone) == "Eastern Standard Time");
  BOOST_TEST(!settings.layered_driver.has_value());
  BOOST_TEST_REQUIRE(settings.languages.size() == 1U);
  BOOST_TEST((settings.languages[0].kind == LanguageKind::full));
}

BOOST_AUTO_TEST_CASE(a_profile_of_windows_7_gives_user_locale_and_location) {
  if (!have_real_data()) {
    return;
  }
  fixture::Tree tree = small_windows();
  tree.add_file("Users/Default/NTUSER.DAT", real_bytes("registry/dfwinreg/NTUSER.DAT"));
  const InternationalSettings settings = read_international_settings(*open_tree(tree));
  BOOST_TEST(text_of(settings.user_locale) == "en-US");
  BOOST_TEST(settings.location->value == 244U);
  BOOST_TEST_REQUIRE(settings.keyboards.size() == 1U);
  BOOST_TEST(to_utf8(settings.keyboards[0].value) == "0409:00000409");
}

BOOST_AUTO_TEST_CASE(products_of_windows_xp) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = open_hive_tree("WINDOWS", "SOFTWARE", "registry/xp_sp3_full/SOFTWARE");
  const MsiList list = read_msi(*image);
  BOOST_TEST(list.products.size() == 5U);
  BOOST_TEST_REQUIRE(list.patches.size() == 1U);
  BOOST_TEST(list.diagnostics.empty());
  const MsiProduct& imager = list.products.at(0);
  BOOST_TEST(to_utf8(imager.name) == "AccessData FTK Imager");
  BOOST_TEST(imager.code.to_string() == "0adc8340-4a94-4ce3-a721-b558f365f8d0");
  BOOST_TEST(to_utf8(imager.package_name) == "AccessData FTK Imager.msi");
  const MsiProduct& reader = list.products.at(1);
  BOOST_TEST(to_utf8(reader.name) == "Adobe Reader X (10.1.3)");
  BOOST_TEST(reader.code.to_string() == "ac76ba86-7ad7-1033-7b44-aa1000000001");
  BOOST_TEST(to_utf8(reader.version) == "10.1.3");
  BOOST_TEST(to_utf8(reader.language) == "1033");
  BOOST_TEST(to_utf8(reader.publisher) == "Adobe Systems Incorporated");
  BOOST_TEST(to_utf8(reader.install_date) == "20120721");
  BOOST_TEST(reader.estimated_size == 0x1D62FU);
  BOOST_TEST(reader.state == 5);
  BOOST_TEST(reader.assignment == 1U);
  const MsiPatch& patch = list.patches[0];
  BOOST_TEST((patch.product == reader.code));
  BOOST_TEST(patch.code.to_string() == "ac76ba86-7ad7-0000-2550-7a8c400a1013");
  BOOST_TEST(patch.state == 1U);
  BOOST_TEST(!patch.uninstallable);
  BOOST_TEST(to_utf8(patch.local_package) == "C:\\WINDOWS\\Installer\\62c5e1.msp");
  BOOST_TEST(to_utf8(patch.transforms) == ":TGT_2ToUPG_2;:#TGT_2ToUPG_2");
}

BOOST_AUTO_TEST_CASE(real_manifests_tell_frameworks_from_apps) {
  if (!have_real_data()) {
    return;
  }
  fixture::Tree tree = small_windows();
  const std::string apps = "Program Files/WindowsApps/";
  tree.add_file(apps + "Vendor.Libs_14.0.33519.0_x64__8wekyb3d8bbwe/AppxManifest.xml",
                real_bytes("appx/Microsoft.VCLibs.140.00/AppxManifest.xml"));
  tree.add_file(apps + "10.store.app_1.0.0.0_neutral__8wekyb3d8bbwe/AppxManifest.xml",
                real_bytes("appx/10Store/AppxManifest.xml"));
  tree.add_file("ProgramData/Microsoft/Windows/AppxProvisioning.xml",
                "<AppxProvisionList><Provisioned>"
                "<Package FullName=\"Vendor.Libs_14.0.33519.0_x64__8wekyb3d8bbwe\"/>"
                "<Package FullName=\"10.store.app_1.0.0.0_neutral__8wekyb3d8bbwe\"/>"
                "</Provisioned></AppxProvisionList>");
  const AppxList list = read_provisioned_appx(*open_tree(tree));
  BOOST_TEST_REQUIRE(list.packages.size() == 1U);
  BOOST_TEST(to_utf8(list.packages[0].name) == "10.store.app");
  BOOST_TEST(list.diagnostics.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
