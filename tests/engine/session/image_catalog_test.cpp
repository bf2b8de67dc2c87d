// SPDX-License-Identifier: Apache-2.0
// What an image file says that it holds.
#include "engine/session/image_catalog.h"

#include <boost/test/unit_test.hpp>

#include "engine/session/installation_claims.h"
#include "engine/session/session.h"
#include "tests/engine/image/image_support.h"
#include "tests/engine/session/recipe_disk.h"
#include "tests/engine/session/wim_support.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/support/write_file.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

struct Files {
  TempDir dir;

  std::string wim(fixture::WimOptions options = {}) const {
    const std::string path = dir.path() + "/install.wim";
    write_file(path, two_editions(std::move(options)).build());
    return path;
  }
};

Result<ImageCatalog> catalog_of(const std::string& path) {
  return read_image_catalog(*from_utf8(path));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(image_catalog, Files)

BOOST_AUTO_TEST_CASE(a_wim_tells_what_its_xml_claims) {
  const ImageCatalog catalog = must(catalog_of(wim()));
  BOOST_TEST((catalog.kind == CatalogKind::wim));
  BOOST_TEST(!catalog.selected);
  BOOST_TEST_REQUIRE(catalog.images.size() == 2U);
  const wim::ImageClaims& home = catalog.images[0].claims;
  BOOST_TEST(home.index == 1U);
  BOOST_TEST(home.name == "Windows 11 Home");
  BOOST_TEST(home.windows.value().edition_id == "Core");
  BOOST_TEST(home.windows->architecture.value() == 9U);
  BOOST_TEST(home.windows->version.value().build == 22631U);
  BOOST_TEST(home.windows->version->sp_build.value() == 2861U);
  BOOST_TEST(home.windows->default_language == "en-US");
  BOOST_TEST(home.file_count.value() > 3U);
  BOOST_TEST(!catalog.images[0].bootable.value());
  BOOST_TEST(catalog.images[1].bootable.value());
}

BOOST_AUTO_TEST_CASE(a_selector_names_one_of_them) {
  const std::string path = wim();
  BOOST_TEST(must(catalog_of(path + "#2")).selected.value() == 1U);
  BOOST_TEST(must(catalog_of(path + "#windows 11 home")).selected.value() == 0U);
  BOOST_TEST(must(catalog_of(path + "#Professional")).selected.value() == 1U);
  const auto missing = catalog_of(path + "#3");
  BOOST_TEST(is_status(missing, Status::not_found));
  BOOST_TEST(mentions(missing.error().message(), {"no image 3", "Windows 11 Pro"}));
}

BOOST_AUTO_TEST_CASE(a_disk_has_one_with_the_facts_of_its_registry) {
  const std::string path = dir.path() + "/disk.vhdx";
  write_vhdx(recipe_disk("windows_11"), path);
  const ImageCatalog catalog = must(catalog_of(path));
  BOOST_TEST((catalog.kind == CatalogKind::disk));
  BOOST_TEST_REQUIRE(catalog.images.size() == 1U);
  const wim::ImageClaims& claims = catalog.images[0].claims;
  BOOST_TEST(claims.index == 1U);
  BOOST_TEST(claims.windows.value().architecture.value() == 9U);
  BOOST_TEST(claims.windows->version.value().build >= 22000U);
  BOOST_TEST(!claims.windows->edition_id.empty());
  BOOST_TEST(catalog.images[0].bootable.value());
}

BOOST_AUTO_TEST_CASE(a_directory_is_told_from_a_file) {
  fixture::write_tree(small_windows(), dir.path() + "/tree");
  BOOST_TEST((must(catalog_of(dir.path() + "/tree")).kind == CatalogKind::directory));
}

BOOST_AUTO_TEST_CASE(other_files_are_refused) {
  write_file(dir.path() + "/text", std::vector<std::byte>(5000, std::byte{'x'}));
  BOOST_TEST(is_status(catalog_of(dir.path() + "/text"), Status::unsupported));
  BOOST_TEST(is_status(catalog_of(dir.path() + "/none"), Status::not_found));
}

BOOST_AUTO_TEST_CASE(claims_that_the_registry_denies_are_found) {
  const SessionPtr session = must(Session::open({.image_path = *from_utf8(wim() + "#2"),
                                                 .windows_directory = std::nullopt,
                                                 .system_drive = std::nullopt}));
  const Identity identity = read_identity(session->image());
  wim::ImageClaims claimed = claims_of(identity);
  BOOST_TEST(compare_claims(claimed, identity).empty());
  claimed.index = 2;
  claimed.windows->edition_id = "Nothing";
  claimed.windows->architecture = 12;
  const Diagnostics findings = compare_claims(claimed, identity);
  BOOST_TEST(has_finding(findings, "wim-claims", "image 2: the WIM says architecture \"12\""));
  claimed.windows.reset();
  BOOST_TEST(compare_claims(claimed, identity).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
