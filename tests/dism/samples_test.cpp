// SPDX-License-Identifier: Apache-2.0
// Published outputs of dism.exe, made again from images with the same facts.
#include "tests/dism/samples.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/dism/dism_support.h"
#include "tests/support/real_data.h"

using namespace casement;
using namespace casement::test;
namespace servicing = casement::fixture::servicing;

namespace {

std::uint32_t feature_state(const std::string& words) {
  if (words == "Enabled") {
    return servicing::installed;
  }
  return words == "Disabled" ? servicing::staged : servicing::resolved;
}

/// Identities have five parts with '~' between them.
fixture::PackageRecipe package_recipe(const std::string& identity) {
  std::vector<std::string> parts(1);
  for (const char c : identity) {
    if (c == '~') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  BOOST_REQUIRE_EQUAL(parts.size(), 5U);
  fixture::PackageRecipe package;
  package.name = parts[0];
  package.token = parts[1];
  package.architecture = parts[2];
  package.language = parts[3];
  package.version = parts[4];
  return package;
}

/// Sets the version so that the banner says `version`.
void set_version(fixture::ImageRecipe& recipe, const std::string& version) {
  fixture::WindowsVersion& v = recipe.version;
  BOOST_REQUIRE_EQUAL(
      std::sscanf(version.c_str(), "%u.%u.%u.%u", &v.major, &v.minor, &v.build, &v.revision), 4);
  v.lab_build = v.build;
  if (v.major < 10) {
    v.lab_revision = v.revision;
  }
}

/// The value behind "label : " in its first line, or behind "label: ".
std::string value_of(const std::string& text, const std::string& label) {
  for (const std::string& line : lines_of(text)) {
    for (const std::string& start : {label + " : ", label + ": "}) {
      if (line.starts_with(start)) {
        return line.substr(start.size());
      }
    }
  }
  BOOST_FAIL("no " + label);
  return {};
}

fixture::ImageRecipe recipe_of(const std::string& base, const std::string& text) {
  fixture::ImageRecipe recipe = bare_recipe(base);
  set_version(recipe, value_of(text, "Image Version"));
  return recipe;
}

void compare_feature_list(const std::string& file, const std::string& base) {
  const std::string expected = sample(file);
  fixture::ImageRecipe recipe = recipe_of(base, expected);
  fixture::PackageRecipe foundation =
      package_recipe(value_of(expected, "Features listing for package"));
  for (const Block& block : blocks_with(expected, "Feature Name")) {
    foundation.features.push_back(
        {.name = block.at("Feature Name"), .state = feature_state(block.at("State"))});
  }
  recipe.servicing.packages.push_back(foundation);
  const DismRun run = ImageOnDisk(recipe).run({"/English", "/Get-Features"});
  BOOST_TEST(run.output == expected);
  BOOST_TEST(run.code == 0);
}

/// Lines with this text in them.
std::string lines_with(const std::string& text, const std::string& part) {
  std::string out;
  for (const std::string& line : lines_of(text)) {
    if (line.find(part) != std::string::npos) {
      out += line + "\n";
    }
  }
  return out;
}

/// Without the first line, which is the command that a page shows.
std::string without_command(const std::string& text) {
  return text.substr(text.find('\n') + 1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dism_samples)

BOOST_AUTO_TEST_CASE(features_of_windows_7) {
  if (have_real_data()) {
    compare_feature_list("win7_get-features_EN.txt", "windows_7");
  }
}

BOOST_AUTO_TEST_CASE(features_of_server_2008_r2) {
  if (have_real_data()) {
    compare_feature_list("puppetlabs_dism_get_features.txt", "windows_7");
  }
}

BOOST_AUTO_TEST_CASE(packages_of_windows_10_1809) {
  if (!have_real_data()) {
    return;
  }
  const std::string expected = sample("transcribed/get-packages_offline_win10_1809_17763.107.txt");
  fixture::ImageRecipe recipe = recipe_of("windows_10", expected);
  for (const Block& block : blocks_with(expected, "Package Identity")) {
    fixture::PackageRecipe package = package_recipe(block.at("Package Identity"));
    BOOST_REQUIRE_EQUAL(block.at("State"), "Installed");
    package.release_type = block.at("Release Type");
    package.install_time = british_time(block.at("Install Time"));
    recipe.servicing.packages.push_back(package);
  }
  const DismRun run = ImageOnDisk(recipe).run({"/Get-Packages"});
  BOOST_TEST(run.output == with_american_dates(expected, {"Install Time"}));
}

BOOST_AUTO_TEST_CASE(package_identities_of_windows_11_24h2) {
  if (!have_real_data()) {
    return;
  }
  const std::string expected =
      without_command(sample("transcribed/win11_24H2_26100.1742_get-packages_identity-lines.txt"));
  fixture::ImageRecipe recipe = bare_recipe("windows_11");
  for (const std::string& line : lines_of(expected)) {
    recipe.servicing.packages.push_back(package_recipe(value_of(line, "Package Identity")));
  }
  // From the image they come in the order of the registry, whatever order they were put in.
  std::ranges::reverse(recipe.servicing.packages);
  const DismRun run = ImageOnDisk(recipe).run({"/Get-Packages"});
  BOOST_TEST(lines_with(run.output, "Package Identity : ") == expected);
}

BOOST_AUTO_TEST_CASE(information_on_the_net_rollup) {
  if (!have_real_data()) {
    return;
  }
  const std::string expected = sample("transcribed/get-packageinfo_DotNetRollup_17763.txt");
  fixture::ImageRecipe recipe = recipe_of("windows_10", expected);
  fixture::PackageRecipe package = package_recipe(value_of(expected, "Package Identity"));
  const Block facts = blocks_with(expected, "Package Identity").at(0);
  package.copyright = facts.at("Copyright");
  package.company = facts.at("Company");
  package.description = facts.at("Description");
  package.install_client = facts.at("Install Client");
  package.install_time = fixture::ticks_at(2025, 5, 15, 3, 15);
  package.release_type = facts.at("Release Type");
  package.restart = "possible";
  package.support_information = facts.at("Support Information");
  package.offline_capable = "no";
  recipe.servicing.packages.push_back(package);
  const DismRun run = ImageOnDisk(recipe).run(
      {"/Get-PackageInfo", "/PackageName:" + value_of(expected, "Package Identity")});
  // The page has lost spaces before the ends of lines, and the last period.
  std::string shown = without_trailing_spaces(run.output);
  BOOST_REQUIRE(shown.ends_with("successfully.\n"));
  shown.replace(shown.size() - 2, 2, "\n");
  BOOST_TEST(shown == expected);
}

BOOST_AUTO_TEST_CASE(information_on_the_feature_recall) {
  if (!have_real_data()) {
    return;
  }
  const std::string expected = sample("transcribed/get-featureinfo_recall_26100.txt");
  fixture::ImageRecipe recipe = recipe_of("windows_11", expected);
  const Block facts = blocks_with(expected, "Feature Name").at(0);
  recipe.servicing.features.push_back({.name = facts.at("Feature Name"),
                                       .display_name = facts.at("Display Name"),
                                       .description = facts.at("Description"),
                                       .state = feature_state(facts.at("State")),
                                       .restart = "possible"});
  const DismRun run =
      ImageOnDisk(recipe).run({"/Get-FeatureInfo", "/FeatureName:" + facts.at("Feature Name")});
  BOOST_TEST(run.output == expected);
}

BOOST_AUTO_TEST_CASE(enabled_features_of_windows_11_24h2_as_a_table) {
  if (!have_real_data()) {
    return;
  }
  const std::string expected = without_command(
      sample("transcribed/win11_24H2_26100.1742_get-features_table_enabled-only.txt"));
  fixture::ImageRecipe recipe = bare_recipe("windows_11");
  for (const std::string& line : lines_of(expected)) {
    recipe.servicing.features.push_back({.name = line.substr(0, line.find(' '))});
  }
  recipe.servicing.features.push_back({.name = "TelnetClient", .state = servicing::staged});
  const DismRun run = ImageOnDisk(recipe).run({"/Get-Features", "/English", "/Format:Table"});
  BOOST_TEST(lines_with(run.output, "Enabled") == expected);
  BOOST_TEST(lines_with(run.output, "Disabled").size() > 0U);
}

BOOST_AUTO_TEST_CASE(installed_capabilities_of_windows_11_24h2_as_a_table) {
  if (!have_real_data()) {
    return;
  }
  const std::string expected = without_command(
      sample("transcribed/win11_24H2_26100.1742_get-capabilities_table_installed-only.txt"));
  fixture::ImageRecipe recipe = bare_recipe("windows_11");
  for (const std::string& line : lines_of(expected)) {
    // "Language.Basic~~~en-GB~0.0.1.0": name, nothing, nothing, language, version.
    const std::string identity = line.substr(0, line.find(' '));
    const std::string name = identity.substr(0, identity.find('~'));
    const std::size_t last = identity.rfind('~');
    const std::size_t before = identity.rfind('~', last - 1);
    // "0.0.1.0" is how version 1.0 is shown.
    const std::string shown = identity.substr(last + 1);
    const std::string version = shown.empty() ? "" : shown.substr(std::string("0.0.").size());
    fixture::PackageRecipe package;
    package.name = name + "-Package" + identity.substr(before + 1, last - before - 1);
    package.release_type = "OnDemand Pack";
    package.capabilities.push_back({.name = name,
                                    .language = identity.substr(before + 1, last - before - 1),
                                    .version = version});
    recipe.servicing.packages.push_back(package);
  }
  std::ranges::reverse(recipe.servicing.packages);
  const DismRun run = ImageOnDisk(recipe).run({"/Get-Capabilities", "/Format:Table"});
  // Sorted as the program sorts them: the order of the sample.
  BOOST_TEST(lines_with(run.output, "Installed") == expected);
}

BOOST_AUTO_TEST_CASE(forty_one_drivers_of_windows_11) {
  if (!have_real_data()) {
    return;
  }
  const std::string expected = sample("transcribed/get-drivers_offline_41_26100.txt");
  fixture::ImageRecipe recipe = recipe_of("windows_11", expected);
  unsigned count = 0;
  for (const Block& block : blocks_with(expected, "Published Name")) {
    ++count;
    fixture::DriverRecipe driver;
    driver.inf = block.at("Original File Name");
    driver.published = block.at("Published Name");
    driver.class_name = block.at("Class Name");
    // Only the name is shown, so any GUID will do, but classes differ in them.
    char guid[40];
    (void)std::snprintf(guid, sizeof guid, "4d36e97b-e325-11ce-bfc1-%012x",
                        static_cast<unsigned>(std::hash<std::string>{}(driver.class_name)));
    driver.class_guid = guid;
    driver.provider = block.at("Provider Name");
    driver.date = british_time(block.at("Date"));
    driver.version = block.at("Version");
    recipe.servicing.drivers.push_back(driver);
  }
  BOOST_TEST(count == 41U);
  const DismRun run = ImageOnDisk(recipe).run({"/Get-Drivers"});
  BOOST_TEST(run.output == with_american_dates(expected, {"Date"}));
}

BOOST_AUTO_TEST_CASE(no_drivers_of_windows_11) {
  if (!have_real_data()) {
    return;
  }
  const std::string expected = sample("transcribed/get-drivers_offline_none_26100.txt");
  const DismRun run = ImageOnDisk(recipe_of("windows_11", expected)).run({"/Get-Drivers"});
  BOOST_TEST(run.output == expected);
}

BOOST_AUTO_TEST_SUITE_END()
