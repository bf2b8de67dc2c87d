// SPDX-License-Identifier: Apache-2.0
// Manifests of components: files and their digests.
#include "engine/servicing/component_manifest.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <span>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

Bytes bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string file(const std::string& name, const std::string& algorithm, const std::string& value) {
  return "<file name=\"" + name +
         "\"><asmv2:hash xmlns:asmv2=\"urn:x\" xmlns:dsig=\"urn:y\"><dsig:DigestMethod "
         "Algorithm=\"http://www.w3.org/2000/09/xmldsig#" +
         algorithm + "\"/><dsig:DigestValue>" + value + "</dsig:DigestValue></asmv2:hash></file>";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(component_manifest)

BOOST_AUTO_TEST_CASE(files_come_with_their_digests) {
  const std::string xml = "<assembly>" +
                          file("a.dll", "sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=") +
                          file("b.dll", "sha1", "2jmj7l5rSw0yVb/vlWAYkK/YBwk=") +
                          "<file name=\"c.dll\"/><file/></assembly>";
  const ComponentManifest manifest = must(parse_component_manifest(bytes_of(xml)));
  BOOST_TEST_REQUIRE(manifest.files.size() == 3U);
  BOOST_TEST(to_hex(manifest.files[0].digest) ==
             "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  BOOST_TEST((manifest.files[1].kind == DigestKind::sha1));
  BOOST_TEST(to_hex(manifest.files[1].digest) == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  BOOST_TEST(manifest.files[2].digest.empty());
  BOOST_TEST(manifest.diagnostics.items().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_digest_of_another_size_is_a_finding) {
  const std::string xml =
      "<assembly>" + file("a", "sha256", "AAAA") + file("b", "sha256", "?") + "</assembly>";
  const ComponentManifest manifest = must(parse_component_manifest(bytes_of(xml)));
  BOOST_TEST(manifest.files.size() == 2U);
  BOOST_TEST(manifest.files[0].digest.empty());
  BOOST_TEST(manifest.diagnostics.items().size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_is_no_manifest_is_refused) {
  BOOST_TEST(is_status(parse_component_manifest({}), Status::corrupt));
  BOOST_TEST(is_status(parse_component_manifest(bytes_of("<x/>")), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(compressed_files_are_told_by_their_first_bytes) {
  const auto is_compressed = [](std::string_view beginning) {
    return stored_form(bytes_of(beginning)) == StoredForm::compressed;
  };
  for (const char kind : std::string("MNDHXS")) {
    BOOST_TEST(is_compressed(std::string("DC") + kind + "\1PA30"));
  }
  for (const char* plain : {"", "DCM", "DCM\2", "DCZ\1", "<?xm", "MZ\1\1"}) {
    BOOST_TEST(!is_compressed(plain));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
