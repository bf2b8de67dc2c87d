// SPDX-License-Identifier: Apache-2.0
// VHDX images that Windows made.
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "tests/vfs/container/vhd/disk_support.h"
#include "vfs/container/vhdx/vhdx_file.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace)
using namespace casement::test;  // NOLINT(google-build-using-namespace)

}  // namespace

BOOST_AUTO_TEST_SUITE(vhdx_real)

BOOST_AUTO_TEST_CASE(other_readers_see_the_same_bytes) {
  if (!have_real_data()) {
    return;
  }
  const std::array<std::pair<const char*, const char*>, 2> files = {{
      {"fixed.vhdx.gz", "bc0be4623b15aa84216fb31ba24e3b621ec7f1c72d198c990ac0eced222d9f62"},
      {"dynamic.vhdx.gz", "8e2b5e9265d694b42b81819e3bff29770eff4ed0f4f9f311693ff3dbdc93efac"},
  }};
  for (const auto& [name, sum] : files) {
    const auto opened = must(
        open_image_file(host_image(real_file(std::string("disk/dissect_hypervisor/") + name))));
    BOOST_TEST(opened.diagnostics.empty(), name << ": " << all_findings(opened.diagnostics));
    BOOST_TEST(opened.disk->size() == 10485760U);
    BOOST_TEST(sha256(*opened.disk) == sum, name);
  }
}

BOOST_AUTO_TEST_CASE(the_log_of_a_disk_that_was_not_closed_is_replayed) {
  if (!have_real_data()) {
    return;
  }
  const auto source = real_source("disk/discutils/vhdx-log-replay.vhdx.gz");
  const auto file = must(VhdxFile::open(source, {}));
  BOOST_TEST(file.diagnostics.empty(), all_findings(file.diagnostics));
  // Five valid entries, of which the last says that only two are still needed.
  BOOST_REQUIRE(file.replay.entries.size() == 2U);
  BOOST_TEST(file.replay.entries[0].offset == 0x5000U);
  BOOST_TEST(file.replay.entries[1].offset == 0x7000U);
  const auto opened =
      must(open_image_file(host_image(real_file("disk/discutils/vhdx-log-replay.vhdx.gz"))));
  BOOST_TEST(opened.disk->size() == std::uint64_t{1} << 30);
  std::array<std::byte, 512> mbr{};
  must(opened.disk->read(0, mbr));
  BOOST_TEST(get_le<std::uint16_t>(mbr, 510) == 0xAA55U);
  BOOST_TEST(get_le<std::uint32_t>(mbr, 446 + 8) == 2048U);
  BOOST_TEST(get_le<std::uint32_t>(mbr, 462 + 8) == 206848U);
}

BOOST_AUTO_TEST_CASE(a_differencing_disk_without_its_parent_names_it) {
  if (!have_real_data()) {
    return;
  }
  const auto opened =
      open_image_file(host_image(real_file("disk/dissect_hypervisor/differencing.avhdx.gz")));
  BOOST_TEST(is_status(opened, Status::not_found));
  BOOST_TEST(
      mentions(opened.error().message(), {"Generation 1_49C4BAF3-4B25-4406-8C4B-D39E65C32385.avhdx",
                                          "ff34003b-11ed-4cf8-a166-b2be05e20b80"}));
}

BOOST_AUTO_TEST_SUITE_END()
