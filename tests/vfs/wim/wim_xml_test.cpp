// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/wim_xml.h"

#include <boost/test/unit_test.hpp>

#include "fixtures/build/wim/wim_options.h"
#include "tests/support/matchers.h"
#include "tests/vfs/wim/wim_support.h"
#include "vfs/core/utf16.h"

namespace casement::wim {
namespace {

using test::bytes_of;
using test::is_status;
using test::mentions;
using test::must;

WimXml parse(std::string_view text) {
  return must(parse_wim_xml(text));
}

BOOST_AUTO_TEST_SUITE(wim_xml)

BOOST_AUTO_TEST_CASE(gives_every_fact_of_an_image) {
  const WimXml xml = parse(R"(<WIM><TOTALBYTES>99</TOTALBYTES><IMAGE INDEX="1">
    <DIRCOUNT>21</DIRCOUNT><FILECOUNT>103</FILECOUNT><TOTALBYTES>17000000000</TOTALBYTES>
    <HARDLINKBYTES>5</HARDLINKBYTES>
    <CREATIONTIME><HIGHPART>0x01D5C0FF</HIGHPART><LOWPART>0x12345678</LOWPART></CREATIONTIME>
    <LASTMODIFICATIONTIME><HIGHPART>0x1</HIGHPART><LOWPART>2</LOWPART></LASTMODIFICATIONTIME>
    <WIMBOOT>1</WIMBOOT>
    <WINDOWS><ARCH>9</ARCH><PRODUCTNAME>Microsoft Windows</PRODUCTNAME>
      <EDITIONID>Professional</EDITIONID><INSTALLATIONTYPE>Client</INSTALLATIONTYPE>
      <SERVICINGDATA><GDRDUREVISION>0</GDRDUREVISION></SERVICINGDATA>
      <PRODUCTTYPE>WinNT</PRODUCTTYPE><PRODUCTSUITE>Terminal Server</PRODUCTSUITE>
      <LANGUAGES><LANGUAGE>de-DE</LANGUAGE><LANGUAGE>en-US</LANGUAGE><DEFAULT>de-DE</DEFAULT>
      </LANGUAGES>
      <VERSION><MAJOR>10</MAJOR><MINOR>0</MINOR><BUILD>22621</BUILD><SPBUILD>525</SPBUILD>
        <SPLEVEL>0</SPLEVEL></VERSION>
      <SYSTEMROOT>WINDOWS</SYSTEMROOT><HAL>acpiapic</HAL></WINDOWS>
    <NAME>Tom &amp; &lt;Jerry&gt; &#228;</NAME><DESCRIPTION>a b</DESCRIPTION>
    <FLAGS>Professional</FLAGS><DISPLAYNAME>Pro</DISPLAYNAME>
    <DISPLAYDESCRIPTION>The Pro</DISPLAYDESCRIPTION></IMAGE></WIM>)");
  BOOST_TEST(!xml.encrypted);
  BOOST_REQUIRE_EQUAL(xml.images.size(), 1U);
  const ImageClaims& image = xml.images[0];
  BOOST_TEST(image.index == 1U);
  BOOST_TEST(image.name == "Tom & <Jerry> \u00E4");
  BOOST_TEST(image.description == "a b");
  BOOST_TEST(image.display_name == "Pro");
  BOOST_TEST(image.display_description == "The Pro");
  BOOST_TEST(image.flags == "Professional");
  BOOST_TEST(image.directory_count.value() == 21U);
  BOOST_TEST(image.file_count.value() == 103U);
  BOOST_TEST(image.total_bytes.value() == 17'000'000'000U);
  BOOST_TEST(image.hard_link_bytes.value() == 5U);
  BOOST_TEST(image.created.value().ticks == 0x01D5'C0FF'1234'5678U);
  BOOST_TEST(image.modified.value().ticks == 0x1'0000'0002U);
  BOOST_TEST(image.wim_boot.value());
  const WindowsClaims& windows = image.windows.value();
  BOOST_TEST(windows.architecture.value() == 9U);
  BOOST_TEST(windows.product_name == "Microsoft Windows");
  BOOST_TEST(windows.edition_id == "Professional");
  BOOST_TEST(windows.installation_type == "Client");
  BOOST_TEST(windows.product_type == "WinNT");
  BOOST_TEST(windows.product_suite == "Terminal Server");
  BOOST_TEST(windows.hal == "acpiapic");
  BOOST_TEST(windows.system_root == "WINDOWS");
  BOOST_REQUIRE_EQUAL(windows.languages.size(), 2U);
  BOOST_TEST(windows.languages[1] == "en-US");
  BOOST_TEST(windows.default_language == "de-DE");
  const ClaimedVersion& version = windows.version.value();
  BOOST_TEST(version.major == 10U);
  BOOST_TEST(version.build == 22621U);
  BOOST_TEST(version.sp_build.value() == 525U);
  BOOST_TEST(version.sp_level.value() == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_not_said_is_absent) {
  const WimXml xml = parse("<WIM><IMAGE INDEX=\"2\"/><IMAGE/></WIM>");
  BOOST_REQUIRE_EQUAL(xml.images.size(), 2U);
  BOOST_TEST(xml.images[0].index == 2U);
  BOOST_TEST(xml.images[1].index == 0U);
  BOOST_TEST(!xml.images[0].file_count);
  BOOST_TEST(!xml.images[0].created);
  BOOST_TEST(!xml.images[0].wim_boot);
  BOOST_TEST(!xml.images[0].windows);
  BOOST_TEST(xml.images[0].name.empty());
}

BOOST_AUTO_TEST_CASE(numbers_that_are_none_are_absent) {
  const WimXml xml = parse(R"(<WIM><IMAGE INDEX="one"><FILECOUNT>12x</FILECOUNT>
    <DIRCOUNT>-1</DIRCOUNT><TOTALBYTES>99999999999999999999</TOTALBYTES>
    <HARDLINKBYTES>
      0x10 </HARDLINKBYTES><CREATIONTIME><HIGHPART>1</HIGHPART></CREATIONTIME></IMAGE></WIM>)");
  const ImageClaims& image = xml.images.at(0);
  BOOST_TEST(image.index == 0U);
  BOOST_TEST(!image.file_count);
  BOOST_TEST(!image.directory_count);
  BOOST_TEST(!image.total_bytes);
  BOOST_TEST(image.hard_link_bytes.value() == 16U);
  BOOST_TEST(!image.created);
}

BOOST_AUTO_TEST_CASE(tells_encrypted_files) {
  BOOST_TEST(parse("<WIM><ESD><ENCRYPTED><KEY>AQAB</KEY></ENCRYPTED></ESD></WIM>").encrypted);
  BOOST_TEST(!parse("<WIM><ESD/></WIM>").encrypted);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_xml_of_a_wim) {
  BOOST_TEST(is_status(parse_wim_xml(""), Status::corrupt));
  BOOST_TEST(is_status(parse_wim_xml("<WIM><IMAGE></WIM>"), Status::corrupt));
  BOOST_TEST(is_status(parse_wim_xml("<HTML/>"), Status::corrupt));
  BOOST_TEST(mentions(parse_wim_xml("<WIM><IMAGE></WIM>").error().message(), {"character"}));
}

BOOST_AUTO_TEST_CASE(reads_utf16_and_utf8_with_and_without_their_marks) {
  const std::string text = "<WIM>\u00E4\U0001F600</WIM>";
  const auto wide = from_utf8(text).value();
  std::string little;
  for (const char16_t unit : wide) {
    little += static_cast<char>(unit & 0xFF);
    little += static_cast<char>(unit >> 8);
  }
  const auto read = [](const std::string& stored) { return must(xml_to_utf8(bytes_of(stored))); };
  BOOST_TEST(read("\xFF\xFE" + little) == text);
  BOOST_TEST(read(little) == text);
  BOOST_TEST(read("\xFF\xFE" + little + std::string(4, '\0')) == text);
  BOOST_TEST(read(text) == text);
  BOOST_TEST(read("\xEF\xBB\xBF" + text + std::string(1, '\0')) == text);
  BOOST_TEST(read("").empty());
  BOOST_TEST(read(std::string(6, '\0')).empty());
  BOOST_TEST(is_status(xml_to_utf8(bytes_of("<WIM>\x80</WIM>")), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(entities_of_its_own_are_not_expanded) {
  const auto stored = fixture::wim_xml_bomb();
  const std::string text = must(xml_to_utf8(stored));
  const auto xml = parse_wim_xml(text);
  if (xml) {  // the document type is skipped, and what uses it stays as it is
    for (const ImageClaims& image : xml->images) {
      BOOST_TEST(image.name.size() < 100U);
    }
  }
  const WimXml small = parse(
      "<!DOCTYPE WIM [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
      "<!ENTITY c SYSTEM \"file:///etc/hostname\">]>"
      "<WIM><IMAGE INDEX=\"1\"><NAME>&b;</NAME><FLAGS>&c;</FLAGS></IMAGE></WIM>");
  BOOST_TEST(small.images.at(0).name == "&b;");
  BOOST_TEST(small.images.at(0).flags == "&c;");
}

BOOST_AUTO_TEST_CASE(deep_nesting_costs_no_stack) {
  constexpr std::size_t depth = 300'000;
  std::string text = "<WIM>";
  for (std::size_t i = 0; i < depth; ++i) {
    text += "<a>";
  }
  for (std::size_t i = 0; i < depth; ++i) {
    text += "</a>";
  }
  text += "<IMAGE INDEX=\"1\"/></WIM>";
  BOOST_TEST(parse(text).images.size() == 1U);
  BOOST_TEST(is_status(parse_wim_xml(std::string_view(text).substr(0, depth)), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(repeated_elements_are_bounded) {
  std::string text = "<WIM><IMAGE INDEX=\"1\"><WINDOWS><LANGUAGES>";
  for (int i = 0; i < 5000; ++i) {
    text += "<LANGUAGE>xx</LANGUAGE>";
  }
  text += "</LANGUAGES></WINDOWS></IMAGE>";
  for (int i = 0; i < 70'000; ++i) {
    text += "<IMAGE/>";
  }
  text += "</WIM>";
  const WimXml xml = parse(text);
  BOOST_TEST(xml.images.size() == 65535U);
  BOOST_TEST(xml.images[0].windows->languages.size() == 1000U);
}

BOOST_AUTO_TEST_CASE(survives_every_prefix) {
  const std::string text =
      "<?xml version=\"1.0\"?><!DOCTYPE WIM [<!ENTITY a \"b\">]><WIM><!-- c --><IMAGE INDEX='1'>"
      "<NAME><![CDATA[x]]>&amp;</NAME></IMAGE></WIM>";
  for (std::size_t size = 0; size < text.size(); ++size) {
    BOOST_TEST(is_status(parse_wim_xml(std::string_view(text).substr(0, size)), Status::corrupt));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
