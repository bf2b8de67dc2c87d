// SPDX-License-Identifier: Apache-2.0
// The headers of a portable executable, and its contents by their place in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "vfs/core/byte_source.h"

namespace casement {

/// A program, library or driver whose headers were read. Contents are read when they are asked for,
/// in small pieces; the file is never read whole. Immutable; const calls may be made from many
/// threads.
class PeFile {
 public:
  /// The most that the loader of Windows takes (Microsoft, "PE Format", NumberOfSections).
  static constexpr std::size_t max_sections = 96;

  /// Reads DOS header, file header, optional header, data directories and section table.
  /// bad_format: no MZ, or no PE signature. truncated: the headers do not fit into the file.
  /// unsupported: an optional header that is neither PE32 nor PE32+. limit_exceeded: more sections
  /// than max_sections. corrupt: an optional header that is too short.
  /// Not checked: that sections lie inside of the file and apart from each other.
  static Result<PeFile> open(SourcePtr file);

  /// IMAGE_FILE_HEADER::Machine, whatever it is.
  std::uint16_t machine() const noexcept { return machine_; }
  /// PE32+: a program of 64 bits.
  bool is_wide() const noexcept { return is_wide_; }

  /// A piece of the file that is loaded.
  struct Section {
    std::string name;                // as stored, up to its NUL: ".rsrc"
    std::uint32_t rva = 0;           // where it begins in memory
    std::uint32_t virtual_size = 0;  // bytes of memory
    std::uint32_t file_offset = 0;   // as the loader takes it
    std::uint32_t file_size = 0;
  };
  const std::vector<Section>& sections() const noexcept { return sections_; }

  /// A table that the headers point at.
  struct Directory {
    std::uint32_t rva = 0;
    std::uint32_t size = 0;
  };
  /// nullopt: the header has no such entry, or an empty one.
  std::optional<Directory> directory(std::size_t index) const noexcept;
  /// The root of the resources.
  std::optional<Directory> resources() const noexcept;

  /// Where `size` bytes at `rva` lie in the file. corrupt: in no section, or behind what its
  /// section has in the file. The headers count as a section.
  Result<std::uint64_t> offset_of(std::uint64_t rva, std::uint64_t size) const;

  /// Fills `out` with the bytes at `rva`. As offset_of and ByteSource::read.
  Result<void> read(std::uint64_t rva, MutableBytes out) const;

  /// The layout struct at `rva`; likewise.
  template <DiskStruct T>
  Result<T> load_at(std::uint64_t rva) const {
    T value;
    CASEMENT_TRY(read(rva, std::as_writable_bytes(std::span(&value, 1))));
    return value;
  }

  /// For messages.
  std::string describe() const { return file_->describe(); }

 private:
  explicit PeFile(SourcePtr file) : file_(std::move(file)) {}

  Result<void> read_headers();
  template <class OptionalHeader>
  Result<std::uint32_t> read_optional_header(Bytes header);
  Result<void> read_sections(std::uint64_t offset, std::size_t count, std::uint32_t alignment);

  SourcePtr file_;
  std::uint16_t machine_ = 0;
  bool is_wide_ = false;
  std::uint32_t headers_size_ = 0;
  std::vector<Directory> directories_;
  std::vector<Section> sections_;
};

}  // namespace casement
