// SPDX-License-Identifier: Apache-2.0
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "engine/bcd/device.h"
#include "fixtures/build/bcd_device.h"
#include "tests/engine/bcd/device_forms.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

const std::vector<Mutation>& ram_disk_mutations() {
  static const std::vector<Mutation> all = {
      {"descriptor smaller than its header", 0x18, {0x0B, 0}, Status::corrupt},
      {"descriptor of no size", 0x18, {0, 0}, Status::corrupt},
      {"descriptor larger than the element", 0x18, {0xFF}, Status::truncated},
      {"descriptor of 4 GiB", 0x18, {0xFF, 0xFF, 0xFF, 0xFF}, Status::truncated},
      {"descriptor that ends in the local device", 0x18, {0x20, 0}, Status::truncated},
      {"descriptor without a local type", 0x18, {0x10, 0}, Status::truncated},
      {"path shorter than its header", 0x3C, {0x0B, 0}, Status::corrupt},
      {"path of no length", 0x3C, {0, 0}, Status::corrupt},
      {"path longer than the descriptor", 0x3C, {0xFF}, Status::truncated},
      {"path of 4 GiB", 0x3C, {0xFF, 0xFF, 0xFF, 0xFF}, Status::truncated},
      {"path without room for its device", 0x3C, {0x0C, 0}, Status::truncated},
      {"nested device without a size", 0x4C, {0, 0}, Status::corrupt},
      {"nested device longer than the path", 0x4C, {0xFF}, Status::truncated},
      {"nested device that ends in its identifiers", 0x4C, {0x18}, Status::truncated},
      {"nested device that ends in its disk", 0x4C, {0x30}, Status::truncated},
      {"a file that needs a path", 0x20, {5}, Status::ok},
      {"a floppy", 0x20, {1}, Status::ok},
  };
  return all;
}

const std::vector<Mutation>& locate_mutations() {
  static const std::vector<Mutation> all = {
      {"parent inside the header", 0x28, {0x04}, Status::corrupt},
      {"parent inside the locate fields", 0x28, {0x1B}, Status::corrupt},
      {"parent behind the descriptor", 0x28, {0xFF, 0xFF}, Status::corrupt},
      {"parent at the very end", 0x28, {0xB4, 0x00}, Status::truncated},
      {"parent that is itself", 0x28, {0x01}, Status::corrupt},
      {"parent of 4 GiB", 0x28, {0xFF, 0xFF, 0xFF, 0xFF}, Status::corrupt},
      {"VHD of no size", 0x36, {0, 0}, Status::corrupt},
      {"VHD larger than the rest", 0x36, {0xFF}, Status::truncated},
      {"VHD that ends in its disk", 0x36, {0x20}, Status::truncated},
      {"file larger than the rest", 0x5E, {0xFF}, Status::truncated},
      {"file without a path", 0x5E, {0x14}, Status::truncated},
  };
  return all;
}

void check_mutation(const Blob& base, const Mutation& mutation) {
  const auto device = parse_device(mutate(base, mutation.offset, mutation.bytes));
  if (mutation.expected == Status::ok) {
    BOOST_TEST(is_ok(device));
  } else {
    BOOST_TEST(is_status(device, mutation.expected));
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bcd_device_damage)

BOOST_AUTO_TEST_CASE(refuses_to_nest_deeper_than_the_limit) {
  const Blob blob = fx::device_locate_vhd(0x12000002, gpt_place(), u"\\a.vhd");
  Limits limits;  // locate, VHD, file, partition
  limits.max_bcd_device_depth = 4;
  BOOST_TEST(is_ok(parse_device(blob, limits)));
  limits.max_bcd_device_depth = 3;
  BOOST_TEST(is_status(parse_device(blob, limits), Status::limit_exceeded));
  limits.max_bcd_device_depth = 0;
  BOOST_TEST(is_status(parse_device(blob, limits), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(refuses_a_chain_of_devices_that_hold_each_other) {
  // Locate devices, each of which says that the next one follows its 0x1E bytes.
  constexpr std::size_t link = 0x1E;
  constexpr std::size_t links = 40;
  Raw raw(0x10 + links * link);
  for (std::size_t i = 0; i < links; ++i) {
    const std::size_t at = 0x10 + i * link;
    raw.u32(at, 8).u32(at + 8, static_cast<std::uint32_t>((links - i) * link)).u32(at + 0x18, link);
  }
  BOOST_TEST(is_status(parse_device(raw.blob()), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(refuses_elements_larger_than_any_path) {
  Blob blob = fx::device_at(mbr_place());
  blob.resize(std::size_t{200} << 10);
  BOOST_TEST(is_status(parse_device(blob), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(errors_say_where_and_what) {
  Blob blob = fx::device_ram_disk(mbr_place(), u"\\a.wim");
  fx::put_u32(blob, 0x4C, 0x4000);
  const auto device = parse_device(blob);
  BOOST_REQUIRE(!device);
  BOOST_TEST(mentions(device.error().message(), {"0x44", "0x4000", "left"}));
}

BOOST_DATA_TEST_CASE(judges_damaged_ram_disks, boost::unit_test::data::make(ram_disk_mutations()),
                     mutation) {
  check_mutation(fx::device_ram_disk(mbr_place(), u"\\a.wim"), mutation);
}

BOOST_DATA_TEST_CASE(judges_damaged_devices_to_locate,
                     boost::unit_test::data::make(locate_mutations()), mutation) {
  const Blob base = fx::device_locate_vhd(0x12000002, fx::BootVolume{}, u"\\a");
  BOOST_REQUIRE_EQUAL(base.size(), 0xC4U);
  check_mutation(base, mutation);
}

BOOST_DATA_TEST_CASE(rejects_every_truncation, boost::unit_test::data::make(forms()), form) {
  BOOST_TEST(is_ok(parse_device(form.blob)));
  for (std::size_t size = 0; size < form.blob.size(); ++size) {
    // A copy of that very size, so that a read past the end is caught.
    BOOST_TEST_CONTEXT(size << " of " << form.blob.size() << " bytes") {
      BOOST_TEST(is_status(parse_device(prefix(form.blob, size)), Status::truncated));
    }
  }
}

BOOST_DATA_TEST_CASE(survives_every_flipped_byte, boost::unit_test::data::make(forms()), form) {
  std::size_t rejected = 0;
  for (std::size_t i = 0; i < form.blob.size(); ++i) {
    for (const unsigned mask : {0x01U, 0x80U, 0xFFU}) {
      Blob damaged = form.blob;
      damaged[i] ^= static_cast<std::byte>(mask);
      const auto device = parse_device(damaged);
      rejected += device ? 0U : 1U;
      if (device) {
        BOOST_TEST(!describe(*device).empty());
        BOOST_TEST((device->raw == damaged));
      }
    }
  }
  BOOST_TEST(rejected >= 8U);  // the size field, four bytes of it by two masks at least
}

BOOST_AUTO_TEST_SUITE_END()
