// SPDX-License-Identifier: Apache-2.0
// boot.ini and ARC names.
#include "engine/image/boot_ini.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <span>

namespace casement::test {
namespace {

BootIni parse(std::string_view text) {
  return parse_boot_ini(std::as_bytes(std::span(text)));
}

constexpr std::string_view usual =
    "[boot loader]\r\n"
    "timeout=30\r\n"
    "default=multi(0)disk(0)rdisk(0)partition(2)\\WINDOWS\r\n"
    "[operating systems]\r\n"
    "multi(0)disk(0)rdisk(0)partition(1)\\WINNT=\"Windows 2000\" /fastdetect\r\n"
    "multi(0)disk(0)rdisk(0)partition(2)\\WINDOWS=\"Windows XP\" /NoExecute=OptIn /fastdetect\r\n"
    "C:\\CMDCONS\\BOOTSECT.DAT=\"Recovery Console\" /cmdcons\r\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(boot_ini)

BOOST_AUTO_TEST_CASE(reads_the_menu_in_its_order) {
  const BootIni ini = parse(usual);
  BOOST_TEST_REQUIRE(ini.entries.size() == 3U);
  BOOST_TEST((ini.entries[0].description == u"Windows 2000"));
  BOOST_TEST((ini.entries[1].directory == u"\\WINDOWS"));
  BOOST_TEST(ini.entries[1].switches == "/NoExecute=OptIn /fastdetect");
  BOOST_TEST(ini.timeout.value() == 30U);
}

BOOST_AUTO_TEST_CASE(keeps_disk_and_partition_numbers) {
  const BootIni ini = parse(usual);
  const ArcPath expected{
      .kind = ArcPath::Kind::multi, .controller = 0, .disk = 0, .rdisk = 0, .partition = 2};
  BOOST_TEST((ini.entries[1].arc == expected));
}

BOOST_AUTO_TEST_CASE(marks_the_default_and_no_other) {
  const BootIni ini = parse(usual);
  BOOST_TEST(!ini.entries[0].is_default);
  BOOST_TEST(ini.entries[1].is_default);
  BOOST_TEST(!ini.entries[2].is_default);
}

BOOST_AUTO_TEST_CASE(a_boot_sector_file_has_no_arc_name) {
  const BootIni ini = parse(usual);
  BOOST_TEST(!ini.entries[2].arc.has_value());
  BOOST_TEST(ini.entries[2].location == "C:\\CMDCONS\\BOOTSECT.DAT");
}

BOOST_AUTO_TEST_CASE(compares_sections_and_keys_without_case) {
  const BootIni ini = parse(
      "[Boot Loader]\nTIMEOUT=5\nDefault=SCSI(1)Disk(2)rdisk(0)Partition(3)\\WINNT\n"
      "[OPERATING SYSTEMS]\nscsi(1)disk(2)rdisk(0)partition(3)\\winnt=\"NT\"\n");
  BOOST_TEST(ini.timeout.value() == 5U);
  BOOST_TEST_REQUIRE(ini.entries.size() == 1U);
  BOOST_TEST(ini.entries[0].is_default);
  BOOST_TEST((ini.entries[0].arc->kind == ArcPath::Kind::scsi));
  BOOST_TEST(ini.entries[0].arc->disk == 2U);
}

BOOST_AUTO_TEST_CASE(reads_a_signature_as_hexadecimal) {
  const auto arc = parse_arc_path("signature(8b467c12)disk(1)rdisk(0)partition(2)\\WINNT");
  BOOST_TEST_REQUIRE(arc.has_value());
  BOOST_TEST((arc->path.kind == ArcPath::Kind::signature));
  BOOST_TEST(arc->path.controller == 0x8B467C12U);
  BOOST_TEST(arc->length == 46U);
}

BOOST_AUTO_TEST_CASE(reads_umlauts_of_the_oem_code_page) {
  const BootIni ini =
      parse("[operating systems]\nmulti(0)disk(0)rdisk(0)partition(1)\\W=\"f\x81r\xFE\"\n");
  BOOST_TEST_REQUIRE(ini.entries.size() == 1U);
  BOOST_TEST((ini.entries[0].description == u"f\u00FCr\uFFFD"));
}

BOOST_AUTO_TEST_CASE(takes_a_description_without_quotes) {
  const BootIni ini =
      parse("[operating systems]\nmulti(0)disk(0)rdisk(0)partition(1)\\W=Old NT /sos\n");
  BOOST_TEST((ini.entries.at(0).description == u"Old NT"));
  BOOST_TEST(ini.entries.at(0).switches == "/sos");
}

BOOST_AUTO_TEST_CASE(passes_over_comments_and_lines_without_meaning) {
  const BootIni ini = parse("; multi(0)=x\nnonsense\n[operating systems]\n;a=b\nnothing here\n=\n");
  BOOST_TEST(!ini.timeout.has_value());
  BOOST_TEST(ini.entries.size() == 1U);  // "=" is an entry without a place
  BOOST_TEST(ini.entries[0].location.empty());
}

BOOST_AUTO_TEST_CASE(an_unclosed_quote_ends_with_its_line) {
  const BootIni ini =
      parse("[operating systems]\nmulti(0)disk(0)rdisk(0)partition(1)\\W=\"open\nC:\\=\"next\"\n");
  BOOST_TEST_REQUIRE(ini.entries.size() == 2U);
  BOOST_TEST((ini.entries[0].description == u"open"));
  BOOST_TEST((ini.entries[1].description == u"next"));
}

BOOST_AUTO_TEST_CASE(limits_the_entries) {
  std::string text = "[operating systems]\n";
  for (int i = 0; i < 1000; ++i) {
    text += "C:\\=\"x\"\n";
  }
  BOOST_TEST(parse(text).entries.size() == 256U);
}

BOOST_DATA_TEST_CASE(refuses_what_is_no_arc_name,
                     boost::unit_test::data::make({"", "multi", "multi(0", "multi()disk(0)",
                                                   "multi(0)disk(0)rdisk(0)",
                                                   "multi(x)disk(0)rdisk(0)partition(1)",
                                                   "multi(99999999999)disk(0)rdisk(0)partition(1)",
                                                   "C:\\WINDOWS", "ramdisk(0)disk(0)rdisk(0)"}),
                     text) {
  BOOST_TEST(!parse_arc_path(text).has_value());
}

BOOST_DATA_TEST_CASE(survives_truncation,
                     boost::unit_test::data::xrange(std::size_t{0}, usual.size()), size) {
  BOOST_TEST(parse(usual.substr(0, size)).entries.size() <= 3U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
