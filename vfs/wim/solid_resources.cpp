// SPDX-License-Identifier: Apache-2.0
// Headers of solid resources, and which of them holds a blob.
#include "vfs/wim/solid_resources.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "vfs/core/checked.h"
#include "vfs/source/slice_source.h"

namespace casement::wim {
namespace {

/// Of one run. Real ones have a few at most; each costs a read and some hundred bytes.
constexpr std::size_t max_run_resources = 4096;
/// Runs that are kept: real files have one a part at most.
constexpr std::size_t max_runs = 4;
/// Opened resources that are kept. Each has 8 bytes for each of its chunks; chunks that are decoded
/// stay in their cache.
constexpr std::size_t max_opened = 8;

}  // namespace

Result<ResourceSpec> read_solid_resource(const WimPart& part, const BlobEntry& entry,
                                         std::uint32_t row) {
  ResourceSpec spec{
      .file = part.source,
      .location = entry.location,
      .format = {.compression = Compression::none, .chunk_size = 0, .table = ChunkTableKind::solid},
      .use = ResourceUse::blob,
      .cache_owner = row,
      .label = fmt::format("solid resource at 0x{:x}", entry.location.offset)};
  CASEMENT_TRY(check_place(spec));
  std::array<std::byte, sizeof(wim_layout::SolidHeader)> raw{};
  if (spec.location.stored_size < raw.size()) {
    return fail(Status::corrupt,
                fmt::format("{}: {} bytes, expected a header of {}", spec.describe(),
                            spec.location.stored_size, raw.size()));
  }
  CASEMENT_TRY(spec.file->read(spec.location.offset, raw));
  const auto header = CASEMENT_TRY(load<wim_layout::SolidHeader>(raw, 0, "solid resource header"));
  const std::uint32_t compression = header.compression.value();
  if (compression > static_cast<std::uint32_t>(Compression::lzms)) {
    return fail(Status::unsupported,
                fmt::format("{}: compression {}; known are 0 to 3", spec.describe(), compression));
  }
  spec.location.size = header.size.value();
  spec.format.chunk_size = header.chunk_size.value();
  spec.format.compression = static_cast<Compression>(compression);
  return spec;
}

Result<SolidPlace> SolidRunMap::find(const BlobEntry& blob) const {
  const std::uint64_t offset = blob.location.offset;
  const auto behind = std::ranges::upper_bound(starts, offset);
  if (behind != starts.begin()) {
    const auto index = static_cast<std::size_t>(behind - starts.begin() - 1);
    if (!resources[index]) {
      return std::unexpected(resources[index].error());
    }
    const std::uint64_t within = offset - starts[index];
    if (in_range(resources[index]->location.size, within, blob.plain_size())) {
      return SolidPlace{.resource = index, .offset = within};
    }
  }
  return fail(Status::corrupt,
              fmt::format("{} bytes at 0x{:x} of a solid run, where no resource of it holds them",
                          blob.plain_size(), offset));
}

SolidRunMap map_solid_run(const BlobTable& table, const SolidRun& run, const PartSet& parts) {
  SolidRunMap map;
  std::optional<std::uint64_t> start = 0;
  std::set<std::pair<std::uint16_t, std::uint64_t>> places;
  const auto read = [&](std::uint32_t row) -> Result<ResourceSpec> {
    const BlobEntry entry = table.at(row);
    if (map.resources.size() == max_run_resources) {
      return fail(Status::limit_exceeded,
                  fmt::format("a run of {} solid resources, more than the limit of {}",
                              run.resources.size(), max_run_resources));
    }
    const WimPart* part = parts.find(entry.part);
    if (part == nullptr) {
      return fail(Status::not_found,
                  fmt::format("a solid resource in part {}, which is missing", entry.part));
    }
    if (!places.emplace(entry.part, entry.location.offset).second) {
      return fail(Status::corrupt, fmt::format("{}: the solid resource at 0x{:x} is listed twice",
                                               part->name, entry.location.offset));
    }
    return read_solid_resource(*part, entry, row);
  };
  for (const std::uint32_t row : run.resources) {
    auto spec = read(row);
    if (start) {
      map.starts.push_back(*start);
      start = spec ? checked_add(*start, spec->location.size) : std::nullopt;
    }
    map.resources.push_back(std::move(spec));
    if (map.resources.size() > max_run_resources) {
      break;
    }
  }
  return map;
}

/// Precondition: the lock is held. Valid until the next call.
const SolidRunMap& SolidRuns::map_of(std::size_t index, const PartSet& parts) const {
  const auto known = std::ranges::find(runs_, index, &Run::index);
  if (known != runs_.end()) {
    runs_.splice(runs_.begin(), runs_, known);
    return runs_.front().map;
  }
  runs_.push_front({index, map_solid_run(table_, table_.solid_runs()[index], parts)});
  if (runs_.size() > max_runs) {
    runs_.pop_back();
  }
  return runs_.front().map;
}

/// Precondition: the lock is held.
Result<SourcePtr> SolidRuns::open_whole(const ResourceSpec& spec, std::uint32_t row,
                                        const ReadStatePtr& state, const Limits& limits) const {
  const auto known = std::ranges::find(opened_, row, &Opened::row);
  if (known != opened_.end()) {
    opened_.splice(opened_.begin(), opened_, known);
    return opened_.front().source;
  }
  SourcePtr source = CASEMENT_TRY(open_resource(spec, state, limits));
  opened_.push_front({row, source});
  if (opened_.size() > max_opened) {
    opened_.pop_back();
  }
  return source;
}

Result<SourcePtr> SolidRuns::open(std::uint32_t row, const PartSet& parts,
                                  const ReadStatePtr& state, const Limits& limits,
                                  std::string label) const {
  const auto runs = table_.solid_runs();
  const auto behind = std::ranges::upper_bound(runs, row, {}, &SolidRun::first);
  const auto index = static_cast<std::size_t>(behind - runs.begin() - 1);
  const BlobEntry blob = table_.at(row);
  SolidPlace place;
  SourcePtr whole;
  {
    const std::scoped_lock lock(mutex_);
    const SolidRunMap& map = map_of(index, parts);
    place = CASEMENT_TRY(map.find(blob).with_context([&] { return label; }));
    whole = CASEMENT_TRY(open_whole(*map.resources[place.resource],
                                    runs[index].resources[place.resource], state, limits));
  }
  return make_slice_source(std::move(whole), place.offset, blob.plain_size(), std::move(label));
}

}  // namespace casement::wim
