// SPDX-License-Identifier: Apache-2.0
// Decorations of models sections.
//
// Source: Microsoft, "INF Manufacturer Section", on TargetOSVersion.
#include "engine/servicing/inf_decoration.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "vfs/core/upcase.h"

namespace casement {
namespace {

constexpr std::size_t part_count = 6;  // NT and processor, major, minor, product type, suite, build

std::optional<InfArchitecture> architecture_of(std::u16string_view text) noexcept {
  for (const InfArchitecture architecture : inf_architectures) {
    if (equals_folded(text, inf_architecture_name(architecture))) {
      return architecture;
    }
  }
  return std::nullopt;
}

/// The parts between dots, further ones dropped.
std::array<std::u16string_view, part_count> parts_of(std::u16string_view text) noexcept {
  std::array<std::u16string_view, part_count> parts;
  for (std::u16string_view& part : parts) {
    const std::size_t dot = std::min(text.find(u'.'), text.size());
    part = text.substr(0, dot);
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return parts;
}

}  // namespace

std::optional<InfDecoration> parse_inf_decoration(std::u16string_view text) {
  if (!starts_with_folded(text, u"NT")) {
    return std::nullopt;
  }
  const auto parts = parts_of(text.substr(2));
  InfDecoration decoration;
  decoration.decorated = true;
  if (!parts[0].empty()) {
    const auto architecture = architecture_of(parts[0]);
    if (!architecture) {
      return std::nullopt;
    }
    decoration.architecture = *architecture;
  }
  std::array<std::optional<std::uint32_t>, part_count> numbers;
  for (std::size_t i = 1; i < part_count; ++i) {
    numbers[i] = parse_inf_number(parts[i]);
    if (!numbers[i] && !parts[i].empty()) {
      return std::nullopt;
    }
  }
  decoration.major = numbers[1].value_or(0);
  decoration.minor = numbers[2].value_or(0);
  decoration.product_type = numbers[3];
  decoration.has_suite = numbers[4].has_value();
  decoration.build = numbers[5].value_or(0);
  return decoration;
}

bool applies_to(const InfDecoration& decoration, const InfTarget& target) noexcept {
  if (decoration.product_type && target.product_type &&
      *decoration.product_type != *target.product_type) {
    return false;
  }
  if (!target.major) {
    return true;
  }
  constexpr std::uint32_t any = 0xFFFF'FFFF;
  return std::tuple(decoration.major, decoration.minor, decoration.build) <=
         std::tuple(*target.major, target.minor.value_or(any), target.build.value_or(any));
}

bool is_closer(const InfDecoration& a, const InfDecoration& b) noexcept {
  const auto rank = [](const InfDecoration& of) {
    return std::tuple(of.decorated, of.major, of.minor, of.build, of.product_type.has_value(),
                      !of.has_suite);
  };
  return rank(a) > rank(b);
}

}  // namespace casement
