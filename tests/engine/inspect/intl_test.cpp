// SPDX-License-Identifier: Apache-2.0
// International settings, and the languages of installation media.
#include "engine/inspect/intl.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <span>

#include "engine/inspect/geo_locations.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

/// An installation whose hives can be changed.
struct Settings {
  fixture::HiveBuilder system = small_system();
  fixture::HiveBuilder software = small_software();
  fixture::HiveBuilder default_hive;
  fixture::HiveBuilder profile;
  fixture::KeyBuilder control = system.key("ControlSet001\\Control");
  fixture::KeyBuilder languages = control.key("MUI\\UILanguages");

  InternationalSettings read(bool with_users = true) const {
    fixture::Tree tree;
    add_small_windows(tree, "Windows", system, software);
    if (with_users) {
      tree.add_file("Windows/System32/config/DEFAULT", default_hive.build());
      tree.add_file("Users/Default/NTUSER.DAT", profile.build());
    }
    return read_international_settings(*open_tree(tree));
  }
};

std::string text_of(const MaybeFact<std::u16string>& fact) {
  return fact ? to_utf8(fact->value) : "absent";
}

std::string joined(const std::vector<Fact<std::u16string>>& facts) {
  std::string text;
  for (const auto& fact : facts) {
    text += (text.empty() ? "" : " ") + to_utf8(fact.value);
  }
  return text;
}

Result<DistributionLanguages> parse_ini(std::string_view text) {
  return parse_lang_ini(std::as_bytes(std::span(text)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(intl)

BOOST_AUTO_TEST_CASE(a_whole_image_says_all_of_it) {
  const ImagePtr image = open_tree(recipe_tree("windows_10"));
  const InternationalSettings settings = read_international_settings(*image);
  BOOST_TEST(text_of(settings.ui_language) == "en-US");
  BOOST_TEST(text_of(settings.system_locale) == "en-US");
  BOOST_TEST(text_of(settings.user_locale) == "en-US");
  BOOST_TEST(text_of(settings.time_zone) == "W. Europe Standard Time");
  BOOST_TEST(settings.location->value == 244U);
  BOOST_TEST(to_utf8(settings.location_name) == "United States");
  BOOST_TEST(joined(settings.keyboards) == "0409:00000409");
  BOOST_TEST_REQUIRE(settings.languages.size() == 2U);
  BOOST_TEST(to_utf8(settings.languages[0].tag) == "de-DE");
  BOOST_TEST(to_utf8(settings.languages[1].tag) == "en-US");
  BOOST_TEST((settings.languages[1].kind == LanguageKind::full));
  BOOST_TEST(settings.diagnostics.empty());
  BOOST_TEST(settings.system_locale->evidence.key == "ControlSet001\\Control\\Nls\\Language");
}

BOOST_AUTO_TEST_CASE(the_default_users_own_settings_come_first) {
  Settings given;
  given.software.key("Microsoft\\Windows NT\\CurrentVersion\\ProfileList")
      .set_expand_string("Default", "%SystemDrive%\\Users\\Default");
  given.profile.key("Control Panel\\International").set_string("LocaleName", "fr-FR");
  given.profile.key("Control Panel\\International\\Geo").set_string("Nation", "84");
  given.profile.key("Keyboard Layout\\Preload")
      .set_string("10", "00000407")
      .set_string("2", "d0010409")
      .set_string("1", "0000040c");
  given.profile.key("Keyboard Layout\\Substitutes").set_string("D0010409", "00020409");
  given.default_hive.key("Control Panel\\International").set_string("LocaleName", "de-DE");
  given.control.key("CommonGlobUserSettings\\Control Panel\\International")
      .set_string("LocaleName", "it-IT");
  const InternationalSettings settings = given.read();
  BOOST_TEST(text_of(settings.user_locale) == "fr-FR");
  BOOST_TEST(settings.user_locale->evidence.path == "\\Users\\Default\\NTUSER.DAT");
  BOOST_TEST(to_utf8(settings.location_name) == "France");
  BOOST_TEST(joined(settings.keyboards) == "040c:0000040c 0409:00020409 0407:00000407");
  BOOST_TEST(settings.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(other_hives_stand_in_for_a_profile_that_is_not_there) {
  Settings given;
  given.control.key("CommonGlobUserSettings\\Control Panel\\International")
      .set_string("Locale", "0000040C");
  given.system.key("Keyboard Layout\\Preload").set_string("1", "00000809");
  const InternationalSettings settings = given.read(false);
  BOOST_TEST(text_of(settings.user_locale) == "fr-FR");
  BOOST_TEST(settings.user_locale->evidence.key ==
             "ControlSet001\\Control\\CommonGlobUserSettings\\Control Panel\\International");
  BOOST_TEST(joined(settings.keyboards) == "0809:00000809");
}

BOOST_AUTO_TEST_CASE(profiles_before_vista_are_found_by_their_name) {
  Settings given;
  given.software.key("Microsoft\\Windows NT\\CurrentVersion\\ProfileList")
      .set_expand_string("ProfilesDirectory", "%SystemDrive%\\Documents and Settings")
      .set_string("DefaultUserProfile", "Default User");
  given.profile.key("Control Panel\\International").set_string("Locale", "00000407");
  fixture::Tree tree;
  add_small_windows(tree, "Windows", given.system, given.software);
  tree.add_file("Documents and Settings/Default User/NTUSER.DAT", given.profile.build());
  const InternationalSettings settings = read_international_settings(*open_tree(tree));
  BOOST_TEST(text_of(settings.user_locale) == "de-DE");
  BOOST_TEST(settings.user_locale->evidence.path ==
             "\\Documents and Settings\\Default User\\NTUSER.DAT");
}

BOOST_AUTO_TEST_CASE(keyboards_for_all_users_come_before_those_of_the_logon_screen) {
  Settings given;
  given.system.key("Keyboard Layout\\Preload").set_string("1", "0000041d");
  BOOST_TEST(joined(given.read().keyboards) == "041d:0000041d");
  given.control.key("CommonGlobUserSettings\\Keyboard Layout\\Preload").set_string("1", "d0010409");
  given.control.key("CommonGlobUserSettings\\Keyboard Layout\\Substitutes")
      .set_string("d0010409", "00020409");
  const InternationalSettings settings = given.read();
  BOOST_TEST_REQUIRE(joined(settings.keyboards) == "0409:00020409");
  BOOST_TEST(settings.keyboards[0].evidence.key ==
             "ControlSet001\\Control\\CommonGlobUserSettings\\Keyboard Layout\\Preload");
}

BOOST_AUTO_TEST_CASE(damage_of_the_logon_screens_keyboards_is_told_once) {
  Settings given;
  given.control.key("CommonGlobUserSettings");
  given.system.key("Keyboard Layout\\Preload").set_string("1", "xyz");
  BOOST_TEST(given.read().diagnostics.items().size() == 1U);
}

BOOST_AUTO_TEST_CASE(kinds_of_languages_are_the_low_bits_of_their_type) {
  Settings given;
  given.languages.key("fr-FR").set_dword("Type", 0x91);
  given.languages.key("de-DE").set_dword("Type", 0x112).set_string("DefaultFallback", "en-US");
  given.languages.key("de-DE").set_multi_string("en-US", {"en-US", "en-GB"});
  given.languages.key("ca-ES").set_dword("Type", 0x04).set_string("DefaultFallback", "es-ES");
  const InternationalSettings settings = given.read();
  BOOST_TEST_REQUIRE(settings.languages.size() == 3U);
  const auto& catalan = settings.languages[0];
  const auto& german = settings.languages[1];
  BOOST_TEST(to_utf8(catalan.tag) == "ca-ES");
  BOOST_TEST((catalan.kind == LanguageKind::interface_pack));
  BOOST_TEST_REQUIRE(catalan.fallbacks.size() == 1U);
  BOOST_TEST(to_utf8(catalan.fallbacks[0]) == "es-ES");
  BOOST_TEST((german.kind == LanguageKind::partial));
  BOOST_TEST_REQUIRE(german.fallbacks.size() == 2U);
  BOOST_TEST(to_utf8(german.fallbacks[1]) == "en-GB");
  BOOST_TEST((settings.languages[2].kind == LanguageKind::full));
  BOOST_TEST(settings.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(layered_drivers_have_numbers_and_names) {
  Settings given;
  const auto parameters = given.system.key("ControlSet001\\Services\\i8042prt\\Parameters");
  parameters.set_string("OverrideKeyboardIdentifier", "pcat_106key");
  const InternationalSettings japanese = given.read();
  BOOST_TEST(japanese.layered_driver->value == 6U);
  BOOST_TEST(to_utf8(japanese.layered_driver_name) == "Japanese Keyboard (106/109 Key)");
  parameters.set_string("OverrideKeyboardIdentifier", "PCAT_1KEY");
  const InternationalSettings unknown = given.read();
  BOOST_TEST(!unknown.layered_driver.has_value());
  BOOST_TEST(has_finding(unknown.diagnostics, "unknown-keyboard", "PCAT_1KEY"));
}

BOOST_AUTO_TEST_CASE(what_is_damaged_is_reported_beside_what_is_good) {
  Settings given;
  given.control.key("Nls\\Language").set_string("Default", "9999").set_dword("InstallLanguage", 9);
  given.control.key("MUI\\Settings").set_multi_string("PreferredUILanguages", {"nl-NL"});
  given.control.key("CommonGlobUserSettings\\Control Panel\\International")
      .set_string("LocaleName", "sv-SE");
  given.profile.key("Control Panel\\International").set_dword("LocaleName", 1);
  given.profile.key("Control Panel\\International\\Geo").set_string("Nation", "99999999999");
  given.default_hive.key("Control Panel\\International\\Geo").set_string("Nation", "221");
  given.profile.key("Keyboard Layout\\Preload")
      .set_string("1", "0000041d")
      .set_string("2", "xyz")
      .set_dword("3", 0x41d)
      .set_string("4", std::string(40'000, '0'));
  given.languages.key("sv-SE").set_string("Type", "full");
  given.languages.key("nl-NL").set_dword("Type", 0x10F);
  const InternationalSettings settings = given.read();
  BOOST_TEST(!settings.system_locale.has_value());
  BOOST_TEST(has_finding(settings.diagnostics, "unknown-language", "9999"));
  BOOST_TEST(has_finding(settings.diagnostics, "wrong-type", "InstallLanguage"));
  BOOST_TEST(has_finding(settings.diagnostics, "wrong-type", "LocaleName"));
  BOOST_TEST(has_finding(settings.diagnostics, "damaged", "99999999999"));
  BOOST_TEST(has_finding(settings.diagnostics, "damaged", "xyz"));
  BOOST_TEST(has_finding(settings.diagnostics, "wrong-type", "Preload!3"));
  BOOST_TEST(has_finding(settings.diagnostics, "limit", "Preload!4"));
  BOOST_TEST(has_finding(settings.diagnostics, "unknown-language-type", "sv-SE"));
  BOOST_TEST(has_finding(settings.diagnostics, "unknown-language-type", "0x10f"));
  BOOST_TEST(text_of(settings.user_locale) == "sv-SE");
  BOOST_TEST(settings.location->value == 221U);
  BOOST_TEST(joined(settings.keyboards) == "041d:0000041d");
  BOOST_TEST(settings.languages.size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_preferred_language_stands_in_for_that_of_the_installation) {
  Settings given;
  given.control.key("MUI\\Settings").set_multi_string("PreferredUILanguages", {"nl-NL", "en-US"});
  BOOST_TEST(text_of(given.read().ui_language) == "nl-NL");
}

BOOST_AUTO_TEST_CASE(nothing_is_invented_for_hives_that_say_nothing) {
  const InternationalSettings settings = Settings().read();
  BOOST_TEST(!settings.ui_language.has_value());
  BOOST_TEST(!settings.user_locale.has_value());
  BOOST_TEST(!settings.location.has_value());
  BOOST_TEST(settings.location_name.empty());
  BOOST_TEST(settings.keyboards.empty());
  BOOST_TEST(!settings.layered_driver.has_value());
  BOOST_TEST(settings.languages.empty());
  BOOST_TEST(settings.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(locations_have_the_names_of_the_table) {
  BOOST_TEST((location_name(244) == u"United States"));
  BOOST_TEST((location_name(2) == u"Antigua and Barbuda"));
  BOOST_TEST((location_name(161'832'258) == u"Bonaire, Sint Eustatius and Saba"));
  BOOST_TEST((location_name(10'028'789) == u"\u00C5land Islands"));
  for (const std::uint32_t number : {0U, 1U, 13U, 243U, 0xFFFFFFFFU}) {
    BOOST_TEST(!location_name(number).has_value());
  }
}

BOOST_AUTO_TEST_CASE(media_name_their_default_language_and_the_others) {
  const DistributionLanguages languages = must(
      parse_ini("\xEF\xBB\xBF[Available UI Languages]\r\nes-es = 1\r\n en-US=3 \r\nfr-fr = 0\r\n"
                "; nothing\r\nbroken\r\n\r\n[Fallback Languages]\r\nen-US = en-us\r\n"));
  BOOST_TEST(to_utf8(languages.default_language) == "en-US");
  BOOST_TEST_REQUIRE(languages.others.size() == 2U);
  BOOST_TEST(to_utf8(languages.others[0]) == "es-es");
  BOOST_TEST(to_utf8(languages.others[1]) == "fr-fr");
}

BOOST_AUTO_TEST_CASE(a_lang_ini_in_utf_16_is_read_too) {
  const auto bytes = fixture::utf16le(u"\uFEFF[available ui languages]\nde-DE=3\n");
  const DistributionLanguages languages = must(parse_lang_ini(bytes));
  BOOST_TEST(to_utf8(languages.default_language) == "de-DE");
}

BOOST_AUTO_TEST_CASE(a_lang_ini_without_its_section_is_damaged) {
  BOOST_TEST(is_status(parse_ini(""), Status::corrupt));
  BOOST_TEST(is_status(parse_ini("[Fallback Languages]\nen-US=en-us\n"), Status::corrupt));
  BOOST_TEST(
      is_status(parse_ini(std::string((std::size_t{1} << 20) + 1, 'x')), Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
