// SPDX-License-Identifier: Apache-2.0
// The log file.
#include "engine/dismapi/log.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

using test::is_status;
using test::must;
using test::TempDir;

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::unique_ptr<Log> open_log(const std::string& path, DismLogLevel level) {
  return must(Log::open(from_utf8(path).value(), level));
}

BOOST_AUTO_TEST_SUITE(log)

BOOST_AUTO_TEST_CASE(a_line_has_a_time_a_severity_and_the_text) {
  const TempDir dir;
  const std::string path = dir.file("dism.log");
  open_log(path, DismLogErrors)->write(Severity::error, "it failed");
  std::string line = content(path);
  std::replace_if(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; }, '9');
  BOOST_TEST(line == "9999-99-99 99:99:99, Error                 DISM   API: it failed\n");
}

BOOST_AUTO_TEST_CASE(the_level_decides) {
  const TempDir dir;
  for (const DismLogLevel level : {DismLogErrors, DismLogErrorsWarnings, DismLogErrorsWarningsInfo,
                                   DismLogErrorsWarningsInfoDebug}) {
    const std::string path = dir.file(std::to_string(level));
    const auto log = open_log(path, level);
    log->write(Severity::error, "e");
    log->write(Severity::warning, "w");
    log->write(Severity::note, "n");
    const std::string text = content(path);
    BOOST_TEST((text.find("API: e\n") != std::string::npos));
    BOOST_TEST((text.find("API: w\n") != std::string::npos) == (level >= DismLogErrorsWarnings));
    BOOST_TEST((text.find("API: n\n") != std::string::npos) ==
               (level >= DismLogErrorsWarningsInfo));
  }
}

BOOST_AUTO_TEST_CASE(what_is_in_the_file_stays) {
  const TempDir dir;
  const std::string path = dir.write("dism.log", "before\n");
  open_log(path, DismLogErrors)->write(Severity::error, "after");
  BOOST_TEST(content(path).starts_with("before\n2"));
}

BOOST_AUTO_TEST_CASE(a_text_makes_one_line) {
  const TempDir dir;
  const std::string path = dir.file("dism.log");
  open_log(path, DismLogErrors)->write(Severity::error, "a\nb\rc\x1B[2Jd");
  BOOST_TEST(content(path).ends_with("API: a b c [2Jd\n"));
}

BOOST_AUTO_TEST_CASE(backslashes_separate) {
  const TempDir dir;
  dir.make_dir("logs");
  open_log(dir.path() + "\\logs\\dism.log", DismLogErrors)->write(Severity::error, "x");
  BOOST_TEST(!content(dir.path() + "/logs/dism.log").empty());
}

BOOST_AUTO_TEST_CASE(a_place_that_cannot_be_written_disables_logging) {
  const TempDir dir;
  const auto opened = Log::open(from_utf8(dir.path() + "/missing/dism.log").value(), DismLogErrors);
  BOOST_TEST(is_status(opened, logging_disabled));
  BOOST_TEST(test::mentions(opened.error().message(), {"missing/dism.log", "No such file"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
