// SPDX-License-Identifier: Apache-2.0
// Opening built archives.
#pragma once

#include <string>
#include <string_view>

#include "fixtures/build/archive/tar_builder.h"
#include "fixtures/build/bytes.h"
#include "tests/support/matchers.h"
#include "tests/vfs/fat/volume_support.h"
#include "vfs/archive/open_archive.h"
#include "vfs/core/utf16.h"

namespace casement::test {

inline FileSystemPtr open_bytes(fx::ByteVector bytes, const ArchiveOptions& options = {}) {
  return must(open_archive_with(as_source(std::move(bytes)), options));
}

inline NodeInfo stat_at(const FileSystem& archive, std::string_view path) {
  return must(archive.stat(entry_at(archive, path).node));
}

/// The tree as one text: "a/ a/b=content".
inline std::string tree_text(const FileSystemPtr& archive) {
  std::string text;
  for (const std::string& line : tree_of(archive)) {
    text += (text.empty() ? "" : " ") + line;
  }
  return text;
}

}  // namespace casement::test
