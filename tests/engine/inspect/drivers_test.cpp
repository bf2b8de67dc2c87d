// SPDX-License-Identifier: Apache-2.0
// The driver packages of an installation: from its database, or from its store.
#include "engine/inspect/drivers.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "engine/inspect/driver_texts.h"
#include "tests/engine/inspect/driver_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

const DriverPackage& must_find(const DriverList& list, std::u16string_view name) {
  const DriverPackage* found = find_driver(list, name);
  BOOST_REQUIRE_MESSAGE(found != nullptr, "no driver " << to_utf8(name));
  return *found;
}

std::string names_of(const DriverList& list) {
  std::string names;
  for (const DriverPackage& package : list.drivers) {
    names += names.empty() ? "" : " ";
    names += to_utf8(package.published_name);
  }
  return names;
}

constexpr const char* legacy_inf =
    "[Version]\nClass=Mouse\nClassGuid={4D36E96F-E325-11CE-BFC1-08002BE10318}\n"
    "Provider=%V%\nDriverVer=07/11/2019,12.5.10.0\n[Strings]\nV=\"VMware, Inc.\"\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(drivers)

BOOST_AUTO_TEST_CASE(a_package_is_what_its_record_says) {
  DriverImage image;
  add_mouse(image.system);
  const DriverList list = read_drivers(*image.open());
  BOOST_TEST(list.diagnostics.empty());
  BOOST_TEST_REQUIRE(list.drivers.size() == 1U);
  const DriverPackage& mouse = list.drivers[0];
  BOOST_TEST(to_utf8(mouse.published_name) == "oem7.inf");
  BOOST_TEST(to_utf8(mouse.original_name) == "vmusbmouse.inf");
  BOOST_TEST(to_utf8(mouse.package_id) == "vmusbmouse.inf_amd64_64ac7a0a2c0a1a36");
  BOOST_TEST(to_utf8(mouse.store_path) ==
             "C:\\Windows\\System32\\DriverStore\\FileRepository\\"
             "vmusbmouse.inf_amd64_64ac7a0a2c0a1a36\\vmusbmouse.inf");
  BOOST_TEST(!mouse.inbox);
  BOOST_TEST(to_utf8(mouse.class_name) == "Mouse");
  BOOST_TEST(mouse.class_guid.value().to_string() == mouse_class);
  BOOST_TEST(to_utf8(mouse.class_description) == "Mice and other pointing devices");
  BOOST_TEST(to_utf8(mouse.provider) == "VMware, Inc.");
  BOOST_TEST(mouse.date.value().to_iso8601() == "2019-07-11T00:00:00.0000000Z");
  BOOST_TEST(driver_version_text(mouse.version.value()) == "12.5.10.0");
  BOOST_TEST(to_utf8(mouse.catalog_file) == "vmusbmouse.cat");
  BOOST_TEST(mouse.boot_critical);
  BOOST_TEST((mouse.signature == DriverSignature::is_signed));
  BOOST_TEST(to_utf8(mouse.signer) == "Microsoft Windows Hardware Compatibility Publisher");
  BOOST_TEST(mouse.signer_score.value() == 0x0D000005U);
  BOOST_TEST((mouse.architecture == Architecture::amd64));
  BOOST_TEST(mouse.import_date.value().to_iso8601() == "2022-06-22T00:00:00.0000000Z");
  BOOST_TEST(mouse.evidence.path == "\\Windows\\System32\\config\\SYSTEM");
  BOOST_TEST(mouse.evidence.key ==
             "DriverDatabase\\DriverPackages\\vmusbmouse.inf_amd64_64ac7a0a2c0a1a36");
  BOOST_TEST(mouse.evidence.value == "Version");
}

BOOST_AUTO_TEST_CASE(both_hives_count_and_system_wins) {
  DriverImage image;
  DriverImage::package(image.system, "a.inf_amd64_1", "a.inf").set_string("Provider", "system");
  DriverImage::package(image.drivers, "A.INF_amd64_1", "a.inf").set_string("Provider", "drivers");
  DriverImage::package(image.drivers, "b.inf_amd64_1", "oem0.inf")
      .set_binary("Version", version_value(net_class, false));
  const DriverList list = read_drivers(*image.open());
  BOOST_TEST(names_of(list) == "oem0.inf a.inf");
  BOOST_TEST(to_utf8(must_find(list, u"a.inf").provider) == "system");
  BOOST_TEST(must_find(list, u"OEM0.INF").evidence.path == "\\Windows\\System32\\config\\DRIVERS");
}

BOOST_AUTO_TEST_CASE(added_ones_come_by_number_then_inbox_ones_by_name) {
  DriverImage image;
  for (const char* name : {"oem10.inf", "zebra.inf", "oem2.inf", "ACPI.inf", "oemtool.inf"}) {
    DriverImage::package(image.system, std::string(name) + "_amd64_1", name);
  }
  BOOST_TEST(names_of(read_drivers(*image.open())) ==
             "oem2.inf oem10.inf ACPI.inf oemtool.inf zebra.inf");
}

BOOST_AUTO_TEST_CASE(drivers_are_found_by_published_name_package_and_store_path) {
  DriverImage image;
  add_mouse(image.system);
  const DriverList list = read_drivers(*image.open());
  BOOST_TEST(find_driver(list, u"OEM7.inf") == list.drivers.data());
  BOOST_TEST(find_driver(list, u"vmusbmouse.inf_AMD64_64ac7a0a2c0a1a36") == list.drivers.data());
  const std::u16string path = upcase(list.drivers[0].store_path);
  BOOST_REQUIRE(!path.empty());
  BOOST_TEST(find_driver(list, path) == list.drivers.data());
  BOOST_TEST((find_driver(list, u"vmusbmouse.inf") == nullptr));
  BOOST_TEST((find_driver(list, u"") == nullptr));
}

BOOST_AUTO_TEST_CASE(of_the_versions_of_an_inbox_package_the_active_one_counts) {
  DriverImage image;
  for (const char* hash : {"1", "2", "3"}) {
    DriverImage::package(image.system, std::string("usb.inf_amd64_") + hash, "usb.inf")
        .set_binary("Version", version_value(system_class, true));
  }
  image.system.key("DriverDatabase\\DriverInfFiles")
      .subkey("usb.inf")
      .set_string("Active", "usb.inf_amd64_2");
  const DriverList list = read_drivers(*image.open());
  BOOST_TEST_REQUIRE(list.drivers.size() == 1U);
  BOOST_TEST(to_utf8(list.drivers[0].package_id) == "usb.inf_amd64_2");
  // An active one that is not there makes none of the others inactive.
  image.system.key("DriverDatabase\\DriverInfFiles").subkey("usb.inf").set_string("Active", "gone");
  BOOST_TEST(read_drivers(*image.open()).drivers.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_package_without_its_name_has_the_one_of_its_inf) {
  DriverImage image;
  const auto packages = image.system.key("DriverDatabase\\DriverPackages");
  packages.subkey("vendor.inf_amd64_1").set_binary("Version", version_value(net_class, false));
  packages.subkey("other.inf_amd64_1").set_binary("Version", version_value(net_class, true));
  image.system.key("DriverDatabase\\DriverInfFiles")
      .subkey("oem3.inf")
      .set_string("Active", "vendor.inf_amd64_1");
  const DriverList list = read_drivers(*image.open());
  BOOST_TEST(names_of(list) == "oem3.inf other.inf");
  BOOST_TEST(to_utf8(list.drivers[0].original_name) == "vendor.inf");
}

BOOST_AUTO_TEST_CASE(classes_are_named_by_the_installation_first) {
  DriverImage image;
  const std::string own = "01234567-89ab-cdef-0123-456789abcdef";
  DriverImage::package(image.system, "a.inf_amd64_1", "a.inf")
      .set_binary("Version", version_value(own, true));
  DriverImage::package(image.system, "b.inf_amd64_1", "b.inf")
      .set_binary("Version", version_value(mouse_class, true));
  DriverImage::package(image.system, "c.inf_amd64_1", "c.inf")
      .set_binary("Version", version_value(net_class, true));
  const auto classes = image.system.key("ControlSet001\\Control\\Class");
  classes.subkey("{" + own + "}")
      .set_string("Class", "Toaster")
      .set_string("ClassDesc", "@toaster.inf,%ClassDesc%;Toasters");
  classes.subkey(std::string("{") + mouse_class + "}")
      .set_string("Class", "Mouse")
      .set_string("ClassDesc", "@%SystemRoot%\\System32\\SysClass.Dll,-3004");
  classes.subkey(std::string("{") + net_class + "}").set_default("Netzwerkkarten");
  const DriverList list = read_drivers(*image.open());
  BOOST_TEST(to_utf8(must_find(list, u"a.inf").class_name) == "Toaster");
  BOOST_TEST(to_utf8(must_find(list, u"a.inf").class_description) == "Toasters");
  BOOST_TEST(!must_find(list, u"a.inf").boot_critical);
  BOOST_TEST(to_utf8(must_find(list, u"b.inf").class_description) ==
             "Mice and other pointing devices");
  BOOST_TEST(to_utf8(must_find(list, u"c.inf").class_name) == "Net");
  BOOST_TEST(to_utf8(must_find(list, u"c.inf").class_description) == "Netzwerkkarten");
}

BOOST_AUTO_TEST_CASE(boot_critical_is_the_flag_or_the_class) {
  DriverImage image;
  DriverImage::package(image.system, "a.inf_amd64_1", "a.inf")
      .set_binary("Version", version_value(net_class, true))
      .set_dword("BootCritical", 1);
  DriverImage::package(image.system, "b.inf_amd64_1", "b.inf")
      .set_binary("Version", version_value(system_class, true))
      .set_dword("BootCritical", 0);
  DriverImage::package(image.system, "c.inf_amd64_1", "c.inf")
      .set_binary("Version", version_value(net_class, true));
  const DriverList list = read_drivers(*image.open());
  BOOST_TEST(must_find(list, u"a.inf").boot_critical);
  BOOST_TEST(must_find(list, u"b.inf").boot_critical);
  BOOST_TEST(!must_find(list, u"c.inf").boot_critical);
}

struct Score {
  const char* name;
  std::optional<std::uint32_t> score;
  bool catalog;
  DriverSignature expected;
};
std::ostream& operator<<(std::ostream& out, const Score& score) {
  return out << score.name;
}
const std::array scores = {Score{"inbox", 0x0D000003, false, DriverSignature::is_signed},
                           Score{"logo", 0x0D000005, false, DriverSignature::is_signed},
                           Score{"authenticode", 0x0F000000, false, DriverSignature::is_signed},
                           Score{"unsigned", 0x80000000, true, DriverSignature::not_signed},
                           Score{"suspect", 0xC0000000, true, DriverSignature::not_signed},
                           Score{"unknown", 0xFF000000, true, DriverSignature::unknown},
                           Score{"nothing", std::nullopt, false, DriverSignature::not_signed},
                           Score{"a catalog alone", std::nullopt, true, DriverSignature::unknown}};

BOOST_DATA_TEST_CASE(the_list_judges_signatures_by_the_registry,
                     boost::unit_test::data::make(scores), score) {
  DriverImage image;
  const auto package = DriverImage::package(image.system, "a.inf_amd64_1", "a.inf");
  if (score.score) {
    package.set_dword("SignerScore", *score.score);
  }
  if (score.catalog) {
    package.set_string("Catalog", "a.cat");
  }
  BOOST_TEST((read_drivers(*image.open()).drivers.at(0).signature == score.expected));
}

BOOST_AUTO_TEST_CASE(records_of_a_wrong_length_are_told_and_leave_the_rest) {
  for (const std::size_t size : {0U, 1U, 8U, 47U, 49U, 4096U}) {
    DriverImage image;
    fixture::ByteVector blob = version_value(mouse_class, false);
    blob.resize(size);
    add_mouse(image.system).set_binary("Version", blob);
    const DriverList list = read_drivers(*image.open());
    const DriverPackage& mouse = must_find(list, u"oem7.inf");
    BOOST_TEST(!mouse.version.has_value());
    BOOST_TEST(!mouse.inbox);
    BOOST_TEST((mouse.architecture == Architecture::amd64));
    BOOST_TEST(to_utf8(mouse.provider) == "VMware, Inc.");
    BOOST_TEST(has_finding(list.diagnostics, "wrong-type", "expected REG_BINARY of 48"));
  }
}

BOOST_AUTO_TEST_CASE(values_of_wrong_types_are_told_and_leave_the_rest) {
  DriverImage image;
  add_mouse(image.system)
      .set_dword("Provider", 1)
      .set_string("SignerScore", "five")
      .set_qword("BootCritical", 1)
      .set_binary("ImportDate", {1, 2, 3})
      .set_multi_string("Catalog", {"a.cat"})
      .set_dword("", 5);
  const DriverList list = read_drivers(*image.open());
  BOOST_TEST_REQUIRE(list.drivers.size() == 1U);
  const DriverPackage& mouse = list.drivers[0];
  BOOST_TEST(to_utf8(mouse.published_name) == "vmusbmouse.inf");
  BOOST_TEST(driver_version_text(mouse.version.value()) == "12.5.10.0");
  BOOST_TEST(mouse.provider.empty());
  BOOST_TEST(!mouse.import_date.has_value());
  for (const char* name : {"Provider", "SignerScore", "ImportDate", "Catalog"}) {
    BOOST_TEST(has_finding(list.diagnostics, "wrong-type", name));
  }
}

BOOST_AUTO_TEST_CASE(processors_are_those_of_the_record) {
  const std::array expected = {
      std::pair{0, Architecture::x86},    std::pair{5, Architecture::arm},
      std::pair{6, Architecture::ia64},   std::pair{9, Architecture::amd64},
      std::pair{12, Architecture::arm64}, std::pair{77, Architecture::unknown}};
  for (const auto& [number, architecture] : expected) {
    DriverImage image;
    DriverImage::package(image.system, "a.inf_x86_1", "a.inf")
        .set_binary("Version", version_value(net_class, true, static_cast<std::uint16_t>(number)));
    BOOST_TEST((read_drivers(*image.open()).drivers.at(0).architecture == architecture));
  }
}

BOOST_AUTO_TEST_CASE(an_unreadable_drivers_hive_hides_nothing_of_the_other) {
  DriverImage image;
  add_mouse(image.system);
  fixture::Tree tree = image.tree();
  tree.add_file("Windows/System32/config/DRIVERS", "no hive at all");
  const DriverList list = read_drivers(*open_tree(tree));
  BOOST_TEST(list.drivers.size() == 1U);
  BOOST_TEST(has_finding(list.diagnostics, "hive-unreadable", "DRIVERS"));
}

BOOST_AUTO_TEST_CASE(without_a_database_the_store_is_read) {
  DriverImage image;
  const std::string store = "Windows/System32/DriverStore/FileRepository/";
  image.files.add_file(store + "vmusbmouse.inf_amd64_neutral_0123/vmusbmouse.inf", legacy_inf);
  image.files.add_file(store + "acpi.inf_amd64_neutral_4567/acpi.inf",
                       "[Version]\nClass=System\nProvider=Microsoft\n");
  image.files.add_file(store + "broken.inf_amd64_neutral_89ab/broken.inf", "no sections");
  image.files.add_file(store + "empty.inf_amd64_neutral_cdef/other.txt", "x");
  image.files.add_file("Windows/INF/oem4.inf", legacy_inf);
  image.files.add_file("Windows/INF/oem5.inf",
                       "[Version]\nProvider=Elsewhere\nCatalogFile=x.cat\n");
  image.files.add_file("Windows/INF/acpi.inf", "[Version]\n");
  const DriverList list = read_drivers(*image.open());
  BOOST_TEST(names_of(list) == "oem4.inf oem5.inf acpi.inf broken.inf");
  const DriverPackage& mouse = list.drivers[0];
  BOOST_TEST(to_utf8(mouse.original_name) == "vmusbmouse.inf");
  BOOST_TEST(to_utf8(mouse.package_id) == "vmusbmouse.inf_amd64_neutral_0123");
  BOOST_TEST(!mouse.inbox);
  BOOST_TEST(to_utf8(mouse.provider) == "VMware, Inc.");
  BOOST_TEST(driver_version_text(mouse.version.value()) == "12.5.10.0");
  BOOST_TEST(to_utf8(mouse.class_description) == "Mice and other pointing devices");
  BOOST_TEST((mouse.architecture == Architecture::amd64));
  BOOST_TEST((mouse.signature == DriverSignature::not_signed));
  BOOST_TEST(mouse.evidence.key.empty());
  BOOST_TEST(mouse.evidence.path == to_utf8(mouse.store_path));
  BOOST_TEST(to_utf8(list.drivers[1].store_path) == "C:\\Windows\\INF\\oem5.inf");
  BOOST_TEST((list.drivers[1].signature == DriverSignature::unknown));
  BOOST_TEST(list.drivers[2].inbox);
  BOOST_TEST(has_finding(list.diagnostics, "inf-unreadable", "broken.inf"));
}

BOOST_AUTO_TEST_CASE(each_published_inf_belongs_to_one_folder_at_most) {
  DriverImage image;
  const std::string store = "Windows/System32/DriverStore/FileRepository/";
  image.files.add_file(store + "vmusbmouse.inf_amd64_neutral_0123/vmusbmouse.inf", legacy_inf);
  image.files.add_file("Windows/INF/oem4.inf", legacy_inf);
  image.files.add_file("Windows/INF/oem10.inf", legacy_inf);
  const DriverList one_folder = read_drivers(*image.open());
  BOOST_TEST(names_of(one_folder) == "oem4.inf oem10.inf");
  BOOST_TEST(to_utf8(one_folder.drivers[0].package_id) == "vmusbmouse.inf_amd64_neutral_0123");
  BOOST_TEST(to_utf8(one_folder.drivers[1].store_path) == "C:\\Windows\\INF\\oem10.inf");
  image.files.add_file(store + "vmusbmouse.inf_amd64_neutral_4567/vmusbmouse.inf", legacy_inf);
  image.files.add_file(store + "vmusbmouse.inf_amd64_neutral_89ab/vmusbmouse.inf", legacy_inf);
  BOOST_TEST(names_of(read_drivers(*image.open())) == "oem4.inf oem10.inf vmusbmouse.inf");
}

BOOST_AUTO_TEST_CASE(texts_over_their_bound_are_told_and_leave_the_rest) {
  DriverImage image;
  add_mouse(image.system).set_string("Provider", std::string(20'000, 'x'));
  const DriverList list = read_drivers(*image.open());
  BOOST_TEST(must_find(list, u"oem7.inf").provider.empty());
  BOOST_TEST(to_utf8(must_find(list, u"oem7.inf").catalog_file) == "vmusbmouse.cat");
  BOOST_TEST(has_finding(list.diagnostics, "limit", "Provider"));
}

BOOST_AUTO_TEST_CASE(texts_over_their_bound_together_are_told_once) {
  Diagnostics findings;
  DriverTexts texts(findings, "packages");
  BOOST_TEST(texts.take(DriverTexts::max_total_bytes - 1));
  BOOST_TEST(texts.take(1));
  BOOST_TEST(!texts.spent());
  BOOST_TEST(!texts.take(1));
  BOOST_TEST(!texts.take(0));
  BOOST_TEST(texts.spent());
  BOOST_TEST_REQUIRE(findings.items().size() == 1U);
  BOOST_TEST(has_finding(findings, "limit", "packages"));
}

BOOST_AUTO_TEST_CASE(names_that_would_leave_the_store_make_no_path) {
  for (const char* name : {".", "..", "..\\..\\x.inf", "a/b.inf", "c:x.inf"}) {
    DriverImage image;
    add_mouse(image.system).set_string("InfName", name);
    const DriverList list = read_drivers(*image.open());
    BOOST_TEST(must_find(list, u"oem7.inf").store_path.empty(), name);
    BOOST_TEST(has_finding(list.diagnostics, "bad-file-name", name), name);
  }
}

BOOST_AUTO_TEST_CASE(an_inf_tells_the_class_that_the_registry_does_not) {
  DriverImage image;
  const std::string folder = "Windows/System32/DriverStore/FileRepository/toaster.inf_amd64_1/";
  DriverImage::package(image.system, "toaster.inf_amd64_1", "oem0.inf")
      .set_string("InfName", "toaster.inf")
      .set_binary("Version", version_value("01234567-89ab-cdef-0123-456789abcdef", false));
  image.files.add_file(folder + "toaster.inf", "[Version]\nClass=Toaster\n");
  const DriverList named = read_drivers(*image.open());
  BOOST_TEST(to_utf8(must_find(named, u"oem0.inf").class_name) == "Toaster");
  BOOST_TEST(named.diagnostics.empty());
  image.files.add_file(folder + "toaster.inf", "no sections");
  const DriverList unreadable = read_drivers(*image.open());
  BOOST_TEST(must_find(unreadable, u"oem0.inf").class_name.empty());
  BOOST_TEST(has_finding(unreadable.diagnostics, "inf-unreadable", "toaster.inf"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
