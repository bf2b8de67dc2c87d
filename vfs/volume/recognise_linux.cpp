// SPDX-License-Identifier: Apache-2.0
// Linux file systems, swap space, volume groups and LUKS.
#include <fmt/format.h>

#include <array>
#include <string>

#include "vfs/volume/foreign_layout.h"
#include "vfs/volume/volume_head.h"
#include "vfs/volume/volume_text.h"

namespace casement {
namespace {

using namespace foreign_layout;
using namespace std::string_view_literals;

RecognisedVolume linux_volume(const char* type, const std::string& what, Bytes label) {
  const std::string text = printable_text(label);
  return {type,
          fmt::format("{}{}, which holds no Windows and is not opened", what,
                      text.empty() ? "" : fmt::format(" \"{}\"", text)),
          false};
}

std::optional<RecognisedVolume> recognise_ext(const VolumeHead& head) {
  const auto block = load<ExtSuperblock>(head.start, ext_superblock_at, "ext superblock");
  if (!block || block->magic.value() != ext_magic) {
    return std::nullopt;
  }
  const bool is_ext4 = (block->incompatible.value() & ~ext3_incompatible) != 0 ||
                       (block->read_only_compatible.value() & ~ext3_read_only_compatible) != 0;
  const bool has_journal = (block->compatible.value() & ext_has_journal) != 0;
  const char* const type = is_ext4 ? "ext4" : has_journal ? "ext3" : "ext2";
  return linux_volume(type, fmt::format("Linux file system ({})", type), block->label);
}

std::optional<RecognisedVolume> recognise_swap(const VolumeHead& head) {
  // The signature ends the first page of the machine that made it.
  for (const std::size_t page : {std::size_t{0x1000}, std::size_t{0x2000}, std::size_t{0x4000},
                                 std::size_t{0x8000}, std::size_t{0x10000}}) {
    constexpr auto current = "SWAPSPACE2"sv;
    if (head.has(page - current.size(), current)) {
      return linux_volume("swap", "Linux swap space", head.bytes(swap_label_at, swap_label_size));
    }
    if (head.has(page - current.size(), "SWAP-SPACE")) {
      return linux_volume("swap", "Linux swap space of the old kind", {});
    }
  }
  return std::nullopt;
}

std::optional<RecognisedVolume> recognise_lvm(const VolumeHead& head) {
  for (std::size_t sector = 0; sector < lvm_sector_count; ++sector) {
    const std::size_t at = sector * 512;
    if (head.has(at, "LABELONE") && head.has(at + lvm_type_at, "LVM2 001")) {
      return linux_volume("lvm2", "Linux LVM2 physical volume", {});
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<RecognisedVolume> recognise_linux(const VolumeHead& head) {
  if (head.has(0, "LUKS\xBA\xBE"sv)) {
    return linux_volume("luks", "Linux encrypted volume (LUKS)", {});
  }
  if (auto lvm = recognise_lvm(head)) {
    return lvm;
  }
  if (head.has(0, "XFSB")) {
    return linux_volume("xfs", "Linux file system (XFS)", head.bytes(xfs_label_at, xfs_label_size));
  }
  if (head.has(btrfs_magic_at, "_BHRfS_M")) {
    return linux_volume("btrfs", "Linux file system (Btrfs)",
                        head.bytes(btrfs_label_at, btrfs_label_size));
  }
  if (head.has(0, "hsqs")) {
    return linux_volume("squashfs", "Linux file system (SquashFS)", {});
  }
  if (auto ext = recognise_ext(head)) {
    return ext;
  }
  return recognise_swap(head);
}

}  // namespace casement
