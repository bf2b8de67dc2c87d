// SPDX-License-Identifier: Apache-2.0
// Key and value pairs.
#include "vfs/container/vhdx/parent_locator.h"

#include <fmt/format.h>

#include <optional>

#include "vfs/container/vhdx/vhdx_ids.h"
#include "vfs/container/vhdx/vhdx_layout.h"
#include "vfs/core/utf16.h"

namespace casement {

using vhdx_layout::ParentLocatorEntry;
using vhdx_layout::ParentLocatorHeader;

Result<VhdxParentLocator> VhdxParentLocator::parse(Bytes raw) {
  const auto header = CASEMENT_TRY(load<ParentLocatorHeader>(raw, 0, "parent locator"));
  if (Guid::from_bytes(header.type) != vhdx_ids::vhdx_parent_locator) {
    return fail(Status::unsupported, fmt::format("parent locator of type {}",
                                                 Guid::from_bytes(header.type).to_string()));
  }
  VhdxParentLocator locator;
  std::uint64_t text_size = 0;
  for (std::uint32_t i = 0; i < header.key_value_count.value(); ++i) {
    const auto entry = CASEMENT_TRY(load<ParentLocatorEntry>(
        raw, sizeof(ParentLocatorHeader) + std::uint64_t{i} * sizeof(ParentLocatorEntry),
        "parent locator entry"));
    const Bytes key = CASEMENT_TRY(
        slice(raw, entry.key_offset.value(), entry.key_length.value(), "parent locator key"));
    const Bytes value = CASEMENT_TRY(
        slice(raw, entry.value_offset.value(), entry.value_length.value(), "parent locator value"));
    text_size += key.size() + value.size();
    if (text_size > raw.size()) {
      // Many entries that name the same bytes would need gigabytes.
      return fail(Status::corrupt, fmt::format("parent locator entry {}: the texts overlap", i));
    }
    locator.entries.emplace_back(from_utf16le(key), from_utf16le(value));
  }
  return locator;
}

const std::u16string* VhdxParentLocator::find(std::u16string_view key) const noexcept {
  for (const auto& [name, value] : entries) {
    if (name == key) {
      return &value;
    }
  }
  return nullptr;
}

std::vector<Guid> VhdxParentLocator::linkages() const {
  std::vector<Guid> ids;
  for (const char16_t* key : {u"parent_linkage", u"parent_linkage2"}) {
    const std::u16string* text = find(key);
    const auto id = text != nullptr ? Guid::parse(std::u16string_view(*text)) : std::nullopt;
    if (id && !id->is_nil()) {  // Windows writes a nil parent_linkage2
      ids.push_back(*id);
    }
  }
  return ids;
}

}  // namespace casement
