// SPDX-License-Identifier: Apache-2.0
// Which kind of source an attribute needs, and the plain one.
#include "vfs/ntfs/stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "vfs/core/zero_fill.h"
#include "vfs/ntfs/decoded_source.h"
#include "vfs/ntfs/lznt1_source.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/run_reader.h"
#include "vfs/source/memory_source.h"

namespace casement::ntfs {
namespace {

/// Clusters as they are, then zeros.
class ClusterSource final : public ByteSource {
 public:
  ClusterSource(NtfsVolumePtr volume, RunList runs, std::uint64_t size, std::uint64_t stored_size,
                std::string name)
      : volume_(std::move(volume)),
        runs_(std::move(runs)),
        size_(size),
        stored_size_(stored_size),
        name_(std::move(name)) {}

  std::uint64_t size() const noexcept override { return size_; }
  std::string describe() const override { return name_; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    const std::uint64_t left = stored_size_ - std::min(stored_size_, offset);
    const auto stored = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), left));
    zero_fill(out.subspan(stored));
    return read_runs(volume_->source(), volume_->geometry().cluster_size, runs_, offset,
                     out.first(stored))
        .with_context([this] { return name_; });
  }

  NtfsVolumePtr volume_;
  RunList runs_;
  std::uint64_t size_;
  std::uint64_t stored_size_;  // bytes that the clusters give; at most size_
  std::string name_;
};

/// Bytes that should be in clusters: a valid size beyond all clusters is damage.
std::uint64_t find_stored_size(const NtfsNode& node, const AttributeChain& chain,
                               const RunList& runs) {
  const NonResidentPart& part = chain.head.non_resident;
  const std::uint64_t mapped = runs.end_vcn() * node.volume()->geometry().cluster_size;
  const std::uint64_t allocated = std::max(part.allocated_size, mapped);
  if (part.valid_size > allocated) {
    node.volume()->findings().add(
        Severity::warning, "stream-beyond-allocation", node.reference().record(),
        fmt::format("{}: 0x{:x} bytes in clusters for 0x{:x}: the rest reads as zeros",
                    describe_attribute(node, chain), part.valid_size, allocated));
  }
  return std::min(part.valid_size, allocated);
}

}  // namespace

Result<SourcePtr> open_attribute(const NtfsNode& node, const AttributeChain& chain) {
  const Attribute& head = chain.head;
  if (head.resident) {
    return make_memory_source({head.value.begin(), head.value.end()},
                              describe_attribute(node, chain));
  }
  const unsigned compression = head.flags & ntfs_layout::attribute_flag::compression_mask;
  if (compression > ntfs_layout::attribute_flag::compressed) {
    return fail(Status::unsupported, fmt::format("{}: compression {}, only LZNT1 (1) is known",
                                                 describe_attribute(node, chain), compression));
  }
  RunList runs = load_runs(node, chain);
  const std::uint64_t stored_size = find_stored_size(node, chain, runs);
  if (compression != 0) {
    return open_lznt1(node, chain, std::move(runs));
  }
  return std::make_shared<ClusterSource>(node.volume(), std::move(runs),
                                         head.non_resident.data_size, stored_size,
                                         describe_attribute(node, chain));
}

Result<std::vector<std::byte>> read_attribute(const NtfsNode& node, const AttributeChain& chain,
                                              std::uint64_t max_size) {
  if (chain.head.size() > max_size) {
    return fail(
        Status::limit_exceeded,
        fmt::format("{}: attribute 0x{:x} has {} bytes, expected at most {}",
                    describe_attribute(node, chain), chain.head.type, chain.head.size(), max_size));
  }
  if (chain.head.resident) {
    return std::vector<std::byte>(chain.head.value.begin(), chain.head.value.end());
  }
  const SourcePtr source = CASEMENT_TRY(open_attribute(node, chain));
  std::vector<std::byte> value(static_cast<std::size_t>(source->size()));
  CASEMENT_TRY(source->read(0, value));
  return value;
}

}  // namespace casement::ntfs
