// SPDX-License-Identifier: Apache-2.0
// Scanning packages and components for damage.
#include <fmt/format.h>

#include <utility>

#include "engine/inspect/base_manifest.h"
#include "engine/inspect/fact_reader.h"
#include "engine/inspect/health_checks.h"
#include "engine/inspect/key_items.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view components_key = u"DerivedData\\Components";
constexpr std::u16string_view catalogs_key = u"CanonicalData\\Catalogs";

/// Counts what is done and asks whether to go on.
class Steps {
 public:
  Steps(const ScanProgress& progress, std::uint64_t total) : progress_(progress), total_(total) {}

  Result<void> next() {
    ++done_;
    return go_on();
  }

  /// Asks within a step.
  Result<void> go_on() const {
    if (progress_ && !progress_(done_, total_)) {
      return fail(scan_cancelled, fmt::format("cancelled after {} of {}", done_, total_));
    }
    return {};
  }

 private:
  const ScanProgress& progress_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
};

/// The keys below one key of COMPONENTS: those that can be read.
Result<std::vector<Key>> keys_below(const Hive& hive, std::u16string_view path,
                                    Diagnostics& damage) {
  std::vector<Key> keys;
  if (const std::optional<Key> parent = CASEMENT_TRY(hive.find(path))) {
    for_each_subkey(
        *parent, damage, [&] { return "COMPONENTS " + to_utf8(path); },
        [&](const Key& key) { keys.push_back(key); });
  }
  return keys;
}

/// What a scan goes over.
struct Subjects {
  HivePtr components_hive;
  std::optional<ComponentStore> store;
  std::vector<Key> components;
  std::vector<Key> catalogs;
};

void add_flags(const PackageStore& store, HealthFindings& findings) {
  const ServicingState state = read_servicing_state(store);
  if (state.unserviceable && state.unserviceable->value) {
    findings.not_repairable("unserviceable",
                            "servicing has marked the image as one that it cannot service");
  }
  if (state.store_dirty && state.store_dirty->value) {
    findings.repairable("store-dirty", "servicing has marked the component store as damaged");
  }
}

/// A store with manifests and no index cannot be mended from another image.
void report_missing_hive(const ComponentStore& store, HealthFindings& findings) {
  const auto manifests = store.find(u"Manifests");
  if (!manifests || !*manifests) {
    return;
  }
  const auto entries = store.file_system()->read_dir((*manifests)->node);
  const auto first = entries ? (*entries)->next() : std::optional<DirEntry>();
  if (first && *first) {
    findings.not_repairable("components-missing",
                            "there are manifests of components, but no COMPONENTS hive");
  }
}

Subjects find_subjects(const Image& image, HealthFindings& findings) {
  Subjects subjects;
  if (auto store = ComponentStore::open(image)) {
    subjects.store = *std::move(store);
  } else {
    findings.repairable("store-unreadable", store.error().message());
  }
  Result<HivePtr> hive = image.hive(HiveId::components);
  if (!hive) {
    findings.not_repairable("components-unreadable", hive.error().message());
    return subjects;
  }
  if (!*hive) {
    if (subjects.store) {
      report_missing_hive(*subjects.store, findings);
    }
    return subjects;
  }
  subjects.components_hive = *std::move(hive);
  Diagnostics damage;
  const auto collect = [&](std::u16string_view path, std::vector<Key>& keys) {
    if (auto found = keys_below(*subjects.components_hive, path, damage)) {
      keys = *std::move(found);
    } else {
      findings.not_repairable("components-damaged", found.error().message());
    }
  };
  collect(components_key, subjects.components);
  collect(catalogs_key, subjects.catalogs);
  for (const Diagnostic& item : damage.items()) {
    findings.not_repairable("components-damaged", item.text);
  }
  return subjects;
}

}  // namespace

void HealthFindings::add(Severity severity, std::string code, std::string text) {
  if (is_full()) {
    ++report_.problems_dropped;
    return;
  }
  report_.problems.push_back({severity, std::move(code), std::move(text)});
}

bool HealthFindings::is_full() const noexcept {
  // Bounded like any list of findings.
  return report_.problems.size() >= Diagnostics::max_kept;
}

void HealthFindings::repairable(std::string code, std::string text) {
  if (report_.state == HealthState::healthy) {
    report_.state = HealthState::repairable;
  }
  add(Severity::error, std::move(code), std::move(text));
}

void HealthFindings::not_repairable(std::string code, std::string text) {
  const bool is_first = report_.state != HealthState::not_repairable;
  report_.state = HealthState::not_repairable;
  if (is_first && is_full()) {
    // Why the image cannot be mended must be among what is told.
    report_.problems.pop_back();
    ++report_.problems_dropped;
  }
  add(Severity::error, std::move(code), std::move(text));
}

void HealthFindings::warning(std::string code, std::string text) {
  add(Severity::warning, std::move(code), std::move(text));
}

void HealthFindings::note(std::string code, std::string text) {
  add(Severity::note, std::move(code), std::move(text));
}

Result<HealthReport> scan_health(const PackageStore& store, const ScanProgress& progress) {
  HealthReport report;
  HealthFindings findings(report);
  add_flags(store, findings);
  const Subjects subjects = find_subjects(store.image(), findings);
  const std::size_t components = subjects.store ? subjects.components.size() : 0;
  Steps steps(progress, store.packages().size() + components);

  const PackageFiles files(store.image());
  for (const Package& package : store.packages()) {
    check_package(store, files, package, findings);
    ++report.packages_checked;
    CASEMENT_TRY(steps.next());
  }
  if (!subjects.store) {
    return report;
  }
  for (const Key& catalog : subjects.catalogs) {
    CASEMENT_TRY(steps.go_on());
    check_catalog(*subjects.store, catalog.name().to_u16string(), findings);
  }
  ComponentCheck check(
      *subjects.store, findings, [&store] { return read_base_manifest(store.image()); },
      [&steps] { return steps.go_on(); });
  for (const Key& component : subjects.components) {
    CASEMENT_TRY(check.check(component));
    ++report.components_checked;
    CASEMENT_TRY(steps.next());
  }
  check.finish();
  return report;
}

}  // namespace casement
