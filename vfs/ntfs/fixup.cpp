// SPDX-License-Identifier: Apache-2.0
// Checking and undoing update sequences.
#include "vfs/ntfs/fixup.h"

#include <fmt/format.h>

#include "vfs/ntfs/ntfs_layout.h"

namespace casement::ntfs {
namespace {

constexpr std::size_t word = 2;

std::string printable(std::span<const char, 4> signature) {
  std::string text;
  for (const char c : signature) {
    text += c >= 0x20 && c < 0x7F ? std::string(1, c)
                                  : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  }
  return text;
}

}  // namespace

Result<FixupReport> apply_fixups(MutableBytes block, std::array<char, 4> signature,
                                 std::uint64_t disk_offset) {
  using ntfs_layout::fixup_stride;
  const auto header = CASEMENT_TRY(load<ntfs_layout::BlockHeader>(block, 0, "block header"));
  if (header.signature != signature) {
    return fail(Status::bad_format,
                fmt::format("block at 0x{:x}: signature \"{}\", expected \"{}\"", disk_offset,
                            printable(header.signature), printable(signature)));
  }
  const std::size_t strides = block.size() / fixup_stride;
  if (strides == 0 || block.size() % fixup_stride != 0) {
    return fail(Status::corrupt, fmt::format("block at 0x{:x}: {} bytes, expected a multiple of {}",
                                             disk_offset, block.size(), fixup_stride));
  }
  const std::size_t offset = header.usa_offset.value();
  const std::size_t count = header.usa_count.value();
  // A longer array is seen and harmless, as long as it does not reach a protected word.
  if (offset < sizeof(ntfs_layout::BlockHeader) || offset % word != 0 || count < strides + 1 ||
      !in_range(fixup_stride - word, offset, (strides + 1) * word)) {
    return fail(Status::corrupt,
                fmt::format("block at 0x{:x}: update sequence array of {} words at 0x{:x}, "
                            "expected at least {} before 0x{:x}",
                            disk_offset, count, offset, strides + 1, fixup_stride - word));
  }

  FixupReport report;
  const auto number = get_le<std::uint16_t>(block, offset);
  for (std::size_t i = 0; i < strides; ++i) {
    const std::size_t place = (i + 1) * fixup_stride - word;
    if (get_le<std::uint16_t>(block, place) != number) {
      ++report.torn_strides;
      continue;
    }
    const std::size_t saved = offset + (i + 1) * word;
    block[place] = block[saved];
    block[place + 1] = block[saved + 1];
  }
  return report;
}

}  // namespace casement::ntfs
