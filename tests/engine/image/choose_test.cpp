// SPDX-License-Identifier: Apache-2.0
// Choosing among installations, and the rules of classification and score.
#include "engine/image/choose.h"

#include <boost/test/unit_test.hpp>

#include "engine/image/classify.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"

namespace casement::test {
namespace {

Examined make(const char16_t* path, InstallationClass kind, int score, std::uint64_t activity = 0) {
  Examined examined;
  examined.installation.windows_directory = path;
  examined.installation.kind = kind;
  examined.installation.score = score;
  examined.facts.last_activity = {activity};
  return examined;
}

InstallationChoice choose(const std::vector<Examined>& all,
                          std::optional<std::size_t> by_caller = std::nullopt,
                          std::optional<std::size_t> by_default = std::nullopt) {
  return choose_installation(all, by_caller, by_default);
}

constexpr auto client = InstallationClass::client;
constexpr auto winpe = InstallationClass::winpe;

}  // namespace

BOOST_AUTO_TEST_SUITE(choosing)

BOOST_AUTO_TEST_CASE(the_caller_decides_first) {
  const std::vector<Examined> all = {make(u"\\Windows", client, 90), make(u"\\PE", winpe, 1)};
  const InstallationChoice choice = choose(all, 1);
  BOOST_TEST(choice.position == 1U);
  BOOST_TEST(mentions(choice.reason, {"\\PE", "caller"}));
}

BOOST_AUTO_TEST_CASE(a_full_installation_goes_before_a_higher_scored_special_one) {
  const std::vector<Examined> all = {make(u"\\PE", winpe, 99), make(u"\\Windows", client, 40)};
  const InstallationChoice choice = choose(all);
  BOOST_TEST(choice.position == 1U);
  BOOST_TEST(mentions(choice.reason, {"only full one of 2"}));
}

BOOST_AUTO_TEST_CASE(the_boot_default_decides_between_full_ones) {
  const std::vector<Examined> all = {make(u"\\A", client, 90), make(u"\\B", client, 80)};
  BOOST_TEST(choose(all, std::nullopt, 1).position == 1U);
  BOOST_TEST(mentions(choose(all, std::nullopt, 1).reason, {"default entry"}));
}

BOOST_AUTO_TEST_CASE(a_boot_default_that_is_no_full_installation_does_not_decide) {
  const std::vector<Examined> all = {make(u"\\A", client, 70), make(u"\\B", client, 80),
                                     make(u"\\PE", winpe, 90)};
  BOOST_TEST(choose(all, std::nullopt, 2).position == 1U);
}

BOOST_AUTO_TEST_CASE(then_the_score_then_the_last_shutdown_then_the_order) {
  BOOST_TEST(choose({make(u"\\A", client, 70), make(u"\\B", client, 80)}).position == 1U);
  const InstallationChoice newer =
      choose({make(u"\\A", client, 80, 5), make(u"\\B", client, 80, 6)});
  BOOST_TEST(newer.position == 1U);
  BOOST_TEST(mentions(newer.reason, {"shut down last"}));
  const InstallationChoice first =
      choose({make(u"\\A", client, 80, 5), make(u"\\B", client, 80, 5)});
  BOOST_TEST(first.position == 0U);
  BOOST_TEST(mentions(first.reason, {"found first"}));
}

BOOST_AUTO_TEST_CASE(special_ones_are_taken_when_there_is_nothing_else) {
  const InstallationChoice choice = choose(
      {make(u"\\PE", winpe, 50), make(u"\\Windows.old\\Windows", InstallationClass::previous, 60)});
  BOOST_TEST(choice.position == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(classification)

BOOST_AUTO_TEST_CASE(recipes_are_what_they_say) {
  const auto kind = [](std::string_view recipe) {
    return std::string(
        installation_class_name(open_tree(recipe_tree(recipe))->installation().kind));
  };
  BOOST_TEST(kind("windows_7") == "client");
  BOOST_TEST(kind("windows_10") == "client");
  BOOST_TEST(kind("server_2022") == "server");
  BOOST_TEST(kind("server_2022_core") == "server");
  BOOST_TEST(kind("winpe") == "winpe");
  BOOST_TEST(kind("winre") == "winre");
}

BOOST_AUTO_TEST_CASE(product_type_tells_systems_without_an_installation_type) {
  fixture::HiveBuilder software;
  software.key("Microsoft\\Windows NT\\CurrentVersion").set_string("SystemRoot", "C:\\WINNT");
  fixture::HiveBuilder system = small_system();
  system.key("ControlSet001\\Control\\ProductOptions").set_string("ProductType", "LanmanNT");
  fixture::Tree tree;
  add_small_windows(tree, "WINNT", system, software);
  BOOST_TEST((open_tree(tree)->installation().kind == InstallationClass::server));
}

BOOST_AUTO_TEST_CASE(mini_nt_alone_makes_a_preinstallation_environment) {
  fixture::HiveBuilder system = small_system();
  system.key("ControlSet001\\Control\\MiniNT");
  fixture::Tree tree;
  add_small_windows(tree, "Windows", system, small_software());
  const ImagePtr image = open_tree(tree);
  BOOST_TEST((image->installation().kind == InstallationClass::winpe));
  // What SOFTWARE says is kept as evidence all the same.
  BOOST_TEST(points_for(image->installation().evidence, "InstallationType Client").value() == 0);
}

BOOST_AUTO_TEST_CASE(hives_that_do_not_say_leave_it_unknown) {
  fixture::Tree tree;
  add_small_windows(tree, "Windows", fixture::HiveBuilder(), fixture::HiveBuilder());
  BOOST_TEST((open_tree(tree)->installation().kind == InstallationClass::unknown));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
