// SPDX-License-Identifier: Apache-2.0
// The devices of one package, and whether its catalog signs it.
#include "engine/inspect/driver_details.h"

#include <boost/test/unit_test.hpp>

#include "tests/engine/inspect/driver_support.h"
#include "tests/engine/servicing/catalog_support.h"
#include "tests/engine/servicing/inf_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

constexpr const char* package_id = "example.inf_amd64_0123456789abcdef";
constexpr const char* folder =
    "Windows/System32/DriverStore/FileRepository/example.inf_amd64_0123456789abcdef/";
constexpr const char* storage_class = "4d36e97b-e325-11ce-bfc1-08002be10318";

/// The example INF as the package oem0.inf; its files are added by the tests.
struct Example : DriverImage {
  fixture::KeyBuilder key = package(system, package_id, "oem0.inf")
                                .set_binary("Version", version_value(storage_class, false))
                                .set_string("InfName", "example.inf");

  void add_inf() { files.add_file(std::string(folder) + "example.inf", example_inf); }
  void add_catalog(const std::string& path, const DerBytes& bytes) {
    files.add_file(path, fixture::ByteVector(bytes));
  }
  DriverDetails details() const {
    const ImagePtr image = open();
    const DriverList list = read_drivers(*image);
    BOOST_REQUIRE_EQUAL(list.drivers.size(), 1U);
    return must(driver_details(*image, list.drivers[0]));
  }
};

DerBytes list_with(std::string_view file) {
  return catalog_list({catalog_member({.file = file})});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(driver_details_of_a_package)

BOOST_AUTO_TEST_CASE(models_of_its_own_processor_come_from_its_inf) {
  Example image;
  image.add_inf();
  const DriverDetails details = image.details();
  BOOST_TEST_REQUIRE(details.models.size() == 2U);
  const DriverModel& disk = details.models[0];
  BOOST_TEST(to_utf8(disk.manufacturer) == "Example, Inc.");
  BOOST_TEST(to_utf8(disk.description) == "Example \"fast\" disk; really");
  BOOST_TEST((disk.architecture == Architecture::amd64));
  BOOST_TEST(to_utf8(disk.hardware_id) == "PCI\\VEN_1AF4&DEV_1001");
  BOOST_TEST(to_utf8(disk.service) == "exstor");
  BOOST_TEST(disk.compatible_ids.size() == 2U);
  BOOST_TEST(disk.exclude_ids.size() == 1U);
  BOOST_TEST(to_utf8(details.package.catalog_file) == "example.cat");
  // What the registry says stands.
  BOOST_TEST(driver_version_text(details.package.version.value()) == "12.5.10.0");
  BOOST_TEST(to_utf8(details.package.provider) == "Example, Inc.");
  BOOST_TEST(details.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(without_its_inf_the_registry_tells_the_devices) {
  Example image;
  image.key.key("Configurations\\Install.NT").set_string("Service", "exstor");
  image.key.key("Descriptors\\PCI\\VEN_1AF4&DEV_1001")
      .set_string("Configuration", "Install.NT")
      .set_string("Description", "%disk%")
      .set_string("Manufacturer", "%vendor%");
  image.key.key("Descriptors\\GenDisk")
      .set_string("Configuration", "gone")
      .set_string("Description", "Plain disk")
      .set_dword("Manufacturer", 5);
  image.key.key("Descriptors\\Long").set_string("Description", std::string(20'000, 'x'));
  image.key.key("Strings").set_string("DISK", "Example disk");
  const DriverDetails details = image.details();
  BOOST_TEST_REQUIRE(details.models.size() == 2U);
  BOOST_TEST(to_utf8(details.models[0].hardware_id) == "GenDisk");
  BOOST_TEST(to_utf8(details.models[0].description) == "Plain disk");
  BOOST_TEST(details.models[0].service.empty());
  BOOST_TEST(to_utf8(details.models[1].hardware_id) == "PCI\\VEN_1AF4&DEV_1001");
  BOOST_TEST(to_utf8(details.models[1].description) == "Example disk");
  BOOST_TEST(to_utf8(details.models[1].manufacturer) == "%vendor%");
  BOOST_TEST(to_utf8(details.models[1].service) == "exstor");
  BOOST_TEST((details.models[1].architecture == Architecture::amd64));
  BOOST_TEST(has_finding(details.diagnostics, "inf-unreadable", "example.inf"));
  BOOST_TEST(has_finding(details.diagnostics, "damaged", package_id));
  BOOST_TEST(has_finding(details.diagnostics, "limit", package_id));
}

BOOST_AUTO_TEST_CASE(a_service_that_the_boot_loader_starts_makes_it_boot_critical) {
  Example image;
  image.key.set_binary("Version", version_value(net_class, false));
  const ImagePtr opened = image.open();
  BOOST_TEST(!read_drivers(*opened).drivers.at(0).boot_critical);
  image.add_inf();
  BOOST_TEST(image.details().package.boot_critical);
}

BOOST_AUTO_TEST_CASE(a_package_without_a_version_is_not_found) {
  Example image;
  image.key.set_binary("Version", {1, 2, 3});
  image.add_inf();
  const ImagePtr opened = image.open();
  const auto details = driver_details(*opened, read_drivers(*opened).drivers.at(0));
  BOOST_TEST(is_status(details, element_not_found));
  BOOST_TEST(mentions(details.error().message(), {package_id, "Version"}));
}

BOOST_AUTO_TEST_CASE(the_catalog_in_its_folder_signs_it) {
  Example image;
  image.add_inf();
  BOOST_TEST((image.details().package.signature == DriverSignature::not_signed));
  image.add_catalog(std::string(folder) + "example.cat", signed_catalog(list_with(example_inf)));
  const DriverDetails details = image.details();
  BOOST_TEST((details.package.signature == DriverSignature::is_signed));
  BOOST_TEST(to_utf8(details.package.signer) == "Casement Test Signer");
  BOOST_TEST(details.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(a_seal_does_not_outdo_a_score_that_refuses_it) {
  Example image;
  image.add_inf();
  image.add_catalog(std::string(folder) + "example.cat", signed_catalog(list_with(example_inf)));
  for (const std::uint32_t score : {0x80000000U, 0xC0000000U, 0xFEFFFFFFU}) {
    image.key.set_dword("SignerScore", score);
    BOOST_TEST((image.details().package.signature == DriverSignature::not_signed));
  }
  image.key.set_dword("SignerScore", 0xFF000000);
  BOOST_TEST((image.details().package.signature == DriverSignature::is_signed));
}

BOOST_AUTO_TEST_CASE(names_that_would_leave_the_folder_name_no_catalog) {
  Example image;
  image.add_inf();
  image.key.set_string("Catalog", "..\\other.cat");
  image.add_catalog("Windows/System32/DriverStore/FileRepository/other.cat",
                    signed_catalog(list_with(example_inf)));
  const DriverDetails details = image.details();
  BOOST_TEST((details.package.signature != DriverSignature::is_signed));
  BOOST_TEST(has_finding(details.diagnostics, "bad-file-name", "other.cat"));
}

BOOST_AUTO_TEST_CASE(the_installed_catalog_signs_it_too) {
  Example image;
  image.add_inf();
  image.add_catalog("Windows/System32/CatRoot/{F750E6C3-38EE-11D1-85E5-00C04FC295EE}/oem0.cat",
                    signed_catalog(list_with(example_inf)));
  BOOST_TEST((image.details().package.signature == DriverSignature::is_signed));
}

BOOST_AUTO_TEST_CASE(catalogs_that_do_not_sign_it_are_told) {
  Example image;
  image.add_inf();
  const std::string path = std::string(folder) + "example.cat";
  image.add_catalog(path, signed_catalog(list_with("another file")));
  DriverDetails details = image.details();
  BOOST_TEST((details.package.signature == DriverSignature::not_signed));
  BOOST_TEST(has_finding(details.diagnostics, "catalog-mismatch", "example.cat"));

  image.add_catalog(path, unsigned_catalog(list_with(example_inf)));
  BOOST_TEST((image.details().package.signature == DriverSignature::not_signed));

  DerBytes broken = signed_catalog(list_with(example_inf));
  broken.back() ^= std::byte{1};
  image.add_catalog(path, broken);
  details = image.details();
  BOOST_TEST((details.package.signature == DriverSignature::not_signed));
  BOOST_TEST(has_finding(details.diagnostics, "catalog-seal", "example.cat"));

  image.add_catalog(path, DerBytes{std::byte{1}});
  image.key.set_dword("SignerScore", 0x0D000005);
  details = image.details();
  BOOST_TEST((details.package.signature == DriverSignature::is_signed));  // by its score
  BOOST_TEST(has_finding(details.diagnostics, "catalog-unreadable", "example.cat"));
}

BOOST_AUTO_TEST_CASE(an_inf_from_outside_tells_the_models_of_all_processors) {
  DriverImage image;
  const DriverDetails details = must(driver_details(*image.open(), bytes_of(example_inf),
                                                    u"example.inf", u"E:\\drv\\example.inf"));
  BOOST_TEST(details.models.size() == 4U);
  BOOST_TEST((details.models.front().architecture == Architecture::x86));
  BOOST_TEST((details.models.back().architecture == Architecture::arm64));
  const DriverPackage& package = details.package;
  BOOST_TEST(to_utf8(package.published_name) == "example.inf");
  BOOST_TEST(to_utf8(package.store_path) == "E:\\drv\\example.inf");
  BOOST_TEST(to_utf8(package.class_name) == "SCSIAdapter");
  BOOST_TEST(to_utf8(package.class_description) == "Storage controllers");
  BOOST_TEST(driver_version_text(package.version.value()) == "1.2.3.4");
  BOOST_TEST(package.date.value().to_iso8601().substr(0, 10) == "2023-04-17");
  BOOST_TEST(!package.inbox);
  BOOST_TEST(package.boot_critical);
  BOOST_TEST((package.architecture == Architecture::unknown));
  BOOST_TEST((package.signature == DriverSignature::unknown));
  BOOST_TEST(package.package_id.empty());
}

BOOST_AUTO_TEST_CASE(an_inf_of_an_own_class_names_it_itself) {
  DriverImage image;
  const DriverDetails details = must(driver_details(
      *image.open(),
      bytes_of("[Version]\nClass=Toaster\nClassGuid={B85B7C50-6A01-11D2-B841-00C04FAD5171}\n"
               "[Manufacturer]\nm=S,NTamd64\n[S.NTamd64]\na=I,ROOT\\TOASTER\n"),
      u"toaster.inf", u"toaster.inf"));
  BOOST_TEST(to_utf8(details.package.class_name) == "Toaster");
  BOOST_TEST(to_utf8(details.package.class_description) == "Toaster");
  BOOST_TEST(!details.package.boot_critical);
  BOOST_TEST((details.package.architecture == Architecture::amd64));
  BOOST_TEST((details.package.signature == DriverSignature::not_signed));
}

BOOST_AUTO_TEST_CASE(what_is_no_inf_is_refused) {
  DriverImage image;
  const auto details = driver_details(*image.open(), bytes_of("text"), u"x.inf", u"x.inf");
  BOOST_TEST(is_status(details, Status::corrupt));
  BOOST_TEST(mentions(details.error().message(), {"x.inf"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
