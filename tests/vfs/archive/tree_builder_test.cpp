// SPDX-License-Identifier: Apache-2.0
// Trees of members.
#include "vfs/archive/tree_builder.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

struct Building {
  ArchiveOptions options;
  UniqueFindings findings;
  TreeBuilder builder{options, findings};

  static EntryPath path(std::u16string_view text) { return must(parse_entry_path(text, {})); }
  void add(std::u16string_view text, std::uint32_t member = 0) {
    ArchiveNode node;
    node.member = member;
    BOOST_TEST(is_ok(builder.add(path(text), node, 0)));
  }
};

BOOST_FIXTURE_TEST_SUITE(tree_builder, Building)

BOOST_AUTO_TEST_CASE(an_empty_archive_has_a_root) {
  const ArchiveTree tree = std::move(builder).finish();
  BOOST_REQUIRE(tree.node({0}) != nullptr);
  BOOST_TEST((tree.node({0})->info.kind == NodeKind::directory));
  BOOST_TEST(tree.children(0).empty());
  BOOST_TEST((tree.find(0, u"x").name == nullptr));
  BOOST_TEST((tree.node({1}) == nullptr));
  BOOST_TEST(to_utf8(tree.path_of(0)) == "\\");
  BOOST_TEST(to_utf8(tree.path_of(77)) == "\\");
}

BOOST_AUTO_TEST_CASE(paths_lead_to_nodes_and_back) {
  add(u"a/b/c");
  add(u"a/d");
  const ArchiveTree tree = std::move(builder).finish();
  std::uint32_t node = 0;
  for (const auto* name : {u"A", u"b", u"C"}) {
    const auto match = tree.find(node, name);
    BOOST_REQUIRE(match.name != nullptr);
    node = match.name->node;
  }
  BOOST_TEST(to_utf8(tree.path_of(node)) == "\\a\\b\\c");
}

BOOST_AUTO_TEST_CASE(many_names_in_one_directory_are_all_found) {
  for (int i = 0; i < 3000; ++i) {
    add(from_utf8("dir/name " + std::to_string(i * 7919 % 3000)).value());
  }
  const ArchiveTree tree = std::move(builder).finish();
  const std::uint32_t dir = tree.find(0, u"dir").name->node;
  BOOST_TEST(tree.children(dir).size() == 3000U);
  for (int i = 0; i < 3000; ++i) {
    BOOST_REQUIRE(tree.find(dir, from_utf8("NAME " + std::to_string(i)).value()).name != nullptr);
  }
}

BOOST_AUTO_TEST_CASE(a_link_to_a_link_is_the_same_node) {
  add(u"file");
  BOOST_TEST(is_ok(builder.add_link(path(u"one"), path(u"file"), 1)));
  BOOST_TEST(is_ok(builder.add_link(path(u"two"), path(u"one"), 2)));
  BOOST_TEST(is_ok(builder.add_link(path(u"x"), path(u"x"), 3)));     // itself
  BOOST_TEST(is_ok(builder.add_link(path(u"d/y"), path(u"d"), 4)));   // its own directory
  BOOST_TEST(is_ok(builder.add_link(path(u"/"), path(u"file"), 5)));  // the root
  const ArchiveTree tree = std::move(builder).finish();
  BOOST_TEST(tree.find(0, u"two").name->node == tree.find(0, u"file").name->node);
  BOOST_TEST(tree.node({tree.find(0, u"two").name->node})->info.link_count == 3U);
  BOOST_TEST((tree.find(0, u"x").name == nullptr));
  BOOST_TEST(findings.snapshot().items().size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_link_to_what_comes_later_gives_way_to_a_later_member) {
  add(u"early");
  BOOST_TEST(is_ok(builder.add_link(path(u"name"), path(u"target"), 1)));
  BOOST_TEST(is_ok(builder.add_link(path(u"early"), path(u"target"), 2)));
  add(u"name");
  add(u"target");
  const ArchiveTree tree = std::move(builder).finish();
  BOOST_TEST(tree.find(0, u"name").name->node != tree.find(0, u"target").name->node);
  BOOST_TEST(tree.find(0, u"early").name->node == tree.find(0, u"target").name->node);
}

BOOST_AUTO_TEST_CASE(links_that_wait_are_charged_for_what_they_take) {
  options.max_name_bytes = 100;
  BOOST_TEST(is_ok(builder.add_link(path(u"a"), path(u"b"), 1)));
  BOOST_TEST(is_status(builder.add_link(path(u"c"), path(u"d"), 2), Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
