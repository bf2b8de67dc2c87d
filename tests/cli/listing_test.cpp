// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/listing.h"

#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>

#include "tests/cli/parse_json.h"

using namespace casement;
using namespace casement::cli;
using casement::test::json_text;
using casement::test::parse_json;

namespace {

struct Thing {
  std::u16string name;
  bool ready = false;
  FileTime made;
  std::vector<std::u16string> tags;
  Evidence evidence;
};

void describe_thing(const Thing& thing, FieldSink& sink) {
  sink.text({"name", "Name", Shown::last}, thing.name);
  sink.choice({"state", "State", Shown::column},
              thing.ready ? Choice{"is_ready", "Is Ready"} : Choice{"not_yet", "Not Yet"});
  sink.evidence({"state", "State"}, thing.evidence);
  sink.time({"made", "Made", Shown::column}, thing.made);
  sink.texts({"tags", "Tags"}, thing.tags);
  sink.boolean({"secret", "Secret", Shown::programs}, true);
  sink.begin_items({"parts", "Parts", Shown::tree});
  for (const std::u16string& tag : thing.tags) {
    sink.begin_item();
    sink.text({"part", "Part", Shown::column}, tag);
    sink.number({"size", "Size", Shown::last}, std::uint64_t{tag.size()});
    sink.end_item();
  }
  sink.end_items();
}

const std::vector<Thing> things{
    {.name = u"one, \"two\"",
     .ready = true,
     .made = FileTime::from_unix_seconds(1700000000),
     .tags = {u"a", u"bc"},
     .evidence = {.path = "\\hive", .key = "Key", .value = "Value", .recovered = true}},
    {.name = u"bell \x07 \xD800", .ready = false, .made = {}, .tags = {}, .evidence = {}}};

/// What `print` writes, by way of a pipe: an Output belongs to a descriptor.
template <class Print>
std::string printed(const Print& print) {
  std::array<int, 2> ends{};
  BOOST_REQUIRE(::pipe(ends.data()) == 0);
  {
    Output output(ends[1]);
    print(output);
    BOOST_REQUIRE(output.flush());
  }
  ::close(ends[1]);
  std::string text;
  std::array<char, 4096> piece{};
  for (ssize_t count = 0; (count = ::read(ends[0], piece.data(), piece.size())) > 0;) {
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
  ::close(ends[0]);
  return text;
}

std::string list(ListingFormat format, bool evidence, const std::vector<Thing>& items = things) {
  Listing listing = make_listing("things", "thing", items, describe_thing);
  listing.remark = "the end";
  return printed([&](Output& output) {
    render_listing(output, listing, {.format = format, .evidence = evidence}, FindingList());
  });
}

std::string one(ListingFormat format, bool evidence) {
  const Listing listing = make_listing("things", "thing", things, describe_thing);
  return printed([&](Output& output) {
    render_item(output, listing, 0, {.format = format, .evidence = evidence}, FindingList());
  });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(listing)

BOOST_AUTO_TEST_CASE(a_table_has_the_columns_for_people_in_their_words) {
  BOOST_TEST(list(ListingFormat::text, false) ==
             "  State     Made                  Name\n"
             "  Is Ready  2023-11-14T22:13:20Z  one, \"two\"\n"
             "  Not Yet                         bell \\u{7} \\u{D800}\n"
             "\nthe end\n");
}

BOOST_AUTO_TEST_CASE(a_table_cites_below_each_row) {
  const std::string text = list(ListingFormat::text, true);
  BOOST_TEST(text.find("    - State from \\hive, Key, value Value (recovered from a log)\n") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_table_of_nothing_says_so) {
  BOOST_TEST(list(ListingFormat::text, false, {}) == "No things.\n\nthe end\n");
}

BOOST_AUTO_TEST_CASE(csv_has_every_field_in_the_words_of_programs) {
  BOOST_TEST(list(ListingFormat::csv, false) ==
             "name,state,made,tags,secret\r\n"
             "\"one, \"\"two\"\"\",is_ready,2023-11-14T22:13:20.0000000Z,a; bc,true\r\n"
             "bell \x07 \\u{D800},not_yet,,,true\r\n");
}

BOOST_AUTO_TEST_CASE(csv_of_nothing_has_the_names_of_the_fields) {
  BOOST_TEST(list(ListingFormat::csv, true, {}) ==
             "name,state,made,tags,secret,evidence_path,evidence_key,evidence_value,"
             "evidence_recovered\r\n");
}

BOOST_AUTO_TEST_CASE(json_has_every_field_of_every_item) {
  const auto document = parse_json(list(ListingFormat::json, true));
  BOOST_TEST(json_text(document, "schema") == "casement.things/1");
  const auto& items = document.get_child("things");
  BOOST_TEST(items.size() == 2);
  const auto& first = items.front().second;
  BOOST_TEST(json_text(first, "name") == "one, \"two\"");
  BOOST_TEST(json_text(first, "state") == "is_ready");
  BOOST_TEST(first.get_child("parts").size() == 2);
  BOOST_TEST(json_text(first.get_child("parts").back().second, "size") == "2");
  BOOST_TEST(json_text(first.get_child("evidence").front().second, "fact") == "state");
  const auto& second = items.back().second;
  BOOST_TEST(json_text(second, "made") == "null");
  BOOST_TEST(json_text(second, "name_utf16").ends_with("00d8"));
  BOOST_TEST(document.count("findings") == 1);
}

BOOST_AUTO_TEST_CASE(one_item_has_details_and_what_it_consists_of) {
  BOOST_TEST(one(ListingFormat::text, true) ==
             "  Name              one, \"two\"\n"
             "  State             Is Ready\n"
             "                    from \\hive, Key, value Value (recovered from a log)\n"
             "  Made              2023-11-14T22:13:20Z\n"
             "  Tags              a, bc\n"
             "\nParts\n"
             "  Part  Size\n"
             "  a     1\n"
             "  bc    2\n");
}

BOOST_AUTO_TEST_CASE(one_item_is_a_member_in_json_and_a_record_in_csv) {
  BOOST_TEST(json_text(parse_json(one(ListingFormat::json, false)), "thing.state") == "is_ready");
  BOOST_TEST(one(ListingFormat::csv, false).find("not_yet") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(facts_are_records_of_name_and_value) {
  const auto describe = [](FieldSink& sink) { describe_thing(things.front(), sink); };
  BOOST_TEST(printed([&](Output& output) {
               render_facts(output, "thing", describe,
                            {.format = ListingFormat::csv, .evidence = true}, FindingList());
             }) ==
             "fact,value,evidence_path,evidence_key,evidence_value,evidence_recovered\r\n"
             "name,\"one, \"\"two\"\"\",,,,\r\n"
             "state,is_ready,\\hive,Key,Value,true\r\n"
             "made,2023-11-14T22:13:20.0000000Z,,,,\r\n"
             "tags,a; bc,,,,\r\n"
             "secret,true,,,,\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
