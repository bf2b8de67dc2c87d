// SPDX-License-Identifier: Apache-2.0
// Four numbers from what the registry says.
#include "tools/dism/image_version.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <system_error>

#include "vfs/core/utf16.h"

namespace casement::dism {
namespace {

/// "17514" of "7601.17514.amd64fre.win7sp1_rtm.101119-1850"; "0" when that is not of this build.
std::string revision_of(const std::string& build_lab, const std::string& build) {
  if (!build_lab.starts_with(build + ".")) {
    return "0";
  }
  const std::string_view rest = std::string_view(build_lab).substr(build.size() + 1);
  const std::string_view digits = rest.substr(0, rest.find_first_not_of("0123456789"));
  return digits.empty() ? "0" : std::string(digits);
}

}  // namespace

std::string image_version(const Identity& identity) {
  const std::string build = identity.build ? to_utf8(identity.build->value) : "0";
  std::string revision = "0";
  if (identity.ubr) {
    revision = std::to_string(identity.ubr->value);
  } else if (identity.build_lab) {
    revision = revision_of(to_utf8(identity.build_lab->value), build);
  }
  return fmt::format("{}.{}.{}.{}", identity.major_version ? identity.major_version->value : 0,
                     identity.minor_version ? identity.minor_version->value : 0, build, revision);
}

bool at_least(const Identity& identity, std::uint32_t major, std::uint32_t minor) noexcept {
  if (!identity.major_version) {
    return true;
  }
  if (identity.major_version->value != major) {
    return identity.major_version->value > major;
  }
  return !identity.minor_version || identity.minor_version->value >= minor;
}

bool build_at_least(const Identity& identity, std::uint32_t build) {
  if (!identity.build) {
    return true;
  }
  const std::string text = to_utf8(identity.build->value);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error != std::errc() || end != text.data() + text.size() || number >= build;
}

}  // namespace casement::dism
