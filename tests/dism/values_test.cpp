// SPDX-License-Identifier: Apache-2.0
// Times, numbers, codes and lines as DISM prints them.
#include "tools/dism/values.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "fixtures/build/moment.h"
#include "tests/dism/dism_support.h"
#include "tools/dism/list.h"
#include "tools/dism/progress_bar.h"
#include "tools/dism/refusal.h"
#include "tools/dism/table.h"

using namespace casement;
using namespace casement::dism;

namespace {

FileTime at(int year, unsigned month, unsigned day, unsigned hour = 0, unsigned minute = 0,
            unsigned second = 0) {
  return {fixture::ticks_at(year, month, day, hour, minute, second)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dism_values)

BOOST_AUTO_TEST_CASE(prints_times_as_an_american_windows_does) {
  BOOST_TEST(date_text(at(2019, 7, 11)) == "7/11/2019");
  BOOST_TEST(date_minutes_text(at(2015, 2, 11, 23, 33, 59)) == "2/11/2015 11:33 PM");
  BOOST_TEST(date_minutes_text(at(2010, 11, 21, 3, 4)) == "11/21/2010 3:04 AM");
  BOOST_TEST(date_minutes_text(at(2020, 1, 1, 0, 5)) == "1/1/2020 12:05 AM");
  BOOST_TEST(date_minutes_text(at(2020, 1, 1, 12, 0)) == "1/1/2020 12:00 PM");
  const test::LocalZone zone("UTC0");
  BOOST_TEST(date_seconds_text(at(2019, 4, 1, 20, 9, 2)) == "4/1/2019 - 8:09:02 PM");
  BOOST_TEST(sortable_time_text(at(2023, 10, 1, 8, 7, 3)) == "2023-10-01 08:07:03");
}

BOOST_AUTO_TEST_CASE(prints_times_of_images_and_logs_in_the_local_zone) {
  const test::LocalZone zone("STD-05:30DST,M3.5.0,M10.5.0");
  BOOST_TEST(date_seconds_text(at(2019, 1, 31, 20, 9, 2)) == "2/1/2019 - 1:39:02 AM");
  BOOST_TEST(date_seconds_text(at(2019, 7, 31, 20, 9, 2)) == "8/1/2019 - 2:39:02 AM");
  BOOST_TEST(sortable_local_time_text(at(2019, 1, 31, 20, 9, 2)) == "2019-02-01 01:39:02");
  BOOST_TEST(date_minutes_text(at(2019, 1, 31, 20, 9)) == "1/31/2019 8:09 PM");
  BOOST_TEST(sortable_time_text(at(2019, 1, 31, 20, 9, 2)) == "2019-01-31 20:09:02");
}

BOOST_AUTO_TEST_CASE(prints_no_time_as_nothing) {
  BOOST_TEST(date_text(std::nullopt) == "");
  BOOST_TEST(date_minutes_text(FileTime{}) == "");
  BOOST_TEST(date_seconds_text(FileTime{~std::uint64_t{0}}) == "");
}

BOOST_AUTO_TEST_CASE(prints_the_largest_time_there_is) {
  BOOST_TEST(date_text(FileTime{0x7FFF'FFFF'FFFF'FFFEULL}) == "9/14/30828");
}

BOOST_AUTO_TEST_CASE(groups_digits_in_threes) {
  BOOST_TEST(grouped(0) == "0");
  BOOST_TEST(grouped(999) == "999");
  BOOST_TEST(grouped(1000) == "1,000");
  BOOST_TEST(grouped(13'998'570'900) == "13,998,570,900");
  BOOST_TEST(grouped(~std::uint64_t{0}) == "18,446,744,073,709,551,615");
}

BOOST_AUTO_TEST_CASE(prints_sizes_with_two_decimals) {
  BOOST_TEST(short_size(0) == "0 bytes");
  BOOST_TEST(short_size(1023) == "1023 bytes");
  BOOST_TEST(short_size(1024) == "1.00 KB");
  BOOST_TEST(short_size(14'409'615'114) == "13.42 GB");
  BOOST_TEST(short_size(~std::uint64_t{0}) == "16.00 EB");
}

BOOST_AUTO_TEST_CASE(prints_guids_in_capitals_and_braces) {
  const auto guid = Guid::parse("4d36e97b-e325-11ce-bfc1-08002be10318");
  BOOST_TEST(guid_text(*guid) == "{4D36E97B-E325-11CE-BFC1-08002BE10318}");
}

BOOST_AUTO_TEST_CASE(a_field_keeps_the_space_behind_its_colon) {
  std::string out;
  add_field(out, "Install Time", "");
  add_field(out, "Name", u"a\r\nState : Installed\x1b[2J");
  BOOST_TEST(out == "Install Time : \nName : a  State : Installed [2J\n");
}

BOOST_AUTO_TEST_CASE(a_table_is_as_wide_as_its_longest_cells) {
  Table table({"Feature Name", "State"});
  table.add_row({"TelnetClient-Long", "Disabled"});
  table.add_row({"TFTP", "Enabled"});
  std::string out;
  table.append_to(out);
  BOOST_TEST(out ==
             "----------------- | --------\n"
             "Feature Name      | State\n"
             "----------------- | --------\n"
             "TelnetClient-Long | Disabled\n"
             "TFTP              | Enabled\n");
}

BOOST_AUTO_TEST_CASE(a_table_counts_characters_and_not_bytes) {
  Table table({"N", "S"});
  table.add_row({"\xC3\xA4\xC3\xB6", "x"});
  std::string out;
  table.append_to(out);
  BOOST_TEST(out == "-- | -\nN  | S\n-- | -\n\xC3\xA4\xC3\xB6 | x\n");
}

BOOST_AUTO_TEST_CASE(the_progress_bar_has_its_number_in_the_middle) {
  BOOST_TEST(progress_line(1000) == "[==========================100.0%==========================]");
  BOOST_TEST(progress_line(665).size() == 60U);
  BOOST_TEST(progress_line(665).find("66.5%") == 27U);
  BOOST_TEST(progress_line(0) == "[                           0.0%                           ]");
  BOOST_TEST(progress_line(5000) == progress_line(1000));
}

BOOST_AUTO_TEST_CASE(win32_errors_are_decimal_and_others_hexadecimal) {
  BOOST_TEST(error_line(result_code(Status::invalid_argument)) == "Error: 87");
  BOOST_TEST(error_line(result_code(element_not_found)) == "Error: 1168");
  BOOST_TEST(error_line(result_code(unknown_feature)) == "Error: 0x800f080c");
  BOOST_TEST(result_code(unknown_feature) == -2146498548);
  BOOST_TEST(result_code(Status::ok) == 0);
}

BOOST_AUTO_TEST_CASE(a_failure_never_exits_with_zero) {
  BOOST_TEST(exit_status(0) == 0);
  BOOST_TEST(exit_status(87) == 87);
  BOOST_TEST(exit_status(1168) == 144);
  BOOST_TEST(exit_status(result_code(unknown_feature)) == 12);
  BOOST_TEST(exit_status(static_cast<std::int32_t>(0x80310000)) == 1);
  BOOST_TEST(exit_status(256) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
