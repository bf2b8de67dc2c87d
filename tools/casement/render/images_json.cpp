// SPDX-License-Identifier: Apache-2.0
// `casement images` for programs.

#include "tools/casement/render/findings_json.h"
#include "tools/casement/render/images.h"
#include "tools/casement/render/json.h"

namespace casement::cli {
namespace {

void append_file(JsonWriter& json, const ImageCatalog& catalog) {
  json.optional_text("wim_path", catalog.opened.wim_path);
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
  json.optional_text("product_name", windows.product_name);
  json.optional_text("edition", windows.edition_id);
  json.optional_text("installation_type", windows.installation_type);
  json.optional_text("product_type", windows.product_type);
  json.optional_text("product_suite", windows.product_suite);
  json.optional_text("hal", windows.hal);
  json.optional_text("system_root", windows.system_root);
  json.optional_text("architecture", windows.architecture
                                         ? processor_architecture_name(*windows.architecture)
                                         : "");
  json.optional_text("version", windows.version ? version_text(*windows.version) : "");
  json.optional_member("service_pack", windows.version ? windows.version->sp_level : std::nullopt);
  json.key("languages");
  json.begin_array(Layout::line);
  for (const std::string& language : windows.languages) {
    json.string(std::string_view(language));
  }
  json.end_array();
  json.optional_text("default_language", windows.default_language);
}

void append_image(JsonWriter& json, const CatalogImage& image) {
  const wim::ImageClaims& claims = image.claims;
  json.begin_object();
  json.member("index", claims.index);
  json.optional_text("name", claims.name);
  json.optional_text("description", claims.description);
  json.optional_text("display_name", claims.display_name);
  json.optional_text("display_description", claims.display_description);
  json.optional_text("flags", claims.flags);
  json.optional_member("size", claims.total_bytes);
  json.optional_member("hard_link_bytes", claims.hard_link_bytes);
  json.optional_member("directories", claims.directory_count);
  json.optional_member("files", claims.file_count);
  json.optional_member("created", claims.created);
  json.optional_member("modified", claims.modified);
  json.optional_member("bootable", image.bootable);
  json.optional_member("wim_boot", claims.wim_boot);
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
  write_findings(json, catalog.diagnostics);
  json.end_object();
  json.end_document();
}

}  // namespace casement::cli
