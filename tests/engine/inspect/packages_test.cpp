// SPDX-License-Identifier: Apache-2.0
// Packages: their keys, their manifests, and what is made of damaged ones.
#include "engine/inspect/packages.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "engine/inspect/key_items.h"
#include "engine/inspect/package_files.h"
#include "tests/engine/image/image_support.h"
#include "tests/engine/inspect/servicing_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

const Package& found(const PackageStore& store, const std::string& identity) {
  const Package* const package = store.find(*from_utf8(identity));
  BOOST_REQUIRE(package != nullptr);
  return *package;
}

}  // namespace

namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(packages)

BOOST_AUTO_TEST_CASE(every_value_of_a_key_finds_its_member) {
  ServicedWindows windows;
  const std::string id = package_id("A", "10.0.1.5", "en-US");
  const auto key = windows.add_package(id, 0x80);
  key.set_dword("Visibility", 2)
      .set_dword("InstallTimeHigh", 0x01D00000)
      .set_dword("InstallTimeLow", 7)
      .set_string("InstallClient", "DISM Package Manager Provider")
      .set_string("InstallName", id + ".mum")
      .set_string("InstallLocation", "\\\\?\\C:\\x\\")
      .set_string("InstallUser", "S-1-5-18")
      .set_dword("SelfUpdate", 1)
      .set_dword("LastError", 0x800F0922);
  key.key("Owners").set_dword("Owner~t~amd64~~1", 0x20070);
  key.key("Updates").set_dword("Feature", 0x40).set_dword("Other", 0x70);
  const PackageStorePtr store = windows.store();
  BOOST_TEST_REQUIRE(store->packages().size() == 1U);
  const Package& package = store->packages()[0];
  BOOST_TEST(to_utf8(package.identity) == id);
  BOOST_TEST(to_utf8(package.parts.value().language) == "en-US");
  BOOST_TEST((package.state == PackageState::installed));
  BOOST_TEST(package.current_state == 0x80U);
  BOOST_TEST(package.permanent);
  BOOST_TEST(!package.visible);
  BOOST_TEST(package.self_update);
  BOOST_TEST(package.install_time.value().ticks == 0x01D0000000000007ULL);
  BOOST_TEST(to_utf8(package.install_client) == "DISM Package Manager Provider");
  BOOST_TEST(to_utf8(package.install_name) == id + ".mum");
  BOOST_TEST(to_utf8(package.install_location) == "\\\\?\\C:\\x\\");
  BOOST_TEST(to_utf8(package.install_user) == "S-1-5-18");
  BOOST_TEST((package.last_error == 0x800F0922U));
  BOOST_TEST_REQUIRE(package.owners.size() == 1U);
  BOOST_TEST(to_utf8(package.owners[0]) == "Owner~t~amd64~~1");
  BOOST_TEST_REQUIRE(package.updates.size() == 2U);
  BOOST_TEST(to_utf8(package.updates[0].name) == "Feature");
  BOOST_TEST(package.updates[0].state == 0x40U);
  BOOST_TEST(package.evidence.path == "\\Windows\\System32\\config\\SOFTWARE");
  BOOST_TEST(package.evidence.key ==
             "Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages\\" + id);
  BOOST_TEST(package.evidence.value == "CurrentState");
  BOOST_TEST(store->findings().empty());
}

BOOST_AUTO_TEST_CASE(a_key_without_a_visibility_is_visible) {
  ServicedWindows windows;
  windows.add_package(package_id("A"));
  BOOST_TEST(windows.store()->packages()[0].visible);
  BOOST_TEST(!windows.store()->packages()[0].permanent);
}

BOOST_AUTO_TEST_CASE(packages_come_in_the_order_of_the_hive_and_are_found_in_any_case) {
  ServicedWindows windows;
  for (const char* name : {"b", "A", "C"}) {
    windows.add_package(package_id(name));
  }
  const PackageStorePtr store = windows.store();
  BOOST_TEST_REQUIRE(store->packages().size() == 3U);
  BOOST_TEST(to_utf8(store->packages()[0].parts->name) == "A");
  BOOST_TEST(to_utf8(store->packages()[1].parts->name) == "b");
  BOOST_TEST(store->find(u"B~31BF3856AD364E35~AMD64~~10.0.1.1") == &store->packages()[1]);
  BOOST_TEST(store->find(u"b~31bf3856ad364e35~amd64~~10.0.1.2") == nullptr);
}

BOOST_AUTO_TEST_CASE(damaged_values_are_findings_and_hide_no_neighbour) {
  ServicedWindows windows;
  windows.add_package(package_id("Good"));
  windows.servicing().key("Packages").subkey("no identity").set_dword("CurrentState", 0x70);
  windows.servicing().key("Packages").subkey(package_id("NoState"));
  windows.add_package_key(package_id("Strange"), 0x42);
  const auto wrong = windows.add_package(package_id("Wrong"));
  wrong.set_string("CurrentState", "installed").set_dword("InstallClient", 1);
  wrong.set_string("Visibility", "2").set_binary("InstallTimeHigh", {1, 2});
  wrong.key("Updates").set_string("Feature", "on").set_dword("Whole", 0x70);
  const PackageStorePtr store = windows.store();
  BOOST_TEST(store->packages().size() == 5U);
  BOOST_TEST((found(*store, package_id("Good")).state == PackageState::installed));
  BOOST_TEST(!found(*store, "no identity").parts.has_value());
  BOOST_TEST((found(*store, package_id("NoState")).state == PackageState::not_present));
  BOOST_TEST(found(*store, package_id("Strange")).current_state == 0x42U);
  const Package& damaged = found(*store, package_id("Wrong"));
  BOOST_TEST((damaged.state == PackageState::not_present));
  BOOST_TEST(damaged.visible);
  BOOST_TEST_REQUIRE(damaged.updates.size() == 1U);
  BOOST_TEST(to_utf8(damaged.updates[0].name) == "Whole");
  const Diagnostics findings = store->findings();
  for (const char* word :
       {"CurrentState", "InstallClient", "Visibility", "InstallTimeHigh", "Updates!Feature"}) {
    BOOST_TEST(has_finding(findings, "wrong-type", word), word);
  }
  BOOST_TEST(has_finding(findings, "unknown-state", "0x42"));
  BOOST_TEST(has_finding(findings, "no-state", "NoState"));
  BOOST_TEST(has_finding(findings, "no-identity", "no identity"));
}

BOOST_AUTO_TEST_CASE(a_text_that_is_too_long_is_left_out) {
  ServicedWindows windows;
  windows.add_package(package_id("A"))
      .set_string("InstallLocation", std::string(20'000, 'x'))
      .set_string("InstallName", "A.mum");
  const PackageStorePtr store = windows.store();
  const Package& package = found(*store, package_id("A"));
  BOOST_TEST(package.install_location.empty());
  BOOST_TEST(to_utf8(package.install_name) == "A.mum");
  BOOST_TEST(has_finding(store->findings(), "limit", "InstallLocation"));
}

BOOST_AUTO_TEST_CASE(the_text_of_all_packages_together_is_bounded) {
  ServicedWindows windows;
  constexpr int count = 560;  // of four texts of 31 KiB: 67 MiB
  const std::string text(15'800, 'x');
  for (int i = 0; i < count; ++i) {
    windows.add_package_key(package_id("P" + std::to_string(i)), 0x70)
        .set_string("InstallLocation", text)
        .set_string("InstallName", text)
        .set_string("InstallClient", text)
        .set_string("InstallUser", text);
  }
  const PackageStorePtr store = windows.store();
  std::size_t units = 0;
  for (const Package& package : store->packages()) {
    units += package.install_location.size() + package.install_name.size() +
             package.install_client.size() + package.install_user.size();
  }
  BOOST_TEST(units > 30'000'000U);
  BOOST_TEST(units <= 33'554'432U);
  BOOST_TEST(store->packages().size() < static_cast<std::size_t>(count));
  BOOST_TEST(store->findings().items().size() == 1U);
  BOOST_TEST(has_finding(store->findings(), "limit", "left out"));
}

BOOST_AUTO_TEST_CASE(a_limit_of_items_holds_for_all_passes_and_is_told_once) {
  ServicedWindows windows;
  windows.servicing().key("Version").set_dword("1", 1).set_dword("2", 2).set_dword("3", 3);
  const ImagePtr image = windows.image();
  const HivePtr software = must(image->hive(HiveId::software));
  const Key key =
      must(
          software->find(u"Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Version"))
          .value();
  Diagnostics findings;
  TextBudget limit(4);
  std::size_t seen = 0;
  for (int pass = 0; pass < 3; ++pass) {
    for_each_value(
        key, findings, [] { return std::string("here"); }, [&](const Value&) { ++seen; }, limit);
  }
  BOOST_TEST(seen == 4U);
  BOOST_TEST(findings.items().size() == 1U);
  BOOST_TEST(has_finding(findings, "limit", "here"));
}

BOOST_AUTO_TEST_CASE(the_bytes_of_all_manifests_together_are_bounded) {
  ServicedWindows windows;
  const std::string manifest = package_manifest(package_id("A"));
  windows.add_package(package_id("A"), 0x70, manifest);
  windows.add_package(package_id("B"), 0x70, manifest);
  const ImagePtr image = windows.image();
  const PackageFiles files(*image, manifest.size() + 1);
  BOOST_TEST(must(files.read_manifest(*from_utf8(package_id("A")))).has_value());
  BOOST_TEST(is_status(files.read_manifest(*from_utf8(package_id("B"))), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(a_manifest_that_is_too_large_is_a_finding_of_its_own) {
  ServicedWindows windows;
  windows.add_package(package_id("A"), 0x70,
                      std::string(static_cast<std::size_t>(max_manifest_size) + 1, ' '));
  const PackageStorePtr store = windows.store();
  BOOST_TEST(store->manifest(store->packages()[0]) == nullptr);
  BOOST_TEST(has_finding(store->findings(), "limit", "A~"));
}

BOOST_AUTO_TEST_CASE(a_manifest_is_read_when_it_is_asked_for_and_then_kept) {
  ServicedWindows windows;
  const std::string id = package_id("A");
  windows.add_package(id, 0x70, package_manifest(id, "identifier=\"KB1234567\""));
  const auto volume = volume_of(windows.tree());
  const ImagePtr image = must(Image::open(image_of({volume}), {}));
  const PackageStorePtr store = PackageStore::read(image);
  const std::size_t opened = volume->opens();
  const PackageManifest* const manifest = store->manifest(store->packages()[0]);
  BOOST_REQUIRE(manifest != nullptr);
  BOOST_TEST(to_utf8(manifest->identifier) == "KB1234567");
  BOOST_TEST(volume->opens() == opened + 1);
  BOOST_TEST(store->manifest(store->packages()[0]) == manifest);
  const Package copy = store->packages()[0];
  BOOST_TEST(store->manifest(copy) == manifest);
  BOOST_TEST(volume->opens() == opened + 1);
  BOOST_TEST(to_utf8(store->manifest_path(copy)) ==
             "\\Windows\\servicing\\Packages\\" + id + ".mum");
}

BOOST_AUTO_TEST_CASE(a_missing_or_damaged_manifest_is_a_finding_once) {
  ServicedWindows windows;
  windows.add_package_key(package_id("Missing"), 0x70);
  windows.add_package(package_id("Damaged"), 0x70, "<assembly");
  windows.add_package(package_id("Empty"), 0x70, " ");
  windows.add_package(package_id("Whole"));
  const PackageStorePtr store = windows.store();
  for (int times = 0; times < 2; ++times) {
    store->load_manifests();
    BOOST_TEST(store->manifest(found(*store, package_id("Missing"))) == nullptr);
    BOOST_TEST(store->manifest(found(*store, package_id("Damaged"))) == nullptr);
    BOOST_TEST(store->manifest(found(*store, package_id("Empty"))) == nullptr);
    BOOST_TEST(store->manifest(found(*store, package_id("Whole"))) != nullptr);
  }
  const Diagnostics findings = store->findings();
  BOOST_TEST(findings.items().size() == 3U);
  BOOST_TEST(has_finding(findings, "manifest-missing", "Missing"));
  BOOST_TEST(has_finding(findings, "manifest-unreadable", "Damaged"));
  BOOST_TEST(has_finding(findings, "manifest-unreadable", "Empty"));
}

BOOST_AUTO_TEST_CASE(a_key_that_is_no_file_name_reads_nothing_outside_the_folder) {
  ServicedWindows windows;
  windows.files["servicing/secret.mum"] = package_manifest(package_id("Secret"));
  windows.servicing().key("Packages").subkey("..\\secret").set_dword("CurrentState", 0x70);
  windows.servicing().key("Packages").subkey("../secret").set_dword("CurrentState", 0x70);
  windows.add_package(package_id("Whole"));
  const PackageStorePtr store = windows.store();
  BOOST_TEST_REQUIRE(store->packages().size() == 3U);
  std::size_t manifests = 0;
  for (const Package& package : store->packages()) {
    manifests += store->manifest(package) != nullptr ? 1 : 0;
  }
  BOOST_TEST(manifests == 1U);
}

BOOST_AUTO_TEST_CASE(many_threads_get_the_same_manifests) {
  ServicedWindows windows;
  for (int i = 0; i < 300; ++i) {
    windows.add_package(package_id("P" + std::to_string(i)), 0x70, i % 7 == 0 ? "<" : "");
  }
  const PackageStorePtr store = windows.store();
  std::vector<std::thread> threads;
  std::atomic<int> read = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      store->load_manifests();
      for (const Package& package : store->packages()) {
        read += store->manifest(package) != nullptr ? 1 : 0;
      }
      (void)store->findings();
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(read == 4 * 257);
  BOOST_TEST(store->findings().items().size() == 43U);
}

BOOST_AUTO_TEST_CASE(the_foundation_is_the_newest_installed_one) {
  ServicedWindows windows;
  const std::string name = "Microsoft-Windows-Foundation-Package";
  windows.add_package(package_id(name, "10.0.2.1"));
  windows.add_package(package_id(name, "10.0.10.1"));
  windows.add_package(package_id(name, "10.0.20.1"), 0x40);
  windows.add_package(package_id("Microsoft-Windows-WinPE-Package", "10.0.99.1"));
  const PackageStorePtr store = windows.store();
  BOOST_REQUIRE(store->foundation() != nullptr);
  BOOST_TEST(to_utf8(store->foundation()->parts->version) == "10.0.10.1");
}

BOOST_AUTO_TEST_CASE(windows_pe_stands_on_its_own_package) {
  ServicedWindows windows;
  windows.add_package(package_id("Microsoft-Windows-WinPE-Package"));
  const PackageStorePtr store = windows.store();
  BOOST_REQUIRE(store->foundation() != nullptr);
  BOOST_TEST(to_utf8(store->foundation()->parts->name) == "Microsoft-Windows-WinPE-Package");
}

BOOST_AUTO_TEST_CASE(an_installation_without_packages_has_none_and_no_findings) {
  const PackageStorePtr store = PackageStore::read(open_tree(small_windows()));
  BOOST_TEST(store->packages().empty());
  BOOST_TEST(store->foundation() == nullptr);
  BOOST_TEST(store->find(u"a") == nullptr);
  store->load_manifests();
  BOOST_TEST(store->findings().empty());
}

BOOST_AUTO_TEST_CASE(a_hive_that_cannot_be_read_is_a_finding) {
  const auto volume = volume_of(small_windows());
  volume->deny("Windows/System32/config/SOFTWARE");
  const PackageStorePtr store = PackageStore::read(must(Image::open(image_of({volume}), {})));
  BOOST_TEST(store->packages().empty());
  BOOST_TEST(has_finding(store->findings(), "hive-unreadable"));
}

BOOST_DATA_TEST_CASE(every_recipe_has_its_packages, data::make(fixture::recipe_names()), name) {
  const fixture::ImageRecipe recipe = *fixture::find_recipe(name);
  if (recipe.layout != fixture::Layout::volume) {
    return;  // a collection: opened from the host by the session tests
  }
  const PackageStorePtr store = PackageStore::read(open_tree(recipe_tree(name)));
  store->load_manifests();
  if (!recipe.version.at_least(6, 0)) {
    BOOST_TEST(store->packages().empty());
    return;
  }
  BOOST_TEST(store->foundation() != nullptr);
  for (const Package& package : store->packages()) {
    const PackageManifest* const manifest = store->manifest(package);
    if (manifest != nullptr) {
      BOOST_TEST(same_identity(manifest->identity.value().text(), package.identity));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
