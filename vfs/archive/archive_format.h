// SPDX-License-Identifier: Apache-2.0
// Which archive a file is, told by its content.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"

namespace casement {

enum class ArchiveFormat : std::uint8_t { tar, zip, seven_zip, rar, cab };

/// "tar", "zip", "7z", "rar", "cab".
const char* to_string(ArchiveFormat format) noexcept;

/// Only what libarchive unpacks itself.
enum class Compression : std::uint8_t { none, gzip, bzip2, xz, zstd, lz4, lzip, lzma, compress };

/// From the outside in. One is usual, and two are met; each more multiplies what a small file
/// costs.
using CompressionLayers = std::array<Compression, 2>;

struct ArchiveShape {
  ArchiveFormat format = ArchiveFormat::tar;
  /// A tar in gzip, bzip2, xz, ...: its members cannot be reached without unpacking all before.
  bool compressed = false;
  CompressionLayers layers{};
};

/// nullopt: no archive that is read here. Compressed data counts only when a tar begins in it,
/// in at most two layers, within the first megabytes.
/// Errors: the source cannot be read.
Result<std::optional<ArchiveShape>> find_archive_shape(const ByteSource& source);

/// Whether reading a member means to unpack those before it. `source` is of that shape; what cannot
/// be told counts as not solid.
bool is_solid(const ByteSource& source, const ArchiveShape& shape);

}  // namespace casement
