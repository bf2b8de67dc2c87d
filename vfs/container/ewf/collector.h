// SPDX-License-Identifier: Apache-2.0
// What the sections of all segments say, put together section by section.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/container/ewf/case_data.h"
#include "vfs/container/ewf/chunk_index.h"
#include "vfs/container/ewf/geometry.h"
#include "vfs/container/ewf/section.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"

namespace casement {

/// Why chunks cannot be read.
struct EwfLoss {
  Status status = Status::corrupt;
  std::string reason;  // "segment image.E02 is missing"
};

/// How the sections of a segment end.
enum class SegmentEnd : std::uint8_t {
  done,   // the last segment
  next,   // there is another one
  broken  // neither: it is cut or damaged
};

/// All that is known about an image when its segments have been gone through.
struct EwfContents {
  EwfGeometry geometry;
  ChunkIndex index;
  std::vector<EwfLoss> losses;  // in the order of the segments
  EwfCase case_data;
  EwfDigests digests;
};

/// Give it the segments in their order, then finish().
class EwfCollector {
 public:
  EwfCollector(const Limits& limits, Diagnostics& findings)
      : limits_(limits), findings_(findings) {}

  /// Goes through the sections of segment `index`. What is damaged is a finding; limit_exceeded:
  /// the tables are larger than Limits::max_table_size.
  Result<SegmentEnd> read_segment(const ByteSource& segment, std::uint32_t index,
                                  const std::string& name);

  /// Some chunks are lost here, and nobody knows how many.
  void lose(Status status, std::string reason);

  /// `is_complete`: the end of the last segment was seen. corrupt, truncated: no section says what
  /// the medium is.
  Result<EwfContents> finish(bool is_complete) &&;

 private:
  /// Where the section that is looked at lies.
  struct Place {
    const ByteSource& segment;
    std::uint32_t index;
    const std::string& name;
  };
  enum class TableState : std::uint8_t { none, taken, damaged };

  Result<void> take_section(const Place& place, const EwfSection& section);
  Result<void> take_table(const Place& place, const EwfSection& section);
  void settle_table();
  void take_volume(const Place& place, const EwfSection& section);
  void compare_volume(const Place& place, const EwfGeometry& other);
  void take_case(const Place& place, const EwfSection& section);
  void take_digests(const Place& place, const EwfSection& section);
  void take_bad_sectors(const Place& place, const EwfSection& section);
  void report_chunks(const EwfContents& contents);
  void add_table(ChunkTable table);
  void add_damage(const Place& place, const EwfSection& section, const Error& error);

  const Limits& limits_;
  Diagnostics& findings_;
  ChunkIndexBuilder tables_;
  std::uint64_t table_bytes_ = 0;
  std::vector<EwfLoss> losses_;
  std::optional<EwfGeometry> geometry_;
  std::optional<EwfGeometry> unchecked_geometry_;  // its checksum is wrong
  std::optional<Error> geometry_error_;
  std::optional<EwfCase> case_;
  bool case_is_utf16_ = false;
  EwfDigests digests_;

  // Of the segment that is being read.
  TableState table_state_ = TableState::none;
  ReadTable damaged_table_;  // the better one of two damaged copies
  std::optional<std::uint64_t> sectors_end_;
};

}  // namespace casement
