// SPDX-License-Identifier: Apache-2.0
// Magic numbers of archives, and the tar in compressed data.
#include "vfs/archive/archive_format.h"

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "vfs/archive/archive_handle.h"
#include "vfs/archive/tar_header.h"
#include "vfs/archive/tar_layout.h"
#include "vfs/source/memory_source.h"

namespace casement {
namespace {

using namespace std::string_view_literals;

struct FormatMagic {
  std::string_view bytes;
  ArchiveFormat format;
};

constexpr std::array format_magics{
    FormatMagic{"PK\x03\x04"sv, ArchiveFormat::zip},
    FormatMagic{"PK\x05\x06"sv, ArchiveFormat::zip},  // without a member
    FormatMagic{"7z\xBC\xAF\x27\x1C"sv, ArchiveFormat::seven_zip},
    FormatMagic{"Rar!\x1A\x07\x00"sv, ArchiveFormat::rar},
    FormatMagic{"Rar!\x1A\x07\x01\x00"sv, ArchiveFormat::rar},
    FormatMagic{"MSCF\0\0\0\0"sv, ArchiveFormat::cab},
};

struct CompressionMagic {
  std::string_view bytes;
  Compression compression;
};

constexpr std::array compression_magics{
    CompressionMagic{"\x1F\x8B\x08"sv, Compression::gzip},
    CompressionMagic{"BZh"sv, Compression::bzip2},
    CompressionMagic{"\xFD\x37zXZ\0"sv, Compression::xz},
    CompressionMagic{"\x28\xB5\x2F\xFD"sv, Compression::zstd},
    CompressionMagic{"\x04\x22\x4D\x18"sv, Compression::lz4},
    CompressionMagic{"\x02\x21\x4C\x18"sv, Compression::lz4},  // legacy frames
    CompressionMagic{"LZIP"sv, Compression::lzip},
    CompressionMagic{"\x1F\x9D"sv, Compression::compress},
};

/// Packed bytes that are looked at for the beginning of a tar, in each layer. The largest blocks
/// that must be there whole are those of lz4: 4 MiB.
constexpr std::uint64_t probed_size = std::uint64_t{5} << 20;

bool begins_with(Bytes bytes, std::string_view magic) {
  const Bytes wanted = std::as_bytes(std::span(magic));
  return bytes.size() >= wanted.size() && std::equal(wanted.begin(), wanted.end(), bytes.begin());
}

/// zstd allows frames of other data in front of the first one: 50 2A 4D 18 to 5F 2A 4D 18.
bool is_skippable_frame(Bytes bytes) {
  return bytes.size() >= 4 && (bytes[0] & std::byte{0xF0}) == std::byte{0x50} &&
         begins_with(bytes.subspan(1), "\x2A\x4D\x18"sv);
}

/// lzma has no magic: a property byte as everybody writes it, and a dictionary of a usual size.
bool is_lzma(Bytes bytes) {
  constexpr std::uint32_t least_dictionary = 1U << 12;
  constexpr std::uint32_t most_dictionary = 1U << 27;
  if (!begins_with(bytes, "\x5D\0\0"sv)) {
    return false;
  }
  const auto dictionary = load<le32>(bytes, 1, "lzma dictionary");
  const std::uint32_t size = dictionary ? dictionary->value() : 0;
  return size >= least_dictionary && size <= most_dictionary;
}

Compression find_compression(Bytes bytes) {
  const auto found = std::ranges::find_if(compression_magics, [&](const CompressionMagic& magic) {
    return begins_with(bytes, magic.bytes);
  });
  if (found != compression_magics.end()) {
    return found->compression;
  }
  if (is_skippable_frame(bytes)) {
    return Compression::zstd;
  }
  return is_lzma(bytes) ? Compression::lzma : Compression::none;
}

/// Data that cannot be unpacked is no archive; a host that cannot read is an error.
Result<std::vector<std::byte>> not_unpacked(const Error& error) {
  if (error.status() == Status::io_failed) {
    return std::unexpected(error);
  }
  return std::vector<std::byte>();
}

/// What one layer of compression has inside, from its beginning: `size` bytes or fewer.
Result<std::vector<std::byte>> unpack_begin(const SourcePtr& packed, Compression layer,
                                            std::uint64_t size) {
  auto handle = ArchiveHandle::open_unpacked(packed, {layer}, probed_size);
  if (!handle) {
    return not_unpacked(handle.error());
  }
  const auto entry = (*handle)->next();
  if (!entry || !*entry) {
    return entry ? std::vector<std::byte>() : not_unpacked(entry.error());
  }
  std::vector<std::byte> begin;
  while (begin.size() < size) {
    const auto block = (*handle)->read_block();
    if (!block) {
      // What came in front of the damage counts.
      return block.error().status() == Status::io_failed ? not_unpacked(block.error()) : begin;
    }
    if (!*block || (*block)->bytes.empty()) {
      break;
    }
    begin.insert(begin.end(), (*block)->bytes.begin(), (*block)->bytes.end());
  }
  return begin;
}

/// The layers of compression around a tar; nullopt: there is none in them.
Result<std::optional<CompressionLayers>> find_tar_inside(const ByteSource& source,
                                                         Compression outer) {
  // Not owned: what is opened on it does not outlive this function.
  SourcePtr packed(std::shared_ptr<void>(), &source);
  auto begin = CASEMENT_TRY(unpack_begin(packed, outer, tar_layout::block_size));
  if (is_tar_header(begin)) {
    return std::optional(CompressionLayers{outer});
  }
  // compress is recognised by libarchive alone, which cannot be told where to stop.
  const Compression inner = find_compression(begin);
  if (inner == Compression::none || inner == Compression::compress ||
      outer == Compression::compress) {
    return std::optional<CompressionLayers>();
  }
  begin = CASEMENT_TRY(unpack_begin(packed, outer, probed_size));
  packed = make_memory_source(std::move(begin), "packed twice");
  begin = CASEMENT_TRY(unpack_begin(packed, inner, tar_layout::block_size));
  return is_tar_header(begin) ? std::optional(CompressionLayers{outer, inner}) : std::nullopt;
}

/// The first `size` bytes, or as many as there are.
Result<std::vector<std::byte>> read_begin(const ByteSource& source, std::uint64_t size) {
  std::vector<std::byte> begin(std::min(size, source.size()));
  CASEMENT_TRY(source.read(0, begin));
  return begin;
}

/// A number of RAR 5: seven bits a byte, the lowest first.
std::uint64_t read_rar_number(Cursor& cursor) {
  constexpr unsigned most_bits = 63;
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < most_bits; shift += 7) {
    const std::uint8_t byte = cursor.u8();
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if ((byte & 0x80U) == 0) {
      break;
    }
  }
  return value;
}

/// The solid flag of the main archive header (RAR 5.0 archive format; technote of RAR 4).
bool is_solid_rar(Bytes begin) {
  if (begins_with(begin, "Rar!\x1A\x07\x00"sv)) {
    constexpr std::uint64_t flags_offset = 7 + 3;
    constexpr std::uint16_t solid = 0x0008;
    const auto flags = load<le16>(begin, flags_offset, "RAR main header");
    return flags && (flags->value() & solid) != 0;
  }
  constexpr std::size_t header_offset = 8 + 4;  // after the magic and the header's CRC
  constexpr std::uint64_t main_header = 1;
  constexpr std::uint64_t has_extra = 1;
  constexpr std::uint64_t solid = 4;
  Cursor cursor(begin.subspan(std::min(header_offset, begin.size())), header_offset);
  (void)read_rar_number(cursor);  // size
  const std::uint64_t type = read_rar_number(cursor);
  const std::uint64_t flags = read_rar_number(cursor);
  if ((flags & has_extra) != 0) {
    (void)read_rar_number(cursor);
  }
  const std::uint64_t archive_flags = read_rar_number(cursor);
  return !cursor.overrun() && type == main_header && (archive_flags & solid) != 0;
}

}  // namespace

const char* to_string(ArchiveFormat format) noexcept {
  switch (format) {
    case ArchiveFormat::tar:
      return "tar";
    case ArchiveFormat::zip:
      return "zip";
    case ArchiveFormat::seven_zip:
      return "7z";
    case ArchiveFormat::rar:
      return "rar";
    case ArchiveFormat::cab:
      return "cab";
  }
  return "archive";
}

Result<std::optional<ArchiveShape>> find_archive_shape(const ByteSource& source) {
  const auto begin = CASEMENT_TRY(read_begin(source, tar_layout::block_size));
  for (const FormatMagic& magic : format_magics) {
    if (begins_with(begin, magic.bytes)) {
      return std::optional(ArchiveShape{magic.format, false});
    }
  }
  if (is_tar_header(begin)) {
    return std::optional(ArchiveShape{ArchiveFormat::tar, false});
  }
  const Compression outer = find_compression(begin);
  if (outer == Compression::none) {
    return std::optional<ArchiveShape>();
  }
  const auto layers = CASEMENT_TRY(find_tar_inside(source, outer));
  return layers ? std::optional(ArchiveShape{ArchiveFormat::tar, true, *layers}) : std::nullopt;
}

bool is_solid(const ByteSource& source, const ArchiveShape& shape) {
  switch (shape.format) {
    case ArchiveFormat::tar:
      return shape.compressed;
    case ArchiveFormat::zip:
      return false;
    case ArchiveFormat::seven_zip:
    case ArchiveFormat::cab:
      return true;  // members share folders, as a rule
    case ArchiveFormat::rar:
      break;
  }
  constexpr std::uint64_t enough = 64;
  const auto begin = read_begin(source, enough);
  return begin && is_solid_rar(*begin);
}

}  // namespace casement
