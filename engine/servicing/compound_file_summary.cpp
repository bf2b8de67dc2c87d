// SPDX-License-Identifier: Apache-2.0
// Reading one property of a property set stream.
#include "engine/servicing/compound_file_summary.h"

#include <fmt/format.h>

#include "engine/servicing/compound_file_layout.h"

namespace casement {
namespace {

namespace layout = compound_layout;

constexpr std::uint32_t max_properties = 4096;  // Windows Installer defines 19

/// Where the property's value begins in `set`; nullopt: it is not there.
Result<std::optional<std::uint32_t>> find_property(Bytes set, std::uint32_t property) {
  const auto header = CASEMENT_TRY(load<layout::PropertySet>(set, 0, "property set"));
  const std::uint32_t count = header.count.value();
  if (count > max_properties) {
    return fail(Status::corrupt,
                fmt::format("property set: {} properties, more than {}", count, max_properties));
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto reference = CASEMENT_TRY(load<layout::PropertyReference>(
        set, sizeof(layout::PropertySet) + i * sizeof(layout::PropertyReference),
        "reference to a property"));
    if (reference.id.value() == property) {
      return std::optional(reference.offset.value());
    }
  }
  return std::optional<std::uint32_t>();
}

}  // namespace

Result<std::optional<std::string>> read_summary_text(Bytes stream, std::uint32_t property) {
  const auto header =
      CASEMENT_TRY(load<layout::PropertySetHeader>(stream, 0, "header of a property set"));
  if (header.byte_order.value() != layout::little_endian_mark || header.set_count.value() == 0 ||
      header.first_set.value() > stream.size()) {
    return fail(Status::corrupt,
                fmt::format("property set header: byte order 0x{:x}, {} sets, the first at 0x{:x} "
                            "of {} bytes; expected 0xfffe and a set within",
                            header.byte_order.value(), header.set_count.value(),
                            header.first_set.value(), stream.size()));
  }
  const Bytes set = stream.subspan(header.first_set.value());
  const auto offset = CASEMENT_TRY(find_property(set, property));
  if (!offset) {
    return std::optional<std::string>();
  }
  const auto value = CASEMENT_TRY(load<layout::PropertyText>(set, *offset, "property"));
  const bool wide = value.type.value() == layout::type_wide_text;
  if (!wide && value.type.value() != layout::type_text) {
    return fail(Status::invalid_data, fmt::format("property {} is of type {}, expected a text",
                                                  property, value.type.value()));
  }
  const std::uint64_t width = wide ? 2 : 1;
  const Bytes text = CASEMENT_TRY(slice(set, std::uint64_t{*offset} + sizeof(layout::PropertyText),
                                        value.size.value() * width, "text of a property"));
  std::string result;
  for (std::size_t at = 0; at < text.size(); at += width) {
    const auto unit = wide ? get_le<std::uint16_t>(text, at) : get_le<std::uint8_t>(text, at);
    if (unit == 0) {
      break;
    }
    if (unit >= 0x80) {
      return fail(
          Status::invalid_data,
          fmt::format("property {} has the character 0x{:x}, expected ASCII", property, unit));
    }
    result.push_back(static_cast<char>(unit));
  }
  return std::optional(std::move(result));
}

}  // namespace casement
