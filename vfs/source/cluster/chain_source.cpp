// SPDX-License-Identifier: Apache-2.0
// Positions in a file to positions on the volume.
#include "vfs/source/cluster/chain_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "vfs/core/zero_fill.h"

namespace casement {
namespace {

class ChainSource final : public ByteSource {
 public:
  ChainSource(SourcePtr volume, ChainContent content)
      : volume_(std::move(volume)), content_(std::move(content)) {
    starts_.reserve(content_.runs.size());
    for (const ByteRun& run : content_.runs) {
      starts_.push_back(held_);
      held_ += run.length;
    }
  }

  std::uint64_t size() const noexcept override { return content_.size; }
  std::string describe() const override { return content_.name; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    if (offset < content_.valid) {
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), content_.valid - offset));
      CASEMENT_TRY(read_runs(offset, out.first(count)));
      out = out.subspan(count);
    }
    zero_fill(out);
    return {};
  }

  Result<void> read_runs(std::uint64_t offset, MutableBytes out) const {
    if (!in_range(held_, offset, out.size())) {
      return std::unexpected(lost());
    }
    auto run = static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), offset) -
                                        starts_.begin());
    while (!out.empty()) {
      const ByteRun& place = content_.runs[run - 1];  // out is not empty: there is a run
      const std::uint64_t within = offset - starts_[run - 1];
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), place.length - within));
      CASEMENT_TRY(volume_->read(place.offset + within, out.first(count)).with_context([&] {
        return fmt::format("{} at 0x{:x}", content_.name, offset);
      }));
      out = out.subspan(count);
      offset += count;
      ++run;
    }
    return {};
  }

  Error lost() const {
    std::string what = fmt::format("{}: its bytes from 0x{:x} to 0x{:x} are lost", content_.name,
                                   held_, content_.valid);
    if (content_.lost) {
      return Error(*content_.lost).context(std::move(what));
    }
    return {Status::corrupt, std::move(what)};
  }

  SourcePtr volume_;
  ChainContent content_;
  std::vector<std::uint64_t> starts_;  // of each run in the file
  std::uint64_t held_ = 0;             // bytes of all runs
};

}  // namespace

SourcePtr make_chain_source(SourcePtr volume, ChainContent content) {
  content.valid = std::min(content.valid, content.size);
  std::erase_if(content.runs, [](const ByteRun& run) { return run.length == 0; });
  return std::make_shared<ChainSource>(std::move(volume), std::move(content));
}

}  // namespace casement
