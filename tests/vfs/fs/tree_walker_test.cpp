// SPDX-License-Identifier: Apache-2.0
// Recursive walks: order, damage, cycles and budgets.
#include "vfs/fs/tree_walker.h"

#include <boost/test/unit_test.hpp>
#include <memory>

#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

struct Walked {
  std::vector<std::string> paths;
  std::vector<Status> errors;
  std::vector<std::string> messages;
};

Walked walk(TreeWalker walker) {
  Walked walked;
  while (true) {
    auto entry = walker.next();
    if (!entry) {
      walked.errors.push_back(entry.error().status());
      walked.messages.push_back(entry.error().message());
      BOOST_REQUIRE_LT(walked.errors.size(), 10'000U);
      continue;
    }
    if (!*entry) {
      return walked;
    }
    walked.paths.push_back(to_utf8((**entry).path));
  }
}

struct Tree {
  std::shared_ptr<MemoryFileSystem> volume = std::make_shared<MemoryFileSystem>();
  FileSystemPtr file_system = volume;

  Tree() {
    volume->write(u"\\a\\1", "");
    volume->write(u"\\a\\b\\2", "");
    volume->write(u"\\c", "");
  }
};

using Paths = std::vector<std::string>;

BOOST_FIXTURE_TEST_SUITE(tree_walker, Tree)

BOOST_AUTO_TEST_CASE(gives_parents_before_children) {
  const Walked walked = walk(TreeWalker(file_system));
  BOOST_TEST(walked.paths == (Paths{"\\a", "\\a\\1", "\\a\\b", "\\a\\b\\2", "\\c"}),
             boost::test_tools::per_element());
  BOOST_TEST(walked.errors.empty());
}

BOOST_AUTO_TEST_CASE(tells_depth_and_parent) {
  TreeWalker walker(file_system);
  const auto first = *must(walker.next());
  const auto second = *must(walker.next());
  BOOST_TEST(first.depth == 1U);
  BOOST_TEST((first.parent == volume->root()));
  BOOST_TEST(second.depth == 2U);
  BOOST_TEST((second.parent == first.entry.node));
}

BOOST_AUTO_TEST_CASE(starts_anywhere_with_any_path_in_front) {
  const Walked walked = walk(TreeWalker(file_system, volume->node(u"\\a\\b"), u"C:\\a\\b"));
  BOOST_TEST(walked.paths == Paths{"C:\\a\\b\\2"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(leaves_out_what_the_caller_skips) {
  TreeWalker walker(file_system);
  BOOST_TEST(to_utf8((*must(walker.next())).path) == "\\a");
  walker.skip_children();
  BOOST_TEST(to_utf8((*must(walker.next())).path) == "\\c");
  walker.skip_children();  // a file has none
  BOOST_TEST(!must(walker.next()).has_value());
  BOOST_TEST(!must(walker.next()).has_value());
}

BOOST_AUTO_TEST_CASE(gives_links_and_does_not_enter_them) {
  volume->write(u"\\a\\j\\own", "");
  volume->add_junction(u"\\a\\j", u"\\??\\C:\\");
  const Walked walked = walk(TreeWalker(file_system));
  BOOST_TEST(walked.paths == (Paths{"\\a", "\\a\\1", "\\a\\b", "\\a\\b\\2", "\\a\\j", "\\c"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_damaged_directory_does_not_hide_its_siblings) {
  volume->damage_directory(u"\\a", Status::corrupt);
  const Walked walked = walk(TreeWalker(file_system));
  BOOST_TEST(walked.paths == (Paths{"\\a", "\\c"}), boost::test_tools::per_element());
  BOOST_REQUIRE_EQUAL(walked.errors.size(), 1U);
  BOOST_TEST(mentions(walked.messages[0], {"\\a"}));
}

BOOST_AUTO_TEST_CASE(a_damaged_entry_does_not_hide_its_siblings) {
  volume->damage_entry(u"\\a\\1", Status::corrupt);
  const Walked walked = walk(TreeWalker(file_system));
  BOOST_TEST(walked.paths == (Paths{"\\a", "\\a\\b", "\\a\\b\\2", "\\c"}),
             boost::test_tools::per_element());
  BOOST_REQUIRE_EQUAL(walked.errors.size(), 1U);
  BOOST_TEST(mentions(walked.messages[0], {"\\a", "damaged entry"}));
}

BOOST_AUTO_TEST_CASE(gives_up_a_directory_that_only_gives_errors) {
  for (int i = 0; i < 50; ++i) {
    volume->damage_entry(u"\\a\\bad" + *from_utf8(std::to_string(i)), Status::corrupt);
  }
  TreeOptions options;
  options.max_errors_per_directory = 5;
  const Walked walked = walk(TreeWalker(file_system, options));
  BOOST_TEST(walked.errors.size() == 5U);
  BOOST_TEST(walked.paths.back() == "\\c");
}

BOOST_AUTO_TEST_CASE(reports_a_cycle_once_and_goes_on) {
  volume->link(u"\\a\\b\\loop", volume->node(u"\\a"));
  volume->link(u"\\a\\b\\top", volume->root());
  const Walked walked = walk(TreeWalker(file_system));
  BOOST_REQUIRE_EQUAL(walked.errors.size(), 2U);
  BOOST_TEST(walked.errors[0] == Status::corrupt);
  BOOST_TEST(mentions(walked.messages[0], {"\\a\\b\\loop"}));
  BOOST_TEST(walked.paths.back() == "\\c");
}

BOOST_AUTO_TEST_CASE(a_directory_with_two_parents_is_entered_once) {
  // Thirty levels of twice the same directory would be a thousand million paths.
  std::u16string path;
  for (int i = 0; i < 30; ++i) {
    volume->make_dir(path + u"\\x");
    volume->link(path + u"\\y", volume->node(path + u"\\x"));
    path += u"\\x";
  }
  const Walked walked = walk(TreeWalker(file_system));
  BOOST_TEST(walked.errors.size() == 30U);
  BOOST_TEST(walked.paths.size() == 5U + 60U);
}

BOOST_AUTO_TEST_CASE(stops_at_the_depth_limit) {
  TreeOptions options;
  options.limits.max_path_depth = 2;
  const Walked walked = walk(TreeWalker(file_system, options));
  BOOST_TEST(walked.paths == (Paths{"\\a", "\\a\\1", "\\a\\b", "\\c"}),
             boost::test_tools::per_element());
  BOOST_REQUIRE_EQUAL(walked.errors.size(), 1U);
  BOOST_TEST(walked.errors[0] == Status::limit_exceeded);
  BOOST_TEST(mentions(walked.messages[0], {"\\a\\b", "2"}));
}

BOOST_AUTO_TEST_CASE(stops_reading_a_directory_that_is_too_large) {
  TreeOptions options;
  options.limits.max_directory_entries = 1;
  const Walked walked = walk(TreeWalker(file_system, options));
  BOOST_TEST(walked.paths == (Paths{"\\a", "\\a\\1"}), boost::test_tools::per_element());
  BOOST_TEST(walked.errors == (std::vector<Status>{Status::limit_exceeded, Status::limit_exceeded}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ends_when_the_budget_is_spent) {
  TreeOptions options;
  options.max_entries = 2;
  const Walked walked = walk(TreeWalker(file_system, options));
  BOOST_TEST(walked.paths.size() == 2U);
  BOOST_TEST(walked.errors == std::vector<Status>{Status::limit_exceeded},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(walks_a_chain_deeper_than_any_call_stack) {
  std::u16string path;
  for (int i = 0; i < 3000; ++i) {
    path += u"\\d";
  }
  volume->make_dir(path);
  TreeOptions options;
  options.limits.max_path_depth = 10'000;
  BOOST_TEST(walk(TreeWalker(file_system, options)).paths.size() == 5U + 3000U);
}

BOOST_AUTO_TEST_CASE(an_unreadable_start_is_an_error_and_then_the_end) {
  volume->damage_directory(u"\\", Status::access_denied);
  const Walked walked = walk(TreeWalker(file_system));
  BOOST_TEST(walked.paths.empty());
  BOOST_TEST(walked.errors == std::vector<Status>{Status::access_denied},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
