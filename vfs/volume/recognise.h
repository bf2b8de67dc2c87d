// SPDX-License-Identifier: Apache-2.0
// Contents of a partition that are known but not opened.
#pragma once

#include <optional>
#include <string>

#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"

namespace casement {

/// What a partition holds when it is not a file system that we read.
struct RecognisedVolume {
  std::string type;     // "bitlocker", "refs", "ext4", "xfs", "btrfs", "lvm2", "swap",
                        // "storage-spaces", "ldm", "empty"
  std::string reason;   // why it is not opened, one line for people, with what is known of it
  bool locked = false;  // BitLocker: it may well hold Windows
};

/// nullopt: unknown content. Errors: the partition's first bytes cannot be read.
Result<std::optional<RecognisedVolume>> recognise_volume(const ByteSource& volume);

}  // namespace casement
