// SPDX-License-Identifier: Apache-2.0
// Which provisioned packages are listed, and what is said of each.
#include "engine/inspect/appx.h"

#include <boost/test/unit_test.hpp>

#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

constexpr const char* provisioning = "ProgramData/Microsoft/Windows/AppxProvisioning.xml";
constexpr const char* applications =
    "Microsoft\\Windows\\CurrentVersion\\Appx\\AppxAllUserStore\\Applications";

/// An installation whose list of apps and store can be filled.
struct AppTree {
  fixture::HiveBuilder software = small_software();
  fixture::KeyBuilder store = software.key(applications);
  std::string rows;
  fixture::Tree tree;

  AppTree& row(const std::string& full_name, const std::string& attributes = {}) {
    rows += "<Package FullName=\"" + full_name + "\" " + attributes + "/>";
    return *this;
  }
  AppTree& manifest(const std::string& full_name, bool framework) {
    tree.add_file("Program Files/WindowsApps/" + full_name + "/AppxManifest.xml",
                  "<Package><Identity Name=\"x\"/><Properties><Framework>" +
                      std::string(framework ? "true" : "false") +
                      "</Framework></Properties></Package>");
    return *this;
  }
  ImagePtr open(bool with_file = true) {
    if (with_file) {
      tree.add_file(provisioning, "<AppxProvisionList><Provisioned>" + rows +
                                      "</Provisioned></AppxProvisionList>");
    }
    add_small_windows(tree, "Windows", small_system(), software);
    return open_tree(tree);
  }
  AppxList list(bool with_file = true) { return read_provisioned_appx(*open(with_file)); }
};

std::vector<std::string> names_of(const AppxList& list) {
  std::vector<std::string> names;
  for (const AppxPackage& package : list.packages) {
    names.push_back(to_utf8(package.name));
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(appx)

BOOST_AUTO_TEST_CASE(bundles_and_plain_apps_are_listed_and_nothing_else) {
  AppTree apps;
  apps.row("Z.Last_1.0.0.0_x64__8wekyb3d8bbwe")
      .row("A.Bundle_2019.6.25071.0_neutral_~_8wekyb3d8bbwe", "PackageType=\"bundle\"")
      .row("A.Bundle_1.0.0.0_x64__8wekyb3d8bbwe", "ProvisionSourceIsBundle=\"true\"")
      .row("A.Bundle_1.0.0.0_neutral_split.scale-100_8wekyb3d8bbwe",
           "ProvisionSourceIsBundle=\"true\" PackageType=\"resource\"")
      .row("C.Framework_1.0.0.0_x64__8wekyb3d8bbwe", "IsLOBApp=\"true\"")
      .row("b.Business_1.0.0.0_x86__8wekyb3d8bbwe", "IsLOBApp=\"true\"")
      .manifest("C.Framework_1.0.0.0_x64__8wekyb3d8bbwe", true)
      .manifest("b.Business_1.0.0.0_x86__8wekyb3d8bbwe", false);
  const AppxList list = apps.list();
  BOOST_TEST(names_of(list) == (Names{"A.Bundle", "b.Business", "Z.Last"}),
             boost::test_tools::per_element());
  BOOST_TEST(list.diagnostics.empty());
  const AppxPackage& bundle = list.packages.at(0);
  BOOST_TEST(bundle.bundle);
  BOOST_TEST(to_utf8(bundle.full_name) == "A.Bundle_2019.6.25071.0_neutral_~_8wekyb3d8bbwe");
  BOOST_TEST((bundle.version == std::array<std::uint32_t, 4>{2019, 6, 25071, 0}));
  BOOST_TEST(to_utf8(bundle.resource_id) == "~");
  BOOST_TEST(to_utf8(bundle.publisher_id) == "8wekyb3d8bbwe");
  BOOST_TEST(bundle.install_location.empty());
  BOOST_TEST(bundle.regions.empty());
  BOOST_TEST(bundle.evidence.path == "\\ProgramData\\Microsoft\\Windows\\AppxProvisioning.xml");
  BOOST_TEST(to_utf8(list.packages.at(1).install_location) ==
             "%SYSTEMDRIVE%\\Program Files\\WindowsApps\\b.Business_1.0.0.0_x86__8wekyb3d8bbwe\\"
             "AppxManifest.xml");
}

BOOST_AUTO_TEST_CASE(frameworks_without_files_are_told_by_who_needs_them_or_by_their_name) {
  AppTree apps;
  apps.row("Example.Needed_1.0.0.0_x64__8wekyb3d8bbwe")
      .row("Microsoft.VCLibs.140.00_14.0.30704.0_x64__8wekyb3d8bbwe", "IsLOBApp=\"true\"")
      .row("Microsoft.UI.Xaml.2.7_7.2203.17001.0_x64__8wekyb3d8bbwe", "IsLOBApp=\"true\"")
      .row("Microsoft.NET.Native.Runtime.2.2_2.2.28604.0_x64__8wekyb3d8bbwe", "IsLOBApp=\"true\"")
      .row("Microsoft.SecHealthUI_1000.22621.1.0_x64__8wekyb3d8bbwe");
  apps.store.key("Example.App_1.0.0.0_neutral_~_8wekyb3d8bbwe")
      .subkey("Example.Needed_1.0.0.0_x64__8wekyb3d8bbwe");
  const AppxList list = apps.list();
  BOOST_TEST(names_of(list) == Names{"Microsoft.SecHealthUI"}, boost::test_tools::per_element());
  BOOST_TEST(list.diagnostics.items().size() == 3U);
  BOOST_TEST(has_finding(list.diagnostics, "assumed-framework", "Microsoft.VCLibs.140.00"));
}

BOOST_AUTO_TEST_CASE(the_store_stands_in_for_a_list_that_is_not_there) {
  AppTree apps;
  apps.store.subkey("Example.App_1.0.0.0_neutral_~_8wekyb3d8bbwe")
      .set_string("Path", "C:\\Apps\\Bundle\\AppxMetadata\\AppxBundleManifest.xml");
  apps.store.subkey("Example.App_0.9.0.0_x64__8wekyb3d8bbwe");
  apps.store.subkey("Example.App_0.9.0.0_neutral_split.language-de_8wekyb3d8bbwe");
  apps.store.subkey("Example.Plain_1.0.0.0_arm64__8wekyb3d8bbwe").set_dword("Path", 1);
  apps.store.subkey("no full name");
  apps.tree.add_file("Apps/Bundle/AppxMetadata/AppxBundleManifest.xml", "<Bundle/>");
  const AppxList list = apps.list(false);
  BOOST_TEST(names_of(list) == (Names{"Example.App", "Example.Plain"}),
             boost::test_tools::per_element());
  BOOST_TEST(to_utf8(list.packages.at(0).install_location) ==
             "C:\\Apps\\Bundle\\AppxMetadata\\AppxBundleManifest.xml");
  BOOST_TEST(mentions(list.packages.at(0).evidence.key, {"AppxAllUserStore", "Example.App"}));
  BOOST_TEST(has_finding(list.diagnostics, "damaged", "no full name"));
  BOOST_TEST(has_finding(list.diagnostics, "wrong-type", "Example.Plain"));
}

BOOST_AUTO_TEST_CASE(a_damaged_list_is_reported_and_the_store_read) {
  AppTree apps;
  apps.store.subkey("Example.App_1.0.0.0_neutral_~_8wekyb3d8bbwe");
  apps.tree.add_file(provisioning, "<AppxProvisionList><Provisioned>");
  const AppxList list = apps.list(false);
  BOOST_TEST(names_of(list) == Names{"Example.App"}, boost::test_tools::per_element());
  BOOST_TEST(has_finding(list.diagnostics, "damaged", "AppxProvisioning.xml"));
}

BOOST_AUTO_TEST_CASE(a_list_that_is_empty_is_believed) {
  AppTree apps;
  apps.store.subkey("Example.Removed_1.0.0.0_neutral_~_8wekyb3d8bbwe");
  BOOST_TEST(apps.list().packages.empty());
}

BOOST_AUTO_TEST_CASE(a_damaged_manifest_or_row_hides_no_app) {
  AppTree apps;
  apps.row("Example.App_1.0.0.0_x64__8wekyb3d8bbwe")
      .row("..\\..\\Windows_1.0.0.0_x64__8wekyb3d8bbwe")
      .row("Example.App_1.0.0.0_X64__8wekyb3d8bbwe");
  apps.tree.add_file(
      "Program Files/WindowsApps/Example.App_1.0.0.0_x64__8wekyb3d8bbwe/AppxManifest.xml", "<");
  const AppxList list = apps.list();
  BOOST_TEST(names_of(list) == Names{"Example.App"}, boost::test_tools::per_element());
  BOOST_TEST(has_finding(list.diagnostics, "damaged", "AppxManifest.xml"));
  BOOST_TEST(has_finding(list.diagnostics, "damaged", "Windows_1.0.0.0"));
}

BOOST_AUTO_TEST_CASE(an_image_without_apps_has_none) {
  const AppxList list = read_provisioned_appx(*open_tree(small_windows()));
  BOOST_TEST(list.packages.empty());
  BOOST_TEST(list.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(architectures_have_the_numbers_of_windows) {
  BOOST_TEST(appx_architecture_number(u"x86") == 0U);
  BOOST_TEST(appx_architecture_number(u"ARM") == 5U);
  BOOST_TEST(appx_architecture_number(u"x64") == 9U);
  BOOST_TEST(appx_architecture_number(u"neutral") == 11U);
  BOOST_TEST(appx_architecture_number(u"arm64") == 12U);
  BOOST_TEST(appx_architecture_number(u"") == 11U);
}

BOOST_AUTO_TEST_CASE(families_that_cannot_be_removed_are_those_with_the_flag) {
  AppTree apps;
  const auto config =
      apps.software.key("Microsoft\\Windows\\CurrentVersion\\Appx\\AppxAllUserStore\\Config");
  config.subkey("A.Fixed_8wekyb3d8bbwe").set_dword("NonRemovable", 1);
  config.subkey("B.Free_8wekyb3d8bbwe").set_dword("NonRemovable", 0);
  config.subkey("C.Silent_8wekyb3d8bbwe");
  config.subkey("D.Damaged_8wekyb3d8bbwe").set_string("NonRemovable", "1");
  const NonRemovableApps fixed = read_non_removable_apps(*apps.open());
  BOOST_TEST_REQUIRE(fixed.families.size() == 1U);
  BOOST_TEST(to_utf8(fixed.families[0]) == "A.Fixed_8wekyb3d8bbwe");
  BOOST_TEST(has_finding(fixed.diagnostics, "wrong-type", "D.Damaged"));
  BOOST_TEST(has_finding(fixed.diagnostics, "unverified", "NonRemovable"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
