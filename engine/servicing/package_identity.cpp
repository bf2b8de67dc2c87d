// SPDX-License-Identifier: Apache-2.0
// The five-part name of a servicing package.
#include "engine/servicing/package_identity.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "vfs/core/upcase.h"

namespace casement {
namespace {

constexpr std::size_t identity_parts = 5;
constexpr int version_parts = 4;

/// Takes the next part of a version off `rest`. What is no number, or too large for one, is 0.
std::uint64_t take_number(std::u16string_view& rest) noexcept {
  const std::size_t dot = rest.find(u'.');
  const std::u16string_view part = rest.substr(0, dot);
  rest = dot == std::u16string_view::npos ? std::u16string_view() : rest.substr(dot + 1);
  std::uint64_t number = 0;
  for (const char16_t unit : part) {
    if (unit < u'0' || unit > u'9' || number > std::numeric_limits<std::uint32_t>::max()) {
      return 0;
    }
    number = number * 10 + static_cast<std::uint64_t>(unit - u'0');
  }
  return number;
}

}  // namespace

std::u16string PackageIdentity::text() const {
  std::u16string text;
  text.reserve(name.size() + public_key_token.size() + architecture.size() + language.size() +
               version.size() + identity_parts - 1);
  text.append(name).append(1, u'~').append(public_key_token).append(1, u'~');
  text.append(architecture).append(1, u'~').append(language).append(1, u'~').append(version);
  return text;
}

std::optional<PackageIdentity> parse_package_identity(std::u16string_view text) {
  std::array<std::u16string_view, identity_parts> parts;
  for (std::size_t i = 0; i < identity_parts; ++i) {
    const std::size_t end = text.find(u'~');
    const bool last = i + 1 == identity_parts;
    if (last != (end == std::u16string_view::npos)) {
      return std::nullopt;
    }
    parts.at(i) = text.substr(0, end);
    text = last ? std::u16string_view() : text.substr(end + 1);
  }
  if (parts[0].empty()) {
    return std::nullopt;
  }
  return PackageIdentity{.name = std::u16string(parts[0]),
                         .public_key_token = std::u16string(parts[1]),
                         .architecture = std::u16string(parts[2]),
                         .language = std::u16string(parts[3]),
                         .version = std::u16string(parts[4])};
}

bool same_identity(std::u16string_view a, std::u16string_view b) noexcept {
  return equals_folded(a, b);
}

std::strong_ordering compare_versions(std::u16string_view a, std::u16string_view b) noexcept {
  for (int i = 0; i < version_parts; ++i) {
    const std::strong_ordering order = take_number(a) <=> take_number(b);
    if (order != std::strong_ordering::equal) {
      return order;
    }
  }
  return std::strong_ordering::equal;
}

}  // namespace casement
