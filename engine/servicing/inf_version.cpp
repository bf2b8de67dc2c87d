// SPDX-License-Identifier: Apache-2.0
// [Version]: class, provider, date, version, catalog.
//
// Source: Microsoft, "INF Version Section" and "INF DriverVer Directive".
#include "engine/servicing/inf_version.h"

#include <algorithm>
#include <vector>

#include "engine/servicing/inf_line.h"
#include "vfs/core/ascii.h"
#include "vfs/core/civil_time.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

constexpr std::u16string_view version_section = u"Version";

/// Decimal numbers with one of `separators` between them; nullopt for anything else.
std::optional<std::vector<std::uint32_t>> numbers_of(std::u16string_view text,
                                                     std::u16string_view separators) {
  std::vector<std::uint32_t> numbers;
  for (;;) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    const std::u16string_view part = trim_inf_text(text.substr(0, end));
    const auto number = part.starts_with(u"0x") ? std::nullopt : parse_inf_number(part);
    if (!number) {
      return std::nullopt;
    }
    numbers.push_back(*number);
    if (end == text.size()) {
      return numbers;
    }
    text.remove_prefix(end + 1);
  }
}

/// mm/dd/yyyy, or with '-' between.
std::optional<FileTime> parse_date(std::u16string_view text) {
  const auto parts = numbers_of(text, u"/-");
  if (!parts || parts->size() != 3 || (*parts)[2] > 9999) {
    return std::nullopt;
  }
  const FileTime date = from_civil_time(
      {.year = static_cast<int>((*parts)[2]), .month = (*parts)[0], .day = (*parts)[1]}, 0);
  return date.is_set() ? std::optional(date) : std::nullopt;
}

std::optional<std::array<std::uint16_t, 4>> parse_version(std::u16string_view text) {
  const auto parts = numbers_of(text, u".");
  if (!parts || parts->size() > 4) {
    return std::nullopt;
  }
  std::array<std::uint16_t, 4> version{};
  for (std::size_t i = 0; i < parts->size(); ++i) {
    if ((*parts)[i] > 0xFFFF) {
      return std::nullopt;
    }
    version[i] = static_cast<std::uint16_t>((*parts)[i]);
  }
  return version;
}

void read_driver_ver(const Inf& inf, InfVersion& version) {
  const InfSection* section = inf.section(version_section);
  if (section == nullptr) {
    return;
  }
  for (const InfLine& line : section->lines) {
    if (!line.fields.empty() && equals_folded(line.key, u"DriverVer")) {
      version.date = parse_date(inf.expand(line.fields[0]));
      if (line.fields.size() > 1) {
        version.version = parse_version(inf.expand(line.fields[1]));
      }
      return;
    }
  }
}

std::u16string catalog_of(const Inf& inf, std::optional<InfArchitecture> architecture) {
  std::vector<std::u16string> keys;
  if (architecture) {
    keys.push_back(u"CatalogFile.NT" + std::u16string(inf_architecture_name(*architecture)));
  }
  keys.insert(keys.end(), {u"CatalogFile.NT", u"CatalogFile"});
  if (!architecture) {
    for (const InfArchitecture any : inf_architectures) {
      keys.push_back(u"CatalogFile.NT" + std::u16string(inf_architecture_name(any)));
    }
  }
  for (const std::u16string& key : keys) {
    if (auto name = inf.value(version_section, key); !name.empty()) {
      return name;
    }
  }
  return {};
}

}  // namespace

std::u16string_view inf_architecture_name(InfArchitecture architecture) noexcept {
  switch (architecture) {
    case InfArchitecture::x86:
      return u"x86";
    case InfArchitecture::ia64:
      return u"ia64";
    case InfArchitecture::amd64:
      return u"amd64";
    case InfArchitecture::arm:
      return u"arm";
    case InfArchitecture::arm64:
      return u"arm64";
  }
  return u"";
}

std::optional<std::uint32_t> parse_inf_number(std::u16string_view text) noexcept {
  const bool hexadecimal = starts_with_folded(text, u"0x");
  if (hexadecimal) {
    text.remove_prefix(2);
  }
  return parse_digits<std::uint32_t>(text, hexadecimal ? 16 : 10);
}

InfVersion read_inf_version(const Inf& inf, std::optional<InfArchitecture> architecture) {
  InfVersion version;
  version.class_name = inf.value(version_section, u"Class");
  version.class_guid = Guid::parse(inf.value(version_section, u"ClassGuid"));
  version.provider = inf.value(version_section, u"Provider");
  read_driver_ver(inf, version);
  version.catalog_file = catalog_of(inf, architecture);
  return version;
}

}  // namespace casement
