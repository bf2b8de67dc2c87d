// SPDX-License-Identifier: Apache-2.0
// What is known of BitLocker volumes without a key.
#include "vfs/volume/bitlocker.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/volume/bitlocker_support.h"
#include "vfs/source/memory_source.h"
#include "vfs/volume/recognise.h"

namespace casement::test {
namespace {

using Kind = BitLockerPlan::Kind;

RecognisedVolume recognised(std::vector<std::byte> volume) {
  const auto found = must(recognise_volume(*make_memory_source(std::move(volume), "volume")));
  BOOST_REQUIRE(found.has_value());
  return *found;
}

std::string reason_of(const BitLockerPlan& plan) {
  const RecognisedVolume found = recognised(build_bitlocker(plan));
  BOOST_TEST(found.type == "bitlocker");
  BOOST_TEST(found.locked);
  return found.reason;
}

BOOST_AUTO_TEST_SUITE(bitlocker)

BOOST_AUTO_TEST_CASE(says_all_that_is_known_without_a_key) {
  const std::string id = fx::derived_guid("volume").text();
  BOOST_TEST(reason_of({}) == "BitLocker volume, fully encrypted (XTS-AES 128), identifier " + id +
                                  ", \"HOST C: 7/4/2019\", protectors: TPM " +
                                  protector_id(0).braced() + ", recovery password " +
                                  protector_id(1).braced() +
                                  "; locked: unlocking is not supported yet");
}

BOOST_AUTO_TEST_CASE(knows_every_way_of_storing_the_metadata) {
  BOOST_TEST(mentions(reason_of({.kind = Kind::encrypt_on_write}), {"encrypted as it is written"}));
  BOOST_TEST(mentions(reason_of({.kind = Kind::to_go}), {"BitLocker To Go volume", "HOST C:"}));
  BOOST_TEST(mentions(reason_of({.kind = Kind::vista}), {"Windows Vista", "HOST C:"}));
}

BOOST_AUTO_TEST_CASE(a_clear_key_means_suspended) {
  const std::string reason = reason_of({.protectors = {0x0000, 0x0800}});
  BOOST_TEST(mentions(reason, {"clear key {", "suspended: readable without a key"}));
  BOOST_TEST(reason.find("locked:") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(names_states_and_percentage) {
  BOOST_TEST(mentions(reason_of({.state = 1}), {"decrypted"}));
  BOOST_TEST(mentions(reason_of({.state = 2, .encrypted_size = 0x10000}),
                      {"being converted, 25 % encrypted"}));
  BOOST_TEST(mentions(reason_of({.state = 3, .encrypted_size = 0x20000}),
                      {"conversion paused, 50 % encrypted"}));
  BOOST_TEST(mentions(reason_of({.state = 3, .encrypted_size = UINT64_MAX}), {"100 %"}));
  BOOST_TEST(mentions(reason_of({.state = 77}), {"state 77"}));
}

BOOST_AUTO_TEST_CASE(names_ciphers_and_protectors) {
  BOOST_TEST(mentions(reason_of({.method = 0x8000}), {"AES-CBC 128 with diffuser"}));
  BOOST_TEST(mentions(reason_of({.method = 0x8005}), {"XTS-AES 256"}));
  BOOST_TEST(mentions(reason_of({.method = 0x9999}), {"cipher 0x9999"}));
  BOOST_TEST(
      mentions(reason_of({.protectors = {0x0500, 0x0200, 0x1000, 0x2000, 0x4000}}),
               {"TPM + PIN {", "startup key {", "smart card {", "password {", "kind 0x4000 {"}));
  BOOST_TEST(mentions(reason_of({.protectors = {}}), {"protectors: none"}));
}

BOOST_AUTO_TEST_CASE(takes_the_first_copy_with_a_good_checksum) {
  auto volume = build_bitlocker({});
  volume[bitlocker_copies[0] + 64 + 36] ^= std::byte{1};  // the cipher, not sealed again
  const std::string reason = recognised(volume).reason;
  BOOST_TEST(mentions(reason, {"XTS-AES 128"}));
  BOOST_TEST(reason.find("wrong checksum") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_wrong_checksum_everywhere_is_said) {
  auto volume = build_bitlocker({});
  for (const std::size_t copy : bitlocker_copies) {
    volume[copy + 64 + 36] ^= std::byte{1};
  }
  BOOST_TEST(mentions(recognised(volume).reason, {"XTS-AES 256", "wrong checksum"}));
}

BOOST_AUTO_TEST_CASE(metadata_that_is_cut_off_is_said) {
  auto volume = build_bitlocker({});
  volume.resize(0x8000);
  BOOST_TEST(mentions(recognised(volume).reason,
                      {"metadata cannot be read", "0x10000", "0x30000", "beyond the end"}));
}

BOOST_AUTO_TEST_CASE(a_description_cannot_break_the_line) {
  BOOST_TEST(mentions(reason_of({.description = u"A\nB\x1B[2J"}), {"\"A?B?[2J\""}));
}

BOOST_AUTO_TEST_CASE(survives_every_flipped_byte_of_sealed_metadata) {
  const auto volume = build_bitlocker({});
  for (std::size_t at = 0; at < 400; ++at) {
    auto damaged = volume;
    damaged[bitlocker_copies[0] + at] ^= std::byte{0xFF};
    try {
      reseal_bitlocker(damaged, bitlocker_copies[0]);
    } catch (const std::out_of_range&) {
      continue;  // a size that the writer cannot seal
    }
    BOOST_REQUIRE(recognised(std::move(damaged)).locked);
  }
}

BOOST_AUTO_TEST_CASE(survives_truncation_of_the_data) {
  const auto volume = build_bitlocker({.protectors = {0x0100, 0x0800, 0x2000}});
  for (std::size_t size = bitlocker_copies[0]; size < bitlocker_copies[0] + 400; ++size) {
    auto cut = volume;
    cut.resize(size);
    BOOST_REQUIRE(recognised(std::move(cut)).locked);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::test
