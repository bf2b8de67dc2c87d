// SPDX-License-Identifier: Apache-2.0
// Where Windows directories are looked for.
#include "engine/image/candidates.h"

#include <boost/test/unit_test.hpp>

#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

/// "origin path" of every candidate of one volume.
std::vector<std::string> search(const fixture::Tree& tree) {
  const OpenedImage opened = image_of(tree);
  CandidateList list;
  find_candidates(opened, {}, list);
  std::vector<std::string> found;
  for (const Candidate& candidate : list.candidates()) {
    found.push_back(candidate.origin + " " + to_utf8(candidate.path));
  }
  return found;
}

std::vector<std::string> search_for(const std::string& directory) {
  fixture::Tree tree;
  tree.add_file(directory + "/System32/config/SYSTEM", "x");
  return search(tree);
}

using Found = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(candidates)

BOOST_AUTO_TEST_CASE(usual_names_are_found_in_any_case) {
  BOOST_TEST(search_for("WINDOWS") == Found{"name \\WINDOWS"}, boost::test_tools::per_element());
  BOOST_TEST(search_for("winnt") == Found{"name \\winnt"}, boost::test_tools::per_element());
  BOOST_TEST(search_for("ReactOS") == Found{"name \\ReactOS"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(any_other_name_is_found_by_its_config) {
  BOOST_TEST(search_for("MyOS") == Found{"scan \\MyOS"}, boost::test_tools::per_element());
  fixture::Tree tree;
  tree.add_directory("NotWindows/System32");
  BOOST_TEST(search(tree).empty());
}

BOOST_AUTO_TEST_CASE(nested_ones_are_found) {
  for (const char* place :
       {"Windows.old/WINDOWS", "Windows.old/WINDOWS.000", "Windows.old.000/Windows",
        "$WINDOWS.~BT/NewOS/Windows", "Files/Windows", "UtilityVM/Files/Windows"}) {
    const Found found = search_for(place);
    BOOST_TEST_CONTEXT(place) {
      BOOST_TEST_REQUIRE(found.size() == 1U);
      BOOST_TEST(found[0].starts_with("nested "));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_root_itself_may_be_the_windows_directory) {
  fixture::Tree tree;
  tree.add_directory("System32/config");
  BOOST_TEST(search(tree) == Found{"user \\"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_directory_is_listed_once) {
  BOOST_TEST(search(recipe_tree("upgraded")).size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_directory_that_cannot_be_read_does_not_end_the_search) {
  fixture::Tree tree = small_windows();
  tree.add_file("Secret/System32/config/SYSTEM", "x");
  const auto volume = volume_of(tree);
  volume->deny("Secret");
  CandidateList list;
  find_candidates(image_of({volume}), {}, list);
  BOOST_TEST(list.candidates().size() == 1U);
  BOOST_TEST(has_finding(list.failures(), "search-incomplete", "Secret"));
  BOOST_TEST_REQUIRE(list.denied().has_value());
  BOOST_TEST((list.denied()->status() == Status::access_denied));
}

BOOST_AUTO_TEST_CASE(looks_at_a_bounded_number_of_directories) {
  fixture::Tree tree;
  for (int i = 0; i < 300; ++i) {
    tree.add_file("os" + std::to_string(i) + "/System32/config/SYSTEM", "x");
  }
  const OpenedImage opened = image_of(tree);
  CandidateList list;
  find_candidates(opened, {}, list);
  BOOST_TEST(list.candidates().size() == CandidateList::max_candidates);
  BOOST_TEST(has_finding(list.failures(), "search-incomplete", "more than 256"));
}

BOOST_AUTO_TEST_CASE(volumes_that_cannot_be_read_are_passed_over) {
  OpenedImage opened = image_of({volume_of(small_windows()), volume_of(small_windows())});
  opened.volumes[0].file_system = nullptr;
  opened.volumes[0].reason = "locked";
  CandidateList list;
  find_candidates(opened, {}, list);
  BOOST_TEST_REQUIRE(list.candidates().size() == 1U);
  BOOST_TEST(list.candidates()[0].volume == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
