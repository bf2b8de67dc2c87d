// SPDX-License-Identifier: Apache-2.0
// What all parts of one opened NTFS volume share.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "vfs/codec/wim_codec.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/unique_findings.h"
#include "vfs/ntfs/boot_sector.h"
#include "vfs/ntfs/mft.h"
#include "vfs/ntfs/upcase_table.h"
#include "vfs/source/block_cache.h"

namespace casement::ntfs {

/// Thread-safe once it is shared as NtfsVolumePtr. Streams and directory readers hold it, so that
/// they stay usable after the file system is gone.
class NtfsVolume {
 public:
  /// Reads the boot sectors and finds the MFT; by the backup boot sector where the first one is
  /// damaged or leads nowhere (finding "boot-backup-used"). bad_format: not NTFS. corrupt,
  /// truncated: no MFT. The upcase table is
  /// the built-in one as yet.
  static Result<std::shared_ptr<NtfsVolume>> open(SourcePtr source, const Limits& limits);

  /// The same volume with findings and a cache of its own, for a thread whose findings are put in
  /// order later. Its upcase table is the built-in one.
  std::shared_ptr<const NtfsVolume> with_own_findings() const;

  NtfsVolume(const NtfsVolume&) = delete;
  NtfsVolume& operator=(const NtfsVolume&) = delete;
  ~NtfsVolume();

  const ByteSource& source() const noexcept { return *source_; }
  const NtfsGeometry& geometry() const noexcept { return geometry_; }
  const Limits& limits() const noexcept { return limits_; }
  const Mft& mft() const noexcept { return *mft_; }
  RunBounds bounds() const noexcept { return run_bounds(geometry_, limits_); }

  /// Decoded compression units and WOF chunks of all files (see cache_owner() in stream.h).
  BlockCache& cache() const noexcept { return cache_; }
  UniqueFindings& findings() const noexcept { return findings_; }

  /// The decompressor for a WOF algorithm, made at the first call: XPRESS for chunks up to 16 KiB,
  /// LZX for 32 KiB.
  Result<std::shared_ptr<const WimCodec>> wof_codec(WimCompression compression) const;

  /// Called at most once, before the volume is shared.
  void set_upcase(UpcaseTable upcase) noexcept { upcase_ = std::move(upcase); }
  /// The built-in table until set_upcase() was called.
  const UpcaseTable& upcase() const noexcept { return upcase_; }

 private:
  NtfsVolume(SourcePtr source, const Limits& limits);
  Result<void> load(const NtfsGeometry& geometry);

  SourcePtr source_;
  Limits limits_;
  NtfsGeometry geometry_;
  std::unique_ptr<const Mft> mft_;
  UpcaseTable upcase_ = UpcaseTable::built_in();
  mutable BlockCache cache_;
  mutable UniqueFindings findings_;
  mutable std::mutex codec_mutex_;
  mutable std::shared_ptr<const WimCodec> xpress_;
  mutable std::shared_ptr<const WimCodec> lzx_;
};

using NtfsVolumePtr = std::shared_ptr<const NtfsVolume>;

}  // namespace casement::ntfs
