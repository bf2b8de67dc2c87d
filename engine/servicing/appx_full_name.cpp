// SPDX-License-Identifier: Apache-2.0
// Package full names as "Package identity" of the Windows app documentation describes them.
#include "engine/servicing/appx_full_name.h"

#include <algorithm>

#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

constexpr std::size_t part_count = 5;
constexpr std::size_t publisher_digits = 13;  // 64 bits of a digest, five bits a digit

std::optional<std::array<std::u16string_view, part_count>> split_parts(std::u16string_view text) {
  std::array<std::u16string_view, part_count> parts;
  for (std::size_t i = 0; i + 1 < part_count; ++i) {
    const std::size_t at = text.find(u'_');
    if (at == std::u16string_view::npos) {
      return std::nullopt;
    }
    parts.at(i) = text.substr(0, at);
    text.remove_prefix(at + 1);
  }
  if (text.find(u'_') != std::u16string_view::npos) {
    return std::nullopt;
  }
  parts.back() = text;
  return parts;
}

/// One number of a version; digits alone, as wide as 16 bits.
std::optional<std::uint16_t> parse_number(std::u16string_view text) {
  return text.size() > 5 ? std::nullopt : parse_digits<std::uint16_t>(text);
}

std::optional<std::array<std::uint32_t, 4>> parse_version(std::u16string_view text) {
  std::array<std::uint32_t, 4> version{};
  for (std::size_t i = 0; i < version.size(); ++i) {
    const bool last = i + 1 == version.size();
    const std::size_t dot = text.find(u'.');
    if ((dot == std::u16string_view::npos) != last) {
      return std::nullopt;
    }
    const auto number = parse_number(text.substr(0, dot));
    if (!number) {
      return std::nullopt;
    }
    version.at(i) = *number;
    text.remove_prefix(last ? text.size() : dot + 1);
  }
  return version;
}

/// Letters, digits, dots and dashes: names become parts of paths.
bool is_plain(std::u16string_view text) {
  return std::all_of(text.begin(), text.end(), [](char16_t unit) {
    return is_ascii_digit(unit) || is_ascii_letter(unit) || unit == u'.' || unit == u'-';
  });
}

/// Base 32 without i, l, o and u.
bool is_publisher_id(std::u16string_view text) {
  constexpr std::u16string_view digits = u"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  return text.size() == publisher_digits &&
         std::all_of(text.begin(), text.end(), [digits](char16_t unit) {
           return digits.find(upcase(unit)) != std::u16string_view::npos;
         });
}

}  // namespace

bool AppxFullName::is_resource() const noexcept {
  return starts_with_folded(resource_id, u"split.");
}

std::u16string AppxFullName::family_name() const {
  return name + u"_" + publisher_id;
}

std::optional<AppxFullName> parse_appx_full_name(std::u16string_view text) {
  const auto parts = split_parts(text);
  if (!parts) {
    return std::nullopt;
  }
  const auto& [name, version_text, architecture, resource_id, publisher_id] = *parts;
  const auto version = parse_version(version_text);
  if (name.empty() || architecture.empty() || !version || !is_publisher_id(publisher_id) ||
      !is_plain(name) || !is_plain(architecture) ||
      (resource_id != u"~" && !is_plain(resource_id))) {
    return std::nullopt;
  }
  return AppxFullName{.name = std::u16string(name),
                      .version = *version,
                      .architecture = std::u16string(architecture),
                      .resource_id = std::u16string(resource_id),
                      .publisher_id = std::u16string(publisher_id)};
}

}  // namespace casement
