// SPDX-License-Identifier: Apache-2.0
// The text that describes a VMDK: its extents and its parent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"

namespace casement {

enum class VmdkExtentType : std::uint8_t {
  flat,        // FLAT, VMFS: bytes as they are
  sparse,      // SPARSE, VMFSSPARSE: "KDMV" or "COWD"
  se_sparse,   // SESPARSE
  zero,        // ZERO: nothing stored
  raw_device,  // VMFSRDM, VMFSRAW, or a path of a device
};

struct VmdkExtentLine {
  VmdkExtentType type = VmdkExtentType::flat;
  bool no_access = false;  // NOACCESS: the guest may not read it
  std::uint64_t sectors = 0;
  std::string file;               // UTF-8; empty for zero
  std::uint64_t file_offset = 0;  // sectors; FLAT only
};

/// "parentCID" of a disk without a parent.
inline constexpr std::uint32_t vmdk_no_parent = 0xFFFF'FFFF;

struct VmdkDescriptor {
  std::optional<std::uint32_t> cid;
  std::uint32_t parent_cid = vmdk_no_parent;
  std::string create_type;                 // "monolithicSparse"; empty when not said
  std::optional<std::string> parent_hint;  // parentFileNameHint
  std::vector<VmdkExtentLine> extents;

  /// Reads the text, up to a NUL. Unknown keys are ignored. corrupt: an extent line that cannot be
  /// understood, sizes that do not add up in 64 bits, no extent. limit_exceeded: more extents than
  /// Limits::max_segments. unsupported: an extent of a type that is not known.
  static Result<VmdkDescriptor> parse(std::string_view text, const Limits& limits);
};

/// Largest descriptor that is read: QEMU's bound. Real ones stay below 20 KiB.
inline constexpr std::uint64_t max_vmdk_descriptor = std::uint64_t{1} << 20;

/// Whether `start` (the first bytes of a file) begins a descriptor.
bool is_vmdk_descriptor(std::string_view start) noexcept;

/// The descriptor of any VMDK file, alone or embedded; nullopt: the file has none (an extent of a
/// split disk). Besides the errors of parse(): bad_format, corrupt and truncated of its header.
Result<std::optional<VmdkDescriptor>> read_vmdk_descriptor(const ByteSource& file,
                                                           const Limits& limits);

}  // namespace casement
