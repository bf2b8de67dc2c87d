// SPDX-License-Identifier: Apache-2.0
// Published outputs of /Get-Intl, made again.
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/dism/dism_support.h"
#include "tests/dism/samples.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

using namespace casement;
using namespace casement::test;

BOOST_AUTO_TEST_SUITE(dism_intl_samples)

BOOST_AUTO_TEST_CASE(a_french_image_and_an_english_distribution) {
  if (!have_real_data()) {
    return;
  }
  fixture::ImageRecipe recipe = bare_recipe("windows_10");
  recipe.languages = {"fr-FR", "en-US", "de-DE"};
  recipe.time_zone = "Pacific Standard Time";
  const TempDir media;
  (void)media.write("sources/lang.ini",
                    "[Available UI Languages]\r\nen-US = 3\r\n\r\n[Fallback Languages]\r\n"
                    "en-US = en-us\r\n");
  const DismRun run = ImageOnDisk(recipe).run({"/Get-Intl", "/Distribution:" + media.path()});
  const std::size_t start = run.output.find("Reporting offline");
  BOOST_REQUIRE_NE(start, std::string::npos);
  BOOST_TEST(run.output.substr(start) == sample("transcribed/get-intl_offline_msdocs.txt"));
}

BOOST_AUTO_TEST_SUITE_END()
