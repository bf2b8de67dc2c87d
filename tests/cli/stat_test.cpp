// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/stat.h"

#include <boost/test/unit_test.hpp>

#include "tests/cli/parse_json.h"
#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"

using namespace casement;
using namespace casement::cli;
using casement::test::json_text;
using casement::test::MemoryFileSystem;
using casement::test::mentions;
using casement::test::parse_json;

namespace {

StatReport report_of_a_file() {
  auto memory = std::make_shared<MemoryFileSystem>();
  StatReport report;
  report.file = {.file_system = memory,
                 .node = memory->write(u"\\dir\\a\x1B.txt", "text"),
                 .kind = NodeKind::file,
                 .path = u"\\dir\\a\x1B.txt",
                 .stream = {},
                 .drive = u"D:"};
  report.name = u"a\x1B.txt";
  report.short_name = u"A~1.TXT";
  report.info.size = 1'234'567;
  report.info.allocated_size = 4096;
  report.info.attributes = file_attribute::compressed | file_attribute::archive;
  report.info.content = ContentKind::compressed;
  report.info.link_count = 3;
  report.info.created = FileTime{133486382450000006ULL};
  report.streams = {{u"", 1'234'567, 4096}, {u"Zone\nIdentifier", 26, 0}};
  report.security_descriptor.resize(20);
  report.security.owner = "S-1-5-18";
  return report;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stat_)

BOOST_AUTO_TEST_CASE(says_everything_to_people) {
  std::string out;
  render_stat_text(out, report_of_a_file());
  BOOST_TEST(mentions(
      out,
      {"D:\\dir\\a\\u{1B}.txt\n", "Kind              file\n",
       "Size              1,234,567 bytes (1.1 MiB)\n", "On the volume     4,096 bytes (4.0 KiB)\n",
       "Content           compressed\n", "Attributes        archive, compressed (0x00000820)\n",
       "Created           2024-01-02T03:04:05.0000006Z\n", "Modified          not set\n",
       "Hard links        3\n", "8.3 name          A~1.TXT\n", "Owner             S-1-5-18\n",
       "Group             none\n", "Security          20 bytes\n", "Streams\n", "(main)",
       "1,234,567  4,096\n", ":Zone\\u{A}Identifier", "26         -\n"}));
}

BOOST_AUTO_TEST_CASE(says_everything_to_programs_as_valid_json) {
  std::string out;
  render_stat_json(out, report_of_a_file());
  const auto document = parse_json(out);
  BOOST_TEST(json_text(document, "schema") == "casement.stat/1");
  BOOST_TEST(json_text(document, "path") == "D:\\dir\\a\x1B.txt");
  BOOST_TEST(json_text(document, "short_name") == "A~1.TXT");
  BOOST_TEST(json_text(document, "size") == "1234567");
  BOOST_TEST(json_text(document, "security.owner") == "S-1-5-18");
  BOOST_TEST(json_text(document, "security.group") == "null");
  BOOST_TEST(json_text(document, "security.raw") == std::string(40, '0'));
  BOOST_TEST(document.get_child("streams").size() == 2U);
  BOOST_TEST(json_text(document, "volume") == "null");
  BOOST_TEST(json_text(document, "file_system") == "memory");
}

BOOST_AUTO_TEST_CASE(shows_where_a_link_leads_and_no_size) {
  StatReport report = report_of_a_file();
  report.info.kind = NodeKind::reparse_point;
  report.info.reparse_tag = reparse_tag::mount_point;
  report.target = u"C:\\Users";
  std::string out;
  render_stat_text(out, report);
  BOOST_TEST(mentions(out, {"Kind              link\n", "Leads to          C:\\Users\n",
                            "Reparse tag       0xa0000003 (mount point)\n"}));
  BOOST_TEST(out.find("Content") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(calls_a_node_without_a_path_by_its_number) {
  StatReport report = report_of_a_file();
  report.file.path.clear();
  report.file.drive.clear();
  report.file.node = {281474976710701};
  std::string out;
  render_stat_text(out, report);
  BOOST_TEST(out.starts_with("node 281474976710701\n"));
  out.clear();
  render_stat_json(out, report);
  BOOST_TEST(mentions(out, {"\"path\": null", "\"node\": \"281474976710701\""}));
}

BOOST_AUTO_TEST_SUITE_END()
