// SPDX-License-Identifier: Apache-2.0
// Entries become an overlay.
#include "vfs/container/vhdx/log_replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/container/vhdx/log_sequence.h"
#include "vfs/container/vhdx/overlay_source.h"

namespace casement {
namespace {

Result<void> apply(const VhdxLogRing& log, const VhdxLogEntry& entry, Overlay& overlay) {
  std::uint32_t data_index = 0;
  for (std::uint32_t i = 0; i < entry.descriptor_count; ++i) {
    VhdxLogChange change = CASEMENT_TRY(log.change(entry, i, data_index));
    if (change.bytes.empty()) {
      overlay.write_zeros(change.file_offset, change.length);
    } else {
      overlay.write(change.file_offset, std::move(change.bytes));
      ++data_index;
    }
  }
  return {};
}

Result<VhdxReplay> replay(const SourcePtr& file, const VhdxHeader& header, const Limits& limits) {
  const VhdxLogRing log = CASEMENT_TRY(VhdxLogRing::read(*file, header, limits));
  VhdxReplay replay;
  replay.entries = CASEMENT_TRY(find_active_sequence(log));
  Overlay overlay;
  for (const VhdxLogEntry& entry : replay.entries) {
    CASEMENT_TRY(apply(log, entry, overlay));
  }
  replay.bytes =
      make_overlay_source(file, std::move(overlay), replay.entries.back().last_file_size);
  return replay;
}

}  // namespace

Result<VhdxReplay> replay_vhdx_log(const SourcePtr& file, const VhdxHeader& header,
                                   const Limits& limits, Diagnostics& diagnostics) {
  if (header.log_id.is_nil()) {
    return VhdxReplay{file, {}};
  }
  Result<VhdxReplay> replayed = replay(file, header, limits);
  if (!replayed) {
    if (replayed.error().status() == Status::io_failed) {
      return replayed;
    }
    diagnostics.add(Severity::error, "vhdx-log-not-replayed",
                    "the log holds changes that were not written back, but it cannot be replayed; "
                    "the disk is as it was before them: " +
                        replayed.error().message());
    return VhdxReplay{file, {}};
  }
  // Every entry says so, not the last alone: the file may have been longer earlier.
  const auto longest =
      std::ranges::max_element(replayed->entries, {}, &VhdxLogEntry::flushed_file_size);
  if (longest->flushed_file_size > file->size()) {
    diagnostics.add(Severity::error, "vhdx-truncated",
                    fmt::format("log entry {} was written when the file had 0x{:x} bytes, now it "
                                "has 0x{:x}: it was cut off",
                                longest->sequence, longest->flushed_file_size, file->size()));
  }
  return replayed;
}

}  // namespace casement
