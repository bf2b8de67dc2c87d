// SPDX-License-Identifier: Apache-2.0
// `casement verify` for programs.
#include "tools/casement/render/findings_json.h"
#include "tools/casement/render/json.h"
#include "tools/casement/render/verify.h"

namespace casement::cli {
namespace {

void append_blobs(JsonWriter& json, std::string_view name,
                  const std::vector<wim::DamagedBlob>& blobs) {
  json.key(name);
  json.begin_array();
  for (const wim::DamagedBlob& blob : blobs) {
    json.begin_object();
    json.member("sha1", std::string_view(to_hex(blob.expected)));
    blob.found ? json.member("found", std::string_view(to_hex(*blob.found)))
               : json.null_member("found");
    json.member("size", blob.size);
    json.member("part", blob.part);
    json.member("error", std::string_view(blob.error.message()));
    json.member("use_count", blob.use_count);
    json.key("uses");
    json.begin_array();
    for (const wim::BlobUse& use : blob.uses) {
      json.begin_object(Layout::line);
      json.member("image", use.image);
      json.text_member("path", std::u16string_view(use.path));
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void render_verify_json(std::string& out, const std::string& path,
                        const wim::VerifyReport& report) {
  JsonWriter json(out);
  json.begin_object();
  json.member("path", std::string_view(path));
  json.member("good", report.good());
  json.member("blobs", report.blobs);
  json.member("bytes", report.bytes);
  json.member("integrity_table", report.had_integrity_table);
  json.member("integrity_chunks", report.integrity_chunks);
  json.key("damaged_chunks");
  json.begin_array();
  for (const wim::DamagedChunk& chunk : report.damaged_chunks) {
    json.begin_object(Layout::line);
    json.member("part", chunk.part);
    json.member("offset", chunk.offset);
    json.member("size", chunk.size);
    json.end_object();
  }
  json.end_array();
  append_blobs(json, "damaged", report.damaged_blobs);
  append_blobs(json, "missing", report.missing_blobs);
  write_findings(json, report.diagnostics);
  json.end_object();
  json.end_document();
}

}  // namespace casement::cli
