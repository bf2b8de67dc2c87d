// SPDX-License-Identifier: Apache-2.0
// The five-part name of a servicing package.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace casement {

/// "Package_for_KB976902~31bf3856ad364e35~amd64~~6.1.1.17514": name, public key token,
/// architecture, language, version. The language is empty when the package is neutral.
struct PackageIdentity {
  std::u16string name;
  std::u16string public_key_token;
  std::u16string architecture;
  std::u16string language;
  std::u16string version;

  std::u16string text() const;
};

/// nullopt: not five parts with a '~' between them, or no name.
std::optional<PackageIdentity> parse_package_identity(std::u16string_view text);

/// Without regard to case, as the registry compares.
bool same_identity(std::u16string_view a, std::u16string_view b) noexcept;

/// Four numbers with a dot between them; fewer count as if the rest were 0, and what is no number
/// counts as 0, so that every pair has an order.
std::strong_ordering compare_versions(std::u16string_view a, std::u16string_view b) noexcept;

}  // namespace casement
