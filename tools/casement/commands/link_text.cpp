// SPDX-License-Identifier: Apache-2.0
// Reparse buffers as text.
#include "tools/casement/commands/link_text.h"

#include <utility>

#include "vfs/fs/reparse.h"

namespace casement::cli {

Result<std::optional<std::u16string>> link_target_text(const FileSystem& file_system, NodeId node) {
  const auto buffer = CASEMENT_TRY(file_system.reparse_data(node));
  const std::uint32_t tag = CASEMENT_TRY(parse_reparse_tag(buffer));
  if (!is_link_tag(tag)) {
    return std::optional<std::u16string>();
  }
  ReparseTarget target = CASEMENT_TRY(parse_reparse_target(buffer));
  constexpr std::u16string_view prefix = u"\\??\\";
  if (target.target.starts_with(prefix)) {
    target.target.erase(0, prefix.size());
  }
  return std::optional(std::move(target.target));
}

}  // namespace casement::cli
