// SPDX-License-Identifier: Apache-2.0
// `casement images` for programs.
#include <fmt/format.h>

#include "tools/casement/commands/info_report.h"
#include "tools/casement/render/images.h"
#include "tools/casement/render/json.h"

namespace casement::cli {
namespace {

void text_or_null(JsonWriter& json, std::string_view name, const std::string& text) {
  text.empty() ? json.null_member(name) : json.member(name, std::string_view(text));
}

template <class T>
void value_or_null(JsonWriter& json, std::string_view name, const std::optional<T>& value) {
  value ? json.member(name, *value) : json.null_member(name);
}

void append_file(JsonWriter& json, const ImageCatalog& catalog) {
  text_or_null(json, "wim_path", catalog.opened.wim_path);
  if (!catalog.opened.wim) {
    json.null_member("wim");
    return;
  }
  const wim::WimFile& file = *catalog.opened.wim;
  const wim::WimHeader& header = file.header();
  json.key("wim");
  json.begin_object();
  json.member("guid", header.guid);
  json.member("compression", wim::to_string(header.compression));
  json.member("chunk_size", header.chunk_size);
  json.member("version", header.version);
  json.member("flags", header.flags);
  json.member("image_count", header.image_count);
  json.member("boot_index", header.boot_index);
  json.member("part", header.part);
  json.member("part_count", header.part_count);
  json.key("parts");
  json.begin_array(Layout::line);
  for (const std::string& part : file.part_names()) {
    json.string(std::string_view(part));
  }
  json.end_array();
  json.member("pipable", header.pipable);
  json.member("integrity_table", header.has_integrity_table);
  json.member("read_only", header.read_only);
  json.member("rpfix", header.reparse_points_fixed);
  json.end_object();
}

void append_windows(JsonWriter& json, const wim::WindowsClaims& windows) {
  text_or_null(json, "product_name", windows.product_name);
  text_or_null(json, "edition", windows.edition_id);
  text_or_null(json, "installation_type", windows.installation_type);
  text_or_null(json, "product_type", windows.product_type);
  text_or_null(json, "product_suite", windows.product_suite);
  text_or_null(json, "hal", windows.hal);
  text_or_null(json, "system_root", windows.system_root);
  text_or_null(json, "architecture",
               windows.architecture ? processor_architecture_name(*windows.architecture) : "");
  text_or_null(json, "version", windows.version ? version_text(*windows.version) : "");
  value_or_null(json, "service_pack", windows.version ? windows.version->sp_level : std::nullopt);
  json.key("languages");
  json.begin_array(Layout::line);
  for (const std::string& language : windows.languages) {
    json.string(std::string_view(language));
  }
  json.end_array();
  text_or_null(json, "default_language", windows.default_language);
}

void append_image(JsonWriter& json, const CatalogImage& image) {
  const wim::ImageClaims& claims = image.claims;
  json.begin_object();
  json.member("index", claims.index);
  text_or_null(json, "name", claims.name);
  text_or_null(json, "description", claims.description);
  text_or_null(json, "display_name", claims.display_name);
  text_or_null(json, "display_description", claims.display_description);
  text_or_null(json, "flags", claims.flags);
  value_or_null(json, "size", claims.total_bytes);
  value_or_null(json, "hard_link_bytes", claims.hard_link_bytes);
  value_or_null(json, "directories", claims.directory_count);
  value_or_null(json, "files", claims.file_count);
  value_or_null(json, "created", claims.created);
  value_or_null(json, "modified", claims.modified);
  value_or_null(json, "bootable", image.bootable);
  value_or_null(json, "wim_boot", claims.wim_boot);
  append_windows(json, claims.windows.value_or(wim::WindowsClaims()));
  json.end_object();
}

const char* kind_name(CatalogKind kind) {
  switch (kind) {
    case CatalogKind::wim:
      return "wim";
    case CatalogKind::disk:
      return "disk";
    case CatalogKind::directory:
      return "directory";
  }
  return "disk";
}

}  // namespace

void render_images_json(std::string& out, const ImageCatalog& catalog) {
  JsonWriter json(out);
  json.begin_object();
  json.member("path", std::string_view(catalog.opened.path));
  json.member("kind", kind_name(catalog.kind));
  append_file(json, catalog);
  json.key("images");
  json.begin_array();
  for (const std::size_t position : shown_images(catalog)) {
    append_image(json, catalog.images[position]);
  }
  json.end_array();
  json.key("findings");
  json.begin_array();
  for (const Diagnostic& finding : catalog.diagnostics.items()) {
    json.begin_object(Layout::line);
    json.member("severity", severity_name(finding.severity));
    json.member("code", std::string_view(finding.code));
    json.member("text", std::string_view(finding.text));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.end_document();
}

}  // namespace casement::cli
