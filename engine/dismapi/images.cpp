// SPDX-License-Identifier: Apache-2.0
// Entry points on changes of images and answer files.
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"

using namespace casement::dismapi;  // NOLINT(google-build-using-namespace): entry points are global

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismCommitImage(DismSession Session, DWORD /*Flags*/, HANDLE /*CancelEvent*/,
                               DISM_PROGRESS_CALLBACK /*Progress*/, PVOID /*UserData*/) noexcept {
  return unavailable<Function::DismCommitImage>(
      [&](Arguments& arguments) { arguments.session(Session); });
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
