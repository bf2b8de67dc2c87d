// SPDX-License-Identifier: Apache-2.0
// The servicing packages of an installation.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/image/image.h"
#include "engine/inspect/fact.h"
#include "engine/servicing/package_identity.h"
#include "engine/servicing/package_manifest.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/filetime.h"

namespace casement {

/// In the order of DismPackageFeatureState. Of a feature, staged means disabled.
enum class PackageState : std::uint8_t {
  not_present,
  uninstall_pending,
  staged,
  removed,  // "resolved" of a package; of a feature: disabled, with its payload removed
  installed,
  install_pending,
  superseded,
  partially_installed,
};

/// In the order of DismReleaseType.
enum class ReleaseType : std::uint8_t {
  critical_update,
  driver,
  feature_pack,
  hotfix,
  security_update,
  software_update,
  update,
  update_rollup,
  language_pack,
  foundation,
  service_pack,
  product,
  local_pack,
  other,
  on_demand_pack,
};

/// "Installed", "Install Pending": the words of dism.exe for a package.
const char* package_state_name(PackageState state) noexcept;
/// "Security Update", "OnDemand Pack".
const char* release_type_name(ReleaseType type) noexcept;
/// By the words of a manifest, without regard to case. nullopt: an unknown word.
std::optional<ReleaseType> parse_release_type(std::u16string_view words) noexcept;
/// CurrentState of a package or an update in the registry. nullopt: a number without a meaning.
std::optional<PackageState> package_state(std::uint32_t current_state) noexcept;

/// A package as the registry has it: a key below Component Based Servicing\Packages.
struct Package {
  std::u16string identity;               // the name of the key
  std::optional<PackageIdentity> parts;  // nullopt: that name is no identity
  /// not_present when CurrentState is missing, damaged or unknown, which is a finding.
  PackageState state = PackageState::not_present;
  std::uint32_t current_state = 0;  // as stored
  bool permanent = false;           // it cannot be uninstalled
  bool visible = true;              // hidden ones are listed by DISM only on request
  bool self_update = false;
  std::optional<FileTime> install_time;
  std::u16string install_client;    // "DISM Package Manager Provider"
  std::u16string install_name;      // file name of the manifest
  std::u16string install_location;  // where it came from
  std::u16string install_user;      // SID
  std::optional<std::uint32_t> last_error;
  /// The packages that own this one (subkey Owners), by identity.
  std::vector<std::u16string> owners;
  /// States of its updates, as stored: the subkey Updates.
  struct UpdateState {
    std::u16string name;
    std::uint32_t state = 0;
  };
  std::vector<UpdateState> updates;
  Evidence evidence;  // of CurrentState
};

/// The packages of one installation: the registry's keys, read when it is made, and the manifests,
/// each read when it is asked for and then kept. All calls may be made from many threads.
class PackageStore {
 public:
  /// Never fails: an installation without packages (Windows XP) has none, and damage is in
  /// findings().
  static std::shared_ptr<const PackageStore> read(ImagePtr image);
  ~PackageStore();
  PackageStore(const PackageStore&) = delete;
  PackageStore& operator=(const PackageStore&) = delete;

  const Image& image() const noexcept;
  /// In the order of the key's names, as the hive has it: without regard to case.
  const std::vector<Package>& packages() const noexcept;
  /// Without regard to case; nullptr: there is none.
  const Package* find(std::u16string_view identity) const noexcept;

  /// The manifest below servicing\Packages. nullptr: it is not there or cannot be read, which
  /// becomes a finding once. Belongs to the store. `package` is one of packages(), or a copy.
  const PackageManifest* manifest(const Package& package) const;
  /// Where the manifest is, as a Windows path, whether it is there or not.
  std::u16string manifest_path(const Package& package) const;
  /// Reads all manifests, several at once. For questions that need all of them.
  void load_manifests() const;

  /// The newest installed package called Microsoft-Windows-Foundation-Package (for Windows PE:
  /// Microsoft-Windows-WinPE-Package where there is no foundation). nullptr: none.
  const Package* foundation() const noexcept;

  /// What was met so far. A copy: more may be met later.
  Diagnostics findings() const;

 private:
  struct State;
  explicit PackageStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};
using PackageStorePtr = std::shared_ptr<const PackageStore>;

}  // namespace casement
