// SPDX-License-Identifier: Apache-2.0
// Opening a volume, and finding the clusters of directories and files.
#include "vfs/fat/fat_volume.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/fat/boot_sector.h"
#include "vfs/fat/short_name.h"
#include "vfs/source/cluster/chain_source.h"

namespace casement {
namespace {

namespace layout = fat_layout;

/// A piece of the table holds 128 MiB worth of clusters of 4 KiB.
constexpr std::uint32_t table_piece = 65'536;
/// Directories are small and lie apart: larger pieces would read what nobody asked for.
constexpr std::uint32_t directory_piece = 16'384;

/// What a directory can have: the limit of entries, each with a long name of 20 parts.
std::uint64_t max_directory_clusters(const Limits& limits, std::uint32_t cluster_size) noexcept {
  constexpr std::uint64_t slots_per_entry = 21;
  return limits.max_directory_entries * slots_per_entry * layout::slot_size / cluster_size + 1;
}

/// Windows NT keeps these in the entry of cluster 1, which no chain uses.
struct StateBits {
  std::uint32_t unmounted = 0;
  std::uint32_t no_errors = 0;
};
StateBits state_bits(FatType type) noexcept {
  switch (type) {
    case FatType::fat12:
      return {};
    case FatType::fat16:
      return {0x8000, 0x4000};
    case FatType::fat32:
      break;
  }
  return {0x0800'0000, 0x0400'0000};
}

}  // namespace

FatVolume::FatVolume(SourcePtr source, const Limits& limits)
    : source_(std::move(source)),
      limits_(limits),
      pieces_(std::make_shared<PieceCache>(source_, directory_piece, limits.max_cache_size / 2)) {}

Result<std::shared_ptr<const FatVolume>> FatVolume::open(SourcePtr source, const Limits& limits) {
  std::shared_ptr<FatVolume> volume(new FatVolume(std::move(source), limits));
  volume->geometry_ = CASEMENT_TRY(read_boot_sector(*volume->source_, volume->findings_));
  const FatGeometry& geometry = volume->geometry_;
  if (volume->source_->size() < geometry.volume_size) {
    volume->findings_.add(Severity::warning, "fat-truncated", 0, [&] {
      return fmt::format("the volume has 0x{:x} bytes, its boot sector says 0x{:x}",
                         volume->source_->size(), geometry.volume_size);
    });
  }
  volume->choose_table();
  volume->read_state();
  const std::vector<ByteRun> runs = volume->root().runs;
  const std::uint64_t size = volume->source_->size();
  if (!runs.empty() &&
      std::ranges::all_of(runs, [size](const ByteRun& run) { return run.offset >= size; })) {
    return fail(
        Status::truncated,
        fmt::format("root directory at 0x{:x}: the volume is cut off at 0x{:x}, nothing can "
                    "be listed",
                    runs.front().offset, size));
  }
  volume->read_label();
  return volume;
}

void FatVolume::choose_table() {
  const auto pieces =
      std::make_shared<PieceCache>(source_, table_piece, limits_.max_cache_size / 2);
  // The entry of cluster 0 repeats the media byte below bits that are set.
  const auto is_good = [&](std::uint32_t index) {
    const ClusterTableLayout table = geometry_.table(index);
    const auto first = ClusterTable(pieces, table, limits_.max_runs).link(0);
    return first && first->value == ((table.mask & ~0xFFU) | geometry_.media);
  };
  if (geometry_.mirrored && !is_good(0)) {
    for (std::uint32_t index = 1; index < geometry_.fat_count; ++index) {
      if (is_good(index)) {
        geometry_.active_fat = index;
        findings_.add(Severity::warning, "fat-other-copy", geometry_.fat_offset, [&] {
          return fmt::format(
              "FAT 0 at 0x{:x} does not begin with the media byte 0x{:02x}; FAT {} "
              "is read in its place",
              geometry_.fat_offset, geometry_.media, index);
        });
        break;
      }
    }
  }
  table_.emplace(pieces, geometry_.table(), limits_.max_runs);
}

void FatVolume::read_state() {
  const StateBits bits = state_bits(geometry_.type);
  const auto entry = table_->link(1);
  if (!entry) {
    findings_.add(Severity::error, "fat-table-unreadable", 0,
                  [&] { return entry.error().message(); });
    return;
  }
  dirty_ = geometry_.dirty || (entry->value & bits.unmounted) != bits.unmounted;
  if ((entry->value & bits.no_errors) != bits.no_errors) {
    findings_.add(Severity::note, "fat-disk-errors", 1, [] {
      return std::string("Windows met errors of the disk when the volume was mounted last");
    });
  }
}

void FatVolume::read_label() {
  label_ = geometry_.label;
  RecordCursor cursor(pieces_, root().runs, layout::slot_size);
  while (true) {
    const auto record = cursor.next();
    if (!record) {
      // The reader of the directory goes on behind it; a label is not worth that.
      findings_.add(Severity::error, "fat-root-unreadable", 0, [&] {
        return fmt::format("root directory, in search of the volume label: {}",
                           record.error().message());
      });
      return;
    }
    if (!*record) {
      return;
    }
    const auto slot = load<layout::DirectorySlot>((*record)->bytes, 0, "slot");
    if (!slot) {
      return;  // records have the size of a slot
    }
    const auto first = std::to_integer<std::uint8_t>(slot->name[0]);
    if (first == layout::slot_end) {
      return;
    }
    const bool long_part = (slot->attributes & layout::slot_attribute::long_name_mask) ==
                           layout::slot_attribute::long_name;
    if (first != layout::slot_deleted && !long_part &&
        (slot->attributes & layout::slot_attribute::volume_label) != 0) {
      StoredShortName stored = slot->name;
      if (first == layout::slot_kanji_e5) {
        stored[0] = std::byte{layout::slot_deleted};
      }
      label_ = from_code_page_437(stored);
      label_.resize(label_.find_last_not_of(u' ') + 1);
      return;
    }
  }
}

bool FatVolume::is_slot(std::uint64_t offset) const noexcept {
  const std::uint64_t fixed = geometry_.root_slots * std::uint64_t{layout::slot_size};
  const std::uint64_t heap = std::uint64_t{geometry_.cluster_count} * geometry_.cluster_size;
  return offset % layout::slot_size == 0 &&
         ((offset >= geometry_.root_offset && offset - geometry_.root_offset < fixed) ||
          (offset >= geometry_.heap_offset && offset - geometry_.heap_offset < heap));
}

Result<FatNode> FatVolume::node(NodeId id) const {
  const FatNodePlace place = place_of(id);
  if (!is_slot(place.offset)) {
    return fail(Status::invalid_argument, fmt::format("no directory slot at 0x{:x}", place.offset));
  }
  PieceReader reader(pieces_);
  const Bytes raw = CASEMENT_TRY(reader.bytes(place.offset, layout::slot_size).with_context([&] {
    return fmt::format("directory slot at 0x{:x}", place.offset);
  }));
  FatNode node;
  node.offset = place.offset;
  node.deleted = place.deleted;
  node.slot = CASEMENT_TRY(load<layout::DirectorySlot>(raw, 0, "directory slot"));
  const auto first = std::to_integer<std::uint8_t>(node.slot.name[0]);
  if (first == layout::slot_end || (first == layout::slot_deleted && !node.deleted)) {
    return fail(Status::invalid_argument,
                fmt::format("directory slot at 0x{:x}: holds no entry", place.offset));
  }
  return node;
}

FatDirectory FatVolume::root() const {
  FatDirectory root;
  root.name = "root directory";
  root.is_root = true;
  if (geometry_.type != FatType::fat32) {
    root.runs.push_back({geometry_.root_offset, geometry_.root_slots * layout::slot_size});
    return root;
  }
  const ClusterChainPtr chain = table_->chain(
      geometry_.root_cluster, max_directory_clusters(limits_, geometry_.cluster_size));
  root.runs = byte_runs(*chain, geometry_.heap_offset, geometry_.cluster_size);
  root.broken = chain->broken;
  return root;
}

Result<FatDirectory> FatVolume::deleted_directory(const FatNode& node) const {
  const std::uint32_t first = node.first_cluster(geometry_.type);
  FatDirectory directory;
  directory.name = fmt::format("deleted directory of the entry at 0x{:x}", node.offset);
  directory.deleted = true;
  const auto link = table_->link(first);
  if (table_->has(first) && link && link->kind == LinkKind::free) {
    // How long it was is not known. Behind its first cluster anything could follow.
    const std::uint64_t offset =
        geometry_.heap_offset + std::uint64_t{first - 2} * geometry_.cluster_size;
    PieceReader reader(pieces_);
    const Bytes dot =
        CASEMENT_TRY(reader.bytes(offset, 2).with_context([&] { return directory.name; }));
    if (dot[0] == std::byte{'.'} && dot[1] == std::byte{' '}) {
      directory.runs.push_back({offset, geometry_.cluster_size});
      return directory;
    }
  }
  return fail(Status::corrupt,
              fmt::format("{}: cluster {} holds something else now", directory.name, first));
}

Result<FatDirectory> FatVolume::directory(const FatNode& node) const {
  if (!node.is_directory()) {
    return fail(Status::not_a_directory,
                fmt::format("directory entry at 0x{:x}: a file, not a directory", node.offset));
  }
  if (node.deleted) {
    return deleted_directory(node);
  }
  FatDirectory directory;
  directory.name = fmt::format("directory of the entry at 0x{:x}", node.offset);
  const ClusterChainPtr chain = table_->chain(
      node.first_cluster(geometry_.type), max_directory_clusters(limits_, geometry_.cluster_size));
  if (chain->clusters == 0) {
    return std::unexpected(Error(*chain->broken).context(directory.name));
  }
  directory.runs = byte_runs(*chain, geometry_.heap_offset, geometry_.cluster_size);
  directory.broken = chain->broken;
  return directory;
}

SourcePtr FatVolume::content(const FatNode& node) const {
  const std::uint64_t cluster = geometry_.cluster_size;
  const std::uint64_t needed = (node.size() + cluster - 1) / cluster;
  const std::uint32_t first = node.first_cluster(geometry_.type);
  ChainContent content;
  content.name = fmt::format("{} / file of the entry at 0x{:x}", source_->describe(), node.offset);
  content.size = node.size();
  content.valid = node.size();
  if (needed == 0) {
    return make_chain_source(source_, std::move(content));
  }
  const ClusterChainPtr chain =
      node.deleted ? std::make_shared<const ClusterChain>(table_->free_chain(first, needed))
                   : table_->chain(first, needed);
  content.runs = byte_runs(*chain, geometry_.heap_offset, geometry_.cluster_size);
  if (chain->clusters < needed) {
    content.lost = chain->broken.value_or(
        Error(Status::corrupt, fmt::format("the chain of cluster {} ends after {} of {} clusters",
                                           first, chain->clusters, needed)));
    if (!node.deleted) {
      findings_.add(Severity::error, "fat-chain", node.offset, [&] {
        return fmt::format("directory entry at 0x{:x}: {} bytes, but {}", node.offset, node.size(),
                           content.lost->message());
      });
    }
  } else if (!chain->ended && !node.deleted) {
    findings_.add(Severity::note, "fat-chain-longer", node.offset, [&] {
      return fmt::format("directory entry at 0x{:x}: its chain goes on behind its {} bytes",
                         node.offset, node.size());
    });
  }
  return make_chain_source(source_, std::move(content));
}

}  // namespace casement
