// SPDX-License-Identifier: Apache-2.0
// Devices and signature of one driver package.
#include "engine/inspect/driver_details.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/inspect/device_class.h"
#include "engine/inspect/driver_descriptors.h"
#include "engine/inspect/driver_store.h"
#include "engine/inspect/fact_reader.h"
#include "engine/inspect/image_file.h"
#include "engine/inspect/windows_file_name.h"
#include "engine/servicing/catalog.h"
#include "engine/servicing/inf_models.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// Where Windows keeps the catalogs of drivers that were added.
constexpr std::u16string_view catalog_root =
    u"\\SystemRoot\\System32\\CatRoot\\{F750E6C3-38EE-11D1-85E5-00C04FC295EE}\\";

std::optional<std::uint32_t> number_in(const MaybeFact<std::u16string>& fact) {
  return fact ? parse_inf_number(fact->value) : std::nullopt;
}

/// The Windows for which models are chosen.
InfTarget target_of(const Image& image) {
  const Identity identity = read_identity(image);
  InfTarget target;
  if (identity.major_version && identity.minor_version) {
    target.major = identity.major_version->value;
    target.minor = identity.minor_version->value;
    target.build = number_in(identity.build);
  }
  if (identity.product_type) {
    constexpr std::array<std::u16string_view, 3> types = {u"WinNT", u"LanmanNT", u"ServerNT"};
    for (std::uint32_t i = 0; i < types.size(); ++i) {
      if (equals_folded(identity.product_type->value, types[i])) {
        target.product_type = i + 1;
      }
    }
  }
  return target;
}

/// Models of one processor, or of all of them. Takes boot-criticality from their services.
void add_models(DriverDetails& details, const Inf& inf, const InfTarget& target,
                std::optional<Architecture> only) {
  details.diagnostics.append(inf.diagnostics());
  InfModels read = read_inf_models(inf, target);
  details.diagnostics.append(read.diagnostics);
  for (InfModel& model : read.models) {
    const Architecture architecture = architecture_of(model.architecture);
    if (only && architecture != *only) {
      continue;
    }
    details.package.boot_critical = details.package.boot_critical || model.start_type == 0U;
    details.models.push_back({.manufacturer = std::move(model.manufacturer),
                              .description = std::move(model.description),
                              .architecture = architecture,
                              .hardware_id = std::move(model.hardware_id),
                              .service = std::move(model.service),
                              .compatible_ids = std::move(model.compatible_ids),
                              .exclude_ids = std::move(model.exclude_ids)});
  }
}

std::u16string_view without_extension(std::u16string_view name) noexcept {
  return name.substr(0, name.rfind(u'.'));
}

/// Whether a name of the package may become a part of a path; a finding when not.
bool is_usable_name(std::u16string_view name, DriverDetails& details) {
  if (is_file_name(name)) {
    return true;
  }
  details.diagnostics.add(Severity::warning, "bad-file-name",
                          fmt::format("driver package {}: no catalog is looked for by \"{}\", "
                                      "expected a plain name of a file",
                                      to_utf8(details.package.package_id), to_utf8(name)));
  return false;
}

/// The catalogs that a package may have: in its own folder, and where Windows installs them.
std::vector<std::u16string> catalog_paths(DriverDetails& details) {
  const DriverPackage& package = details.package;
  std::vector<std::u16string> paths;
  const std::size_t slash = package.store_path.rfind(u'\\');
  if (!package.catalog_file.empty() && slash != std::u16string::npos &&
      is_usable_name(package.catalog_file, details)) {
    paths.push_back(package.store_path.substr(0, slash + 1) + package.catalog_file);
  }
  if (is_usable_name(package.published_name, details)) {
    std::u16string installed(catalog_root);
    installed += without_extension(package.published_name);
    installed += u".cat";
    paths.push_back(std::move(installed));
  }
  return paths;
}

enum class CatalogVerdict : std::uint8_t { no_catalog, signs, does_not_sign };

CatalogVerdict judge_catalog(const Image& image, DriverDetails& details, const std::u16string& path,
                             Bytes inf) {
  const auto file = read_image_file(image, path, max_driver_file);
  if (!file) {
    details.diagnostics.add("catalog-unreadable", file.error());
    return CatalogVerdict::no_catalog;
  }
  if (!*file) {
    return CatalogVerdict::no_catalog;
  }
  const auto catalog = parse_catalog((*file)->bytes);
  if (!catalog) {
    details.diagnostics.add("catalog-unreadable", Error(catalog.error()).context(to_utf8(path)));
    return CatalogVerdict::does_not_sign;
  }
  details.diagnostics.append(catalog->diagnostics, to_utf8(path) + ": ");
  if (!catalog->has_file(inf)) {
    details.diagnostics.add(Severity::warning, "catalog-mismatch",
                            fmt::format("{} does not have the digest of {}", to_utf8(path),
                                        to_utf8(details.package.store_path)));
    return CatalogVerdict::does_not_sign;
  }
  if (catalog->seal != CatalogSeal::intact) {
    return CatalogVerdict::does_not_sign;
  }
  if (details.package.signer.empty()) {
    details.package.signer = catalog->signer;
  }
  return CatalogVerdict::signs;
}

/// Windows itself judged, when it took the package in, that nobody it trusts signed it: a seal
/// that anybody can make does not change that.
bool is_refused_by_score(const DriverPackage& package) noexcept {
  constexpr std::uint32_t first_unsigned_score = 0x80000000;
  constexpr std::uint32_t unknown_score = 0xFF000000;
  return package.signer_score && *package.signer_score >= first_unsigned_score &&
         *package.signer_score < unknown_score;
}

/// A catalog with the INF's digest and an intact seal: signed, unless the score says otherwise.
/// Without such a catalog the score that Windows gave when it took the package in stands; without
/// one, catalogs of another kind mean not signed.
void judge_signature(const Image& image, DriverDetails& details, Bytes inf) {
  if (is_refused_by_score(details.package)) {
    details.package.signature = DriverSignature::not_signed;
    return;
  }
  bool has_catalog = false;
  for (const std::u16string& path : catalog_paths(details)) {
    switch (judge_catalog(image, details, path, inf)) {
      case CatalogVerdict::signs:
        details.package.signature = DriverSignature::is_signed;
        return;
      case CatalogVerdict::does_not_sign:
        has_catalog = true;
        break;
      case CatalogVerdict::no_catalog:
        break;
    }
  }
  if (has_catalog && !details.package.signer_score) {
    details.package.signature = DriverSignature::not_signed;
  }
}

/// The processor of all models, when it is one.
Architecture only_architecture(const std::vector<DriverModel>& models) noexcept {
  if (models.empty()) {
    return Architecture::unknown;
  }
  const Architecture first = models.front().architecture;
  return std::all_of(models.begin(), models.end(),
                     [first](const DriverModel& model) { return model.architecture == first; })
             ? first
             : Architecture::unknown;
}

}  // namespace

Result<DriverDetails> driver_details(const Image& image, const DriverPackage& driver) {
  const bool from_registry = !driver.evidence.key.empty();
  if (from_registry && !driver.version) {
    return fail(element_not_found,
                fmt::format("driver package {}: {} has no usable {}", to_utf8(driver.package_id),
                            driver.evidence.key, driver.evidence.value));
  }
  DriverDetails details{.package = driver, .models = {}, .diagnostics = {}};
  FactReader reader(image, details.diagnostics);
  DeviceClasses classes(reader);
  const auto file = driver.store_path.empty()
                        ? Result<std::optional<ImageFile>>(std::nullopt)
                        : read_image_file(image, driver.store_path, max_driver_file);
  const auto inf = file && *file ? parse_inf((*file)->bytes)
                                 : Result<Inf>(fail(Status::not_found, "it is not there"));
  if (inf) {
    complete_from_inf(details.package, *inf, classes);
    const bool known = driver.architecture != Architecture::unknown;
    add_models(details, *inf, target_of(image),
               known ? std::optional(driver.architecture) : std::nullopt);
    judge_signature(image, details, (*file)->bytes);
    return details;
  }
  details.diagnostics.add(
      "inf-unreadable",
      Error(file ? inf.error() : file.error()).context(to_utf8(driver.store_path)));
  if (from_registry) {
    details.models = read_driver_descriptors(reader, driver);
  }
  return details;
}

Result<DriverDetails> driver_details(const Image& image, Bytes inf, std::u16string_view name,
                                     std::u16string_view path) {
  const Inf parsed = CASEMENT_TRY(parse_inf(inf).with_context([name] { return to_utf8(name); }));
  DriverDetails details;
  FactReader reader(image, details.diagnostics);
  DeviceClasses classes(reader);
  add_models(details, parsed, target_of(image), std::nullopt);
  DriverPackage& package = details.package;
  package.published_name = name;
  package.original_name = name;
  package.store_path = path;
  package.architecture = only_architecture(details.models);
  complete_from_inf(package, parsed, classes);
  package.signature =
      package.catalog_file.empty() ? DriverSignature::not_signed : DriverSignature::unknown;
  package.evidence.path = to_utf8(path);
  return details;
}

}  // namespace casement
