// SPDX-License-Identifier: Apache-2.0
// XML files of Windows: loaded within limits, read without regard to namespaces, as UTF-16.
#include "engine/servicing/xml_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "vfs/core/utf16.h"

namespace casement {
namespace {

std::string_view without_prefix(std::string_view name) noexcept {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// Each begins with a '<', be it one byte or one of two.
std::size_t elements_at_most(Bytes xml) noexcept {
  return static_cast<std::size_t>(std::count(xml.begin(), xml.end(), std::byte{'<'}));
}

/// Whether an element lies deeper than the limit. Without recursion: the depth is the image's.
bool is_too_deep(const pugi::xml_document& document) noexcept {
  std::size_t depth = 0;
  pugi::xml_node node = document.first_child();
  while (node) {
    if (const pugi::xml_node inner = node.first_child()) {
      if (++depth > max_xml_depth) {
        return true;
      }
      node = inner;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      if (depth == 0) {
        return false;
      }
      --depth;
    }
    node = node.next_sibling();
  }
  return false;
}

}  // namespace

Result<void> load_xml(pugi::xml_document& document, Bytes xml, std::uint64_t max_size) {
  if (xml.size() > max_size) {
    return fail(Status::limit_exceeded,
                fmt::format("the XML has {} bytes, more than {}", xml.size(), max_size));
  }
  if (elements_at_most(xml) > max_xml_elements) {
    return fail(Status::limit_exceeded,
                fmt::format("the XML has more than {} elements", max_xml_elements));
  }
  const pugi::xml_parse_result outcome =
      document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_auto);
  if (!outcome) {
    return fail(Status::corrupt,
                fmt::format("not XML: {} at byte {}", outcome.description(), outcome.offset));
  }
  if (is_too_deep(document)) {
    return fail(Status::limit_exceeded,
                fmt::format("the XML has more than {} levels of elements", max_xml_depth));
  }
  return {};
}

std::u16string xml_units(std::string_view text) {
  if (auto units = from_utf8(text)) {
    return *std::move(units);
  }
  return from_latin1(std::as_bytes(std::span(text)));
}

std::string_view local_name(const pugi::xml_node& node) noexcept {
  return without_prefix(node.name());
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) noexcept {
  for (const pugi::xml_node& child : node.children()) {
    if (local_name(child) == name) {
      return child;
    }
  }
  return {};
}

std::u16string attribute_text(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    if (without_prefix(attribute.name()) == name) {
      return xml_units(attribute.value());
    }
  }
  return {};
}

std::u16string element_text(const pugi::xml_node& node) {
  return xml_units(node.text().get());
}

}  // namespace casement
