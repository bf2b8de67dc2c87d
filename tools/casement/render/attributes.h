// SPDX-License-Identifier: Apache-2.0
// FILE_ATTRIBUTE_* bits and reparse tags as text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "vfs/fs/file_system.h"

namespace casement::cli {

/// Columns of attribute_letters().
inline constexpr std::size_t attribute_columns = 10;

/// "D-HS-----": one fixed column a letter, '-' where the attribute is not set. In this order:
/// Directory, Read-only, Hidden, System, Archive, Compressed, Encrypted, sParse, Link (any reparse
/// point), Offline (also what is fetched from a cloud when it is opened).
std::array<char, attribute_columns> attribute_letters(const NodeInfo& info) noexcept;

/// "read-only, hidden"; bits without a name are left out. Empty: none.
std::string attribute_names(std::uint32_t attributes);

/// "symbolic link", "WOF compression"; null for a tag without a name here.
const char* reparse_tag_name(std::uint32_t tag) noexcept;

/// "file", "directory", "reparse_point": for programs.
const char* node_kind_name(NodeKind kind) noexcept;

}  // namespace casement::cli
