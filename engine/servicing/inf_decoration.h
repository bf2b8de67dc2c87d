// SPDX-License-Identifier: Apache-2.0
// The decorations of models sections: for which processor and which Windows they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/servicing/inf_version.h"

namespace casement {

/// Windows as decorations see it. Absent parts match everything.
struct InfTarget {
  std::optional<std::uint32_t> major;
  std::optional<std::uint32_t> minor;
  std::optional<std::uint32_t> build;
  std::optional<std::uint32_t> product_type;  // 1 workstation, 2 domain controller, 3 server
};

/// "NTamd64.10.0...22000": NT, processor, version, product type, suite, build.
struct InfDecoration {
  InfArchitecture architecture = InfArchitecture::x86;  // what has none is for x86
  bool decorated = false;                               // false: the plain models section
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  std::uint32_t build = 0;
  std::optional<std::uint32_t> product_type;
  bool has_suite = false;
};

/// nullopt: not of this form.
std::optional<InfDecoration> parse_inf_decoration(std::u16string_view text);

/// Whether Windows `target` takes a section of that decoration. Suites are not judged.
bool applies_to(const InfDecoration& decoration, const InfTarget& target) noexcept;

/// Whether `a` is the closer match of two that apply: the later version, then the named product
/// type, then one without a suite, which most installations do not have.
bool is_closer(const InfDecoration& a, const InfDecoration& b) noexcept;

}  // namespace casement
