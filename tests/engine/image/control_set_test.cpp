// SPDX-License-Identifier: Apache-2.0
// Choosing the control set, also when Select lies.
#include "engine/image/control_set.h"

#include <boost/test/unit_test.hpp>

#include "tests/engine/image/image_support.h"

namespace casement::test {

BOOST_AUTO_TEST_SUITE(control_set)

BOOST_AUTO_TEST_CASE(takes_what_select_says_and_not_the_first) {
  Diagnostics findings;
  const ControlSet set = find_control_set(*open_hive(small_system(2, 3)), findings);
  BOOST_TEST(set.number == 2U);
  BOOST_TEST((set.key == u"ControlSet002"));
  BOOST_TEST(set.as_selected);
  BOOST_TEST(findings.empty());
}

BOOST_AUTO_TEST_CASE(a_missing_current_set_falls_to_the_default) {
  fixture::HiveBuilder hive = small_system(7, 2);
  hive.key("Select").set_dword("Default", 2);
  Diagnostics findings;
  const ControlSet set = find_control_set(*open_hive(hive), findings);
  BOOST_TEST(set.number == 2U);
  BOOST_TEST(!set.as_selected);
  BOOST_TEST(has_finding(findings, "control-set-select", "Current names ControlSet007"));
}

BOOST_AUTO_TEST_CASE(then_to_the_last_known_good) {
  fixture::HiveBuilder hive = small_system(7, 3);
  hive.key("Select").set_dword("LastKnownGood", 3);
  Diagnostics findings;
  BOOST_TEST(find_control_set(*open_hive(hive), findings).number == 3U);
}

BOOST_AUTO_TEST_CASE(then_to_the_lowest_that_is_there) {
  fixture::HiveBuilder hive;
  hive.key("ControlSet004");
  hive.key("ControlSet002");
  hive.key("ControlSetX");
  hive.key("ControlSet");
  hive.key("ControlSet0");
  Diagnostics findings;
  const ControlSet set = find_control_set(*open_hive(hive), findings);
  BOOST_TEST(set.number == 2U);
  BOOST_TEST(has_finding(findings, "control-set-guessed", "ControlSet002"));
}

BOOST_AUTO_TEST_CASE(numbers_are_numbers_however_they_are_written) {
  for (const char* name : {"ControlSet1", "CONTROLSET0001", "ControlSet000001"}) {
    fixture::HiveBuilder hive;
    hive.key("Select").set_dword("Current", 1);
    hive.key(name);
    hive.key("ControlSet3");
    Diagnostics findings;
    const ControlSet set = find_control_set(*open_hive(hive), findings);
    BOOST_TEST(set.number == 1U);
    BOOST_TEST((set.key == std::u16string(name, name + std::string_view(name).size())));
    BOOST_TEST(set.as_selected);
    BOOST_TEST(findings.empty());
  }
}

BOOST_AUTO_TEST_CASE(odd_names_are_found_when_select_is_damaged) {
  fixture::HiveBuilder hive;
  hive.key("Select").set_string("Current", "?").set_binary("Default", {1});
  hive.key("ControlSet0004");
  hive.key("ControlSet2");
  Diagnostics findings;
  const ControlSet set = find_control_set(*open_hive(hive), findings);
  BOOST_TEST(set.number == 2U);
  BOOST_TEST((set.key == u"ControlSet2"));
  BOOST_TEST(!set.as_selected);
  BOOST_TEST(has_finding(findings, "control-set-guessed", "ControlSet2"));
}

BOOST_AUTO_TEST_CASE(a_hive_without_any_says_so) {
  Diagnostics findings;
  BOOST_TEST(find_control_set(*open_hive(fixture::HiveBuilder()), findings).number == 0U);
  BOOST_TEST(has_finding(findings, "control-set-missing"));
}

BOOST_AUTO_TEST_CASE(a_select_value_of_a_wrong_type_is_reported_and_passed_over) {
  fixture::HiveBuilder hive = small_system(1, 2);
  hive.key("Select").set_string("Current", "1").set_dword("Default", 2);
  Diagnostics findings;
  BOOST_TEST(find_control_set(*open_hive(hive), findings).number == 2U);
  BOOST_TEST(has_finding(findings, "control-set", "Select!Current"));
}

BOOST_AUTO_TEST_CASE(reports_a_set_that_failed_to_start) {
  fixture::HiveBuilder hive = small_system(2, 2);
  hive.key("Select").set_dword("Failed", 1);
  Diagnostics findings;
  BOOST_TEST(find_control_set(*open_hive(hive), findings).number == 2U);
  BOOST_TEST(has_finding(findings, "control-set-failed", "control set 1"));
}

BOOST_AUTO_TEST_CASE(numbers_of_any_size_format) {
  BOOST_TEST((control_set_key(1) == u"ControlSet001"));
  BOOST_TEST((control_set_key(1234) == u"ControlSet1234"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
