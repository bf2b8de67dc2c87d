// SPDX-License-Identifier: Apache-2.0
// Small installations with packages: keys below Component Based Servicing and manifests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/inspect/packages.h"
#include "tests/engine/image/image_support.h"

namespace casement::test {

/// CurrentState as the registry has it.
inline constexpr std::uint32_t absent = 0;
inline constexpr std::uint32_t uninstall_pending = 0x05;
inline constexpr std::uint32_t resolved = 0x20;
inline constexpr std::uint32_t staged = 0x40;
inline constexpr std::uint32_t superseded = 0x50;
inline constexpr std::uint32_t install_pending = 0x60;
inline constexpr std::uint32_t installed = 0x70;

inline constexpr const char* servicing_key =
    "Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\";
inline constexpr const char* foundation_name = "Microsoft-Windows-Foundation-Package";

/// A package of the architecture amd64.
struct TestPackage {
  std::string name;
  std::string language = {};  // "en-US"
  std::string version = "10.0.1.1";

  /// "Name~31bf3856ad364e35~amd64~~10.0.1.1".
  std::string identity() const;
  /// The element assemblyIdentity.
  std::string xml() const;
};

/// `<parent integrate="delegate">` of a package of that name.
std::string delegate_to(const std::string& name);
/// A feature: an update with `selectable`, and what else is in it.
std::string feature_xml(const std::string& name, const std::string& attributes = {},
                        const std::string& inside = {});
/// The payload of an update.
std::string payload_xml(const TestPackage& package);
/// `<declareCapability>` of one.
std::string capability_xml(const std::string& name, const std::string& version,
                           const std::string& language = {});

struct ServicedWindows {
  ServicedWindows();

  /// Its key, and its manifest with `inside` the element `package`. The name is at the left of the
  /// attributes of `assembly`.
  fixture::KeyBuilder add(const TestPackage& package, std::uint32_t state,
                          const std::string& inside, const std::string& attributes = {});
  /// The key alone.
  fixture::KeyBuilder add_key(const std::string& identity, std::uint32_t state);
  void add_manifest(const std::string& identity, const std::string& text);
  void add_foundation(const std::string& inside);
  /// The state of an update.
  void set_update(const TestPackage& package, const std::string& update, std::uint32_t state);
  /// The key of a feature below Notifications.
  fixture::KeyBuilder notification(const std::string& feature);

  /// With the hives as they are now.
  fixture::Tree built() const;
  PackageStorePtr store() const;

  fixture::HiveBuilder system = small_system();
  fixture::HiveBuilder software = small_software();
  fixture::Tree tree;  // everything but the hives and programs
};

/// The manifest of a package.
std::string manifest_xml(const TestPackage& package, const std::string& inside,
                         const std::string& attributes = {});

}  // namespace casement::test
