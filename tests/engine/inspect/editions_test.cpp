// SPDX-License-Identifier: Apache-2.0
// Editions: the current one, and what the matrices leave of the staged ones.
#include "engine/inspect/editions.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/engine/inspect/serviced_windows.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

Editions editions_of(const ServicedWindows& windows) {
  return read_editions(*windows.store());
}

std::string current(const Editions& editions) {
  return editions.current ? to_utf8(editions.current->value) : "none";
}

std::string targets(const Editions& editions) {
  std::string text;
  for (const Fact<std::u16string>& target : editions.targets) {
    text += (text.empty() ? "" : " ") + to_utf8(target.value);
  }
  return text;
}

void add_edition(ServicedWindows& windows, const std::string& edition, std::uint32_t state,
                 const std::string& version = "10.0.1.1") {
  windows.add_key("Microsoft-Windows-" + edition + "Edition~31bf3856ad364e35~amd64~~" + version,
                  state);
}

/// Professional, which Education, Enterprise and Core are staged for.
struct Upgradable : ServicedWindows {
  Upgradable() {
    add_edition(*this, "Professional", installed);
    for (const char* edition : {"Education", "Enterprise", "Core"}) {
      add_edition(*this, edition, staged);
    }
  }
  void set_edition_id(const std::string& edition) {
    software.key("Microsoft\\Windows NT\\CurrentVersion").set_string("EditionID", edition);
  }
  void add_matrix(const std::string& name, const std::string& text) {
    tree.add_file("Windows/servicing/Editions/" + name, text);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(editions)

BOOST_AUTO_TEST_CASE(the_installed_package_names_the_current_one_and_staged_ones_the_targets) {
  Upgradable windows;
  windows.set_edition_id("SomethingElse");
  add_edition(windows, "Education", staged, "10.0.1.2");
  add_edition(windows, "Professional", staged, "10.0.1.2");
  add_edition(windows, "Starter", superseded);
  windows.add_key("Microsoft-Windows-EditionPack-Ultimate-Package~31bf3856ad364e35~amd64~~1.0.0.0",
                  staged);
  windows.add_key("Microsoft-Windows-Edition~31bf3856ad364e35~amd64~~1.0.0.0", staged);
  windows.add_key("Microsoft-Windows-Two-WordsEdition~31bf3856ad364e35~amd64~~1.0.0.0", staged);
  windows.add_key("no identity Edition", staged);
  const Editions editions = editions_of(windows);
  BOOST_TEST(current(editions) == "Professional");
  BOOST_TEST(editions.current->evidence.value == "CurrentState");
  BOOST_TEST(targets(editions) == "Core Education Enterprise");
  BOOST_TEST(!editions.windows_pe);
  BOOST_TEST(editions.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(without_a_package_the_registry_names_it) {
  ServicedWindows windows;
  BOOST_TEST(current(editions_of(windows)) == "none");
  windows.software.key("Microsoft\\Windows NT\\CurrentVersion")
      .set_string("EditionID", "HomePremium");
  const Editions editions = editions_of(windows);
  BOOST_TEST(current(editions) == "HomePremium");
  BOOST_TEST(editions.current->evidence.value == "EditionID");
  BOOST_TEST(targets(editions).empty());
}

BOOST_AUTO_TEST_CASE(of_several_installed_ones_the_registry_chooses) {
  Upgradable windows;
  add_edition(windows, "Home", installed);
  windows.set_edition_id("professional");
  const Editions editions = editions_of(windows);
  BOOST_TEST(current(editions) == "Professional");
  BOOST_TEST(has_finding(editions.diagnostics, "conflict", "Home, Professional"));
}

BOOST_AUTO_TEST_CASE(a_matrix_restricts_the_targets) {
  Upgradable windows;
  windows.add_matrix("EditionMatrix.xml",
                     "<TmiMatrix><Edition ID=\"Professional\"><Target ID=\"Enterprise\"/>"
                     "<Target ID=\"ServerRdsh\"/></Edition>"
                     "<Edition ID=\"Core\"><Target ID=\"Education\"/></Edition></TmiMatrix>");
  BOOST_TEST(targets(editions_of(windows)) == "Enterprise");
  windows.add_matrix("UpgradeMatrix.xml",
                     "<TmiMatrix><Edition ID=\"PROFESSIONAL\"><Target ID=\"education\"/>"
                     "</Edition></TmiMatrix>");
  BOOST_TEST(targets(editions_of(windows)) == "Education Enterprise");
}

BOOST_AUTO_TEST_CASE(an_edition_that_no_matrix_knows_becomes_nothing) {
  Upgradable windows;
  windows.add_matrix("EditionMatrix.xml", "<TmiMatrix><Edition ID=\"Core\"/></TmiMatrix>");
  BOOST_TEST(targets(editions_of(windows)).empty());
}

BOOST_AUTO_TEST_CASE(a_damaged_matrix_is_reported_and_restricts_nothing) {
  for (const std::string& text :
       {std::string("<TmiMatrix>"), std::string("<Other/>"), std::string(2U << 20U, ' ')}) {
    Upgradable windows;
    windows.add_matrix("EditionMatrix.xml", text);
    const Editions editions = editions_of(windows);
    BOOST_TEST(targets(editions) == "Core Education Enterprise");
    BOOST_TEST(has_finding(editions.diagnostics, "damaged", "EditionMatrix.xml"));
  }
}

BOOST_AUTO_TEST_CASE(windows_pe_has_no_editions) {
  Upgradable by_registry;
  by_registry.set_edition_id("WindowsPE");
  Upgradable by_system;
  by_system.system.key("ControlSet001\\Control\\MiniNT");
  for (const Upgradable* windows : {&by_registry, &by_system}) {
    const Editions editions = editions_of(*windows);
    BOOST_TEST(editions.windows_pe);
    BOOST_TEST(current(editions) == "none");
    BOOST_TEST(targets(editions).empty());
  }
}

BOOST_AUTO_TEST_CASE(a_wrong_type_of_the_registry_is_reported) {
  Upgradable windows;
  windows.software.key("Microsoft\\Windows NT\\CurrentVersion").set_dword("EditionID", 7);
  const Editions editions = editions_of(windows);
  BOOST_TEST(current(editions) == "Professional");
  BOOST_TEST(has_finding(editions.diagnostics, "wrong-type", "EditionID"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
