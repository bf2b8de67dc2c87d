// SPDX-License-Identifier: Apache-2.0
// A file system in memory, made from a fixture tree; parts of it can refuse to be read.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures/build/tree_writer.h"
#include "vfs/fs/file_system.h"

namespace casement::test {

/// Names are found as Windows finds them. Counts what is asked of it.
class TreeFileSystem : public FileSystem {
 public:
  explicit TreeFileSystem(const fixture::Tree& tree);

  /// The node at `path` ("Windows/System32/config/SAM") answers access_denied from now on.
  void deny(std::string_view path);

  /// What info() says of the place that the volume had on its disk, in sectors.
  void set_start_sector(std::uint64_t sector) { start_sector_ = sector; }

  std::size_t opens() const noexcept { return opens_; }
  std::uint64_t bytes_read() const noexcept { return *bytes_read_; }

  const char* type_name() const noexcept override { return "memory"; }
  FileSystemInfo info() const override {
    FileSystemInfo info;
    info.start_sector = start_sector_;
    return info;
  }
  NodeId root() const noexcept override { return {0}; }
  Result<NodeInfo> stat(NodeId node) const override;
  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override;
  Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const override;
  Result<std::vector<StreamInfo>> streams(NodeId node) const override;
  Result<SourcePtr> open(NodeId node, std::u16string_view stream) const override;
  Result<std::vector<std::byte>> reparse_data(NodeId node) const override;
  Result<std::vector<std::byte>> security_descriptor(NodeId node) const override;

 private:
  struct Node {
    std::u16string name;
    bool directory = true;
    std::vector<std::byte> content;
    std::vector<std::size_t> children;
  };
  const Node& at(NodeId node) const { return nodes_.at(static_cast<std::size_t>(node.value)); }
  std::size_t child(std::size_t parent, std::u16string_view name) const;
  Result<void> check(NodeId node) const;

  std::vector<Node> nodes_;
  std::set<std::size_t> denied_;
  std::optional<std::uint64_t> start_sector_;
  mutable std::atomic<std::size_t> opens_ = 0;
  std::shared_ptr<std::atomic<std::uint64_t>> bytes_read_ =
      std::make_shared<std::atomic<std::uint64_t>>(0);
};

}  // namespace casement::test
