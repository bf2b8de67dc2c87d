// SPDX-License-Identifier: Apache-2.0
// Volumes cut anywhere and with any byte changed: nothing may crash, hang or be invented.
#include "tests/support/mutate.h"
#include "tests/vfs/udf/udf_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

std::vector<fx::BuiltUdf> small() {
  std::vector<fx::BuiltUdf> volumes;
  const std::vector<fx::UdfOptions> options{
      {.block_size = 512, .max_descriptors = 2},
      {.revision = 0x0250,
       .block_size = 1024,
       .extended_entries = true,
       .metadata_partition = true},
      {.revision = 0x0200, .block_size = 1024, .virtual_partition = true},
      {.revision = 0x0150, .block_size = 1024, .packet_length = 4, .replaced_packets = {0}}};
  for (const fx::UdfOptions& each : options) {
    fx::UdfBuilder builder(each);
    builder.add_file("dir/file", pattern(3000), {.piece_blocks = 1});
    builder.add_file("in", "entry", {.allocation = fx::UdfAllocation::in_entry});
    if (each.extended_entries) {
      builder.add_file("s", "s", {.streams = {{u"stream", fx::ascii_bytes("bytes")}}});
    }
    volumes.push_back(builder.build());
  }
  return volumes;
}

/// Whether the volume could be opened at all: sweeps that only meet refusals would prove nothing.
bool try_everything(std::vector<std::byte> bytes) {
  (void)probe_udf(*as_source(bytes));
  const auto volume = try_open_udf(std::move(bytes));
  if (volume) {
    read_everything(*volume);
    const auto entry = (*volume)->lookup((*volume)->root(), u"s");
    if (entry && *entry) {
      (void)(*volume)->streams((*entry)->node);
      (void)(*volume)->open((*entry)->node, u"stream");
    }
  }
  return volume.has_value();
}

/// The blocks that hold anything but the recognition sequence and file contents.
std::vector<std::uint64_t> descriptors_in(const fx::BuiltUdf& built, std::uint64_t block) {
  std::vector<std::uint64_t> found;
  for (std::uint64_t at = 0; at + block <= built.bytes.size(); at += block) {
    const std::uint16_t id = fx::get_u16(built.bytes, at);
    const std::uint16_t version = fx::get_u16(built.bytes, at + 2);
    if (id <= 266 && (version == 2 || version == 3)) {
      found.push_back(at);
    }
  }
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(udf_damage)

BOOST_AUTO_TEST_CASE(survives_truncation) {
  int opened = 0;
  for (const fx::BuiltUdf& built : small()) {
    for (std::size_t size = 0; size < built.bytes.size(); size += 1013) {
      opened += try_everything(prefix(built.bytes, size)) ? 1 : 0;
    }
  }
  BOOST_TEST(opened > 10);
}

BOOST_AUTO_TEST_CASE(survives_changed_fields_of_descriptors) {
  int opened = 0;
  int tried = 0;
  for (const fx::BuiltUdf& built : small()) {
    const std::uint64_t block = (built.reserve_sequence - built.main_sequence) / 16;
    for (const std::uint64_t at : descriptors_in(built, block)) {
      const std::size_t used = 16 + fx::get_u16(built.bytes, at + 10);
      for (std::size_t i = 0; i < used; ++i) {
        // Most bytes are texts or nothing; a few of those stand for all.
        if (i >= 16 && (at / block + i) % (built.bytes[at + i] == std::byte{0} ? 67 : 3) != 0) {
          continue;
        }
        auto changed = built;
        changed.bytes[at + i] ^= std::byte{i % 2 == 0 ? std::uint8_t{0xFF} : std::uint8_t{0x01}};
        if (16U + fx::get_u16(changed.bytes, at + 10) <= block) {
          changed.fix_tag(at);  // otherwise the change is found at once
        }
        opened += try_everything(std::move(changed.bytes)) ? 1 : 0;
        ++tried;
      }
    }
  }
  BOOST_TEST_MESSAGE(tried << " changes, " << opened << " volumes opened");
  BOOST_TEST(tried > 1000);
  BOOST_TEST(opened > tried / 2);
}

BOOST_AUTO_TEST_CASE(every_identifier_may_lead_anywhere) {
  int opened = 0;
  const auto built = small()[0];
  for (const fx::UdfPlace& place : built.places) {
    for (std::uint32_t block = 0; place.identifier != 0 && block < 40; ++block) {
      for (const std::byte characteristics : {std::byte{0}, std::byte{2}}) {
        auto changed = built;
        fx::put_u32(changed.bytes, place.identifier + 24, block);
        changed.bytes[place.identifier + 18] = characteristics;
        changed.fix_tag(place.identifier);
        opened += try_everything(std::move(changed.bytes)) ? 1 : 0;
      }
    }
  }
  BOOST_TEST(opened > 100);
}

BOOST_AUTO_TEST_SUITE_END()
