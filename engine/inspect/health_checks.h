// SPDX-License-Identifier: Apache-2.0
// The two halves of a health scan: packages and components.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/inspect/component_store.h"
#include "engine/inspect/manifest_reader.h"
#include "engine/inspect/package_files.h"
#include "engine/inspect/servicing_state.h"
#include "engine/servicing/component_manifest.h"

namespace casement {

/// What both halves write to. A problem that servicing could mend makes the image repairable; a
/// warning is told and changes nothing, because a healthy image may have it too.
class HealthFindings {
 public:
  explicit HealthFindings(HealthReport& report) noexcept : report_(report) {}

  void repairable(std::string code, std::string text);
  void not_repairable(std::string code, std::string text);
  void warning(std::string code, std::string text);
  /// What a reader should know of the scan itself.
  void note(std::string code, std::string text);

 private:
  bool is_full() const noexcept;
  void add(Severity severity, std::string code, std::string text);

  HealthReport& report_;
};

/// Manifest and catalog of a package, where its state says that they must be there.
void check_package(const PackageStore& store, const PackageFiles& files, const Package& package,
                   HealthFindings& findings);

/// Keys of components against the files of the component store.
class ComponentCheck {
 public:
  /// Asked before each file and each piece of one; its error, scan_cancelled, ends the check.
  using GoOn = std::function<Result<void>()>;

  /// `load_base`: what compressed manifests are read with. Precondition: `store` and `findings`
  /// outlive this.
  ComponentCheck(const ComponentStore& store, HealthFindings& findings,
                 ManifestReader::LoadBase load_base, GoOn go_on)
      : store_(store),
        findings_(findings),
        manifests_(std::move(load_base)),
        go_on_(std::move(go_on)) {}

  /// A key below DerivedData\Components. Damage is a finding; the only error is that of GoOn.
  Result<void> check(const Key& component);

  /// After the last component: says once how many manifests could not be compared, and why.
  void finish();

 private:
  /// A file may be listed many times, by one name or by several links.
  using Digests = std::map<std::pair<std::uint64_t, DigestKind>, std::vector<std::byte>>;

  Result<void> check_manifest(const Key& component, const std::u16string& name);
  Result<void> check_files(const std::u16string& name, Bytes manifest);
  Result<void> check_file(const DirEntry& directory, const ComponentFile& file,
                          const std::string& path, Digests& digests);

  const ComponentStore& store_;
  HealthFindings& findings_;
  ManifestReader manifests_;
  GoOn go_on_;
};

/// The catalogs that the keys below CanonicalData\Catalogs name, by these names.
void check_catalog(const ComponentStore& store, const std::u16string& name,
                   HealthFindings& findings);

}  // namespace casement
