// SPDX-License-Identifier: Apache-2.0
// RT_STRING: block n holds the strings 16(n-1) to 16(n-1)+15, each a length in UTF-16 units and the
// units (Microsoft, "STRINGTABLE resource" and RESOURCEHEADER; the order is that of LoadString).
#include "engine/pe/string_table.h"

#include <fmt/format.h>

#include "engine/pe/resources.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::uint16_t strings_per_block = 16;

}  // namespace

Result<std::optional<std::u16string>> read_resource_string(const PeFile& file, std::uint16_t number,
                                                           std::optional<std::uint16_t> language) {
  const auto block = static_cast<std::uint16_t>(number / strings_per_block + 1);
  const auto bytes =
      CASEMENT_TRY(read_resource(file, resource_type::string, block, max_string_block, language));
  if (!bytes) {
    return std::optional<std::u16string>();
  }
  Cursor cursor(*bytes, 0);
  for (std::uint16_t skipped = 0; skipped < number % strings_per_block; ++skipped) {
    cursor.bytes(std::uint64_t{cursor.u16()} * sizeof(char16_t));
  }
  const std::uint16_t units = cursor.u16();
  const Bytes text = cursor.bytes(std::uint64_t{units} * sizeof(char16_t));
  CASEMENT_TRY(cursor.finish("string").with_context(
      [&file, block] { return fmt::format("{}: string block {}", file.describe(), block); }));
  return text.empty() ? std::nullopt : std::optional(from_utf16le(text));
}

}  // namespace casement
