// SPDX-License-Identifier: Apache-2.0
// Times of the API in the zone of the machine, and as manifests write them.
#include "engine/dismapi/system_time.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <ctime>
#include <string>

#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

namespace bdata = boost::unit_test::data;

/// The zone of the process during a test. TZ as POSIX has it: "EST+5" is five hours west.
class Zone {
 public:
  explicit Zone(const char* zone) : before_(std::getenv("TZ") ? std::getenv("TZ") : "") {
    setenv("TZ", zone, 1);
    tzset();
  }
  Zone(const Zone&) = delete;
  Zone& operator=(const Zone&) = delete;
  ~Zone() {
    if (before_.empty()) {
      unsetenv("TZ");
    } else {
      setenv("TZ", before_.c_str(), 1);
    }
    tzset();
  }

 private:
  std::string before_;
};

/// "2009-07-14 01:02:03.004 2": the last number is the day of the week.
std::string text_of(const SYSTEMTIME& time) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d %02d:%02d:%02d.%03d %d", time.wYear,
                time.wMonth, time.wDay, time.wHour, time.wMinute, time.wSecond, time.wMilliseconds,
                time.wDayOfWeek);
  return text.data();
}

constexpr const char* none = "0000-00-00 00:00:00.000 0";
constexpr std::int64_t bastille_day = 1'247'533'323;  // 2009-07-14T01:02:03Z, a Tuesday

BOOST_AUTO_TEST_SUITE(system_time)

BOOST_AUTO_TEST_CASE(times_are_local_and_dates_are_not) {
  const Zone zone("EST+5");
  const FileTime time = FileTime::from_unix(bastille_day, 4'000'000);
  BOOST_TEST(text_of(to_system_time(time)) == "2009-07-13 20:02:03.004 1");
  BOOST_TEST(text_of(to_system_date(time)) == "2009-07-14 01:02:03.004 2");
}

BOOST_AUTO_TEST_CASE(what_is_not_set_is_all_zero) {
  BOOST_TEST(text_of(to_system_time(FileTime{})) == none);
  BOOST_TEST(text_of(to_system_date(FileTime{0x7FFF'FFFF'FFFF'FFFFULL})) == none);
}

struct Written {
  const char* text;
  const char* as_written;
  const char* local;  // five hours west of UTC
};
std::ostream& operator<<(std::ostream& out, const Written& written) {
  return out << written.text;
}

const std::array written_times{
    Written{"2009-07-14T01:02:03Z", "2009-07-14 01:02:03.000 2", "2009-07-13 20:02:03.000 1"},
    Written{"2009-07-14T01:02:03", "2009-07-14 01:02:03.000 2", "2009-07-13 20:02:03.000 1"},
    Written{"2009-07-14T01:02:03.1234567890123Z", "2009-07-14 01:02:03.123 2",
            "2009-07-13 20:02:03.123 1"},
    Written{"2009-07-14T01:02:03+02:30", "2009-07-14 01:02:03.000 2", "2009-07-13 17:32:03.000 1"},
    Written{"2009-07-14T01:02:03-05:00", "2009-07-14 01:02:03.000 2", "2009-07-14 01:02:03.000 2"},
    Written{"2009-07-14", "2009-07-14 00:00:00.000 2", "2009-07-13 19:00:00.000 1"},
    Written{"", none, none},
    Written{"7/14/2009", none, none},
    Written{"2009-07-14T", none, none},
    Written{"2009-07-14T01:02:03Zx", none, none},
    Written{"2009-07-14T01:02:03+2", none, none},
    Written{"2009-07-14T01:02:0\xC3\xA9", none, none},
    Written{"2009-13-14T01:02:03Z", none, none},
    Written{"2009-02-30", none, none},
};

BOOST_DATA_TEST_CASE(manifests_are_read_in_both_ways, bdata::make(written_times), written) {
  const Zone zone("EST+5");
  const std::u16string text = from_utf8(written.text).value();
  BOOST_TEST(text_of(manifest_time(text, ClockReading::as_written)) == written.as_written);
  BOOST_TEST(text_of(manifest_time(text, ClockReading::local)) == written.local);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
