// SPDX-License-Identifier: Apache-2.0
// A session: one image, chosen and completed, with an owner.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/image/image.h"
#include "engine/inspect/drivers.h"
#include "engine/inspect/identity.h"
#include "engine/inspect/packages.h"

namespace casement {

/// The value of DISM_ONLINE_IMAGE.
inline constexpr const char16_t* online_image_name = u"DISM_{53BFAE52-B167-4E2F-A258-0A37B57FF845}";

/// What DismOpenSession takes. UTF-16, as the API has it; '/' and '\' both separate.
struct SessionRequest {
  std::u16string image_path;
  std::optional<std::u16string> windows_directory;
  std::optional<std::u16string> system_drive;
};

/// Complete when it exists. Immutable; all calls may be made from many threads.
class Session {
 public:
  /// The checks of DismOpenSession, in its order. An empty
  /// windows_directory or system_drive is the same as none. A '\' in image_path separates unless
  /// the host has a file of that very name. invalid_argument: an empty image path, a string with a
  /// NUL or a lone surrogate or more than 32,767 units, or windows_directory or system_drive with
  /// the online image. unsupported: the online image, or a Windows on a locked volume. not_found,
  /// path_not_found, access_denied, not_a_directory as Image::open and open_image say.
  static Result<std::shared_ptr<const Session>> open(const SessionRequest& request,
                                                     const Limits& limits = {});

  /// The two halves of open(), for programs that show what an image consists of even when no
  /// Windows is in it: the checks and the volumes, then the installation. Errors as open().
  static Result<OpenedImage> open_volumes(const SessionRequest& request, const Limits& limits = {});
  static Result<std::shared_ptr<const Session>> complete(OpenedImage opened,
                                                         const SessionRequest& request,
                                                         const Limits& limits = {});

  const Image& image() const noexcept { return *image_; }
  const ImagePtr& image_ptr() const noexcept { return image_; }

  /// The packages of the installation: read at the first call and then kept.
  const PackageStore& packages() const;

  /// Its drivers, likewise: programs ask for one after the other.
  const DriverList& drivers() const;

 private:
  explicit Session(ImagePtr image) : image_(std::move(image)) {}
  ImagePtr image_;
  mutable std::once_flag packages_once_;
  mutable PackageStorePtr packages_;
  mutable std::once_flag drivers_once_;
  mutable DriverList drivers_;
};

using SessionPtr = std::shared_ptr<const Session>;

}  // namespace casement
