// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/list_writer.h"

#include <boost/test/unit_test.hpp>

#include "tests/cli/parse_json.h"
#include "tools/casement/render/attributes.h"

using namespace casement;
using namespace casement::cli;
using casement::test::json_text;
using casement::test::parse_json;

namespace {

/// 2024-01-02T03:04:05.0000006Z.
constexpr FileTime some_time{133486382450000006ULL};

NodeInfo file_of(std::uint64_t size) {
  NodeInfo info;
  info.size = size;
  info.attributes = file_attribute::archive | file_attribute::hidden;
  info.modified = some_time;
  return info;
}

std::string text_of(const LsOptions& options, const ListedPath& path, const ListedEntry& entry) {
  std::string out;
  const auto writer = make_list_text_writer(out, options);
  writer->begin();
  writer->entry(path, entry);
  writer->finish();
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(list_writer)

BOOST_AUTO_TEST_CASE(has_a_column_for_each_attribute) {
  NodeInfo info;
  info.attributes = 0xFFFFFFFF;
  const auto all = attribute_letters(info);
  BOOST_TEST(std::string(all.data(), all.size()) == "DRHSACEPLO");
  info.attributes = file_attribute::normal;
  const auto none = attribute_letters(info);
  BOOST_TEST(std::string(none.data(), none.size()) == "----------");
}

BOOST_AUTO_TEST_CASE(marks_directories_and_links_whose_attributes_do_not_say_so) {
  NodeInfo info;
  info.kind = NodeKind::directory;
  BOOST_TEST(attribute_letters(info)[0] == 'D');
  info.kind = NodeKind::reparse_point;
  BOOST_TEST(attribute_letters(info)[8] == 'L');
}

BOOST_AUTO_TEST_CASE(names_attributes_and_leaves_out_unknown_bits) {
  BOOST_TEST(attribute_names(0x80000001 | 0x2000) == "read-only, not indexed");
  BOOST_TEST(attribute_names(0).empty());
}

BOOST_AUTO_TEST_CASE(knows_cloud_tags_of_every_provider) {
  BOOST_TEST(std::string(reparse_tag_name(0x9000701A)) == "cloud file");
  BOOST_TEST(reparse_tag_name(0x12345678) == nullptr);
}

BOOST_AUTO_TEST_CASE(prints_a_file_in_columns) {
  const NodeInfo info = file_of(1234);
  BOOST_TEST(text_of({}, {"\\dir\\a.txt", 5},
                     {.node = {7}, .name = u"a.txt", .short_name = u"", .info = &info}) ==
             "--H-A-----             1234  2024-01-02T03:04:05Z  a.txt\n");
}

BOOST_AUTO_TEST_CASE(prints_the_largest_numbers_whole) {
  NodeInfo info = file_of(UINT64_MAX);
  info.modified = {};
  LsOptions options;
  options.deleted = true;
  BOOST_TEST(
      text_of(options, {"\\a", 1},
              {.node = {UINT64_MAX}, .name = u"a", .short_name = u"", .info = &info}) ==
      "live     18446744073709551615  --H-A-----  18446744073709551615                     -  a\n");
}

BOOST_AUTO_TEST_CASE(marks_deleted_and_orphan_entries_in_a_column_that_no_name_can_reach) {
  const NodeInfo info = file_of(1);
  LsOptions options;
  options.deleted = true;
  options.format = ListFormat::names;
  ListedEntry entry{.node = {5}, .name = u"a", .short_name = u"", .info = &info, .deleted = true};
  BOOST_TEST(text_of(options, {"\\a", 1}, entry) == "deleted                     5  \\a\n");
  entry.orphan = true;
  BOOST_TEST(text_of(options, {"?\\a", 2}, entry) == "orphan                      5  ?\\a\n");
}

BOOST_AUTO_TEST_CASE(pads_short_names_by_what_is_seen) {
  const NodeInfo info = file_of(1);
  LsOptions options;
  options.short_names = true;
  const std::string line = text_of(
      options, {"\\long name", 1},
      {.node = {5}, .name = u"long name", .short_name = u"\u65E5\u672C~1.TXT", .info = &info});
  BOOST_TEST(line.ends_with("\xE6\x97\xA5\xE6\x9C\xAC~1.TXT    long name\n"));
}

BOOST_AUTO_TEST_CASE(shows_where_links_lead_with_control_characters_made_visible) {
  NodeInfo info;
  info.kind = NodeKind::reparse_point;
  info.reparse_tag = reparse_tag::symlink;
  const std::string line = text_of(
      {}, {"\\l", 1},
      {.node = {5}, .name = u"l", .short_name = u"", .info = &info, .target = u"C:\\\x1B[31m"});
  BOOST_TEST(line.ends_with("  l@ -> C:\\\\u{1B}[31m\n"));
}

BOOST_AUTO_TEST_CASE(names_the_tag_of_a_reparse_point_that_leads_nowhere) {
  NodeInfo info;
  info.kind = NodeKind::reparse_point;
  info.reparse_tag = 0x8000001B;
  const std::string line =
      text_of({}, {"\\l", 1}, {.node = {5}, .name = u"l", .short_name = u"", .info = &info});
  BOOST_TEST(line.ends_with("  l@ -> (app execution link, reparse tag 0x8000001b)\n"));
}

BOOST_AUTO_TEST_CASE(lists_streams_below_their_file) {
  const NodeInfo info = file_of(1);
  const std::vector<StreamInfo> streams{{u"Zone.Identifier", 26}};
  const std::string text =
      text_of({}, {"\\a", 1},
              {.node = {5}, .name = u"a", .short_name = u"", .info = &info, .streams = &streams});
  BOOST_TEST(text.ends_with(
      "  a\n                         26                        a:Zone.Identifier\n"));
}

BOOST_AUTO_TEST_CASE(writes_json_that_gives_every_fact_back) {
  NodeInfo info = file_of(77);
  info.allocated_size = 4096;
  info.reparse_tag = reparse_tag::wof;
  info.content = ContentKind::wof;
  const std::u16string name{u'a', 0xD800, u'"'};
  const std::vector<StreamInfo> streams{{u"s", 1}};
  std::string out;
  const auto writer = make_list_json_writer(out, {});
  writer->begin();
  writer->entry({"\\\\a", 2}, {.node = {UINT64_MAX},
                               .name = name,
                               .short_name = u"A~1",
                               .info = &info,
                               .streams = &streams,
                               .deleted = true,
                               .orphan = true});
  writer->entry({"\\\\b", 2}, {.node = {1}, .name = u"b", .short_name = u"", .info = &info});
  writer->finish();
  const auto document = parse_json(out);
  BOOST_REQUIRE(document.size() == 2);
  const auto& first = document.front().second;
  BOOST_TEST(json_text(first, "path") == "\\a");
  BOOST_TEST(json_text(first, "name") == "a\\u{D800}\"");
  BOOST_TEST(json_text(first, "name_utf16") == "610000d82200");
  BOOST_TEST(json_text(first, "node") == "18446744073709551615");
  BOOST_TEST(json_text(first, "modified") == "2024-01-02T03:04:05.0000006Z");
  BOOST_TEST(json_text(first, "created") == "null");
  BOOST_TEST(json_text(first, "reparse_tag") == "0x80000017");
  BOOST_TEST(json_text(first, "content") == "wof");
  BOOST_TEST(json_text(first, "allocated_size") == "4096");
  BOOST_TEST(json_text(first, "deleted") == "true");
  BOOST_TEST(json_text(first, "orphan") == "true");
  BOOST_TEST(json_text(first.get_child("streams").front().second, "name") == "s");
  const auto& second = document.back().second;
  BOOST_TEST(!second.get_child_optional("deleted").has_value());
  BOOST_TEST(!second.get_child_optional("streams").has_value());
}

BOOST_AUTO_TEST_CASE(writes_an_empty_array_when_there_is_nothing) {
  std::string out;
  const auto writer = make_list_json_writer(out, {});
  writer->begin();
  writer->finish();
  BOOST_TEST(out == "[]\n");
}

BOOST_AUTO_TEST_CASE(writes_a_line_for_each_entry_as_jsonl) {
  const NodeInfo info = file_of(1);
  LsOptions options;
  options.format = ListFormat::jsonl;
  std::string out;
  const auto writer = make_list_json_writer(out, options);
  writer->begin();
  writer->entry({"\\\\a", 2}, {.node = {1}, .name = u"a", .short_name = u"", .info = &info});
  writer->entry({"\\\\b", 2}, {.node = {2}, .name = u"b", .short_name = u"", .info = &info});
  writer->finish();
  const std::size_t end = out.find('\n');
  BOOST_TEST(json_text(parse_json(out.substr(0, end)), "path") == "\\a");
  BOOST_TEST(json_text(parse_json(out.substr(end + 1)), "path") == "\\b");
  BOOST_TEST(out.find('\n', end + 1) == out.size() - 1);
}

BOOST_AUTO_TEST_SUITE_END()
