// SPDX-License-Identifier: Apache-2.0
// Damaged and hostile package manifests: refused, or read as far as they go.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <span>

#include "tests/engine/servicing/package_manifest_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

bool has(const Diagnostics& findings, std::string_view code) {
  return std::any_of(findings.items().begin(), findings.items().end(),
                     [&](const Diagnostic& item) { return item.code == code; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(package_manifest_damage)

struct Refused {
  const char* name;
  std::string xml;
  Status status;
};
std::ostream& operator<<(std::ostream& out, const Refused& row) {
  return out << row.name;
}
std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}
const std::vector<Refused> refused = {
    {"nothing", "", Status::corrupt},
    {"blanks", " \r\n", Status::corrupt},
    {"text", "this is no XML", Status::corrupt},
    {"zeros", std::string(4096, '\0'), Status::corrupt},
    {"a compressed manifest", std::string("DCM\1PA30 1234567", 16), Status::corrupt},
    {"another document", "<html/>", Status::corrupt},
    {"cut off", "<assembly><package identifier=\"", Status::corrupt},
    {"a wrong end", "<assembly><package></assembly>", Status::corrupt},
    {"a hundred thousand levels", "<assembly>" + repeated("<a>", 100'000), Status::corrupt},
    {"a hundred thousand whole levels",
     "<assembly>" + repeated("<a>", 100'000) + repeated("</a>", 100'000) + "</assembly>",
     Status::limit_exceeded},
    {"more elements than any manifest", "<assembly>" + repeated("<a/>", 1'000'001) + "</assembly>",
     Status::limit_exceeded},
};
BOOST_DATA_TEST_CASE(refuses, boost::unit_test::data::make(refused), row) {
  BOOST_TEST(is_status(parse(row.xml), row.status));
}

BOOST_AUTO_TEST_CASE(two_hundred_megabytes_are_refused_before_they_are_read) {
  // Only its size is looked at: the bytes behind the first page need not be there.
  const std::string page(4096, '<');
  const Bytes large(std::as_bytes(std::span(page)).data(), std::size_t{200} << 20U);
  BOOST_TEST(is_status(parse_package_manifest(large), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(entities_of_a_document_type_are_not_expanded) {
  std::string laughs = "<!DOCTYPE assembly [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 30; ++i) {
    const std::string last = "&a" + std::to_string(i - 1) + ";";
    laughs += "<!ENTITY a" + std::to_string(i) + " \"" + repeated(last, 10) + "\">";
  }
  laughs += "]><assembly><package identifier=\"&a29;\"/></assembly>";
  const PackageManifest manifest = must(parse(laughs));
  BOOST_TEST(to_utf8(manifest.identifier) == "&a29;");
}

BOOST_AUTO_TEST_CASE(a_text_that_would_grow_without_end_is_left_as_written) {
  const std::string xml =
      assembly("<package><localizedStrings><string id=\"s\" value=\"" +
               std::string(1'000'000, 'x') + "\"/></localizedStrings>" +
               repeated("<update name=\"u\" description=\"$(string.s)\"/>", 10'000) + "</package>");
  const PackageManifest manifest = must(parse(xml));
  BOOST_TEST(manifest.updates.size() == 10'000U);
  BOOST_TEST(manifest.updates.front().description.size() == 1'000'000U);
  BOOST_TEST(to_utf8(manifest.updates.back().description) == "$(string.s)");
  BOOST_TEST(has(manifest.diagnostics, "limit-exceeded"));
}

BOOST_AUTO_TEST_CASE(long_paths_of_properties_end_at_the_limit) {
  const std::string name(100'000, 'n');
  const std::string xml =
      assembly("<package identifier=\"I\"><customInformation><" + name + ">" +
               repeated("<p a=\"1\"/>", 50'000) + "</" + name +
               "></customInformation><packageExtended packageSize=\"5\"/></package>");
  const PackageManifest manifest = must(parse(xml));
  BOOST_TEST(manifest.properties.size() < 100U);
  BOOST_TEST(has(manifest.diagnostics, "limit-exceeded"));
  BOOST_TEST((manifest.package_size == 5U));  // what follows is read all the same
}

BOOST_AUTO_TEST_CASE(wrong_types_are_findings_and_hide_nothing) {
  const PackageManifest manifest = must(
      parse(assembly(identity("P") +
                     "<package selfUpdate=\"perhaps\" identifier=\"I\"><parent><assemblyIdentity "
                     "version=\"1\"/></parent><declareCapability><capability/>"
                     "</declareCapability><packageExtended packageSize=\"12 KB\"/></package>")));
  BOOST_TEST(!manifest.self_update.has_value());
  BOOST_TEST(!manifest.package_size.has_value());
  BOOST_TEST(manifest.parents.empty());
  BOOST_TEST(manifest.capabilities.empty());
  BOOST_TEST(to_utf8(manifest.identifier) == "I");
  BOOST_TEST(manifest.diagnostics.items().size() == 4U);
  BOOST_TEST(has(manifest.diagnostics, "wrong-type"));
  BOOST_TEST(has(manifest.diagnostics, "incomplete"));
}

BOOST_AUTO_TEST_CASE(an_assembly_without_anything_is_told_to_be_incomplete) {
  const PackageManifest manifest = must(parse("<assembly/>"));
  BOOST_TEST(!manifest.identity.has_value());
  BOOST_TEST(manifest.diagnostics.items().size() == 2U);
}

BOOST_AUTO_TEST_CASE(survives_every_truncation_and_every_flip) {
  const std::string whole = full_manifest();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    BOOST_TEST(!parse(whole.substr(0, size)).has_value());
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x41);
    (void)parse(flipped);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
