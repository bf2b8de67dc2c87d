// SPDX-License-Identifier: Apache-2.0
// Magic numbers of the things that people give us instead of a directory.
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

/// The first match wins, so that what a weak magic would claim comes last.
constexpr std::array magics{
    Magic{0, "vhdxfile"sv, "a VHDX disk image"},
    Magic{0, "MSWIM\0\0\0"sv, "a WIM image"},
    Magic{0, "WLPWM\0\0\0"sv, "a pipable WIM image"},
    Magic{0, "QFI\xFB"sv, "a QCOW2 disk image"},
    Magic{0, "KDMV"sv, "a VMDK disk image"},
    Magic{0, "# Disk DescriptorFile"sv, "a VMDK descriptor"},
    Magic{0x40, "\x7F\x10\xDA\xBE"sv, "a VDI disk image"},
    Magic{0, "EVF\x09\x0D\x0A\xFF\0"sv, "an EWF (E01) evidence file"},
    Magic{0, "EVF2\x0D\x0A\x81\0"sv, "an EWF2 (Ex01) evidence file"},
    Magic{0, "LVF\x09\x0D\x0A\xFF\0"sv, "an EWF logical (L01) evidence file"},
    Magic{0, "conectix"sv, "a VHD disk image"},
    Magic{0, "regf"sv, "a registry hive"},
    Magic{0, "cimfile0"sv, "a CimFS container layer"},
    Magic{0, "DCM\x01"sv, "a compressed manifest"},
    Magic{0, "MSCF"sv, "a cabinet"},
    Magic{0, "PK\x03\x04"sv, "a ZIP archive"},
    Magic{0, "7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive"},
    Magic{0, "Rar!\x1A\x07"sv, "a RAR archive"},
    Magic{0, "\x1F\x8B"sv, "gzip-compressed data"},
    Magic{0,
          "\xFD"
          "7zXZ\0"sv,
          "xz-compressed data"},
    Magic{0, "\x28\xB5\x2F\xFD"sv, "zstd-compressed data"},
    Magic{0, "BZh"sv, "bzip2-compressed data"},
    Magic{257, "ustar"sv, "a tar archive"},
    Magic{3, "NTFS    "sv, "an NTFS volume"},
    Magic{3, "EXFAT   "sv, "an exFAT volume"},
    Magic{3, "ReFS\0\0\0\0"sv, "a ReFS volume"},
    Magic{3, "-FVE-FS-"sv, "a BitLocker volume"},
    Magic{82, "FAT32   "sv, "a FAT32 volume"},
    Magic{54, "FAT16   "sv, "a FAT16 volume"},
    Magic{54, "FAT12   "sv, "a FAT12 volume"},
    Magic{512, "EFI PART"sv, "a disk image with a GPT"},
    Magic{4096, "EFI PART"sv, "a disk image with a GPT"},
    Magic{0x8001, "BEA01"sv, "UDF media"},
    Magic{0x8001, "CD001"sv, "an ISO 9660 image"},
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

/// A fixed VHD is raw data with a footer in its last 512 bytes.
Result<bool> has_vhd_footer(const ByteSource& source) {
  constexpr std::uint64_t footer_size = 512;
  if (source.size() < footer_size) {
    return false;
  }
  return has_bytes(source, source.size() - footer_size, "conectix");
}

}  // namespace

Result<std::string> describe_content(const ByteSource& source) {
  if (source.size() == 0) {
    return std::string("an empty file");
  }
  const bool fixed_vhd = CASEMENT_TRY(has_vhd_footer(source));
  if (fixed_vhd) {
    return std::string("a VHD disk image");
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
