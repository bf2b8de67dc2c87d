// SPDX-License-Identifier: Apache-2.0
// Magic numbers of the things that people give us and that are no images.
#include "vfs/open/content_kind.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace casement {
namespace {

using namespace std::string_view_literals;

/// One row: the bytes at an offset, and what they mean.
struct Magic {
  std::uint64_t offset;
  std::string_view bytes;
  const char* meaning;
};

/// Only what no format claims. The first match wins: what a weak magic would claim comes last.
constexpr std::array magics{
    Magic{0, "regf"sv, "a registry hive"},
    Magic{0, "cimfile0"sv, "a CimFS container layer"},
    Magic{0, "DCM\x01"sv, "a compressed manifest"},
    Magic{0, "\x1F\x8B"sv, "gzip-compressed data"},
    Magic{0,
          "\xFD"
          "7zXZ\0"sv,
          "xz-compressed data"},
    Magic{0, "\x28\xB5\x2F\xFD"sv, "zstd-compressed data"},
    Magic{0, "BZh"sv, "bzip2-compressed data"},
    Magic{0, "MZ"sv, "a Windows program"},
    Magic{0,
          "\x7F"
          "ELF"sv,
          "a Linux program"},
    Magic{510, "\x55\xAA"sv, "a disk image with an MBR"},
};

/// Whether the source has these bytes there; false when it ends before.
Result<bool> has_bytes(const ByteSource& source, std::uint64_t offset, std::string_view bytes) {
  if (!in_range(source.size(), offset, bytes.size())) {
    return false;
  }
  std::vector<std::byte> found(bytes.size());
  CASEMENT_TRY(source.read(offset, found));
  const Bytes wanted = std::as_bytes(std::span(bytes));
  return std::equal(wanted.begin(), wanted.end(), found.begin());
}

}  // namespace

Result<std::string> describe_content(const ByteSource& source) {
  if (source.size() == 0) {
    return std::string("an empty file");
  }
  for (const Magic& magic : magics) {
    const bool matches = CASEMENT_TRY(has_bytes(source, magic.offset, magic.bytes));
    if (matches) {
      return std::string(magic.meaning);
    }
  }
  return std::string("a file of unknown content");
}

}  // namespace casement
