// SPDX-License-Identifier: Apache-2.0
// Images of a WimBuilder as trees, without the reader of WIM files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures/build/wim/built_wim.h"
#include "fixtures/build/wim/wim_builder.h"
#include "vfs/fs/file_system.h"
#include "vfs/wim/blob_store.h"
#include "vfs/wim/wim_file_system.h"

namespace casement::wim::test {

/// Contents in memory by their hash.
class MemoryBlobs final : public BlobStore {
 public:
  void add(const Sha1& hash, std::vector<std::byte> content);
  Result<std::optional<BlobInfo>> find(const Sha1& hash) const override;
  Result<SourcePtr> open(const Sha1& hash) const override;

 private:
  std::map<Sha1, std::vector<std::byte>> contents_;
};

/// Metadata that says which blocks of 32 KiB were read, and can be unreadable in places.
class WatchedSource final : public ByteSource {
 public:
  static constexpr std::uint64_t block_size = 32'768;

  explicit WatchedSource(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}

  std::uint64_t size() const noexcept override { return bytes_.size(); }
  std::string describe() const override { return "metadata"; }

  /// Block numbers since the last call.
  std::set<std::uint64_t> take_blocks();
  /// Reads of this block fail from now on.
  void break_block(std::uint64_t block);

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override;

  std::vector<std::byte> bytes_;
  mutable std::mutex mutex_;
  mutable std::set<std::uint64_t> read_;
  std::set<std::uint64_t> broken_;
};

/// What open_image_tree() takes, for image 1. Precondition: the WIM is one uncompressed file.
struct TestImage {
  explicit TestImage(const fixture::BuiltWim& wim, bool reparse_points_fixed = false);
  explicit TestImage(const fixture::WimBuilder& wim) : TestImage(wim.build_mapped()) {}

  ImageParts parts() const;
  FileSystemPtr open(const Limits& limits = {}) const;
  /// The same with other metadata.
  ImageParts parts_with(std::vector<std::byte> other_metadata) const;

  std::vector<std::byte> metadata;
  std::shared_ptr<WatchedSource> source;
  std::shared_ptr<const BlobStore> blobs;
  bool fixed;
};

/// A bit of everything, without damage.
fixture::WimBuilder sound_tree();

/// The tree of a builder.
FileSystemPtr open_tree(const fixture::WimBuilder& wim);

/// The node of a path, looked up name by name. Fails the test when there is none.
NodeId find_node(const FileSystem& fs, std::u16string_view path);

/// Names in the order of the directory; "!" and the status for each Error.
std::vector<std::string> list_names(const FileSystem& fs, NodeId dir);

/// "depth name", for each entry of a scan; "!" and the status for each Error.
std::vector<std::string> scan_names(const FileSystem& fs);

/// All bytes of a stream as text.
std::string read_text(const FileSystem& fs, NodeId node, std::u16string_view stream = {});

/// Codes of the findings.
std::vector<std::string> finding_codes(const FileSystem& fs);

}  // namespace casement::wim::test
