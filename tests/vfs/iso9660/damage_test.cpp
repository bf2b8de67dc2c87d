// SPDX-License-Identifier: Apache-2.0
// Volumes cut anywhere and with any byte changed: nothing may crash, hang or be invented.
#include "tests/support/mutate.h"
#include "tests/vfs/iso9660/iso9660_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

std::vector<fx::BuiltIso9660> small() {
  std::vector<fx::BuiltIso9660> volumes;
  const std::vector<fx::Iso9660Options> options{
      {.joliet = true, .max_extent = 2048}, {.rock_ridge = true}, {.block_size = 512}};
  for (const fx::Iso9660Options& each : options) {
    fx::Iso9660Builder builder(each);
    builder.add_file("dir/file", pattern(5000));
    builder.add_file("dir/" + std::string(100, 'x'), "long");
    builder.add_file("f", "x", {.associated = fx::ascii_bytes("fork")});
    volumes.push_back(builder.build());
  }
  return volumes;
}

bool try_everything(std::vector<std::byte> bytes) {
  return casement::test::try_everything(std::move(bytes), probe_iso9660, open_iso9660);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(iso9660_damage)

BOOST_AUTO_TEST_CASE(survives_truncation) {
  int opened = 0;
  for (const fx::BuiltIso9660& built : small()) {
    for (std::size_t size = 0; size < built.bytes.size(); size += 211) {
      opened += try_everything(prefix(built.bytes, size)) ? 1 : 0;
    }
  }
  BOOST_TEST(opened > 10);
}

BOOST_AUTO_TEST_CASE(survives_changed_bytes) {
  int opened = 0;
  int tried = 0;
  for (const fx::BuiltIso9660& built : small()) {
    const std::uint64_t end = built.find("dir/file").content;  // what follows is contents
    for (std::uint64_t at = 32'768; at < end; ++at) {
      const bool nothing = built.bytes[at] == std::byte{0} || built.bytes[at] == std::byte{' '};
      if (nothing && at % 37 != 0) {
        continue;
      }
      for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
        auto bytes = built.bytes;
        bytes[at] ^= static_cast<std::byte>(flip);
        opened += try_everything(std::move(bytes)) ? 1 : 0;
        ++tried;
      }
    }
  }
  BOOST_TEST(tried > 1000);
  BOOST_TEST(opened > tried / 2);
}

BOOST_AUTO_TEST_CASE(every_record_may_lead_anywhere) {
  int opened = 0;
  const auto built = small()[0];
  for (const fx::Iso9660Place& place : built.places) {
    for (std::uint32_t block = 0; block < 45; ++block) {
      for (const std::byte flags : {std::byte{0}, std::byte{2}, std::byte{0x80}}) {
        auto bytes = built.bytes;
        fx::put_u32(bytes, place.records[0] + 2, block);
        bytes[place.records[0] + 25] = flags;
        opened += try_everything(std::move(bytes)) ? 1 : 0;
      }
    }
  }
  BOOST_TEST(opened > 100);
}

BOOST_AUTO_TEST_SUITE_END()
