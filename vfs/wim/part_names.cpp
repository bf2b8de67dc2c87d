// SPDX-License-Identifier: Apache-2.0
// Numbers between a stem and an extension.
#include "vfs/wim/part_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "vfs/core/ascii.h"

namespace casement::wim {
namespace {

std::string_view extension_of(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot);
}

}  // namespace

PartNames PartNames::from(std::string_view name, std::uint16_t number) {
  PartNames names;
  names.extension_ = extension_of(name);
  const std::string_view stem = name.substr(0, name.size() - names.extension_.size());
  if (number == 1) {
    names.stems_.emplace_back(stem);
  }
  const std::string digits = fmt::format("{}", number);
  if (stem.ends_with(digits)) {
    names.stems_.emplace_back(stem.substr(0, stem.size() - digits.size()));
  }
  return names;
}

std::vector<std::string> PartNames::of(std::uint16_t number) const {
  std::vector<std::string> names;
  for (const std::string& stem : stems_) {
    if (number == 1 && !stem.empty()) {
      names.push_back(stem + extension_);
    }
    names.push_back(fmt::format("{}{}{}", stem, number, extension_));
  }
  return names;
}

bool may_be_part(std::string_view name, std::string_view known) {
  const std::string extension = to_lower_ascii(extension_of(name));
  if (extension.empty()) {
    return false;
  }
  constexpr std::string_view split = ".swm";
  if (extension.starts_with(split)) {
    return std::ranges::all_of(extension.substr(split.size()), is_ascii_digit<char>);
  }
  return extension == to_lower_ascii(extension_of(known));
}

}  // namespace casement::wim
