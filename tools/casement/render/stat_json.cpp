// SPDX-License-Identifier: Apache-2.0
// The JSON document of `casement stat`.
#include <fmt/format.h>

#include "engine/inspect/identity.h"
#include "engine/pe/version_info.h"
#include "tools/casement/render/entry_json.h"
#include "tools/casement/render/stat.h"

namespace casement::cli {
namespace {

void write_security(JsonWriter& json, const StatReport& report) {
  json.key("security");
  if (report.security_descriptor.empty()) {
    json.null();
    return;
  }
  json.begin_object();
  const auto sid = [&json](const char* name, const std::optional<std::string>& text) {
    json.key(name);
    text ? json.string(*text) : json.null();
  };
  sid("owner", report.security.owner);
  sid("group", report.security.group);
  json.member("control", report.security.control);
  json.member("size", report.security_descriptor.size());
  json.key("raw");
  json.hex(report.security_descriptor);
  json.end_object();
}

void write_version(JsonWriter& json, const char* name, const std::optional<FileVersion>& version) {
  version ? json.member(name, file_version_text(*version)) : json.null_member(name);
}

void write_program(JsonWriter& json, const std::optional<ProgramFacts>& program) {
  json.key("program");
  if (!program) {
    json.null();
    return;
  }
  const VersionInfo& version = program->version;
  const auto text = [&](const char* name, std::u16string_view key) {
    const std::u16string_view value = version.text(key);
    value.empty() ? json.null_member(name) : json.text_member(name, value);
  };
  json.begin_object();
  json.member("architecture", architecture_name(static_cast<Architecture>(program->machine)));
  json.member("machine", fmt::format("0x{:04x}", program->machine));
  write_version(json, "file_version", version.file_version);
  write_version(json, "product_version", version.product_version);
  text("file_version_text", u"FileVersion");
  text("product_version_text", u"ProductVersion");
  text("product", u"ProductName");
  text("description", u"FileDescription");
  text("company", u"CompanyName");
  text("original_name", u"OriginalFilename");
  text("copyright", u"LegalCopyright");
  json.end_object();
}

}  // namespace

void render_stat_json(std::string& out, const StatReport& report) {
  std::string path;
  if (!report.file.path.empty()) {
    append_text(path, report.file.full_path(), Escaping::json);
  }
  const ListedEntry entry{
      .node = report.file.node,
      .name = report.name,
      .short_name = report.short_name,
      .info = &report.info,
      .target = report.target ? std::u16string_view(*report.target) : std::u16string_view()};
  JsonWriter json(out);
  json.begin_object();
  json.member("schema", "casement.stat/1");
  write_entry_members(json, path, entry);
  json.member("case_sensitive", report.info.case_sensitive);
  json.key("reparse_data");
  if (report.reparse_data.empty()) {
    json.null();
  } else {
    json.hex(report.reparse_data);
  }
  write_streams(json, report.streams);
  write_security(json, report);
  write_program(json, report.program);
  json.key("volume");
  report.volume != nullptr ? json.number(report.volume->index) : json.null();
  json.member("file_system", report.file.file_system->type_name());
  json.end_object();
  json.end_document();
}

}  // namespace casement::cli
