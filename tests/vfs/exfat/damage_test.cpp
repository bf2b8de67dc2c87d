// SPDX-License-Identifier: Apache-2.0
// Volumes cut anywhere and with any byte changed: nothing may crash, hang or be invented.
#include <algorithm>

#include "tests/support/mutate.h"
#include "tests/vfs/exfat/exfat_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

fx::BuiltExfat small() {
  fx::ExfatBuilder builder({.label = u"label"});
  builder.add_file("dir/A long file name of two slots", pattern(1200), {.fat_chain = true});
  builder.add_file("GONE", pattern(600, 2));
  builder.remove("GONE");
  return builder.build();
}

bool try_everything(std::vector<std::byte> bytes) {
  return casement::test::try_everything(std::move(bytes), probe_exfat, open_exfat);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exfat_damage)

BOOST_AUTO_TEST_CASE(survives_truncation) {
  int opened = 0;
  const auto base = small().bytes;
  for (std::size_t size = 0; size < base.size(); size += size < 600 ? 13 : 101) {
    opened += try_everything(prefix(base, size)) ? 1 : 0;
  }
  BOOST_TEST(opened > 10);
}

BOOST_AUTO_TEST_CASE(survives_changed_fields_of_the_boot_sector) {
  int opened = 0;
  const auto base = small();
  for (std::size_t at = 64; at < 113; ++at) {
    for (const unsigned value : {0x00U, 0x01U, 0x09U, 0x7FU, 0x80U, 0xFFU}) {
      auto built = base;
      built.bytes[at] = static_cast<std::byte>(value);
      built.fix_boot_checksums();  // otherwise the backup is read
      opened += try_everything(std::move(built.bytes)) ? 1 : 0;
    }
  }
  BOOST_TEST(opened > 10);
}

BOOST_AUTO_TEST_CASE(survives_changed_bytes_of_tables_and_directories) {
  int opened = 0;
  const auto built = small();
  for (std::size_t at = built.fat_offset; at < built.bytes.size(); ++at) {
    if (built.bytes[at] == std::byte{0} && at % 13 != 0) {
      continue;  // most of it is nothing
    }
    for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
      auto bytes = built.bytes;
      bytes[at] ^= static_cast<std::byte>(flip);
      opened += try_everything(std::move(bytes)) ? 1 : 0;
    }
  }
  BOOST_TEST(opened > 10);
}

BOOST_AUTO_TEST_CASE(every_link_may_lead_anywhere) {
  int opened = 0;
  const auto base = small();
  for (std::uint32_t cluster = 2; cluster < 2 + base.cluster_count; ++cluster) {
    for (std::uint32_t value = 0; value < 2 + base.cluster_count; ++value) {
      auto built = base;
      built.set_entry(cluster, value);
      opened += try_everything(std::move(built.bytes)) ? 1 : 0;
    }
  }
  BOOST_TEST(opened > 10);
}

BOOST_AUTO_TEST_SUITE_END()
