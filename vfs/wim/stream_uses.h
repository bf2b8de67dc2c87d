// SPDX-License-Identifier: Apache-2.0
// Which files of an image use which blobs.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "vfs/core/diagnostics.h"
#include "vfs/core/digest.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/wim/wim_file_system.h"

namespace casement::wim {

/// What a stream of a file holds.
enum class StreamKind : std::uint8_t {
  data,          // plain bytes; of an encrypted file what the EFS backup functions give
  reparse_data,  // a reparse point's buffer without its 8-byte header
};

/// One stream that names a blob. The views are valid during the call.
struct StreamUse {
  std::u16string_view directory;  // "\Windows"; empty for the root and what is in it
  std::u16string_view name;       // "notepad.exe"; empty: the root
  std::u16string_view stream;     // empty: the main stream, or reparse data
  StreamKind kind = StreamKind::data;
  Sha1 hash{};  // never all zeros: such streams are empty and have no blob

  /// "\Windows\notepad.exe", with ":stream" where there is one. Of what is longer than Windows'
  /// longest path the end, behind "...".
  std::u16string path() const;
};

/// Calls `use` for every stream of every entry in one pass over the metadata, in its order, until
/// it returns false. What cannot be read is added to `findings` ("wim-metadata") and left out.
/// `parts.blobs` is not asked and may be null. `loader_threads`: as of LoadedMetadata. Errors: as
/// open_image_tree().
Result<void> for_each_stream_use(const ImageParts& parts, const Limits& limits,
                                 const std::function<bool(const StreamUse&)>& use,
                                 Diagnostics& findings, unsigned loader_threads = 1);

}  // namespace casement::wim
