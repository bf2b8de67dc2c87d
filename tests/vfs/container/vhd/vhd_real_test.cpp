// SPDX-License-Identifier: Apache-2.0
// VHD images that other programs made.
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "tests/vfs/container/vhd/disk_support.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace)
using namespace casement::test;  // NOLINT(google-build-using-namespace)

OpenedContainer open_real(const std::string& relative) {
  return must(open_image_file(host_image(real_file("disk/" + relative))));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vhd_real)

BOOST_AUTO_TEST_CASE(other_readers_see_the_same_bytes) {
  if (!have_real_data()) {
    return;
  }
  const std::array<std::pair<const char*, const char*>, 3> files = {{
      {"dissect_hypervisor/fixed.vhd.gz",
       "459325ab1fcd1d5ec9854cba790ee26378317cda177ffc1072008a1df88e6463"},
      {"dissect_hypervisor/dynamic.vhd.gz",
       "ecff2ef6615a3cddc6a6885f1c6d9cf13a232697e1dc6575f2c2f01f57247784"},
      {"sleuthkit/image.vhd", "84c172cd6e864e2a2ca00b60b531a3c7b1376e5257174bfdc4987f3f6312ad3c"},
  }};
  for (const auto& [name, sum] : files) {
    const auto opened = open_real(name);
    BOOST_TEST(opened.diagnostics.empty(), name << ": " << all_findings(opened.diagnostics));
    BOOST_TEST(sha256(*opened.disk) == sum, name);
  }
}

BOOST_AUTO_TEST_CASE(headers_of_many_creators) {
  if (!have_real_data()) {
    return;
  }
  const std::array<std::pair<const char*, std::uint64_t>, 5> files = {{
      {"go_vhd/qemu.vhd", 41953280},
      {"go_vhd/vbox.vhd", 41943040},
      {"go_vhd/xapi.vhd", 41943040},
      {"go_vhd/win8.1-1GB.vhd", 1073741824},
      {"go_vhd/win8.vhd", 41943040},
  }};
  for (const auto& [name, size] : files) {
    const auto opened = open_real(name);
    BOOST_TEST(opened.diagnostics.empty(), name << ": " << all_findings(opened.diagnostics));
    BOOST_TEST(opened.disk->size() == size, name);
  }
}

BOOST_AUTO_TEST_CASE(a_child_finds_its_parent_beside_it) {
  if (!have_real_data()) {
    return;
  }
  const auto opened = open_real("go_vhd/win8-child.vhd");
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
  BOOST_REQUIRE(opened.other_files.size() == 1U);
  BOOST_TEST(opened.other_files[0].ends_with("win8.vhd"));
  const auto disk = read_all(*opened.disk);
  BOOST_TEST(std::ranges::all_of(disk, [](std::byte b) { return b == std::byte{0}; }));
}

BOOST_AUTO_TEST_CASE(wrong_checksums_of_a_hand_made_chain_are_findings) {
  if (!have_real_data()) {
    return;
  }
  const auto opened = open_real("dfvfs/image-differential.vhd");
  BOOST_TEST(has_finding(opened.diagnostics, "vhd-footer-checksum"));
  BOOST_TEST(opened.disk->size() == 104448U);
  BOOST_REQUIRE(opened.other_files.size() == 1U);
  BOOST_TEST(opened.other_files[0].ends_with("image.vhd"));
}

BOOST_AUTO_TEST_CASE(an_orphan_names_the_parent_that_it_wants) {
  if (!have_real_data()) {
    return;
  }
  const auto opened = open_image_file(host_image(real_file("disk/dfvfs/fat-differential.vhd")));
  BOOST_TEST(is_status(opened, Status::not_found));
  BOOST_TEST(mentions(opened.error().message(), {"fat-parent.vhd"}));
}

BOOST_AUTO_TEST_SUITE_END()
