// SPDX-License-Identifier: Apache-2.0
// The full name of an app package, in its five parts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casement {

/// "Microsoft.ZuneMusic_11.2305.4.0_neutral_~_8wekyb3d8bbwe": name, version, architecture, resource
/// identifier, publisher identifier. Text is as stored.
struct AppxFullName {
  std::u16string name;
  std::array<std::uint32_t, 4> version{};  // 16 bits each
  std::u16string architecture;             // "neutral", "x64"
  std::u16string resource_id;              // empty: the main package; "~" of a bundle
  std::u16string publisher_id;             // 13 digits of base 32

  bool is_bundle() const noexcept { return resource_id == u"~"; }
  /// A part of a bundle that has resources alone: "split.scale-125".
  bool is_resource() const noexcept;
  /// "Microsoft.ZuneMusic_8wekyb3d8bbwe".
  std::u16string family_name() const;
};

/// nullopt: not five parts with a '_' between them, no name or architecture, a version that is not
/// four numbers of 16 bits, a publisher identifier that is not 13 digits of base 32, or a part with
/// other characters than ASCII letters, digits, '.' and '-' ("~" may be a resource identifier).
std::optional<AppxFullName> parse_appx_full_name(std::u16string_view text);

}  // namespace casement
