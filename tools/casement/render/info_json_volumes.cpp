// SPDX-License-Identifier: Apache-2.0
// Layers and volumes in the JSON of `casement info`.
#include <fmt/format.h>

#include "tools/casement/render/info_json_members.h"

namespace casement::cli {
namespace {

void write_partition(JsonWriter& json, const std::optional<Partition>& partition) {
  json.key("partition");
  if (!partition) {
    json.null();
    return;
  }
  json.begin_object();
  json.member("number", partition->number);
  json.member("role", partition_role_name(partition->role));
  json.member("type", partition->type_name);
  json.optional_member("type_id", partition->type_id);
  json.key("mbr_type");
  partition->mbr_type ? json.number(*partition->mbr_type) : json.null();
  json.optional_member("id", partition->id);
  json.text_member("name", partition->name);
  // All 64 bits of it are in use: as text, for readers that keep 53 of a number.
  json.member("attributes", fmt::format("0x{:016x}", partition->attributes));
  json.member("active", partition->active);
  json.member("logical", partition->logical);
  json.member("offset", partition->offset);
  json.member("size", partition->size);
  json.end_object();
}

void write_virtual_disk(JsonWriter& json, const std::optional<VirtualDiskPlace>& disk) {
  json.key("virtual_disk");
  if (!disk) {
    json.null();
    return;
  }
  json.begin_object(Layout::line);
  json.member("volume", disk->volume);
  json.text_member("path", disk->path);
  json.end_object();
}

void write_volume(JsonWriter& json, const VolumeReport& report) {
  const Volume& volume = *report.volume;
  json.begin_object();
  json.member("index", volume.index);
  json.member("name", volume.name);
  json.member("selected", report.selected);
  json.member("readable", volume.file_system != nullptr);
  json.optional_text("file_system", volume.file_system ? volume.file_system->type_name() : "");
  json.optional_text("reason", volume.file_system ? "" : volume.reason);
  json.optional_text("letter", report.letter.value_or(""));
  json.optional_member("partition_id", volume.identity.partition_id);
  json.optional_member("disk_id", volume.identity.disk_id);
  json.optional_member("mbr_signature", volume.identity.mbr_signature);
  json.optional_member("start_offset", volume.identity.start_offset);
  json.optional_text("content", volume.content);
  json.member("locked", volume.locked);
  json.optional_text("version", report.file_system.version);
  if (report.file_system.label.empty()) {
    json.null_member("label");
  } else {
    json.text_member("label", report.file_system.label);
  }
  json.key("serial");
  report.file_system.serial ? json.string(fmt::format("{:x}", *report.file_system.serial))
                            : json.null();
  json.member("cluster_size", report.file_system.cluster_size);
  json.member("dirty", report.file_system.dirty);
  json.optional_member("size", report.size);
  json.key("holds");
  json.begin_array(Layout::line);
  for (const std::string& item : report.holds) {
    json.string(item);
  }
  json.end_array();
  write_partition(json, volume.partition);
  write_virtual_disk(json, report.virtual_disk);
  json.end_object();
}

}  // namespace

void write_image(JsonWriter& json, const OpenedImage& opened,
                 const std::vector<VolumeReport>& volumes) {
  json.key("image");
  json.begin_object();
  json.member("path", opened.path);
  json.key("layers");
  json.begin_array();
  for (const Layer& layer : opened.layers) {
    json.begin_object(Layout::line);
    json.member("kind", layer.kind);
    json.member("detail", layer.detail);
    json.end_object();
  }
  json.end_array();
  if (opened.wim) {
    const wim::DecodedBytes decoded = opened.wim->decoded();
    json.member("metadata_bytes_decoded", decoded.metadata);
    json.member("blob_bytes_decoded", decoded.blobs);
  }
  json.key("volumes");
  json.begin_array();
  for (const VolumeReport& volume : volumes) {
    write_volume(json, volume);
  }
  json.end_array();
  json.end_object();
}

}  // namespace casement::cli
