// SPDX-License-Identifier: Apache-2.0
// Headers and section table, as Microsoft's "PE Format" has them and the loader of Windows takes
// them.
#include "engine/pe/pe_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/pe/pe_layout.h"

namespace casement {
namespace {

/// Of the data directories that the specification knows.
constexpr std::size_t max_directories = 16;
constexpr std::size_t max_optional_header =
    sizeof(pe_layout::OptionalHeader64) + max_directories * sizeof(pe_layout::DataDirectory);

/// Where sections are aligned to pages, the loader drops the low bits of PointerToRawData; images
/// of a smaller alignment are mapped as they are.
constexpr std::uint32_t page_size = 0x1000;
constexpr std::uint32_t loader_sector = 0x200;

}  // namespace

Result<PeFile> PeFile::open(SourcePtr file) {
  PeFile opened(std::move(file));
  CASEMENT_TRY(opened.read_headers().with_context(
      [&opened] { return fmt::format("headers of the program {}", opened.describe()); }));
  return opened;
}

Result<void> PeFile::read_headers() {
  pe_layout::DosHeader dos;
  CASEMENT_TRY(file_->read(0, std::as_writable_bytes(std::span(&dos, 1))));
  if (dos.magic.value() != pe_layout::dos_magic) {
    return fail(Status::bad_format,
                fmt::format("starts with 0x{:04x}, expected MZ", dos.magic.value()));
  }
  const std::uint64_t start = dos.new_header.value();
  pe_layout::FileHeader header;
  CASEMENT_TRY(file_->read(start, std::as_writable_bytes(std::span(&header, 1))));
  if (header.signature.value() != pe_layout::pe_signature) {
    return fail(Status::bad_format,
                fmt::format("0x{:08x} at 0x{:x}, expected PE", header.signature.value(), start));
  }
  machine_ = header.machine.value();
  const std::size_t section_count = header.section_count.value();
  if (section_count > max_sections) {
    return fail(Status::limit_exceeded,
                fmt::format("{} sections, expected at most {}", section_count, max_sections));
  }
  const std::size_t optional_size = header.optional_header_size.value();
  const std::uint64_t optional_at = start + sizeof(header);  // both are far below 2^33
  std::array<std::byte, max_optional_header> storage{};
  const MutableBytes optional =
      std::span(storage).first(std::min(optional_size, max_optional_header));
  CASEMENT_TRY(file_->read(optional_at, optional));
  if (optional.size() < sizeof(std::uint16_t)) {
    return fail(Status::corrupt, fmt::format("{} bytes of optional header", optional_size));
  }
  const std::uint16_t magic = get_le<std::uint16_t>(optional, 0);
  if (magic != pe_layout::pe32_magic && magic != pe_layout::pe32_plus_magic) {
    return fail(Status::unsupported,
                fmt::format("optional header 0x{:04x}, expected 0x{:04x} or 0x{:04x}", magic,
                            pe_layout::pe32_magic, pe_layout::pe32_plus_magic));
  }
  is_wide_ = magic == pe_layout::pe32_plus_magic;
  const std::uint32_t alignment =
      CASEMENT_TRY(is_wide_ ? read_optional_header<pe_layout::OptionalHeader64>(optional)
                            : read_optional_header<pe_layout::OptionalHeader32>(optional));
  return read_sections(optional_at + optional_size, section_count, alignment);
}

/// Gives SectionAlignment.
template <class OptionalHeader>
Result<std::uint32_t> PeFile::read_optional_header(Bytes header) {
  if (header.size() < sizeof(OptionalHeader)) {
    return fail(Status::corrupt, fmt::format("{} bytes of optional header, expected at least {}",
                                             header.size(), sizeof(OptionalHeader)));
  }
  const auto fixed = CASEMENT_TRY(load<OptionalHeader>(header, 0, "optional header"));
  headers_size_ = fixed.headers_size.value();
  const std::size_t room =
      (header.size() - sizeof(OptionalHeader)) / sizeof(pe_layout::DataDirectory);
  const std::size_t count =
      std::min({static_cast<std::size_t>(fixed.directory_count.value()), room, max_directories});
  for (std::size_t i = 0; i < count; ++i) {
    const auto entry = CASEMENT_TRY(load<pe_layout::DataDirectory>(
        header, sizeof(OptionalHeader) + i * sizeof(pe_layout::DataDirectory), "data directory"));
    directories_.push_back({.rva = entry.rva.value(), .size = entry.size.value()});
  }
  return fixed.section_alignment.value();
}

Result<void> PeFile::read_sections(std::uint64_t offset, std::size_t count,
                                   std::uint32_t alignment) {
  std::vector<std::byte> table(count * sizeof(pe_layout::SectionHeader));
  CASEMENT_TRY(file_->read(offset, table).with_context([count] {
    return fmt::format("table of {} sections", count);
  }));
  for (std::size_t i = 0; i < count; ++i) {
    const auto header = CASEMENT_TRY(load<pe_layout::SectionHeader>(
        table, i * sizeof(pe_layout::SectionHeader), "section header"));
    const std::string_view name(header.name.data(), header.name.size());
    std::uint32_t file_offset = header.file_offset.value();
    if (alignment >= page_size) {
      file_offset -= file_offset % loader_sector;
    }
    sections_.push_back({.name = std::string(name.substr(0, name.find('\0'))),
                         .rva = header.rva.value(),
                         .virtual_size = header.virtual_size.value(),
                         .file_offset = file_offset,
                         .file_size = header.file_size.value()});
  }
  return {};
}

std::optional<PeFile::Directory> PeFile::directory(std::size_t index) const noexcept {
  if (index >= directories_.size() || directories_[index].rva == 0) {
    return std::nullopt;
  }
  return directories_[index];
}

std::optional<PeFile::Directory> PeFile::resources() const noexcept {
  return directory(pe_layout::resource_directory);
}

Result<std::uint64_t> PeFile::offset_of(std::uint64_t rva, std::uint64_t size) const {
  for (const Section& section : sections_) {
    const std::uint64_t extent = std::max(section.virtual_size, section.file_size);
    if (rva < section.rva || rva - section.rva >= extent) {
      continue;
    }
    const std::uint64_t inside = rva - section.rva;
    if (!in_range(section.file_size, inside, size)) {
      return fail(Status::corrupt,
                  fmt::format("{}: {} bytes at 0x{:x} of section {}, which has 0x{:x} in the file",
                              describe(), size, inside, section.name, section.file_size));
    }
    return section.file_offset + inside;
  }
  if (in_range(headers_size_, rva, size)) {
    return rva;
  }
  return fail(Status::corrupt,
              fmt::format("{}: {} bytes at address 0x{:x}, which is in none of {} sections",
                          describe(), size, rva, sections_.size()));
}

Result<void> PeFile::read(std::uint64_t rva, MutableBytes out) const {
  const std::uint64_t offset = CASEMENT_TRY(offset_of(rva, out.size()));
  return file_->read(offset, out);
}

}  // namespace casement
