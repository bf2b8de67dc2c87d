// SPDX-License-Identifier: Apache-2.0
// Values of extended attributes.
#include "tools/casement/fuse/extended_attributes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <utility>

#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

using Value = std::optional<std::vector<std::byte>>;

constexpr std::string_view user_prefix = "user.";
constexpr std::string_view ntfs_prefix = "system.ntfs_";
constexpr std::string_view big_endian_suffix = "_be";
constexpr std::u16string_view packed_stream = u"WofCompressedData";

void put_integer(std::span<std::byte> out, std::uint64_t value, std::endian order) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t shift = (order == std::endian::big ? out.size() - 1 - i : i) * 8;
    out[i] = static_cast<std::byte>((value >> shift) & 0xFF);
  }
}

Value times_value(std::span<const FileTime> times, std::endian order) {
  constexpr std::size_t size = sizeof(std::uint64_t);
  std::vector<std::byte> value(times.size() * size);
  for (std::size_t i = 0; i < times.size(); ++i) {
    put_integer(std::span(value).subspan(i * size, size), times[i].ticks, order);
  }
  return value;
}

/// "attrib", "times" and "crtime": the only ones that come in both byte orders.
Result<Value> integer_value(const AttributedNode& node, std::string_view name, std::endian order) {
  if (name != "attrib" && name != "times" && name != "crtime") {
    return Value();
  }
  const NodeInfo info = CASEMENT_TRY(node.file_system->stat(node.node));
  if (name == "attrib") {
    std::vector<std::byte> value(sizeof(info.attributes));
    put_integer(value, info.attributes, order);
    return Value(std::move(value));
  }
  const std::array times{info.created, info.modified, info.accessed, info.changed};
  return times_value(std::span(times).first(name == "crtime" ? 1 : times.size()), order);
}

Value unless_empty(std::vector<std::byte> bytes) {
  return bytes.empty() ? Value() : Value(std::move(bytes));
}

Result<Value> reparse_value(const AttributedNode& node) {
  const NodeInfo info = CASEMENT_TRY(node.file_system->stat(node.node));
  if (info.reparse_tag == 0 && info.kind != NodeKind::reparse_point) {
    return Value();
  }
  return unless_empty(CASEMENT_TRY(node.file_system->reparse_data(node.node)));
}

Value text_value(std::string_view text) {
  if (text.empty()) {
    return std::nullopt;
  }
  std::vector<std::byte> value(text.size());
  std::ranges::copy(std::as_bytes(std::span(text)), value.begin());
  return value;
}

Result<Value> ntfs_value(const AttributedNode& node, std::string_view name) {
  if (name == "reparse_data") {
    return reparse_value(node);
  }
  if (name == "acl") {
    return unless_empty(CASEMENT_TRY(node.file_system->security_descriptor(node.node)));
  }
  if (name == "dos_name") {
    return text_value(node.short_name);
  }
  if (name.ends_with(big_endian_suffix)) {
    name.remove_suffix(big_endian_suffix.size());
    return integer_value(node, name, std::endian::big);
  }
  return integer_value(node, name, std::endian::native);
}

/// The attribute of a named stream; nullopt: there can be none.
std::optional<std::string> attribute_name(const StreamInfo& stream) {
  if (stream.name.empty() || stream.name.find(u'\0') != std::u16string::npos) {
    return std::nullopt;
  }
  std::string name = std::string(user_prefix) + to_wtf8(stream.name);
  return name.size() <= max_attribute_name ? std::optional(std::move(name)) : std::nullopt;
}

Result<Value> stream_value(const AttributedNode& node, std::string_view name) {
  for (const StreamInfo& stream : CASEMENT_TRY(node.file_system->streams(node.node))) {
    if (attribute_name(stream) != name) {
      continue;
    }
    if (stream.size > max_attribute_value) {
      return fail(Status::limit_exceeded,
                  fmt::format("stream {} has {} bytes, an extended attribute at most {}",
                              to_utf8(stream.name), stream.size, max_attribute_value));
    }
    const SourcePtr source = CASEMENT_TRY(node.file_system->open(node.node, stream.name));
    if (source->size() > max_attribute_value) {
      return fail(Status::limit_exceeded,
                  fmt::format("stream {} has {} bytes", to_utf8(stream.name), source->size()));
    }
    std::vector<std::byte> value(static_cast<std::size_t>(source->size()));
    CASEMENT_TRY(source->read(0, value));
    return Value(std::move(value));  // an empty stream is there, too
  }
  return Value();
}

}  // namespace

Result<Value> read_attribute(const AttributedNode& node, std::string_view name) {
  if (name.starts_with(ntfs_prefix)) {
    return ntfs_value(node, name.substr(ntfs_prefix.size()));
  }
  return name.starts_with(user_prefix) ? stream_value(node, name) : Result<Value>(Value());
}

Result<std::vector<std::string>> list_attributes(const AttributedNode& node) {
  const bool packed = CASEMENT_TRY(node.file_system->stat(node.node)).content == ContentKind::wof;
  std::vector<std::string> names;
  std::size_t size = 0;
  for (const StreamInfo& stream : CASEMENT_TRY(node.file_system->streams(node.node))) {
    auto name = attribute_name(stream);
    // Windows hides where it keeps the packed bytes of a file that is shown unpacked.
    if (packed && stream.name == packed_stream) {
      continue;
    }
    if (!name || size + name->size() + 1 > max_attribute_names) {
      continue;
    }
    size += name->size() + 1;
    names.push_back(*std::move(name));
  }
  return names;
}

}  // namespace casement::cli
