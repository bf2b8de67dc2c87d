// SPDX-License-Identifier: Apache-2.0
#include "engine/servicing/inf.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "engine/servicing/inf_version.h"
#include "tests/engine/servicing/inf_support.h"
#include "tests/support/mutate.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

std::string text(std::u16string_view units) {
  return to_utf8(units);
}

bool has_code(const Diagnostics& findings, std::string_view code) {
  for (const Diagnostic& finding : findings.items()) {
    if (finding.code == code) {
      return true;
    }
  }
  return false;
}

std::vector<std::byte> joined(std::initializer_list<std::uint8_t> mark,
                              std::vector<std::byte> bytes) {
  std::vector<std::byte> all;
  for (const std::uint8_t byte : mark) {
    all.push_back(std::byte{byte});
  }
  all.insert(all.end(), bytes.begin(), bytes.end());
  return all;
}

struct Encoded {
  const char* name;
  std::vector<std::byte> bytes;
  std::u16string expected;  // the value of Name
};
std::ostream& operator<<(std::ostream& out, const Encoded& encoded) {
  return out << encoded.name;
}

const std::u16string grey = u"[Strings]\r\nName = \"Größe ☃\"\r\n";

const std::vector<Encoded> encodings = {
    {"UTF-16 with a mark", joined({0xFF, 0xFE}, utf16_bytes(grey)), u"Größe ☃"},
    {"UTF-16 without a mark", utf16_bytes(grey), u"Größe ☃"},
    {"big-endian UTF-16", joined({0xFE, 0xFF}, utf16_bytes(grey, true)), u"Größe ☃"},
    {"UTF-8",
     bytes_of("[Strings]\nName=\"Gr\xC3\xB6\xC3\x9F"
              "e \xE2\x98\x83\"\n"),
     u"Größe ☃"},
    {"UTF-8 with a mark", joined({0xEF, 0xBB, 0xBF}, bytes_of("[Strings]\nName=\xC3\xB6\n")), u"ö"},
    {"Windows-1252", bytes_of("[Strings]\nName = Ger\xE4t \x80 f\xFCr \x84\xDC\x93\n"),
     u"Gerät € für „Ü“"},
    {"code page 932",
     bytes_of("[Strings]\nName = \x83\x76\x83\x8A\x83\x93\x83\x5E \x88\xF3\x8D\xFC\xB6\n"),
     u"プリンタ 印刷ｶ"},
    {"one byte that is in no code page", bytes_of("[Strings]\nName = a\x81\n"), u"a\uFFFD"}};

}  // namespace

BOOST_AUTO_TEST_SUITE(inf)

BOOST_DATA_TEST_CASE(reads_every_encoding, boost::unit_test::data::make(encodings), encoded) {
  const Inf inf = must(parse_inf(encoded.bytes));
  BOOST_TEST(text(inf.value(u"Strings", u"Name")) == text(encoded.expected));
}

BOOST_AUTO_TEST_CASE(sections_of_one_name_are_one) {
  const Inf inf = inf_of("[A]\nx=1\n[b]\ny=2\n[a]\nx=3\nz=4\n");
  BOOST_TEST_REQUIRE(inf.sections().size() == 2U);
  BOOST_TEST(text(inf.sections()[0].name) == "A");
  BOOST_TEST(inf.sections()[0].lines.size() == 3U);
  BOOST_TEST(text(inf.value(u"a", u"X")) == "1");
  BOOST_TEST(text(inf.value(u"A", u"Z")) == "4");
  BOOST_TEST((inf.section(u"c") == nullptr));
  BOOST_TEST(inf.value(u"A", u"nothing").empty());
}

BOOST_AUTO_TEST_CASE(a_backslash_continues_a_line_and_one_in_quotes_does_not) {
  const Inf inf = inf_of(
      "[A]\nx = one, \\  ; with a comment\n   two,\\\nthree\npath = \"C:\\\"\nend = PCI\\\n");
  const auto& lines = inf.section(u"A")->lines;
  BOOST_TEST_REQUIRE(lines.size() == 3U);
  BOOST_TEST_REQUIRE(lines[0].fields.size() == 3U);
  BOOST_TEST(text(lines[0].fields[2]) == "three");
  BOOST_TEST(text(lines[1].fields[0]) == "C:\\");
  BOOST_TEST(text(lines[2].fields[0]) == "PCI");
}

BOOST_AUTO_TEST_CASE(quotes_keep_commas_comments_and_equals) {
  const Inf inf = inf_of(
      "[A]\n\"k=1\" = \"a,b;c\"\"d\" , e ; f\nonly, \"two words\" here\nempty=\nopen = \"x ; y\n"
      "next = z\n");
  const auto& lines = inf.section(u"A")->lines;
  BOOST_TEST_REQUIRE(lines.size() == 5U);
  BOOST_TEST(text(lines[0].key) == "k=1");
  BOOST_TEST_REQUIRE(lines[0].fields.size() == 2U);
  BOOST_TEST(text(lines[0].fields[0]) == "a,b;c\"d");
  BOOST_TEST(text(lines[0].fields[1]) == "e");
  BOOST_TEST(lines[1].key.empty());
  BOOST_TEST(text(lines[1].fields[1]) == "two words here");
  BOOST_TEST(text(lines[2].key) == "empty");
  BOOST_TEST(lines[2].fields.empty());
  BOOST_TEST(text(lines[3].fields[0]) == "x ; y");
  BOOST_TEST(text(lines[4].fields[0]) == "z");
}

BOOST_AUTO_TEST_CASE(strings_are_english_first_then_the_plain_ones_then_any) {
  const Inf inf = inf_of(
      "[A]\nx=%One%-%two%-%three%\ny=100%% of %none% 50% of %ONE%\n"
      "[Strings.0407]\nThree=drei\nOne=eins\n[Strings]\nOne=uno\nTwo=dos\n[strings.0409]\nOne="
      "one\n");
  BOOST_TEST(text(inf.value(u"A", u"x")) == "one-dos-drei");
  BOOST_TEST(text(inf.value(u"A", u"y")) == "100% of %none% 50% of one");
}

BOOST_AUTO_TEST_CASE(a_string_is_not_replaced_again) {
  const Inf inf = inf_of("[A]\nx=%a%\n[Strings]\na=\"%b%%b%\"\nb=\"%a%%a%\"\n");
  BOOST_TEST(text(inf.value(u"A", u"x")) == "%b%%b%");
}

BOOST_AUTO_TEST_CASE(strings_that_make_text_long_are_cut) {
  std::string many = "[A]\nx=";
  for (int i = 0; i < 1000; ++i) {
    many += "%a%";
  }
  const Inf inf = inf_of(many + "\n[Strings]\na=" + std::string(100'000, 'x') + "\n");
  BOOST_TEST(inf.value(u"A", u"x").size() == max_inf_string);
}

BOOST_AUTO_TEST_CASE(what_is_malformed_is_a_finding_and_hides_nothing) {
  const Inf inf = inf_of("stray\n[A\nx=1\n[B]\ny=2\n");
  BOOST_TEST(has_code(inf.diagnostics(), "inf-syntax"));
  BOOST_TEST(text(inf.value(u"A", u"x")) == "1");
  BOOST_TEST(text(inf.value(u"B", u"y")) == "2");
  BOOST_TEST(inf_of(example_inf).diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(text_without_a_section_is_no_inf) {
  BOOST_TEST(is_status(parse_inf({}), Status::corrupt));
  BOOST_TEST(is_status(parse_inf(bytes_of("; only a comment\n")), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(limits_are_told) {
  const std::vector<std::byte> huge((std::size_t{16} << 20) + 1, std::byte{'['});
  BOOST_TEST(is_status(parse_inf(huge), Status::limit_exceeded));
  std::string lines = "[A]\n";
  for (int i = 0; i < 300'001; ++i) {
    lines += "x\n";
  }
  const Inf inf = inf_of(lines);
  BOOST_TEST(has_code(inf.diagnostics(), "inf-cut"));
  BOOST_TEST(inf.section(u"A")->lines.size() == 300'000U);
}

BOOST_AUTO_TEST_CASE(an_inf_that_is_cut_anywhere_gives_what_it_still_has) {
  const auto whole = bytes_of(example_inf);
  const auto wide = utf16_bytes(std::u16string(example_inf.begin(), example_inf.end()));
  std::size_t read = 0;
  for (const auto& bytes : {whole, wide}) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const auto inf = parse_inf(prefix(bytes, size));
      read += inf ? 1U : 0U;
      if (inf) {
        (void)read_inf_version(*inf, std::nullopt);
      }
    }
  }
  BOOST_TEST(read > whole.size());
}

BOOST_AUTO_TEST_CASE(the_version_section_is_read) {
  const Inf inf = inf_of(example_inf);
  const InfVersion version = read_inf_version(inf, InfArchitecture::amd64);
  BOOST_TEST(text(version.class_name) == "SCSIAdapter");
  BOOST_TEST(version.class_guid.value().to_string() == "4d36e97b-e325-11ce-bfc1-08002be10318");
  BOOST_TEST(text(version.provider) == "Example, Inc.");
  BOOST_TEST(version.date.value().to_iso8601() == "2023-04-17T00:00:00.0000000Z");
  BOOST_TEST((version.version.value() == std::array<std::uint16_t, 4>{1, 2, 3, 4}));
  BOOST_TEST(text(version.catalog_file) == "example.cat");
  BOOST_TEST(text(read_inf_version(inf, InfArchitecture::x86).catalog_file) == "example32.cat");
}

BOOST_AUTO_TEST_CASE(versions_and_dates_that_are_none_are_absent) {
  const auto driver_ver = [](const std::string& value) {
    return read_inf_version(inf_of("[Version]\nDriverVer=" + value + "\n"), std::nullopt);
  };
  BOOST_TEST(
      (driver_ver("1-2-2003,5").version.value() == std::array<std::uint16_t, 4>{5, 0, 0, 0}));
  BOOST_TEST(driver_ver("1-2-2003,5").date.value().to_iso8601() == "2003-01-02T00:00:00.0000000Z");
  for (const char* bad : {"13/01/2003,1.2.3.4.5", "02/30/2003,1.2.65536", "0x1/2/2003,1..2",
                          "4294967297/1/2003,x", "1/2/99999,", "1/2,-1"}) {
    BOOST_TEST_CONTEXT(bad) {
      BOOST_TEST(!driver_ver(bad).date.has_value());
      BOOST_TEST(!driver_ver(bad).version.has_value());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
