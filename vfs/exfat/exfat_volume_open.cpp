// SPDX-License-Identifier: Apache-2.0
// Opening a volume: the boot region, and what the root directory says of the volume.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/exfat/boot_region.h"
#include "vfs/exfat/exfat_volume.h"
#include "vfs/source/cluster/chain_source.h"

namespace casement {
namespace {

namespace layout = exfat_layout;

/// A piece of the table holds 64 MiB worth of clusters of 4 KiB.
constexpr std::uint32_t table_piece = 65'536;
/// Directories are small and lie apart: larger pieces would read what nobody asked for.
constexpr std::uint32_t directory_piece = 16'384;
/// 65536 units.
constexpr std::uint64_t max_upcase_size = 131'072;

}  // namespace

ExfatVolume::ExfatVolume(SourcePtr source, const Limits& limits)
    : source_(std::move(source)),
      limits_(limits),
      pieces_(std::make_shared<PieceCache>(source_, directory_piece, limits.max_cache_size / 2)) {}

Result<std::shared_ptr<const ExfatVolume>> ExfatVolume::open(SourcePtr source,
                                                             const Limits& limits) {
  std::shared_ptr<ExfatVolume> volume(new ExfatVolume(std::move(source), limits));
  volume->geometry_ = CASEMENT_TRY(read_exfat_boot_region(*volume->source_, volume->findings_));
  const ExfatGeometry& geometry = volume->geometry_;
  UniqueFindings& findings = volume->findings_;
  if (volume->source_->size() < geometry.volume_size) {
    findings.add(Severity::warning, "exfat-truncated", 0, [&] {
      return fmt::format("the volume has 0x{:x} bytes, its boot sector says 0x{:x}",
                         volume->source_->size(), geometry.volume_size);
    });
  }
  if (geometry.fat_count == 2) {
    findings.add(Severity::note, "exfat-two-fats", 0, [&] {
      return fmt::format("a TexFAT volume; FAT {} is the active one", geometry.active_fat);
    });
  }
  if (geometry.media_failure) {
    findings.add(Severity::note, "exfat-disk-errors", 0,
                 [] { return std::string("a driver met errors of the disk"); });
  }
  volume->table_.emplace(
      std::make_shared<PieceCache>(volume->source_, table_piece, limits.max_cache_size / 2),
      geometry.table(), limits.max_runs);
  CASEMENT_TRY(volume->read_root().with_context([] { return std::string("root directory"); }));
  return volume;
}

Result<void> ExfatVolume::read_root() {
  RecordCursor cursor(pieces_, root().runs, layout::slot_size);
  std::optional<layout::TableSlot> upcase_slot;
  bool any = false;
  while (true) {
    const auto record = cursor.next();
    if (!record) {
      if (!any) {
        return std::unexpected(record.error());  // not even the first slot: nothing can be listed
      }
      continue;  // the reader of the directory will say so
    }
    if (!*record || (*record)->bytes[0] == std::byte{layout::slot_type::end}) {
      break;
    }
    any = true;
    read_root_slot((*record)->bytes, upcase_slot);
  }
  read_upcase_table(upcase_slot);
  if (!bitmap_) {
    findings_.add(Severity::warning, "exfat-no-bitmap", 0,
                  [] { return std::string("root directory: no allocation bitmap"); });
  }
  return {};
}

void ExfatVolume::read_root_slot(Bytes slot, std::optional<layout::TableSlot>& upcase_slot) {
  const auto type = std::to_integer<std::uint8_t>(slot[0]);
  if (type == layout::slot_type::bitmap || type == layout::slot_type::upcase_table) {
    const auto table = load<layout::TableSlot>(slot, 0, "table slot");
    if (table && type == layout::slot_type::upcase_table && !upcase_slot) {
      upcase_slot = *table;
    } else if (table && type == layout::slot_type::bitmap &&
               (table->flags & 1U) == geometry_.active_fat) {
      read_bitmap(*table);
    }
  } else if (type == layout::slot_type::label) {
    if (const auto label = load<layout::LabelSlot>(slot, 0, "label slot")) {
      label_ = from_utf16le(label->label);
      label_.resize(std::min<std::size_t>(label->length, label_.size()));
    }
  } else if (type == layout::slot_type::volume_guid) {
    if (const auto stored = load<layout::GuidSlot>(slot, 0, "GUID slot")) {
      guid_ = Guid::from_bytes(stored->guid);
    }
  }
}

SourcePtr ExfatVolume::table_source(const layout::TableSlot& slot, const char* what) const {
  const std::uint64_t size = slot.data_length.value();
  const ClusterChainPtr chain = clusters(slot.first_cluster.value(), size, true);
  ChainContent content;
  content.name = fmt::format("{} / {}", source_->describe(), what);
  content.size = size;
  content.valid = size;
  content.runs = byte_runs(*chain, geometry_.heap_offset, geometry_.cluster_size);
  content.lost = chain->broken;
  return make_chain_source(source_, std::move(content));
}

void ExfatVolume::read_bitmap(const layout::TableSlot& slot) {
  const std::uint64_t expected = (std::uint64_t{geometry_.cluster_count} + 7) / 8;
  if (slot.data_length.value() < expected) {
    findings_.add(Severity::warning, "exfat-bitmap", 0, [&] {
      return fmt::format("the allocation bitmap has {} bytes, expected {} for {} clusters",
                         slot.data_length.value(), expected, geometry_.cluster_count);
    });
  }
  bitmap_ = table_source(slot, "allocation bitmap");
}

void ExfatVolume::read_upcase_table(const std::optional<layout::TableSlot>& slot) {
  const auto read = [&]() -> Result<ExfatUpcaseTable> {
    if (!slot) {
      return fail(Status::corrupt, "root directory: no up-case table");
    }
    const std::uint64_t size = slot->data_length.value();
    if (size == 0 || size > max_upcase_size) {
      return fail(Status::corrupt, fmt::format("up-case table: {} bytes, expected at most {}", size,
                                               max_upcase_size));
    }
    std::vector<std::byte> raw(size);
    CASEMENT_TRY(table_source(*slot, "up-case table")->read(0, raw));
    return ExfatUpcaseTable::parse(raw, slot->checksum.value());
  };
  auto table = read();
  if (table) {
    upcase_ = *std::move(table);
    return;
  }
  findings_.add(Severity::warning, "exfat-upcase-table", 0, [&] {
    return fmt::format("{}; names are compared as Windows would", table.error().message());
  });
}

}  // namespace casement
