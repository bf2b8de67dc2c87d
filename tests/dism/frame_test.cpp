// SPDX-License-Identifier: Apache-2.0
// The frame around commands, and what goes wrong before one runs.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <new>
#include <string>
#include <vector>

#include "fixtures/build/bytes.h"
#include "tests/dism/dism_support.h"
#include "tests/support/matchers.h"
#include "tests/support/write_file.h"

using namespace casement;
using namespace casement::test;

namespace {

constexpr const char* banner =
    "\nDeployment Image Servicing and Management tool\nVersion: 10.0.26100.1\n\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(dism_frame)

BOOST_AUTO_TEST_CASE(an_image_that_is_not_there_cannot_be_accessed) {
  const DismRun run = run_dism({"/Image:/nowhere/at/all", "/Get-Packages"});
  BOOST_TEST(run.code == 3);
  BOOST_TEST(run.output ==
             std::string(banner) +
                 "Error: 3\n\nUnable to access the image. \n"
                 "Make sure that the image path and the Windows directory for the image exist and "
                 "you have Read permissions on the folder.\n");
  BOOST_TEST(mentions(run.notes, {"dism: ", "/nowhere"}));
  BOOST_TEST(run_dism({"/Image:/nowhere", "/Get-Packages"}).code == 2);
}

BOOST_AUTO_TEST_CASE(the_running_windows_is_not_supported) {
  const DismRun run = run_dism({"/Online", "/Get-Packages"});
  BOOST_TEST(run.code == 50);
  BOOST_TEST(mentions(run.output, {"Error: 50\n\nThe request is not supported.\n", "/Image"}));
  BOOST_TEST(mentions(run_dism({"/Online", "/Image:x", "/Get-Packages"}).output,
                      {"Error: 87\n\nDo not use the /Image or /WinDir option"}));
}

BOOST_AUTO_TEST_CASE(questions_need_an_image_and_image_files_take_none) {
  const DismRun run = run_dism({"/Get-Packages"});
  BOOST_TEST(run.code == 87);
  BOOST_TEST(mentions(run.notes, {"/Get-Packages needs /Image"}));
  BOOST_TEST(mentions(run_dism({"/Image:x", "/Get-ImageInfo", "/ImageFile:y"}).output,
                      {"The /Image option cannot be used in this context."}));
  BOOST_TEST(mentions(run_dism({"/English"}).output, {"No DISM options were specified"}));
  BOOST_TEST(mentions(run_dism({"/WinDir:x", "/Get-Packages"}).output,
                      {"The option /WinDir is not recognized in this context."}));
}

BOOST_AUTO_TEST_CASE(an_image_file_must_be_named_and_be_there) {
  BOOST_TEST(run_dism({"/Get-ImageInfo"}).code == 87);
  BOOST_TEST(run_dism({"/Get-ImageInfo", "/ImageFile:/nowhere.wim"}).code == 2);
  BOOST_TEST(mentions(run_dism({"/Get-ImageInfo", "/ImageFile:/nowhere.wim"}).output,
                      {"Error: 2\n\nThe system cannot find the file specified.\n"}));
}

BOOST_AUTO_TEST_CASE(windows_pe_has_its_settings_on_the_ninth_line) {
  const ImageOnDisk image(bare_recipe("winpe"));
  const DismRun run = image.run({"/Get-ScratchSpace"});
  BOOST_TEST(run.code == 0);
  BOOST_TEST(lines_of(run.output).at(8) == "Scratch Space : 32MB");
  BOOST_TEST(body_of(image.run({"/Get-TargetPath"})) ==
             "Windows PE settings:\n\nTarget Path : X:\\\n");
  BOOST_TEST(image.run({"/Get-CurrentEdition"}).code == 50);
}

BOOST_AUTO_TEST_CASE(packages_of_windows_7_have_two_lines_less) {
  fixture::ImageRecipe recipe = bare_recipe("windows_7");
  recipe.servicing.packages = {{.name = "P", .version = "6.1.1.1"}};
  const DismRun run = ImageOnDisk(recipe).run(
      {"/Get-PackageInfo", "/PackageName:P~31bf3856ad364e35~amd64~~6.1.1.1"});
  BOOST_TEST(run.code == 0);
  BOOST_TEST(run.output.find("Self servicing package") == std::string::npos);
  BOOST_TEST(run.output.find("Capability Identity") == std::string::npos);
  BOOST_TEST(mentions(run.output, {"Completely offline capable : Undetermined\n\nCustom"}));
}

BOOST_AUTO_TEST_CASE(an_unknown_release_type_is_told_in_the_words_of_the_manifest) {
  fixture::ImageRecipe recipe = bare_recipe("windows_10");
  recipe.servicing.packages = {
      {.name = "P", .version = "10.0.1.1", .release_type = "Enablement Pack"}};
  const ImageOnDisk image(recipe);
  BOOST_TEST(mentions(image.run({"/Get-Packages"}).output, {"Release Type : Enablement Pack\n"}));
  BOOST_TEST(mentions(
      image.run({"/Get-PackageInfo", "/PackageName:P~31bf3856ad364e35~amd64~~10.0.1.1"}).output,
      {"Release Type : Enablement Pack\n"}));
}

BOOST_AUTO_TEST_CASE(without_its_log_the_command_goes_on) {
  const DismRun run = run_dism({"/Get-MountedImageInfo", "/LogPath:/nowhere/at/all/dism.log"});
  BOOST_TEST(run.code == 0);
  BOOST_TEST(mentions(run.output, {"The operation completed successfully.\n"}));
  BOOST_TEST(mentions(run.notes, {"dism: Logging is disabled: ", "/nowhere/at/all/dism.log"}));
}

BOOST_AUTO_TEST_CASE(the_file_of_the_exit_code_is_written_when_memory_ends) {
  const TempDir folder;
  const std::string path = folder.file("code");
  dism::Output output([](std::string_view) -> int { throw std::bad_alloc(); });
  std::string notes;
  const dism::Sink sink = [&notes](std::string_view bytes) {
    notes += bytes;
    return 0;
  };
  const std::vector<std::string> arguments = {"/Get-MountedImageInfo", "/ExitCodeFile:" + path};
  write_file(path, fixture::ascii_bytes("0\n"));
  BOOST_TEST(dism::run_program(arguments, {}, output, sink) == 14);
  BOOST_TEST(notes == "dism: out of memory\n");
  std::ifstream file(path);
  std::string code;
  file >> code;
  BOOST_TEST(code == "14");
}

BOOST_AUTO_TEST_CASE(nothing_is_mounted_here) {
  const DismRun run = run_dism({"/Get-MountedImageInfo"});
  BOOST_TEST(run.code == 0);
  BOOST_TEST((mentions(run.output, {"No mounted images found.\n"}) ||
              mentions(run.output, {"Mounted images:\n\nMount Dir : "})));
}

BOOST_AUTO_TEST_SUITE_END()
