// SPDX-License-Identifier: Apache-2.0
// Opening by either boot sector.
#include "vfs/ntfs/volume.h"

#include <fmt/format.h>

#include <utility>

namespace casement::ntfs {
namespace {

constexpr std::uint32_t max_xpress_chunk = 16U << 10;
constexpr std::uint32_t max_lzx_chunk = 32U << 10;

}  // namespace

NtfsVolume::NtfsVolume(SourcePtr source, const Limits& limits)
    : source_(std::move(source)), limits_(limits), cache_(limits.max_cache_size) {}

NtfsVolume::~NtfsVolume() = default;

Result<std::shared_ptr<NtfsVolume>> NtfsVolume::open(SourcePtr source, const Limits& limits) {
  BootSectors sectors = CASEMENT_TRY(read_boot_sectors(*source));
  std::shared_ptr<NtfsVolume> volume(new NtfsVolume(std::move(source), limits));
  std::optional<Error> failure = std::move(sectors.main_error);
  if (sectors.main) {
    auto loaded = volume->load(*sectors.main);
    if (loaded) {
      return volume;
    }
    failure = std::move(loaded).error();
  }
  // The first sector is unusable, or it leads to no MFT. An equal backup would lead there too.
  if (sectors.backup && sectors.backup != sectors.main && volume->load(*sectors.backup)) {
    volume->findings_.add("boot-backup-used", 0, *failure);
    return volume;
  }
  return std::unexpected(std::move(*failure));
}

Result<void> NtfsVolume::load(const NtfsGeometry& geometry) {
  geometry_ = geometry;
  mft_ =
      std::make_unique<const Mft>(CASEMENT_TRY(Mft::open(source_, geometry_, limits_, findings_)));
  if (source_->size() < geometry_.volume_size) {
    findings_.add(Severity::warning, "volume-truncated", 0,
                  fmt::format("the volume should have {} bytes, only {} are there",
                              geometry_.volume_size, source_->size()));
  }
  return {};
}

std::shared_ptr<const NtfsVolume> NtfsVolume::with_own_findings() const {
  std::shared_ptr<NtfsVolume> volume(new NtfsVolume(source_, limits_));
  volume->geometry_ = geometry_;
  volume->mft_ = std::make_unique<const Mft>(mft_->with_findings(volume->findings_));
  return volume;
}

Result<std::shared_ptr<const WimCodec>> NtfsVolume::wof_codec(WimCompression compression) const {
  const bool lzx = compression == WimCompression::lzx;
  const std::lock_guard lock(codec_mutex_);
  auto& codec = lzx ? lzx_ : xpress_;
  if (!codec) {
    codec = CASEMENT_TRY(WimCodec::create(compression, lzx ? max_lzx_chunk : max_xpress_chunk));
  }
  return codec;
}

}  // namespace casement::ntfs
