// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/numbers.h"

#include <array>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <string>

using namespace casement;
using namespace casement::cli;
namespace bdata = boost::unit_test::data;

namespace {

std::string time_text(FileTime time, bool seconds_only) {
  std::string out;
  append_time(out, time, seconds_only);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(numbers)

// The library's own formatter is the reference; the days around leap years are where they would
// part.
BOOST_DATA_TEST_CASE(formats_days_as_the_library_does, bdata::xrange(0, 400), step) {
  const std::uint64_t day = 864'000'000'000;
  for (const std::uint64_t start : {std::uint64_t{1}, 72'350 * day, 145'000 * day, 400'000 * day}) {
    const FileTime time{start + static_cast<std::uint64_t>(step) * day + 12'345'678'901};
    BOOST_TEST(time_text(time, false) == time.to_iso8601());
  }
}

BOOST_AUTO_TEST_CASE(leaves_the_fraction_out_when_asked) {
  const FileTime time = FileTime::from_unix_seconds(1'333'504'720);
  BOOST_TEST(time_text(time, true) == "2012-04-04T01:58:40Z");
  BOOST_TEST(time_text(time, false) == "2012-04-04T01:58:40.0000000Z");
}

BOOST_AUTO_TEST_CASE(prints_nothing_for_a_time_that_is_not_set) {
  BOOST_TEST(time_text(FileTime{}, true).empty());
  BOOST_TEST(time_text(FileTime{UINT64_MAX}, true).empty());
}

BOOST_AUTO_TEST_CASE(prints_the_latest_time_that_there_is) {
  const FileTime time{0x7FFF'FFFF'FFFF'FFFE};
  BOOST_TEST(time_text(time, false) == time.to_iso8601());
}

BOOST_AUTO_TEST_CASE(separates_hex_bytes) {
  const std::array bytes{std::byte{0x00}, std::byte{0xAB}, std::byte{0xFF}};
  std::string out = "x";
  append_hex(out, bytes, ' ');
  BOOST_TEST(out == "x00 ab ff");
  out.clear();
  append_hex(out, bytes, '\0');
  BOOST_TEST(out == "00abff");
  out.clear();
  append_hex(out, {}, ' ');
  BOOST_TEST(out.empty());
}

BOOST_AUTO_TEST_CASE(groups_digits_by_thousands) {
  BOOST_TEST(grouped(0) == "0");
  BOOST_TEST(grouped(999) == "999");
  BOOST_TEST(grouped(1000) == "1,000");
  BOOST_TEST(grouped(1234567) == "1,234,567");
}

BOOST_AUTO_TEST_CASE(pads_hex_numbers_to_eight_digits) {
  std::string out;
  append_hex32(out, 0xDF2);
  BOOST_TEST(out == "0x00000df2");
}

BOOST_AUTO_TEST_CASE(shortens_sizes_and_never_rounds_up) {
  BOOST_TEST(human_size(0) == "0 B");
  BOOST_TEST(human_size(1023) == "1023 B");
  BOOST_TEST(human_size(1024) == "1.0 KiB");
  BOOST_TEST(human_size(1'048'575) == "1023 KiB");
  BOOST_TEST(human_size(1'258'291) == "1.1 MiB");
  BOOST_TEST(human_size(std::uint64_t{127} << 30) == "127 GiB");
  BOOST_TEST(human_size(UINT64_MAX) == "15.9 EiB");
}

BOOST_AUTO_TEST_SUITE_END()
