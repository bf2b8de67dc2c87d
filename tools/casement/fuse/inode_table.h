// SPDX-License-Identifier: Apache-2.0
// The nodes that the kernel knows at the moment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"

namespace casement::cli {

/// How the kernel names a node; never 0.
using InodeNumber = std::uint64_t;
inline constexpr InodeNumber root_inode = 1;

enum class InodeKind : std::uint8_t { file, directory, link };

/// What an inode stands for.
struct Inode {
  InodeKind kind = InodeKind::file;
  std::size_t volume = 0;  // in MountLayout::volumes
  NodeId node;
  InodeNumber parent = root_inode;  // the directory that it was met in
  std::uint32_t depth = 0;          // directories above it: 0 is the root itself
  std::string short_name;           // 8.3, of the name that it was met by; empty: none
  std::u16string stream;            // a named stream shown as a file; empty: the node itself
};

/// Counts how often each inode was handed out, and forgets it when the kernel has: it holds what
/// the kernel caches, and no more. Names of one file share its inode. A link has an inode for each
/// directory that it is in, since its text depends on that. Thread-safe.
///
/// A directory has one parent for as long as the kernel knows it. That its depth is the real one is
/// what keeps the texts of links inside of the mount.
class InodeTable {
 public:
  explicit InodeTable(Inode root);

  /// nullopt: the kernel does not know it; or only from before, when the image was another.
  std::optional<Inode> find(InodeNumber number) const;

  /// The number of `inode`, counted once more. corrupt: a directory that is known in another place,
  /// as only a damaged volume has it.
  Result<InodeNumber> acquire(const Inode& inode);

  /// Takes `count` of the countings back.
  void release(InodeNumber number, std::uint64_t count);

  std::size_t size() const;

 private:
  struct Key {
    std::size_t volume;
    std::uint64_t node;
    InodeNumber parent;  // of links; else 0
    std::u16string stream;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept;
  };
  struct Counted {
    Inode inode;
    std::uint64_t references = 0;
  };
  static Key key_of(const Inode& inode);

  mutable std::mutex mutex_;
  InodeNumber next_ = root_inode + 1;  // never used again: 64 bits do not run out
  std::unordered_map<InodeNumber, Counted> inodes_;
  std::unordered_map<Key, InodeNumber, KeyHash> numbers_;
};

}  // namespace casement::cli
