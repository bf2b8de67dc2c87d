// SPDX-License-Identifier: Apache-2.0
// Partition tables, then the file system of each partition.
#include "vfs/open/volumes.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/open/formats.h"
#include "vfs/volume/partition.h"
#include "vfs/volume/recognise.h"

namespace casement {
namespace {

/// File systems opened on one disk. Windows' own tables have at most 128 partitions; a table of
/// thousands that all name the same bytes must not cost thousands of times what one costs.
constexpr std::size_t max_file_systems = 256;

/// What the bytes of a volume turned out to be.
struct Content {
  FileSystemPtr file_system;
  std::string type;
  std::string reason;
  bool locked = false;
};

/// The file system of the first format that claims the volume, with those that have a magic or
/// with the others; nullopt: none does.
std::optional<Content> open_file_system(const SourcePtr& bytes, bool weak, const Limits& limits) {
  for (const FileSystemFormat& format : file_system_formats()) {
    if (format.weak != weak) {
      continue;
    }
    Content content;
    const Result<bool> ours = format.probe(*bytes);
    if (!ours) {
      content.reason = ours.error().message();
      return content;
    }
    if (!*ours) {
      continue;
    }
    content.type = format.name;
    auto opened = format.open(bytes, limits);
    if (opened) {
      content.file_system = *std::move(opened);
    } else {
      content.reason = opened.error().message();
    }
    return content;
  }
  return std::nullopt;
}

/// Never fails: what cannot be read is the reason why there is no file system.
Content open_content(const SourcePtr& bytes, const Limits& limits) {
  if (auto content = open_file_system(bytes, false, limits)) {
    return *std::move(content);
  }
  Content content;
  const auto known = recognise_volume(*bytes);
  if (!known) {
    content.reason = known.error().message();
    return content;
  }
  if (*known) {
    content.type = (*known)->type;
    content.reason = (*known)->reason;
    content.locked = (*known)->locked;
    return content;
  }
  if (auto weak = open_file_system(bytes, true, limits)) {
    return *std::move(weak);
  }
  content.reason = "unknown content";
  return content;
}

void set_content(Volume& volume, Content content) {
  volume.content = std::move(content.type);
  volume.file_system = std::move(content.file_system);
  volume.reason = std::move(content.reason);
  volume.locked = content.locked;
}

std::string describe_table(const PartitionTable& table) {
  std::string text = fmt::format("{} partition{}", table.partitions.size(),
                                 table.partitions.size() == 1 ? "" : "s");
  if (table.disk_id) {
    text += ", disk " + table.disk_id->to_string();
  } else if (table.mbr_signature) {
    text += fmt::format(", disk signature {:08x}", *table.mbr_signature);
  }
  if (table.sector_size != 512) {
    text += fmt::format(", {}-byte sectors", table.sector_size);
  }
  if (table.hybrid) {
    text += ", hybrid MBR";
  }
  return text;
}

Volume volume_of(const PartitionTable& table, const Partition& partition, bool open,
                 const Limits& limits) {
  Volume volume;
  volume.name = fmt::format("partition {}", partition.number);
  volume.partition = partition;
  volume.bytes = partition.bytes;
  volume.identity.disk_id = table.disk_id;
  volume.identity.partition_id = partition.id;
  if (table.kind == TableKind::mbr) {
    volume.identity.mbr_signature = table.mbr_signature;
  }
  volume.identity.start_offset = partition.offset;
  if (!open) {
    volume.reason =
        fmt::format("not opened: the disk has more than {} partitions", max_file_systems);
  } else if (partition.bytes) {
    set_content(volume, open_content(partition.bytes, limits));
    if (partition.role == PartitionRole::reserved && !volume.file_system) {
      volume.reason = "reserved for Windows, which keeps no file system there";
    }
  } else {
    volume.reason = "the image ends before this partition";
  }
  return volume;
}

/// The whole disk as one volume.
Volume bare_volume(const SourcePtr& disk, Content content) {
  Volume volume;
  volume.name = "volume";
  volume.bytes = disk;
  set_content(volume, std::move(content));
  return volume;
}

/// A medium that begins with a partition table for those who take it for a disk.
bool is_hybrid(const ByteSource& disk) {
  return std::ranges::any_of(file_system_formats(), [&disk](const FileSystemFormat& format) {
    const Result<bool> ours = format.hybrid ? format.probe(disk) : Result<bool>(false);
    return ours && *ours;
  });
}

void add(OpenedImage& image, Volume volume) {
  volume.index = static_cast<std::uint32_t>(image.volumes.size() + 1);
  image.volumes.push_back(std::move(volume));
}

}  // namespace

Result<bool> add_volumes(OpenedImage& image, DiskStack stack, const Limits& limits) {
  PartitionTable table = CASEMENT_TRY(read_partition_table(stack.disk, stack.sector_size, limits));
  std::optional<Content> bare;
  if (table.kind == TableKind::none || table.maybe_volume || is_hybrid(*stack.disk)) {
    bare = open_content(stack.disk, limits);
    const bool raw_file = stack.layers.empty();
    if (table.kind == TableKind::none && raw_file &&
        (bare->type.empty() || bare->type == "empty")) {
      return false;
    }
  }
  std::move(stack.layers.begin(), stack.layers.end(), std::back_inserter(image.layers));
  for (const Diagnostics* findings : {&stack.diagnostics, &table.diagnostics}) {
    image.diagnostics.append(*findings);
  }
  if (table.kind != TableKind::none) {
    image.layers.push_back({table.kind == TableKind::gpt ? "gpt" : "mbr", describe_table(table)});
    for (const Partition& partition : table.partitions) {
      const bool open = image.volumes.size() < max_file_systems;
      add(image, volume_of(table, partition, open, limits));
    }
  }
  if (bare && (table.kind == TableKind::none || bare->file_system)) {
    if (table.kind == TableKind::none) {
      image.layers.push_back({"volume", "no partition table"});
    }
    add(image, bare_volume(stack.disk, *std::move(bare)));
  }
  return true;
}

}  // namespace casement
