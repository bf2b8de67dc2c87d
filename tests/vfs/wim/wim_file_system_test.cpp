// SPDX-License-Identifier: Apache-2.0
// Trees as imaging tools write them.
#include "vfs/wim/wim_file_system.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/support/matchers.h"
#include "tests/vfs/wim/image_support.h"

namespace casement::wim::test {
namespace {

using casement::test::is_ok;
using casement::test::is_status;
using casement::test::must;
using fixture::ByteVector;
using fixture::WimBuilder;
using Strings = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(wim_file_system)

BOOST_AUTO_TEST_CASE(gives_names_sizes_and_contents) {
  WimBuilder wim;
  wim.file("\\Windows\\System32\\notepad.exe", "MZ...").short_name("NOTEPA~1.EXE");
  wim.file("\\Windows\\empty.txt", "");
  wim.directory("\\Users");
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST(fs->type_name() == std::string("wim"));
  BOOST_TEST((fs->info().label == u"label"));
  BOOST_TEST(list_names(*fs, fs->root()) == (Strings{"Windows", "Users"}));
  BOOST_TEST(list_names(*fs, find_node(*fs, u"\\Users")).empty());

  const NodeId system32 = find_node(*fs, u"\\windows\\SYSTEM32");
  const auto entry = must(fs->lookup(system32, u"NotePad.EXE"));
  BOOST_REQUIRE(entry.has_value());
  BOOST_TEST((entry->name == u"notepad.exe"));
  BOOST_TEST((entry->short_name == u"NOTEPA~1.EXE"));
  BOOST_TEST((entry->kind == NodeKind::file));
  BOOST_TEST((must(fs->lookup(system32, u"notepa~1.exe"))->node == entry->node));
  BOOST_TEST(!must(fs->lookup(system32, u"notepad")).has_value());
  BOOST_TEST(!must(fs->lookup(system32, u"")).has_value());

  BOOST_TEST(must(fs->stat(entry->node)).size == 5U);
  BOOST_TEST(read_text(*fs, entry->node) == "MZ...");
  const NodeId empty = find_node(*fs, u"\\Windows\\empty.txt");
  BOOST_TEST(must(fs->stat(empty)).size == 0U);
  BOOST_TEST(read_text(*fs, empty).empty());
  BOOST_TEST(fs->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(gives_times_and_attributes) {
  WimBuilder wim;
  wim.file("\\a", "x").times({.created = 11, .accessed = 12, .written = 13}).attributes(0x2006);
  wim.file("\\none", "x").attributes(0);
  const FileSystemPtr fs = open_tree(wim);
  const NodeInfo info = must(fs->stat(find_node(*fs, u"\\a")));
  BOOST_TEST(info.created.ticks == 11U);
  BOOST_TEST(info.accessed.ticks == 12U);
  BOOST_TEST(info.modified.ticks == 13U);
  BOOST_TEST(!info.changed.is_set());
  BOOST_TEST(info.attributes == 0x2006U);
  BOOST_TEST(must(fs->stat(find_node(*fs, u"\\none"))).attributes == 0x80U);
  const NodeInfo root = must(fs->stat(fs->root()));
  BOOST_TEST((root.kind == NodeKind::directory));
  BOOST_TEST(root.attributes == 0x10U);
}

BOOST_AUTO_TEST_CASE(tells_what_is_no_directory_and_no_node) {
  WimBuilder wim;
  wim.file("\\a", "x");
  const TestImage image(wim);
  const FileSystemPtr fs = image.open();
  const NodeId file = find_node(*fs, u"\\a");
  BOOST_TEST(is_status(fs->read_dir(file), Status::not_a_directory));
  BOOST_TEST(is_status(fs->lookup(file, u"x"), Status::not_a_directory));
  BOOST_TEST(is_status(fs->open(fs->root(), u""), Status::not_found));
  BOOST_TEST(is_status(fs->reparse_data(file), Status::not_a_reparse_point));
  BOOST_TEST(is_status(fs->stat({image.metadata.size()}), Status::truncated));
  BOOST_TEST(is_status(fs->stat({std::uint64_t{1} << 63U}), Status::truncated));
  BOOST_TEST(is_status(fs->stat({image.metadata.size() - 8}), Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(an_exact_name_wins_over_one_of_other_case) {
  WimBuilder wim;
  wim.root().another_file("readme", "lower");
  wim.root().another_file("README", "upper");
  wim.root().another_file("other", "x").short_name("Readme");
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST(list_names(*fs, fs->root()) == (Strings{"readme", "README", "other"}));
  BOOST_TEST(read_text(*fs, find_node(*fs, u"\\readme")) == "lower");
  BOOST_TEST(read_text(*fs, find_node(*fs, u"\\README")) == "upper");
  BOOST_TEST(read_text(*fs, find_node(*fs, u"\\Readme")) == "x");
  BOOST_TEST(finding_codes(*fs).empty());
  BOOST_TEST(read_text(*fs, find_node(*fs, u"\\ReadMe")) == "lower");
  BOOST_TEST(finding_codes(*fs) == Strings{"ambiguous-case"});
}

BOOST_AUTO_TEST_CASE(folds_names_as_windows_does) {
  WimBuilder wim;
  wim.file("\\Straße", "1");
  wim.file("\\ÄÖÜ", "2");
  wim.root().another_file(u"lone \xD800", "3");
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST(read_text(*fs, find_node(*fs, u"\\äöü")) == "2");
  BOOST_TEST(read_text(*fs, find_node(*fs, u"\\STRAßE")) == "1");
  BOOST_TEST(!must(fs->lookup(fs->root(), u"STRASSE")).has_value());
  BOOST_TEST(read_text(*fs, find_node(*fs, u"\\LONE \xD800")) == "3");
}

BOOST_AUTO_TEST_CASE(counts_hard_links_of_one_group_and_content) {
  WimBuilder wim;
  const auto first = wim.file("\\a", "content");
  first.link(wim.root(), "b");
  first.link(wim.directory("\\d"), "c");
  wim.file("\\liar", "another").link_group(1);
  wim.file("\\alone", "x");
  wim.directory("\\dir").link_group(1);
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST(must(fs->link_count(find_node(*fs, u"\\a"))) == 3U);
  BOOST_TEST(must(fs->link_count(find_node(*fs, u"\\d\\c"))) == 3U);
  BOOST_TEST(must(fs->link_count(find_node(*fs, u"\\liar"))) == 1U);
  BOOST_TEST(must(fs->link_count(find_node(*fs, u"\\alone"))) == 1U);
  BOOST_TEST(must(fs->link_count(find_node(*fs, u"\\dir"))) == 1U);
}

BOOST_AUTO_TEST_CASE(gives_security_descriptors_by_their_ids) {
  const ByteVector one(20, std::byte{1});
  const ByteVector two(28, std::byte{2});
  WimBuilder wim;
  wim.root().security(one);
  wim.file("\\a", "").security(two);
  wim.file("\\b", "").security(one);
  wim.file("\\none", "");
  wim.file("\\high", "").security_id(2);
  wim.file("\\negative", "").security_id(-2);
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST((must(fs->security_descriptor(fs->root())) == one));
  BOOST_TEST((must(fs->security_descriptor(find_node(*fs, u"\\a"))) == two));
  BOOST_TEST((must(fs->security_descriptor(find_node(*fs, u"\\b"))) == one));
  BOOST_TEST(must(fs->security_descriptor(find_node(*fs, u"\\none"))).empty());
  for (const char16_t* path : {u"\\high", u"\\negative"}) {
    const NodeId node = find_node(*fs, path);
    BOOST_TEST(is_status(fs->security_descriptor(node), Status::corrupt));
    BOOST_TEST(is_ok(fs->stat(node)));
  }
}

BOOST_AUTO_TEST_CASE(skips_tagged_items) {
  WimBuilder wim;
  wim.file("\\a", "x").object_id(fixture::derived_guid("a")).tagged_item(2, ByteVector(5));
  wim.file("\\b", "y").short_name("B~1");
  const FileSystemPtr fs = open_tree(wim);
  BOOST_TEST(list_names(*fs, fs->root()) == (Strings{"a", "b"}));
}

BOOST_AUTO_TEST_CASE(reads_only_the_directories_on_the_way) {
  WimBuilder wim;
  for (int i = 0; i < 1000; ++i) {
    const std::string number = std::to_string(i);
    wim.file("\\Other\\a file with a rather long name " + number, "");
    wim.file("\\Windows\\assembly\\another file with a long name " + number, "");
    wim.file("\\Windows\\System32\\drivers\\one more file of some length " + number, "");
  }
  wim.file("\\Windows\\System32\\config\\SOFTWARE", "regf");
  const TestImage image(wim);
  BOOST_TEST(image.metadata.size() > 15 * WatchedSource::block_size);
  const FileSystemPtr fs = image.open();
  BOOST_TEST(image.source->take_blocks() == std::set<std::uint64_t>{0});
  (void)find_node(*fs, u"\\Windows\\System32\\config\\SOFTWARE");
  // The root, and where Windows, System32 and config have theirs.
  BOOST_TEST(image.source->take_blocks().size() <= 4U);
  // Once more: the names are looked at, the directories are not read again.
  (void)find_node(*fs, u"\\Windows\\System32\\drivers\\one more file of some length 3");
  BOOST_TEST(image.source->take_blocks().size() > 4U);
  (void)find_node(*fs, u"\\Windows\\System32\\drivers\\one more file of some length 3");
  BOOST_TEST(image.source->take_blocks().size() <= 4U);
}

BOOST_AUTO_TEST_CASE(answers_many_threads_at_a_time) {
  WimBuilder wim;
  for (int i = 0; i < 100; ++i) {
    const std::string number = std::to_string(i);
    wim.file("\\dir " + number + "\\file", number).link(wim.root(), "link " + number);
  }
  Limits limits;
  limits.max_cache_size = 4096;  // of indexes, too: they come and go
  const FileSystemPtr fs = TestImage(wim).open(limits);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&fs, &wrong, thread] {
      for (int i = 0; i < 100; ++i) {
        const auto number = std::to_string((i + thread * 25) % 100);
        const auto dir = fs->lookup(fs->root(), fixture::Text("DIR " + number).units());
        const auto file = dir && *dir ? fs->lookup((*dir)->node, u"FILE") : dir;
        const auto info = file && *file ? fs->stat((*file)->node) : fs->stat(fs->root());
        const bool good = info && info->link_count == 0 && info->size == number.size();
        wrong += good ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_CASE(readers_and_sources_outlive_the_file_system) {
  WimBuilder wim;
  wim.file("\\a", "content");
  FileSystemPtr fs = open_tree(wim);
  const SourcePtr source = must(fs->open(find_node(*fs, u"\\a"), u""));
  const auto reader = must(fs->read_dir(fs->root()));
  const auto scan = must(fs->scan({}));
  fs.reset();
  BOOST_TEST(source->size() == 7U);
  BOOST_TEST((must(reader->next())->name == u"a"));
  BOOST_TEST((must(scan->next())->name == u"a"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::wim::test
