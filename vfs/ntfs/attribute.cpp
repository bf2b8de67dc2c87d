// SPDX-License-Identifier: Apache-2.0
// Checks on attribute headers.
#include "vfs/ntfs/attribute.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/ntfs/ntfs_layout.h"

namespace casement::ntfs {
namespace {

constexpr std::uint64_t max_size = 0x7FFF'FFFF'FFFF'FFFF;

Result<void> parse_resident(Bytes raw, Attribute& attribute) {
  const auto header =
      CASEMENT_TRY(load<ntfs_layout::ResidentHeader>(raw, 0, "resident attribute header"));
  attribute.value = CASEMENT_TRY(slice(raw, header.value_offset.value(),
                                       header.value_length.value(), "resident attribute value"));
  return {};
}

/// Sizes of the extent from VCN 0.
Result<void> parse_sizes(Bytes raw, const ntfs_layout::NonResidentHeader& header,
                         Attribute& attribute) {
  NonResidentPart& part = attribute.non_resident;
  part.allocated_size = header.allocated_size.value();
  part.data_size = header.data_size.value();
  if (part.data_size > max_size || part.allocated_size > max_size) {
    return fail(Status::corrupt,
                fmt::format("sizes: data 0x{:x}, allocated 0x{:x}, expected less than 2^63",
                            part.data_size, part.allocated_size));
  }
  part.valid_size = std::min(header.valid_size.value(), part.data_size);
  part.total_allocated = part.allocated_size;
  // The field exists only where the header is long enough for it: the runs come after it.
  constexpr std::size_t total_end = ntfs_layout::total_allocated_offset + sizeof(std::uint64_t);
  if ((attribute.is_compressed() || attribute.is_sparse()) &&
      header.runs_offset.value() >= total_end && raw.size() >= total_end) {
    part.total_allocated = get_le<std::uint64_t>(raw, ntfs_layout::total_allocated_offset);
  }
  return {};
}

Result<void> parse_non_resident(Bytes raw, Attribute& attribute) {
  const auto header =
      CASEMENT_TRY(load<ntfs_layout::NonResidentHeader>(raw, 0, "non-resident attribute header"));
  NonResidentPart& part = attribute.non_resident;
  part.lowest_vcn = header.lowest_vcn.value();
  // The highest VCN is inclusive; -1 with a lowest of 0 is how "no clusters" is written.
  const std::uint64_t end = header.highest_vcn.value() + 1;
  if (end < part.lowest_vcn || end > max_size) {
    return fail(Status::corrupt, fmt::format("clusters 0x{:x} to 0x{:x} of the stream",
                                             part.lowest_vcn, header.highest_vcn.value()));
  }
  part.cluster_count = end - part.lowest_vcn;
  const std::uint64_t runs_offset = header.runs_offset.value();
  if (runs_offset < sizeof(header) || runs_offset > raw.size()) {
    return fail(Status::corrupt, fmt::format("run list at 0x{:x}, expected from 0x{:x} to 0x{:x}",
                                             runs_offset, sizeof(header), raw.size()));
  }
  part.packed_runs = raw.subspan(runs_offset);
  part.compression_unit = header.compression_unit;
  return part.lowest_vcn == 0 ? parse_sizes(raw, header, attribute) : Result<void>();
}

Result<void> parse_into(Bytes raw, std::uint32_t offset, Attribute& attribute) {
  const auto header = CASEMENT_TRY(load<ntfs_layout::AttributeHeader>(raw, 0, "attribute header"));
  attribute.type = header.type.value();
  attribute.flags = header.flags.value();
  attribute.id = header.id.value();
  attribute.offset = offset;
  attribute.resident = header.non_resident == 0;
  // An unnamed attribute may have any name offset.
  if (header.name_length != 0) {
    attribute.raw_name = CASEMENT_TRY(slice(
        raw, header.name_offset.value(), std::uint64_t{2} * header.name_length, "attribute name"));
  }
  return attribute.resident ? parse_resident(raw, attribute) : parse_non_resident(raw, attribute);
}

}  // namespace

std::u16string Attribute::name() const {
  return from_utf16le(raw_name);
}

bool Attribute::has_name(std::u16string_view expected) const noexcept {
  return equals_utf16le(raw_name, expected);
}

bool Attribute::is_compressed() const noexcept {
  return (flags & ntfs_layout::attribute_flag::compression_mask) != 0;
}

bool Attribute::is_encrypted() const noexcept {
  return (flags & ntfs_layout::attribute_flag::encrypted) != 0;
}

bool Attribute::is_sparse() const noexcept {
  return (flags & ntfs_layout::attribute_flag::sparse) != 0;
}

Result<Attribute> parse_attribute(Bytes raw, std::uint32_t offset) {
  // Filled where it is returned: a pass over the MFT does this half a million times, and copying an
  // attribute costs more than checking it.
  Result<Attribute> attribute(std::in_place);
  if (auto parsed = parse_into(raw, offset, *attribute); !parsed) {
    attribute = std::unexpected(std::move(parsed).error());
  }
  return attribute;
}

std::optional<Bytes> resident_value(Bytes raw) noexcept {
  using Base = ntfs_layout::AttributeHeader;
  using Header = ntfs_layout::ResidentHeader;
  if (raw.size() < sizeof(Header) || raw[offsetof(Base, non_resident)] != std::byte{0}) {
    return std::nullopt;
  }
  const auto name_length = std::to_integer<std::uint64_t>(raw[offsetof(Base, name_length)]);
  const auto name_offset = get_le<std::uint16_t>(raw, offsetof(Base, name_offset));
  if (name_length != 0 && !in_range(raw.size(), name_offset, 2 * name_length)) {
    return std::nullopt;
  }
  const auto length = get_le<std::uint32_t>(raw, offsetof(Header, value_length));
  const auto offset = get_le<std::uint16_t>(raw, offsetof(Header, value_offset));
  if (!in_range(raw.size(), offset, length)) {
    return std::nullopt;
  }
  return raw.subspan(offset, length);
}

bool equals_utf16le(Bytes raw, std::u16string_view text) noexcept {
  if (raw.size() != 2 * text.size()) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (get_le<std::uint16_t>(raw, 2 * i) != text[i]) {
      return false;
    }
  }
  return true;
}

}  // namespace casement::ntfs
