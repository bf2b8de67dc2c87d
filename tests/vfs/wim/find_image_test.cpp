// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/vfs/wim/wim_support.h"
#include "vfs/wim/wim_file.h"

namespace casement::wim {
namespace {

using fixture::WimBuilder;
using test::has_finding;
using test::is_ok;
using test::is_status;
using test::mentions;
using test::must;
using test::open_wim;
using test::RawBytes;
using test::read_blob;
using test::try_open_wim;
namespace at = fixture::wim_header_offset;

using enum fixture::WimCompression;

BOOST_AUTO_TEST_SUITE(wim_images)

WimBuilder editions() {
  WimBuilder builder({.compression = lzx, .boot_index = 2});
  builder.add_image({.name = "Windows 11 Home",
                     .flags = "Core",
                     .display_name = "Home",
                     .windows = fixture::WimWindows{.edition_id = "Core"}});
  builder.add_image({.name = "Windows 11 Pro",
                     .flags = "Professional",
                     .display_name = "Pro",
                     .windows = fixture::WimWindows{.edition_id = "Professional"}});
  builder.add_image({.name = "windows 11 pro", .display_name = "pro"});
  return builder;
}

BOOST_AUTO_TEST_CASE(lists_images_with_what_the_xml_says) {
  const WimFilePtr file = open_wim(editions().build());
  BOOST_REQUIRE_EQUAL(file->images().size(), 3U);
  BOOST_TEST(file->images()[1].index == 2U);
  BOOST_TEST(file->images()[1].name == "Windows 11 Pro");
  BOOST_TEST(file->images()[1].windows->edition_id == "Professional");
  BOOST_TEST(file->header().image_count == 3U);
  BOOST_TEST(file->header().boot_index == 2U);
  BOOST_TEST(file->xml().starts_with("<WIM>"));
  BOOST_TEST(to_string(file->header().compression) == "LZX");
  BOOST_TEST((must(file->file_system(1))->info().label == u"Windows 11 Home"));
  const auto none = file->file_system(4);
  BOOST_TEST(is_status(none, Status::not_found));
  BOOST_TEST(mentions(none.error().message(), {"no image 4", "has 3"}));
  BOOST_TEST(is_status(file->file_system(0), Status::not_found));
}

BOOST_AUTO_TEST_CASE(finds_images_by_what_they_are_called) {
  const WimFilePtr file = open_wim(editions().build());
  const auto find = [&](const char* name) { return must(find_image(*file, name)).value_or(0); };
  BOOST_TEST(find("Windows 11 Home") == 1U);
  BOOST_TEST(find("WINDOWS 11 HOME") == 1U);
  BOOST_TEST(find("Windows 11 Pro") == 2U);  // exactly
  BOOST_TEST(find("windows 11 pro") == 3U);
  BOOST_TEST(find("Home") == 1U);
  BOOST_TEST(find("professional") == 2U);
  BOOST_TEST(find("Windows 10") == 0U);
  BOOST_TEST(find("") == 0U);
  const auto both = find_image(*file, "WINDOWS 11 PRO");
  BOOST_TEST(is_status(both, Status::invalid_argument));
  BOOST_TEST(mentions(both.error().message(), {"WINDOWS 11 PRO", "2, 3"}));
}

BOOST_AUTO_TEST_CASE(an_image_about_which_the_xml_says_nothing_has_an_index) {
  WimBuilder builder(
      {.raw_xml = fixture::wim_xml_bytes("<WIM><IMAGE INDEX=\"2\"><NAME>two</NAME></IMAGE>"
                                         "<IMAGE INDEX=\"2\"><NAME>again</NAME></IMAGE>"
                                         "<IMAGE INDEX=\"7\"><NAME>seven</NAME></IMAGE></WIM>")});
  builder.add_image();
  builder.add_image();
  const WimFilePtr file = open_wim(builder.build());
  BOOST_REQUIRE_EQUAL(file->images().size(), 2U);
  BOOST_TEST(file->images()[0].index == 1U);
  BOOST_TEST(file->images()[0].name.empty());
  BOOST_TEST(file->images()[1].name == "two");
  BOOST_TEST(mentions(test::finding_texts(file->diagnostics()),
                      {"wim-xml-images", "\"again\"", "was there before", "\"seven\"",
                       "is not there", "nothing about 1 of 2"}));
}

BOOST_AUTO_TEST_CASE(xml_that_cannot_be_read_is_a_finding) {
  for (const auto& xml : {fixture::wim_xml_bytes("<WIM><IMAGE>"), fixture::wim_xml_bytes("no XML"),
                          RawBytes{std::byte{0x80}, std::byte{0x81}}}) {
    WimBuilder builder({.raw_xml = xml});
    builder.add_image();
    const WimFilePtr file = open_wim(builder.build());
    BOOST_TEST(has_finding(file->diagnostics(), "wim-xml"));
    BOOST_REQUIRE_EQUAL(file->images().size(), 1U);
    BOOST_TEST(file->images()[0].index == 1U);
    BOOST_TEST(is_ok(file->file_system(1)));
  }
  WimBuilder builder({.raw_xml = RawBytes()});
  builder.add_image();
  const WimFilePtr file = open_wim(builder.build());
  BOOST_TEST(file->xml().empty());
  BOOST_TEST(file->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(huge_xml_is_a_finding_and_not_read) {
  WimBuilder builder;
  builder.add_image();
  RawBytes bytes = builder.build();
  // It ends where the file ends, and begins far in front of it: sparse in a real file.
  auto xml = fixture::get_wim_resource(bytes, at::xml_data);
  const std::size_t huge = (std::size_t{32} << 20) + 2;
  xml.size_in_wim = xml.size = huge;
  bytes.resize(bytes.size() + huge);
  fixture::put_wim_resource(bytes, at::xml_data, xml);
  const WimFilePtr file = open_wim(bytes);
  BOOST_TEST(has_finding(file->diagnostics(), "wim-xml"));
  BOOST_TEST(file->images().size() == 1U);
}

BOOST_AUTO_TEST_CASE(counts_that_differ_are_findings) {
  WimBuilder builder;
  builder.add_image();
  builder.add_image();
  RawBytes bytes = builder.build();
  fixture::put_u32(bytes, at::image_count, 3);
  fixture::put_u32(bytes, at::boot_index, 9);
  const WimFilePtr file = open_wim(bytes);
  BOOST_TEST(file->images().size() == 2U);
  BOOST_TEST(mentions(test::finding_texts(file->diagnostics()),
                      {"wim-image-count", "3 images by the header, but 2 metadata resources",
                       "wim-boot-index", "image 9"}));
}

BOOST_AUTO_TEST_CASE(flags_that_say_that_something_is_missing_are_findings) {
  namespace flag = fixture::wim_flag;
  WimBuilder builder(
      {.flags = flag::write_in_progress | flag::resource_only | flag::metadata_only});
  builder.file("\\a", "content");
  const WimFilePtr file = open_wim(builder.build());
  BOOST_TEST(file->header().write_in_progress);
  BOOST_TEST(mentions(test::finding_texts(file->diagnostics()),
                      {"wim-write-in-progress", "wim-resource-only", "wim-metadata-only"}));
  BOOST_TEST(read_blob(*file, "content") == "content");
}

BOOST_AUTO_TEST_CASE(refuses_encrypted_files) {
  WimBuilder builder({.raw_xml = fixture::wim_xml_bytes(
                          "<WIM><ESD><ENCRYPTED><KEY>AQAB</KEY></ENCRYPTED></ESD></WIM>")});
  builder.add_image();
  RawBytes bytes = builder.build();
  const auto opened = try_open_wim(bytes);
  BOOST_TEST(is_status(opened, Status::unsupported));
  BOOST_TEST(mentions(opened.error().message(), {"test.wim", "encrypted ESD"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
