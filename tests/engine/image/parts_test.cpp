// SPDX-License-Identifier: Apache-2.0
// The small parts: path text, lookups, ids.
#include <boost/test/unit_test.hpp>

#include "engine/image/installation_id.h"
#include "engine/image/node_lookup.h"
#include "engine/image/windows_path_text.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"

namespace casement::test {
BOOST_AUTO_TEST_SUITE(windows_path_text)

BOOST_AUTO_TEST_CASE(takes_letters_from_paths) {
  BOOST_TEST((letter_of(u"c:\\x") == u'C'));
  BOOST_TEST((letter_of(u"C:") == u'C'));
  BOOST_TEST(!letter_of(u"C").has_value());
  BOOST_TEST(!letter_of(u"\\C:").has_value());
  BOOST_TEST(!letter_of(u"1:\\").has_value());
  BOOST_TEST((without_letter(u"C:\\x") == u"\\x"));
  BOOST_TEST((without_letter(u"\\x") == u"\\x"));
}

BOOST_AUTO_TEST_CASE(takes_the_last_component) {
  BOOST_TEST((last_component(u"C:\\Windows\\") == u"Windows"));
  BOOST_TEST((last_component(u"\\a/b") == u"b"));
  BOOST_TEST((last_component(u"C:") == u""));
  BOOST_TEST((last_component(u"\\") == u""));
}

BOOST_AUTO_TEST_CASE(roots_paths_in_one_form) {
  BOOST_TEST((as_rooted(u"a/b\\\\c\\") == u"\\a\\b\\c"));
  BOOST_TEST((as_rooted(u"") == u"\\"));
  BOOST_TEST((as_rooted(u"..\\..\\a\\.\\b\\..\\c") == u"\\a\\c"));
  BOOST_TEST(same_rooted(u"\\WINDOWS", u"Windows/"));
  BOOST_TEST(!same_rooted(u"\\WINDOWS", u"\\WINNT"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(node_lookup)

BOOST_AUTO_TEST_CASE(finds_without_regard_to_case_and_keeps_stored_names) {
  const auto volume = volume_of(small_windows());
  const auto found = must(find_below(*volume, volume->root(), u"windows/SYSTEM32\\Config"));
  BOOST_TEST_REQUIRE(found.has_value());
  BOOST_TEST((found->path == u"Windows\\System32\\config"));
  BOOST_TEST(must(find_below(*volume, volume->root(), u"")).has_value());
}

BOOST_AUTO_TEST_CASE(a_file_in_the_middle_is_absence) {
  const auto volume = volume_of(small_windows());
  BOOST_TEST(!must(find_below(*volume, volume->root(), u"Windows\\System32\\ntoskrnl.exe\\x")));
}

BOOST_AUTO_TEST_CASE(tells_files_from_directories) {
  const auto volume = volume_of(small_windows());
  BOOST_TEST(!must(find_file_below(*volume, volume->root(), u"Windows\\System32")));
  BOOST_TEST(
      !must(find_directory_below(*volume, volume->root(), u"Windows\\System32\\ntoskrnl.exe")));
}

BOOST_AUTO_TEST_CASE(lists_no_more_than_asked_for) {
  fixture::Tree tree;
  for (int i = 0; i < 20; ++i) {
    tree.add_file("f" + std::to_string(i), "x");
  }
  const auto volume = volume_of(tree);
  Diagnostics findings;
  BOOST_TEST(must(list_directory(*volume, volume->root(), 100, findings)).size() == 20U);
  BOOST_TEST(findings.empty());
  BOOST_TEST(must(list_directory(*volume, volume->root(), 7, findings)).size() == 7U);
  BOOST_TEST(findings.items().at(0).code == "directory-cut");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(installation_ids)

BOOST_AUTO_TEST_CASE(depend_on_volume_path_and_machine_alone) {
  Volume volume;
  volume.index = 1;
  Installation installation;
  installation.windows_directory = u"\\Windows";
  InstallationFacts facts;
  facts.machine_guid = u"AbC";
  const std::string id = installation_id(volume, installation, facts);
  BOOST_TEST(id.size() == 16U);

  Installation other_case = installation;
  other_case.windows_directory = u"\\WINDOWS";
  other_case.score = 99;
  InstallationFacts same_machine = facts;
  same_machine.machine_guid = u"aBc";
  BOOST_TEST(installation_id(volume, other_case, same_machine) == id);

  Volume other_volume = volume;
  other_volume.index = 2;
  BOOST_TEST(installation_id(other_volume, installation, facts) != id);
  Installation other_path = installation;
  other_path.windows_directory = u"\\WINNT";
  BOOST_TEST(installation_id(volume, other_path, facts) != id);
  InstallationFacts other_machine = facts;
  other_machine.machine_guid = u"x";
  BOOST_TEST(installation_id(volume, installation, other_machine) != id);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
