// SPDX-License-Identifier: Apache-2.0
// Whether the manifests and catalogs of packages are there and whole.
#include <fmt/format.h>

#include <array>
#include <utility>

#include "engine/inspect/health_checks.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// A catalog is a DER sequence.
constexpr std::byte der_sequence{0x30};

/// What is superseded or gone may have left its key and nothing else.
bool needs_files(PackageState state) noexcept {
  switch (state) {
    case PackageState::installed:
    case PackageState::partially_installed:
    case PackageState::install_pending:
    case PackageState::uninstall_pending:
    case PackageState::staged:
      return true;
    case PackageState::not_present:
    case PackageState::removed:
    case PackageState::superseded:
      return false;
  }
  return false;
}

Result<void> check_catalog_file(const Image::LocatedFile& file, const std::string& path,
                                HealthFindings& findings) {
  const SourcePtr source = CASEMENT_TRY(file.file_system->open(file.node, {}));
  std::array<std::byte, 1> first = {};
  if (source->size() != 0) {
    CASEMENT_TRY(source->read(0, first));
  }
  if (source->size() == 0 || first[0] != der_sequence) {
    findings.repairable("package-catalog-damaged",
                        fmt::format("{} ({} bytes) is no catalog", path, source->size()));
  }
  return {};
}

void check_manifest(const PackageStore& store, const Package& package, const std::string& path,
                    HealthFindings& findings) {
  const PackageManifest* const manifest = store.manifest(package);
  if (manifest == nullptr) {
    findings.repairable("package-manifest-damaged", path + " cannot be read");
  } else if (!manifest->identity || !same_identity(manifest->identity->text(), package.identity)) {
    findings.repairable(
        "package-manifest-mismatch",
        fmt::format("{} is of the package \"{}\"", path,
                    manifest->identity ? to_utf8(manifest->identity->text()) : std::string()));
  }
}

}  // namespace

/// A manifest or catalog that is missing can be repaired: servicing counts it as "CBS Manifest
/// Corruption", which its log has a number of repaired ones for ("CBS Manifest Repaired";
/// Microsoft, "Fix Windows Update corruptions and installation failures").
void check_package(const PackageStore& store, const PackageFiles& files, const Package& package,
                   HealthFindings& findings) {
  if (!needs_files(package.state) || !package.parts) {
    return;
  }
  const std::string path = to_utf8(files.path(package.identity, u".mum"));
  const auto manifest = files.find(package.identity, u".mum");
  if (!manifest) {
    findings.repairable("package-manifest-damaged", path + ": " + manifest.error().message());
  } else if (!*manifest) {
    findings.repairable("package-manifest-missing", path + " is not there");
  } else {
    check_manifest(store, package, path, findings);
  }

  const std::string catalog_path = to_utf8(files.path(package.identity, u".cat"));
  const auto catalog = files.find(package.identity, u".cat");
  if (!catalog) {
    findings.repairable("package-catalog-damaged", catalog_path + ": " + catalog.error().message());
  } else if (!*catalog) {
    findings.repairable("package-catalog-missing", catalog_path + " is not there");
  } else if (const auto checked = check_catalog_file(**catalog, catalog_path, findings); !checked) {
    findings.repairable("package-catalog-damaged", catalog_path + ": " + checked.error().message());
  }
}

}  // namespace casement
