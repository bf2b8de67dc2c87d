// SPDX-License-Identifier: Apache-2.0
// $STANDARD_INFORMATION of every length.
#include "vfs/ntfs/standard_information.h"

#include <boost/test/unit_test.hpp>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/ntfs/record_bytes.h"

namespace casement::ntfs {
namespace {

using test::is_status;
using test::must;
using test::RawBytes;

BOOST_AUTO_TEST_SUITE(standard_information)

BOOST_AUTO_TEST_CASE(parses_both_lengths) {
  const RawBytes raw = test::standard_information_value(0x2000'0026);
  const NtfsStandardInformation newer = must(parse_standard_information(raw));
  BOOST_TEST(newer.attributes == 0x26U);
  BOOST_TEST(newer.created.ticks == 0x01D5'0000'0000'0001U);
  BOOST_TEST(newer.accessed.ticks == 0x01D5'0000'0000'0004U);
  BOOST_TEST(newer.security_id == 0x107U);
  BOOST_TEST(newer.usn == 0x55AAU);
  const NtfsStandardInformation older = must(parse_standard_information(test::prefix(raw, 48)));
  BOOST_TEST(older.attributes == 0x26U);
  BOOST_TEST(older.security_id == 0U);
  BOOST_TEST(is_status(parse_standard_information(test::prefix(raw, 47)), Status::truncated));
}

BOOST_AUTO_TEST_CASE(case_sensitivity_is_one_bit_among_others) {
  const auto flags = [](std::uint32_t extra) {
    return must(parse_standard_information(test::standard_information_value(0, extra)));
  };
  BOOST_TEST(!flags(0).case_sensitive);
  BOOST_TEST(flags(1).case_sensitive);
  BOOST_TEST(flags(0x0000'0101).case_sensitive);  // with a storage reserve
  BOOST_TEST(!flags(0x0000'0102).case_sensitive);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
