// SPDX-License-Identifier: Apache-2.0
// Which packages declare the features of a package, and which hold their texts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/packages.h"

namespace casement {

/// What a package calls itself: its key's name, else its manifest. nullopt: neither is an identity.
std::optional<PackageIdentity> identity_of(const PackageStore& store, const Package& package);

/// The packages whose features `root` lists: first itself, then those in use that delegate to it,
/// and those that delegate to these, each once. Versions are not compared: a manifest names the
/// one that its parent began with.
std::vector<const Package*> feature_packages(const PackageStore& store, const Package& root);

/// Texts that a package leaves to its language packages, which have its name and a language.
class PackageTexts {
 public:
  /// Precondition: `store` outlives this.
  explicit PackageTexts(const PackageStore& store);

  struct Texts {
    std::u16string display_name;
    std::u16string description;
  };
  /// Of an update; empty where no language package has them.
  Texts of_update(const PackageIdentity& package, std::u16string_view update);
  /// Of the package itself.
  Texts of_package(const PackageIdentity& package);

  /// Nothing, or a reference to a string that its manifest does not have.
  static bool is_missing(std::u16string_view text) noexcept;

 private:
  using Updates = std::map<std::u16string, const ManifestUpdate*, std::less<>>;
  /// English before the others: texts must not depend on the order of languages. nullptr: none.
  const Package* language_package(const PackageIdentity& package) const;
  const Updates& updates_of(const Package& package);

  const PackageStore& store_;
  std::map<std::u16string, const Package*> packages_;  // by name, token, architecture
  std::map<const Package*, Updates> updates_;
};

}  // namespace casement
