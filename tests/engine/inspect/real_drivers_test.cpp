// SPDX-License-Identifier: Apache-2.0
// Driver databases of real machines.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <set>

#include "engine/inspect/driver_details.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

struct Machine {
  const char* name;
  std::vector<std::pair<const char*, const char*>> hives;  // name in config, item
  std::size_t packages;
  std::vector<const char*> added;  // published names, in order
};
std::ostream& operator<<(std::ostream& out, const Machine& machine) {
  return out << machine.name;
}

const std::vector<Machine> machines = {
    {"virtual machine with Windows 10",
     {{"SYSTEM", "registry/dissect/SYSTEM.xz"}},
     239,
     {"oem2.inf", "oem3.inf", "oem5.inf", "oem6.inf", "oem7.inf"}},
    {"laptop with Windows 10 that needs its logs",
     {{"SYSTEM", "registry/regipy/SYSTEM_B/SYSTEM_B"},
      {"SYSTEM.LOG1", "registry/regipy/SYSTEM_B/SYSTEM_B.LOG1"},
      {"SYSTEM.LOG2", "registry/regipy/SYSTEM_B/SYSTEM_B.LOG2"}},
     222,
     {"oem2.inf", "oem3.inf", "oem5.inf", "oem7.inf", "oem11.inf", "oem12.inf"}}};

ImagePtr open_machine(const Machine& machine) {
  fixture::Tree tree;
  for (const auto& [name, item] : machine.hives) {
    tree.add_file(std::string("Windows/System32/config/") + name, real_bytes(item));
  }
  return open_tree(tree);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_drivers)

BOOST_DATA_TEST_CASE(every_record_is_read, boost::unit_test::data::make(machines), machine) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = open_machine(machine);
  const DriverList list = read_drivers(*image);
  for (const Diagnostic& finding : list.diagnostics.items()) {
    BOOST_ERROR(finding.code << ": " << finding.text);
  }
  BOOST_TEST(list.drivers.size() == machine.packages);
  std::vector<std::string> added;
  std::set<std::u16string> inbox_classes;
  for (const DriverPackage& package : list.drivers) {
    BOOST_TEST_CONTEXT(to_utf8(package.package_id)) {
      BOOST_TEST(package.version.has_value());
      BOOST_TEST(package.date.has_value());
      BOOST_TEST(!package.provider.empty());
      BOOST_TEST(!package.class_name.empty());
      BOOST_TEST(!package.class_description.empty());
      BOOST_TEST((package.architecture == Architecture::amd64));
      BOOST_TEST((package.signature == DriverSignature::is_signed));
      BOOST_TEST(package.signer.empty() == package.inbox);
      BOOST_TEST(package.import_date.has_value() == !package.inbox);
    }
    if (!package.inbox) {
      added.push_back(to_utf8(package.published_name));
    }
  }
  BOOST_TEST(added == std::vector<std::string>(machine.added.begin(), machine.added.end()),
             boost::test_tools::per_element());
  const DriverPackage* acpi = find_driver(list, u"acpi.inf");
  BOOST_REQUIRE(acpi != nullptr);
  BOOST_TEST(acpi->boot_critical);
  BOOST_TEST(to_utf8(acpi->class_description) == "System devices");
  BOOST_TEST(to_utf8(acpi->provider) == "Microsoft");
}

BOOST_DATA_TEST_CASE(the_registry_tells_the_devices, boost::unit_test::data::make(machines),
                     machine) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = open_machine(machine);
  const DriverList list = read_drivers(*image);
  const DriverPackage* package = find_driver(list, u"acpi.inf");
  BOOST_REQUIRE(package != nullptr);
  const DriverDetails acpi = must(driver_details(*image, *package));
  BOOST_TEST_REQUIRE(acpi.models.size() == 2U);
  BOOST_TEST(to_utf8(acpi.models[0].hardware_id) == "*pnp0c08");
  BOOST_TEST(to_utf8(acpi.models[0].description) == "Microsoft ACPI-Compliant System");
  BOOST_TEST(to_utf8(acpi.models[0].service) == "ACPI");
  BOOST_TEST(to_utf8(acpi.models[0].manufacturer) == "Microsoft");
  package = find_driver(list, u"1394.inf");
  BOOST_REQUIRE(package != nullptr);
  const DriverDetails firewire = must(driver_details(*image, *package));
  BOOST_TEST_REQUIRE(firewire.models.size() > 15U);
  BOOST_TEST(to_utf8(firewire.models[0].hardware_id) == "PCI\\CC_0C0010");
  BOOST_TEST(to_utf8(firewire.models[0].description) == "1394 OHCI Compliant Host Controller");
  BOOST_TEST(to_utf8(firewire.models[0].service) == "1394ohci");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
