// SPDX-License-Identifier: Apache-2.0
// AppxManifest.xml, also real ones.
#include "engine/servicing/appx_manifest.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <span>

#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

Result<AppxManifest> parse(std::string_view xml) {
  return parse_appx_manifest(std::as_bytes(std::span(xml)));
}

constexpr std::string_view framework =
    "<Package xmlns='http://schemas.microsoft.com/appx/2010/manifest'>"
    "<Identity Name='Example.Runtime' Publisher='CN=Example' Version='1.2.3.4' "
    "ProcessorArchitecture='x64' ResourceId='r'/>"
    "<Properties><DisplayName>Runtime</DisplayName><Framework> true </Framework></Properties>"
    "</Package>";

}  // namespace

BOOST_AUTO_TEST_SUITE(appx_manifest)

BOOST_AUTO_TEST_CASE(says_what_package_it_is) {
  const AppxManifest manifest = must(
      parse("<p:Package xmlns:p='urn:x'><p:Identity Name='Example.Runtime' Publisher='CN=Example' "
            "Version='1.2.3.4' ProcessorArchitecture='x64' ResourceId='r'/><p:Properties>"
            "<p:DisplayName>Runtime</p:DisplayName><p:Framework>true</p:Framework></p:Properties>"
            "</p:Package>"));
  BOOST_TEST(to_utf8(manifest.name) == "Example.Runtime");
  BOOST_TEST(to_utf8(manifest.publisher) == "CN=Example");
  BOOST_TEST(to_utf8(manifest.version) == "1.2.3.4");
  BOOST_TEST(to_utf8(manifest.architecture) == "x64");
  BOOST_TEST(to_utf8(manifest.resource_id) == "r");
  BOOST_TEST(to_utf8(manifest.display_name) == "Runtime");
  BOOST_TEST(manifest.framework);
  BOOST_TEST(!manifest.resource_package);
}

BOOST_AUTO_TEST_CASE(an_app_is_no_framework) {
  BOOST_TEST(!must(parse("<Package><Identity Name='A'/></Package>")).framework);
  BOOST_TEST(!must(parse("<Package><Identity Name='A'/><Properties><Framework>false</Framework>"
                         "</Properties></Package>"))
                  .framework);
}

BOOST_DATA_TEST_CASE(refuses_what_is_no_manifest,
                     boost::unit_test::data::make({"", "text", "<Package/>", "<a/>",
                                                   "<Package><Identity/></Package>",
                                                   "<Package><Identity Name='A'></Package>"}),
                     xml) {
  BOOST_TEST(is_status(parse(xml), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(every_truncation_and_flip_gives_an_answer) {
  for (std::size_t size = 0; size < framework.size(); ++size) {
    BOOST_TEST(!parse(framework.substr(0, size)).has_value());
    std::string flipped(framework);
    flipped[size] = static_cast<char>(flipped[size] ^ 0x11);
    (void)parse(flipped);
  }
}

BOOST_AUTO_TEST_CASE(a_manifest_of_any_size_is_not_read) {
  BOOST_TEST(
      is_status(parse(std::string((std::size_t{4} << 20) + 1, ' ')), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(real_manifests) {
  if (!have_real_data()) {
    return;
  }
  const AppxManifest libs =
      must(parse_appx_manifest(real_bytes("appx/Microsoft.VCLibs.140.00/AppxManifest.xml")));
  BOOST_TEST(to_utf8(libs.name) == "Microsoft.VCLibs.140.00");
  BOOST_TEST(to_utf8(libs.version) == "14.0.33519.0");
  BOOST_TEST(libs.framework);
  const AppxManifest native = must(
      parse_appx_manifest(real_bytes("appx/Microsoft.NET.Native.Framework.1.3/AppxManifest.xml")));
  BOOST_TEST(to_utf8(native.version) == "1.3.24211.0");
  BOOST_TEST(native.framework);
  const AppxManifest app = must(parse_appx_manifest(real_bytes("appx/10Store/AppxManifest.xml")));
  BOOST_TEST(to_utf8(app.name) == "10.store.app");
  BOOST_TEST(to_utf8(app.architecture) == "neutral");
  BOOST_TEST(!app.framework);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
