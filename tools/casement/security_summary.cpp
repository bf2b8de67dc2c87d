// SPDX-License-Identifier: Apache-2.0
// Security descriptors and SIDs (MS-DTYP 2.4.6 and 2.4.2).
#include "tools/casement/security_summary.h"

#include <fmt/format.h>

namespace casement::cli {
namespace {

constexpr std::uint8_t known_revision = 1;
/// SID_MAX_SUB_AUTHORITIES.
constexpr std::uint8_t most_sub_authorities = 15;

/// Offset 0: there is none.
Result<std::optional<std::string>> read_sid(Bytes descriptor, std::uint32_t offset,
                                            const char* what) {
  if (offset == 0) {
    return std::optional<std::string>();
  }
  if (offset > descriptor.size()) {
    return fail(Status::truncated, fmt::format("{} at {}: the descriptor has {} bytes", what,
                                               offset, descriptor.size()));
  }
  Cursor cursor(descriptor.subspan(offset), offset);
  const std::uint8_t revision = cursor.u8();
  const std::uint8_t count = cursor.u8();
  std::uint64_t authority = 0;  // 48 bits, big-endian
  for (const std::byte byte : cursor.bytes(6)) {
    authority = authority << 8 | std::to_integer<std::uint64_t>(byte);
  }
  CASEMENT_TRY(cursor.finish(what));
  if (revision != known_revision || count > most_sub_authorities) {
    return fail(Status::corrupt,
                fmt::format("{} at {}: SID of revision {} with {} sub-authorities; expected "
                            "revision 1 with at most {}",
                            what, offset, revision, count, most_sub_authorities));
  }
  // Windows writes an authority above 32 bits in hex.
  std::string text = authority >> 32 == 0 ? fmt::format("S-1-{}", authority)
                                          : fmt::format("S-1-0x{:012x}", authority);
  for (std::uint8_t i = 0; i < count; ++i) {
    text += fmt::format("-{}", cursor.u32());
  }
  CASEMENT_TRY(cursor.finish(what));
  return std::optional(std::move(text));
}

}  // namespace

Result<SecuritySummary> summarise_security(Bytes descriptor) {
  Cursor cursor(descriptor, 0);
  const std::uint8_t revision = cursor.u8();
  (void)cursor.u8();  // Sbz1: resource manager bits
  SecuritySummary summary;
  summary.control = cursor.u16();
  const std::uint32_t owner = cursor.u32();
  const std::uint32_t group = cursor.u32();
  (void)cursor.bytes(8);  // where the access lists are
  CASEMENT_TRY(cursor.finish("security descriptor"));
  if (revision != known_revision) {
    return fail(Status::corrupt, fmt::format("security descriptor of revision {}, expected {}",
                                             revision, known_revision));
  }
  summary.owner = CASEMENT_TRY(read_sid(descriptor, owner, "owner"));
  summary.group = CASEMENT_TRY(read_sid(descriptor, group, "group"));
  return summary;
}

}  // namespace casement::cli
