// SPDX-License-Identifier: Apache-2.0
// Copying content, holes as holes.
#include "vfs/archive/content_copy.h"

#include <fmt/format.h>

#include <algorithm>

namespace casement {

Result<std::optional<Error>> copy_content(ArchiveHandle& handle, const ArchiveMember& member,
                                          ContentTarget& target) {
  const auto damaged = [](Error error) { return std::optional<Error>(std::move(error)); };
  while (target.size() < member.size) {
    const auto block = handle.read_block();
    if (!block) {
      return damaged(block.error());
    }
    if (!*block) {
      if (!member.sparse) {
        return damaged(Error(Status::truncated, "the member ends early"));
      }
      CASEMENT_TRY(target.append_hole(member.size - target.size()));
      break;
    }
    const std::uint64_t begin = std::min((*block)->offset, member.size);
    if (begin < target.size()) {
      return damaged(Error(
          Status::corrupt,
          fmt::format("content at 0x{:x} comes after content up to 0x{:x}", begin, target.size())));
    }
    if (begin > target.size()) {
      CASEMENT_TRY(target.append_hole(begin - target.size()));
    }
    const std::uint64_t room = member.size - begin;
    CASEMENT_TRY(target.append(
        (*block)->bytes.first(std::min<std::uint64_t>((*block)->bytes.size(), room))));
  }
  return std::optional<Error>();
}

void report_damaged_member(ArchiveState& state, std::uint32_t member, const std::string& name,
                           std::uint64_t got, const std::optional<Error>& damage) {
  state.findings.add(Severity::error, "archive-member-damaged", member, [&] {
    return fmt::format("{}: only {} of {} bytes can be unpacked: {}", name, got,
                       state.members[member].size,
                       damage ? damage->message() : "the rest is missing");
  });
}

}  // namespace casement
