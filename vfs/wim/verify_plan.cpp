// SPDX-License-Identifier: Apache-2.0
// Sorting resources by their place, joining those that are one, refusing those that overlap.
#include "vfs/wim/verify_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "vfs/core/checked.h"

namespace casement::wim {
namespace {

constexpr std::uint32_t no_resource = std::numeric_limits<std::uint32_t>::max();

class Planner {
 public:
  Planner(const OpenedWim& file, VerifyLog& log)
      : table_(file.table()), parts_(file.parts()), log_(log) {}

  VerifyPlan run() {
    for (std::uint32_t row = 0; row < table_.size(); ++row) {
      const BlobEntry entry = table_.at(row);
      if (!entry.is_solid() && is_wanted(entry)) {
        add_plain(row, entry);
      }
    }
    for (const SolidRun& run : table_.solid_runs()) {
      add_run(run);
    }
    place_resources();
    place_blobs();
    std::erase_if(plan_.resources,
                  [](const PlannedResource& resource) { return resource.blob_count == 0; });
    for (const PlannedResource& resource : plan_.resources) {
      plan_.bytes = checked_add(plan_.bytes, resource.location.size)
                        .value_or(std::numeric_limits<std::uint64_t>::max());
    }
    return std::move(plan_);
  }

 private:
  /// Blobs in parts that are missing are told where they are used.
  bool is_wanted(const BlobEntry& entry) const {
    return table_.is_open(entry.part) && entry.hash != Sha1{};
  }

  void add_plain(std::uint32_t row, const BlobEntry& entry) {
    const WimPart& part = *parts_.find(entry.part);
    const PlannedResource resource{
        .part = &part, .location = entry.location, .format = part.format(), .row = row};
    ++plan_.row_count;
    if (auto checked = check_resource(resource.spec()); !checked) {
      log_.add_error(row, checked.error());
      return;
    }
    add_blob(row, add_resource(resource), 0, entry.location.size);
  }

  void add_run(const SolidRun& run) {
    const SolidRunMap map = map_solid_run(table_, run, parts_);
    std::vector<std::uint32_t> indexes(map.resources.size(), no_resource);
    std::vector<Result<void>> checked(map.resources.size());
    for (std::size_t i = 0; i < map.resources.size(); ++i) {
      if (!map.resources[i]) {
        continue;
      }
      checked[i] = check_resource(*map.resources[i]);
      if (checked[i]) {
        const std::uint32_t row = run.resources[i];
        indexes[i] = add_resource({.part = parts_.find(table_.at(row).part),
                                   .location = map.resources[i]->location,
                                   .format = map.resources[i]->format,
                                   .row = row});
      }
    }
    for (std::uint32_t row = run.first; row < run.end; ++row) {
      const BlobEntry entry = table_.at(row);
      if (entry.is_solid_resource() || !is_wanted(entry)) {
        continue;
      }
      ++plan_.row_count;
      const auto place = map.find(entry);
      if (!place) {
        log_.add_error(row, place.error());
      } else if (!checked[place->resource]) {
        log_.add_error(row, checked[place->resource].error());
      } else {
        add_blob(row, indexes[place->resource], place->offset, entry.plain_size());
      }
    }
  }

  std::uint32_t add_resource(const PlannedResource& resource) {
    resources_.push_back(resource);
    return static_cast<std::uint32_t>(resources_.size() - 1);
  }

  void add_blob(std::uint32_t row, std::uint32_t resource, std::uint64_t offset,
                std::uint64_t size) {
    if (size == 0) {
      log_.add_digest(row, sha1({}));
      return;
    }
    plan_.blobs.push_back({.row = row, .resource = resource, .offset = offset, .size = size});
  }

  /// Sorts the resources into the plan. A blob's resource becomes its index there, or none. Of
  /// those that overlap the one that ends first stays: so there are as many as possible, and one
  /// whose size is wrong takes the place of no more than one other.
  void place_resources() {
    std::vector<std::uint32_t> order(resources_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [this](std::uint32_t index) {
      const PlannedResource& one = resources_[index];
      return std::tuple(one.part->number(), one.location.offset + one.location.stored_size,
                        one.location.offset, index);
    });
    std::vector<std::uint32_t> index_in_plan(resources_.size(), no_resource);
    const WimPart* part = nullptr;
    std::uint64_t end = 0;
    for (const std::uint32_t index : order) {
      const PlannedResource& next = resources_[index];
      if (next.part != part) {
        part = next.part;
        end = 0;
      }
      if (next.location.size == 0) {
        continue;  // has no blobs
      }
      if (next.location.offset >= end) {
        end = next.location.offset + next.location.stored_size;
        plan_.resources.push_back(next);
      } else if (next.location != plan_.resources.back().location ||
                 next.format != plan_.resources.back().format) {
        continue;
      }
      index_in_plan[index] = static_cast<std::uint32_t>(plan_.resources.size() - 1);
    }
    for (PlannedBlob& blob : plan_.blobs) {
      blob.resource = index_in_plan[blob.resource];
    }
    resources_ = {};
  }

  /// Sorts the blobs by their places, and tells those that have none of their own. The one that
  /// ends first stays, as above.
  void place_blobs() {
    std::vector<PlannedBlob>& blobs = plan_.blobs;
    const auto lost = [this](const PlannedBlob& blob, const char* what) {
      log_.add_error(blob.row, Error(Status::corrupt, fmt::format("it overlaps another {}", what)));
      return true;
    };
    std::erase_if(blobs, [&](const PlannedBlob& blob) {
      return blob.resource == no_resource && lost(blob, "resource");
    });
    const auto by_place = [](const PlannedBlob& blob) {
      return std::tuple(blob.resource, blob.end(), blob.offset, blob.row);
    };
    if (!std::ranges::is_sorted(blobs, {}, by_place)) {
      std::ranges::sort(blobs, {}, by_place);
    }
    PlannedBlob last;
    bool first = true;
    std::erase_if(blobs, [&](const PlannedBlob& blob) {
      if (!first && blob.resource == last.resource && blob.offset < last.end() &&
          !blob.same_place(last)) {
        return lost(blob, "blob of its solid resource");
      }
      first = false;
      last = blob;
      return false;
    });
    for (std::uint32_t i = 0; i < blobs.size(); ++i) {
      PlannedResource& resource = plan_.resources[blobs[i].resource];
      if (resource.blob_count++ == 0) {
        resource.first_blob = i;
      }
    }
  }

  const BlobTable& table_;
  const PartSet& parts_;
  VerifyLog& log_;
  std::vector<PlannedResource> resources_;
  VerifyPlan plan_;
};

}  // namespace

ResourceSpec PlannedResource::spec() const {
  return {.file = part->source,
          .location = location,
          .format = format,
          .use = ResourceUse::blob,
          .cache_owner = row,
          .label = fmt::format("resource at 0x{:x}", location.offset)};
}

VerifyPlan make_verify_plan(const OpenedWim& file, VerifyLog& log) {
  return Planner(file, log).run();
}

}  // namespace casement::wim
