// SPDX-License-Identifier: Apache-2.0
// Scans of packages and components: what is damage, and what only looks like it.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <span>

#include "engine/inspect/health_checks.h"
#include "engine/inspect/servicing_state.h"
#include "tests/engine/image/image_support.h"
#include "tests/engine/inspect/servicing_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/digest.h"

namespace casement::test {
namespace {

std::vector<std::byte> sha256(std::string_view text) {
  Digest digest(DigestKind::sha256);
  digest.update(std::as_bytes(std::span(text)));
  return digest.finish();
}

/// "e3b0..." of an empty file, as manifests write it.
constexpr const char* empty_digest = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

std::string component_manifest(const std::string& file, const std::string& digest) {
  return "<assembly><file name=\"" + file +
         "\"><hash><DigestMethod Algorithm=\"urn:x#sha256\"/><DigestValue>" + digest +
         "</DigestValue></hash></file></assembly>";
}

const std::string component = "amd64_case_31bf3856ad364e35_10.0.1.1_none_0123456789abcdef";

/// A healthy image with one package and one component of one empty file.
struct Healthy : ServicedWindows {
  std::string package = package_id("A");
  Healthy() {
    add_package(package);
    set_manifest(component_manifest("empty.dll", empty_digest));
    files["WinSxS/" + component + "/empty.dll"] = "";
    files["WinSxS/Catalogs/0f.cat"] = "\x30";
    components.key("CanonicalData\\Catalogs\\0f");
  }
  void set_manifest(const std::string& text) {
    files["WinSxS/Manifests/" + component + ".manifest"] = text;
    components.key("DerivedData\\Components").subkey(component).set_binary("S256H", sha256(text));
  }
};

HealthReport scan(const ServicedWindows& windows) {
  return must(scan_health(*windows.store(), {}));
}

bool has_problem(const HealthReport& report, std::string_view code) {
  return std::any_of(report.problems.begin(), report.problems.end(),
                     [&](const Diagnostic& problem) { return problem.code == code; });
}

/// A change of a healthy image and what the scan makes of it.
struct Damage {
  const char* name;
  void (*change)(Healthy&);
  HealthState state;
  const char* code;  // "": no problem at all
};
std::ostream& operator<<(std::ostream& out, const Damage& row) {
  return out << row.name;
}

const std::vector<Damage> damages = {
    {"nothing", [](Healthy&) {}, HealthState::healthy, ""},
    {"no manifest", [](Healthy& w) { w.files.erase(manifest_file(w.package)); },
     HealthState::repairable, "package-manifest-missing"},
    {"a damaged manifest", [](Healthy& w) { w.files[manifest_file(w.package)] = "<a"; },
     HealthState::repairable, "package-manifest-damaged"},
    {"the manifest of another",
     [](Healthy& w) { w.files[manifest_file(w.package)] = package_manifest(package_id("B")); },
     HealthState::repairable, "package-manifest-mismatch"},
    {"no catalog", [](Healthy& w) { w.files.erase(catalog_file(w.package)); },
     HealthState::repairable, "package-catalog-missing"},
    {"an empty catalog", [](Healthy& w) { w.files[catalog_file(w.package)] = ""; },
     HealthState::repairable, "package-catalog-damaged"},
    {"a catalog of zeros",
     [](Healthy& w) { w.files[catalog_file(w.package)] = std::string(100, '\0'); },
     HealthState::repairable, "package-catalog-damaged"},
    {"a superseded package without files",
     [](Healthy& w) { w.add_package_key(package_id("Old"), 0x50); }, HealthState::healthy, ""},
    {"no manifest of a component",
     [](Healthy& w) { w.files.erase("WinSxS/Manifests/" + component + ".manifest"); },
     HealthState::repairable, "component-manifest-missing"},
    {"a changed manifest of a component",
     [](Healthy& w) { w.files["WinSxS/Manifests/" + component + ".manifest"] += " "; },
     HealthState::repairable, "component-manifest-changed"},
    {"a manifest of a component that is no XML", [](Healthy& w) { w.set_manifest("garbage"); },
     HealthState::repairable, "component-damaged"},
    {"a manifest that is compressed against another",
     [](Healthy& w) { w.files["WinSxS/Manifests/" + component + ".manifest"] = "DCM\1PA30"; },
     HealthState::healthy, "manifests-not-compared"},
    {"a digest that is none",
     [](Healthy& w) {
       w.components.key("DerivedData\\Components").subkey(component).set_binary("S256H", {1, 2});
     },
     HealthState::repairable, "component-damaged"},
    {"a changed file", [](Healthy& w) { w.files["WinSxS/" + component + "/empty.dll"] = "x"; },
     HealthState::repairable, "component-file-changed"},
    {"a compressed file",
     [](Healthy& w) { w.files["WinSxS/" + component + "/empty.dll"] = "DCS\1....."; },
     HealthState::healthy, ""},
    {"no file where there are others",
     [](Healthy& w) {
       w.files.erase("WinSxS/" + component + "/empty.dll");
       w.files["WinSxS/" + component + "/other.dll"] = "";
     },
     HealthState::repairable, "component-file-missing"},
    {"no directory of a component",
     [](Healthy& w) { w.files.erase("WinSxS/" + component + "/empty.dll"); }, HealthState::healthy,
     ""},
    {"payload that is kept as differences",
     [](Healthy& w) {
       w.files.erase("WinSxS/" + component + "/empty.dll");
       w.files["WinSxS/" + component + "/r/empty.dll"] = "PA30";
     },
     HealthState::healthy, ""},
    {"no catalog of the store", [](Healthy& w) { w.files.erase("WinSxS/Catalogs/0f.cat"); },
     HealthState::healthy, "catalog-missing"},
    {"a store without its hive", [](Healthy& w) { w.has_components = false; },
     HealthState::not_repairable, "components-missing"},
    {"a dirty store", [](Healthy& w) { w.components.root().set_dword("StoreDirty", 1); },
     HealthState::repairable, "store-dirty"},
    {"an image that cannot be serviced", [](Healthy& w) { w.servicing().key("Unserviceable"); },
     HealthState::not_repairable, "unserviceable"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(health_scan)

BOOST_DATA_TEST_CASE(finds, boost::unit_test::data::make(damages), row) {
  Healthy windows;
  row.change(windows);
  const HealthReport report = scan(windows);
  BOOST_TEST((report.state == row.state));
  if (*row.code == '\0') {
    for (const Diagnostic& problem : report.problems) {
      BOOST_ERROR(problem.code << ": " << problem.text);
    }
  } else {
    BOOST_TEST(has_problem(report, row.code));
    BOOST_TEST(report.problems.size() == 1U);
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_a_problem_and_stops_nothing) {
  Healthy windows;
  windows.add_package(package_id("B"));
  const auto volume = volume_of(windows.tree());
  volume->deny("Windows/" + manifest_file(windows.package));
  volume->deny("Windows/WinSxS/Manifests/" + component + ".manifest");
  const auto store = PackageStore::read(must(Image::open(image_of({volume}), {})));
  const HealthReport report = must(scan_health(*store, {}));
  BOOST_TEST((report.state == HealthState::repairable));
  BOOST_TEST(report.packages_checked == 2U);
  BOOST_TEST(report.components_checked == 1U);
  BOOST_TEST(has_problem(report, "package-manifest-damaged"));
  BOOST_TEST(has_problem(report, "component-damaged"));
}

BOOST_AUTO_TEST_CASE(an_unreadable_components_hive_cannot_be_mended) {
  const Healthy windows;
  const auto volume = volume_of(windows.tree());
  volume->deny("Windows/System32/config/COMPONENTS");
  const auto store = PackageStore::read(must(Image::open(image_of({volume}), {})));
  const HealthReport report = must(scan_health(*store, {}));
  BOOST_TEST((report.state == HealthState::not_repairable));
  BOOST_TEST(has_problem(report, "components-unreadable"));
}

BOOST_AUTO_TEST_CASE(progress_counts_to_the_end_and_can_stop_the_scan) {
  Healthy windows;
  windows.add_package(package_id("B"));
  std::vector<std::uint64_t> steps;
  std::size_t asked = 0;
  std::uint64_t whole = 0;
  const auto count = [&](std::uint64_t done, std::uint64_t total) {
    ++asked;
    if (done != 0 && (steps.empty() || steps.back() != done)) {
      steps.push_back(done);
    }
    whole = total;
    return true;
  };
  BOOST_TEST(is_ok(scan_health(*windows.store(), count)));
  BOOST_TEST(steps == (std::vector<std::uint64_t>{1, 2, 3}), boost::test_tools::per_element());
  BOOST_TEST(whole == 3U);
  BOOST_TEST(asked > steps.size());  // for the catalog and for the file of the component as well
  const auto stop = [](std::uint64_t done, std::uint64_t) { return done < 2; };
  BOOST_TEST(is_status(scan_health(*windows.store(), stop), scan_cancelled));
}

BOOST_AUTO_TEST_CASE(a_scan_stops_within_a_large_file) {
  Healthy windows;
  windows.files["WinSxS/" + component + "/empty.dll"] = std::string(std::size_t{1} << 20U, 'x');
  std::size_t asked = 0;
  const auto count = [&](std::uint64_t, std::uint64_t) {
    ++asked;
    return true;
  };
  BOOST_TEST(is_ok(scan_health(*windows.store(), count)));
  const std::size_t whole = asked;
  BOOST_TEST(whole >= 1U + 1U + 1U + 4U);  // package, catalog, file and its pieces
  std::size_t left = whole - 2;            // the last piece
  const auto stop = [&](std::uint64_t, std::uint64_t) { return --left != 0; };
  BOOST_TEST(is_status(scan_health(*windows.store(), stop), scan_cancelled));
}

BOOST_AUTO_TEST_CASE(a_payload_file_that_cannot_be_read_hides_no_other) {
  Healthy windows;
  std::string files = "<assembly>";
  for (const char* const name : {"empty.dll", "changed.dll"}) {
    files += std::string("<file name=\"") + name +
             "\"><hash><DigestMethod Algorithm=\"urn:x#sha256\"/><DigestValue>" + empty_digest +
             "</DigestValue></hash></file>";
  }
  windows.set_manifest(files + "</assembly>");
  windows.files["WinSxS/" + component + "/changed.dll"] = "x";
  const auto volume = volume_of(windows.tree());
  volume->deny("Windows/WinSxS/" + component + "/empty.dll");
  const auto store = PackageStore::read(must(Image::open(image_of({volume}), {})));
  const HealthReport report = must(scan_health(*store, {}));
  BOOST_TEST(has_problem(report, "component-file-unreadable"));
  BOOST_TEST(has_problem(report, "component-file-changed"));
  BOOST_TEST(report.problems.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_listed_many_times_is_read_once) {
  Healthy windows;
  const std::string one = component_manifest("empty.dll", empty_digest);
  const std::string file = one.substr(10, one.size() - 10 - 11);  // without <assembly>
  windows.set_manifest("<assembly>" + file + file + file + "</assembly>");
  const auto scan_opens = [](const ServicedWindows& of) {
    const auto volume = volume_of(of.tree());
    const auto store = PackageStore::read(must(Image::open(image_of({volume}), {})));
    const auto before = volume->opens();
    BOOST_TEST((must(scan_health(*store, {})).state == HealthState::healthy));
    return volume->opens() - before;
  };
  BOOST_TEST(scan_opens(windows) == scan_opens(Healthy()));
}

BOOST_AUTO_TEST_CASE(problems_beyond_the_limit_are_counted_and_the_worst_is_kept) {
  HealthReport report;
  HealthFindings findings(report);
  for (std::size_t i = 0; i < Diagnostics::max_kept + 5; ++i) {
    findings.repairable("some", "text");
  }
  findings.not_repairable("worst", "why");
  findings.not_repairable("worst-too", "why");
  BOOST_TEST(report.problems.size() == Diagnostics::max_kept);
  BOOST_TEST(report.problems_dropped == 7U);
  BOOST_TEST(has_problem(report, "worst"));
  BOOST_TEST(!has_problem(report, "worst-too"));
  BOOST_TEST((report.state == HealthState::not_repairable));
}

BOOST_AUTO_TEST_CASE(a_system_before_vista_has_nothing_to_scan) {
  const auto store = PackageStore::read(open_tree(small_windows()));
  const HealthReport report = must(scan_health(*store, {}));
  BOOST_TEST((report.state == HealthState::healthy));
  BOOST_TEST(report.packages_checked == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
