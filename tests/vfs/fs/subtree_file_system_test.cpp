// SPDX-License-Identifier: Apache-2.0
// Views below a directory, with and without percent-decoding.
#include "vfs/fs/subtree_file_system.h"

#include <boost/test/unit_test.hpp>
#include <memory>

#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/path_walker.h"

namespace casement::test {
namespace {

struct Collection {
  std::shared_ptr<MemoryFileSystem> whole = std::make_shared<MemoryFileSystem>();

  FileSystemPtr view(std::u16string_view path, NameCoding names) const {
    return must(make_subtree(whole, whole->node(path), names));
  }
  static std::string where(const FileSystemPtr& tree, std::u16string_view path) {
    const auto found = must(find_path(tree, path));
    return found ? to_utf8(found->path) : "none";
  }
};

BOOST_FIXTURE_TEST_SUITE(subtree_file_system, Collection)

BOOST_AUTO_TEST_CASE(a_directory_becomes_the_root) {
  whole->write(u"\\uploads\\C\\Windows\\win.ini", "x");
  whole->write(u"\\secret", "outside");
  whole->add_symlink(u"\\uploads\\C\\link", u"..\\..\\secret", true);
  const FileSystemPtr tree = view(u"\\uploads\\C", NameCoding::plain);
  BOOST_TEST(tree->type_name() == "memory");
  BOOST_TEST(where(tree, u"\\windows\\WIN.INI") == "\\Windows\\win.ini");
  BOOST_TEST(where(tree, u"\\secret") == "none");
  BOOST_TEST(where(tree, u"\\link") == "none");
  BOOST_TEST(where(tree, u"\\..\\..\\secret") == "none");
  BOOST_TEST(is_status(make_subtree(whole, whole->node(u"\\secret")), Status::not_a_directory));
}

BOOST_AUTO_TEST_CASE(names_are_shown_and_found_decoded) {
  whole->write(u"\\C%3A\\Users\\John%20Doe\\100%25.txt", "x");
  whole->write(u"\\C%3A\\Users\\%E2%82%AC", "euro");
  whole->write(u"\\C%3A\\a%2Fb", "no name can hold a separator");
  const FileSystemPtr tree = view(u"\\C%3A", NameCoding::percent);
  BOOST_TEST(where(tree, u"\\users\\JOHN DOE\\100%.TXT") == "\\Users\\John Doe\\100%.txt");
  BOOST_TEST(where(tree, u"\\Users\\\u20AC") == "\\Users\\\xE2\x82\xAC");
  BOOST_TEST(where(tree, u"\\Users\\John%20Doe") == "none");
  BOOST_TEST(where(tree, u"\\a%2Fb") == "\\a%2Fb");
  const auto reader = must(tree->read_dir(tree->root()));
  BOOST_TEST(to_utf8(must(reader->next())->name) == "Users");
  const FileSystemPtr plain = view(u"\\C%3A", NameCoding::plain);
  BOOST_TEST(where(plain, u"\\Users\\John%20Doe") == "\\Users\\John%20Doe");
}

BOOST_AUTO_TEST_CASE(an_exact_name_wins_and_equal_ones_are_reported) {
  whole->write(u"\\d\\A", "1");
  whole->write(u"\\d\\%61", "2");  // "a"
  whole->write(u"\\d\\x", "3");
  whole->write(u"\\d\\%78", "4");  // "x" too
  const FileSystemPtr tree = view(u"\\d", NameCoding::percent);
  const auto node = [&](std::u16string_view name) {
    return must(tree->lookup(tree->root(), name))->node;
  };
  BOOST_TEST((node(u"A") == whole->node(u"\\d\\A")));
  BOOST_TEST((node(u"a") == whole->node(u"\\d\\%61")));
  BOOST_TEST(tree->diagnostics().empty());
  BOOST_TEST((node(u"x") == whole->node(u"\\d\\%78")));
  BOOST_REQUIRE_EQUAL(tree->diagnostics().items().size(), 1U);
  BOOST_TEST(tree->diagnostics().items()[0].code == "ambiguous-case");
  BOOST_TEST(mentions(tree->diagnostics().items()[0].text, {"2 names", "\"x\""}));
}

BOOST_AUTO_TEST_CASE(names_of_8_3_are_found_in_decoded_trees) {
  whole->write(u"\\d\\long%20name.txt", "1");
  whole->set_short_name(u"\\d\\long%20name.txt", u"LONGNA~1.TXT");
  const FileSystemPtr tree = view(u"\\d", NameCoding::percent);
  const auto entry = must(tree->lookup(tree->root(), u"longna~1.txt"));
  BOOST_REQUIRE(entry.has_value());
  BOOST_TEST(to_utf8(entry->name) == "long name.txt");
}

BOOST_AUTO_TEST_CASE(a_damaged_entry_hides_no_other) {
  whole->write(u"\\d\\good%20one", "1");
  whole->write(u"\\d\\bad", "2");
  whole->damage_entry(u"\\d\\bad", Status::corrupt);
  const FileSystemPtr tree = view(u"\\d", NameCoding::percent);
  BOOST_TEST(must(tree->lookup(tree->root(), u"good one")).has_value());
  // It may have been any other name.
  BOOST_TEST(is_status(tree->lookup(tree->root(), u"other"), Status::corrupt));
  whole->damage_directory(u"\\d", Status::io_failed);
  const FileSystemPtr broken = view(u"\\d", NameCoding::percent);
  BOOST_TEST(is_status(broken->lookup(broken->root(), u"x"), Status::io_failed));
}

BOOST_AUTO_TEST_CASE(a_directory_is_read_once_for_many_lookups) {
  for (int i = 0; i < 50; ++i) {
    whole->write(from_utf8("\\d\\name%20" + std::to_string(i)).value(), "x");
  }
  const FileSystemPtr tree = view(u"\\d", NameCoding::percent);
  for (int i = 0; i < 50; ++i) {
    BOOST_REQUIRE(must(tree->lookup(tree->root(), from_utf8("name " + std::to_string(i)).value()))
                      .has_value());
  }
  BOOST_TEST(whole->lookups() == 0U);
  Limits limits;
  limits.max_directory_entries = 10;
  const auto tight = must(make_subtree(whole, whole->node(u"\\d"), NameCoding::percent, limits));
  BOOST_TEST(is_status(tight->lookup(tight->root(), u"x"), Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
