// SPDX-License-Identifier: Apache-2.0
// Read-only mounts: directories that stand for an image in this process.
#include "engine/session/mounts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/dismapi/allocation.h"
#include "engine/dismapi/cancel_events.h"
#include "engine/dismapi/convert.h"
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"
#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

/// What DISM says to a mount for writing where nothing may be written. No public header names it.
constexpr Status no_write_permission = static_cast<Status>(static_cast<HRESULT>(0xC1510111U));
constexpr Status open_handles =
    static_cast<Status>(DISMAPI_E_OPEN_HANDLES_UNABLE_TO_UNMOUNT_IMAGE_PATH);
constexpr Status index_or_name = static_cast<Status>(DISMAPI_E_MUST_SPECIFY_INDEX_OR_NAME);

/// The API counts in percent.
constexpr UINT all_progress = 100;

Result<MountRequest> mount_request(PCWSTR image_path, PCWSTR mount_path, UINT index, PCWSTR name,
                                   DismImageIdentifier identifier, DWORD flags) {
  constexpr DWORD known = DISM_MOUNT_READONLY | DISM_MOUNT_OPTIMIZE | DISM_MOUNT_CHECK_INTEGRITY |
                          DISM_MOUNT_SUPPORT_EA;
  if ((flags & ~known) != 0) {
    return fail(Status::invalid_argument, "Flags has bits that no DISM_MOUNT_* constant names");
  }
  if ((flags & DISM_MOUNT_READONLY) == 0) {
    return fail(no_write_permission,
                "this library never writes to an image: mount it with DISM_MOUNT_READONLY");
  }
  MountRequest request;
  request.image_path = CASEMENT_TRY(required_string(image_path, "ImageFilePath"));
  request.mount_path = CASEMENT_TRY(required_string(mount_path, "MountPath"));
  if (identifier == DismImageNone) {
    return fail(index_or_name, "ImageIdentifier is DismImageNone: expected an index or a name");
  }
  if (identifier == DismImageName) {
    request.name = CASEMENT_TRY(required_string(name, "ImageName"));
  } else {
    request.index = index;
  }
  request.check_integrity = (flags & DISM_MOUNT_CHECK_INTEGRITY) != 0;
  return request;
}

DismMountStatus status_of(MountState state) {
  switch (state) {
    case MountState::ok:
      return DismMountStatusOk;
    case MountState::needs_remount:
      return DismMountStatusNeedsRemount;
    case MountState::invalid:
      return DismMountStatusInvalid;
  }
  return DismMountStatusInvalid;
}

Result<void> hand_out_mounts(DismMountedImageInfo** infos, UINT* count) {
  const std::vector<MountedImage> mounts = CASEMENT_TRY(list_mounted_images());
  Answer answer;
  auto* out = answer.make<DismMountedImageInfo>(mounts.size());
  const auto text = [&answer](const std::string& utf8) {
    return answer.text(from_utf8(utf8).value_or(std::u16string()));
  };
  for (std::size_t i = 0; i < mounts.size(); ++i) {
    out[i].MountPath = text(mounts[i].mount_path);
    out[i].ImageFilePath = text(mounts[i].image_path);
    out[i].ImageIndex = mounts[i].index;
    out[i].MountMode = DismReadOnly;
    out[i].MountStatus = status_of(mounts[i].state);
  }
  *infos = Allocations::instance().hand_out(std::move(answer), out);
  *count = static_cast<UINT>(mounts.size());
  return {};
}

/// The session was opened through that mount.
bool is_on_mount(const Session& session, const std::string& directory) {
  return std::ranges::any_of(session.image().opened().layers, [&directory](const Layer& layer) {
    return layer.kind == "mount" && layer.detail == directory;
  });
}

Result<void> unmount(PCWSTR mount_path) {
  const std::u16string path = CASEMENT_TRY(required_string(mount_path, "MountPath"));
  const auto mounted = CASEMENT_TRY(find_mount(path));
  const bool in_use = mounted && Library::instance().sessions().any([&](const Session& session) {
    return is_on_mount(session, mounted->mount_path);
  });
  if (in_use) {
    return fail(open_handles, mounted->mount_path + ": sessions are open on it: close them first");
  }
  return unmount_image(path);
}

}  // namespace
}  // namespace casement::dismapi

using namespace casement;           // NOLINT(google-build-using-namespace): entry points are global
using namespace casement::dismapi;  // NOLINT(google-build-using-namespace)

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismGetMountedImageInfo(DismMountedImageInfo** MountedImageInfo,
                                       UINT* Count) noexcept {
  return implemented<Function::DismGetMountedImageInfo>([&]() -> Result<void> {
    Arguments arguments(Library::instance());
    arguments.out(MountedImageInfo, "MountedImageInfo").out_count(Count);
    CASEMENT_TRY(arguments.finish());
    return hand_out_mounts(MountedImageInfo, Count);
  });
}

HRESULT WINAPI DismMountImage(PCWSTR ImageFilePath, PCWSTR MountPath, UINT ImageIndex,
                              PCWSTR ImageName, DismImageIdentifier ImageIdentifier, DWORD Flags,
                              HANDLE CancelEvent, DISM_PROGRESS_CALLBACK Progress,
                              PVOID UserData) noexcept {
  return implemented<Function::DismMountImage>([&]() -> Result<void> {
    Arguments arguments(Library::instance());
    arguments.text(ImageFilePath, "ImageFilePath").text(MountPath, "MountPath");
    if (ImageIdentifier == DismImageName) {
      arguments.text(ImageName, "ImageName");
    }
    arguments.range(ImageIdentifier, DismImageNone, "ImageIdentifier");
    CASEMENT_TRY(arguments.finish());
    MountRequest request = CASEMENT_TRY(
        mount_request(ImageFilePath, MountPath, ImageIndex, ImageName, ImageIdentifier, Flags));
    const CancelEvents::View cancel = CancelEvents::instance().find(CancelEvent);
    if (is_cancelled(cancel)) {
      return fail(mount_cancelled, "the mount was stopped before it began: CancelEvent is set");
    }
    request.progress = [&](std::uint64_t done, std::uint64_t total) {
      if (Progress != nullptr) {
        Progress(total == 0 ? 0 : static_cast<UINT>(done * all_progress / total), all_progress,
                 UserData);
      }
      return !is_cancelled(cancel);
    };
    CASEMENT_TRY(mount_image(request));
    if (Progress != nullptr) {
      Progress(all_progress, all_progress, UserData);
    }
    return {};
  });
}

HRESULT WINAPI DismUnmountImage(PCWSTR MountPath, DWORD Flags, HANDLE /*CancelEvent*/,
                                DISM_PROGRESS_CALLBACK Progress, PVOID UserData) noexcept {
  return implemented<Function::DismUnmountImage>([&]() -> Result<void> {
    Arguments arguments(Library::instance());
    arguments.text(MountPath, "MountPath");
    CASEMENT_TRY(arguments.finish());
    constexpr DWORD known = DISM_DISCARD_IMAGE | DISM_COMMIT_MASK;
    if ((Flags & ~known) != 0) {
      return fail(Status::invalid_argument,
                  "Flags is neither DISM_COMMIT_IMAGE nor "
                  "DISM_DISCARD_IMAGE");
    }
    CASEMENT_TRY(unmount(MountPath));
    if (Progress != nullptr) {
      Progress(all_progress, all_progress, UserData);
    }
    return {};
  });
}

HRESULT WINAPI DismRemountImage(PCWSTR MountPath) noexcept {
  return implemented<Function::DismRemountImage>([&]() -> Result<void> {
    Arguments arguments(Library::instance());
    arguments.text(MountPath, "MountPath");
    CASEMENT_TRY(arguments.finish());
    return remount_image(CASEMENT_TRY(required_string(MountPath, "MountPath")));
  });
}

HRESULT WINAPI DismCleanupMountpoints() noexcept {
  return implemented<Function::DismCleanupMountpoints>([]() -> Result<void> {
    Arguments arguments(Library::instance());
    CASEMENT_TRY(arguments.finish());
    clean_up_mounts();
    return {};
  });
}
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
