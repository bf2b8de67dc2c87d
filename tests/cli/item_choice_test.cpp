// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/commands/item_choice.h"

#include <boost/test/unit_test.hpp>

#include "tools/casement/commands/finding_list.h"
#include "tools/casement/render/words.h"

using namespace casement;
using namespace casement::cli;

using Positions = std::vector<std::size_t>;

BOOST_AUTO_TEST_SUITE(item_choice)

BOOST_AUTO_TEST_CASE(an_identity_goes_before_a_short_name) {
  const ItemNames names = with_short_names({u"Pack~1~amd64~~1.0", u"Pack", u"Other~1~amd64~~2.0"});
  BOOST_TEST((choose_item("pack", names, "packages") == std::optional<std::size_t>(1)));
  BOOST_TEST((choose_item("OTHER", names, "packages") == std::optional<std::size_t>(2)));
  BOOST_TEST(
      (choose_item("pack~1~AMD64~~1.0", names, "packages") == std::optional<std::size_t>(0)));
  BOOST_TEST((choose_item("Pac", names, "packages") == std::nullopt));
}

BOOST_AUTO_TEST_CASE(a_short_name_of_several_means_none_of_them) {
  BOOST_TEST(named_items(u"A", {u"a", u"B", u"A"}) == (Positions{0, 2}));
  BOOST_TEST(
      (choose_item("A", with_short_names({u"A~1", u"B~1", u"a~2"}), "packages") == std::nullopt));
}

BOOST_AUTO_TEST_CASE(states_are_found_however_they_are_written) {
  const auto states = all_package_states();
  for (const char* typed : {"install_pending", "install-pending", "Install Pending",
                            "InstallPending", "INSTALLPENDING"}) {
    BOOST_TEST(find_state(typed, states).value_or("none") == "install_pending", typed);
  }
  BOOST_TEST(!find_state("pending", states));
  BOOST_TEST(!find_state("", states));
  BOOST_TEST(find_state("Disabled with Payload Removed", all_feature_states()).value_or("none") ==
             "payload_removed");
}

BOOST_AUTO_TEST_CASE(words_follow_the_order_of_the_states) {
  BOOST_TEST(package_state_words(PackageState::not_present).code == std::string("not_present"));
  BOOST_TEST(package_state_words(PackageState::installed).code == std::string("installed"));
  BOOST_TEST(package_state_words(PackageState::partially_installed).code ==
             std::string("partially_installed"));
  BOOST_TEST(feature_state_words(PackageState::staged).code == std::string("disabled"));
  BOOST_TEST(release_type_words(ReleaseType::on_demand_pack)->code ==
             std::string("on_demand_pack"));
}

BOOST_AUTO_TEST_CASE(a_filter_wants_a_state_and_a_name) {
  ListOptions options;
  options.states = {"installed", "staged"};
  options.match = "lang*";
  const ItemFilter filter(options);
  BOOST_TEST(filter.takes(u"Language.Basic", package_state_words(PackageState::staged)));
  BOOST_TEST(!filter.takes(u"Language.Basic", package_state_words(PackageState::not_present)));
  BOOST_TEST(!filter.takes(u"OpenSSH", package_state_words(PackageState::staged)));
}

BOOST_AUTO_TEST_CASE(a_finding_of_two_questions_is_kept_once) {
  Diagnostics hive;
  hive.add(Severity::note, "hive-recovered", "SOFTWARE was recovered");
  FindingList findings;
  findings.add("packages", hive);
  BOOST_TEST((findings.exit_code() == ExitCode::ok));
  findings.add("features", hive);
  BOOST_TEST(findings.items().size() == 1);
  BOOST_TEST(findings.items().front().source == "packages");
  hive.add(Severity::warning, "wrong-type", "a value is no number");
  findings.add("features", hive);
  BOOST_TEST(findings.items().size() == 2);
  BOOST_TEST((findings.exit_code() == ExitCode::partial));
}

BOOST_AUTO_TEST_SUITE_END()
