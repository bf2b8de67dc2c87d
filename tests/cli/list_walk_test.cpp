// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/commands/list_walk.h"

#include <fcntl.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>

#include "tests/cli/scanned_file_system.h"
#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/temp_dir.h"

using namespace casement;
using namespace casement::cli;
using casement::test::is_status;
using casement::test::MemoryFileSystem;
using casement::test::mentions;
using casement::test::must;
using casement::test::ScannedFileSystem;
using casement::test::Step;

namespace {

struct Listing {
  std::string text;
  std::size_t damage = 0;
  std::size_t most_held = 0;  // bytes in the buffer
};

/// Lists into a file, so that what was flushed can be told from what was held.
Result<Listing> list(const FileSystemPtr& file_system, NodeId node, std::u16string path,
                     const LsOptions& options, NodeKind kind = NodeKind::directory) {
  const test::TempDir directory;
  const std::string file = directory.path() + "/out";
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  Output output(descriptor);
  const bool json = options.format == ListFormat::json || options.format == ListFormat::jsonl;
  const auto writer = json ? make_list_json_writer(output.text(), options)
                           : make_list_text_writer(output.text(), options);
  const FoundFile start{.file_system = file_system,
                        .node = node,
                        .kind = kind,
                        .path = std::move(path),
                        .stream = {},
                        .drive = {}};
  DamageReport damage;
  writer->begin();
  const auto listed = list_files(start, options, *writer, output, damage);
  writer->finish();
  Listing listing;
  listing.damage = damage.count();
  listing.most_held = output.text().capacity();
  output.flush();
  ::close(descriptor);
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  listing.text = text.str();
  if (!listed) {
    return std::unexpected(listed.error());
  }
  return listing;
}

LsOptions names(bool recursive = false) {
  LsOptions options;
  options.format = ListFormat::names;
  options.recursive = recursive;
  return options;
}

std::shared_ptr<MemoryFileSystem> small_tree() {
  auto memory = std::make_shared<MemoryFileSystem>();
  memory->write(u"\\dir\\a", "1");
  memory->write(u"\\dir\\sub\\b", "22");
  memory->write(u"\\z", "333");
  return memory;
}

/// \dir (1) with live and deleted entries, \other (5), and an orphan.
std::shared_ptr<ScannedFileSystem> scanned_tree() {
  auto scanned = std::make_shared<ScannedFileSystem>();
  scanned->memory.make_dir(u"\\dir");  // node 1
  scanned->steps = {
      {.name = u"dir", .node = 1, .depth = 1, .kind = NodeKind::directory},
      {.name = u"a", .node = 2, .parent = 1, .depth = 2},
      {.name = u"sub",
       .node = 3,
       .parent = 1,
       .depth = 2,
       .kind = NodeKind::directory,
       .deleted = true},
      {.name = u"gone", .node = 4, .parent = 3, .depth = 3, .deleted = true},
      {.name = u"other", .node = 5, .depth = 1, .kind = NodeKind::directory},
      {.name = u"c", .node = 6, .parent = 5, .depth = 2},
      {.name = u"lost", .node = 7, .parent = 99, .depth = 1, .deleted = true, .orphan = true},
  };
  return scanned;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(list_walk)

BOOST_AUTO_TEST_CASE(lists_one_directory_with_full_paths) {
  const auto tree = small_tree();
  BOOST_TEST(must(list(tree, tree->root(), u"\\", names())).text == "\\dir\n\\z\n");
  BOOST_TEST(must(list(tree, tree->node(u"\\dir"), u"\\dir", names())).text ==
             "\\dir\\a\n\\dir\\sub\n");
}

BOOST_AUTO_TEST_CASE(lists_a_tree_from_any_directory) {
  const auto tree = small_tree();
  BOOST_TEST(must(list(tree, tree->root(), u"\\", names(true))).text ==
             "\\dir\n\\dir\\a\n\\dir\\sub\n\\dir\\sub\\b\n\\z\n");
  BOOST_TEST(must(list(tree, tree->node(u"\\dir\\sub"), u"\\dir\\sub", names(true))).text ==
             "\\dir\\sub\\b\n");
}

BOOST_AUTO_TEST_CASE(lists_a_file_as_itself_with_its_short_name) {
  const auto tree = small_tree();
  tree->set_short_name(u"\\dir\\a", u"A~1");
  LsOptions options;
  options.short_names = true;
  const std::string text =
      must(list(tree, tree->node(u"\\dir\\a"), u"\\dir\\a", options, NodeKind::file)).text;
  BOOST_TEST(mentions(text, {"A~1           a\n"}));
}

BOOST_AUTO_TEST_CASE(goes_on_behind_a_damaged_entry_and_a_damaged_directory) {
  const auto tree = small_tree();
  tree->damage_directory(u"\\dir\\sub", Status::corrupt);
  tree->damage_entry(u"\\dir\\a", Status::corrupt);
  const Listing listing = must(list(tree, tree->root(), u"\\", names(true)));
  BOOST_TEST(listing.text == "\\dir\n\\dir\\sub\n\\z\n");
  BOOST_TEST(listing.damage == 2U);
  BOOST_TEST(must(list(tree, tree->node(u"\\dir"), u"\\dir", names())).damage == 1U);
}

BOOST_AUTO_TEST_CASE(a_directory_that_cannot_be_read_is_an_error_and_no_empty_list) {
  const auto tree = small_tree();
  tree->damage_directory(u"\\dir", Status::corrupt);
  const NodeId node = tree->node(u"\\dir");
  BOOST_TEST(is_status(list(tree, node, u"\\dir", names()), Status::corrupt));
  BOOST_TEST(is_status(list(tree, node, u"\\dir", names(true)), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(lists_a_link_whose_buffer_is_damaged_and_counts_the_damage) {
  const auto tree = small_tree();
  tree->add_reparse(u"\\link", std::vector<std::byte>(3));
  const Listing listing = must(list(tree, tree->root(), u"\\", {}));
  BOOST_TEST(mentions(listing.text, {"link@ -> (reparse tag 0x00000000)\n"}));
  BOOST_TEST(listing.damage == 1U);
}

BOOST_AUTO_TEST_CASE(lists_targets_and_named_streams) {
  const auto tree = small_tree();
  tree->add_junction(u"\\link", u"\\??\\C:\\dir");
  tree->add_stream(u"\\z", u"Zone.Identifier", "[ZoneTransfer]");
  LsOptions options;
  options.streams = true;
  const Listing listing = must(list(tree, tree->root(), u"\\", options));
  BOOST_TEST(mentions(listing.text, {"link@ -> C:\\dir\n", "14", "z:Zone.Identifier\n"}));
  BOOST_TEST(listing.damage == 0U);
}

BOOST_AUTO_TEST_CASE(uses_the_pass_over_a_volume_for_its_root) {
  const auto tree = scanned_tree();
  BOOST_TEST(must(list(tree, tree->root(), u"\\", names(true))).text ==
             "\\dir\n\\dir\\a\n\\other\n\\other\\c\n");
}

BOOST_AUTO_TEST_CASE(takes_one_directory_out_of_a_pass_over_the_volume) {
  const auto tree = scanned_tree();
  BOOST_TEST(must(list(tree, NodeId{1}, u"\\dir", names(true))).text == "\\dir\\a\n");
}

BOOST_AUTO_TEST_CASE(walks_where_the_pass_over_the_volume_never_meets_the_directory) {
  const auto tree = scanned_tree();
  tree->memory.write(u"\\dir\\x", "1");
  tree->steps.clear();
  BOOST_TEST(must(list(tree, NodeId{1}, u"\\dir", names(true))).text == "\\dir\\x\n");
}

BOOST_AUTO_TEST_CASE(marks_deleted_entries_and_orphans_when_they_are_asked_for) {
  const auto tree = scanned_tree();
  LsOptions options = names(true);
  options.deleted = true;
  BOOST_TEST(must(list(tree, tree->root(), u"\\", options)).text ==
             "live                        1  \\dir\n"
             "live                        2  \\dir\\a\n"
             "deleted                     3  \\dir\\sub\n"
             "deleted                     4  \\dir\\sub\\gone\n"
             "live                        5  \\other\n"
             "live                        6  \\other\\c\n"
             "orphan                      7  ?\\lost\n");
}

BOOST_AUTO_TEST_CASE(lists_the_deleted_entries_of_one_directory_alone) {
  const auto tree = scanned_tree();
  LsOptions options = names();
  options.deleted = true;
  BOOST_TEST(must(list(tree, NodeId{1}, u"\\dir", options)).text ==
             "live                        2  \\dir\\a\n"
             "deleted                     3  \\dir\\sub\n");
}

BOOST_AUTO_TEST_CASE(counts_damage_of_the_directory_that_is_listed_and_of_no_other) {
  const auto tree = scanned_tree();
  tree->steps.insert(tree->steps.begin() + 2, Step{.name = {}, .damaged = true});
  BOOST_TEST(must(list(tree, NodeId{1}, u"\\dir", names(true))).damage == 1U);
  const auto before = scanned_tree();
  before->steps.insert(before->steps.begin(), Step{.name = {}, .damaged = true});
  BOOST_TEST(must(list(before, NodeId{1}, u"\\dir", names(true))).damage == 0U);
}

BOOST_AUTO_TEST_CASE(holds_little_of_a_long_list) {
  auto scanned = std::make_shared<ScannedFileSystem>();
  for (std::uint64_t i = 0; i < 30'000; ++i) {
    scanned->steps.push_back({.name = u"a name of a usual length.txt", .node = i + 1});
  }
  LsOptions options;
  options.recursive = true;
  const Listing listing = must(list(scanned, scanned->root(), u"\\", options));
  BOOST_TEST(listing.text.size() > 2'000'000U);
  BOOST_TEST(listing.most_held < 1'000'000U);
}

BOOST_AUTO_TEST_SUITE_END()
