// SPDX-License-Identifier: Apache-2.0
// Identity of trees that are put together from real hives.
#include <boost/test/unit_test.hpp>

#include "engine/inspect/identity.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

/// A tree with real hives by their names in System32\config.
class RealTree {
 public:
  explicit RealTree(std::string directory) : config_(std::move(directory) + "/System32/config/") {}

  RealTree& add(const std::string& name, const std::string& item) {
    tree_.add_file(config_ + name, real_bytes(item));
    return *this;
  }
  ImagePtr open() const { return open_tree(tree_); }
  Identity identity() const { return read_identity(*open()); }

 private:
  std::string config_;
  fixture::Tree tree_;
};

std::string text_of(const MaybeFact<std::u16string>& fact) {
  return fact ? to_utf8(fact->value) : "absent";
}

std::string zone_of(const Identity& identity) {
  return identity.time_zone ? to_utf8(identity.time_zone->value.key_name) : "absent";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_identity)

BOOST_AUTO_TEST_CASE(windows_xp) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = RealTree("WINDOWS")
                             .add("SOFTWARE", "registry/xp_sp3_full/SOFTWARE")
                             .add("SYSTEM", "registry/xp_sp3_full/SYSTEM")
                             .open();
  const Identity identity = read_identity(*image);
  BOOST_TEST(text_of(identity.product_name) == "Microsoft Windows XP");
  BOOST_TEST(identity.version_string() == "5.1.2600");
  BOOST_TEST(text_of(identity.display_version) == "Service Pack 3");
  BOOST_TEST(text_of(identity.system_root) == "C:\\WINDOWS");
  BOOST_TEST(text_of(identity.build_lab) == "2600.xpsp_sp3_gdr.120504-1619");
  BOOST_TEST(text_of(identity.registered_owner) == "oompa");
  BOOST_TEST(identity.install_date->value.unix_seconds().value() == 1'275'530'226);
  BOOST_TEST(text_of(identity.hostname) == "RAWR");
  BOOST_TEST(zone_of(identity) == "Eastern Standard Time");
  BOOST_TEST(identity.time_zone->value.bias_minutes == 300);
  BOOST_TEST(text_of(identity.default_language) == "en-US");
  BOOST_TEST((identity.architecture->value == Architecture::x86));
  BOOST_TEST((image->installation().kind == InstallationClass::client));
  BOOST_TEST(image->installation().partial);
  BOOST_TEST(image->control_set() == 1U);
  BOOST_TEST(image->drive_letters().letters.size() == 3U);
}

BOOST_AUTO_TEST_CASE(windows_nt_4_server) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = RealTree("WINNT")
                             .add("SOFTWARE", "registry/aiowinreg_nt4/SOFTWARE")
                             .add("SYSTEM", "registry/aiowinreg_nt4/SYSTEM")
                             .open();
  const Identity identity = read_identity(*image);
  BOOST_TEST(identity.version_string() == "4.0.1381");
  BOOST_TEST(text_of(identity.build) == "1381");
  BOOST_TEST(text_of(identity.display_version) == "Service Pack 3");
  BOOST_TEST(text_of(identity.system_root) == "C:\\WINNT");
  BOOST_TEST(text_of(identity.hostname) == "SERVER");
  BOOST_TEST(text_of(identity.product_type) == "LanmanNT");
  BOOST_TEST(text_of(identity.default_language) == "en-US");
  BOOST_TEST(zone_of(identity) == "GMT");
  BOOST_TEST((image->installation().kind == InstallationClass::server));
}

BOOST_AUTO_TEST_CASE(windows_7) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = RealTree("Windows").add("SYSTEM", "registry/regipy/SYSTEM.xz").open();
  const Identity identity = read_identity(*image);
  BOOST_TEST(text_of(identity.hostname) == "WKS-WIN732BITA");
  BOOST_TEST(zone_of(identity) == "Eastern Standard Time");
  BOOST_TEST(text_of(identity.default_language) == "en-US");
  BOOST_TEST(identity.last_shutdown->value.to_iso8601().substr(0, 19) == "2012-04-04T01:58:40");
  BOOST_TEST((identity.architecture->value == Architecture::x86));
  BOOST_TEST(!identity.product_name.has_value());
  BOOST_TEST((image->installation().kind == InstallationClass::client));
}

BOOST_AUTO_TEST_CASE(windows_10_that_needs_its_logs) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = RealTree("Windows")
                             .add("SYSTEM", "registry/regipy/SYSTEM_B/SYSTEM_B")
                             .add("SYSTEM.LOG1", "registry/regipy/SYSTEM_B/SYSTEM_B.LOG1")
                             .add("SYSTEM.LOG2", "registry/regipy/SYSTEM_B/SYSTEM_B.LOG2")
                             .open();
  const HivePtr system = must(image->hive(HiveId::system));
  BOOST_TEST((system->state().condition == HiveCondition::recovered));
  BOOST_TEST(system->state().last_sequence == 2130U);
  BOOST_TEST(system->state().bins_size == 12'591'104U);
  const Identity identity = read_identity(*image);
  BOOST_TEST(text_of(identity.hostname) == "DESKTOP-PM6C56D");
  BOOST_TEST(identity.hostname->evidence.recovered);
  BOOST_TEST(zone_of(identity) == "Eastern Standard Time");
  BOOST_TEST((identity.architecture->value == Architecture::amd64));
  BOOST_TEST(text_of(identity.product_type) == "WinNT");
}

BOOST_AUTO_TEST_CASE(windows_10_of_another_peer) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = RealTree("Windows").add("SYSTEM", "registry/dissect/SYSTEM.xz").open();
  const Identity identity = read_identity(*image);
  BOOST_TEST(text_of(identity.hostname) == "DESKTOP-M3OSHQU");
  BOOST_TEST(zone_of(identity) == "W. Europe Standard Time");
  BOOST_TEST(identity.time_zone->value.bias_minutes == -60);
  BOOST_TEST((identity.architecture->value == Architecture::amd64));
  BOOST_TEST(image->drive_letters().letters.size() == 3U);
  BOOST_TEST(identity.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(windows_xp_in_a_virtual_disk) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = RealTree("WINDOWS").add("SYSTEM", "registry/dfwinreg/SYSTEM").open();
  const Identity identity = read_identity(*image);
  BOOST_TEST(text_of(identity.hostname) == "IECOMPATVHD");
  BOOST_TEST(zone_of(identity) == "Pacific Standard Time");
  BOOST_TEST(image->control_set() == 1U);
}

BOOST_AUTO_TEST_CASE(hives_that_another_library_wrote) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = RealTree("Windows")
                             .add("SOFTWARE", "registry/libguestfs_phony/windows-software")
                             .add("SYSTEM", "registry/libguestfs_phony/windows-system")
                             .open();
  const Identity identity = read_identity(*image);
  BOOST_TEST(text_of(identity.product_name) == "Microsoft Windows 7 Phony Edition");
  BOOST_TEST(identity.version_string() == "6.1");
  BOOST_TEST(text_of(identity.installation_type) == "Client");
  BOOST_TEST(text_of(identity.hostname) == "windows.invalid");
  BOOST_TEST_REQUIRE(image->drive_letters().letters.size() == 1U);
  BOOST_TEST(image->drive_letters().letters[0].device == "disk 34333231 offset 268435456");
}

BOOST_AUTO_TEST_CASE(a_damaged_hive_gives_what_it_still_has) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image =
      RealTree("Windows").add("SYSTEM", "registry/regipy/corrupted_system_hive.xz").open();
  const Identity identity = read_identity(*image);
  BOOST_TEST(image->installation().partial);
  BOOST_TEST(image->control_set() == 1U);
  BOOST_TEST(text_of(identity.hostname) == "GINEVRA");
}

BOOST_AUTO_TEST_CASE(a_windows_95_registry_is_no_hive_and_says_so) {
  if (!have_real_data()) {
    return;
  }
  const ImagePtr image = RealTree("Windows").add("SYSTEM", "registry/dfwinreg/SYSTEM.DAT").open();
  BOOST_TEST(is_status(image->hive(HiveId::system), Status::bad_format));
  BOOST_TEST(has_finding(read_identity(*image).diagnostics, "hive-unreadable", "SYSTEM"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
