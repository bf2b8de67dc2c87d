// SPDX-License-Identifier: Apache-2.0
// Updates by their numbers, of servicing and of the systems before it.
#include "engine/inspect/updates.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "engine/inspect/knowledge_base.h"
#include "tests/engine/image/image_support.h"
#include "tests/engine/inspect/servicing_support.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

std::string numbers_of(const UpdateList& list) {
  std::string all;
  for (const Update& update : list.updates) {
    all += (all.empty() ? "" : " ") + to_utf8(update.knowledge_base);
  }
  return all;
}

const Update& found(const UpdateList& list, std::u16string_view number) {
  for (const Update& update : list.updates) {
    if (update.knowledge_base == number) {
      return update;
    }
  }
  BOOST_FAIL("no " + to_utf8(number));
  return list.updates.front();
}

void set_time(const fixture::KeyBuilder& key, std::uint32_t high) {
  key.set_dword("InstallTimeHigh", high).set_dword("InstallTimeLow", 0);
}

}  // namespace

namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(updates)

struct Number {
  const char16_t* text;
  const char* number;  // "": none
};
std::ostream& operator<<(std::ostream& out, const Number& row) {
  return out << to_utf8(row.text);
}
const std::vector<Number> number_rows = {
    {u"Package_for_KB976902", "KB976902"},
    {u"package_1_for_kb2584475~31bf", "KB2584475"},
    {u"KB5030219", "KB5030219"},
    {u"Package_for_KB2938772_RTM_GM", "KB2938772"},
    {u"Package_for_RollupFix", ""},
    {u"KB12", ""},
    {u"KB123456789", ""},
    {u"XKB123456", ""},
    {u"KB", ""},
    {u"", ""},
    {u"KB1 and KB654321", "KB654321"},
};
BOOST_DATA_TEST_CASE(a_number_is_found_in_a_text, data::make(number_rows), row) {
  BOOST_TEST(to_utf8(knowledge_base_in(row.text).value_or(u"")) == row.number);
}

BOOST_AUTO_TEST_CASE(a_rollup_has_the_number_of_its_manifest) {
  ServicedWindows windows;
  const std::string id = package_id("Package_for_RollupFix", "19041.3803.1.10");
  set_time(windows.add_package(id, 0x70,
                               package_manifest(id,
                                                "identifier=\"KB5033372\" releaseType="
                                                "\"Security Update\"")),
           0x01DA0000);
  const UpdateList list = read_updates(*windows.store());
  BOOST_TEST_REQUIRE(numbers_of(list) == "KB5033372");
  const Update& update = list.updates[0];
  BOOST_TEST((update.state == PackageState::installed));
  BOOST_TEST((update.release_type == ReleaseType::security_update));
  BOOST_TEST(to_utf8(update.version) == "19041.3803.1.10");
  BOOST_TEST(update.install_time.has_value());
  BOOST_TEST(update.evidence.value == "CurrentState");
}

BOOST_AUTO_TEST_CASE(an_update_without_a_number_is_called_by_its_support_article) {
  ServicedWindows windows;
  const std::string id = package_id("Package_for_DotNetRollup");
  std::string manifest = package_manifest(id, "identifier=\"Package_for_DotNetRollup\"");
  manifest.insert(manifest.find(" xmlns"),
                  " supportInformation=\"http://support.microsoft.com/?kbid=5055175\"");
  windows.add_package(id, 0x70, manifest);
  BOOST_TEST(numbers_of(read_updates(*windows.store())) == "KB5055175");
}

BOOST_AUTO_TEST_CASE(packages_of_one_number_make_one_line_and_the_whole_one_decides) {
  ServicedWindows windows;
  windows.add_package(package_id("Package_1_for_KB2584475", "6.1.1.0"), 0x70);
  windows.add_package(package_id("Package_for_KB2584475", "6.1.1.0"), 0x60);
  windows.add_package(package_id("Package_for_KB2584475_RTM", "6.1.1.0"), 0x00);
  const UpdateList list = read_updates(*windows.store());
  BOOST_TEST_REQUIRE(numbers_of(list) == "KB2584475");
  BOOST_TEST((list.updates[0].state == PackageState::install_pending));
  BOOST_TEST(list.updates[0].packages.size() == 3U);
  BOOST_TEST(to_utf8(list.updates[0].packages[0]) ==
             package_id("Package_for_KB2584475", "6.1.1.0"));
}

BOOST_AUTO_TEST_CASE(of_two_versions_the_installed_one_decides) {
  ServicedWindows windows;
  windows.add_package(package_id("Package_for_KB4000000", "10.0.1.1"), 0x50);
  windows.add_package(package_id("Package_for_KB4000000", "10.0.2.1"), 0x70);
  windows.add_package(package_id("Package_for_KB4000000", "10.0.3.1"), 0x40);
  const UpdateList list = read_updates(*windows.store());
  BOOST_TEST_REQUIRE(list.updates.size() == 1U);
  BOOST_TEST((list.updates[0].state == PackageState::installed));
  BOOST_TEST(to_utf8(list.updates[0].version) == "10.0.2.1");
}

BOOST_AUTO_TEST_CASE(the_newest_come_first_and_then_the_lowest_numbers) {
  ServicedWindows windows;
  set_time(windows.add_package(package_id("Package_for_KB976902")), 0x01D00000);
  set_time(windows.add_package(package_id("Package_for_KB5000001")), 0x01DA0000);
  set_time(windows.add_package(package_id("Package_for_KB2000000")), 0x01D00000);
  windows.add_package(package_id("Package_for_KB3000000"));
  windows.add_package(package_id("Microsoft-Windows-Foundation-Package"));
  BOOST_TEST(numbers_of(read_updates(*windows.store())) ==
             "KB5000001 KB976902 KB2000000 KB3000000");
}

BOOST_AUTO_TEST_CASE(before_vista_two_keys_know_them) {
  ServicedWindows windows;
  windows.software.key("Microsoft\\Windows NT\\CurrentVersion\\HotFix\\KB2115168")
      .set_dword("Installed", 1)
      .set_string("Fix Description", "Security Update for Windows XP (KB2115168)");
  windows.software.key("Microsoft\\Windows NT\\CurrentVersion\\HotFix\\Q147222")
      .set_dword("Installed", 0);
  windows.software.key("Microsoft\\Windows NT\\CurrentVersion\\HotFix\\ServicePackUninstall");
  const auto updates = windows.software.key("Microsoft\\Updates\\Windows XP\\SP4");
  updates.key("KB2115168").set_string("InstalledDate", "7/22/2012").set_string("Type", "Update");
  updates.key("KB2229593").set_string("InstalledDate", "31/12/2012");
  windows.software.key("Microsoft\\Updates\\Windows Media Player\\KB2378111_WM9")
      .set_string("ReleaseType", "Critical Update");
  const UpdateList list = read_updates(*windows.store());
  BOOST_TEST(numbers_of(list) == "KB2115168 Q147222 KB2229593 KB2378111");
  const Update& update = found(list, u"KB2115168");
  BOOST_TEST((update.state == PackageState::installed));
  BOOST_TEST((update.release_type == ReleaseType::security_update));
  BOOST_TEST(update.install_time.value().to_iso8601().substr(0, 10) == "2012-07-22");
  BOOST_TEST(update.packages.size() == 1U);
  BOOST_TEST((found(list, u"Q147222").state == PackageState::not_present));
  BOOST_TEST(!found(list, u"KB2229593").install_time.has_value());
  BOOST_TEST((found(list, u"KB2378111").release_type == ReleaseType::critical_update));
  BOOST_TEST(list.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(a_real_windows_xp_has_its_hotfixes) {
  if (!have_real_data()) {
    return;
  }
  fixture::Tree tree;
  tree.add_file("WINDOWS/System32/config/SOFTWARE", real_bytes("registry/xp_sp3_full/SOFTWARE"));
  tree.add_file("WINDOWS/System32/config/SYSTEM", real_bytes("registry/xp_sp3_full/SYSTEM"));
  const PackageStorePtr store = PackageStore::read(open_tree(tree));
  BOOST_TEST(store->packages().empty());
  const UpdateList list = read_updates(*store);
  const Update& update = found(list, u"KB2115168");
  BOOST_TEST(update.install_time.value().to_iso8601().substr(0, 10) == "2012-07-22");
  BOOST_TEST((update.release_type == ReleaseType::security_update));
  BOOST_TEST(found(list, u"KB892130").evidence.key == "Microsoft\\Updates\\WGA\\SP0\\KB892130");
  BOOST_TEST(found(list, u"KB973540").packages.size() == 2U);
  BOOST_TEST(list.updates.size() == 144U);
  BOOST_TEST(list.diagnostics.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
