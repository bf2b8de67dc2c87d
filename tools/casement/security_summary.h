// SPDX-License-Identifier: Apache-2.0
// Who owns a file: the SIDs of a security descriptor.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement::cli {

struct SecuritySummary {
  std::uint16_t control = 0;         // SE_* flags
  std::optional<std::string> owner;  // "S-1-5-18"; nullopt: the descriptor names none
  std::optional<std::string> group;
};

/// Reads a self-relative descriptor (MS-DTYP 2.4.6). The access lists are not looked at.
/// truncated: an owner or a group lies outside. corrupt: an unknown revision, or a SID with more
/// sub-authorities than there can be.
Result<SecuritySummary> summarise_security(Bytes descriptor);

}  // namespace casement::cli
