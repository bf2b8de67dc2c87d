// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/ewf/case_data.h"

#include <span>
#include <string>
#include <string_view>

#include "fixtures/build/disk/stored_streams.h"
#include "tests/vfs/container/ewf/ewf_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

BOOST_AUTO_TEST_SUITE(container_ewf_case_data)

BOOST_AUTO_TEST_CASE(what_the_examiner_wrote_is_in_the_detail) {
  fx::EwfOptions options;
  options.header = {
      "c\tn\ta\te\tt\tav\tov\tm\tu\tp",
      "7\t1.2\tA disk\tJ. Doe\tsome notes  \t4.20\tWindows XP\t2018 5 16 15 5 8\t\t0"};
  options.md5 = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF};
  const auto opened = must(EwfFolder(fx::build_ewf(options, small_disk())).open());
  BOOST_TEST(opened.detail ==
             "E01, 10752 bytes, 1 KiB chunks, case 7, evidence 1.2, description A disk, examiner "
             "J. Doe, notes some notes, acquired 2018-05-16T15:05:08, with 4.20 on Windows XP, MD5 "
             "00112233445566778899aabbccddeeff");
  BOOST_TEST(opened.diagnostics.empty());

  // header2 counts more, wherever it is; Unix times have a zone; control characters are not shown.
  options.header2 = {"a\tc\tmd\tsn\tm", "d\x1B[0m\t8\tST1000\tZ9\t1142163845"};
  options.sha1 = {1, 2, 3};
  const auto second = must(EwfFolder(fx::build_ewf(options, small_disk())).open());
  BOOST_TEST(second.detail ==
             "E01, 10752 bytes, 1 KiB chunks, case 8, description d?[0m, model ST1000, serial "
             "number Z9, acquired 2006-03-12T11:44:05Z, MD5 00112233445566778899aabbccddeeff, "
             "SHA-1 0102030000000000000000000000000000000000");
}

BOOST_AUTO_TEST_CASE(odd_texts_are_shown_as_they_are) {
  const auto acquired = [](const std::string& time) {
    fx::EwfOptions options;
    options.header = {"m\tc", time + "\tx"};
    return must(EwfFolder(fx::build_ewf(options, small_disk())).open()).detail;
  };
  BOOST_TEST(mentions(acquired("yesterday"), {", case x, acquired yesterday"}));
  BOOST_TEST(mentions(acquired("2018 5 16"), {"acquired 2018 5 16"}));
  BOOST_TEST(mentions(acquired("99999999999999999999"), {"acquired 99999999999999999999"}));
  BOOST_TEST(mentions(acquired("-5"), {"acquired -5"}));
  BOOST_TEST(acquired("").ends_with("chunks, case x"));
  const std::string detail = acquired(std::string(5000, 'y'));
  BOOST_TEST(detail.ends_with(std::string(200, 'y')));
  BOOST_TEST(detail.size() < 300U);
}

BOOST_AUTO_TEST_CASE(sectors_that_could_not_be_read_are_a_finding) {
  const fx::EwfOptions options{.bad_sectors = {{3, 1}, {10, 8}}};
  const auto opened = must(EwfFolder(fx::build_ewf(options, small_disk())).open());
  BOOST_REQUIRE_EQUAL(opened.diagnostics.items().size(), 1U);
  BOOST_TEST(opened.diagnostics.items().front().code == "ewf-bad-sectors");
  BOOST_TEST(mentions(opened.diagnostics.items().front().text, {"9 sectors", "3, 10-17"}));
  fx::EwfOptions many;
  many.bad_sectors.assign(20, {1, 2});
  const auto second = must(EwfFolder(fx::build_ewf(many, small_disk())).open());
  BOOST_TEST(mentions(second.diagnostics.items().front().text, {"40 sectors", "1-2, ..."}));
}

BOOST_AUTO_TEST_CASE(text_may_be_utf_8_latin_1_or_utf_16_of_either_order) {
  const auto examiner = [](const std::string& text, bool is_utf16) {
    const auto packed = fixture::zlib_stored(std::as_bytes(std::span(text)));
    return must(EwfCase::parse(packed, is_utf16)).examiner;
  };
  BOOST_TEST(examiner("1\r\nmain\r\ne\r\nJos\xC3\xA9\r\n", false) == "Jos\xC3\xA9");
  BOOST_TEST(examiner("1\nmain\ne\nJos\xE9\n", false) == "Jos\xC3\xA9");
  const std::string_view text = "1\nmain\ne\nJ\xE9\n";
  std::string little;
  std::string big = "\xFE\xFF";
  for (const char c : text) {
    little += {c, '\0'};
    big += {'\0', c};
  }
  BOOST_TEST(examiner(little, true) == "J\xC3\xA9");
  BOOST_TEST(examiner(big, true) == "J\xC3\xA9");
  BOOST_TEST(examiner("", false) == "");
  BOOST_TEST(examiner("main", false) == "");
  BOOST_TEST(examiner("main\ne\tc", false) == "");
}

BOOST_AUTO_TEST_CASE(a_long_value_is_cut_between_characters) {
  std::string text = "main\ne\nx";
  for (int i = 0; i < 200; ++i) {
    text += "\xC3\xA9";
  }
  const auto packed = fixture::zlib_stored(std::as_bytes(std::span(text)));
  const std::string shown = must(EwfCase::parse(packed, false)).examiner;
  BOOST_TEST(shown.size() == 199U);
  BOOST_TEST(shown.ends_with("\xC3\xA9"));
}

BOOST_AUTO_TEST_CASE(texts_of_more_than_a_megabyte_are_refused) {
  const std::string text(std::size_t{1} << 20, 'x');
  const auto fits = fixture::zlib_stored(std::as_bytes(std::span(text)));
  BOOST_TEST(is_ok(EwfCase::parse(fits, false)));
  const std::string longer = text + "x";
  const auto refused = fixture::zlib_stored(std::as_bytes(std::span(longer)));
  BOOST_TEST(is_status(EwfCase::parse(refused, false), Status::corrupt));
}

BOOST_AUTO_TEST_SUITE_END()
