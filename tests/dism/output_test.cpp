// SPDX-License-Identifier: Apache-2.0
// Whole outputs of commands, to the byte.
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/dism/dism_support.h"
#include "tests/support/matchers.h"

using namespace casement;
using namespace casement::test;
namespace servicing = casement::fixture::servicing;

namespace {

constexpr const char* banner =
    "\nDeployment Image Servicing and Management tool\nVersion: 10.0.26100.1\n\n";
constexpr const char* done = "\nThe operation completed successfully.\n";

fixture::ImageRecipe windows_10() {
  fixture::ImageRecipe recipe = bare_recipe("windows_10");
  recipe.servicing.features = {
      {.name = "TelnetClient",
       .display_name = "Telnet Client",
       .description = "Talks to Telnet servers.",
       .state = servicing::staged,
       .restart = "possible",
       .properties = {{.path = "ServerComponent", .name = "Id", .value = "44"},
                      {.path = "ServerComponent\\Deploys\\Update",
                       .name = "Name",
                       .value = "Tel"}}},
      {.name = "TFTP", .state = servicing::installed}};
  recipe.servicing.packages = {{.name = "Package_for_KB5030219",
                                .version = "19041.3448.1.2",
                                .release_type = "Security Update",
                                .knowledge_base = "KB5030219",
                                .install_time = fixture::ticks_at(2015, 2, 11, 23, 33),
                                .install_client = "WindowsUpdateAgent",
                                .description = "Fix for KB5030219",
                                .company = "Example",
                                .copyright = "Copyright Example",
                                .support_information = "https://support.example/5030219",
                                .restart = "required",
                                .offline_capable = "yes",
                                .self_update = true},
                               {.name = "Hidden-Package", .version = "10.0.1.1", .visibility = 2},
                               {.name = "OpenSSH-Client-Package",
                                .version = "10.0.19041.1",
                                .release_type = "OnDemand Pack",
                                .install_time = fixture::ticks_at(2020, 6, 1, 0, 5),
                                .capabilities = {{.name = "OpenSSH.Client"}}}};
  recipe.servicing.drivers = {{.inf = "vmusbmouse.inf",
                               .published = "oem10.inf",
                               .class_name = "Mouse",
                               .class_guid = "4d36e96f-e325-11ce-bfc1-08002be10318",
                               .provider = "Example, Inc.",
                               .date = fixture::ticks_at(2019, 7, 11),
                               .version = "12.5.10.0",
                               .devices = {{.description = "Example Pointing Device",
                                            .hardware_id = "USB\\VID_0E0F&PID_0003",
                                            .compatible_ids = {"USB\\CLASS_03"}}}},
                              {.inf = "net.inf",
                               .published = "oem2.inf",
                               .class_name = "Net",
                               .class_guid = "4d36e972-e325-11ce-bfc1-08002be10318",
                               .provider = "Example",
                               .date = fixture::ticks_at(2021, 12, 31),
                               .version = "1.2.3.4"}};
  recipe.servicing.apps = {{.name = "Example.App",
                            .version = "4.4.10720.0",
                            .resource_id = "~",
                            .publisher_id = "yxz26nhyzhsrt",
                            .bundle = true}};
  return recipe;
}

struct OnWindows10 {
  OnWindows10() : image(windows_10()) {}

  /// Body of a command that succeeds.
  std::string body(const std::vector<std::string>& arguments) const {
    const DismRun run = image.run(arguments);
    BOOST_TEST_INFO_SCOPE(run.output << run.notes);
    BOOST_REQUIRE(run.code == 0);
    return body_of(run);
  }

  ImageOnDisk image;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(dism_output, OnWindows10)

BOOST_AUTO_TEST_CASE(lists_packages_and_leaves_hidden_ones_out) {
  const DismRun run = image.run({"/Get-Packages"});
  BOOST_TEST(run.output ==
             std::string(banner) +
                 "Image Version: 10.0.19045.3803\n\n"
                 "Packages listing:\n\n"
                 "Package Identity : "
                 "Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~10.0.19041.1\n"
                 "State : Installed\nRelease Type : Foundation\n"
                 "Install Time : 11/20/2023 9:30 AM\n\n"
                 "Package Identity : "
                 "OpenSSH-Client-Package~31bf3856ad364e35~amd64~~10.0.19041.1\n"
                 "State : Installed\nRelease Type : OnDemand Pack\n"
                 "Install Time : 6/1/2020 12:05 AM\n\n"
                 "Package Identity : "
                 "Package_for_KB5030219~31bf3856ad364e35~amd64~~19041.3448.1.2\n"
                 "State : Installed\nRelease Type : Security Update\n"
                 "Install Time : 2/11/2015 11:33 PM\n" +
                 done);
}

BOOST_AUTO_TEST_CASE(tells_all_of_a_package) {
  BOOST_TEST(body({"/Get-PackageInfo",
                   "/PackageName:Package_for_KB5030219~31bf3856ad364e35~amd64~~19041.3448.1.2"}) ==
             "Package information:\n\n"
             "Package Identity : Package_for_KB5030219~31bf3856ad364e35~amd64~~19041.3448.1.2\n"
             "Applicable : Yes\n"
             "Copyright : Copyright Example\n"
             "Company : Example\n"
             "Creation Time : \n"
             "Description : Fix for KB5030219\n"
             "Install Client : WindowsUpdateAgent\n"
             "Install Package Name : "
             "Package_for_KB5030219~31bf3856ad364e35~amd64~~19041.3448.1.2.mum\n"
             "Install Time : 2/11/2015 11:33 PM\n"
             "Last Update Time : \n"
             "Name : default\n"
             "Product Name : Package_for_KB5030219\n"
             "Product Version : \n"
             "Release Type : Security Update\n"
             "Restart Required : Required\n"
             "Support Information : https://support.example/5030219\n"
             "State : Installed\n"
             "Completely offline capable : Yes\n"
             "Self servicing package : Yes\n"
             "Capability Identity : \n"
             "\nCustom Properties:\n\n(No custom properties found)\n\n"
             "Features listing for package : "
             "Package_for_KB5030219~31bf3856ad364e35~amd64~~19041.3448.1.2\n\n"
             "(No features found for this package)\n");
}

BOOST_AUTO_TEST_CASE(tells_the_capability_of_a_package) {
  BOOST_TEST(mentions(
      body({"/Get-PackageInfo",
            "/PackageName:openssh-client-package~31bf3856ad364e35~amd64~~10.0.19041.1"}),
      {"Capability Identity : OpenSSH.Client~~~~0.0.1.0\n", "Self servicing package : No\n"}));
}

BOOST_AUTO_TEST_CASE(lists_features_as_a_list_and_as_a_table) {
  BOOST_TEST(body({"/Get-Features"}) ==
             "Features listing for package : "
             "Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~10.0.19041.1\n\n"
             "Feature Name : TelnetClient\nState : Disabled\n\n"
             "Feature Name : TFTP\nState : Enabled\n");
  BOOST_TEST(body({"/Get-Features", "/Format:Table"}) ==
             "Features listing for package : "
             "Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~10.0.19041.1\n\n\n"
             "------------ | --------\n"
             "Feature Name | State\n"
             "------------ | --------\n"
             "TelnetClient | Disabled\n"
             "TFTP         | Enabled\n");
}

BOOST_AUTO_TEST_CASE(tells_all_of_a_feature) {
  BOOST_TEST(body({"/Get-FeatureInfo", "/FeatureName:telnetclient"}) ==
             "Feature Information:\n\n"
             "Feature Name : TelnetClient\n"
             "Display Name : Telnet Client\n"
             "Description : Talks to Telnet servers.\n"
             "Restart Required : Possible\n"
             "State : Disabled\n\n"
             "Custom Properties:\n\n"
             "ServerComponent\\Id : 44\n"
             "ServerComponent\\Deploys\\Update\\Name : Tel\n");
}

BOOST_AUTO_TEST_CASE(an_unknown_feature_has_three_lines) {
  const DismRun run = image.run({"/Get-FeatureInfo", "/FeatureName:Foo"});
  BOOST_TEST(run.code == -2146498548);
  BOOST_TEST(run.output ==
             std::string(banner) +
                 "Image Version: 10.0.19045.3803\n\n"
                 "Error: 0x800f080c\n\n"
                 "Feature name Foo is unknown.\n"
                 "A Windows feature name was not recognized.\n"
                 "Use the /Get-Features option to find the name of the feature in the image and "
                 "try the command again.\n");
}

BOOST_AUTO_TEST_CASE(an_unknown_package_is_not_valid) {
  const DismRun run = image.run({"/Get-PackageInfo", "/PackageName:Foo"});
  BOOST_TEST(static_cast<std::uint32_t>(run.code) == 0x800F0805U);
  BOOST_TEST(
      mentions(run.output, {"\n\nAn error occurred trying to open - Foo Error: 0x800f0805\n\n"
                            "Error: 0x800f0805\n\n"
                            "The specified package is not valid Windows package.\n"}));
}

BOOST_AUTO_TEST_CASE(a_package_file_that_is_not_there) {
  const DismRun run = image.run({"/Get-PackageInfo", "/PackagePath:/nowhere/x.cab"});
  BOOST_TEST(run.code == 3);
  BOOST_TEST(mentions(run.output,
                      {"An error occurred trying to open - /nowhere/x.cab Error: 0x80070003\n\n"
                       "Error: 3\n\nThe system cannot find the path specified.\n"}));
}

BOOST_AUTO_TEST_CASE(lists_capabilities) {
  BOOST_TEST(body({"/Get-Capabilities"}) ==
             "Capability listing:\n\n"
             "Capability Identity : OpenSSH.Client~~~~0.0.1.0\nState : Installed\n");
  const DismRun run = image.run({"/Get-CapabilityInfo", "/CapabilityName:Foo"});
  BOOST_TEST(run.code == 87);
  BOOST_TEST(
      mentions(run.output, {"Error: 87\n\nA Windows capability name was not recognized.\n"}));
}

BOOST_AUTO_TEST_CASE(lists_drivers_in_the_order_of_their_names_as_text) {
  BOOST_TEST(body({"/Get-Drivers"}) ==
             "Obtaining list of 3rd party drivers from the driver store...\n\n"
             "Driver packages listing:\n\n"
             "Published Name : oem10.inf\nOriginal File Name : vmusbmouse.inf\nInbox : No\n"
             "Class Name : Mouse\nProvider Name : Example, Inc.\nDate : 7/11/2019\n"
             "Version : 12.5.10.0\n\n"
             "Published Name : oem2.inf\nOriginal File Name : net.inf\nInbox : No\n"
             "Class Name : Net\nProvider Name : Example\nDate : 12/31/2021\n"
             "Version : 1.2.3.4\n");
}

BOOST_AUTO_TEST_CASE(tells_the_devices_of_a_driver) {
  const std::string text = body({"/Get-DriverInfo", "/Driver:oem10.inf"});
  BOOST_TEST(
      text.starts_with("Driver package information:\n\nPublished Name : oem10.inf\n"
                       "Driver Store Path : "));
  BOOST_TEST(mentions(text, {"Class GUID : {4D36E96F-E325-11CE-BFC1-08002BE10318}\n",
                             "Date : 7/11/2019\nVersion : 12.5.10.0\nBoot Critical : ",
                             "\n\nDrivers for architecture : amd64\n\nManufacturer : ",
                             "Hardware ID : USB\\VID_0E0F&PID_0003\n"}));
}

BOOST_AUTO_TEST_CASE(lists_provisioned_apps) {
  BOOST_TEST(body({"/Get-ProvisionedAppxPackages"})
                 .starts_with("DisplayName : Example.App\nVersion : 4.4.10720.0\n"
                              "Architecture : neutral\nResourceId : ~\n"
                              "PackageName : Example.App_4.4.10720.0_neutral_~_yxz26nhyzhsrt\n"
                              "Regions : "));
}

BOOST_AUTO_TEST_CASE(tells_the_edition) {
  BOOST_TEST(body({"/Get-CurrentEdition"}) ==
             "Current edition is:\n\nCurrent Edition : Professional\n");
  BOOST_TEST(body({"/Get-TargetEditions"}) ==
             "Editions that can be upgraded to:\n\n"
             "(The current edition cannot be upgraded to any target editions.)\n");
}

BOOST_AUTO_TEST_CASE(health_has_no_blank_line_before_the_end) {
  const DismRun run = image.run({"/Cleanup-Image", "/CheckHealth"});
  BOOST_TEST(run.output == std::string(banner) +
                               "Image Version: 10.0.19045.3803\n\n"
                               "No component store corruption detected.\n"
                               "The operation completed successfully.\n");
}

BOOST_AUTO_TEST_CASE(a_windows_that_is_no_windows_pe_has_no_settings_of_it) {
  const DismRun run = image.run({"/Get-ScratchSpace"});
  BOOST_TEST(run.code == 50);
  BOOST_TEST(mentions(run.output, {"Error: 50\n\nThis command can only be used with a Windows PE "
                                   "image.\n"}));
}

BOOST_AUTO_TEST_CASE(what_changes_an_image_is_refused) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"/Add-Package", "/PackagePath:x.cab"},
        std::vector<std::string>{"/Cleanup-Image", "/RestoreHealth", "/Source:x"},
        std::vector<std::string>{"/Set-TimeZone:UTC"}}) {
    const DismRun run = image.run(arguments);
    BOOST_TEST(run.code == 50);
    BOOST_TEST(mentions(run.output, {"Image Version: ",
                                     "Error: 50\n\nThe request is not "
                                     "supported.\n"}));
  }
}

BOOST_AUTO_TEST_CASE(a_mistake_of_the_command_comes_after_the_image_version) {
  const DismRun run = image.run({"/Get-Foo"});
  BOOST_TEST(run.code == 87);
  BOOST_TEST(run.output == std::string(banner) +
                               "Image Version: 10.0.19045.3803\n\n"
                               "Error: 87\n\n"
                               "The get-foo option is unknown.\n"
                               "For more information, refer to the help by running DISM.exe /?.\n");
  BOOST_TEST(mentions(image.run({}).output, {"Error: 87\n\nThe command-line is missing a required "
                                             "servicing command.\n"}));
}

BOOST_AUTO_TEST_CASE(a_wrong_windows_directory_is_named) {
  const DismRun run = image.run({"/WinDir:Winnt", "/Get-Packages"});
  BOOST_TEST(run.code == 3);
  BOOST_TEST(mentions(run.output, {"Error: 3\n\nThe directory Winnt does not appear to be a valid "
                                   "Windows directory.\n"}));
}

BOOST_AUTO_TEST_CASE(an_image_can_be_listed_and_described_without_dism_mounting_it) {
  const DismRun run = run_dism({"/Get-ImageInfo", "/ImageFile:" + image.directory()});
  BOOST_TEST(run.code == 11);
  BOOST_TEST(mentions(run.notes, {"is a directory"}));
}

BOOST_AUTO_TEST_SUITE_END()
