// SPDX-License-Identifier: Apache-2.0
// Checking a whole WIM: the integrity table and the SHA-1 of every blob.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/digest.h"
#include "vfs/core/error.h"
#include "vfs/core/result.h"
#include "vfs/wim/wim_file.h"

namespace casement::wim {

struct VerifyProgress {
  std::uint64_t done = 0;  // bytes of plain content (and of the integrity table's chunks)
  std::uint64_t total = 0;
};

struct VerifyOptions {
  unsigned threads = 0;  // 0: one a processor
  bool blobs = true;     // false: the integrity table alone
  /// Called from one thread at a time, some ten times a second at most. false: stop.
  std::function<bool(const VerifyProgress&)> progress;
};

/// One use of a damaged blob.
struct BlobUse {
  std::uint32_t image = 0;  // index, from 1
  std::u16string path;      // "\Windows\notepad.exe", with ":stream" where it is a named one
};

/// A blob that cannot be decoded, or whose bytes are others than its SHA-1 says.
struct DamagedBlob {
  Sha1 expected{};
  std::optional<Sha1> found;  // nullopt: it could not be read
  std::uint64_t size = 0;
  std::uint16_t part = 1;
  Error error;                  // what is wrong, and where in the file
  std::vector<BlobUse> uses;    // at most 10,000
  std::uint64_t use_count = 0;  // of all images
};

/// A chunk of the integrity table whose SHA-1 is another.
struct DamagedChunk {
  std::uint16_t part = 1;
  std::uint64_t offset = 0;  // bytes, in that part
  std::uint64_t size = 0;
};

struct VerifyReport {
  bool stopped = false;  // by progress()
  std::uint64_t blobs = 0;
  std::uint64_t bytes = 0;
  bool had_integrity_table = false;
  std::uint64_t integrity_chunks = 0;
  std::vector<DamagedChunk> damaged_chunks;
  std::vector<DamagedBlob> damaged_blobs;  // by their place in the file
  /// Blobs that files name and no table lists, such as a delta WIM's: hash and uses.
  std::vector<DamagedBlob> missing_blobs;
  /// Metadata that cannot be read, missing parts, and other findings.
  Diagnostics diagnostics;

  /// Nothing is damaged or missing, no finding is an error, and none was dropped.
  bool good() const noexcept;
};

/// Reads each part once from front to back, and decodes on all processors. Errors only when nothing
/// can be checked; damage is the report's business.
Result<VerifyReport> verify(const WimFilePtr& file, const VerifyOptions& options);

}  // namespace casement::wim
