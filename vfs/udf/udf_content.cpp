// SPDX-License-Identifier: Apache-2.0
// Allocation descriptors to extents, extents to a source.
#include "vfs/udf/udf_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "vfs/source/extent_source.h"
#include "vfs/source/lost_extent.h"
#include "vfs/source/memory_source.h"
#include "vfs/udf/udf_file_layout.h"
#include "vfs/udf/udf_tag.h"

namespace casement {
namespace {

namespace layout = udf_layout;
namespace extent_kind = udf_layout::extent_kind;

struct Allocation {
  std::uint32_t kind = 0;
  std::uint32_t length = 0;
  UdfPlace place;
  bool encoded = false;  // its recorded length is not that of the information
};

template <class Descriptor>
Allocation to_allocation(const Descriptor& raw, std::uint16_t partition) noexcept {
  Allocation out;
  out.kind = raw.length.value() >> layout::extent_kind_shift;
  out.length = raw.length.value() & layout::extent_length_mask;
  if constexpr (std::is_same_v<Descriptor, layout::ShortAllocation>) {
    out.place = {partition, raw.block.value()};
  } else {
    out.place = {raw.location.partition.value(), raw.location.block.value()};
  }
  if constexpr (std::is_same_v<Descriptor, layout::ExtendedAllocation>) {
    const std::uint32_t recorded = raw.recorded_length.value() & layout::extent_length_mask;
    out.encoded = out.kind == extent_kind::recorded && out.length != 0 &&
                  recorded != raw.information_length.value();
    out.length =
        out.kind == extent_kind::continuation ? out.length : raw.information_length.value();
  }
  return out;
}

std::size_t size_of_descriptor(std::uint16_t kind) noexcept {
  switch (kind) {
    case layout::allocation::short_descriptors:
      return sizeof(layout::ShortAllocation);
    case layout::allocation::long_descriptors:
      return sizeof(layout::LongAllocation);
    default:
      return sizeof(layout::ExtendedAllocation);
  }
}

Result<Allocation> load_allocation(Bytes area, std::size_t at, std::uint16_t kind,
                                   std::uint16_t partition) {
  constexpr const char* what = "allocation descriptor";
  switch (kind) {
    case layout::allocation::short_descriptors:
      return to_allocation(CASEMENT_TRY(load<layout::ShortAllocation>(area, at, what)), partition);
    case layout::allocation::long_descriptors:
      return to_allocation(CASEMENT_TRY(load<layout::LongAllocation>(area, at, what)), partition);
    default:
      return to_allocation(CASEMENT_TRY(load<layout::ExtendedAllocation>(area, at, what)),
                           partition);
  }
}

/// The descriptors in an allocation extent. UDF 2.3.11: such an extent is one block long.
Result<std::vector<std::byte>> read_continuation(const UdfSpace& space, UdfPlace place) {
  const auto parse = [&](Bytes block) -> Result<std::vector<std::byte>> {
    constexpr const char* what = "allocation extent";
    CASEMENT_TRY(expect_udf_tag(block, layout::tag_id::allocation_extent, what));
    const auto head = CASEMENT_TRY(load<layout::AllocationExtent>(block, 0, what));
    return to_vector(CASEMENT_TRY(slice(block, sizeof(head), head.length.value(), what)));
  };
  const auto block = space.read_block(place);
  auto descriptors =
      block ? parse(*block) : Result<std::vector<std::byte>>(std::unexpected(block.error()));
  if (!descriptors) {
    const auto copy = space.read_mirror(place);
    auto mirrored = copy && *copy ? parse(**copy) : descriptors;
    if (mirrored) {
      return mirrored;
    }
  }
  return std::move(descriptors).with_context([&] {
    return fmt::format("continuation in {}", to_string(place));
  });
}

Error too_short(std::uint64_t held, std::uint64_t size) {
  return {Status::corrupt, fmt::format("its extents hold {} of {} bytes", held, size)};
}

/// Puts the pieces of one file together.
class ContentBuilder {
 public:
  ContentBuilder(const UdfSpace& space, const UdfEntry& entry, std::string name,
                 UniqueFindings& findings)
      : space_(space), entry_(entry), name_(std::move(name)), findings_(findings) {}

  std::uint64_t left() const noexcept { return entry_.size - held_; }

  void add(const UdfExtent& extent) {
    const std::uint64_t length = std::min(extent.length, left());
    if (!extent.recorded) {
      push({length, nullptr, 0});
      return;
    }
    const auto partition = space_.partition(extent.place.partition);
    if (!partition) {
      lose(length, partition.error());
      return;
    }
    const SourcePtr& bytes = (*partition)->bytes;
    const std::uint64_t offset = std::uint64_t{extent.place.block} * space_.block_size();
    const std::uint64_t there =
        offset < bytes->size() ? std::min(length, bytes->size() - offset) : 0;
    push({there, bytes, offset});
    if (there < length) {
      lose(length - there,
           Error(Status::corrupt,
                 fmt::format("an extent of {} bytes from {} on leaves its partition", extent.length,
                             to_string(extent.place))));
    }
  }

  void lose(std::uint64_t length, const Error& error) {
    findings_.add(Severity::error, "udf-lost", to_number(entry_.place), [&] {
      return fmt::format("file entry in {}: {} bytes from 0x{:x} on are lost: {}",
                         to_string(entry_.place), length, held_, error.message());
    });
    if (!pieces_.empty() && lost_ && pieces_.back().source == lost_) {
      pieces_.back().length += length;
      held_ += length;
      return;
    }
    if (!lost_) {
      // One for the file, with the first error: descriptors may name any number of lost extents.
      lost_ = lost_extent(left(), error, name_).source;
    }
    push({length, lost_, 0});
  }

  void push(SourceExtent piece) {
    held_ += piece.length;
    if (piece.length != 0) {
      pieces_.push_back(std::move(piece));
    }
  }

  Result<SourcePtr> finish() && { return make_extent_source(std::move(pieces_), std::move(name_)); }

 private:
  const UdfSpace& space_;
  const UdfEntry& entry_;
  std::string name_;
  UniqueFindings& findings_;
  std::vector<SourceExtent> pieces_;
  SourcePtr lost_;  // null: nothing is
  std::uint64_t held_ = 0;
};

}  // namespace

UdfExtents read_udf_extents(const UdfSpace& space, const UdfEntry& entry, const Limits& limits) {
  UdfExtents out;
  const std::uint16_t kind = entry.allocation_kind();
  if (kind == layout::allocation::in_entry) {
    return out;
  }
  if (kind > layout::allocation::in_entry) {
    out.broken = Error(Status::corrupt, fmt::format("allocation descriptors of kind {}", kind));
    return out;
  }
  const std::size_t step = size_of_descriptor(kind);
  std::vector<std::byte> area = entry.allocations;
  std::unordered_set<std::uint64_t> continued;
  for (std::size_t at = 0; in_range(area.size(), at, step);) {
    const auto found = load_allocation(area, at, kind, entry.place.partition);
    at += step;
    if (!found || found->length == 0) {
      break;  // the end of the list
    }
    if (found->kind == extent_kind::continuation) {
      if (!continued.insert(to_number(found->place)).second) {
        out.broken = Error(Status::corrupt,
                           fmt::format("continuations lead back to {}", to_string(found->place)));
        break;
      }
      auto next = read_continuation(space, found->place);
      if (!next) {
        out.broken = std::move(next).error();
        break;
      }
      area = *std::move(next);
      at = 0;
      continue;
    }
    if (found->encoded) {
      out.broken = Error(Status::unsupported, "an extent that is not recorded as it is");
      break;
    }
    if (out.list.size() == limits.max_runs) {
      out.broken =
          Error(Status::limit_exceeded, fmt::format("more than {} extents", limits.max_runs));
      break;
    }
    out.list.push_back({found->place, found->length, found->kind == extent_kind::recorded});
  }
  return out;
}

Result<SourcePtr> open_udf_content(const UdfSpace& space, const UdfEntry& entry,
                                   const Limits& limits, UniqueFindings& findings) {
  std::string name = fmt::format("{} / file of the entry in {}", space.volume()->describe(),
                                 to_string(entry.place));
  ContentBuilder content(space, entry, name, findings);
  if (entry.allocation_kind() == layout::allocation::in_entry) {
    std::vector<std::byte> bytes = entry.allocations;
    bytes.resize(static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), entry.size)));
    const std::uint64_t length = bytes.size();
    content.push({length, make_memory_source(std::move(bytes), std::move(name)), 0});
    if (content.left() != 0) {
      content.lose(content.left(), too_short(length, entry.size));
    }
    return std::move(content).finish();
  }
  const UdfExtents extents = read_udf_extents(space, entry, limits);
  for (const UdfExtent& extent : extents.list) {
    if (content.left() == 0) {
      break;
    }
    content.add(extent);
  }
  if (content.left() != 0) {
    content.lose(content.left(),
                 extents.broken.value_or(too_short(entry.size - content.left(), entry.size)));
  }
  return std::move(content).finish();
}

}  // namespace casement
