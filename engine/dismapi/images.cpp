// SPDX-License-Identifier: Apache-2.0
// Entry points on image files, mounts, health and answer files.
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"

using namespace casement::dismapi;  // NOLINT(google-build-using-namespace): entry points are global

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismGetImageInfo(PCWSTR ImageFilePath, DismImageInfo** ImageInfo,
                                UINT* Count) noexcept {
  return unavailable<Function::DismGetImageInfo>([&](Arguments& arguments) {
    arguments.out(ImageInfo, "ImageInfo").out_count(Count).text(ImageFilePath, "ImageFilePath");
  });
}

HRESULT WINAPI DismGetMountedImageInfo(DismMountedImageInfo** MountedImageInfo,
                                       UINT* Count) noexcept {
  return unavailable<Function::DismGetMountedImageInfo>([&](Arguments& arguments) {
    arguments.out(MountedImageInfo, "MountedImageInfo").out_count(Count);
  });
}

HRESULT WINAPI DismMountImage(PCWSTR ImageFilePath, PCWSTR MountPath, UINT /*ImageIndex*/,
                              PCWSTR ImageName, DismImageIdentifier ImageIdentifier,
                              DWORD /*Flags*/, HANDLE /*CancelEvent*/,
                              DISM_PROGRESS_CALLBACK /*Progress*/, PVOID /*UserData*/) noexcept {
  return unavailable<Function::DismMountImage>([&](Arguments& arguments) {
    arguments.text(ImageFilePath, "ImageFilePath").text(MountPath, "MountPath");
    if (ImageIdentifier == DismImageName) {
      arguments.text(ImageName, "ImageName");
    }
    arguments.range(ImageIdentifier, DismImageNone, "ImageIdentifier");
  });
}

HRESULT WINAPI DismUnmountImage(PCWSTR MountPath, DWORD /*Flags*/, HANDLE /*CancelEvent*/,
                                DISM_PROGRESS_CALLBACK /*Progress*/, PVOID /*UserData*/) noexcept {
  return unavailable<Function::DismUnmountImage>(
      [&](Arguments& arguments) { arguments.text(MountPath, "MountPath"); });
}

HRESULT WINAPI DismRemountImage(PCWSTR MountPath) noexcept {
  return unavailable<Function::DismRemountImage>(
      [&](Arguments& arguments) { arguments.text(MountPath, "MountPath"); });
}

HRESULT WINAPI DismCleanupMountpoints() noexcept {
  return unavailable<Function::DismCleanupMountpoints>([](Arguments& /*none*/) {});
}

HRESULT WINAPI DismCommitImage(DismSession Session, DWORD /*Flags*/, HANDLE /*CancelEvent*/,
                               DISM_PROGRESS_CALLBACK /*Progress*/, PVOID /*UserData*/) noexcept {
  return unavailable<Function::DismCommitImage>(
      [&](Arguments& arguments) { arguments.session(Session); });
}

HRESULT WINAPI DismCheckImageHealth(DismSession Session, BOOL /*ScanImage*/, HANDLE /*CancelEvent*/,
                                    DISM_PROGRESS_CALLBACK /*Progress*/, PVOID /*UserData*/,
                                    DismImageHealthState* ImageHealth) noexcept {
  return unavailable<Function::DismCheckImageHealth>([&](Arguments& arguments) {
    arguments.out_value(ImageHealth, "ImageHealth").session(Session);
  });
}

HRESULT WINAPI DismRestoreImageHealth(DismSession Session, PCWSTR* SourcePaths,
                                      UINT SourcePathCount, BOOL /*LimitAccess*/,
                                      HANDLE /*CancelEvent*/, DISM_PROGRESS_CALLBACK /*Progress*/,
                                      PVOID /*UserData*/) noexcept {
  return unavailable<Function::DismRestoreImageHealth>([&](Arguments& arguments) {
    arguments.texts(SourcePaths, SourcePathCount, "SourcePaths").session(Session);
  });
}

HRESULT WINAPI DismApplyUnattend(DismSession Session, PCWSTR UnattendFile,
                                 BOOL /*SingleSession*/) noexcept {
  return unavailable<Function::DismApplyUnattend>(
      [&](Arguments& arguments) { arguments.text(UnattendFile, "UnattendFile").session(Session); });
}

HRESULT WINAPI _DismApplyFfuImage(PCWSTR ImagePath, PCWSTR ApplyPath, PCWSTR PartPattern) noexcept {
  return unavailable<Function::_DismApplyFfuImage>([&](Arguments& arguments) {
    arguments.text(ImagePath, "ImagePath")
        .text(ApplyPath, "ApplyPath")
        .optional_text(PartPattern, "PartPattern");
  });
}

HRESULT WINAPI _DismSplitFfuImage(PCWSTR ImagePath, PCWSTR PartPattern,
                                  UINT64 /*PartSize*/) noexcept {
  return unavailable<Function::_DismSplitFfuImage>([&](Arguments& arguments) {
    arguments.text(ImagePath, "ImagePath").text(PartPattern, "PartPattern");
  });
}

// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
