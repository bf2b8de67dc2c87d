// SPDX-License-Identifier: Apache-2.0
// Descriptions of classes that are strings of programs.
#include <boost/test/unit_test.hpp>

#include "engine/inspect/drivers.h"
#include "fixtures/build/pe_builder.h"
#include "tests/engine/inspect/driver_support.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

std::string description_of(const DriverList& list) {
  BOOST_REQUIRE_EQUAL(list.drivers.size(), 1U);
  return to_utf8(list.drivers.front().class_description);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(device_class)

BOOST_AUTO_TEST_CASE(descriptions_of_classes_are_strings_of_programs) {
  DriverImage image;
  DriverImage::package(image.system, "a.inf_amd64_1", "a.inf")
      .set_binary("Version", version_value(mouse_class, true));
  image.system.key("ControlSet001\\Control\\Nls\\Language").set_string("InstallLanguage", "0407");
  image.system.key("ControlSet001\\Control\\Class")
      .subkey(std::string("{") + mouse_class + "}")
      .set_string("ClassDesc", "@%SystemRoot%\\System32\\SysClass.Dll,-3004");
  image.files.add_file("Windows/System32/SysClass.dll",
                       fixture::build_pe({.dll = true,
                                          .resources = fixture::string_resources(
                                              {{.number = 3004, .text = u"Mice of the file"}})}));
  const DriverList own = read_drivers(*image.open());
  BOOST_TEST(description_of(own) == "Mice of the file");
  image.files.add_file("Windows/System32/de-DE/sysclass.dll.mui",
                       fixture::build_pe({.dll = true,
                                          .resources = fixture::string_resources(
                                              {{.number = 3004, .text = u"M\u00E4use"}}, 0x0407)}));
  const DriverList german = read_drivers(*image.open());
  BOOST_TEST(description_of(german) == "M\u00E4use");
  BOOST_TEST(german.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(a_damaged_program_of_class_names_leaves_those_that_are_known) {
  DriverImage image;
  DriverImage::package(image.system, "a.inf_amd64_1", "a.inf")
      .set_binary("Version", version_value(mouse_class, true));
  image.system.key("ControlSet001\\Control\\Class")
      .subkey(std::string("{") + mouse_class + "}")
      .set_string("ClassDesc", "@%SystemRoot%\\System32\\SysClass.Dll,-3004");
  image.files.add_file("Windows/System32/SysClass.dll", "not a program");
  const DriverList list = read_drivers(*image.open());
  BOOST_TEST(description_of(list) == "Mice and other pointing devices");
  BOOST_TEST(has_finding(list.diagnostics, "resource-unreadable", "SysClass.Dll"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
