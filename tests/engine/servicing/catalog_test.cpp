// SPDX-License-Identifier: Apache-2.0
#include "engine/servicing/catalog.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <span>
#include <string>

#include "tests/engine/servicing/catalog_support.h"
#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

Bytes text_bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

const std::vector<DerBytes>& members() {
  static const std::vector<DerBytes> made = {
      catalog_member({.file = "first", .name = u"first.sys"}),
      catalog_member({.file = "second", .sha256 = true, .tag = TestMember::Tag::word}),
      catalog_member({.file = "third",
                      .sha256 = true,
                      .tag = TestMember::Tag::digest,
                      .has_indirect_data = false}),
      catalog_member({.file = "fourth", .has_indirect_data = false})};
  return made;
}

bool has_finding_of(const Catalog& catalog, std::string_view code) {
  for (const Diagnostic& finding : catalog.diagnostics.items()) {
    if (finding.code == code) {
      return true;
    }
  }
  return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(catalog)

BOOST_AUTO_TEST_CASE(members_are_found_by_attribute_and_by_tag) {
  const Catalog catalog = must(parse_catalog(unsigned_catalog(catalog_list(members()))));
  BOOST_TEST(catalog.members.size() == 4U);
  for (const char* file : {"first", "second", "third", "fourth"}) {
    BOOST_TEST(catalog.has_file(text_bytes(file)));
  }
  BOOST_TEST(!catalog.has_file(text_bytes("fifth")));
  BOOST_TEST(!catalog.has_digest({}));
  BOOST_TEST((catalog.seal == CatalogSeal::unsigned_catalog));
  BOOST_TEST(catalog.diagnostics.empty());
  std::size_t named = 0;
  for (const CatalogMember& member : catalog.members) {
    named += to_utf8(member.file_name) == "first.sys" ? 1U : 0U;
  }
  BOOST_TEST(named == 1U);
}

BOOST_AUTO_TEST_CASE(a_signature_over_the_list_is_intact_and_names_its_signer) {
  const Catalog catalog = must(parse_catalog(signed_catalog(catalog_list(members()))));
  BOOST_TEST((catalog.seal == CatalogSeal::intact));
  BOOST_TEST(to_utf8(catalog.signer) == "Casement Test Signer");
  BOOST_TEST(catalog.diagnostics.empty());
}

BOOST_AUTO_TEST_CASE(a_list_that_was_changed_breaks_the_seal) {
  const DerBytes list = catalog_list(members());
  DerBytes file = signed_catalog(list);
  const std::string digest(reinterpret_cast<const char*>(sha1(text_bytes("first")).data()), 20);
  const std::string text(reinterpret_cast<const char*>(file.data()), file.size());
  const std::size_t at = text.find(digest);
  BOOST_REQUIRE(at != std::string::npos);
  file[at] ^= std::byte{1};
  const Catalog catalog = must(parse_catalog(file));
  BOOST_TEST((catalog.seal == CatalogSeal::broken));
  BOOST_TEST(has_finding_of(catalog, "catalog-seal"));
  BOOST_TEST(!catalog.has_file(text_bytes("first")));
  BOOST_TEST(catalog.has_file(text_bytes("second")));
}

BOOST_AUTO_TEST_CASE(a_signature_that_was_changed_is_broken) {
  DerBytes file = signed_catalog(catalog_list(members()));
  file.back() ^= std::byte{1};
  BOOST_TEST((must(parse_catalog(file)).seal == CatalogSeal::broken));
}

BOOST_AUTO_TEST_CASE(without_its_certificate_a_signature_cannot_be_checked) {
  const Catalog catalog = must(parse_catalog(signed_catalog(catalog_list(members()), false)));
  BOOST_TEST((catalog.seal == CatalogSeal::broken));
  BOOST_TEST(catalog.signer.empty());
  BOOST_TEST(catalog.has_file(text_bytes("first")));
}

BOOST_AUTO_TEST_CASE(a_damaged_member_hides_no_other) {
  const DerBytes no_digest = der(0x30, {der(0x04, {{std::byte{1}, std::byte{2}}}), der(0x31, {})});
  const DerBytes no_tag = der(0x30, {der(0x02, {{std::byte{1}}})});
  const Catalog catalog =
      must(parse_catalog(unsigned_catalog(catalog_list({no_digest, no_tag, members()[0]}))));
  BOOST_TEST(catalog.members.size() == 1U);
  BOOST_TEST(catalog.diagnostics.items().size() == 2U);
  BOOST_TEST(has_finding_of(catalog, "catalog-member"));
}

BOOST_AUTO_TEST_CASE(other_messages_are_refused) {
  BOOST_TEST(is_status(parse_catalog({}), Status::truncated));
  const DerBytes data =
      der(0x30, {der_object_id("1.2.840.113549.1.7.1"), der(0xA0, {der(0x04, {})})});
  BOOST_TEST(is_status(parse_catalog(data), Status::corrupt));
  BOOST_TEST(
      is_status(parse_catalog(DerBytes((std::size_t{64} << 20) + 1)), Status::limit_exceeded));
  for (const std::vector<std::uint8_t>& head : {std::vector<std::uint8_t>{0x30, 0x80},
                                                {0x30, 0x85, 1, 0, 0, 0, 0},
                                                {0x1F, 0x81, 0x01, 0}}) {
    DerBytes bytes(head.size() + 300);
    std::transform(head.begin(), head.end(), bytes.begin(),
                   [](std::uint8_t byte) { return std::byte{byte}; });
    BOOST_TEST(!parse_catalog(bytes).has_value());
  }
}

BOOST_AUTO_TEST_CASE(survives_truncation_and_flipped_bytes) {
  const DerBytes file = signed_catalog(catalog_list({members()[0], members()[1]}));
  for (std::size_t size = 0; size < file.size(); ++size) {
    BOOST_TEST(!(parse_catalog(prefix(file, size)).has_value()));
  }
  std::size_t intact = 0;
  for (std::size_t i = 0; i < file.size(); ++i) {
    DerBytes changed = file;
    changed[i] ^= std::byte{0x81};
    const auto catalog = parse_catalog(changed);
    intact += catalog && catalog->seal == CatalogSeal::intact ? 1U : 0U;
  }
  // The certificate is not checked itself: most of what changes nothing else lies there.
  BOOST_TEST(intact < file.size() / 2);
}

BOOST_AUTO_TEST_CASE(catalogs_of_windows_are_intact) {
  if (!have_real_data()) {
    return;
  }
  struct Real {
    const char* path;
    std::size_t members;
    CatalogSeal seal;
  };
  for (const Real& real : {
           Real{"drivers/signify/115fe8649854ad531fb7ecd1318fbee6b33c9cbd78f02ed582092a96d5eb5899"
                ".cat",
                20, CatalogSeal::intact},
           Real{"drivers/signify/catfiletest.cat", 1, CatalogSeal::unsigned_catalog},
           Real{"drivers/osslsigncode/unsigned.cat", 14, CatalogSeal::unsigned_catalog},
           Real{"drivers/dissect_catroot/catroot_file_hint.cat", 68, CatalogSeal::intact},
           Real{"drivers/dissect_catroot/catroot_package_name.cat", 6, CatalogSeal::intact},
           Real{"servicing/extracted/windows6.x-hypervintegrationservices-x64/update.cat", 63,
                CatalogSeal::intact},
           Real{"servicing/extracted/Windows8.1-KB2938772-x64/update.cat", 2, CatalogSeal::intact},
       }) {
    BOOST_TEST_CONTEXT(real.path) {
      const Catalog catalog = must(parse_catalog(real_bytes(real.path)));
      BOOST_TEST(catalog.members.size() == real.members);
      BOOST_TEST((catalog.seal == real.seal));
      BOOST_TEST(catalog.diagnostics.empty());
      BOOST_TEST(to_utf8(catalog.signer) ==
                 (real.seal == CatalogSeal::intact ? "Microsoft Windows" : ""));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
