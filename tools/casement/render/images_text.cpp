// SPDX-License-Identifier: Apache-2.0
// `casement images` for people.
#include <fmt/format.h>

#include <numeric>

#include "engine/inspect/processor_architecture.h"
#include "tools/casement/render/images.h"
#include "tools/casement/render/numbers.h"
#include "tools/casement/render/table.h"
#include "tools/casement/render/text.h"

namespace casement::cli {
namespace {

std::string print(const std::string& text) {
  return printable(std::string_view(text));
}

std::string time_text(const std::optional<FileTime>& time) {
  std::string text;
  if (time) {
    append_time(text, *time, true);
  }
  return text;
}

/// "en-US, de-DE", the default one first.
std::string languages_text(const wim::WindowsClaims& windows) {
  std::string text = windows.default_language;
  for (const std::string& language : windows.languages) {
    if (language != windows.default_language) {
      text += (text.empty() ? "" : ", ") + language;
    }
  }
  return print(text);
}

/// <NAME>, or what else the image is called.
std::string name_of(const wim::ImageClaims& claims) {
  return print(!claims.name.empty() ? claims.name : claims.display_name);
}

std::string edition_of(const wim::ImageClaims& claims) {
  return print(claims.windows && !claims.windows->edition_id.empty() ? claims.windows->edition_id
                                                                     : claims.flags);
}

const char* yes_or_no(bool value) {
  return value ? "yes" : "no";
}

void append_text_pair(std::string& out, std::string_view label, const std::string& text) {
  if (!text.empty()) {
    append_pair(out, label, print(text));
  }
}

void append_count(std::string& out, std::string_view label,
                  const std::optional<std::uint64_t>& count) {
  if (count) {
    append_pair(out, label, grouped(*count));
  }
}

void append_bytes(std::string& out, std::string_view label,
                  const std::optional<std::uint64_t>& bytes) {
  if (bytes) {
    append_pair(out, label, fmt::format("{} bytes ({})", grouped(*bytes), human_size(*bytes)));
  }
}

void append_windows(std::string& out, const wim::WindowsClaims& windows) {
  append_text_pair(out, "Product", windows.product_name);
  append_text_pair(out, "Edition", windows.edition_id);
  append_text_pair(out, "Installation", windows.installation_type);
  append_text_pair(out, "Product type", windows.product_type);
  append_text_pair(out, "Product suite", windows.product_suite);
  if (windows.architecture) {
    append_pair(out, "Architecture", processor_architecture_name(*windows.architecture));
  }
  if (windows.version) {
    append_pair(out, "Version", version_text(*windows.version));
    if (windows.version->sp_level) {
      append_pair(out, "Service pack", fmt::format("{}", *windows.version->sp_level));
    }
  }
  append_text_pair(out, "HAL", windows.hal);
  append_text_pair(out, "System root", windows.system_root);
  if (const std::string languages = languages_text(windows); !languages.empty()) {
    append_pair(out, "Languages", languages);
  }
}

void append_image(std::string& out, const CatalogImage& image) {
  const wim::ImageClaims& claims = image.claims;
  const std::string name = name_of(claims);
  append_heading(out, fmt::format("Image {}{}{}", claims.index, name.empty() ? "" : ": ", name));
  append_text_pair(out, "Description", claims.description);
  append_text_pair(out, "Display name", claims.display_name);
  append_text_pair(out, "Display text", claims.display_description);
  append_text_pair(out, "Flags", claims.flags);
  if (claims.windows) {
    append_windows(out, *claims.windows);
  }
  append_bytes(out, "Size", claims.total_bytes);
  append_bytes(out, "Hard links", claims.hard_link_bytes);
  append_count(out, "Directories", claims.directory_count);
  append_count(out, "Files", claims.file_count);
  if (const std::string created = time_text(claims.created); !created.empty()) {
    append_pair(out, "Created", created);
  }
  if (const std::string modified = time_text(claims.modified); !modified.empty()) {
    append_pair(out, "Modified", modified);
  }
  if (image.bootable) {
    append_pair(out, "Bootable", yes_or_no(*image.bootable));
  }
  if (claims.wim_boot) {
    append_pair(out, "WIMBoot", yes_or_no(*claims.wim_boot));
  }
}

void append_file(std::string& out, const ImageCatalog& catalog) {
  append_pair(out, "File",
              print(catalog.opened.path +
                    (catalog.opened.wim_path.empty() ? "" : "!" + catalog.opened.wim_path)));
  for (const Layer& layer : catalog.opened.layers) {
    append_pair(
        out, "",
        layer.detail.empty() ? print(layer.kind) : print(layer.kind) + ": " + print(layer.detail));
  }
  if (catalog.opened.wim) {
    append_pair(out, "GUID", catalog.opened.wim->header().guid.to_string());
  }
}

}  // namespace

std::string processor_architecture_name(std::uint32_t architecture) {
  const Architecture known = architecture_of_processor(architecture);
  return known == Architecture::unknown ? fmt::format("{}", architecture)
                                        : architecture_name(known);
}

std::string version_text(const wim::ClaimedVersion& version) {
  std::string text = fmt::format("{}.{}.{}", version.major, version.minor, version.build);
  if (version.sp_build) {
    text += fmt::format(".{}", *version.sp_build);
  }
  return text;
}

std::vector<std::size_t> shown_images(const ImageCatalog& catalog) {
  if (catalog.selected) {
    return {*catalog.selected};
  }
  std::vector<std::size_t> all(catalog.images.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

void render_images_table(std::string& out, const ImageCatalog& catalog) {
  Table table{"#", "NAME", "EDITION", "ARCH", "VERSION", "SIZE", "MODIFIED", "LANGUAGES"};
  for (const std::size_t position : shown_images(catalog)) {
    const CatalogImage& image = catalog.images[position];
    const wim::ImageClaims& claims = image.claims;
    const wim::WindowsClaims windows = claims.windows.value_or(wim::WindowsClaims());
    const bool starts = catalog.kind == CatalogKind::wim && image.bootable.value_or(false);
    table.add({fmt::format("{}{}", claims.index, starts ? "*" : ""), name_of(claims),
               edition_of(claims),
               windows.architecture ? processor_architecture_name(*windows.architecture) : "",
               windows.version ? version_text(*windows.version) : "",
               claims.total_bytes ? human_size(*claims.total_bytes) : "",
               time_text(claims.modified).substr(0, 10), languages_text(windows)});
    if (starts) {
      table.add_note("* the boot index names this one");
    }
  }
  table.append_to(out);
}

void render_images_list(std::string& out, const ImageCatalog& catalog) {
  append_file(out, catalog);
  for (const std::size_t position : shown_images(catalog)) {
    append_image(out, catalog.images[position]);
  }
}

}  // namespace casement::cli
