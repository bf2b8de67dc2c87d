// SPDX-License-Identifier: Apache-2.0
// Which of the provisioned packages are apps, and where they lie.
#include "engine/inspect/appx.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/inspect/appx_store.h"
#include "engine/inspect/fact_reader.h"
#include "engine/inspect/image_file.h"
#include "engine/inspect/text_bytes.h"
#include "engine/servicing/appx_manifest.h"
#include "engine/servicing/appx_provisioning.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view provisioning_file =
    u"%SystemDrive%\\ProgramData\\Microsoft\\Windows\\AppxProvisioning.xml";
constexpr std::u16string_view bundle_manifest = u"\\AppxMetadata\\AppxBundleManifest.xml";
constexpr std::u16string_view package_manifest = u"\\AppxManifest.xml";
constexpr std::uint64_t max_xml_size = std::uint64_t{4} << 20;  // as the parsers have it

/// Frameworks that Microsoft publishes, by how their names begin: what is left to go by where an
/// image has neither their files nor who needs them.
constexpr std::array<std::u16string_view, 7> framework_names = {
    u"Microsoft.NET.Native.",
    u"Microsoft.VCLibs.",
    u"Microsoft.UI.Xaml.",
    u"Microsoft.WinJS.",
    u"Microsoft.WindowsAppRuntime.",
    u"Microsoft.DirectXRuntime",
    u"Microsoft.Services.Store.Engagement"};

Evidence file_evidence(const std::string& path) {
  return {.path = path, .key = {}, .value = {}, .recovered = false};
}

/// A package of either source.
struct Candidate {
  ProvisionedAppx package;
  Evidence evidence;
};

class AppxReader {
 public:
  AppxReader(const Image& image, AppxList& list) : reader_(image, list.diagnostics), list_(list) {}

  void read() {
    store_ = read_appx_store(reader_);
    std::vector<Candidate> candidates = from_file();
    if (candidates.empty() && !file_read_) {
      candidates = from_registry();
    }
    for (Candidate& candidate : candidates) {
      add(candidate);
    }
    auto& packages = list_.packages;
    std::sort(packages.begin(), packages.end(), comes_before);
    packages.erase(std::unique(packages.begin(), packages.end(), is_same), packages.end());
  }

 private:
  static bool comes_before(const AppxPackage& a, const AppxPackage& b) {
    const auto order = compare_folded(a.full_name, b.full_name);
    return order != 0 ? order < 0 : a.full_name < b.full_name;
  }
  static bool is_same(const AppxPackage& a, const AppxPackage& b) {
    return equals_folded(a.full_name, b.full_name);
  }

  std::vector<Candidate> from_file() {
    std::vector<Candidate> candidates;
    const auto file = read_image_file(reader_.image(), provisioning_file, max_xml_size);
    if (!file) {
      reader_.findings().add("damaged", file.error());
      return candidates;
    }
    if (!*file) {
      return candidates;
    }
    const std::string path = to_utf8((*file)->path);
    auto parsed = parse_appx_provisioning((*file)->bytes);
    if (!parsed) {
      reader_.findings().add("damaged", Error(parsed.error()).context(path));
      return candidates;
    }
    file_read_ = true;
    reader_.findings().append(parsed->diagnostics, path + ": ");
    for (ProvisionedAppx& package : parsed->packages) {
      candidates.push_back({.package = std::move(package), .evidence = file_evidence(path)});
    }
    return candidates;
  }

  /// The store has the parts of a bundle beside it, and does not tell that they are parts.
  std::vector<Candidate> from_registry() {
    std::vector<Candidate> candidates;
    std::set<std::u16string, FoldedLess> bundled;
    for (const auto& [full_name, path] : store_.applications) {
      auto identity = parse_appx_full_name(full_name);
      if (!identity) {
        reader_.findings().add(
            Severity::warning, "damaged",
            fmt::format("AppxAllUserStore has \"{}\", which is no full name of a package",
                        to_utf8(full_name)));
        continue;
      }
      ProvisionedAppx package;
      package.full_name = full_name;
      package.identity = *std::move(identity);
      package.bundle = package.identity.is_bundle();
      package.resource = package.identity.is_resource();
      if (package.bundle) {
        bundled.insert(package.identity.family_name());
      }
      candidates.push_back(
          {.package = std::move(package), .evidence = appx_store_evidence(reader_, full_name)});
    }
    for (Candidate& candidate : candidates) {
      ProvisionedAppx& package = candidate.package;
      package.from_bundle = !package.bundle && bundled.contains(package.identity.family_name());
    }
    return candidates;
  }

  void add(Candidate& candidate) {
    ProvisionedAppx& package = candidate.package;
    if (package.resource || package.from_bundle) {
      return;
    }
    const auto manifest = find_manifest(package);
    if (!package.bundle && is_framework(package, manifest)) {
      return;
    }
    AppxPackage& row = list_.packages.emplace_back();
    row.bundle = package.bundle;
    row.full_name = std::move(package.full_name);
    row.name = std::move(package.identity.name);
    row.version = package.identity.version;
    row.architecture = std::move(package.identity.architecture);
    row.resource_id = std::move(package.identity.resource_id);
    row.publisher_id = std::move(package.identity.publisher_id);
    row.install_location = manifest.value_or(std::u16string());
    row.evidence = std::move(candidate.evidence);
  }

  /// The first of the places that has the package's manifest.
  std::optional<std::u16string> find_manifest(const ProvisionedAppx& package) {
    const std::u16string file(package.bundle ? bundle_manifest : package_manifest);
    std::vector<std::u16string> places;
    if (const auto known = store_.applications.find(package.full_name);
        known != store_.applications.end() && !known->second.empty()) {
      places.push_back(known->second);
    }
    places.push_back(u"%SYSTEMDRIVE%\\Program Files\\WindowsApps\\" + package.full_name + file);
    places.push_back(u"%SystemRoot%\\SystemApps\\" + package.identity.family_name() + file);
    for (std::u16string& place : places) {
      const auto found = reader_.image().find_file(place);
      if (!found) {
        reader_.findings().add("damaged", Error(found.error()).context(to_utf8(place)));
      } else if (*found && (*found)->kind == NodeKind::file) {
        return std::move(place);
      }
    }
    return std::nullopt;
  }

  bool is_framework(const ProvisionedAppx& package, const std::optional<std::u16string>& manifest) {
    if (manifest) {
      if (const auto told = framework_by_manifest(*manifest)) {
        return *told;
      }
    }
    if (store_.dependencies.contains(package.full_name)) {
      return true;
    }
    const bool known = std::any_of(framework_names.begin(), framework_names.end(),
                                   [&package](std::u16string_view name) {
                                     return starts_with_folded(package.identity.name, name);
                                   });
    if (known) {
      reader_.findings().add(
          Severity::note, "assumed-framework",
          to_utf8(package.full_name) + " has no manifest here; by its name it is a framework");
    }
    return known;
  }

  std::optional<bool> framework_by_manifest(const std::u16string& place) {
    const auto file = read_image_file(reader_.image(), place, max_xml_size);
    if (!file || !*file) {
      if (!file) {
        reader_.findings().add("damaged", file.error());
      }
      return std::nullopt;
    }
    const auto manifest = parse_appx_manifest((*file)->bytes);
    if (!manifest) {
      reader_.findings().add("damaged", Error(manifest.error()).context(to_utf8((*file)->path)));
      return std::nullopt;
    }
    return manifest->framework || manifest->resource_package;
  }

  FactReader reader_;
  AppxList& list_;
  AppxStore store_;
  bool file_read_ = false;
};

}  // namespace

AppxList read_provisioned_appx(const Image& image) {
  AppxList list;
  AppxReader(image, list).read();
  return list;
}

std::uint32_t appx_architecture_number(std::u16string_view architecture) noexcept {
  struct Number {
    std::u16string_view name;
    std::uint32_t value;
  };
  // PROCESSOR_ARCHITECTURE_* of winnt.h
  constexpr std::array<Number, 4> numbers = {
      {{u"x86", 0}, {u"arm", 5}, {u"x64", 9}, {u"arm64", 12}}};
  constexpr std::uint32_t neutral = 11;
  for (const Number& number : numbers) {
    if (equals_folded(architecture, number.name)) {
      return number.value;
    }
  }
  return neutral;
}

}  // namespace casement
