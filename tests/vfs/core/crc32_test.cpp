// SPDX-License-Identifier: Apache-2.0
// Checksums.
#include "vfs/core/crc32.h"

#include <boost/test/unit_test.hpp>
#include <span>
#include <string_view>

namespace casement::test {
namespace {

Bytes bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

BOOST_AUTO_TEST_SUITE(crc32_checksum)

BOOST_AUTO_TEST_CASE(gives_the_published_check_values) {
  BOOST_TEST(crc32(bytes_of("123456789")) == 0xCBF43926U);
  BOOST_TEST(crc32(bytes_of("The quick brown fox jumps over the lazy dog")) == 0x414FA339U);
  BOOST_TEST(crc32({}) == 0U);
}

BOOST_AUTO_TEST_CASE(goes_on_where_it_stopped) {
  BOOST_TEST(crc32(bytes_of("56789"), crc32(bytes_of("1234"))) == 0xCBF43926U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::test
