// SPDX-License-Identifier: Apache-2.0
// Keys by their path in the running system.
#include "engine/image/registry_lookup.h"

#include <boost/test/unit_test.hpp>

#include "engine/image/registry_read.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

constexpr const char* profiles = "Microsoft\\Windows NT\\CurrentVersion\\ProfileList";
constexpr const char* sid = "S-1-5-21-1-2-3-1001";

/// A tree with control set 2 current, users of two ages, and links.
fixture::Tree tree_with_everything() {
  fixture::HiveBuilder software = small_software();
  software.key("Classes\\.txt").set_default("txtfile");
  software.key("Target\\Below").set_string("Who", "target");
  software.key("Link").symlink("\\Registry\\Machine\\SOFTWARE\\Target");
  software.key("Cycle").symlink("\\Registry\\Machine\\SOFTWARE\\Cycle");
  software.key("ToSystem").symlink("\\Registry\\Machine\\SYSTEM\\CurrentControlSet\\Control");
  software.key("Lost").symlink("\\Registry\\Machine\\SOFTWARE\\Nowhere");
  software.key("Foreign").symlink("nonsense");
  software.key("Broken").add_flags(0x0010);
  software.key(std::string(profiles) + "\\" + sid)
      .set_expand_string("ProfileImagePath", "%SystemDrive%\\Users\\alice");
  software.key(std::string(profiles) + "\\S-1-5-21-1-2-3-500")
      .set_expand_string("ProfileImagePath", "%SystemDrive%\\Documents and Settings\\Old");
  fixture::Tree tree;
  add_small_windows(tree, "Windows", small_system(2, 2), software);

  const auto user_hive = [](const char* who) {
    fixture::HiveBuilder hive;
    hive.key("Software").set_string("Who", who);
    return hive.build();
  };
  tree.add_file("Users/alice/NTUSER.DAT", user_hive("alice"));
  tree.add_file("Users/alice/AppData/Local/Microsoft/Windows/UsrClass.dat", user_hive("classes"));
  tree.add_file("Documents and Settings/Old/NTUSER.DAT", user_hive("old"));
  tree.add_file(
      "Documents and Settings/Old/Local Settings/Application Data/Microsoft/Windows/UsrClass.dat",
      user_hive("old classes"));
  tree.add_file("Windows/System32/config/DEFAULT", user_hive("default"));
  return tree;
}

struct Everything {
  ImagePtr image = open_tree(tree_with_everything());

  std::optional<Image::LocatedKey> find(std::u16string_view path) const {
    return must(image->find_key(path));
  }

  std::string canonical(std::u16string_view path) const {
    const auto found = find(path);
    return found ? to_utf8(found->path) : "nothing";
  }

  /// The string value "Who" of a key.
  std::string who(std::u16string_view path) const {
    const auto found = find(path);
    if (!found) {
      return "nothing";
    }
    const auto value = must(found->key.value(u"Who"));
    return value ? to_utf8(must(value->as_string())) : "no value";
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(registry_lookup, Everything)

BOOST_AUTO_TEST_CASE(gives_names_as_they_are_stored) {
  BOOST_TEST(canonical(u"hkey_local_machine\\software\\MICROSOFT\\windows nt\\currentversion") ==
             "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion");
  BOOST_TEST(canonical(u"HKLM\\system") == "HKLM\\SYSTEM");
}

BOOST_AUTO_TEST_CASE(maps_the_current_control_set_to_the_real_one) {
  BOOST_TEST(canonical(u"HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName") ==
             "HKLM\\SYSTEM\\ControlSet002\\Control\\ComputerName");
  BOOST_TEST(canonical(u"HKLM\\SYSTEM\\ControlSet001\\Control") ==
             "HKLM\\SYSTEM\\ControlSet001\\Control");
}

BOOST_AUTO_TEST_CASE(classes_root_is_a_part_of_software) {
  BOOST_TEST(canonical(u"HKCR\\.TXT") == "HKLM\\SOFTWARE\\Classes\\.txt");
}

BOOST_AUTO_TEST_CASE(finds_users_through_their_profiles) {
  BOOST_TEST(who(u"HKU\\.DEFAULT\\Software") == "default");
  BOOST_TEST(who(u"HKU\\S-1-5-18\\Software") == "default");
  BOOST_TEST(who(u"HKU\\S-1-5-21-1-2-3-1001\\Software") == "alice");
  BOOST_TEST(who(u"HKU\\S-1-5-21-1-2-3-1001_Classes\\Software") == "classes");
  BOOST_TEST(who(u"HKU\\S-1-5-21-1-2-3-500\\Software") == "old");
  BOOST_TEST(who(u"HKU\\S-1-5-21-1-2-3-500_classes\\Software") == "old classes");
  BOOST_TEST(who(u"HKU\\S-1-5-21-9-9-9-9\\Software") == "nothing");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_nothing_and_no_error) {
  BOOST_TEST(canonical(u"HKLM\\SOFTWARE\\Not\\There") == "nothing");
  BOOST_TEST(canonical(u"HKLM\\SAM\\SAM") == "nothing");
  BOOST_TEST(canonical(u"HKLM\\HARDWARE") == "nothing");
  BOOST_TEST(canonical(u"HKLM\\BCD00000000") == "nothing");
}

BOOST_AUTO_TEST_CASE(a_root_alone_is_no_key) {
  BOOST_TEST(is_status(image->find_key(u"HKLM"), Status::invalid_argument));
  BOOST_TEST(is_status(image->find_key(u"HKU\\"), Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(follows_symbolic_links) {
  BOOST_TEST(canonical(u"HKLM\\SOFTWARE\\Link") == "HKLM\\SOFTWARE\\Target");
  BOOST_TEST(who(u"HKLM\\SOFTWARE\\Link\\Below") == "target");
  BOOST_TEST(canonical(u"HKLM\\SOFTWARE\\ToSystem\\ComputerName") ==
             "HKLM\\SYSTEM\\ControlSet002\\Control\\ComputerName");
  BOOST_TEST(canonical(u"HKLM\\SOFTWARE\\Lost\\x") == "nothing");
}

BOOST_AUTO_TEST_CASE(ends_a_cycle_of_links) {
  BOOST_TEST(is_status(image->find_key(u"HKLM\\SOFTWARE\\Cycle"), Status::too_many_links));
}

BOOST_AUTO_TEST_CASE(a_damaged_link_says_which) {
  const auto foreign = image->find_key(u"HKLM\\SOFTWARE\\Foreign");
  BOOST_TEST(is_status(foreign, Status::invalid_argument));
  BOOST_TEST(mentions(foreign.error().message(), {"HKLM\\SOFTWARE\\Foreign"}));
  BOOST_TEST(is_status(image->find_key(u"HKLM\\SOFTWARE\\Broken"), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(the_boot_store_is_a_hive_of_the_machine) {
  const ImagePtr with_boot = open_tree(recipe_tree("windows_10"));
  const auto objects = must(with_boot->find_key(u"HKLM\\BCD00000000\\objects"));
  BOOST_TEST_REQUIRE(objects.has_value());
  BOOST_TEST(to_utf8(objects->path) == "HKLM\\BCD00000000\\Objects");
}

BOOST_AUTO_TEST_CASE(an_unreadable_hive_is_an_error_and_hides_no_other) {
  const auto volume = volume_of(tree_with_everything());
  volume->deny("Windows/System32/config/DEFAULT");
  const ImagePtr partly = must(Image::open(image_of({volume}), {}));
  const auto denied = partly->find_key(u"HKU\\.DEFAULT\\Software");
  BOOST_TEST(is_status(denied, Status::access_denied));
  BOOST_TEST(mentions(denied.error().message(), {"System32\\config\\DEFAULT"}));
  BOOST_TEST(must(partly->find_key(u"HKLM\\SOFTWARE\\Classes")).has_value());
}

BOOST_AUTO_TEST_CASE(the_current_control_set_is_found_under_the_name_that_it_has) {
  fixture::HiveBuilder system;
  system.key("Select").set_string("Current", "damaged");
  system.key("ControlSet1\\Control\\Odd").set_dword("Value", 1);
  fixture::Tree tree;
  add_small_windows(tree, "Windows", system, small_software());
  const ImagePtr odd = open_tree(tree);
  BOOST_TEST(odd->control_set() == 1U);
  BOOST_TEST((odd->control_set_key() == u"ControlSet1"));
  const auto key = must(odd->find_key(u"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Odd"));
  BOOST_TEST_REQUIRE(key.has_value());
  BOOST_TEST(to_utf8(key->path) == "HKLM\\SYSTEM\\ControlSet1\\Control\\Odd");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
