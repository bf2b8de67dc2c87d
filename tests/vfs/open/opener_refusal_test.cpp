// SPDX-License-Identifier: Apache-2.0
// What is no image, and how that is said.
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "vfs/open/opener.h"

namespace casement::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(opener_refusal, TempDir)

BOOST_AUTO_TEST_CASE(an_empty_path_and_a_nul_are_no_paths) {
  BOOST_TEST(is_status(open_image(""), Status::invalid_argument));
  BOOST_TEST(is_status(open_image(std::string("/img\0/x", 7)), Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_path_that_is_too_long_is_said_to_be) {
  const auto endless = open_image(std::string(40'000, 'x'));
  BOOST_REQUIRE(is_status(endless, Status::name_too_long));
  BOOST_TEST(mentions(endless.error().message(), {"40000"}));
  BOOST_TEST(is_status(open_image(std::string(5'000, 'x')), Status::name_too_long));
  BOOST_TEST(is_status(open_image(path() + "/" + std::string(300, 'x')), Status::name_too_long));
}

BOOST_AUTO_TEST_CASE(a_missing_directory_is_told_from_a_missing_way_to_it) {
  const auto last = open_image(path() + "/nothing");
  BOOST_REQUIRE(is_status(last, Status::not_found));
  BOOST_TEST(mentions(last.error().message(), {"/nothing", "No such file"}));
  BOOST_TEST(is_status(open_image(path() + "/nothing/"), Status::not_found));
  BOOST_TEST(is_status(open_image(path() + "/nothing/Windows"), Status::path_not_found));
  BOOST_TEST(is_status(open_image(path() + "/nothing/a/b"), Status::path_not_found));
  BOOST_TEST(is_status(open_image("no-such-name-here"), Status::not_found));
  BOOST_TEST(is_status(open_image("no-such-name-here/x"), Status::path_not_found));
  (void)write("file", "x");
  BOOST_TEST(is_status(open_image(path() + "/file/x"), Status::path_not_found));
}

BOOST_AUTO_TEST_CASE(a_link_that_leads_nowhere_or_in_circles) {
  BOOST_REQUIRE_EQUAL(::symlink("nothing", (path() + "/dangling").c_str()), 0);
  BOOST_REQUIRE_EQUAL(::symlink("loop", (path() + "/loop").c_str()), 0);
  BOOST_TEST(is_status(open_image(path() + "/dangling"), Status::not_found));
  BOOST_TEST(is_status(open_image(path() + "/loop"), Status::too_many_links));
}

BOOST_AUTO_TEST_CASE(a_file_is_named_with_its_content_and_what_is_accepted) {
  (void)write("setup.exe", "MZ");
  const auto program = open_image(path() + "/setup.exe");
  BOOST_REQUIRE(is_status(program, Status::unsupported));
  BOOST_TEST(mentions(program.error().message(),
                      {"/setup.exe", "a Windows program", "expected a disk image"}));
  (void)write("SYSTEM", "regf");
  const auto hive = open_image(path() + "/SYSTEM");
  BOOST_REQUIRE(is_status(hive, Status::unsupported));
  BOOST_TEST(mentions(hive.error().message(), {"/SYSTEM", "a registry hive"}));
  (void)write("empty.vhdx", "");
  const auto empty = open_image(path() + "/empty.vhdx");
  BOOST_TEST(mentions(empty.error().message(), {"an empty file"}));  // the extension proves nothing
}

BOOST_AUTO_TEST_CASE(a_pipe_is_refused_and_does_not_block) {
  BOOST_REQUIRE_EQUAL(::mkfifo((path() + "/pipe").c_str(), 0600), 0);
  const auto pipe = open_image(path() + "/pipe");
  BOOST_REQUIRE(is_status(pipe, Status::unsupported));
  BOOST_TEST(mentions(pipe.error().message(), {"neither a directory nor a file"}));
  BOOST_TEST(is_status(open_image("/dev/null"), Status::unsupported));
}

BOOST_AUTO_TEST_CASE(what_may_not_be_read_is_denied) {
  (void)make_dir("closed/Windows");
  (void)write("file", "regf");
  const bool root = ::geteuid() == 0;
  for (const std::string& name : {path(), path() + "/closed", path() + "/file"}) {
    BOOST_REQUIRE_EQUAL(root ? ::chown(name.c_str(), 65'534, 65'534) : 0, 0);
  }
  BOOST_REQUIRE_EQUAL(::chmod((path() + "/closed").c_str(), 0), 0);
  BOOST_REQUIRE_EQUAL(::chmod((path() + "/file").c_str(), 0), 0);
  BOOST_REQUIRE_EQUAL(root ? ::seteuid(65'534) : 0, 0);  // permissions do not stop root
  const auto closed = open_image(path() + "/closed");
  const auto below = open_image(path() + "/closed/Windows");
  const auto file = open_image(path() + "/file");
  BOOST_REQUIRE_EQUAL(root ? ::seteuid(0) : 0, 0);
  BOOST_REQUIRE(is_status(closed, Status::access_denied));
  BOOST_TEST(mentions(closed.error().message(), {"/closed"}));
  BOOST_TEST(is_status(below, Status::access_denied));
  BOOST_TEST(is_status(file, Status::access_denied));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
