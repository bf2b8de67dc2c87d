// SPDX-License-Identifier: Apache-2.0
// Reading the names that collectors give to drives.
#include "vfs/open/drive_name.h"

#include <algorithm>
#include <string>

#include "vfs/core/upcase.h"

namespace casement {
namespace {

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool equals_ascii_folded(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return upcase(static_cast<char16_t>(static_cast<unsigned char>(x))) ==
           upcase(static_cast<char16_t>(static_cast<unsigned char>(y)));
  });
}

}  // namespace

std::optional<DriveName> parse_drive_name(std::string_view host_name) {
  if (host_name == "[root]" || host_name == "$rootfs$") {
    return DriveName{std::nullopt, DriveNameStrength::weak, NameCoding::plain};
  }
  const std::string decoded = decode_percent(host_name).value_or(std::string(host_name));
  const NameCoding names = decoded == host_name ? NameCoding::plain : NameCoding::percent;
  std::string_view name = decoded;
  if (name.starts_with("\\\\.\\")) {
    name.remove_prefix(4);
  }
  if (name.empty() || !is_letter(name[0])) {
    return std::nullopt;
  }
  const char16_t letter = upcase(static_cast<char16_t>(name[0]));
  const std::string_view rest = name.substr(1);
  if (rest.empty() && name.size() == decoded.size() && names == NameCoding::plain) {
    return DriveName{letter, DriveNameStrength::weak, names};
  }
  if (rest == ":" || (equals_ascii_folded(rest, "_drive") && name.size() == decoded.size())) {
    return DriveName{letter, DriveNameStrength::strong, names};
  }
  return std::nullopt;
}

}  // namespace casement
