// SPDX-License-Identifier: Apache-2.0
// AddService of install sections.
//
// Source: Microsoft, "INF DDInstall.Services Section" and "INF AddService Directive".
#include "engine/servicing/inf_services.h"

#include <algorithm>
#include <array>

#include "vfs/core/upcase.h"

namespace casement {
namespace {

constexpr std::uint32_t associated_service = 0x2;  // SPSVCINST_ASSOCSERVICE

/// A number, or the name of the constant where [Strings] does not define it.
std::optional<std::uint32_t> parse_start_type(std::u16string_view text) noexcept {
  constexpr std::array<std::u16string_view, 5> names = {
      u"%SERVICE_BOOT_START%", u"%SERVICE_SYSTEM_START%", u"%SERVICE_AUTO_START%",
      u"%SERVICE_DEMAND_START%", u"%SERVICE_DISABLED%"};
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    if (equals_folded(text, names[i])) {
      return i;
    }
  }
  return parse_inf_number(text);
}

const InfSection* services_section(const Inf& inf, std::u16string_view install_section,
                                   InfArchitecture architecture) {
  const std::u16string base(install_section);
  for (const std::u16string& name :
       {base + u".NT" + std::u16string(inf_architecture_name(architecture)), base + u".NT", base}) {
    if (const InfSection* section = inf.section(name + u".Services")) {
      return section;
    }
  }
  return nullptr;
}

/// StartType of a service install section. Such a section has some ten lines; many services of a
/// hostile INF may share a long one.
std::optional<std::uint32_t> start_type_of(const Inf& inf, std::u16string_view section_name) {
  constexpr std::size_t max_lines = 1000;
  const InfSection* section = inf.section(section_name);
  if (section == nullptr) {
    return std::nullopt;
  }
  const std::size_t count = std::min(section->lines.size(), max_lines);
  for (std::size_t i = 0; i < count; ++i) {
    const InfLine& line = section->lines[i];
    if (!line.fields.empty() && equals_folded(line.key, u"StartType")) {
      return parse_start_type(inf.expand(line.fields[0]));
    }
  }
  return std::nullopt;
}

/// Decimal or hexadecimal, or a constant that [Strings] does not define but everybody knows.
bool is_associated(const Inf& inf, const InfLine& line) {
  const std::u16string flags = line.fields.size() > 1 ? inf.expand(line.fields[1]) : u"";
  if (equals_folded(flags, u"%SPSVCINST_ASSOCSERVICE%")) {
    return true;
  }
  return (parse_inf_number(flags).value_or(0) & associated_service) != 0;
}

}  // namespace

InfService read_inf_service(const Inf& inf, std::u16string_view install_section,
                            InfArchitecture architecture) {
  const InfSection* services = services_section(inf, install_section, architecture);
  if (services == nullptr) {
    return {};
  }
  for (const InfLine& line : services->lines) {
    if (line.fields.empty() || !equals_folded(line.key, u"AddService") ||
        !is_associated(inf, line)) {
      continue;
    }
    InfService service{.name = inf.expand(line.fields[0]), .start_type = {}};
    if (!service.name.empty() && line.fields.size() > 2) {
      service.start_type = start_type_of(inf, inf.expand(line.fields[2]));
    }
    return service;
  }
  return {};
}

}  // namespace casement
