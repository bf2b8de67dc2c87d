// SPDX-License-Identifier: Apache-2.0
// XML files of Windows: loaded within limits, read without regard to namespaces, as UTF-16.
#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// Levels of elements that are followed; a file with more is refused.
inline constexpr std::size_t max_xml_depth = 100;

/// Elements (with their end tags) of a file that is read: the parser takes 64 bytes for each,
/// however short it is written. The largest manifests of Windows 11 have some 20,000.
inline constexpr std::size_t max_xml_elements = 1'000'000;

/// Loads UTF-8 or UTF-16, told by its first bytes. Entities of a document type are not expanded,
/// nothing else is fetched. limit_exceeded: longer than `max_size`, deeper than max_xml_depth, or
/// more than max_xml_elements.
/// corrupt: not XML; the message has the offset.
Result<void> load_xml(pugi::xml_document& document, Bytes xml, std::uint64_t max_size);

/// A text of the parser as UTF-16. Bytes that are not UTF-8 (the file lies about its encoding) are
/// taken for Latin-1.
std::u16string xml_units(std::string_view text);

/// The name without its prefix: "assembly" of "asm:assembly".
std::string_view local_name(const pugi::xml_node& node) noexcept;

/// The first child of that local name; an empty node when there is none.
pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) noexcept;

/// The attribute's text; empty when there is none. Names are compared without their prefix.
std::u16string attribute_text(const pugi::xml_node& node, std::string_view name);

/// The text within the element.
std::u16string element_text(const pugi::xml_node& node);

}  // namespace casement
