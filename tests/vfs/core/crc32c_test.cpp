// SPDX-License-Identifier: Apache-2.0
#include "vfs/core/crc32c.h"

#include <boost/test/unit_test.hpp>
#include <string_view>
#include <vector>

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace)

Bytes text(std::string_view characters) {
  return std::as_bytes(std::span(characters));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(crc32c_suite)

// RFC 3720, appendix B.4, and the check value of the catalogue of CRC algorithms.
BOOST_AUTO_TEST_CASE(gives_the_published_values) {
  std::vector<std::byte> bytes(32);
  BOOST_TEST(crc32c(bytes) == 0x8A9136AAU);
  std::ranges::fill(bytes, std::byte{0xFF});
  BOOST_TEST(crc32c(bytes) == 0x62A8AB43U);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::byte>(i);
  }
  BOOST_TEST(crc32c(bytes) == 0x46DD794EU);
  BOOST_TEST(crc32c(text("123456789")) == 0xE3069283U);
  BOOST_TEST(crc32c({}) == 0U);
}

BOOST_AUTO_TEST_CASE(pieces_of_any_length_add_up) {
  const Bytes all = text("The quick brown fox jumps over the lazy dog");
  for (std::size_t cut = 0; cut <= all.size(); ++cut) {
    Crc32c crc;
    crc.update(all.first(cut));
    crc.update(all.subspan(cut));
    BOOST_TEST(crc.value() == crc32c(all));
  }
}

BOOST_AUTO_TEST_SUITE_END()
