// SPDX-License-Identifier: Apache-2.0
// Reserved storage, Windows PE, the uninstall window, default associations.
#include "engine/inspect/deployment.h"

#include <boost/test/unit_test.hpp>

#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

constexpr const char* associations = "Windows/System32/OEMDefaultAssociations.xml";

struct Tools {
  fixture::HiveBuilder system = small_system();
  fixture::HiveBuilder software = small_software();
  fixture::Tree tree;

  ImagePtr open() {
    add_small_windows(tree, "Windows", system, software);
    return open_tree(tree);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(deployment)

BOOST_AUTO_TEST_CASE(reserved_storage_is_two_flags) {
  Tools tools;
  tools.software.key("Microsoft\\Windows\\CurrentVersion\\ReserveManager")
      .set_dword("ShippedWithReserves", 1)
      .set_string("PassedPolicy", "1");
  const ReservedStorage storage = read_reserved_storage(*tools.open());
  BOOST_TEST(storage.enabled->value);
  BOOST_TEST(storage.enabled->evidence.value == "ShippedWithReserves");
  BOOST_TEST(!storage.passed_policy.has_value());
  BOOST_TEST(has_finding(storage.diagnostics, "wrong-type", "PassedPolicy"));
}

BOOST_AUTO_TEST_CASE(windows_pe_is_told_by_its_key_or_edition) {
  BOOST_TEST(read_pe_settings(*open_tree(recipe_tree("winpe"))).windows_pe);
  BOOST_TEST(!read_pe_settings(*open_tree(recipe_tree("windows_10"))).windows_pe);
  Tools tools;
  tools.software.key("Microsoft\\Windows NT\\CurrentVersion").set_string("EditionID", "windowspe");
  BOOST_TEST(read_pe_settings(*tools.open()).windows_pe);
}

BOOST_AUTO_TEST_CASE(windows_pe_has_a_target_path_and_scratch_space) {
  Tools tools;
  tools.system.key("ControlSet001\\Control\\MiniNT");
  tools.system.key("ControlSet001\\Services\\FBWF").set_dword("WinPECacheThreshold", 512);
  tools.software.key("Microsoft\\Windows NT\\CurrentVersion\\WinPE").set_string("InstRoot", "X:\\");
  const PeSettings settings = read_pe_settings(*tools.open());
  BOOST_TEST(settings.windows_pe);
  BOOST_TEST(to_utf8(settings.target_path->value) == "X:\\");
  BOOST_TEST(settings.scratch_space->value == 512U);
  BOOST_TEST(!settings.profiling.has_value());
  BOOST_TEST(settings.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(the_uninstall_window_is_absent_until_it_is_set) {
  Tools tools;
  BOOST_TEST(!read_uninstall_window(*tools.open()).days.has_value());
  tools.system.key("Setup").set_dword("UninstallWindow", 30).set_dword("UninstallActive", 0);
  const UninstallWindow window = read_uninstall_window(*tools.open());
  BOOST_TEST(window.days->value == 30U);
  BOOST_TEST(!window.active->value);
}

BOOST_AUTO_TEST_CASE(default_associations_are_given_as_they_are_in_either_encoding) {
  const std::string xml = "<?xml version=\"1.0\"?>\r\n<DefaultAssociations/>";
  Tools tools;
  tools.tree.add_file(associations, "\xEF\xBB\xBF" + xml);
  const DefaultAssociations narrow = read_default_associations(*tools.open());
  BOOST_TEST(to_utf8(narrow.xml->value) == xml);
  BOOST_TEST(narrow.xml->evidence.path == "\\Windows\\System32\\OEMDefaultAssociations.xml");
  tools.tree.add_file(associations, fixture::utf16le(u"\uFEFF<a/>"));
  BOOST_TEST(to_utf8(read_default_associations(*tools.open()).xml->value) == "<a/>");
  fixture::ByteVector big_endian;
  for (const unsigned unit : {0xFEU, 0xFFU, 0x00U, 0x3CU}) {
    big_endian.push_back(static_cast<std::byte>(unit));
  }
  tools.tree.add_file(associations, big_endian);
  BOOST_TEST(to_utf8(read_default_associations(*tools.open()).xml->value) == "<");
}

BOOST_AUTO_TEST_CASE(associations_that_are_no_xml_or_too_long_are_reported) {
  Tools tools;
  BOOST_TEST(!read_default_associations(*tools.open()).xml.has_value());
  tools.tree.add_file(associations, "hello");
  DefaultAssociations wrong = read_default_associations(*tools.open());
  BOOST_TEST(!wrong.xml.has_value());
  BOOST_TEST(has_finding(wrong.diagnostics, "damaged", "not XML"));
  tools.tree.add_file(associations, std::string((std::size_t{4} << 20) + 1, '<'));
  wrong = read_default_associations(*tools.open());
  BOOST_TEST(!wrong.xml.has_value());
  BOOST_TEST(has_finding(wrong.diagnostics, "damaged", "4194305"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
