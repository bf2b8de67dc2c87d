// SPDX-License-Identifier: Apache-2.0
// Expanding variables.
#include "engine/image/environment.h"

#include <boost/test/unit_test.hpp>

#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

std::optional<std::u16string> lookup(std::u16string_view name) {
  if (name == u"A") {
    return u"alpha";
  }
  if (name == u"NESTED") {
    return u"<%A%>";
  }
  if (name == u"SELF") {
    return u"%SELF%%SELF%";
  }
  if (name == u"LONG") {
    return std::u16string(30'000, u'x');
  }
  return std::nullopt;
}

std::string expand(std::u16string_view text) {
  return to_utf8(must(expand_variables(text, lookup)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(environment)

BOOST_AUTO_TEST_CASE(replaces_what_is_defined) {
  BOOST_TEST(expand(u"%A%") == "alpha");
  BOOST_TEST(expand(u"x%A%y%A%z") == "xalphayalphaz");
  BOOST_TEST(expand(u"%NESTED%") == "<alpha>");
}

BOOST_AUTO_TEST_CASE(leaves_the_rest_as_it_is) {
  BOOST_TEST(expand(u"") == "");
  BOOST_TEST(expand(u"100%") == "100%");
  BOOST_TEST(expand(u"%%") == "%%");
  BOOST_TEST(expand(u"%UNKNOWN%\\x") == "%UNKNOWN%\\x");
  BOOST_TEST(expand(u"50%A%") == "50alpha");
  BOOST_TEST(expand(u"%nope%A%") == "%nopealpha");
}

BOOST_AUTO_TEST_CASE(ends_self_reference) {
  const std::string text = expand(u"%SELF%");
  BOOST_TEST(text.find("%SELF%") != std::string::npos);
  BOOST_TEST(text.size() < 4096U);
}

BOOST_AUTO_TEST_CASE(limits_the_length) {
  BOOST_TEST(is_status(expand_variables(u"%LONG%%LONG%", lookup), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(knows_the_folders_of_the_installation) {
  fixture::HiveBuilder software = small_software();
  software.key("Microsoft\\Windows\\CurrentVersion")
      .set_string("ProgramFilesDir", "D:\\Programs")
      .set_string("ProgramFilesDir (x86)", "D:\\Programs86");
  software.key("Microsoft\\Windows NT\\CurrentVersion\\ProfileList")
      .set_expand_string("ProgramData", "%SystemDrive%\\ProgramData");
  fixture::HiveBuilder system = small_system();
  system.key("ControlSet001\\Control\\Session Manager\\Environment")
      .set_expand_string("TEMP", "%SystemRoot%\\TEMP")
      .set_dword("Number", 1);
  const EnvironmentSources sources{.system_root = u"E:\\WINNT",
                                   .system = open_hive(system),
                                   .software = open_hive(software),
                                   .control_set = u"ControlSet001"};
  const auto value = [&sources](std::u16string_view name) {
    return to_utf8(find_variable(sources, name).value_or(u"undefined"));
  };
  BOOST_TEST(value(u"systemroot") == "E:\\WINNT");
  BOOST_TEST(value(u"WINDIR") == "E:\\WINNT");
  BOOST_TEST(value(u"SystemDrive") == "E:");
  BOOST_TEST(value(u"ProgramFiles") == "D:\\Programs");
  BOOST_TEST(value(u"ProgramFiles(x86)") == "D:\\Programs86");
  BOOST_TEST(value(u"AllUsersProfile") == "%SystemDrive%\\ProgramData");
  BOOST_TEST(value(u"temp") == "%SystemRoot%\\TEMP");
  BOOST_TEST(value(u"Number") == "undefined");
  BOOST_TEST(value(u"USERPROFILE") == "undefined");
}

BOOST_AUTO_TEST_CASE(before_vista_all_users_is_a_name_below_the_profiles) {
  fixture::HiveBuilder software;
  software.key("Microsoft\\Windows NT\\CurrentVersion\\ProfileList")
      .set_expand_string("ProfilesDirectory", "%SystemDrive%\\Documents and Settings")
      .set_string("AllUsersProfile", "All Users");
  const EnvironmentSources sources{.system_root = u"C:\\WINDOWS",
                                   .system = nullptr,
                                   .software = open_hive(software),
                                   .control_set = {}};
  BOOST_TEST((find_variable(sources, u"ALLUSERSPROFILE") ==
              u"%SystemDrive%\\Documents and Settings\\All Users"));
  BOOST_TEST(!find_variable(sources, u"TEMP").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
