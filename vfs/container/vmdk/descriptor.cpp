// SPDX-License-Identifier: Apache-2.0
// Lines of "key = value" and of extents.
#include "vfs/container/vmdk/descriptor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <utility>

#include "vfs/container/referenced_file.h"
#include "vfs/container/vmdk/vmdk_layout.h"
#include "vfs/core/ascii.h"
#include "vfs/core/checked.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::string_view blank = " \t\r";

std::string_view trim(std::string_view text) {
  return trimmed(text, blank);
}

std::string_view unquote(std::string_view text) {
  text = trim(text);
  return text.size() >= 2 && text.starts_with('"') && text.ends_with('"')
             ? text.substr(1, text.size() - 2)
             : text;
}

/// The word before the next blank, which `line` then starts after.
std::string_view take_word(std::string_view& line) {
  line = trim(line);
  const std::size_t end = std::min(line.find_first_of(blank), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

template <class Int>
std::optional<Int> parse_number(std::string_view text, int base) {
  Int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value)
                                                                  : std::nullopt;
}

/// Descriptors name their encoding, and rarely truthfully: what is not UTF-8 is read as the code
/// page of western Windows, of which Latin-1 is the part that file names use.
std::string to_file_name(std::string_view text) {
  if (from_utf8(text)) {
    return std::string(text);
  }
  return to_utf8(from_latin1(std::as_bytes(std::span(text))));
}

bool is_device_path(std::string_view file) noexcept {
  return file.starts_with("/dev/") || file.starts_with("\\\\.\\") ||
         file.starts_with("/vmfs/devices/");
}

std::optional<VmdkExtentType> parse_type(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, VmdkExtentType>, 8> types{{
      {"FLAT", VmdkExtentType::flat},
      {"VMFS", VmdkExtentType::flat},
      {"SPARSE", VmdkExtentType::sparse},
      {"VMFSSPARSE", VmdkExtentType::sparse},
      {"SESPARSE", VmdkExtentType::se_sparse},
      {"ZERO", VmdkExtentType::zero},
      {"VMFSRDM", VmdkExtentType::raw_device},
      {"VMFSRAW", VmdkExtentType::raw_device},
  }};
  for (const auto& [name, type] : types) {
    if (equals_folded_ascii(word, name)) {
      return type;
    }
  }
  return std::nullopt;
}

/// "RW 63 FLAT "disk-flat.vmdk" 0": what follows the access word.
Result<VmdkExtentLine> parse_extent(std::string_view access, std::string_view rest,
                                    std::string_view line) {
  const auto refuse = [line](Status status, const char* why) {
    return fail(status, fmt::format("VMDK extent line \"{}\": {}", printable_text(line), why));
  };
  VmdkExtentLine extent;
  extent.no_access = equals_folded_ascii(access, "NOACCESS");
  const auto sectors = parse_number<std::uint64_t>(take_word(rest), 10);
  if (!sectors || !checked_mul(*sectors, vmdk_layout::sector_size)) {
    return refuse(Status::corrupt, "no count of sectors after the access");
  }
  extent.sectors = *sectors;
  const auto type = parse_type(take_word(rest));
  if (!type) {
    return refuse(Status::unsupported, "an extent type that is not known");
  }
  extent.type = *type;
  rest = trim(rest);
  if (rest.starts_with('"')) {
    // To the last quote: names may hold quotes themselves.
    const std::size_t end = rest.rfind('"');
    if (end == 0) {
      return refuse(Status::corrupt, "a file name without its closing quote");
    }
    extent.file = to_file_name(rest.substr(1, end - 1));
    rest.remove_prefix(end + 1);
  }
  if (extent.file.empty() && extent.type != VmdkExtentType::zero) {
    return refuse(Status::corrupt, "no file name in quotes");
  }
  if (extent.type == VmdkExtentType::flat && is_device_path(extent.file)) {
    extent.type = VmdkExtentType::raw_device;
  }
  if (const std::string_view word = take_word(rest); !word.empty()) {
    const auto offset = parse_number<std::uint64_t>(word, 10);
    if (!offset || !checked_mul(*offset, vmdk_layout::sector_size)) {
      return refuse(Status::corrupt, "an offset that is no count of sectors");
    }
    extent.file_offset = *offset;
  }
  return extent;
}

bool is_access(std::string_view word) {
  return equals_folded_ascii(word, "RW") || equals_folded_ascii(word, "RDONLY") ||
         equals_folded_ascii(word, "NOACCESS");
}

void parse_key(VmdkDescriptor& descriptor, std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) {
    return;
  }
  const std::string_view key = trim(line.substr(0, equals));
  const std::string_view value = unquote(line.substr(equals + 1));
  if (equals_folded_ascii(key, "CID")) {
    descriptor.cid = parse_number<std::uint32_t>(value, 16);
  } else if (equals_folded_ascii(key, "parentCID")) {
    descriptor.parent_cid = parse_number<std::uint32_t>(value, 16).value_or(vmdk_no_parent);
  } else if (equals_folded_ascii(key, "createType")) {
    descriptor.create_type = printable_text(value);
  } else if (equals_folded_ascii(key, "parentFileNameHint")) {
    descriptor.parent_hint = to_file_name(value);
  }
}

Result<std::string> read_text(const ByteSource& file, std::uint64_t offset, std::uint64_t size) {
  std::string text(static_cast<std::size_t>(std::min(size, max_vmdk_descriptor)), '\0');
  CASEMENT_TRY(file.read(offset, std::as_writable_bytes(std::span(text))).with_context([] {
    return "VMDK descriptor";
  }));
  return text;
}

}  // namespace

bool is_vmdk_descriptor(std::string_view start) noexcept {
  if (start.starts_with("\xEF\xBB\xBF")) {
    start.remove_prefix(3);
  }
  const std::size_t first = start.find_first_not_of(" \t\r\n");
  const std::string_view magic = vmdk_layout::descriptor_magic;
  return first != std::string_view::npos &&
         equals_folded_ascii(start.substr(first, magic.size()), magic);
}

Result<VmdkDescriptor> VmdkDescriptor::parse(std::string_view text, const Limits& limits) {
  VmdkDescriptor descriptor;
  std::uint64_t sectors = 0;
  text = text.substr(0, text.find('\0'));
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) {
      continue;
    }
    std::string_view rest = line;
    const std::string_view access = take_word(rest);
    if (!is_access(access)) {
      parse_key(descriptor, line);
      continue;
    }
    if (descriptor.extents.size() >= limits.max_segments) {
      return fail(Status::limit_exceeded,
                  fmt::format("VMDK descriptor: more than {} extents", limits.max_segments));
    }
    descriptor.extents.push_back(CASEMENT_TRY(parse_extent(access, rest, line)));
    const auto sum = checked_add(sectors, descriptor.extents.back().sectors);
    if (!sum || !checked_mul(*sum, vmdk_layout::sector_size)) {
      return fail(Status::corrupt, "VMDK descriptor: the extents are larger than 2^64 bytes");
    }
    sectors = *sum;
  }
  if (descriptor.extents.empty()) {
    return fail(Status::corrupt, "VMDK descriptor: no extent line (\"RW 2048 SPARSE ...\")");
  }
  return descriptor;
}

Result<std::optional<VmdkDescriptor>> read_vmdk_descriptor(const ByteSource& file,
                                                           const Limits& limits) {
  std::array<std::byte, sizeof(vmdk_layout::SparseHeader)> head{};
  const auto present = static_cast<std::size_t>(std::min<std::uint64_t>(head.size(), file.size()));
  CASEMENT_TRY(file.read(0, std::span(head).first(present)));
  const std::string_view start(reinterpret_cast<const char*>(head.data()), present);  // NOLINT
  if (is_vmdk_descriptor(start)) {
    const std::string text = CASEMENT_TRY(read_text(file, 0, file.size()));
    return CASEMENT_TRY(VmdkDescriptor::parse(text, limits));
  }
  const auto header = CASEMENT_TRY(load<vmdk_layout::SparseHeader>(head, 0, "VMDK header"));
  if (header.magic != vmdk_layout::sparse_magic || header.descriptor_offset.value() == 0 ||
      header.descriptor_size.value() == 0) {
    return std::nullopt;
  }
  const auto offset = checked_mul(header.descriptor_offset.value(), vmdk_layout::sector_size);
  const auto size = checked_mul(header.descriptor_size.value(), vmdk_layout::sector_size);
  if (!offset || !size || !in_range(file.size(), *offset, *size)) {
    return fail(
        Status::corrupt,
        fmt::format("VMDK header at 0x1c: a descriptor of {} sectors at sector {}, but the "
                    "file ends at 0x{:x}",
                    header.descriptor_size.value(), header.descriptor_offset.value(), file.size()));
  }
  const std::string text = CASEMENT_TRY(read_text(file, *offset, *size));
  if (text.find_first_not_of('\0') == std::string::npos) {
    return std::nullopt;  // room for one, as extents of split disks have it
  }
  return CASEMENT_TRY(VmdkDescriptor::parse(text, limits));
}

}  // namespace casement
