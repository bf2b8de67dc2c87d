// SPDX-License-Identifier: Apache-2.0
// Windows Installer products and patches.
#include "engine/inspect/msi_apps.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

constexpr const char* product_key = "0438CDA049A43EC47A125B853F568F0D";
constexpr const char* product_code = "0adc8340-4a94-4ce3-a721-b558f365f8d0";
constexpr const char* patch_key = "68AB67CA7DA700005205A7C804A00131";
constexpr const char* user_data = "Microsoft\\Windows\\CurrentVersion\\Installer\\UserData";

struct Installed {
  fixture::HiveBuilder software = small_software();
  fixture::KeyBuilder machine = software.key(std::string(user_data) + "\\S-1-5-18");
  fixture::KeyBuilder products = machine.key("Products");
  fixture::KeyBuilder advertised = software.key("Classes\\Installer\\Products");

  MsiList list() const {
    fixture::Tree tree;
    add_small_windows(tree, "Windows", small_system(), software);
    return read_msi(*open_tree(tree));
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(msi_apps)

BOOST_AUTO_TEST_CASE(packed_guids_have_their_digits_in_another_order) {
  const auto guid = parse_packed_guid(u"0438CDA049A43EC47A125B853F568F0D");
  BOOST_TEST_REQUIRE(guid.has_value());
  BOOST_TEST(guid->to_string() == product_code);
  BOOST_TEST(parse_packed_guid(u"0438cda049a43ec47a125b853f568f0d")->to_string() == product_code);
}

BOOST_DATA_TEST_CASE(refuses_what_is_no_packed_guid,
                     boost::unit_test::data::make({"", "0438CDA049A43EC47A125B853F568F0",
                                                   "0438CDA049A43EC47A125B853F568F0DD",
                                                   "0438CDA049A43EC47A125B853F568F0G",
                                                   "0438CDA0-49A4-3EC4-7A12-5B853F56",
                                                   "{438CDA049A43EC47A125B853F568F0}"}),
                     text) {
  BOOST_TEST(!parse_packed_guid(*from_utf8(text)).has_value());
}

BOOST_AUTO_TEST_CASE(a_product_is_put_together_from_both_places) {
  Installed given;
  given.products.key(std::string(product_key) + "\\InstallProperties")
      .set_string("DisplayName", "Example Suite")
      .set_string("DisplayVersion", "3.1.0")
      .set_string("Publisher", "Example")
      .set_dword("Language", 1031)
      .set_string("InstallSource", "D:\\")
      .set_expand_string("HelpLink", "https://example.com")
      .set_string("HelpTelephone", "1")
      .set_string("InstallLocation", "C:\\Suite")
      .set_string("InstallDate", "20240115")
      .set_string("Contact", "c")
      .set_string("Comments", "d")
      .set_string("Readme", "e")
      .set_string("URLInfoAbout", "f")
      .set_string("URLUpdateInfo", "g")
      .set_string("LocalPackage", "C:\\Windows\\Installer\\1.msi")
      .set_string("ProductID", "none")
      .set_string("RegOwner", "Owner")
      .set_string("RegCompany", "Company")
      .set_dword("EstimatedSize", 120'367);
  given.advertised.key(product_key).set_string("PackageCode", patch_key).set_dword("Assignment", 1);
  given.advertised.key(std::string(product_key) + "\\SourceList")
      .set_string("PackageName", "suite.msi");
  const MsiList list = given.list();
  BOOST_TEST_REQUIRE(list.products.size() == 1U);
  const MsiProduct& product = list.products[0];
  BOOST_TEST(product.code.to_string() == product_code);
  BOOST_TEST(to_utf8(product.name) == "Example Suite");
  BOOST_TEST(product.state == 5);
  BOOST_TEST(product.package_code->to_string() == "ac76ba86-7ad7-0000-2550-7a8c400a1013");
  BOOST_TEST(to_utf8(product.version) == "3.1.0");
  BOOST_TEST(product.assignment == 1U);
  BOOST_TEST(to_utf8(product.language) == "1031");
  BOOST_TEST(to_utf8(product.package_name) == "suite.msi");
  BOOST_TEST(to_utf8(product.help_link) == "https://example.com");
  BOOST_TEST(to_utf8(product.organization) == "Company");
  BOOST_TEST(to_utf8(product.url_update) == "g");
  BOOST_TEST(product.estimated_size == 120'367U);
  BOOST_TEST(mentions(product.evidence.key, {"S-1-5-18", product_key, "InstallProperties"}));
  BOOST_TEST(list.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(products_of_a_user_and_offered_ones_are_told_apart) {
  Installed given;
  given.software
      .key(std::string(user_data) + "\\S-1-5-21-1-2-3-1001\\Products\\" + product_key +
           "\\InstallProperties")
      .set_string("DisplayName", "b of a user");
  given.advertised.key(patch_key)
      .set_string("ProductName", "A offered")
      .set_dword("Version", 0x09321D63);
  const MsiList list = given.list();
  BOOST_TEST_REQUIRE(list.products.size() == 2U);
  BOOST_TEST(to_utf8(list.products[0].name) == "A offered");
  BOOST_TEST(list.products[0].state == 1);
  BOOST_TEST(to_utf8(list.products[0].version) == "9.50.7523");
  BOOST_TEST(list.products[1].assignment == 0U);
  BOOST_TEST(list.products[1].state == 5);
}

BOOST_AUTO_TEST_CASE(patches_belong_to_their_product) {
  Installed given;
  given.products.key(std::string(product_key) + "\\InstallProperties")
      .set_string("DisplayName", "Suite");
  given.products.key(std::string(product_key) + "\\Patches\\" + patch_key)
      .set_string("DisplayName", "Update 1")
      .set_string("Installed", "20120721")
      .set_string("MoreInfoURL", "https://example.com/kb")
      .set_dword("State", 1)
      .set_dword("Uninstallable", 1);
  given.machine.key("Patches").key(patch_key).set_string("LocalPackage", "C:\\1.msp");
  given.advertised.key(std::string(product_key) + "\\Patches").set_string(patch_key, ":A;:#A");
  const MsiList list = given.list();
  BOOST_TEST_REQUIRE(list.patches.size() == 1U);
  const MsiPatch& patch = list.patches[0];
  BOOST_TEST(patch.product.to_string() == product_code);
  BOOST_TEST(to_utf8(patch.name) == "Update 1");
  BOOST_TEST(patch.state == 1U);
  BOOST_TEST(patch.uninstallable);
  BOOST_TEST(to_utf8(patch.transforms) == ":A;:#A");
  BOOST_TEST(to_utf8(patch.local_package) == "C:\\1.msp");
  BOOST_TEST(to_utf8(patch.install_date) == "20120721");
  BOOST_TEST(to_utf8(patch.more_info_url) == "https://example.com/kb");
}

BOOST_AUTO_TEST_CASE(half_written_and_damaged_products_hide_no_other) {
  Installed given;
  given.products.key("not packed\\InstallProperties").set_string("DisplayName", "x");
  given.products.key(std::string(patch_key) + "\\Usage");
  given.products.key(std::string(product_key) + "\\InstallProperties")
      .set_string("DisplayName", "Good")
      .set_dword("Publisher", 5)
      .set_string("EstimatedSize", "big")
      .set_string("Comments", std::string(50'000, 'c'));
  given.products.key(std::string(product_key) + "\\Patches\\" + patch_key).set_dword("State", 77);
  const MsiList list = given.list();
  BOOST_TEST_REQUIRE(list.products.size() == 1U);
  BOOST_TEST(to_utf8(list.products[0].name) == "Good");
  BOOST_TEST(list.products[0].comments.empty());
  BOOST_TEST_REQUIRE(list.patches.size() == 1U);
  BOOST_TEST(list.patches[0].state == 0U);
  BOOST_TEST(has_finding(list.diagnostics, "damaged", "not packed"));
  BOOST_TEST(has_finding(list.diagnostics, "incomplete", "without InstallProperties"));
  BOOST_TEST(has_finding(list.diagnostics, "incomplete", "State is 77"));
  BOOST_TEST(has_finding(list.diagnostics, "wrong-type", "Publisher"));
  BOOST_TEST(has_finding(list.diagnostics, "wrong-type", "EstimatedSize"));
  BOOST_TEST(has_finding(list.diagnostics, "limit", "Comments"));
}

BOOST_AUTO_TEST_CASE(an_image_without_products_has_none) {
  const MsiList list = read_msi(*open_tree(small_windows()));
  BOOST_TEST(list.products.empty());
  BOOST_TEST(list.diagnostics.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
