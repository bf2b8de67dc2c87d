// SPDX-License-Identifier: Apache-2.0
// Solid resources: many blobs packed as one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/wim/blob_table.h"
#include "vfs/wim/part_set.h"
#include "vfs/wim/resource.h"

namespace casement::wim {

/// The resource that row `row` describes, with the sizes of its own header. truncated: outside of
/// its file. unsupported: a compression that is not known.
Result<ResourceSpec> read_solid_resource(const WimPart& part, const BlobEntry& entry,
                                         std::uint32_t row);

/// Where a blob of a run lies.
struct SolidPlace {
  std::size_t resource = 0;  // of the run
  std::uint64_t offset = 0;  // in its plain bytes
};

/// A run's resources, one after another. A resource whose header cannot be read has no size: the
/// blobs behind it cannot be found.
struct SolidRunMap {
  /// In the order of the run. Error: cannot be read.
  std::vector<Result<ResourceSpec>> resources;
  std::vector<std::uint64_t> starts;  // in the run's plain bytes, of those that have one

  /// corrupt: in none of them, or across their borders; or the error of a resource before it.
  Result<SolidPlace> find(const BlobEntry& blob) const;
};

/// A place that is listed twice is an Error there, and so is what is behind the first 4,096
/// resources.
SolidRunMap map_solid_run(const BlobTable& table, const SolidRun& run, const PartSet& parts);

/// The runs of an opened WIM, each read when a blob of it is first wanted; a few of them are kept,
/// and a few opened resources. Thread-safe.
class SolidRuns {
 public:
  explicit SolidRuns(const BlobTable& table) noexcept : table_(table) {}

  /// The plain bytes of a blob. Precondition: row `row` is a blob in a solid resource. Other errors
  /// as of open_resource().
  Result<SourcePtr> open(std::uint32_t row, const PartSet& parts, const ReadStatePtr& state,
                         const Limits& limits, std::string label) const;

 private:
  struct Run {
    std::size_t index = 0;  // of the table's runs
    SolidRunMap map;
  };
  struct Opened {
    std::uint32_t row = 0;  // of the resource
    SourcePtr source;
  };

  const SolidRunMap& map_of(std::size_t index, const PartSet& parts) const;
  Result<SourcePtr> open_whole(const ResourceSpec& spec, std::uint32_t row,
                               const ReadStatePtr& state, const Limits& limits) const;

  const BlobTable& table_;
  mutable std::mutex mutex_;          // for what follows
  mutable std::list<Run> runs_;       // the front was used last
  mutable std::list<Opened> opened_;  // the same
};

}  // namespace casement::wim
