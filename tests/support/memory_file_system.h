// SPDX-License-Identifier: Apache-2.0
// A file system that a test builds in memory, with what real volumes have and host directories
// lack.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/fs/file_system.h"

namespace casement::test {

/// Build it first, then share it as a FileSystemPtr; building is not thread-safe, reading is. Paths
/// are "\Windows\System32": '\' separates, names are taken as they are, directories on the way are
/// made. Every function that names a node makes it when it is not there.
class MemoryFileSystem final : public FileSystem {
 public:
  MemoryFileSystem();
  ~MemoryFileSystem() override;

  NodeId make_dir(std::u16string_view path);
  NodeId write(std::u16string_view path, std::string_view text);
  NodeId write(std::u16string_view path, std::vector<std::byte> bytes);
  /// A named stream of a file or directory that exists.
  void add_stream(std::u16string_view path, std::u16string_view name, std::string_view text);

  /// A symlink buffer with `target` as its substitute name.
  NodeId add_symlink(std::u16string_view path, std::u16string_view target, bool relative);
  /// A mount point buffer; the print name is "a lie", which nobody must follow.
  NodeId add_junction(std::u16string_view path, std::u16string_view target);
  /// Any reparse buffer. A node made by this has nothing else; an existing directory keeps its
  /// entries.
  NodeId add_reparse(std::u16string_view path, std::vector<std::byte> buffer);

  /// Another name for a node: hard links, and directories met twice.
  void link(std::u16string_view path, NodeId node);
  void set_short_name(std::u16string_view path, std::u16string_view short_name);
  void set_case_sensitive(std::u16string_view path);
  void set_info(std::u16string_view path, const NodeInfo& info);
  void set_security_descriptor(std::u16string_view path, std::vector<std::byte> descriptor);

  /// read_dir() and lookup() in this directory fail with `status`.
  void damage_directory(std::u16string_view path, Status status);
  /// The reader of the parent gives an error in place of this entry.
  void damage_entry(std::u16string_view path, Status status);

  /// The node of an exact path. Precondition: it exists.
  NodeId node(std::u16string_view path) const;
  /// How many lookups were made, for tests of costs.
  std::uint64_t lookups() const noexcept;

  const char* type_name() const noexcept override { return "memory"; }
  NodeId root() const noexcept override { return {0}; }
  Result<NodeInfo> stat(NodeId node) const override;
  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override;
  Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const override;
  Result<std::vector<StreamInfo>> streams(NodeId node) const override;
  Result<SourcePtr> open(NodeId node, std::u16string_view stream) const override;
  Result<std::vector<std::byte>> reparse_data(NodeId node) const override;
  Result<std::vector<std::byte>> security_descriptor(NodeId node) const override;

 private:
  struct Name;
  struct Node;
  struct State;
  class Reader;

  Node& at(NodeId node);
  Result<const Node*> get(NodeId node) const;
  /// The entry of `path`, made as `kind` when it is not there.
  Name& ensure(std::u16string_view path, NodeKind kind);
  NodeId ensure_node(std::u16string_view path, NodeKind kind);

  std::unique_ptr<State> state_;
};

}  // namespace casement::test
