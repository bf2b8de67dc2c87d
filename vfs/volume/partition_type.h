// SPDX-License-Identifier: Apache-2.0
// What the types of partitions mean.
#pragma once

#include <cstdint>
#include <string>

#include "vfs/core/guid.h"
#include "vfs/volume/partition.h"

namespace casement {

struct PartitionType {
  PartitionRole role = PartitionRole::other;
  std::string name;  // for people; names the number where nobody knows it by anything else
};

/// A type byte of an MBR: "NTFS/exFAT", "type 0x83 (Linux)", "type 0x6a".
PartitionType mbr_partition_type(std::uint8_t type);

/// A type GUID: "Basic data", "Linux file system", "type 0fc63daf-...".
PartitionType gpt_partition_type(const Guid& type);

/// The container of logical partitions (0x05, 0x0F, 0x85).
constexpr bool is_extended_type(std::uint8_t type) noexcept {
  return type == 0x05 || type == 0x0F || type == 0x85;
}

/// The entry that covers a GPT disk for programs that know MBRs only.
inline constexpr std::uint8_t protective_type = 0xEE;

}  // namespace casement
