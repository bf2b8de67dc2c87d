// SPDX-License-Identifier: Apache-2.0
// The interface of every file system: nodes, directories, streams.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/filetime.h"
#include "vfs/core/result.h"

namespace casement {

enum class NodeKind : std::uint8_t { file, directory, reparse_point };

/// FILE_ATTRIBUTE_* bits of NodeInfo::attributes.
namespace file_attribute {
inline constexpr std::uint32_t read_only = 0x0001;
inline constexpr std::uint32_t hidden = 0x0002;
inline constexpr std::uint32_t system = 0x0004;
inline constexpr std::uint32_t directory = 0x0010;
inline constexpr std::uint32_t archive = 0x0020;
inline constexpr std::uint32_t normal = 0x0080;
inline constexpr std::uint32_t reparse_point = 0x0400;
}  // namespace file_attribute

/// Reparse tags that change where a path leads; others only change content.
namespace reparse_tag {
inline constexpr std::uint32_t mount_point = 0xA0000003;
inline constexpr std::uint32_t symlink = 0xA000000C;
inline constexpr std::uint32_t lx_symlink = 0xA000001D;
}  // namespace reparse_tag

/// MFT reference, FAT directory slot, WIM dentry index: the meaning is the file system's.
struct NodeId {
  std::uint64_t value = 0;
  friend bool operator==(NodeId, NodeId) = default;
};

struct NodeInfo {
  NodeKind kind = NodeKind::file;
  std::uint32_t attributes = 0;  // FILE_ATTRIBUTE_*
  std::uint32_t link_count = 1;
  std::uint32_t reparse_tag = 0;  // only for NodeKind::reparse_point
  std::uint64_t size = 0;         // bytes of the unnamed stream
  FileTime created;
  FileTime modified;
  FileTime changed;
  FileTime accessed;
};

/// Names are UTF-16 code units as stored (NTFS and WIM allow unpaired surrogates).
struct DirEntry {
  std::u16string name;
  std::u16string short_name;  // 8.3, empty when there is none
  NodeId node;
  NodeKind kind = NodeKind::file;
};

struct StreamInfo {
  std::u16string name;  // empty: the main stream
  std::uint64_t size = 0;
};

/// One pass over a directory. Belongs to one thread; keeps its file system alive for as long as the
/// caller does.
class DirReader {
 public:
  DirReader() = default;
  DirReader(const DirReader&) = delete;
  DirReader& operator=(const DirReader&) = delete;
  virtual ~DirReader() = default;

  /// The next entry, or nullopt at the end. Never "." or "..". After an Error the caller may call
  /// again: a damaged entry does not hide its siblings.
  virtual Result<std::optional<DirEntry>> next() = 0;
};

/// One volume, WIM image or directory tree. Knows nodes, not paths (see path_walker.h). const calls
/// are thread-safe. NodeIds are valid as long as the file system lives.
class FileSystem {
 public:
  FileSystem() = default;
  FileSystem(const FileSystem&) = delete;
  FileSystem& operator=(const FileSystem&) = delete;
  virtual ~FileSystem() = default;

  /// "host", "ntfs", "wim": for people and for evidence.
  virtual const char* type_name() const noexcept = 0;

  /// What was noticed so far, such as names that differ only in case.
  virtual Diagnostics diagnostics() const { return {}; }

  virtual NodeId root() const noexcept = 0;
  virtual Result<NodeInfo> stat(NodeId node) const = 0;
  virtual Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const = 0;

  /// By long or 8.3 name, without regard to case unless the directory is case-sensitive; an exact
  /// match wins. Absence is an answer, not an error. `dir` that is no directory: not_a_directory.
  virtual Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const = 0;

  /// The main stream and the named ones. Directories may have named streams only.
  virtual Result<std::vector<StreamInfo>> streams(NodeId node) const = 0;

  /// `stream` empty: the main stream. not_found when the node has no such stream. The source stays
  /// usable after the file system is gone.
  virtual Result<SourcePtr> open(NodeId node, std::u16string_view stream) const = 0;

  /// The reparse data buffer with its 8-byte header (tag, length, reserved), as Windows stores it.
  virtual Result<std::vector<std::byte>> reparse_data(NodeId node) const = 0;

  /// Self-relative security descriptor; empty when the file system keeps none for the node.
  virtual Result<std::vector<std::byte>> security_descriptor(NodeId node) const = 0;
};

using FileSystemPtr = std::shared_ptr<const FileSystem>;

}  // namespace casement
