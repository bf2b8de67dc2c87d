// SPDX-License-Identifier: Apache-2.0
// Clusters of directories and files, and the slots of a node.
#include "vfs/exfat/exfat_volume.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "vfs/source/cluster/chain_source.h"

namespace casement {
namespace {

namespace layout = exfat_layout;

/// "Directories shall be at most 256 MiB", by the specification.
constexpr std::uint64_t max_directory_size = std::uint64_t{256} << 20;

/// Neighbouring clusters, as many of them as exist.
ClusterChain contiguous_chain(const ClusterTable& table, std::uint32_t first, std::uint64_t count) {
  ClusterChain chain;
  const std::uint64_t last = std::uint64_t{table.layout().cluster_count} + 1;
  if (table.has(first)) {
    chain.clusters = std::min(count, last - first + 1);
    chain.runs.push_back({first, static_cast<std::uint32_t>(chain.clusters)});
  }
  chain.ended = chain.clusters == count;
  if (!chain.ended) {
    chain.broken =
        Error(Status::corrupt, fmt::format("{} clusters from cluster {} on; the last one "
                                           "is {}",
                                           count, first, last));
  }
  return chain;
}

Error ends_early(std::uint32_t first, std::uint64_t found, std::uint64_t needed) {
  return {Status::corrupt, fmt::format("the chain of cluster {} ends after {} of {} clusters",
                                       first, found, needed)};
}

}  // namespace

ClusterChainPtr ExfatVolume::clusters(std::uint32_t first, std::uint64_t size,
                                      bool has_fat_chain) const {
  const std::uint64_t needed = clusters_for(size, geometry_.cluster_size);
  if (has_fat_chain) {
    return table_->chain(first, needed);
  }
  return std::make_shared<const ClusterChain>(contiguous_chain(*table_, first, needed));
}

std::optional<bool> ExfatVolume::is_allocated(std::uint32_t cluster) const {
  std::array<std::byte, 1> byte{};
  if (!bitmap_ || !table_->has(cluster) || !bitmap_->read((cluster - 2) / 8, byte)) {
    return std::nullopt;
  }
  return ((std::to_integer<unsigned>(byte[0]) >> ((cluster - 2) % 8)) & 1U) != 0;
}

void ExfatVolume::report_reallocated(const ExfatNode& node, const ClusterChain& chain) const {
  std::array<std::byte, 4096> block{};
  std::uint64_t passed = 0;
  std::uint64_t in_use = 0;
  std::uint64_t first_in_use = 0;  // counted in clusters of the file
  for (const ClusterRun& run : chain.runs) {
    const std::uint64_t end = std::uint64_t{run.first} - 2 + run.count;
    for (std::uint64_t bit = run.first - 2; bit < end;) {
      const std::uint64_t start = bit / 8;
      const auto size = static_cast<std::size_t>(
          std::min<std::uint64_t>(block.size(), (end - 1) / 8 - start + 1));
      if (!bitmap_ || !bitmap_->read(start, std::span(block).first(size))) {
        return;  // nothing can be said
      }
      for (; bit < end && bit / 8 - start < size; ++bit, ++passed) {
        if (((std::to_integer<unsigned>(block[bit / 8 - start]) >> (bit % 8)) & 1U) != 0 &&
            in_use++ == 0) {
          first_in_use = passed;
        }
      }
    }
  }
  if (in_use != 0) {
    findings_.add(Severity::warning, "clusters-reallocated", node.offset, [&] {
      return fmt::format(
          "deleted entry at 0x{:x}: {} of its {} clusters are in use again, the first at 0x{:x} of "
          "the file: what is read there may be of other files",
          node.offset, in_use, passed, first_in_use * geometry_.cluster_size);
    });
  }
}

Result<Bytes> ExfatVolume::second_slot(PieceReader& reader, const ExfatNodePlace& place) const {
  const std::uint64_t within = (place.offset - geometry_.heap_offset) % geometry_.cluster_size;
  if (within + layout::slot_size < geometry_.cluster_size) {
    return reader.bytes(place.offset + layout::slot_size, layout::slot_size);
  }
  auto cluster = static_cast<std::uint32_t>(
      (place.offset - geometry_.heap_offset) / geometry_.cluster_size + 2);
  if (place.in_contiguous) {
    ++cluster;
  } else {
    const ClusterLink link = CASEMENT_TRY(table_->link(cluster));
    cluster = link.kind == LinkKind::next ? link.value : 0;
  }
  if (!table_->has(cluster)) {
    return fail(Status::corrupt, fmt::format("the set ends with its cluster after one slot"));
  }
  return reader.bytes(geometry_.heap_offset + std::uint64_t{cluster - 2} * geometry_.cluster_size,
                      layout::slot_size);
}

Result<ExfatNode> ExfatVolume::node(NodeId id) const {
  const ExfatNodePlace place = exfat_place_of(id);
  const std::uint64_t heap = std::uint64_t{geometry_.cluster_count} * geometry_.cluster_size;
  if (place.offset % layout::slot_size != 0 || place.offset < geometry_.heap_offset ||
      place.offset - geometry_.heap_offset >= heap) {
    return fail(Status::invalid_argument, fmt::format("no directory slot at 0x{:x}", place.offset));
  }
  const auto where = [&] { return fmt::format("directory entry at 0x{:x}", place.offset); };
  ExfatNode node;
  node.offset = place.offset;
  node.deleted = place.deleted;
  node.in_contiguous = place.in_contiguous;
  PieceReader reader(pieces_);
  const Bytes first =
      CASEMENT_TRY(reader.bytes(place.offset, layout::slot_size).with_context(where));
  node.file = CASEMENT_TRY(load<layout::FileSlot>(first, 0, "file slot"));
  const Bytes second = CASEMENT_TRY(second_slot(reader, place).with_context(where));
  node.stream = CASEMENT_TRY(load<layout::StreamSlot>(second, 0, "stream slot"));
  const auto is_type = [&](std::uint8_t found, std::uint8_t type) {
    return node.deleted ? (found | layout::slot_type::in_use) == type : found == type;
  };
  if (!is_type(node.file.type, layout::slot_type::file) ||
      !is_type(node.stream.type, layout::slot_type::stream)) {
    return fail(Status::invalid_argument,
                fmt::format("directory entry at 0x{:x}: slots of type 0x{:02x} and 0x{:02x}, "
                            "expected 0x85 and 0xc0",
                            place.offset, node.file.type, node.stream.type));
  }
  return node;
}

ExfatDirectory ExfatVolume::root() const {
  ExfatDirectory root;
  root.name = "root directory";
  const ClusterChainPtr chain = clusters(geometry_.root_cluster, max_directory_size, true);
  root.runs = byte_runs(*chain, geometry_.heap_offset, geometry_.cluster_size);
  root.broken = chain->broken;
  return root;
}

Result<ExfatDirectory> ExfatVolume::directory(const ExfatNode& node) const {
  if (!node.is_directory()) {
    return fail(Status::not_a_directory,
                fmt::format("directory entry at 0x{:x}: a file, not a directory", node.offset));
  }
  ExfatDirectory directory;
  directory.name = fmt::format("{}directory of the entry at 0x{:x}", node.deleted ? "deleted " : "",
                               node.offset);
  directory.deleted = node.deleted;
  directory.contiguous = !node.has_fat_chain();
  const std::uint32_t first = node.first_cluster();
  if (node.size() == 0 && first == 0) {
    return directory;
  }
  if (node.deleted && is_allocated(first).value_or(true)) {
    return fail(Status::corrupt,
                fmt::format("{}: cluster {} holds something else now", directory.name, first));
  }
  const std::uint64_t size = std::min(node.size(), max_directory_size);
  const ClusterChainPtr chain = clusters(first, size, node.has_fat_chain());
  if (chain->clusters == 0) {
    return std::unexpected(
        Error(chain->broken.value_or(ends_early(first, 0, 0))).context(directory.name));
  }
  directory.runs = byte_runs(*chain, geometry_.heap_offset, geometry_.cluster_size);
  const std::uint64_t needed = clusters_for(size, geometry_.cluster_size);
  if (chain->clusters < needed) {
    directory.broken = chain->broken.value_or(ends_early(first, chain->clusters, needed));
  }
  return directory;
}

SourcePtr ExfatVolume::content(const ExfatNode& node) const {
  const std::uint64_t needed = clusters_for(node.size(), geometry_.cluster_size);
  const std::uint32_t first = node.first_cluster();
  ChainContent content;
  content.name = fmt::format("{} / file of the entry at 0x{:x}", source_->describe(), node.offset);
  content.size = node.size();
  content.valid = std::min(node.stream.valid_length.value(), node.size());
  ClusterChainPtr chain = clusters(first, node.size(), node.has_fat_chain());
  if (node.deleted && chain->clusters < needed) {
    // The links of a deleted file may be gone; most files lie in one piece.
    chain = clusters(first, node.size(), false);
  }
  if (node.deleted) {
    report_reallocated(node, *chain);
  }
  content.runs = byte_runs(*chain, geometry_.heap_offset, geometry_.cluster_size);
  if (chain->clusters < needed) {
    content.lost = chain->broken.value_or(ends_early(first, chain->clusters, needed));
    if (!node.deleted) {
      findings_.add(Severity::error, "exfat-chain", node.offset, [&] {
        return fmt::format("directory entry at 0x{:x}: {} bytes, but {}", node.offset, node.size(),
                           content.lost->message());
      });
    }
  }
  if (node.stream.valid_length.value() > node.size() && !node.deleted) {
    findings_.add(Severity::warning, "exfat-valid-length", node.offset, [&] {
      return fmt::format("directory entry at 0x{:x}: {} bytes, of which {} are valid", node.offset,
                         node.size(), node.stream.valid_length.value());
    });
  }
  return make_chain_source(source_, std::move(content));
}

}  // namespace casement
