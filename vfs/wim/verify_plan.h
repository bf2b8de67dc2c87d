// SPDX-License-Identifier: Apache-2.0
// What is to be verified, in the order of the files. Internal to verify().
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "vfs/wim/opened_wim.h"
#include "vfs/wim/verify_log.h"

namespace casement::wim {

/// A blob in the plain bytes of its resource.
struct PlannedBlob {
  std::uint32_t row = 0;
  std::uint32_t resource = 0;  // while planning: its index
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  // not 0

  std::uint64_t end() const noexcept { return offset + size; }
  bool same_place(const PlannedBlob& other) const noexcept {
    return offset == other.offset && size == other.size;
  }
};

/// A resource, read and decoded once.
struct PlannedResource {
  const WimPart* part = nullptr;
  ResourceLocation location;
  ResourceFormat format;
  std::uint32_t row = 0;  // one of those that name it
  std::uint32_t first_blob = 0;
  std::uint32_t blob_count = 0;

  ResourceSpec spec() const;
};

/// Resources lie in their files, and nothing overlaps: what does has been told to the log. So no
/// byte of a file is decoded twice, whatever its tables say.
struct VerifyPlan {
  std::vector<PlannedResource> resources;  // by part, then by offset
  std::vector<PlannedBlob> blobs;          // by resource, then by offset
  std::uint64_t row_count = 0;             // all blobs, with those that are told already
  std::uint64_t bytes = 0;                 // plain, of all resources

  std::span<const PlannedBlob> blobs_of(const PlannedResource& resource) const noexcept {
    return std::span(blobs).subspan(resource.first_blob, resource.blob_count);
  }
};

VerifyPlan make_verify_plan(const OpenedWim& file, VerifyLog& log);

}  // namespace casement::wim
