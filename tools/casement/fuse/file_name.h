// SPDX-License-Identifier: Apache-2.0
// Windows names as file names of a mount, without losing a unit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casement::cli {

/// Longest name that the kernel takes of a FUSE file system, in bytes. An NTFS name has at most
/// 765.
inline constexpr std::size_t max_file_name = 1024;

/// The bytes of a name: UTF-8; a lone surrogate as three bytes (WTF-8), which is how ntfs-3g and
/// wimlib write it and how Casement reads host names. '/' and NUL, which only a hostile image has
/// in a name, become U+F02F and U+F000, as Windows Subsystem for Linux does it. nullopt: it cannot
/// be shown, being empty, ".", "..", or longer than max_file_name.
std::optional<std::string> to_file_name(std::u16string_view name);

/// The inverse, but that U+F02F and U+F000 stay what they are. nullopt: no such bytes are ever
/// shown.
std::optional<std::u16string> from_file_name(std::string_view bytes);

/// The other name that is shown by the same bytes: with '/' and NUL. nullopt: there is none.
std::optional<std::u16string> unescaped_name(std::u16string_view name);

}  // namespace casement::cli
