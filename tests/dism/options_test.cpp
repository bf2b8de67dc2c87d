// SPDX-License-Identifier: Apache-2.0
// From the command line to a request.
#include "tools/dism/options.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace casement::dism;

namespace {

Request parse(const std::vector<std::string>& arguments) {
  return parse_request(arguments);
}

/// First line of the mistake; empty: there is none.
std::string mistake(const std::vector<std::string>& arguments) {
  const Request request = parse(arguments);
  return request.error ? request.error->refusal.lines.at(0) : std::string();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dism_options)

BOOST_AUTO_TEST_CASE(order_and_case_mean_nothing) {
  const Request request =
      parse({"/FORMAT=table", "/get-FEATURES", "/packagename:P", "/english", "/image:/mnt"});
  BOOST_TEST(!request.error);
  BOOST_REQUIRE(request.command);
  BOOST_TEST(request.command->name == "Get-Features");
  BOOST_TEST(request.global.table);
  BOOST_TEST(*request.global.image == "/mnt");
  BOOST_TEST(*request.value("PackageName") == "P");
}

BOOST_AUTO_TEST_CASE(aliases_are_the_same_command_and_option) {
  const Request request = parse({"/Get-WimInfo", "/WimFile:a.wim", "/Index:2"});
  BOOST_TEST(!request.error);
  BOOST_TEST(request.command->name == "Get-ImageInfo");
  BOOST_TEST(*request.value("ImageFile") == "a.wim");
  BOOST_TEST(find_command("get-mountedwiminfo") == find_command("Get-MountedImageInfo"));
  BOOST_TEST(find_command("cleanup-wim") == find_command("Cleanup-Mountpoints"));
}

BOOST_AUTO_TEST_CASE(only_some_options_may_be_repeated) {
  BOOST_TEST(!parse({"/Image:x", "/Get-DriverInfo", "/Driver:a", "/Driver:b"}).error);
  BOOST_TEST(mistake({"/Image:x", "/Image:y"}) ==
             "The /Image option has been duplicated on the command-line.");
  BOOST_TEST(mistake({"/Get-ImageInfo", "/ImageFile:a", "/WimFile:b"}) ==
             "The /WimFile option has been duplicated on the command-line.");
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong_with_an_argument) {
  BOOST_TEST(mistake({"/Image"}) == "The /Image option is missing a required argument.");
  BOOST_TEST(mistake({"/Image:"}) == "The /Image option is missing a required argument.");
  BOOST_TEST(mistake({"/Online:yes"}) == "The /Online option does not take an argument.");
  BOOST_TEST(mistake({"/Image:x", "/Get-Packages:all"}) ==
             "The /Get-Packages option does not take an argument.");
  BOOST_TEST(mistake({"/Format:xml"}) ==
             "The xml argument given for the /Format option is invalid.");
  BOOST_TEST(mistake({"/LogLevel:5"}) == "An invalid log level was specified.");
  BOOST_TEST(mistake({"/LogLevel:"}) == "The /LogLevel option is missing a required argument.");
}

BOOST_AUTO_TEST_CASE(unknown_options_are_told_as_dism_tells_them) {
  BOOST_TEST(mistake({"/Get-Foo"}) ==
             "DISM doesn't recognize the command-line option \"/Get-Foo\".");
  BOOST_TEST(mistake({"/Image:x", "/Get-Foo"}) == "The get-foo option is unknown.");
  BOOST_TEST(mistake({"/Online", "/Get-Foo"}) == "The get-foo option is unknown.");
  BOOST_TEST(mistake({"/Image:x", "/Get-Packages", "/Foo:1"}) == "The foo option is unknown.");
  BOOST_TEST(mistake({"packages"}) ==
             "DISM doesn't recognize the command-line option \"packages\".");
  BOOST_TEST(mistake({"/Image:x", "/Get-KnownInfo"}) == "The get-knowninfo option is unknown.");
}

BOOST_AUTO_TEST_CASE(a_mistake_of_the_command_comes_after_the_image) {
  BOOST_TEST(parse({"/Image:x", "/Get-Packages", "/Foo"}).error->after_image);
  BOOST_TEST(parse({"/Image:x", "/Get-Foo"}).error->after_image);
  BOOST_TEST(!parse({"/Image:x", "/LogLevel:9"}).error->after_image);
}

BOOST_AUTO_TEST_CASE(options_of_commands_that_change_are_not_looked_at) {
  const Request request = parse({"/Image:x", "/Add-Package", "/PackagePath:a.cab", "/Whatever"});
  BOOST_TEST(!request.error);
  BOOST_TEST(request.command->changes);
  BOOST_TEST(request.command_text == "/Add-Package");
}

BOOST_AUTO_TEST_CASE(help_is_about_the_word_before_it) {
  BOOST_TEST(parse({"/?"}).help);
  BOOST_TEST(parse({"/?"}).help_topic == "");
  BOOST_TEST(parse({"/Image:x", "/Get-Packages", "/?"}).help_topic == "Get-Packages");
  BOOST_TEST(parse({"/ScratchDir", "/?"}).help_topic == "ScratchDir");
  BOOST_TEST(!parse({"/Get-Packages", "/?"}).help_misplaced);
  BOOST_TEST(parse({"/?", "/Get-Packages"}).help_misplaced);
}

BOOST_AUTO_TEST_CASE(global_options_count_in_spite_of_a_mistake) {
  const Request request = parse({"/Foo", "/Crlf", "/Quiet", "/ExitCodeFile:code"});
  BOOST_TEST(request.error.has_value());
  BOOST_TEST(request.global.crlf);
  BOOST_TEST(request.global.quiet);
  BOOST_TEST(*request.global.exit_code_file == "code");
}

BOOST_AUTO_TEST_SUITE_END()
