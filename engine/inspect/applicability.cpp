// SPDX-License-Identifier: Apache-2.0
// Whether a package belongs on an installation.
#include "engine/inspect/applicability.h"

#include <algorithm>
#include <map>
#include <string>

#include "engine/inspect/identity.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

/// All but the version.
bool same_kind(const PackageIdentity& a, const PackageIdentity& b) noexcept {
  return equals_folded(a.name, b.name) && equals_folded(a.language, b.language) &&
         equals_folded(a.architecture, b.architecture) &&
         equals_folded(a.public_key_token, b.public_key_token);
}

/// "10.0.19041" of "10.0.19041.1": what makes it another Windows.
std::u16string_view without_revision(std::u16string_view version) noexcept {
  std::size_t end = 0;
  for (int part = 0; part < 3; ++part) {
    const std::size_t dot = version.find(u'.', end);
    if (dot == std::u16string_view::npos) {
      return version;
    }
    end = dot + 1;
  }
  return version.substr(0, end - 1);
}

bool is_there(PackageState state, bool staged_is_enough) noexcept {
  return state == PackageState::installed || state == PackageState::partially_installed ||
         state == PackageState::install_pending ||
         (staged_is_enough && state == PackageState::staged);
}

bool fits(const ManifestParent& parent, const PackageIdentity& wanted, const Package& package) {
  if (!package.parts || !same_kind(*package.parts, wanted) ||
      !is_there(package.state, equals_folded(parent.disposition, u"staged"))) {
    return false;
  }
  const std::strong_ordering order =
      compare_versions(without_revision(package.parts->version), without_revision(wanted.version));
  return equals_folded(parent.build_compare, u"GE") ? order >= 0 : order == 0;
}

bool has_parent(const PackageStore& store, const PackageManifest& manifest) {
  if (manifest.parents.empty()) {
    return true;
  }
  std::multimap<std::u16string, const Package*> by_name;
  for (const Package& package : store.packages()) {
    if (package.parts) {
      by_name.emplace(upcase(package.parts->name), &package);
    }
  }
  const auto is_met = [&](const ManifestParent& parent, const PackageIdentity& wanted) {
    const auto [first, last] = by_name.equal_range(upcase(wanted.name));
    return std::any_of(first, last,
                       [&](const auto& named) { return fits(parent, wanted, *named.second); });
  };
  return std::any_of(
      manifest.parents.begin(), manifest.parents.end(), [&](const ManifestParent& parent) {
        return std::any_of(parent.packages.begin(), parent.packages.end(),
                           [&](const PackageIdentity& wanted) { return is_met(parent, wanted); });
      });
}

/// In the words of identities: "amd64", "x86". Empty: not known.
std::u16string architecture_of(const PackageStore& store) {
  if (store.foundation() != nullptr) {
    return store.foundation()->parts->architecture;
  }
  const Identity identity = read_identity(store.image());
  if (!identity.architecture || identity.architecture->value == Architecture::unknown) {
    return {};
  }
  const std::string name = architecture_name(identity.architecture->value);
  return {name.begin(), name.end()};
}

bool has_architecture(const PackageStore& store, const PackageIdentity& identity) {
  for (const char16_t* any : {u"neutral", u"msil", u"*", u""}) {
    if (equals_folded(identity.architecture, any)) {
      return true;
    }
  }
  const std::u16string own = architecture_of(store);
  return own.empty() || equals_folded(own, identity.architecture);
}

bool has_newer(const PackageStore& store, const PackageIdentity& identity) {
  return std::any_of(store.packages().begin(), store.packages().end(), [&](const Package& package) {
    return package.parts && is_there(package.state, false) && same_kind(*package.parts, identity) &&
           compare_versions(package.parts->version, identity.version) > 0;
  });
}

}  // namespace

bool is_applicable(const PackageStore& store, const PackageManifest& manifest) {
  return manifest.identity && has_architecture(store, *manifest.identity) &&
         has_parent(store, manifest) && !has_newer(store, *manifest.identity);
}

}  // namespace casement
