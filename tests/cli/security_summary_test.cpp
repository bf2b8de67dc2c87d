// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/security_summary.h"

#include <boost/test/unit_test.hpp>
#include <string_view>
#include <vector>

#include "tests/support/matchers.h"

using namespace casement;
using namespace casement::cli;
using casement::test::is_status;
using casement::test::must;
using namespace std::string_view_literals;

namespace {

/// Owner S-1-5-32-544 at 20, group S-1-5-18 at 36.
constexpr std::string_view administrators =
    "\x01\x00\x04\x80\x14\x00\x00\x00\x24\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x01\x02\x00\x00\x00\x00\x00\x05\x20\x00\x00\x00\x20\x02\x00\x00"
    "\x01\x01\x00\x00\x00\x00\x00\x05\x12\x00\x00\x00"sv;

Result<SecuritySummary> summarise(std::string_view bytes) {
  return summarise_security(std::as_bytes(std::span(bytes)));
}

std::string with(std::size_t offset, char byte) {
  std::string bytes(administrators);
  BOOST_REQUIRE(bytes.at(offset) != byte);
  bytes[offset] = byte;
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(security_summary)

BOOST_AUTO_TEST_CASE(reads_owner_and_group) {
  const SecuritySummary summary = must(summarise(administrators));
  BOOST_TEST(summary.owner.value() == "S-1-5-32-544");
  BOOST_TEST(summary.group.value() == "S-1-5-18");
  BOOST_TEST(summary.control == 0x8004);
}

BOOST_AUTO_TEST_CASE(a_descriptor_without_owner_has_none) {
  BOOST_TEST(!must(summarise(with(4, 0))).owner.has_value());
}

BOOST_AUTO_TEST_CASE(writes_a_large_authority_in_hex) {
  BOOST_TEST(must(summarise(with(22, 1))).owner.value() == "S-1-0x010000000005-32-544");
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_descriptor) {
  BOOST_TEST(is_status(summarise(with(0, 2)), Status::corrupt));
  BOOST_TEST(is_status(summarise(with(20, 2)), Status::corrupt));        // revision of the SID
  BOOST_TEST(is_status(summarise(with(21, 16)), Status::corrupt));       // too many sub-authorities
  BOOST_TEST(is_status(summarise(with(21, 15)), Status::truncated));     // more than there is room
  BOOST_TEST(is_status(summarise(with(7, '\x7F')), Status::truncated));  // offset behind the end
}

BOOST_AUTO_TEST_CASE(survives_every_truncation) {
  for (std::size_t size = 0; size < administrators.size(); ++size) {
    BOOST_TEST(is_status(summarise(administrators.substr(0, size)), Status::truncated), size);
  }
}

BOOST_AUTO_TEST_SUITE_END()
