// SPDX-License-Identifier: Apache-2.0
// Time zones that the registry has as references to strings.
#include <boost/test/unit_test.hpp>
#include <cstdint>

#include "fixtures/build/pe_builder.h"
#include "tests/engine/inspect/identity_support.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

fixture::ByteVector zone_strings(const char16_t* text, std::uint16_t language = 0x0409) {
  return fixture::build_pe(
      {.dll = true,
       .resources = fixture::string_resources({{.number = 322, .text = text}}, language)});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(machine)

BOOST_AUTO_TEST_CASE(a_zone_reference_leads_to_the_zone_that_has_it) {
  SmallWindows small;
  small.control.key("TimeZoneInformation").set_string("StandardName", "@tzres.dll,-322");
  const auto zones = small.current_version.key("Time Zones");
  zones.subkey("Romance Standard Time").set_string("MUI_Std", "@tzres.dll,-302");
  zones.subkey("W. Europe Standard Time").set_string("MUI_Std", "@TZRES.dll,-322");
  const Identity identity = identity_of(small.tree());
  BOOST_TEST(to_utf8(identity.time_zone.value().value.key_name) == "W. Europe Standard Time");
  BOOST_TEST(identity.time_zone->evidence.value == "MUI_Std");
}

BOOST_AUTO_TEST_CASE(a_zone_reference_without_its_zone_is_its_text_in_the_language_of_the_image) {
  SmallWindows small;
  small.control.key("TimeZoneInformation").set_string("StandardName", "@tzres.dll,-322");
  small.control.key("Nls\\Language").set_string("InstallLanguage", "0407");
  fixture::Tree tree = small.tree();
  tree.add_file("Windows/System32/tzres.dll", fixture::build_pe({.dll = true}));
  BOOST_TEST(!identity_of(tree).time_zone.has_value());
  tree.add_file("Windows/System32/en-US/tzres.dll.mui", zone_strings(u"W. Europe Standard Time"));
  const Identity english = identity_of(tree);
  BOOST_TEST(to_utf8(english.time_zone.value().value.key_name) == "W. Europe Standard Time");
  tree.add_file("Windows/System32/de-DE/tzres.dll.mui",
                zone_strings(u"Mitteleurop\u00E4ische Zeit", 0x0407));
  const Identity german = identity_of(tree);
  BOOST_TEST(to_utf8(german.time_zone.value().value.key_name) == "Mitteleurop\u00E4ische Zeit");
  BOOST_TEST(german.time_zone->evidence.path == "\\Windows\\System32\\de-DE\\tzres.dll.mui");
  BOOST_TEST(german.diagnostics.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
