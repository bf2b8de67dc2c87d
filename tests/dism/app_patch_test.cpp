// SPDX-License-Identifier: Apache-2.0
// /Check-AppPatch: which products of the image a patch is for.
#include <boost/test/unit_test.hpp>
#include <string>

#include "fixtures/build/compound_builder.h"
#include "fixtures/build/guid.h"
#include "tests/dism/dism_support.h"
#include "tests/support/matchers.h"
#include "tests/support/write_file.h"

using namespace casement;
using namespace casement::test;

namespace {

const std::string product = fixture::derived_guid("installer product").braced();
const std::string applied = fixture::derived_guid("installer patch").braced();
const std::string code = fixture::derived_guid("another patch").braced();

struct Patched {
  ImageOnDisk image{*fixture::find_recipe("windows_10")};
  TempDir folder;

  /// "/PatchLocation:" with a patch of these codes.
  std::string patch(const std::string& name, const std::string& codes,
                    const std::string& products) const {
    const std::string path = folder.file(name);
    write_file(path, fixture::build_installer_patch(codes, products));
    return "/PatchLocation:" + path;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(dism_app_patch, Patched)

BOOST_AUTO_TEST_CASE(a_patch_for_an_installed_product_names_it) {
  const std::string option = patch("new.msp", code, code + ";" + product);
  const DismRun run = image.run({"/Check-AppPatch", option});
  BOOST_TEST(run.code == 0);
  BOOST_TEST(mentions(run.output, {"Patch Code : {", "Product Code : {",
                                   "Product Name : Example Suite\n\nThe operation completed"}));
  const DismRun twice = image.run({"/Check-AppPatch", option, option});
  BOOST_TEST(mentions(twice.output, {"Example Suite\n\nPatch Code", "Example Suite\n\nThe"}));
}

BOOST_AUTO_TEST_CASE(a_patch_for_nothing_here_prints_nothing) {
  for (const std::string& option :
       {patch("other.msp", code, code), patch("applied.msp", applied, product)}) {
    const DismRun run = image.run({"/Check-AppPatch", option});
    BOOST_TEST(run.code == 0);
    BOOST_TEST(body_of(run).find("Code") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_patch_or_not_there_is_refused) {
  BOOST_TEST(image.run({"/Check-AppPatch"}).code == 87);
  BOOST_TEST(image.run({"/Check-AppPatch", "/PatchLocation:/nowhere.msp"}).code == 2);
  write_file(folder.file("text.msp"), fixture::ascii_bytes("no patch"));
  const DismRun run = image.run({"/Check-AppPatch", "/PatchLocation:" + folder.file("text.msp")});
  BOOST_TEST(run.code == 1636);
  BOOST_TEST(mentions(run.output, {"text.msp Error: 0x80070664\n\nError: 1636\n\n",
                                   "valid Windows Installer patch package.\n"}));
  BOOST_TEST(image.run({"/Check-AppPatch", "/PatchLocation:" + folder.path()}).code == 1636);
}

BOOST_AUTO_TEST_SUITE_END()
