// SPDX-License-Identifier: Apache-2.0
// Any bytes as the metadata of an image: open, walk, and ask everything of every node.
#include <cstddef>
#include <cstdint>
#include <memory>

#include "tests/fuzz/volume_walk.h"
#include "vfs/source/memory_source.h"
#include "vfs/wim/stream_uses.h"
#include "vfs/wim/wim_file_system.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): one file

/// Has half of all blobs, each with eight bytes.
class HalfOfAllBlobs final : public wim::BlobStore {
 public:
  Result<std::optional<wim::BlobInfo>> find(const Sha1& hash) const override {
    wim::BlobInfo info;
    info.size = blob_size;
    return is_there(hash) ? std::optional(info) : std::nullopt;
  }
  Result<SourcePtr> open(const Sha1& hash) const override {
    if (!is_there(hash)) {
      return fail(Status::not_found, "no such blob");
    }
    return make_memory_source({hash.begin(), hash.begin() + blob_size}, "blob");
  }

 private:
  static constexpr std::ptrdiff_t blob_size = 8;
  static bool is_there(const Sha1& hash) { return (hash.back() & std::byte{1}) == std::byte{0}; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  wim::ImageParts parts;
  parts.metadata = make_memory_source({bytes.begin(), bytes.end()}, "fuzz");
  parts.blobs = std::make_shared<HalfOfAllBlobs>();
  parts.reparse_points_fixed = true;
  const auto tree = wim::open_image_tree(parts, {});
  if (!tree) {
    return 0;
  }
  fuzz::walk_volume(*tree);
  std::uint64_t steps = 0;
  Diagnostics findings;
  (void)wim::for_each_stream_use(
      parts, {}, [&](const wim::StreamUse&) { return ++steps < fuzz::max_walk_steps; }, findings);
  TreeWalker walker(*tree);
  for (steps = 0; steps < fuzz::max_walk_steps; ++steps) {
    const auto entry = walker.next();
    if (entry && !*entry) {
      break;
    }
    if (entry) {
      const NodeId node = (*entry)->entry.node;
      (void)(*tree)->streams(node);
      (void)(*tree)->open(node, u"s");
      (void)(*tree)->reparse_data(node);
      (void)(*tree)->security_descriptor(node);
    }
  }
  return 0;
}
