// SPDX-License-Identifier: Apache-2.0
// /Get-ImageInfo: the images of a WIM, or the installation on a disk image.
#include <fmt/format.h>

#include <string>

#include "engine/session/image_catalog.h"
#include "tools/dism/commands/catalog.h"
#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"
#include "tools/dism/values.h"

namespace casement::dism {
namespace {

constexpr const char* undefined = "<undefined>";

std::string text_or_undefined(const std::string& text) {
  return text.empty() ? undefined : text;
}

std::string number_or_undefined(const std::optional<std::uint32_t>& number) {
  return number ? std::to_string(*number) : undefined;
}

std::string time_or_undefined(const std::optional<FileTime>& time) {
  return text_or_undefined(date_seconds_text(time));
}

/// PROCESSOR_ARCHITECTURE_*.
std::string architecture_text(const std::optional<std::uint32_t>& number) {
  switch (number.value_or(0xFFFF)) {
    case 0:
      return "x86";
    case 5:
      return "arm";
    case 6:
      return "ia64";
    case 9:
      return "x64";
    case 12:
      return "arm64";
    default:
      return undefined;
  }
}

void add_summary(std::string& out, const wim::ImageClaims& claims) {
  add_field(out, "Index", std::to_string(claims.index));
  add_field(out, "Name", text_or_undefined(claims.name));
  add_field(out, "Description", text_or_undefined(claims.description));
  add_field(out, "Size", grouped(claims.total_bytes.value_or(0)) + " bytes");
}

void add_version(std::string& out, const std::optional<wim::ClaimedVersion>& version) {
  add_field(out, "Version",
            version ? fmt::format("{}.{}.{}", version->major, version->minor, version->build)
                    : undefined);
  add_field(out, "ServicePack Build",
            number_or_undefined(version ? version->sp_build : std::nullopt));
  add_field(out, "ServicePack Level",
            number_or_undefined(version ? version->sp_level : std::nullopt));
}

void add_languages(std::string& out, const wim::WindowsClaims& windows) {
  out += "Languages :\n";
  for (const std::string& language : windows.languages) {
    out += fmt::format("\t{}{}\n", printable(language),
                       language == windows.default_language ? " (Default)" : "");
  }
}

void add_details(std::string& out, const wim::ImageClaims& claims) {
  const wim::WindowsClaims windows = claims.windows.value_or(wim::WindowsClaims());
  add_summary(out, claims);
  // The flag of images that were made for WIMBoot; which image starts is another matter.
  add_field(out, "WIM Bootable", yes_no(claims.wim_boot.value_or(false)));
  add_field(out, "Architecture", architecture_text(windows.architecture));
  add_field(out, "Hal", text_or_undefined(windows.hal));
  add_version(out, windows.version);
  add_field(out, "Edition", text_or_undefined(windows.edition_id));
  add_field(out, "Installation", text_or_undefined(windows.installation_type));
  add_field(out, "ProductType", text_or_undefined(windows.product_type));
  add_field(out, "ProductSuite", text_or_undefined(windows.product_suite));
  add_field(out, "System Root", text_or_undefined(windows.system_root));
  add_field(out, "Directories", std::to_string(claims.directory_count.value_or(0)));
  add_field(out, "Files", std::to_string(claims.file_count.value_or(0)));
  add_field(out, "Created", time_or_undefined(claims.created));
  add_field(out, "Modified", time_or_undefined(claims.modified));
  add_languages(out, windows);
}

}  // namespace

Result<void> get_image_info(Context& context) {
  const AskedCatalog asked = CASEMENT_TRY(read_asked_catalog(context));
  std::string& out = context.text();
  out += fmt::format("Details for image : {}\n", printable(asked.path));
  if (asked.image) {
    out += '\n';
    add_details(out, asked.catalog.images[*asked.image].claims);
  } else {
    for (const CatalogImage& image : asked.catalog.images) {
      out += '\n';
      add_summary(out, image.claims);
    }
  }
  context.note(asked.catalog.diagnostics);
  return {};
}

}  // namespace casement::dism
