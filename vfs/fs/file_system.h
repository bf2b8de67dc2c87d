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
inline constexpr std::uint32_t sparse = 0x0200;
inline constexpr std::uint32_t reparse_point = 0x0400;
inline constexpr std::uint32_t compressed = 0x0800;
inline constexpr std::uint32_t offline = 0x1000;
inline constexpr std::uint32_t encrypted = 0x4000;
inline constexpr std::uint32_t recall_on_data_access = 0x0040'0000;
}  // namespace file_attribute

/// Reparse tags. The first three change where a path leads; the others only change content, and a
/// node that has one is NodeKind::file or ::directory.
namespace reparse_tag {
inline constexpr std::uint32_t mount_point = 0xA0000003;
inline constexpr std::uint32_t symlink = 0xA000000C;
inline constexpr std::uint32_t lx_symlink = 0xA000001D;
inline constexpr std::uint32_t wof = 0x80000017;
inline constexpr std::uint32_t deduplicated = 0x80000013;
inline constexpr std::uint32_t cloud = 0x9000001A;       // bits 12 to 15 vary
inline constexpr std::uint32_t cloud_mask = 0xFFFF0FFF;  // for comparing with `cloud`
}  // namespace reparse_tag

/// Where the bytes of a file's main stream are.
enum class ContentKind : std::uint8_t {
  stored,            // as they are, holes read as zeros
  compressed,        // LZNT1: read() gives the plain bytes
  wof,               // CompactOS (XPRESS or LZX behind reparse tag 0x80000017): plain bytes too
  encrypted,         // EFS: open() gives the ciphertext
  wim_backed,        // in a WIM outside this volume (WIMBoot): open() says unsupported
  deduplicated,      // in the deduplication store: open() says unsupported
  cloud_placeholder  // not on this machine: open() says unsupported
};

/// "stored", "compressed", "wof", ...: for people and for programs.
const char* to_string(ContentKind kind) noexcept;

/// MFT reference, FAT directory slot, WIM dentry index: the meaning is the file system's.
struct NodeId {
  std::uint64_t value = 0;
  friend bool operator==(NodeId, NodeId) = default;
};

struct NodeInfo {
  NodeKind kind = NodeKind::file;
  std::uint32_t attributes = 0;   // FILE_ATTRIBUTE_*
  std::uint32_t link_count = 1;   // 0: several, which FileSystem::link_count() counts
  std::uint32_t reparse_tag = 0;  // 0: none
  ContentKind content = ContentKind::stored;
  bool case_sensitive = false;       // a directory that tells "a" from "A"
  std::uint64_t size = 0;            // bytes of the unnamed stream
  std::uint64_t allocated_size = 0;  // bytes that it takes on the volume; 0 when not known
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
  std::uint64_t allocated_size = 0;  // 0 when not known
};

/// One entry of a whole-volume scan.
struct ScanEntry {
  NodeId node;
  NodeId parent;
  std::u16string_view name;        // valid until the next call of next()
  std::u16string_view short_name;  // 8.3, empty when there is none; valid as long
  NodeInfo info;
  std::uint32_t depth = 1;  // 1: in the root
  /// A deleted entry (ScanOptions::deleted). Its content may have been overwritten.
  bool deleted = false;
  /// The directory that it lay in is gone: given at depth 1 after everything else.
  bool orphan = false;
};

struct ScanOptions {
  /// Deleted entries as well, where the file system keeps traces of them.
  bool deleted = false;
};

/// Every entry of a volume, a directory before what is in it: an entry of depth n lies in the last
/// directory of depth n - 1 that was given. The siblings' order is the file system's. Belongs to
/// one thread; keeps its file system alive for as long as the caller does.
class VolumeScan {
 public:
  VolumeScan() = default;
  VolumeScan(const VolumeScan&) = delete;
  VolumeScan& operator=(const VolumeScan&) = delete;
  virtual ~VolumeScan() = default;

  /// The next entry, or nullopt at the end. An Error concerns one entry or one directory; call
  /// again to go on with the rest.
  virtual Result<std::optional<ScanEntry>> next() = 0;
};

/// What a volume says of itself.
struct FileSystemInfo {
  std::string version;   // "NTFS 3.1", "FAT32"; empty when there is nothing to say
  std::u16string label;  // empty when there is none
  std::optional<std::uint64_t> serial;
  std::uint32_t cluster_size = 0;             // bytes; 0 when there are no clusters
  std::uint64_t size = 0;                     // bytes of the volume; 0 when not known
  std::optional<std::uint64_t> start_sector;  // "hidden sectors": where its disk had it
  bool dirty = false;                         // was not unmounted, or wants to be checked
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

  virtual FileSystemInfo info() const { return {}; }

  virtual NodeId root() const noexcept = 0;
  virtual Result<NodeInfo> stat(NodeId node) const = 0;
  /// The names that the node has: what stat() says, or what it leaves to be counted because that
  /// takes a pass over the volume.
  virtual Result<std::uint32_t> link_count(NodeId node) const;
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

  /// A pass over the whole volume that is much cheaper than reading directory after directory; null
  /// where there is no such way (use scan_tree() of tree_scan.h, which then walks). NodeIds of
  /// deleted entries can be given to stat(), streams() and open().
  virtual Result<std::unique_ptr<VolumeScan>> scan(const ScanOptions& options) const;
};

using FileSystemPtr = std::shared_ptr<const FileSystem>;

}  // namespace casement
