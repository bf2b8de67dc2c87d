// SPDX-License-Identifier: Apache-2.0
// Manifests as Windows 7 to 10 have them.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "engine/servicing/component_manifest.h"
#include "engine/servicing/package_manifest.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

struct RealManifest {
  const char* path;  // below servicing/extracted
  const char* identity;
  const char* identifier;
  const char* release_type;
  const char* restart;
  std::size_t parents;
  std::size_t updates;
  std::size_t features;
};
std::ostream& operator<<(std::ostream& out, const RealManifest& row) {
  return out << row.identity;
}

const std::vector<RealManifest> real_manifests = {
    {"Windows6.1-KB2584475-x64/Windows6.1-KB2584475-x64/update.mum",
     "Package_for_KB2584475~31bf3856ad364e35~amd64~~6.1.1.0", "KB2584475", "Hotfix", "possible", 1,
     2, 0},
    {"Windows8.1-KB2938772-x64/update.mum", "Package_for_KB2938772~31bf3856ad364e35~amd64~~6.3.1.0",
     "KB2938772", "Update", "possible", 1, 1, 0},
    {"microsoft-windows-internetexplorer-optional-package~31bf3856ad364e35~amd64~~/update.mum",
     "Microsoft-Windows-InternetExplorer-Optional-Package~31bf3856ad364e35~amd64~~11.0.19041.1",
     "Internet-Explorer-Optional-Package", "OnDemand Pack", "", 2, 2, 1},
    {"microsoft-windows-netfx3-ondemand-package~31bf3856ad364e35~amd64~en-US~/update.mum",
     "Microsoft-Windows-NetFx3-OnDemand-Package~31bf3856ad364e35~amd64~en-US~10.0.19041.1",
     "Microsoft .NET Framework 3.0_en-US", "Language Pack", "", 1, 2, 0},
    {"windows6.x-hypervintegrationservices-x64/update.mum",
     "Microsoft-Hyper-V-Integration-Services-Package~31bf3856ad364e35~amd64~~6.3.9600.18692",
     "KB4021918", "Update", "required", 1, 15, 0},
};

PackageManifest real_manifest(const std::string& path) {
  return must(parse_package_manifest(real_bytes("servicing/extracted/" + path)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_manifests_of_packages)

BOOST_DATA_TEST_CASE(says_what_it_says, boost::unit_test::data::make(real_manifests), row) {
  if (!have_real_data()) {
    return;
  }
  const PackageManifest manifest = real_manifest(row.path);
  BOOST_REQUIRE(manifest.identity.has_value());
  BOOST_TEST(to_utf8(manifest.identity->text()) == row.identity);
  BOOST_TEST(to_utf8(manifest.identifier) == row.identifier);
  BOOST_TEST(to_utf8(manifest.release_type) == row.release_type);
  BOOST_TEST(to_utf8(manifest.restart) == row.restart);
  BOOST_TEST(manifest.parents.size() == row.parents);
  BOOST_TEST(manifest.updates.size() == row.updates);
  BOOST_TEST(static_cast<std::size_t>(std::count_if(
                 manifest.updates.begin(), manifest.updates.end(),
                 [](const ManifestUpdate& update) { return update.selectable; })) == row.features);
  BOOST_TEST(manifest.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(a_feature_on_demand_declares_feature_capability_and_properties) {
  if (!have_real_data()) {
    return;
  }
  const PackageManifest manifest = real_manifest(real_manifests[2].path);
  BOOST_TEST_REQUIRE(manifest.capabilities.size() == 1U);
  BOOST_TEST(to_utf8(manifest.capabilities[0].identity()) ==
             "Browser.InternetExplorer~~~~0.0.11.0");
  BOOST_TEST(to_utf8(manifest.parents[0].integrate) == "delegate");
  BOOST_TEST((manifest.package_size == 1'681'550U));
  const ManifestUpdate& feature = manifest.updates[0];
  BOOST_TEST(to_utf8(feature.name) == "Internet-Explorer-Optional-amd64");
  BOOST_TEST(to_utf8(feature.restart) == "required");
  BOOST_TEST_REQUIRE(feature.properties.size() == 1U);
  BOOST_TEST(to_utf8(feature.properties[0].name) == "SoftBlockLink");
  const ManifestUpdate& payload = manifest.updates[1];
  BOOST_TEST(to_utf8(payload.parents.at(0)) == "Internet-Explorer-Optional-amd64");
  BOOST_TEST(to_utf8(payload.packages.at(0).name) ==
             "Microsoft-Windows-InternetExplorer-Package-ua");
  BOOST_TEST_REQUIRE(manifest.properties.size() == 2U);
  BOOST_TEST(to_utf8(manifest.properties[1].path) == "OptionalFeatures\\SettingsPageOptions");
  BOOST_TEST(to_utf8(manifest.properties[1].value) == "all");
}

BOOST_AUTO_TEST_CASE(an_update_says_whether_it_can_be_added_offline) {
  if (!have_real_data()) {
    return;
  }
  const PackageManifest manifest = real_manifest(real_manifests[1].path);
  BOOST_TEST(to_utf8(manifest.completely_offline_capable) == "yes");
  BOOST_TEST((manifest.package_size == 949'044U));
  BOOST_TEST(manifest.parents[0].packages.size() == 7U);
  BOOST_TEST(to_utf8(manifest.creation_time) == "2014-03-04T15:15:52Z");
}

BOOST_AUTO_TEST_CASE(a_component_lists_its_file_and_digest) {
  if (!have_real_data()) {
    return;
  }
  const ComponentManifest manifest = must(parse_component_manifest(
      real_bytes("servicing/dcm_decoded_xml/amd64_microsoft-windows-i..etexplorer-optional_"
                 "31bf3856ad364e35_11.0.19041.1_none_8298e4b5b7fd2c26.manifest.xml")));
  BOOST_TEST_REQUIRE(manifest.files.size() == 1U);
  BOOST_TEST(manifest.files[0].digest.size() == 32U);
  BOOST_TEST(manifest.diagnostics.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
