// SPDX-License-Identifier: Apache-2.0
// Nodes in nodes, each with a length of its own: outermost, then StringFileInfo, its tables, their
// texts. No node is read beyond the one around it.
#include "engine/pe/version_info.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/pe/resources.h"
#include "engine/pe/version_info_layout.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::size_t alignment = 4;
constexpr std::u16string_view root_key = u"VS_VERSION_INFO";
constexpr std::u16string_view strings_key = u"StringFileInfo";

/// One node: its key, and what follows the key up to the node's end.
struct Node {
  std::u16string key;
  Bytes body;  // the value, then the children
  std::size_t value_size = 0;
  std::size_t size = 0;  // of the node; what comes next begins at a multiple of four
};

/// The part of `block` from `offset` on, rounded up; empty when that is behind its end.
Bytes aligned_rest(Bytes block, std::size_t offset) {
  const std::size_t at = (offset + alignment - 1) / alignment * alignment;
  return at < block.size() ? block.subspan(at) : Bytes();
}

/// nullopt: no node can begin here.
std::optional<Node> parse_node(Bytes block) {
  const auto header = load<pe_layout::VersionNode>(block, 0, "version node");
  if (!header) {
    return std::nullopt;
  }
  const std::size_t size = header->length.value();
  if (size < sizeof(pe_layout::VersionNode) || size > block.size()) {
    return std::nullopt;
  }
  const Bytes node = block.first(size);
  const std::u16string text = from_utf16le(node.subspan(sizeof(pe_layout::VersionNode)));
  const std::size_t key_length = text.find(u'\0');
  if (key_length == std::u16string::npos) {
    return std::nullopt;
  }
  const std::size_t key_end = sizeof(pe_layout::VersionNode) + (key_length + 1) * sizeof(char16_t);
  return Node{.key = text.substr(0, key_length),
              .body = aligned_rest(node, key_end),
              .value_size = header->value_length.value(),
              .size = size};
}

/// Calls `visit` for each node of a block. False: something else lies between them or at the end.
template <class Visit>
bool for_each_node(Bytes block, Visit visit) {
  while (!block.empty()) {
    const auto node = parse_node(block);
    if (!node) {
      // Filling behind the last node is zeros.
      return std::ranges::all_of(block, [](std::byte b) { return b == std::byte{0}; });
    }
    visit(*node);
    block = aligned_rest(block, node->size);
  }
  return true;
}

/// The length of a value counts units with some compilers and bytes with others, so that a text
/// ends where its node or its NUL is.
std::u16string text_value(const Node& node) {
  return std::u16string(cut_at_nul(from_utf16le(node.body)));
}

void read_strings(Bytes block, VersionInfo& info) {
  const bool whole = for_each_node(block, [&info](const Node& table) {
    VersionStrings strings{.key = table.key, .texts = {}};
    const bool texts_whole = for_each_node(table.body, [&strings](const Node& text) {
      strings.texts.push_back({.name = text.key, .value = text_value(text)});
    });
    info.damaged = info.damaged || !texts_whole;
    info.strings.push_back(std::move(strings));
  });
  info.damaged = info.damaged || !whole;
}

FileVersion version_of(le32 high, le32 low) {
  return {.major = static_cast<std::uint16_t>(high.value() >> 16U),
          .minor = static_cast<std::uint16_t>(high.value() & 0xFFFFU),
          .build = static_cast<std::uint16_t>(low.value() >> 16U),
          .revision = static_cast<std::uint16_t>(low.value() & 0xFFFFU)};
}

void read_numbers(const Node& root, VersionInfo& info) {
  if (root.value_size == 0) {
    return;  // texts alone
  }
  const auto fixed = load<pe_layout::FixedFileInfo>(root.body, 0, "VS_FIXEDFILEINFO");
  if (!fixed || root.value_size < sizeof(pe_layout::FixedFileInfo) ||
      fixed->signature.value() != pe_layout::fixed_file_info_signature) {
    info.damaged = true;
    return;
  }
  info.file_version = version_of(fixed->file_version_high, fixed->file_version_low);
  info.product_version = version_of(fixed->product_version_high, fixed->product_version_low);
}

}  // namespace

std::string file_version_text(const FileVersion& version) {
  return fmt::format("{}.{}.{}.{}", version.major, version.minor, version.build, version.revision);
}

std::u16string_view VersionInfo::text(std::u16string_view name) const noexcept {
  for (const VersionStrings& table : strings) {
    for (const VersionStrings::Text& text : table.texts) {
      if (!text.value.empty() && equals_folded(text.name, name)) {
        return text.value;
      }
    }
  }
  return {};
}

Result<VersionInfo> parse_version_info(Bytes resource) {
  const auto header = CASEMENT_TRY(load<pe_layout::VersionNode>(resource, 0, "version resource"));
  const auto root = parse_node(resource);
  if (!root) {
    return fail(Status::truncated,
                fmt::format("version resource: its node has {} bytes and a key, expected them in "
                            "{} bytes",
                            header.length.value(), resource.size()));
  }
  if (root->key != root_key) {
    return fail(Status::bad_format,
                fmt::format("version resource: its key is \"{}\", expected VS_VERSION_INFO",
                            to_utf8(root->key)));
  }
  VersionInfo info;
  read_numbers(*root, info);
  const bool whole =
      for_each_node(aligned_rest(root->body, root->value_size), [&info](const Node& child) {
        if (child.key == strings_key) {
          read_strings(child.body, info);
        }
      });
  info.damaged = info.damaged || !whole;
  return info;
}

Result<std::optional<VersionInfo>> read_version_info(const PeFile& file,
                                                     std::optional<std::uint16_t> language) {
  const auto resource = CASEMENT_TRY(
      read_resource(file, resource_type::version, std::uint16_t{1}, max_version_info, language));
  if (!resource) {
    return std::optional<VersionInfo>();
  }
  return std::optional(CASEMENT_TRY(
      parse_version_info(*resource).with_context([&file] { return file.describe(); })));
}

}  // namespace casement
