// SPDX-License-Identifier: Apache-2.0
// Help pages.
#include "tools/dism/help.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/dism/dism_support.h"
#include "tests/support/matchers.h"
#include "tools/dism/help_topics.h"
#include "tools/dism/rules.h"

using namespace casement::dism;
using casement::test::mentions;
using casement::test::run_dism;

BOOST_AUTO_TEST_SUITE(dism_help)

BOOST_AUTO_TEST_CASE(every_command_and_option_has_a_page) {
  for (const CommandRule& command : reading_commands()) {
    BOOST_TEST(help_page(command.name).has_value(), command.name);
    if (!command.alias.empty()) {
      BOOST_TEST((help_page(command.alias) == help_page(command.name)), command.alias);
    }
  }
  for (const OptionRule& option : global_options()) {
    BOOST_TEST(help_page(option.name).has_value(), option.name);
  }
}

BOOST_AUTO_TEST_CASE(every_page_is_of_something_that_exists) {
  for (const HelpTopic& topic : help_topics()) {
    const bool exists =
        find_command(topic.name) != nullptr || find_option(global_options(), topic.name) != nullptr;
    BOOST_TEST(exists, topic.name);
  }
}

BOOST_AUTO_TEST_CASE(a_command_names_all_of_its_options) {
  for (const CommandRule& command : reading_commands()) {
    const std::string page = *help_page(command.name);
    for (const OptionRule& option : command.options) {
      // Those that would clean up are refused, and the help does not advertise them.
      if (command.name != "Cleanup-Image") {
        BOOST_TEST(page.find("/" + std::string(option.name)) != std::string::npos,
                   command.name << " /" << option.name);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(no_arguments_and_a_question_mark_give_the_overview) {
  const auto overview = run_dism({});
  BOOST_TEST(overview.code == 0);
  BOOST_TEST(overview.output == run_dism({"/?"}).output);
  BOOST_TEST(mentions(overview.output, {"Deployment Image Servicing and Management tool",
                                        "/Get-Packages", "/Get-ImageInfo", "/LogPath"}));
}

BOOST_AUTO_TEST_CASE(a_topic_that_is_not_there_is_an_error) {
  const auto run = run_dism({"/Get-Foo", "/?"});
  BOOST_TEST(run.code == 87);
  BOOST_TEST(mentions(run.output, {"Error: 87\n\nNo help topic could be found for the /Get-Foo "
                                   "option."}));
}

BOOST_AUTO_TEST_CASE(help_must_be_last) {
  const auto run = run_dism({"/?", "/Get-Packages"});
  BOOST_TEST(run.code == 87);
  BOOST_TEST(mentions(run.output, {"Error: 87\n\nThe /? option must be the last one"}));
}

BOOST_AUTO_TEST_SUITE_END()
