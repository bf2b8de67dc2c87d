// SPDX-License-Identifier: Apache-2.0
// Header checks.
#include "vfs/container/vhdx/vhdx_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "vfs/container/vhdx/vhdx_layout.h"
#include "vfs/core/crc32c.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

using vhdx_layout::FileIdentifier;
using vhdx_layout::Header;

constexpr std::string_view file_signature = "vhdxfile";
constexpr std::uint16_t supported_version = 1;

}  // namespace

std::uint32_t vhdx_checksum(Bytes structure, std::size_t checksum_offset) noexcept {
  static constexpr std::array<std::byte, sizeof(std::uint32_t)> zeros{};
  Crc32c crc;
  crc.update(structure.first(checksum_offset));
  crc.update(zeros);
  crc.update(structure.subspan(checksum_offset + zeros.size()));
  return crc.value();
}

Result<VhdxHeader> VhdxHeader::read(const ByteSource& source, std::uint64_t offset) {
  std::array<std::byte, vhdx_layout::header_size> raw{};
  CASEMENT_TRY(source.read(offset, raw));
  const auto disk = CASEMENT_TRY(load<Header>(raw, 0, "header"));
  if (std::string_view(disk.signature.data(), 4) != "head") {
    return fail(Status::bad_format, "no signature \"head\"");
  }
  const std::uint32_t checksum = vhdx_checksum(raw, offsetof(Header, checksum));
  if (checksum != disk.checksum.value()) {
    return fail(Status::corrupt, fmt::format("checksum 0x{:08x}, computed 0x{:08x}",
                                             disk.checksum.value(), checksum));
  }
  if (disk.version.value() != supported_version) {
    return fail(Status::unsupported,
                fmt::format("version {}, expected {}", disk.version.value(), supported_version));
  }
  VhdxHeader header;
  header.sequence = disk.sequence.value();
  header.file_write_id = Guid::from_bytes(disk.file_write_id);
  header.data_write_id = Guid::from_bytes(disk.data_write_id);
  header.log_id = Guid::from_bytes(disk.log_id);
  header.log_version = disk.log_version.value();
  header.log_size = disk.log_length.value();
  header.log_offset = disk.log_offset.value();
  return header;
}

const VhdxHeader* VhdxHeaders::current() const noexcept {
  const VhdxHeader* best = nullptr;
  for (const auto& slot : slots) {
    if (slot && (best == nullptr || slot->sequence > best->sequence)) {
      best = &*slot;
    }
  }
  return best;
}

Result<VhdxHeaders> VhdxHeaders::read(const ByteSource& source, Diagnostics& diagnostics) {
  VhdxHeaders headers;
  std::vector<std::string> damage;
  for (std::size_t i = 0; i < headers.slots.size(); ++i) {
    const std::uint64_t offset = vhdx_layout::header_offsets[i];
    auto header = VhdxHeader::read(source, offset);
    if (header) {
      headers.slots[i] = std::move(header).take();
    } else if (header.error().status() == Status::io_failed) {
      return std::unexpected(std::move(header).error());
    } else {
      damage.push_back(
          fmt::format("header {} at 0x{:x}: {}", i + 1, offset, header.error().message()));
    }
  }
  const Severity severity = headers.current() != nullptr ? Severity::warning : Severity::error;
  for (std::string& text : damage) {
    diagnostics.add(severity, "vhdx-header-damaged", std::move(text));
  }
  return headers;
}

Result<bool> has_vhdx_signature(const ByteSource& source) {
  std::array<std::byte, file_signature.size()> signature{};
  if (source.size() < signature.size()) {
    return false;
  }
  CASEMENT_TRY(source.read(0, signature));
  return std::ranges::equal(signature, std::as_bytes(std::span(file_signature)));
}

Result<std::string> read_vhdx_creator(const ByteSource& source) {
  std::array<std::byte, sizeof(FileIdentifier)> raw{};
  CASEMENT_TRY(source.read(0, raw));
  const auto disk = CASEMENT_TRY(load<FileIdentifier>(raw, 0, "file identifier"));
  std::u16string creator = from_utf16le(disk.creator);
  creator.resize(std::min(creator.find(u'\0'), creator.size()));
  return to_utf8(creator);
}

}  // namespace casement
