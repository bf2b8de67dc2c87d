// SPDX-License-Identifier: Apache-2.0
// The order in which the structures of a VHDX become readable.
#include "vfs/container/vhdx/vhdx_file.h"

#include <fmt/format.h>

#include <utility>

namespace casement {

Result<VhdxFile> VhdxFile::open(const SourcePtr& source, const Limits& limits) {
  if (!CASEMENT_TRY(has_vhdx_signature(*source))) {
    return fail(Status::bad_format, fmt::format("{}: no signature \"vhdxfile\" at 0x0: not a VHDX",
                                                source->describe()));
  }
  VhdxFile file;
  file.headers = CASEMENT_TRY(VhdxHeaders::read(*source, file.diagnostics));
  const VhdxHeader* header = file.headers.current();
  if (header != nullptr) {
    file.replay = CASEMENT_TRY(replay_vhdx_log(source, *header, limits, file.diagnostics));
  } else {
    file.replay.bytes = source;
    file.diagnostics.add(Severity::error, "vhdx-log-not-replayed",
                         "without a header the log cannot be found; changes that were not written "
                         "back are missing");
  }
  file.regions = CASEMENT_TRY(VhdxRegionTable::read(*file.replay.bytes, file.diagnostics));
  file.metadata = CASEMENT_TRY(VhdxMetadata::read(*file.replay.bytes, file.regions.metadata));
  return file;
}

const char* VhdxFile::type_name() const noexcept {
  if (metadata.has_parent) {
    return "differencing";
  }
  return metadata.leave_allocated ? "fixed" : "dynamic";
}

}  // namespace casement
