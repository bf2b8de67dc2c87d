// SPDX-License-Identifier: Apache-2.0
// Finding the segments by name, guarding against files that only look like segments.
#include "vfs/container/split/split_container.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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
  /// The first segments of the set that are missing; `first` is then the file that was named.
  std::vector<std::string> missing;
};

/// Whether a file can follow a segment.
bool fits_behind(const Segment& next, const Segment& before) {
  return next.source->size() != 0 && next.source->size() <= before.source->size();
}

/// A later segment behind the missing one at `index`.
Result<std::optional<Segment>> find_after_gap(const ContainerFile& file, const SegmentName& name,
                                              std::uint64_t index) {
  if (name.index() > index) {
    return std::optional(Segment{file.source, file.name});  // the one that was named
  }
  for (std::uint64_t i = index + 1; i <= index + gap_probe; ++i) {
    auto segment = CASEMENT_TRY(find_segment(file, name, i));
    if (segment) {
      return segment;
    }
  }
  return std::optional<Segment>{};
}

/// `file` when it is a segment, by its neighbours, of a set whose first segment is missing.
Result<std::optional<Start>> find_headless(const ContainerFile& file, const SegmentName& name) {
  const Segment self{file.source, file.name};
  if (!name.is_padded()) {
    return std::optional<Start>{};  // too many names that count nothing look like this
  }
  const auto before = CASEMENT_TRY(find_segment(file, name, name.index() - 1));
  const auto next = CASEMENT_TRY(find_segment(file, name, name.index() + 1));
  if (!(before && fits_behind(self, *before)) && !(next && fits_behind(*next, self))) {
    return std::optional<Start>{};
  }
  Start start{name, name.index(), self, {}};
  for (std::uint64_t i = name.first_indexes().back();
       i < name.index() && start.missing.size() < gap_probe; ++i) {
    const auto segment = CASEMENT_TRY(find_segment(file, name, i));
    if (!segment) {
      start.missing.push_back(name.at(i).value_or("a segment"));
    }
  }
  return start;
}

/// The set that `file` belongs to, or nullopt when it belongs to none.
Result<std::optional<Start>> find_start(const ContainerFile& file) {
  const auto name = SegmentName::parse(file.name);
  if (!name) {
    return std::optional<Start>{};
  }
  bool has_first = false;
  for (const std::uint64_t index : name->first_indexes()) {
    if (index > name->index()) {
      continue;
    }
    auto first = CASEMENT_TRY(find_segment(file, *name, index));
    if (!first) {
      continue;
    }
    has_first = true;
    auto follower = CASEMENT_TRY(find_segment(file, *name, index + 1));
    if (!follower) {
      follower = CASEMENT_TRY(find_after_gap(file, *name, index + 1));
    }
    if (follower && fits_behind(*follower, *first)) {
      return Start{*name, index, *std::move(first), {}};
    }
  }
  return has_first ? std::optional<Start>{} : CASEMENT_TRY(find_headless(file, *name));
}

/// All segments in order; findings about gaps go to `opened`.
Result<std::vector<Segment>> collect(const ContainerFile& file, const Start& start,
                                     const Limits& limits, OpenedContainer& opened) {
  std::vector<Segment> segments = {start.first};
  const std::uint64_t full = start.first.source->size();
  for (std::uint64_t index = start.index + 1;; ++index) {
    auto next = CASEMENT_TRY(find_segment(file, start.name, index));
    if (!next) {
      const auto later = CASEMENT_TRY(find_after_gap(file, start.name, index));
      if (later) {
        opened.diagnostics.add(
            Severity::error, "split-gap",
            fmt::format("{} is missing, but {} is there: the disk ends before the gap",
                        start.name.at(index).value_or("a segment"), later->name));
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
  std::vector<Segment> segments;
  if (start->missing.empty()) {
    segments = CASEMENT_TRY(collect(file, *start, context.limits, opened));
  } else {
    opened.diagnostics.add(
        Severity::error, "split-first-missing",
        fmt::format("{} missing before {}: the disk begins there, and only the bytes of {} itself "
                    "are shown",
                    fmt::join(start->missing, ", "), file.name, file.name));
    segments.push_back(start->first);
  }
  std::vector<SourceExtent> extents;
  for (const Segment& segment : segments) {
    extents.push_back({segment.source->size(), segment.source, 0});
    if (segment.source != file.source) {
      opened.other_files.push_back(segment.source->describe());
    }
  }
  opened.detail =
      fmt::format("{} segment{} of {}", segments.size(), segments.size() == 1 ? "" : "s",
                  size_text(start->first.source->size()));
  opened.disk =
      CASEMENT_TRY(make_extent_source(std::move(extents), start->first.source->describe()));
  return opened;
}

}  // namespace casement
