// SPDX-License-Identifier: Apache-2.0
// Parsing and writing reparse buffers.
#include "vfs/fs/reparse.h"

#include <fmt/format.h>

#include <cstring>
#include <optional>

#include "vfs/core/utf16.h"
#include "vfs/fs/file_system.h"
#include "vfs/fs/reparse_layout.h"

namespace casement {
namespace {

namespace layout = reparse_layout;

struct TaggedData {
  std::uint32_t tag;
  Bytes data;  // behind the header
};

Result<TaggedData> split_buffer(Bytes buffer) {
  const auto header = CASEMENT_TRY(load<layout::Header>(buffer, 0, "reparse header"));
  const Bytes data = CASEMENT_TRY(
      slice(buffer, sizeof(layout::Header), header.data_length.value(), "reparse data"));
  return TaggedData{header.tag.value(), data};
}

Result<std::u16string> substitute_name(const layout::Names& names, Bytes path_buffer) {
  const std::uint16_t length = names.substitute_length.value();
  const Bytes raw =
      CASEMENT_TRY(slice(path_buffer, names.substitute_offset.value(), length, "substitute name"));
  if (length == 0 || length % 2 != 0) {
    return fail(Status::corrupt, fmt::format("substitute name of {} bytes", length));
  }
  std::u16string name = from_utf16le(raw);
  if (name.find(u'\0') != std::u16string::npos) {
    return fail(Status::corrupt, "substitute name with a NUL");
  }
  return name;
}

Result<ReparseTarget> parse_symlink(Bytes data) {
  const auto symlink = CASEMENT_TRY(load<layout::Symlink>(data, 0, "symlink"));
  ReparseTarget target;
  target.tag = reparse_tag::symlink;
  target.relative = (symlink.flags.value() & layout::symlink_flag_relative) != 0;
  target.target =
      CASEMENT_TRY(substitute_name(symlink.names, data.subspan(sizeof(layout::Symlink))));
  return target;
}

Result<ReparseTarget> parse_mount_point(Bytes data) {
  const auto names = CASEMENT_TRY(load<layout::Names>(data, 0, "mount point"));
  ReparseTarget target;
  target.tag = reparse_tag::mount_point;
  target.target = CASEMENT_TRY(substitute_name(names, data.subspan(sizeof(layout::Names))));
  return target;
}

Result<ReparseTarget> parse_lx_symlink(Bytes data) {
  const auto symlink = CASEMENT_TRY(load<layout::LxSymlink>(data, 0, "LX symlink"));
  if (symlink.version.value() != layout::lx_symlink_version) {
    return fail(Status::corrupt, fmt::format("LX symlink version {}, expected {}",
                                             symlink.version.value(), layout::lx_symlink_version));
  }
  std::string text;
  for (const std::byte byte : data.subspan(sizeof(layout::LxSymlink))) {
    text += static_cast<char>(byte);
  }
  auto name = from_utf8(text);
  if (!name || name->empty() || name->find(u'\0') != std::u16string::npos) {
    return fail(Status::corrupt, "LX symlink target: empty, with a NUL, or not UTF-8");
  }
  ReparseTarget target;
  target.tag = reparse_tag::lx_symlink;
  target.relative = name->front() != u'/';
  target.target = *std::move(name);
  return target;
}

template <class T>
void append(std::vector<std::byte>& out, const T& value) {
  const Bytes raw = std::as_bytes(std::span(&value, 1));
  out.insert(out.end(), raw.begin(), raw.end());
}

}  // namespace

Result<std::uint32_t> parse_reparse_tag(Bytes buffer) {
  const auto header = CASEMENT_TRY(load<layout::Header>(buffer, 0, "reparse header"));
  return header.tag.value();
}

bool is_link_tag(std::uint32_t tag) noexcept {
  return tag == reparse_tag::symlink || tag == reparse_tag::mount_point ||
         tag == reparse_tag::lx_symlink;
}

Result<ReparseTarget> parse_reparse_target(Bytes buffer) {
  const TaggedData tagged = CASEMENT_TRY(split_buffer(buffer));
  switch (tagged.tag) {
    case reparse_tag::symlink:
      return parse_symlink(tagged.data);
    case reparse_tag::mount_point:
      return parse_mount_point(tagged.data);
    case reparse_tag::lx_symlink:
      return parse_lx_symlink(tagged.data);
    default:
      return fail(Status::unsupported,
                  fmt::format("reparse tag 0x{:08x} leads to no other path", tagged.tag));
  }
}

Result<std::vector<std::byte>> make_symlink_buffer(std::u16string_view target, bool relative) {
  constexpr std::size_t fixed = sizeof(layout::Header) + sizeof(layout::Symlink);
  if (target.size() > (layout::max_buffer_size - fixed) / 2) {
    return fail(Status::name_too_long,
                fmt::format("link target of {} UTF-16 units", target.size()));
  }
  const auto name_size = static_cast<std::uint16_t>(target.size() * 2);
  layout::Header header = {};
  header.tag = reparse_tag::symlink;
  header.data_length = static_cast<std::uint16_t>(sizeof(layout::Symlink) + name_size);
  layout::Symlink symlink = {};
  symlink.names.substitute_length = name_size;
  symlink.names.print_length = name_size;
  symlink.flags = relative ? layout::symlink_flag_relative : 0;
  std::vector<std::byte> buffer;
  buffer.reserve(fixed + name_size);
  append(buffer, header);
  append(buffer, symlink);
  for (const char16_t unit : target) {
    append(buffer, le16(unit));
  }
  return buffer;
}

}  // namespace casement
