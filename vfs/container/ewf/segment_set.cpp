// SPDX-License-Identifier: Apache-2.0
// A short list of open files; it is searched from the one used last.
#include "vfs/container/ewf/segment_set.h"

#include <fmt/format.h>

#include <algorithm>

namespace casement {

void SegmentSet::add(std::string name, const SourcePtr& source, bool keep_open) {
  segments_.push_back({std::move(name), source->size(), keep_open ? source : nullptr});
  if (!keep_open) {
    remember(segments_.size() - 1, source);
  }
}

Result<SourcePtr> SegmentSet::open(std::size_t index) const {
  const Segment& segment = segments_[index];
  if (segment.kept) {
    return segment.kept;
  }
  if (SourcePtr source = recall(index)) {
    return source;
  }
  SourcePtr source = CASEMENT_TRY(folder_->find(segment.name).with_context([&] {
    return fmt::format("open segment {} again", segment.name);
  }));
  if (!source) {
    return fail(Status::not_found,
                fmt::format("segment {} is not in {} any more", segment.name, folder_->describe()));
  }
  if (source->size() != segment.file_size) {
    return fail(Status::io_failed,
                fmt::format("segment {} has {} bytes, and had {} when it was opened first",
                            segment.name, source->size(), segment.file_size));
  }
  remember(index, source);
  return source;
}

SourcePtr SegmentSet::recall(std::size_t index) const {
  const std::lock_guard lock(mutex_);
  const auto known = std::ranges::find(recent_, index, &Recent::first);
  if (known == recent_.end()) {
    return nullptr;
  }
  recent_.splice(recent_.begin(), recent_, known);
  return recent_.front().second;
}

void SegmentSet::remember(std::size_t index, const SourcePtr& source) const {
  const std::lock_guard lock(mutex_);
  if (std::ranges::find(recent_, index, &Recent::first) != recent_.end()) {
    return;  // another thread was faster
  }
  recent_.emplace_front(index, source);
  if (recent_.size() > max_open) {
    recent_.pop_back();
  }
}

}  // namespace casement
