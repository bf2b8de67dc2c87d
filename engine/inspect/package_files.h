// SPDX-License-Identifier: Apache-2.0
// The folder of manifests and catalogs of packages.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "engine/image/image.h"
#include "engine/servicing/package_manifest.h"

namespace casement {

/// The bytes of manifests that are read for one installation: each is kept when it was parsed. Real
/// ones have some tens of megabytes in all.
inline constexpr std::uint64_t max_total_manifest_size = std::uint64_t{512} << 20U;

/// servicing\Packages of one installation, found at the first use. Thread-safe.
class PackageFiles {
 public:
  /// `manifest_bytes` may be read by all calls of read_manifest together.
  explicit PackageFiles(const Image& image, std::uint64_t manifest_bytes = max_total_manifest_size);

  /// "\Windows\servicing\Packages\<identity><extension>".
  std::u16string path(std::u16string_view identity, std::u16string_view extension) const;

  /// nullopt: the file or the folder is not there, or `identity` cannot be the name of a file.
  Result<std::optional<Image::LocatedFile>> find(std::u16string_view identity,
                                                 std::u16string_view extension) const;

  /// Its manifest; nullopt as for find(). Errors: as parse_package_manifest, and those of reading;
  /// limit_exceeded as well when it does not fit what is left of the bytes for all manifests.
  Result<std::optional<PackageManifest>> read_manifest(std::u16string_view identity) const;

 private:
  const Result<std::optional<Image::LocatedFile>>& folder() const;
  Result<void> take_bytes(std::uint64_t size) const;

  const Image& image_;
  std::u16string folder_path_;
  mutable std::atomic<std::uint64_t> manifest_bytes_;
  mutable std::once_flag folder_once_;
  mutable Result<std::optional<Image::LocatedFile>> folder_ = std::optional<Image::LocatedFile>();
};

}  // namespace casement
