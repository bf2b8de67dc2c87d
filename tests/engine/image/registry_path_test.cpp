// SPDX-License-Identifier: Apache-2.0
// The grammar of registry paths.
#include "engine/image/registry_path.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"

namespace casement::test {
namespace {

using Names = std::vector<std::u16string>;

bool is_machine(std::u16string_view text, const Names& names) {
  const RegistryPath path = must(parse_registry_path(text));
  return path.root == RegistryRoot::local_machine && path.names == names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_path)

BOOST_AUTO_TEST_CASE(knows_short_and_long_names_in_any_case) {
  const Names expected = {u"SOFTWARE", u"Microsoft"};
  BOOST_TEST(is_machine(u"HKLM\\SOFTWARE\\Microsoft", expected));
  BOOST_TEST(is_machine(u"hkey_local_machine\\SOFTWARE\\Microsoft", expected));
  BOOST_TEST(is_machine(u"Computer\\HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft", expected));
  BOOST_TEST(is_machine(u"HKLM:\\SOFTWARE\\Microsoft\\", expected));
  BOOST_TEST(is_machine(u"\\HKLM\\\\SOFTWARE\\Microsoft", expected));
  BOOST_TEST(is_machine(u"\\REGISTRY\\MACHINE\\SOFTWARE\\Microsoft", expected));
}

BOOST_AUTO_TEST_CASE(classes_root_lies_in_software) {
  BOOST_TEST(is_machine(u"HKCR\\.txt", {u"SOFTWARE", u"Classes", u".txt"}));
  BOOST_TEST(is_machine(u"HKEY_CLASSES_ROOT", {u"SOFTWARE", u"Classes"}));
}

BOOST_AUTO_TEST_CASE(knows_users) {
  const RegistryPath path = must(parse_registry_path(u"HKU\\S-1-5-18\\Console"));
  BOOST_TEST((path.root == RegistryRoot::users));
  BOOST_TEST(path.names.size() == 2U);
  BOOST_TEST(
      (must(parse_registry_path(u"\\Registry\\User\\.DEFAULT")).root == RegistryRoot::users));
}

BOOST_AUTO_TEST_CASE(a_slash_is_part_of_a_name) {
  BOOST_TEST(is_machine(u"HKLM\\SOFTWARE\\a/b", {u"SOFTWARE", u"a/b"}));
}

BOOST_AUTO_TEST_CASE(says_what_to_use_instead_of_roots_that_are_not_in_an_image) {
  const auto user = parse_registry_path(u"HKCU\\Software");
  BOOST_TEST(is_status(user, Status::invalid_argument));
  BOOST_TEST(mentions(user.error().message(), {"HKU\\<SID>"}));
  const auto config = parse_registry_path(u"HKEY_CURRENT_CONFIG");
  BOOST_TEST(is_status(config, Status::invalid_argument));
  BOOST_TEST(mentions(config.error().message(), {"Hardware Profiles"}));
}

BOOST_AUTO_TEST_CASE(refuses_other_roots) {
  for (const char16_t* text : {u"", u"\\", u"SOFTWARE\\Microsoft", u"HKXX\\a", u"Computer",
                               u"\\REGISTRY", u"\\REGISTRY\\A\\x"}) {
    BOOST_TEST(is_status(parse_registry_path(text), Status::invalid_argument));
  }
}

BOOST_AUTO_TEST_CASE(limits_the_depth) {
  std::u16string deep = u"HKLM";
  for (int i = 0; i < 600; ++i) {
    deep += u"\\k";
  }
  BOOST_TEST(is_status(parse_registry_path(deep), Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
