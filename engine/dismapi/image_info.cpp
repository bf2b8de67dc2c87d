// SPDX-License-Identifier: Apache-2.0
// DismGetImageInfo: the images in a file.
#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "engine/dismapi/allocation.h"
#include "engine/dismapi/convert.h"
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"
#include "engine/dismapi/system_time.h"
#include "engine/session/image_catalog.h"
#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

PCWSTR text_of(Answer& answer, const std::string& text) {
  return answer.text(from_utf8(text).value_or(std::u16string()));
}

/// Counts of the API have 32 bits.
UINT saturated(std::optional<std::uint64_t> count) {
  constexpr std::uint64_t most = std::numeric_limits<UINT>::max();
  return static_cast<UINT>(std::min(count.value_or(0), most));
}

DismImageBootable bootable_of(const CatalogImage& image) {
  if (!image.bootable) {
    return DismImageBootableUnknown;
  }
  return *image.bootable ? DismImageBootableYes : DismImageBootableNo;
}

void fill_languages(Answer& answer, const wim::WindowsClaims& windows, DismImageInfo& info) {
  info.LanguageCount = static_cast<UINT>(windows.languages.size());
  info.Language = answer.make<DismLanguage>(windows.languages.size());
  for (std::size_t i = 0; i < windows.languages.size(); ++i) {
    info.Language[i].Value = text_of(answer, windows.languages[i]);
    if (windows.languages[i] == windows.default_language) {
      info.DefaultLanguageIndex = static_cast<UINT>(i);
    }
  }
}

DismWimCustomizedInfo* wim_counts(Answer& answer, const wim::ImageClaims& claims) {
  auto* counts = answer.make<DismWimCustomizedInfo>();
  counts->Size = sizeof(DismWimCustomizedInfo);
  counts->DirectoryCount = saturated(claims.directory_count);
  counts->FileCount = saturated(claims.file_count);
  counts->CreatedTime = to_system_time(claims.created.value_or(FileTime{}));
  counts->ModifiedTime = to_system_time(claims.modified.value_or(FileTime{}));
  return counts;
}

void fill(Answer& answer, const CatalogImage& image, CatalogKind kind, DismImageInfo& info) {
  const wim::ImageClaims& claims = image.claims;
  const wim::WindowsClaims windows = claims.windows.value_or(wim::WindowsClaims());
  const wim::ClaimedVersion version = windows.version.value_or(wim::ClaimedVersion());
  info.ImageType = kind == CatalogKind::wim ? DismImageTypeWim : DismImageTypeVhd;
  info.ImageIndex = claims.index;
  info.ImageName = text_of(answer, claims.name);
  info.ImageDescription = text_of(answer, claims.description);
  info.ImageSize = claims.total_bytes.value_or(0);
  info.Architecture = windows.architecture.value_or(0);
  info.ProductName = text_of(answer, windows.product_name);
  info.EditionId = text_of(answer, windows.edition_id);
  info.InstallationType = text_of(answer, windows.installation_type);
  info.Hal = text_of(answer, windows.hal);
  info.ProductType = text_of(answer, windows.product_type);
  info.ProductSuite = text_of(answer, windows.product_suite);
  info.MajorVersion = version.major;
  info.MinorVersion = version.minor;
  info.Build = version.build;
  info.SpBuild = version.sp_build.value_or(0);
  info.SpLevel = version.sp_level.value_or(0);
  info.Bootable = bootable_of(image);
  info.SystemRoot = text_of(answer, windows.system_root);
  fill_languages(answer, windows, info);
  if (kind == CatalogKind::wim) {
    info.CustomizedInfo = wim_counts(answer, claims);
  }
}

/// What the API calls a file that is no image.
Result<ImageCatalog> catalog_of(const std::u16string& path) {
  auto catalog = read_image_catalog(path);
  if (!catalog && catalog.error().status() == Status::unsupported) {
    return fail(Status::bad_format, catalog.error().message());
  }
  if (catalog && catalog->kind == CatalogKind::directory) {
    return fail(Status::bad_format,
                "ImageFilePath names a directory: expected a .wim, .esd, .swm, .vhd or .vhdx file");
  }
  return catalog;
}

}  // namespace
}  // namespace casement::dismapi

using namespace casement;           // NOLINT(google-build-using-namespace): entry points are global
using namespace casement::dismapi;  // NOLINT(google-build-using-namespace)

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismGetImageInfo(PCWSTR ImageFilePath, DismImageInfo** ImageInfo,
                                UINT* Count) noexcept {
  return implemented<Function::DismGetImageInfo>([&]() -> Result<void> {
    Arguments arguments(Library::instance());
    arguments.out(ImageInfo, "ImageInfo").out_count(Count).text(ImageFilePath, "ImageFilePath");
    CASEMENT_TRY(arguments.finish());
    const auto path = CASEMENT_TRY(required_string(ImageFilePath, "ImageFilePath"));
    const ImageCatalog catalog = CASEMENT_TRY(catalog_of(path));
    Answer answer;
    auto* infos = answer.make<DismImageInfo>(catalog.images.size());
    for (std::size_t i = 0; i < catalog.images.size(); ++i) {
      fill(answer, catalog.images[i], catalog.kind, infos[i]);
    }
    *ImageInfo = Allocations::instance().hand_out(std::move(answer), infos);
    *Count = static_cast<UINT>(catalog.images.size());
    return {};
  });
}
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
