// SPDX-License-Identifier: Apache-2.0
// Installations with packages and components, put together for one test.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/inspect/packages.h"
#include "fixtures/build/hive_builder.h"
#include "fixtures/build/tree_writer.h"

namespace casement::test {

/// "Name~31bf3856ad364e35~amd64~~10.0.1.1".
std::string package_id(const std::string& name, const std::string& version = "10.0.1.1",
                       const std::string& language = {});

/// The manifest of a package: its identity, then `package_content` in a package element with
/// `attributes`.
std::string package_manifest(const std::string& identity, const std::string& attributes = {},
                             const std::string& package_content = {});

/// Hives and files that can be changed until tree() is asked for.
struct ServicedWindows {
  ServicedWindows();

  fixture::HiveBuilder system;
  fixture::HiveBuilder software;
  fixture::HiveBuilder components;
  bool has_components = true;
  std::map<std::string, std::string> files;  // below "Windows"

  fixture::KeyBuilder servicing() const {
    return software.key("Microsoft\\Windows\\CurrentVersion\\Component Based Servicing");
  }
  /// A key of a package with its state, and with a manifest and a catalog.
  fixture::KeyBuilder add_package(const std::string& identity, std::uint32_t state = 0x70,
                                  const std::string& manifest = {});
  /// A package that has a key alone.
  fixture::KeyBuilder add_package_key(const std::string& identity, std::uint32_t state) const;

  fixture::Tree tree() const;
  ImagePtr image() const;
  PackageStorePtr store() const;
};

/// A file of a tree by its path below "Windows".
std::string manifest_file(const std::string& identity);
std::string catalog_file(const std::string& identity);

}  // namespace casement::test
