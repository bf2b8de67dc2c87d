// SPDX-License-Identifier: Apache-2.0
// Patches of Windows Installer: their codes, and the products that they are for.
#include "engine/inspect/msi_patch_file.h"

#include <boost/test/unit_test.hpp>

#include "fixtures/build/compound_builder.h"
#include "tests/support/matchers.h"
#include "vfs/source/memory_source.h"

namespace casement::test {
namespace {

constexpr const char* first = "{11111111-2222-3333-4444-555555555555}";
constexpr const char* second = "{AAAAAAAA-2222-3333-4444-555555555555}";
constexpr const char* third = "{BBBBBBBB-2222-3333-4444-555555555555}";

Guid guid(const char* text) {
  return Guid::parse(std::string_view(text)).value();
}

Result<MsiPatchFile> read(const std::string& codes, const std::string& products) {
  return read_msi_patch_file(
      make_memory_source(fixture::build_installer_patch(codes, products), "x.msp"));
}

Result<MsiPatchFile> read_file_of(const std::vector<fixture::CompoundStream>& streams) {
  return read_msi_patch_file(make_memory_source(fixture::build_compound_file(streams), "x.msp"));
}

MsiProduct product(const char* code, std::int32_t state = 5) {
  MsiProduct made;
  made.code = guid(code);
  made.state = state;
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(msi_patch_file)

BOOST_AUTO_TEST_CASE(codes_come_from_the_summary_of_the_root) {
  const MsiPatchFile patch =
      must(read(std::string(first) + second, std::string(third) + ";" + second));
  BOOST_TEST((patch.code == guid(first)));
  BOOST_TEST((patch.replaces == std::vector<Guid>{guid(second)}));
  BOOST_TEST((patch.products == std::vector<Guid>{guid(third), guid(second)}));
}

BOOST_AUTO_TEST_CASE(what_is_no_patch_is_refused) {
  BOOST_TEST(is_status(read("", second), Status::invalid_data));
  BOOST_TEST(is_status(read(first, ""), Status::invalid_data));
  BOOST_TEST(is_status(read("{1111}", second), Status::invalid_data));
  BOOST_TEST(is_status(read(first, "Intel;1033"), Status::invalid_data));  // an .msi
  BOOST_TEST(is_status(read(std::string(first) + "{", second), Status::invalid_data));
  BOOST_TEST(is_status(read_file_of({{.name = u"Other", .data = {}}}), Status::invalid_data));
  BOOST_TEST(is_status(read_msi_patch_file(make_memory_source({}, "x.msp")), Status::bad_format));
  BOOST_TEST(is_status(
      read_file_of({{.name = u"\005SummaryInformation", .data = fixture::build_summary({})}}),
      Status::invalid_data));
}

BOOST_AUTO_TEST_CASE(only_installed_products_without_the_patch_are_named) {
  const MsiPatchFile patch = must(read(first, std::string(second) + ";" + third));
  MsiList list;
  list.products = {product(first), product(second), product(third)};
  BOOST_TEST(patchable_products(patch, list).size() == 2U);
  list.products[1].state = 1;  // advertised
  const auto one = patchable_products(patch, list);
  BOOST_TEST_REQUIRE(one.size() == 1U);
  BOOST_TEST((one[0]->code == guid(third)));
  MsiPatch own;
  own.code = guid(first);
  own.product = guid(third);
  list.patches.push_back(own);
  BOOST_TEST(patchable_products(patch, list).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
