// SPDX-License-Identifier: Apache-2.0
// Recognising the prefixes of Windows paths.
#include "vfs/fs/path_prefix.h"

#include <optional>
#include <string>

#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

struct Head {
  std::u16string_view name;
  std::u16string_view rest;
};

/// The text up to the first separator, and what follows that separator.
Head split_head(std::u16string_view text) {
  const std::size_t end = text.find_first_of(path_separators);
  return {text.substr(0, end), end == std::u16string_view::npos ? u"" : text.substr(end + 1)};
}

/// The number of "HarddiskVolume3": decimal, at least 1, no leading zero.
std::optional<std::uint32_t> harddisk_volume_number(std::u16string_view name) {
  constexpr std::u16string_view stem = u"HarddiskVolume";
  if (name.size() <= stem.size() || !starts_with_folded(name, stem) || name[stem.size()] == u'0') {
    return std::nullopt;
  }
  return parse_digits<std::uint32_t>(name.substr(stem.size()));
}

/// The GUID of "Volume{...}".
std::optional<Guid> volume_guid(std::u16string_view name) {
  constexpr std::u16string_view stem = u"Volume";
  if (name.size() <= stem.size() || !starts_with_folded(name, stem) || name[stem.size()] != u'{') {
    return std::nullopt;
  }
  return Guid::parse(name.substr(stem.size()));
}

PathPrefix unresolvable(const char* reason, std::u16string_view text) {
  return {path_root::Unresolvable{reason, std::u16string(text)}, {}, false};
}

/// What follows "\\?\", "\\.\", "\??\", "\DosDevices\" or "\Global??\". `text` is the whole path.
PathPrefix split_device(std::u16string_view text, std::u16string_view device, bool literal) {
  const auto [name, rest] = split_head(device);
  if (name.size() == 2 && name[1] == u':' && is_ascii_letter(name[0])) {
    return {path_root::Drive{upcase(name[0])}, rest, literal};
  }
  if (const auto guid = volume_guid(name)) {
    return {path_root::VolumeGuid{*guid}, rest, literal};
  }
  if (const auto number = harddisk_volume_number(name)) {
    return {path_root::HarddiskVolume{*number}, rest, literal};
  }
  if (equals_folded(name, u"UNC")) {
    return unresolvable("network path", text);
  }
  if (equals_folded(name, u"GLOBALROOT")) {
    return unresolvable("globalroot path", text);
  }
  return unresolvable("device path", text);
}

/// "\Device\..."; nullopt when nothing follows: then it is a directory of that name.
std::optional<PathPrefix> split_native_device(std::u16string_view text, std::u16string_view rest) {
  const auto [name, below] = split_head(rest);
  if (name.empty()) {
    return std::nullopt;
  }
  if (const auto number = harddisk_volume_number(name)) {
    return PathPrefix{path_root::HarddiskVolume{*number}, below, false};
  }
  if (equals_folded(name, u"Mup") || equals_folded(name, u"LanmanRedirector")) {
    return unresolvable("network path", text);
  }
  return unresolvable("device path", text);
}

/// A path with exactly one leading separator.
PathPrefix split_rooted(std::u16string_view text) {
  const auto [name, rest] = split_head(text.substr(1));
  if (name == u"??") {
    return split_device(text, rest, true);
  }
  if (equals_folded(name, u"DosDevices") || equals_folded(name, u"Global??")) {
    return split_device(text, rest, false);
  }
  if (equals_folded(name, u"SystemRoot")) {
    return {path_root::SystemRoot{}, rest, false};
  }
  if (equals_folded(name, u"Device")) {
    if (auto device = split_native_device(text, rest)) {
      return *device;
    }
  }
  return {path_root::Rooted{}, text.substr(1), false};
}

/// "%Name%" followed by a separator or the end.
std::optional<PathPrefix> split_variable(std::u16string_view text) {
  if (text.empty() || text[0] != u'%') {
    return std::nullopt;
  }
  const auto [head, rest] = split_head(text);
  const bool one_pair = head.size() > 2 && head.find(u'%', 1) == head.size() - 1;
  if (!one_pair) {
    return std::nullopt;
  }
  return PathPrefix{path_root::Variable{std::u16string(head.substr(1, head.size() - 2))}, rest,
                    false};
}

}  // namespace

PathPrefix split_path_prefix(std::u16string_view text) {
  if (text.size() >= 2 && is_path_separator(text[0]) && is_path_separator(text[1])) {
    const bool device = text.size() >= 3 && (text[2] == u'?' || text[2] == u'.') &&
                        (text.size() == 3 || is_path_separator(text[3]));
    if (!device) {
      return unresolvable("network path", text);
    }
    // Windows leaves only the exact "\\?\" alone; "//?/" and "\\.\" are normalised.
    const bool literal = text.starts_with(u"\\\\?\\");
    return split_device(text, text.size() > 4 ? text.substr(4) : u"", literal);
  }
  if (!text.empty() && is_path_separator(text[0])) {
    return split_rooted(text);
  }
  if (text.size() >= 2 && text[1] == u':' && is_ascii_letter(text[0])) {
    return {path_root::Drive{upcase(text[0])}, text.substr(2), false};
  }
  if (auto variable = split_variable(text)) {
    return *variable;
  }
  return {path_root::Relative{}, text, false};
}

}  // namespace casement
