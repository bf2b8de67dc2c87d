// SPDX-License-Identifier: Apache-2.0
// Sizes and counts in the header of a 7z archive.
#include "vfs/archive/seven_zip_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "vfs/archive/seven_zip_layout.h"
#include "vfs/core/bytes.h"

namespace casement {
namespace {

namespace layout = seven_zip_layout;

/// The leading ones of the first byte count the bytes that follow, the lowest first.
std::uint64_t read_number(Cursor& cursor) {
  constexpr unsigned most_bytes = 8;
  const std::uint8_t first = cursor.u8();
  std::uint64_t value = 0;
  unsigned mask = 0x80;
  for (unsigned i = 0; i < most_bytes; ++i, mask >>= 1U) {
    if ((first & mask) == 0) {
      return value | (static_cast<std::uint64_t>(first & (mask - 1)) << (8 * i));
    }
    value |= static_cast<std::uint64_t>(cursor.u8()) << (8 * i);
  }
  return value;
}

Error unexpected_header() {
  return {Status::corrupt, "7z header: its own packing is not described as it must be"};
}

/// A count of things that have at least one byte each.
Result<std::uint64_t> read_count(Cursor& cursor) {
  const std::uint64_t count = read_number(cursor);
  if (cursor.overrun() || count > cursor.remaining()) {
    return std::unexpected(unexpected_header());
  }
  return count;
}

/// Where the packed header lies. Gives the property behind that.
Result<std::uint8_t> pass_pack_info(Cursor& cursor) {
  constexpr std::uint64_t crc_size = 4;
  (void)read_number(cursor);  // place
  const std::uint64_t streams = CASEMENT_TRY(read_count(cursor));
  std::uint8_t property = cursor.u8();
  if (property == layout::property_size) {
    for (std::uint64_t i = 0; i < streams; ++i) {
      (void)read_number(cursor);
    }
    property = cursor.u8();
  }
  if (property == layout::property_crc) {
    const bool all = cursor.u8() != 0;
    if (!all || streams > cursor.remaining() / crc_size) {
      return std::unexpected(unexpected_header());
    }
    (void)cursor.bytes(streams * crc_size);
    property = cursor.u8();
  }
  if (property != layout::property_end) {
    return std::unexpected(unexpected_header());
  }
  return cursor.u8();
}

/// The coders of one folder. Gives how many sizes it has.
Result<std::uint64_t> pass_folder(Cursor& cursor) {
  constexpr unsigned id_size = 0x0F;
  constexpr unsigned is_complex = 0x10;
  constexpr unsigned has_properties = 0x20;
  std::uint64_t in = 0;
  std::uint64_t out = 0;
  const std::uint64_t coders = CASEMENT_TRY(read_count(cursor));
  for (std::uint64_t i = 0; i < coders; ++i) {
    const unsigned flags = cursor.u8();
    (void)cursor.bytes(flags & id_size);
    const bool complex = (flags & is_complex) != 0;
    in += complex ? CASEMENT_TRY(read_count(cursor)) : 1;
    out += complex ? CASEMENT_TRY(read_count(cursor)) : 1;
    if ((flags & has_properties) != 0) {
      (void)cursor.bytes(CASEMENT_TRY(read_count(cursor)));
    }
  }
  const std::uint64_t bound = out == 0 ? 0 : out - 1;
  if (out == 0 || in < bound || in > cursor.remaining() || out > cursor.remaining()) {
    return std::unexpected(unexpected_header());
  }
  const std::uint64_t packed = in - bound;
  const std::uint64_t numbers = 2 * bound + (packed > 1 ? packed : 0);
  for (std::uint64_t i = 0; i < numbers; ++i) {
    (void)read_number(cursor);
  }
  return out;
}

/// What the packed header unpacks to, at most.
Result<std::uint64_t> find_unpacked_size(Cursor& cursor) {
  if (cursor.u8() != layout::property_pack_info ||
      CASEMENT_TRY(pass_pack_info(cursor)) != layout::property_unpack_info ||
      cursor.u8() != layout::property_folder) {
    return std::unexpected(unexpected_header());
  }
  const std::uint64_t folders = CASEMENT_TRY(read_count(cursor));
  if (cursor.u8() != 0) {
    return std::unexpected(unexpected_header());  // described elsewhere
  }
  std::uint64_t sizes = 0;
  for (std::uint64_t i = 0; i < folders; ++i) {
    sizes += CASEMENT_TRY(pass_folder(cursor));
  }
  if (cursor.u8() != layout::property_unpack_size) {
    return std::unexpected(unexpected_header());
  }
  std::uint64_t largest = 0;
  for (std::uint64_t i = 0; i < sizes && !cursor.overrun(); ++i) {
    largest = std::max(largest, read_number(cursor));
  }
  if (cursor.overrun()) {
    return std::unexpected(unexpected_header());
  }
  return largest;
}

}  // namespace

Result<void> check_seven_zip_header(const ByteSource& archive, const Limits& limits) {
  std::array<std::byte, sizeof(layout::SignatureHeader)> begin{};
  if (archive.size() < begin.size()) {
    return {};
  }
  CASEMENT_TRY(archive.read(0, begin));
  const auto start = CASEMENT_TRY(load<layout::SignatureHeader>(begin, 0, "7z signature header"));
  const std::uint64_t size = start.next_size.value();
  if (size > limits.max_table_size) {
    return fail(Status::limit_exceeded, fmt::format("7z header of {} bytes; at most {} are read",
                                                    size, limits.max_table_size));
  }
  const std::uint64_t room = archive.size() - begin.size();
  if (!in_range(room, start.next_offset.value(), size)) {
    return {};
  }
  std::vector<std::byte> header(static_cast<std::size_t>(size));
  CASEMENT_TRY(archive.read(begin.size() + start.next_offset.value(), header));
  Cursor cursor(header, begin.size() + start.next_offset.value());
  const std::uint8_t kind = cursor.u8();
  if (kind == layout::property_encoded_header) {
    const std::uint64_t unpacked = CASEMENT_TRY(find_unpacked_size(cursor));
    if (unpacked > limits.max_table_size) {
      return fail(Status::limit_exceeded, fmt::format("7z header that unpacks to {} bytes; at most "
                                                      "{} are read",
                                                      unpacked, limits.max_table_size));
    }
    return {};
  }
  if (kind == layout::property_header && cursor.u8() == layout::property_files) {
    // Each file has at least the two bytes that end its name.
    const std::uint64_t files = read_number(cursor);
    if (files > size) {
      return fail(Status::corrupt, fmt::format("7z header: {} files in {} bytes", files, size));
    }
  }
  return {};
}

}  // namespace casement
