// SPDX-License-Identifier: Apache-2.0
// The headers of a portable executable: Microsoft, "PE Format".
#pragma once

#include <array>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::pe_layout {

inline constexpr std::uint16_t dos_magic = 0x5A4D;         // "MZ"
inline constexpr std::uint32_t pe_signature = 0x00004550;  // "PE\0\0"

/// IMAGE_DOS_HEADER, as far as it matters: the rest is for MS-DOS.
struct DosHeader {
  le16 magic;                        // +0x00 e_magic
  std::array<std::uint8_t, 58> dos;  // +0x02
  le32 new_header;                   // +0x3C e_lfanew: where the signature lies
};
static_assert(sizeof(DosHeader) == 0x40);

/// The signature and IMAGE_FILE_HEADER (COFF file header).
struct FileHeader {
  le32 signature;             // +0x00 "PE\0\0"
  le16 machine;               // +0x04 Machine
  le16 section_count;         // +0x06 NumberOfSections
  le32 time_stamp;            // +0x08 TimeDateStamp; a hash in reproducible builds
  le32 symbol_table;          // +0x0C PointerToSymbolTable
  le32 symbol_count;          // +0x10 NumberOfSymbols
  le16 optional_header_size;  // +0x14 SizeOfOptionalHeader, the section table follows it
  le16 characteristics;       // +0x16 Characteristics
};
static_assert(sizeof(FileHeader) == 0x18);

inline constexpr std::uint16_t pe32_magic = 0x010B;
inline constexpr std::uint16_t pe32_plus_magic = 0x020B;

/// IMAGE_OPTIONAL_HEADER32 up to its data directories.
struct OptionalHeader32 {
  le16 magic;                             // +0x00 Magic
  std::array<std::uint8_t, 30> code;      // +0x02 linker version, sizes, entry point, bases
  le32 section_alignment;                 // +0x20 SectionAlignment
  le32 file_alignment;                    // +0x24 FileAlignment
  std::array<std::uint8_t, 20> versions;  // +0x28 versions, SizeOfImage
  le32 headers_size;                      // +0x3C SizeOfHeaders
  std::array<std::uint8_t, 28> loading;   // +0x40 CheckSum, Subsystem, stack, heap, LoaderFlags
  le32 directory_count;                   // +0x5C NumberOfRvaAndSizes
};
static_assert(sizeof(OptionalHeader32) == 0x60);

/// IMAGE_OPTIONAL_HEADER64 up to its data directories: no BaseOfData, wider addresses.
struct OptionalHeader64 {
  le16 magic;                             // +0x00 Magic
  std::array<std::uint8_t, 30> code;      // +0x02 linker version, sizes, entry point, bases
  le32 section_alignment;                 // +0x20 SectionAlignment
  le32 file_alignment;                    // +0x24 FileAlignment
  std::array<std::uint8_t, 20> versions;  // +0x28 versions, SizeOfImage
  le32 headers_size;                      // +0x3C SizeOfHeaders
  std::array<std::uint8_t, 44> loading;   // +0x40 CheckSum, Subsystem, stack, heap, LoaderFlags
  le32 directory_count;                   // +0x6C NumberOfRvaAndSizes
};
static_assert(sizeof(OptionalHeader64) == 0x70);

/// IMAGE_DATA_DIRECTORY.
struct DataDirectory {
  le32 rva;   // +0x00 VirtualAddress
  le32 size;  // +0x04 Size
};
static_assert(sizeof(DataDirectory) == 8);

inline constexpr std::uint32_t resource_directory = 2;  // IMAGE_DIRECTORY_ENTRY_RESOURCE

/// IMAGE_SECTION_HEADER.
struct SectionHeader {
  std::array<char, 8> name;           // +0x00 Name
  le32 virtual_size;                  // +0x08 VirtualSize; 0 in files of some old linkers
  le32 rva;                           // +0x0C VirtualAddress
  le32 file_size;                     // +0x10 SizeOfRawData
  le32 file_offset;                   // +0x14 PointerToRawData
  std::array<std::uint8_t, 12> coff;  // +0x18 relocations and line numbers of object files
  le32 characteristics;               // +0x24 Characteristics
};
static_assert(sizeof(SectionHeader) == 0x28);

}  // namespace casement::pe_layout
