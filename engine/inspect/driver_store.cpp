// SPDX-License-Identifier: Apache-2.0
// Paths and names of the driver store, and packages as their INFs describe them.
#include "engine/inspect/driver_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/image/windows_path_text.h"
#include "engine/inspect/windows_file_name.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

struct ArchitectureRow {
  InfArchitecture inf;
  Architecture value;
};
constexpr std::array architectures = {ArchitectureRow{InfArchitecture::x86, Architecture::x86},
                                      ArchitectureRow{InfArchitecture::ia64, Architecture::ia64},
                                      ArchitectureRow{InfArchitecture::amd64, Architecture::amd64},
                                      ArchitectureRow{InfArchitecture::arm, Architecture::arm},
                                      ArchitectureRow{InfArchitecture::arm64, Architecture::arm64}};

constexpr std::u16string_view package_mark = u".inf_";

/// Where "_amd64_..." begins in a package id, after its ".inf".
std::size_t end_of_inf_name(std::u16string_view package_id) noexcept {
  for (std::size_t i = 0; i + package_mark.size() <= package_id.size(); ++i) {
    if (equals_folded(package_id.substr(i, package_mark.size()), package_mark)) {
      return i + package_mark.size() - 1;
    }
  }
  return package_id.size();
}

}  // namespace

std::u16string windows_file_path(const Image& image, std::u16string_view below) {
  std::u16string path;
  for (const DriveLetter& letter : image.drive_letters().letters) {
    if (letter.is_system_root) {
      path = {letter.letter, u':'};
    }
  }
  const std::u16string directory = as_rooted(image.installation().windows_directory);
  path += directory == u"\\" ? std::u16string() : directory;
  path += u'\\';
  path += below;
  return path;
}

std::u16string driver_store_path(FactReader& reader, std::u16string_view package,
                                 std::u16string_view inf) {
  if (!is_file_name(package) || !is_file_name(inf)) {
    reader.findings().add(Severity::warning, "bad-file-name",
                          fmt::format("driver package \"{}\": its INF \"{}\" is not looked for, "
                                      "expected plain names of a folder and of a file",
                                      to_utf8(package), to_utf8(inf)));
    return {};
  }
  std::u16string below = u"System32\\DriverStore\\FileRepository\\";
  below += package;
  below += u'\\';
  below += inf;
  return windows_file_path(reader.image(), below);
}

std::u16string inf_name_of_package(std::u16string_view package_id) {
  return std::u16string(package_id.substr(0, end_of_inf_name(package_id)));
}

Architecture architecture_of_package(std::u16string_view package_id) noexcept {
  std::u16string_view rest = package_id.substr(end_of_inf_name(package_id));
  if (rest.empty()) {
    return Architecture::unknown;
  }
  rest.remove_prefix(1);
  const std::u16string_view name = rest.substr(0, rest.find(u'_'));
  for (const ArchitectureRow& row : architectures) {
    if (equals_folded(name, inf_architecture_name(row.inf))) {
      return row.value;
    }
  }
  return Architecture::unknown;
}

Architecture architecture_of(InfArchitecture architecture) noexcept {
  for (const ArchitectureRow& row : architectures) {
    if (row.inf == architecture) {
      return row.value;
    }
  }
  return Architecture::unknown;
}

std::optional<InfArchitecture> inf_architecture_of(Architecture architecture) noexcept {
  for (const ArchitectureRow& row : architectures) {
    if (row.value == architecture) {
      return row.inf;
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> oem_number(std::u16string_view published_name) noexcept {
  constexpr std::u16string_view prefix = u"oem";
  constexpr std::u16string_view suffix = u".inf";
  if (published_name.size() <= prefix.size() + suffix.size() ||
      !starts_with_folded(published_name, prefix) ||
      !equals_folded(published_name.substr(published_name.size() - suffix.size()), suffix)) {
    return std::nullopt;
  }
  const std::u16string_view digits =
      published_name.substr(prefix.size(), published_name.size() - prefix.size() - suffix.size());
  const bool all_digits = std::ranges::all_of(digits, is_ascii_digit<char16_t>);
  return all_digits ? parse_inf_number(digits) : std::nullopt;
}

void take_class(DriverPackage& package, DeviceClasses& classes) {
  if (!package.class_guid) {
    return;
  }
  const DeviceClass& known = classes.find(*package.class_guid);
  if (!known.name.empty()) {
    package.class_name = known.name;
  }
  package.class_description = known.description;
  package.boot_critical = package.boot_critical || known.boot_critical;
}

void complete_from_inf(DriverPackage& package, const Inf& inf, DeviceClasses& classes) {
  const InfVersion version = read_inf_version(inf, inf_architecture_of(package.architecture));
  if (!package.class_guid) {
    package.class_guid = version.class_guid;
    take_class(package, classes);
  }
  if (package.class_name.empty()) {
    package.class_name = version.class_name;
  }
  if (package.class_description.empty()) {
    // A class that the driver itself brings: its INF says what to call it.
    package.class_description = package.class_name;
  }
  if (package.provider.empty()) {
    package.provider = version.provider;
  }
  if (package.catalog_file.empty()) {
    package.catalog_file = version.catalog_file;
  }
  if (!package.date) {
    package.date = version.date;
  }
  if (!package.version && version.version) {
    const auto& parts = *version.version;
    package.version = DriverVersion{
        .major = parts[0], .minor = parts[1], .build = parts[2], .revision = parts[3]};
  }
}

}  // namespace casement
