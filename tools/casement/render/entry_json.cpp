// SPDX-License-Identifier: Apache-2.0
// Entries of directories in JSON, alone or by the hundred thousand.
#include "tools/casement/render/entry_json.h"

#include <array>
#include <charconv>

#include "tools/casement/render/attributes.h"
#include "tools/casement/render/numbers.h"

namespace casement::cli {
namespace {

/// NTFS file references and others need all 64 bits; many readers of JSON keep 53 of a number.
void node_member(JsonWriter& json, NodeId node) {
  std::array<char, 20> digits;  // NOLINT: filled below
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), node.value);
  json.key("node");
  json.escaped({digits.data(), static_cast<std::size_t>(end.ptr - digits.data())});
}

void optional_text_member(JsonWriter& json, std::string_view name, std::u16string_view text) {
  if (text.empty()) {
    json.null_member(name);
  } else {
    json.text_member(name, text);
  }
}

}  // namespace

void write_entry_members(JsonWriter& json, std::string_view path, const ListedEntry& entry) {
  const NodeInfo& info = *entry.info;
  json.key("path");
  if (path.empty()) {
    json.null();
  } else {
    json.escaped(path);
  }
  json.text_member("name", entry.name);
  optional_text_member(json, "short_name", entry.short_name);
  json.member("kind", node_kind_name(info.kind));
  json.member("size", info.size);
  json.member("allocated_size", info.allocated_size);
  json.member("attributes", info.attributes);
  json.member("created", info.created);
  json.member("modified", info.modified);
  json.member("changed", info.changed);
  json.member("accessed", info.accessed);
  info.link_count != 0 ? json.member("links", info.link_count) : json.null_member("links");
  json.member("content", to_string(info.content));
  node_member(json, entry.node);
  if (info.reparse_tag == 0) {
    json.null_member("reparse_tag");
  } else {
    std::string tag;
    append_hex32(tag, info.reparse_tag);
    json.key("reparse_tag");
    json.escaped(tag);
  }
  optional_text_member(json, "target", entry.target);
  if (entry.deleted) {
    json.member("deleted", true);
  }
  if (entry.orphan) {
    json.member("orphan", true);
  }
}

void write_streams(JsonWriter& json, const std::vector<StreamInfo>& streams) {
  json.key("streams");
  json.begin_array(Layout::line);
  for (const StreamInfo& stream : streams) {
    json.begin_object(Layout::line);
    json.text_member("name", stream.name);
    json.member("size", stream.size);
    json.member("allocated_size", stream.allocated_size);
    json.end_object();
  }
  json.end_array();
}

}  // namespace casement::cli
