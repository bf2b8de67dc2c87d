// SPDX-License-Identifier: Apache-2.0
// What a package manifest (.mum) says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/servicing/custom_property.h"
#include "engine/servicing/package_identity.h"
#include "vfs/core/bytes.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"

namespace casement {

/// A package that another one belongs to.
struct ManifestParent {
  std::u16string integrate;      // "delegate": the parent lists the features of this package
  std::u16string disposition;    // "detect", "staged"
  std::u16string build_compare;  // of versions: "EQ", "GE"; empty: "EQ"
  std::vector<PackageIdentity> packages;
};

/// An update of a package. One that can be selected is a feature.
struct ManifestUpdate {
  std::u16string name;
  std::u16string display_name;
  std::u16string description;
  std::u16string restart;  // as written
  bool selectable = false;
  /// The packages whose states make the state of the update, as written below `update`.
  std::vector<PackageIdentity> packages;
  /// Updates that must be installed for this one: the features that are its parents.
  std::vector<std::u16string> parents;
  std::vector<CustomProperty> properties;
};

/// A capability that a package provides.
struct ManifestCapability {
  std::u16string name;      // "Language.Basic"
  std::u16string language;  // "" when it has none
  std::u16string version;   // "1.0"

  /// "Language.Basic~~~en-US~0.0.1.0".
  std::u16string identity() const;
};

/// Texts are as written but for references to strings ("$(string.displayName0)"), which are
/// replaced by what localizedStrings of this manifest says, where it says it. Absent ones are
/// empty. No member is required: what a manifest lacks is a matter for its reader.
struct PackageManifest {
  std::optional<PackageIdentity> identity;
  std::u16string display_name;
  std::u16string description;
  std::u16string company;
  std::u16string copyright;
  std::u16string support_information;
  std::u16string creation_time;     // as written: "2009-07-14T01:02:03Z"
  std::u16string last_update_time;  // as written
  std::u16string product_name;
  std::u16string product_version;
  std::u16string identifier;    // of the package: "KB5030219"
  std::u16string release_type;  // as written: "Security Update"
  std::u16string restart;       // as written: "possible", "required"
  std::u16string permanence;
  std::u16string completely_offline_capable;  // as written: "yes", "no", "undetermined"
  std::optional<bool> self_update;
  std::optional<std::uint64_t> package_size;  // bytes
  std::vector<ManifestParent> parents;
  std::vector<ManifestUpdate> updates;
  std::vector<ManifestCapability> capabilities;
  /// The packages that this one contains, those of its updates not among them.
  std::vector<PackageIdentity> packages;
  std::vector<CustomProperty> properties;
  /// What was left out because it is damaged or beyond a limit.
  Diagnostics diagnostics;
};

/// The most bytes of a manifest that are read. The largest of Windows 11 has about 1 MiB.
inline constexpr std::uint64_t max_manifest_size = 16U << 20U;

/// Reads a manifest: XML in UTF-8 or UTF-16 (with a byte order mark, or by its first bytes), of any
/// of the assembly namespaces. References to entities of a document type are not expanded.
/// corrupt: not XML, or its root is not `assembly`. limit_exceeded: longer than max_manifest_size.
Result<PackageManifest> parse_package_manifest(Bytes xml);

}  // namespace casement
