// SPDX-License-Identifier: Apache-2.0
// Section descriptors: what may be trusted to lead to the next one.
#include "vfs/container/ewf/section.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "vfs/codec/deflate.h"
#include "vfs/container/ewf/ewf_layout.h"
#include "vfs/core/checked.h"

namespace casement {
namespace {

using ewf_layout::SectionDescriptor;

constexpr std::uint64_t descriptor_size = sizeof(SectionDescriptor);
constexpr std::size_t checksum_size = 4;

constexpr std::array<std::string_view, 18> known_types = {
    "header", "header2", "xheader", "volume", "disk",    "data", "sectors", "table",      "table2",
    "hash",   "digest",  "xhash",   "error2", "session", "next", "done",    "incomplete", "ltree"};

/// What is before the first NUL; nullopt: that is no word.
std::optional<std::string> read_type(const SectionDescriptor& disk) {
  std::string type;
  for (const char c : disk.type) {
    if (c == '\0') {
      break;
    }
    if (c < '0' || c > 'z') {
      return std::nullopt;
    }
    type += c;
  }
  return type.empty() ? std::nullopt : std::optional(type);
}

}  // namespace

std::uint64_t EwfSection::body_offset() const noexcept {
  return offset + descriptor_size;  // read_section has seen the descriptor within the file
}

bool ends_with_checksum(Bytes bytes) noexcept {
  if (bytes.size() < checksum_size) {
    return false;
  }
  const std::size_t covered = bytes.size() - checksum_size;
  return get_le<std::uint32_t>(bytes, covered) == adler32(bytes.first(covered));
}

Result<EwfSection> read_section(const ByteSource& segment, std::uint64_t offset,
                                const std::string& name, Diagnostics& findings) {
  if (!in_range(segment.size(), offset, descriptor_size)) {
    return fail(Status::truncated, fmt::format("{}: section at 0x{:x}: the file ends at 0x{:x}",
                                               name, offset, segment.size()));
  }
  std::array<std::byte, descriptor_size> raw{};
  CASEMENT_TRY(segment.read(offset, raw));
  const auto disk = CASEMENT_TRY(load<SectionDescriptor>(raw, 0, "section descriptor"));
  EwfSection section;
  const auto type = read_type(disk);
  section.type = type.value_or("?");
  section.offset = offset;
  section.next = disk.next.value();
  const std::uint64_t size = disk.size.value();
  const std::uint64_t body = section.body_offset();
  const bool leads_on = section.is_last() ? section.next >= offset : section.next >= body;
  const bool sizes_agree =
      section.is_last() || size == 0 || checked_add(offset, size) == section.next;
  const bool checksum = ends_with_checksum(raw);
  const auto where = [&] { return fmt::format("{}: section at 0x{:x}", name, offset); };
  const bool plausible = sizes_agree && section.next <= segment.size() &&
                         std::ranges::find(known_types, section.type) != known_types.end();
  if (!type || !leads_on || (!checksum && !plausible)) {
    return fail(
        Status::corrupt,
        fmt::format("{}: no section descriptor: type \"{}\", next 0x{:x}, size 0x{:x}, "
                    "checksum {}",
                    where(), section.type, section.next, size, checksum ? "right" : "wrong"));
  }
  if (!checksum) {
    findings.add(Severity::warning, "ewf-section",
                 fmt::format("{} ({}): the descriptor's checksum is wrong, but it leads on",
                             where(), section.type));
  }
  if (section.is_last()) {
    return section;
  }
  if (!sizes_agree) {
    findings.add(Severity::warning, "ewf-section",
                 fmt::format("{} ({}): 0x{:x} bytes, but the next section is at 0x{:x}, which is "
                             "followed",
                             where(), section.type, size, section.next));
  }
  section.is_cut = section.next > segment.size();
  section.body_size = std::min(section.next, segment.size()) - body;
  if (size >= descriptor_size) {
    section.body_size = std::min(section.body_size, size - descriptor_size);
  }
  return section;
}

Result<std::vector<std::byte>> read_body(const ByteSource& segment, const EwfSection& section,
                                         std::uint64_t max_size) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(std::min(section.body_size, max_size)));
  CASEMENT_TRY(segment.read(section.body_offset(), bytes));
  return bytes;
}

}  // namespace casement
