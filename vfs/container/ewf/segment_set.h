// SPDX-License-Identifier: Apache-2.0
// The files of the segments, few of them open at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "vfs/source/image_folder.h"

namespace casement {

/// A disk of 2 TiB has thousands of segments, and a process may open about a thousand files: those
/// used last stay open, the others are found again by their names. open() is thread-safe.
class SegmentSet {
 public:
  static constexpr std::size_t max_open = 32;

  explicit SegmentSet(ImageFolderPtr folder) : folder_(std::move(folder)) {}

  /// Not thread-safe. `keep_open`: the source is not to be had by its name again.
  void add(std::string name, const SourcePtr& source, bool keep_open);

  std::size_t size() const noexcept { return segments_.size(); }
  const std::string& name(std::size_t index) const { return segments_[index].name; }

  /// not_found, io_failed: the segment is gone, or has another size than when it was read first.
  Result<SourcePtr> open(std::size_t index) const;

 private:
  struct Segment {
    std::string name;
    std::uint64_t file_size = 0;
    SourcePtr kept;  // null: in recent_, or not open
  };

  using Recent = std::pair<std::size_t, SourcePtr>;

  /// nullptr: it is not open.
  SourcePtr recall(std::size_t index) const;
  void remember(std::size_t index, const SourcePtr& source) const;

  ImageFolderPtr folder_;
  std::vector<Segment> segments_;
  mutable std::mutex mutex_;
  mutable std::list<Recent> recent_;  // the front was used last
};

}  // namespace casement
