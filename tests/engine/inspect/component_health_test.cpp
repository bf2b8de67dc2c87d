// SPDX-License-Identifier: Apache-2.0
// Components whose manifests are compressed, against the files and digests of an image.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <span>

#include "engine/inspect/health_checks.h"
#include "fixtures/build/delta_builder.h"
#include "tests/engine/image/image_support.h"
#include "tests/engine/inspect/servicing_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/digest.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

const std::string component = "amd64_case_31bf3856ad364e35_10.0.1.1_none_0123456789abcdef";
const std::string second = "amd64_case_31bf3856ad364e35_10.0.1.2_none_0123456789abcdef";
constexpr std::string_view base = "<?xml version=\"1.0\"?><assembly><file name=\"";

/// One empty file.
constexpr std::string_view manifest =
    "<?xml version=\"1.0\"?><assembly><file name=\"empty.dll\"><hash><DigestMethod "
    "Algorithm=\"urn:x#sha256\"/><DigestValue>47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    "</DigestValue></hash></file></assembly>";

Bytes bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string text_of(Bytes bytes) {
  std::string text;
  for (const std::byte byte : bytes) {
    text.push_back(static_cast<char>(byte));
  }
  return text;
}

std::vector<std::byte> sha256(Bytes bytes) {
  Digest digest(DigestKind::sha256);
  digest.update(bytes);
  return digest.finish();
}

const std::vector<std::byte>& stored_manifest() {
  static const auto stored = fixture::build_compressed_manifest(bytes_of(base), bytes_of(manifest));
  return stored;
}

struct Compressed : ServicedWindows {
  Compressed() { add(component); }
  void add(const std::string& name) {
    files["WinSxS/Manifests/" + name + ".manifest"] = text_of(stored_manifest());
    files["WinSxS/" + name + "/empty.dll"] = "";
    set_digest(name, sha256(bytes_of(manifest)));
  }
  void set_digest(const std::string& name, const std::vector<std::byte>& digest) {
    components.key("DerivedData\\Components").subkey(name).set_binary("S256H", digest);
  }
};

std::vector<std::byte> load_base() {
  return to_vector(bytes_of(base));
}

HealthReport check(const ServicedWindows& windows, const ManifestReader::LoadBase& load) {
  const ImagePtr image = windows.image();
  const auto store = must(ComponentStore::open(*image));
  const HivePtr hive = must(image->hive(HiveId::components));
  const auto parent = must(hive->find(u"DerivedData\\Components"));
  HealthReport report;
  HealthFindings findings(report);
  ComponentCheck checks(*store, findings, load, [] { return Result<void>(); });
  for (const std::string& name : {component, second}) {
    const auto key = must(parent->find(from_latin1(bytes_of(name))));
    if (key) {
      BOOST_TEST(is_ok(checks.check(*key)));
    }
  }
  checks.finish();
  return report;
}

/// The only finding, and what it makes of the image.
void check_finding(const HealthReport& report, HealthState state, std::string_view code) {
  BOOST_TEST((report.state == state));
  BOOST_TEST_REQUIRE(report.problems.size() == 1U);
  BOOST_TEST(report.problems[0].code == code);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(component_health)

BOOST_AUTO_TEST_CASE(a_component_that_is_what_its_compressed_manifest_says_is_healthy) {
  const HealthReport report = check(Compressed(), load_base);
  BOOST_TEST((report.state == HealthState::healthy));
  BOOST_TEST(report.problems.empty());
}

BOOST_AUTO_TEST_CASE(a_changed_file_is_told_by_its_compressed_manifest) {
  Compressed windows;
  windows.files["WinSxS/" + component + "/empty.dll"] = "x";
  check_finding(check(windows, load_base), HealthState::repairable, "component-file-changed");
}

BOOST_AUTO_TEST_CASE(a_digest_of_the_stored_bytes_counts_too) {
  Compressed windows;
  windows.set_digest(component, sha256(stored_manifest()));
  BOOST_TEST(check(windows, load_base).problems.empty());
  windows.set_digest(component, sha256(bytes_of("neither")));
  check_finding(check(windows, load_base), HealthState::repairable, "component-manifest-changed");
}

BOOST_AUTO_TEST_CASE(a_compressed_manifest_that_is_cut_off_is_damage) {
  Compressed windows;
  std::string& stored = windows.files["WinSxS/Manifests/" + component + ".manifest"];
  stored.pop_back();
  check_finding(check(windows, load_base), HealthState::repairable, "component-damaged");
}

BOOST_AUTO_TEST_CASE(without_a_base_one_note_says_that_nothing_was_compared) {
  Compressed windows;
  windows.add(second);
  windows.files["WinSxS/" + component + "/empty.dll"] = "changed, and nobody can tell";
  std::size_t asked = 0;
  const HealthReport report = check(windows, [&]() -> Result<std::vector<std::byte>> {
    ++asked;
    return fail(Status::not_found, "no wcp.dll");
  });
  check_finding(report, HealthState::healthy, "manifests-not-compared");
  BOOST_TEST((report.problems[0].severity == Severity::note));
  BOOST_TEST(mentions(report.problems[0].text, {"2 compressed manifests", "no wcp.dll"}));
  BOOST_TEST(asked == 1U);
}

BOOST_AUTO_TEST_CASE(a_whole_windows_is_compared_with_the_base_of_its_own_servicing_stack) {
  fixture::Tree tree = recipe_tree("windows_10");
  const auto scanned = [&tree] {
    return must(scan_health(*PackageStore::read(open_tree(tree)), {}));
  };
  const HealthReport intact = scanned();
  BOOST_TEST((intact.state == HealthState::healthy));
  BOOST_TEST(intact.components_checked == 5U);
  BOOST_TEST(intact.problems.empty());
  std::string kernel;
  for (const fixture::Tree::Node* node : tree.nodes()) {
    if (node->path.starts_with("Windows/WinSxS/") && node->path.ends_with("/kernel32.dll")) {
      kernel = node->path;
    }
  }
  BOOST_TEST_REQUIRE(!kernel.empty());
  tree.add_file(kernel, std::string_view("something else"));
  const HealthReport changed = scanned();
  BOOST_TEST((changed.state == HealthState::repairable));
  BOOST_TEST_REQUIRE(changed.problems.size() == 1U);
  BOOST_TEST(changed.problems[0].code == "component-file-changed");
}

BOOST_AUTO_TEST_CASE(a_form_that_is_not_read_hides_no_other_component) {
  Compressed windows;
  windows.add(second);
  fixture::DeltaOptions options;
  options.has_rift_table = true;
  const auto delta = fixture::build_delta_between(bytes_of(base), bytes_of(manifest), options);
  windows.files["WinSxS/Manifests/" + component + ".manifest"] = "DCM\1" + text_of(delta);
  windows.files["WinSxS/" + second + "/empty.dll"] = "x";
  const HealthReport report = check(windows, load_base);
  BOOST_TEST((report.state == HealthState::repairable));
  BOOST_TEST_REQUIRE(report.problems.size() == 2U);
  BOOST_TEST(report.problems[0].code == "component-file-changed");
  BOOST_TEST(mentions(report.problems[1].text, {"1 compressed", "rift table"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
