// SPDX-License-Identifier: Apache-2.0
// The grammar of Windows paths: text to a validated value, nothing is looked up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "vfs/core/guid.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"

namespace casement {

/// What the beginning of a path ties it to.
namespace path_root {

/// "System32\drivers\x.sys": the caller knows the directory it starts from.
struct Relative {
  friend bool operator==(const Relative&, const Relative&) = default;
};
/// "\Windows": the root of the volume that the caller starts from.
struct Rooted {
  friend bool operator==(const Rooted&, const Rooted&) = default;
};
/// "C:\Windows", "\\?\C:\", "\??\C:\", "\DosDevices\C:\". "C:x" too: an image that is not running
/// has no current directory on C:, so its root is meant.
struct Drive {
  char16_t letter = u'C';  // upper case
  friend bool operator==(const Drive&, const Drive&) = default;
};
/// "\\?\Volume{guid}\".
struct VolumeGuid {
  Guid id;
  friend bool operator==(const VolumeGuid&, const VolumeGuid&) = default;
};
/// "\Device\HarddiskVolume3\".
struct HarddiskVolume {
  std::uint32_t number = 0;
  friend bool operator==(const HarddiskVolume&, const HarddiskVolume&) = default;
};
/// "\SystemRoot\": the Windows directory.
struct SystemRoot {
  friend bool operator==(const SystemRoot&, const SystemRoot&) = default;
};
/// "%ProgramFiles(x86)%\": the caller knows the value.
struct Variable {
  std::u16string name;  // without the percent signs
  friend bool operator==(const Variable&, const Variable&) = default;
};
/// A network path, a globalroot form or a device: known for what it is, never to be found offline.
struct Unresolvable {
  std::string reason;   // "network path", "globalroot path", "device path"
  std::u16string text;  // the whole path as given; it is not split further
  friend bool operator==(const Unresolvable&, const Unresolvable&) = default;
};

}  // namespace path_root

using PathRoot = std::variant<path_root::Relative, path_root::Rooted, path_root::Drive,
                              path_root::VolumeGuid, path_root::HarddiskVolume,
                              path_root::SystemRoot, path_root::Variable, path_root::Unresolvable>;

/// One name of a path; never empty.
struct PathComponent {
  /// What Windows looks up: trailing dots and spaces are gone. The same as `raw` in a literal path,
  /// and when nothing would be left.
  std::u16string name;
  /// As written; images hold such names, so it is looked up when `name` is not there.
  std::u16string raw;

  friend bool operator==(const PathComponent&, const PathComponent&) = default;
};

/// A parsed path. "." and ".." are already resolved unless the path is literal.
struct ParsedPath {
  PathRoot root;
  /// ".." steps above the start. Only roots that stand for a directory known to the caller
  /// (Relative, SystemRoot, Variable) have them; elsewhere ".." above the root stays at the root.
  std::size_t parents = 0;
  std::vector<PathComponent> components;
  std::u16string stream;  // empty: the main stream
  /// "\\?\" and "\??\": names are taken exactly as written, "." and ".." too.
  bool literal = false;

  friend bool operator==(const ParsedPath&, const ParsedPath&) = default;
};

/// Longest path in UTF-16 units: what a Windows UNICODE_STRING holds.
inline constexpr std::size_t max_path_units = 32'767;

/// Parses any form of Windows path; '\' and '/' separate. An empty text is the relative path
/// without components. Trailing and doubled separators mean nothing.
/// invalid_argument: a NUL, or a malformed stream suffix. name_too_long: more than max_path_units.
/// limit_exceeded: more than Limits::max_path_depth components. unsupported: a stream type other
/// than $DATA. Not checked: whether characters are legal in names.
Result<ParsedPath> parse_path(std::u16string_view text, const Limits& limits = {});

/// `tail` as seen from `base`: base's root, base's components less tail.parents, then tail's own.
/// For expanding %Variable%, \SystemRoot and relative paths: tail's root is ignored.
/// limit_exceeded: more than Limits::max_path_depth components together.
Result<ParsedPath> join_path(const ParsedPath& base, const ParsedPath& tail,
                             const Limits& limits = {});

/// The path as Windows text that parses to an equal value: "C:\Windows\x.txt:stream".
std::u16string format_path(const ParsedPath& path);

}  // namespace casement
