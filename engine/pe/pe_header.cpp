// SPDX-License-Identifier: Apache-2.0
// DOS header, PE signature and machine, as the PE/COFF specification (Microsoft, "PE Format") has
// them.
#include "engine/pe/pe_header.h"

#include <fmt/format.h>

#include <array>

namespace casement {
namespace {

constexpr std::uint64_t dos_header_size = 64;
constexpr std::size_t new_header_offset = 0x3C;  // IMAGE_DOS_HEADER::e_lfanew
constexpr std::uint16_t dos_magic = 0x5A4D;      // "MZ"
constexpr std::uint32_t pe_signature = 0x00004550;
constexpr std::size_t pe_prefix_size = 6;  // signature and Machine

}  // namespace

Result<std::uint16_t> read_pe_machine(const ByteSource& file) {
  const auto context = [&file] { return fmt::format("PE header of {}", file.describe()); };
  std::array<std::byte, dos_header_size> dos{};
  CASEMENT_TRY(file.read(0, dos).with_context(context));
  if (get_le<std::uint16_t>(dos, 0) != dos_magic) {
    return fail(Status::bad_format, fmt::format("{}: starts with 0x{:04x}, expected MZ", context(),
                                                get_le<std::uint16_t>(dos, 0)));
  }
  const std::uint32_t offset = get_le<std::uint32_t>(dos, new_header_offset);
  std::array<std::byte, pe_prefix_size> header{};
  CASEMENT_TRY(file.read(offset, header).with_context(context));
  if (get_le<std::uint32_t>(header, 0) != pe_signature) {
    return fail(Status::bad_format, fmt::format("{}: 0x{:08x} at 0x{:x}, expected PE", context(),
                                                get_le<std::uint32_t>(header, 0), offset));
  }
  return get_le<std::uint16_t>(header, 4);
}

}  // namespace casement
