// SPDX-License-Identifier: Apache-2.0
// Texts and moments as UDF stores them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "vfs/core/bytes.h"
#include "vfs/core/filetime.h"
#include "vfs/udf/udf_layout.h"

namespace casement {

/// OSTA compressed Unicode, UDF 2.1.1: a first byte of 8 (Latin-1) or 16 (UTF-16, big-endian), then
/// the characters. An odd last byte of the latter is dropped. nullopt: another first byte. Empty is
/// empty.
std::optional<std::u16string> from_udf_text(Bytes text);

/// A field of fixed size whose last byte counts the used ones, UDF 2.1.3. Empty when it is damaged.
std::u16string from_udf_field(Bytes field);

/// UDF 2.1.4. Without a zone the clock reading is given as if it had been UTC. Not set when the
/// fields name no moment.
FileTime from_udf_time(const udf_layout::Timestamp& time) noexcept;

/// The identifier without the zeros behind it: "*UDF Metadata Partition".
std::string_view udf_entity(const udf_layout::EntityId& id) noexcept;

}  // namespace casement
