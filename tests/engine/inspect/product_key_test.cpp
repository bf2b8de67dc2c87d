// SPDX-License-Identifier: Apache-2.0
// Product keys: what an installation says about them.
#include "engine/inspect/product_key.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/engine/image/image_support.h"
#include "tests/engine/servicing/product_keys.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

/// An installation with that pkeyconfig.
ImagePtr windows_with(const std::string& pkeyconfig) {
  fixture::Tree tree = small_windows();
  tree.add_file("Windows/System32/spp/tokens/pkeyconfig/pkeyconfig.xrm-ms", pkeyconfig);
  return open_tree(tree);
}

std::u16string key_of(std::uint32_t group, std::uint32_t serial) {
  return make_product_key({.group = group, .serial = serial, .security = 77, .upgrade = false});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(product_key)

BOOST_AUTO_TEST_CASE(tells_edition_and_channel) {
  const ImagePtr image = windows_with(licence_with(small_key_configuration()));
  const ProductKeyInfo retail = must(read_product_key(*image, key_of(100, 500)));
  BOOST_TEST(to_utf8(retail.edition) == "Professional");
  BOOST_TEST(to_utf8(retail.channel) == "Retail");
  const ProductKeyInfo volume = must(read_product_key(*image, key_of(101, 5000)));
  BOOST_TEST(to_utf8(volume.edition) == "Enterprise");
  BOOST_TEST(to_utf8(volume.channel) == "Volume:GVLK");
}

BOOST_AUTO_TEST_CASE(tells_the_key_of_setup_by_its_group) {
  // 3308 is the group of the key that setup uses for Windows 10 Pro when nobody enters one.
  const ImagePtr image = windows_with(
      licence_with(key_configuration(configuration_xml("{a}", "3308", "Professional", "Retail"),
                                     range_xml("{a}", "0", "999999999"))));
  const ProductKeyInfo info = must(read_product_key(*image, u"VK7JG-NPHTM-C97JM-9MPGT-3V66T"));
  BOOST_TEST(to_utf8(info.edition) == "Professional");
  BOOST_TEST(to_utf8(info.channel) == "Retail");
}

BOOST_AUTO_TEST_CASE(keys_that_the_installation_does_not_know_are_of_an_unknown_product) {
  const ImagePtr image = windows_with(licence_with(small_key_configuration()));
  const auto outside = read_product_key(*image, key_of(100, 1000));
  BOOST_TEST(is_status(outside, unknown_product));
  BOOST_TEST(mentions(outside.error().message(), {"group 100", "serial number 1000"}));
  BOOST_TEST(is_status(read_product_key(*image, key_of(555, 0)), unknown_product));
}

BOOST_AUTO_TEST_CASE(malformed_keys_are_of_an_unknown_product) {
  const ImagePtr image = windows_with(licence_with(small_key_configuration()));
  for (const char16_t* key : {u"", u"VK7JG", u"VK7JG-NPHTM-C97JM-9MPGT-3V66R",
                              u"VK7JG-BPHTM-C97JM-9MPGT-3V66T", u"AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"}) {
    BOOST_TEST(is_status(read_product_key(*image, key), unknown_product));
  }
}

BOOST_AUTO_TEST_CASE(a_range_that_is_not_valid_has_no_keys) {
  const ImagePtr image = windows_with(licence_with(key_configuration(
      configuration_xml("{a}", "7", "Core", "Retail"), range_xml("{a}", "0", "9", "false"))));
  const auto info = read_product_key(*image, key_of(7, 5));
  BOOST_TEST(is_status(info, unknown_product));
  BOOST_TEST(mentions(info.error().message(), {"not valid", "X00-00001"}));
}

BOOST_AUTO_TEST_CASE(there_may_be_no_configuration_of_keys) {
  BOOST_TEST(is_status(read_product_key(*open_tree(small_windows()), key_of(100, 500)),
                       Status::not_found));
  fixture::Tree directory = small_windows();
  directory.add_directory("Windows/System32/spp/tokens/pkeyconfig/pkeyconfig.xrm-ms");
  BOOST_TEST(
      is_status(read_product_key(*open_tree(directory), key_of(100, 500)), Status::not_found));
}

BOOST_AUTO_TEST_CASE(a_damaged_configuration_of_keys_is_an_error_that_names_it) {
  const auto damaged = read_product_key(*windows_with("<license/>"), key_of(100, 500));
  BOOST_TEST(is_status(damaged, Status::corrupt));
  BOOST_TEST(mentions(damaged.error().message(), {"pkeyconfig.xrm-ms", "infoBin"}));
  BOOST_TEST(
      is_status(read_product_key(*windows_with(std::string(9U << 20U, ' ')), key_of(100, 500)),
                Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
