// SPDX-License-Identifier: Apache-2.0
// Deleted entries: names, content, directories.
#include <algorithm>

#include "tests/vfs/fat/fat_support.h"
#include "vfs/core/utf16.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

/// The first deleted entry of a scan with this name.
ScanEntry deleted(const FileSystem& volume, std::string_view name) {
  const auto scan = must(volume.scan({.deleted = true}));
  while (const auto entry = must(scan->next())) {
    if (entry->deleted && to_utf8(entry->name) == name) {
      ScanEntry copy = *entry;
      copy.name = {};  // the views end with the scan
      copy.short_name = {};
      return copy;
    }
  }
  BOOST_FAIL("nothing deleted is named " << name);
  return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fat_deleted)

BOOST_AUTO_TEST_CASE(deleted_entries_are_given_on_request_only) {
  fx::FatBuilder builder;
  builder.add_file("KEPT", "kept");
  builder.add_file("GONE.TXT", "gone");
  builder.add_file("A long name", "long");
  builder.remove("GONE.TXT");
  builder.remove("A long name");
  const auto volume = open_built(builder.build());
  BOOST_TEST(names_in(*volume, volume->root()) == (std::vector<std::string>{"KEPT"}),
             boost::test_tools::per_element());
  BOOST_TEST(scan_of(*volume) == (std::vector<std::string>{"+KEPT"}),
             boost::test_tools::per_element());
  BOOST_TEST(scan_of(*volume, {.deleted = true}) ==
                 (std::vector<std::string>{"+KEPT", "+-_ONE.TXT", "+-A long name"}),
             boost::test_tools::per_element());
  BOOST_TEST(!must(volume->lookup(volume->root(), u"A long name")).has_value());
}

BOOST_AUTO_TEST_CASE(a_deleted_long_name_gives_back_the_first_byte_of_the_8_3_name) {
  fx::FatBuilder builder;
  for (const char16_t* const name : {u"Quarterly report.docx", u"übung.txt", u"+plus.txt"}) {
    builder.add_file(name, "");
    builder.remove(name);
  }
  const auto volume = open_built(builder.build());
  const auto scan = must(volume->scan({.deleted = true}));
  std::vector<std::string> names;
  while (const auto entry = must(scan->next())) {
    names.push_back(to_utf8(entry->name) + "|" + to_utf8(entry->short_name));
  }
  BOOST_TEST(names == (std::vector<std::string>{"Quarterly report.docx|QUARTE~1.DOC",
                                                "übung.txt|_BUNG~1.TXT", "+plus.txt|_PLUS~1.TXT"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(parts_of_another_name_are_not_taken) {
  fx::FatBuilder builder;
  builder.add_file("Another long name", "");
  builder.add_file("PLAIN", "");
  builder.remove("Another long name");
  builder.remove("PLAIN");
  auto built = builder.build();
  // The 8.3 entry between them is overwritten by a part of nothing.
  const std::size_t entry = built.find("Another long name").entry;
  built.bytes[entry + 11] = std::byte{0x08};
  const auto volume = open_built(built);
  BOOST_TEST(scan_of(*volume, {.deleted = true}) == (std::vector<std::string>{"+-_LAIN"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_content_of_deleted_files_is_the_free_clusters_from_the_first_on) {
  fx::FatBuilder builder({.piece_clusters = 2});
  builder.add_file("BEFORE", pattern(1000, 1));
  builder.add_file("GONE", pattern(3000, 2));
  builder.add_file("AFTER", pattern(1000, 3));
  builder.remove("GONE");
  auto built = builder.build();
  // With free gaps between its pieces the guess goes wrong; in one piece it is right.
  const auto fragmented = open_built(built);
  const auto wrong = must(read_file(*fragmented, deleted(*fragmented, "_ONE").node));
  BOOST_TEST(wrong.substr(0, 1024) == text_of(pattern(3000, 2)).substr(0, 1024));
  builder.options().piece_clusters = 0;
  const auto volume = open_built(builder.build());
  const ScanEntry gone = deleted(*volume, "_ONE");
  BOOST_TEST(gone.info.size == 3000U);
  BOOST_TEST(gone.info.allocated_size == 0U);
  BOOST_TEST(must(volume->stat(gone.node)).size == 3000U);
  BOOST_TEST(must(volume->streams(gone.node)).size() == 1U);
  BOOST_TEST(must(read_file(*volume, gone.node)) == text_of(pattern(3000, 2)));
}

BOOST_AUTO_TEST_CASE(clusters_of_others_are_passed_over) {
  fx::FatBuilder builder;
  builder.add_file("GONE", pattern(2048, 2));
  builder.remove("GONE");
  auto built = builder.build();
  const auto clusters = built.find("GONE").clusters;
  built.set_entry(clusters[1], 0xFFF);
  const auto volume = open_built(built);
  const auto source = must(volume->open(deleted(*volume, "_ONE").node, {}));
  std::string text(512, '\0');
  BOOST_TEST(is_ok(source->read(512, std::as_writable_bytes(std::span(text)))));
  BOOST_TEST(text == text_of(pattern(2048, 2)).substr(1024, 512));
  built.set_entry(clusters[0], 0xFFF);
  const auto overwritten = open_built(built);
  BOOST_TEST(
      is_status(read_file(*overwritten, deleted(*overwritten, "_ONE").node), Status::corrupt));
  BOOST_TEST(overwritten->diagnostics().empty());  // that is no damage of the volume
}

BOOST_AUTO_TEST_CASE(a_deleted_directory_is_entered_while_its_cluster_is_free) {
  fx::FatBuilder builder;
  builder.add_file("dir/sub/File one.txt", "1");
  builder.add_file("dir/TWO", "2");
  builder.add_file("KEPT", "");
  builder.remove("dir");
  auto built = builder.build();
  const auto volume = open_built(built);
  BOOST_TEST(
      scan_of(*volume, {.deleted = true}) ==
          (std::vector<std::string>{"+-dir", "++-sub", "+++-File one.txt", "++-_WO", "+KEPT"}),
      boost::test_tools::per_element());
  BOOST_TEST(must(read_file(*volume, deleted(*volume, "File one.txt").node)) == "1");
  built.set_entry(built.find("dir/sub").clusters.front(), 0xFFF);
  BOOST_TEST(scan_of(*open_built(built), {.deleted = true}) ==
                 (std::vector<std::string>{"+-dir", "++-sub", "++-_WO", "+KEPT"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_lies_in_a_deleted_directory_is_deleted_though_its_slots_are_not) {
  fx::FatBuilder builder;
  builder.add_file("DIR/FILE", "1");
  auto built = builder.build();
  built.bytes[built.find("DIR").entry] = std::byte{0xE5};
  for (const char* const path : {"DIR", "DIR/FILE"}) {
    built.set_entry(built.find(path).clusters.front(), 0);
  }
  const auto volume = open_built(built);
  BOOST_TEST(scan_of(*volume, {.deleted = true}) == (std::vector<std::string>{"+-_IR", "++-FILE"}),
             boost::test_tools::per_element());
  BOOST_TEST(must(read_file(*volume, deleted(*volume, "FILE").node)) == "1");
}

BOOST_AUTO_TEST_SUITE_END()
