// SPDX-License-Identifier: Apache-2.0
// Which Windows it is: facts, their evidence, and what contradicts or is damaged.
#include "engine/inspect/identity.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fixtures/build/pe_builder.h"
#include "tests/engine/inspect/identity_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

template <class T>
T value_of(const MaybeFact<T>& fact) {
  BOOST_REQUIRE(fact.has_value());
  return fact->value;
}

std::string text_of(const MaybeFact<std::u16string>& fact) {
  return to_utf8(value_of(fact));
}

std::uint16_t machine_of(fixture::Architecture architecture) {
  switch (architecture) {
    case fixture::Architecture::x86:
      return 0x014C;
    case fixture::Architecture::x64:
      return 0x8664;
    case fixture::Architecture::arm64:
      return 0xAA64;
  }
  return 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(identity)

BOOST_DATA_TEST_CASE(says_what_the_recipe_says,
                     boost::unit_test::data::make(fixture::recipe_names()), name) {
  const fixture::ImageRecipe recipe = *fixture::find_recipe(name);
  if (recipe.layout != fixture::Layout::volume) {
    return;  // a collection: opened from the host by the session tests
  }
  const Identity identity = identity_of(recipe_tree(name));
  BOOST_TEST(text_of(identity.product_name) == recipe.product_name);
  BOOST_TEST(text_of(identity.edition) == recipe.edition);
  BOOST_TEST(text_of(identity.hostname) == recipe.hostname);
  BOOST_TEST(text_of(identity.build) == std::to_string(recipe.version.build));
  BOOST_TEST(value_of(identity.major_version) == recipe.version.major);
  BOOST_TEST(value_of(identity.minor_version) == recipe.version.minor);
  BOOST_TEST(to_utf8(value_of(identity.time_zone).key_name) == recipe.time_zone);
  BOOST_TEST(value_of(identity.last_shutdown).ticks == recipe.shutdown_time);
  BOOST_TEST(text_of(identity.default_language) == recipe.languages.front());
  BOOST_TEST(identity.languages.size() == recipe.languages.size());
  BOOST_TEST(static_cast<std::uint16_t>(value_of(identity.architecture)) ==
             machine_of(recipe.architecture));
  for (const Diagnostic& finding : identity.diagnostics.items()) {
    BOOST_ERROR(finding.code << ": " << finding.text);
  }
}

BOOST_AUTO_TEST_CASE(windows_11_is_called_what_it_is_and_the_raw_name_is_kept) {
  const Identity identity = identity_of(recipe_tree("windows_11"));
  BOOST_TEST(text_of(identity.product_name) == "Windows 10 Pro");
  BOOST_TEST(to_utf8(identity.marketing_name) == "Windows 11 Pro");
  BOOST_TEST(identity.version_string() == "10.0.22631.2861");
  BOOST_TEST(text_of(identity.display_version) == "23H2");
}

BOOST_AUTO_TEST_CASE(a_server_of_a_late_build_is_not_renamed) {
  SmallWindows small;
  small.current_version.set_string("InstallationType", "Server")
      .set_string("CurrentBuildNumber", "26100")
      .set_string("ProductName", "Windows 10 Server Preview");
  BOOST_TEST(to_utf8(small.identity().marketing_name) == "Windows 10 Server Preview");
}

BOOST_AUTO_TEST_CASE(every_fact_names_its_source) {
  const Identity identity = identity_of(recipe_tree("windows_7"));
  BOOST_TEST(identity.hostname->evidence.path == "\\Windows\\System32\\config\\SYSTEM");
  BOOST_TEST(identity.hostname->evidence.key ==
             "ControlSet001\\Control\\ComputerName\\ComputerName");
  BOOST_TEST(identity.hostname->evidence.value == "ComputerName");
  BOOST_TEST(!identity.hostname->evidence.recovered);
  BOOST_TEST(identity.architecture->evidence.path == "\\Windows\\System32\\ntoskrnl.exe");
  BOOST_TEST(identity.architecture->evidence.key.empty());
}

BOOST_AUTO_TEST_CASE(the_current_control_set_is_read_and_not_the_first) {
  SmallWindows small;
  small.system = small_system(2, 2);
  BOOST_TEST(text_of(small.identity().hostname) == "SET2");
}

BOOST_AUTO_TEST_CASE(a_dirty_image_is_read_through_its_logs) {
  fixture::ImageRecipe recipe = *fixture::find_recipe("windows_10");
  recipe.dirty = true;
  const Identity identity = identity_of(fixture::build_image(recipe));
  BOOST_TEST(text_of(identity.hostname) == recipe.hostname);
  BOOST_TEST(identity.hostname->evidence.recovered);
  BOOST_TEST(text_of(identity.registered_owner) == recipe.registered_owner);
  BOOST_TEST(value_of(identity.ubr) == recipe.version.revision);
}

BOOST_AUTO_TEST_CASE(current_build_of_old_systems_is_garbage_and_not_used) {
  SmallWindows small;
  small.current_version.set_string("CurrentBuild", "1.511.1 () (Obsolete data - do not use)")
      .set_string("CurrentBuildNumber", "2600")
      .set_string("CurrentVersion", "5.1")
      .set_string("CSDVersion", "Service Pack 3");
  const Identity identity = small.identity();
  BOOST_TEST(identity.version_string() == "5.1.2600");
  BOOST_TEST(text_of(identity.display_version) == "Service Pack 3");
  BOOST_TEST(identity.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(the_build_comes_from_build_lab_when_nothing_else_has_it) {
  SmallWindows small;
  small.current_version.set_string("BuildLab", "3790.srv03_sp2_rtm.070216-1710");
  BOOST_TEST(text_of(small.identity().build) == "3790");
}

BOOST_AUTO_TEST_CASE(the_frozen_version_gives_way_to_the_real_one) {
  SmallWindows small;
  small.current_version.set_string("CurrentVersion", "6.3")
      .set_dword("CurrentMajorVersionNumber", 10)
      .set_dword("CurrentMinorVersionNumber", 0);
  BOOST_TEST(small.identity().version_string() == "10.0");
}

BOOST_AUTO_TEST_CASE(the_install_time_goes_before_the_install_date) {
  SmallWindows small;
  small.current_version.set_dword("InstallDate", 1'275'530'226);
  BOOST_TEST(value_of(small.identity().install_date).unix_seconds().value() == 1'275'530'226);
  small.current_version.set_qword("InstallTime", fixture::ticks_at(2023, 11, 20));
  BOOST_TEST(value_of(small.identity().install_date).ticks == fixture::ticks_at(2023, 11, 20));
  small.current_version.set_qword("InstallTime", 0);
  BOOST_TEST(value_of(small.identity().install_date).unix_seconds().value() == 1'275'530'226);
}

BOOST_AUTO_TEST_CASE(a_zone_east_of_greenwich_has_a_negative_bias) {
  SmallWindows small;
  small.control.key("TimeZoneInformation")
      .set_dword("Bias", static_cast<std::uint32_t>(-60))
      .set_string("TimeZoneKeyName", "W. Europe Standard Time");
  BOOST_TEST(value_of(small.identity().time_zone).bias_minutes == -60);
}

BOOST_AUTO_TEST_CASE(a_zone_name_ends_at_its_nul) {
  SmallWindows small;
  small.control.key("TimeZoneInformation")
      .set_value("TimeZoneKeyName", fixture::RegType::sz,
                 fixture::utf16le(std::u16string(u"GMT Standard Time\0junk", 22)));
  BOOST_TEST(to_utf8(value_of(small.identity().time_zone).key_name) == "GMT Standard Time");
}

BOOST_AUTO_TEST_CASE(a_resource_reference_is_no_zone_name) {
  SmallWindows small;
  small.control.key("TimeZoneInformation").set_string("StandardName", "@tzres.dll,-322");
  BOOST_TEST(!small.identity().time_zone.has_value());
}

BOOST_AUTO_TEST_CASE(the_architecture_falls_back_to_the_registry) {
  SmallWindows small;
  small.control.key("Session Manager\\Environment").set_string("PROCESSOR_ARCHITECTURE", "ARM64");
  fixture::Tree tree = small.tree();
  tree.remove("Windows/System32/ntoskrnl.exe");
  tree.remove("Windows/System32/kernel32.dll");
  const Identity identity = identity_of(tree);
  BOOST_TEST((value_of(identity.architecture) == Architecture::arm64));
  BOOST_TEST(identity.architecture->evidence.value == "PROCESSOR_ARCHITECTURE");
}

BOOST_AUTO_TEST_CASE(a_damaged_kernel_gives_way_to_kernel32) {
  SmallWindows small;
  fixture::Tree tree = small.tree();
  tree.add_file("Windows/System32/ntoskrnl.exe", "not a program");
  tree.add_file("Windows/System32/kernel32.dll",
                fixture::build_pe({.machine = fixture::PeMachine::x86}));
  const Identity identity = identity_of(tree);
  BOOST_TEST((value_of(identity.architecture) == Architecture::x86));
  BOOST_TEST(has_finding(identity.diagnostics, "damaged", "ntoskrnl.exe"));
}

BOOST_AUTO_TEST_CASE(values_of_a_wrong_type_are_reported_and_hide_no_others) {
  SmallWindows small;
  small.current_version.set_dword("ProductName", 5)
      .set_string("UBR", "three")
      .set_string("EditionID", "Professional")
      .set_binary("InstallTime", {1, 2, 3});
  small.control.key("Windows").set_binary("ShutdownTime", {1, 2, 3, 4});
  const Identity identity = small.identity();
  BOOST_TEST(!identity.product_name.has_value());
  BOOST_TEST(!identity.ubr.has_value());
  BOOST_TEST(!identity.last_shutdown.has_value());
  BOOST_TEST(text_of(identity.edition) == "Professional");
  for (const char* name : {"ProductName", "UBR", "InstallTime", "ShutdownTime"}) {
    BOOST_TEST(has_finding(identity.diagnostics, "wrong-type", name));
  }
}

BOOST_AUTO_TEST_CASE(facts_that_contradict_each_other_are_reported) {
  SmallWindows small;
  small.current_version.set_string("CurrentBuildNumber", "19045")
      .set_string("CurrentBuild", "19044")
      .set_string("SystemRoot", "C:\\WINNT");
  small.control.key("ProductOptions").set_string("ProductType", "ServerNT");
  small.control.key("Session Manager\\Environment").set_string("PROCESSOR_ARCHITECTURE", "x86");
  small.system.key("ControlSet001\\Services\\Tcpip\\Parameters").set_string("Hostname", "other");
  const Identity identity = small.identity();
  for (const char* word : {"19044", "C:\\WINNT", "ServerNT", "x86", "other"}) {
    BOOST_TEST(has_finding(identity.diagnostics, "conflict", word));
  }
  BOOST_TEST(text_of(identity.build) == "19045");
}

BOOST_AUTO_TEST_CASE(a_long_dns_name_does_not_contradict_its_short_form) {
  SmallWindows small;
  small.control.key("ComputerName\\ComputerName").set_string("ComputerName", "AVERYLONGCOMPUT");
  small.system.key("ControlSet001\\Services\\Tcpip\\Parameters")
      .set_string("Hostname", "AVeryLongComputerName");
  BOOST_TEST(small.identity().diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(an_unknown_language_is_reported_and_not_guessed) {
  SmallWindows small;
  small.control.key("Nls\\Language").set_string("InstallLanguage", "1234");
  const Identity identity = small.identity();
  BOOST_TEST(!identity.default_language.has_value());
  BOOST_TEST(has_finding(identity.diagnostics, "unknown-language", "1234"));
}

BOOST_AUTO_TEST_CASE(an_unreadable_hive_is_reported_once_and_hides_nothing_of_the_other) {
  for (const bool system : {true, false}) {
    const auto volume = volume_of(recipe_tree("windows_10"));
    volume->deny(system ? "Windows/System32/config/SYSTEM" : "Windows/System32/config/SOFTWARE");
    const ImagePtr image = must(Image::open(image_of({volume}), {}));
    const Identity identity = read_identity(*image);
    BOOST_TEST(identity.product_name.has_value() == system);
    BOOST_TEST(identity.hostname.has_value() == !system);
    BOOST_TEST((value_of(identity.architecture) == Architecture::amd64));
    std::size_t reports = 0;
    for (const Diagnostic& finding : identity.diagnostics.items()) {
      reports += finding.code == "hive-unreadable" ? 1 : 0;
    }
    BOOST_TEST(reports == 1U);
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_invented_for_hives_that_say_nothing) {
  fixture::Tree tree;
  tree.add_file("Windows/System32/config/SYSTEM", fixture::HiveBuilder().build());
  tree.add_file("Windows/System32/config/SOFTWARE", fixture::HiveBuilder().build());
  const Identity identity = identity_of(tree);
  BOOST_TEST(!identity.product_name.has_value());
  BOOST_TEST(!identity.hostname.has_value());
  BOOST_TEST(!identity.architecture.has_value());
  BOOST_TEST(!identity.time_zone.has_value());
  BOOST_TEST(identity.marketing_name.empty());
  BOOST_TEST(identity.version_string().empty());
  BOOST_TEST(identity.languages.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
