// SPDX-License-Identifier: Apache-2.0
// Finding the segments by name, guarding against files that only look like segments.
#include "vfs/container/split/split_container.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "vfs/container/size_text.h"
#include "vfs/container/split/segment_names.h"
#include "vfs/source/extent_source.h"

namespace casement {
namespace {

/// How far behind the last segment others are looked for, to tell a gap from the end.
constexpr std::uint64_t gap_probe = 16;

struct Segment {
  SourcePtr source;
  std::string name;
};

/// The segment with this counter; nullopt: there is none.
Result<std::optional<Segment>> find_segment(const ContainerFile& file, const SegmentName& name,
                                            std::uint64_t index) {
  auto text = name.at(index);
  if (!text) {
    return std::optional<Segment>{};
  }
  SourcePtr source = index == name.index() ? file.source : CASEMENT_TRY(file.folder->find(*text));
  if (!source) {
    return std::optional<Segment>{};
  }
  return Segment{std::move(source), *std::move(text)};
}

/// Where a set begins.
struct Start {
  SegmentName name;
  std::uint64_t index = 0;
  Segment first;
};

/// The set that `file` belongs to, or nullopt when it belongs to none.
Result<std::optional<Start>> find_start(const ContainerFile& file) {
  const auto name = SegmentName::parse(file.name);
  if (!name) {
    return std::optional<Start>{};
  }
  for (const std::uint64_t index : name->first_indexes()) {
    if (index > name->index()) {
      continue;
    }
    auto first = CASEMENT_TRY(find_segment(file, *name, index));
    if (!first) {
      continue;
    }
    const auto second = CASEMENT_TRY(find_segment(file, *name, index + 1));
    if (second && second->source->size() != 0 && second->source->size() <= first->source->size()) {
      return Start{*name, index, *std::move(first)};
    }
  }
  return std::optional<Start>{};
}

/// Whether a later segment exists behind the missing one at `index`.
Result<std::optional<std::string>> find_after_gap(const ContainerFile& file, const Start& start,
                                                  std::uint64_t index) {
  if (start.name.index() > index) {
    return std::optional<std::string>(file.name);  // the one that was named
  }
  for (std::uint64_t i = index + 1; i <= index + gap_probe; ++i) {
    const auto segment = CASEMENT_TRY(find_segment(file, start.name, i));
    if (segment) {
      return std::optional<std::string>(segment->name);
    }
  }
  return std::optional<std::string>{};
}

/// All segments in order; findings about gaps go to `opened`.
Result<std::vector<Segment>> collect(const ContainerFile& file, const Start& start,
                                     const Limits& limits, OpenedContainer& opened) {
  std::vector<Segment> segments = {start.first};
  const std::uint64_t full = start.first.source->size();
  for (std::uint64_t index = start.index + 1;; ++index) {
    auto next = CASEMENT_TRY(find_segment(file, start.name, index));
    if (!next) {
      const auto later = CASEMENT_TRY(find_after_gap(file, start, index));
      if (later) {
        opened.diagnostics.add(
            Severity::error, "split-gap",
            fmt::format("{} is missing, but {} is there: the disk ends before the gap",
                        start.name.at(index).value_or("a segment"), *later));
      }
      return segments;
    }
    if (segments.size() >= limits.max_segments) {
      return fail(Status::limit_exceeded,
                  fmt::format("{}: more than {} segments", start.first.name, limits.max_segments));
    }
    // What was taken for the last one until now is followed by another.
    const Segment& before = segments.back();
    if (before.source->size() != full) {
      return fail(
          Status::corrupt,
          fmt::format("{}: {} bytes, but {} has {} and {} follows: all segments but the "
                      "last must have one size",
                      before.name, before.source->size(), start.first.name, full, next->name));
    }
    if (next->source->size() > full) {
      return fail(Status::corrupt, fmt::format("{}: {} bytes, more than the {} of {}", next->name,
                                               next->source->size(), full, start.first.name));
    }
    segments.push_back(*std::move(next));
  }
}

}  // namespace

Result<bool> probe_split(const ContainerFile& file) {
  return CASEMENT_TRY(find_start(file)).has_value();
}

Result<OpenedContainer> open_split(const ContainerFile& file, const ContainerContext& context) {
  const auto start = CASEMENT_TRY(find_start(file));
  if (!start) {
    return fail(Status::not_found,
                fmt::format("{}: no other segments of a split image beside it", file.name));
  }
  OpenedContainer opened;
  opened.format = "split";
  if (start->index != start->name.index()) {
    opened.diagnostics.add(Severity::note, "split-not-first",
                           fmt::format("{} is not the first segment: the image is opened from {}",
                                       file.name, start->first.name));
  }
  const auto segments = CASEMENT_TRY(collect(file, *start, context.limits, opened));
  std::vector<SourceExtent> extents;
  for (const Segment& segment : segments) {
    extents.push_back({segment.source->size(), segment.source, 0});
    if (segment.source != file.source) {
      opened.other_files.push_back(segment.source->describe());
    }
  }
  opened.detail =
      fmt::format("{} segments of {}", segments.size(), size_text(start->first.source->size()));
  opened.disk =
      CASEMENT_TRY(make_extent_source(std::move(extents), start->first.source->describe()));
  return opened;
}

}  // namespace casement
