// SPDX-License-Identifier: Apache-2.0
// What SOFTWARE's CurrentVersion key says, with its traps.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/image/facts.h"
#include "engine/image/windows_path_text.h"
#include "engine/inspect/identity_parts.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr HiveId hive = HiveId::software;
constexpr std::u16string_view key = current_version_key;

/// Windows 11 never changed its ProductName; Microsoft tells it by the build.
constexpr std::uint32_t first_windows_11_build = 22'000;

/// Of at most nine digits.
std::optional<std::uint32_t> parse_number(std::u16string_view text) {
  return text.size() > 9 ? std::nullopt : parse_digits<std::uint32_t>(text);
}

MaybeFact<std::u16string> first_filled(FactReader& reader,
                                       std::initializer_list<std::u16string_view> names) {
  for (const std::u16string_view name : names) {
    if (auto fact = reader.filled_text(hive, key, name)) {
      return fact;
    }
  }
  return std::nullopt;
}

void read_version(FactReader& reader, Identity& identity) {
  identity.major_version = reader.dword(hive, key, u"CurrentMajorVersionNumber");
  identity.minor_version = reader.dword(hive, key, u"CurrentMinorVersionNumber");
  if (identity.major_version) {
    return;
  }
  // Before Windows 10; later ones keep "6.3" here for old programs.
  identity.minor_version.reset();
  const auto version = reader.filled_text(hive, key, u"CurrentVersion");
  if (!version) {
    return;
  }
  const std::u16string_view text = version->value;
  const std::size_t dot = std::min(text.find(u'.'), text.size());
  const auto major = parse_number(text.substr(0, dot));
  const auto minor = parse_number(text.substr(std::min(dot + 1, text.size())));
  if (!major || !minor) {
    reader.findings().add(Severity::warning, "damaged",
                          fmt::format("CurrentVersion \"{}\" is no version", to_utf8(text)));
    return;
  }
  identity.major_version = {.value = *major, .evidence = version->evidence};
  identity.minor_version = {.value = *minor, .evidence = version->evidence};
}

void read_build(FactReader& reader, Identity& identity) {
  auto number = reader.filled_text(hive, key, u"CurrentBuildNumber");
  // NT 4 to XP keep "1.511.1 () (Obsolete data - do not use)" in CurrentBuild.
  auto plain = reader.filled_text(hive, key, u"CurrentBuild");
  if (plain && !parse_number(plain->value)) {
    plain.reset();
  }
  if (number && !parse_number(number->value)) {
    reader.findings().add(
        Severity::warning, "damaged",
        fmt::format("CurrentBuildNumber \"{}\" is no number", to_utf8(number->value)));
    number.reset();
  }
  if (number && plain && number->value != plain->value) {
    reader.findings().add(Severity::warning, "conflict",
                          fmt::format("CurrentBuildNumber is {}, CurrentBuild is {}",
                                      to_utf8(number->value), to_utf8(plain->value)));
  }
  identity.build = number ? std::move(number) : std::move(plain);
  identity.build_lab = first_filled(reader, {u"BuildLabEx", u"BuildLab"});
  if (identity.build_lab) {
    const std::u16string_view lab = identity.build_lab->value;
    const std::u16string_view own = lab.substr(0, std::min(lab.find(u'.'), lab.size()));
    if (!identity.build && parse_number(own)) {
      identity.build = {.value = std::u16string(own), .evidence = identity.build_lab->evidence};
    }
  }
  identity.ubr = reader.dword(hive, key, u"UBR");
}

void read_install_date(FactReader& reader, Identity& identity) {
  identity.install_date = reader.file_time(hive, key, u"InstallTime");
  if (identity.install_date) {
    return;
  }
  if (auto seconds = reader.dword(hive, key, u"InstallDate"); seconds && seconds->value != 0) {
    identity.install_date = {.value = FileTime::from_unix_seconds(seconds->value),
                             .evidence = std::move(seconds->evidence)};
  }
}

/// "Windows 11 Pro" for "Windows 10 Pro" of a build that is Windows 11.
std::u16string corrected_name(const Identity& identity) {
  constexpr std::u16string_view ten = u"Windows 10";
  if (!identity.product_name) {
    return {};
  }
  std::u16string name = identity.product_name->value;
  const auto build = identity.build ? parse_number(identity.build->value) : std::nullopt;
  const bool is_11 = build && *build >= first_windows_11_build && identity.installation_type &&
                     equals_folded(identity.installation_type->value, u"Client");
  const std::size_t at = name.find(ten);
  if (is_11 && at != std::u16string::npos) {
    name.replace(at, ten.size(), u"Windows 11");
  }
  return name;
}

void check_system_root(FactReader& reader, const Identity& identity) {
  const std::u16string& own = reader.image().installation().windows_directory;
  if (identity.system_root && own != u"\\" &&
      !same_rooted(without_letter(identity.system_root->value), own)) {
    reader.findings().add(Severity::warning, "conflict",
                          fmt::format("SystemRoot is {}, but the installation lies in {}",
                                      to_utf8(identity.system_root->value), to_utf8(own)));
  }
}

}  // namespace

void read_product(FactReader& reader, Identity& identity) {
  identity.product_name = reader.text(hive, key, u"ProductName");
  identity.edition = reader.text(hive, key, u"EditionID");
  identity.installation_type = reader.text(hive, key, u"InstallationType");
  read_version(reader, identity);
  read_build(reader, identity);
  identity.display_version = first_filled(reader, {u"DisplayVersion", u"ReleaseId", u"CSDVersion"});
  read_install_date(reader, identity);
  identity.system_root = first_filled(reader, {u"SystemRoot", u"PathName"});
  identity.registered_owner = reader.text(hive, key, u"RegisteredOwner");
  identity.registered_organization = reader.text(hive, key, u"RegisteredOrganization");
  identity.marketing_name = corrected_name(identity);
  check_system_root(reader, identity);
}

}  // namespace casement
