// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/feature_tree.h"

#include <boost/test/unit_test.hpp>

#include "tools/casement/render/feature_links.h"

using namespace casement;
using namespace casement::cli;

namespace {

Feature feature(std::u16string name, std::vector<std::u16string> parents = {}) {
  Feature made;
  made.name = std::move(name);
  made.parents = std::move(parents);
  made.state = PackageState::installed;
  return made;
}

std::string tree_of(const std::vector<Feature>& features, std::u16string_view wanted = {}) {
  std::string out;
  append_feature_tree(out, features,
                      [&](const Feature& item) { return wanted.empty() || item.name == wanted; });
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(feature_tree)

BOOST_AUTO_TEST_CASE(puts_features_below_those_that_they_need) {
  BOOST_TEST(tree_of({feature(u"Web"), feature(u"Asp", {u"WEB"}), feature(u"Log", {u"Web"}),
                      feature(u"Net", {u"Asp"}), feature(u"Other")}) ==
             "  Web: Enabled\n"
             "    Asp: Enabled\n"
             "      Net: Enabled\n"
             "    Log: Enabled\n"
             "  Other: Enabled\n");
}

BOOST_AUTO_TEST_CASE(prints_what_is_below_a_feature_once) {
  BOOST_TEST(
      tree_of({feature(u"A"), feature(u"B"), feature(u"C", {u"A", u"B"}), feature(u"D", {u"C"})}) ==
      "  A: Enabled\n"
      "    C: Enabled\n"
      "      D: Enabled\n"
      "  B: Enabled\n"
      "    C: Enabled (see above)\n");
}

BOOST_AUTO_TEST_CASE(shows_the_way_to_features_that_are_wanted) {
  BOOST_TEST(
      tree_of({feature(u"A"), feature(u"B", {u"A"}), feature(u"C", {u"B"}), feature(u"D", {u"A"})},
              u"C") ==
      "  A: Enabled\n"
      "    B: Enabled\n"
      "      C: Enabled\n");
}

BOOST_AUTO_TEST_CASE(ends_where_features_need_each_other) {
  BOOST_TEST(tree_of({feature(u"A", {u"B"}), feature(u"B", {u"A"}), feature(u"Self", {u"self"})}) ==
             "  Self: Enabled\n"
             "  A: Enabled\n"
             "    B: Enabled\n"
             "      A: Enabled (see above)\n");
}

BOOST_AUTO_TEST_CASE(says_when_there_is_none) {
  BOOST_TEST(tree_of({}) == "No features.\n");
}

BOOST_AUTO_TEST_CASE(links_leave_out_parents_that_are_not_there) {
  const auto links = link_features({feature(u"A", {u"Absent"}), feature(u"B", {u"a"})});
  BOOST_TEST(links[0].parents.empty());
  BOOST_TEST(links[0].children == std::vector<std::size_t>{1});
  BOOST_TEST(links[1].parents == std::vector<std::size_t>{0});
}

BOOST_AUTO_TEST_SUITE_END()
