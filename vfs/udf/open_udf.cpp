// SPDX-License-Identifier: Apache-2.0
// The two entries of this folder.
#include "vfs/udf/open_udf.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/udf/udf_anchor.h"
#include "vfs/udf/udf_file_system.h"
#include "vfs/udf/udf_volume.h"

namespace casement {

Result<bool> probe_udf(const ByteSource& volume) {
  const auto identifiers = CASEMENT_TRY(read_recognition_sequence(volume));
  if (names_udf(identifiers)) {
    return true;
  }
  return !CASEMENT_TRY(find_udf_anchors(volume)).empty();
}

Result<FileSystemPtr> open_udf(SourcePtr volume, const Limits& limits) {
  const std::string name = volume->describe();
  auto opened = CASEMENT_TRY(UdfVolume::open(std::move(volume), limits).with_context([&] {
    return fmt::format("{}: UDF volume", name);
  }));
  return std::make_shared<UdfFileSystem>(std::move(opened));
}

}  // namespace casement
