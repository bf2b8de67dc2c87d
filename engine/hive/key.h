// SPDX-License-Identifier: Apache-2.0
// A registry key: a handle into its hive.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/hive/hive_name.h"
#include "vfs/core/filetime.h"
#include "vfs/core/result.h"

namespace casement {

class Hive;
class SubkeyReader;
class Value;
class ValueReader;

/// A checked key node. Small and copied freely; valid while the Hive lives. Thread-safe.
class Key {
 public:
  HiveName name() const noexcept { return name_; }
  FileTime last_written() const noexcept;
  /// The nk flags; bit 0x0004 marks the root, 0x0010 a symbolic link.
  std::uint16_t flags() const noexcept;
  bool is_root() const noexcept { return (flags() & 0x0004) != 0; }
  bool is_symlink() const noexcept { return (flags() & 0x0010) != 0; }

  /// Counts as stored: hints, the lists decide.
  std::uint32_t subkey_count() const noexcept;
  std::uint32_t value_count() const noexcept;

  /// It was reached through the list of a key that its node does not name as its parent: damage, or
  /// a stale list of a dirty hive. parent() and path() follow the node.
  bool has_other_parent() const noexcept { return has_other_parent_; }

  /// Cell offset in the hive bins: the key's identity within its hive.
  std::uint32_t offset() const noexcept { return offset_; }
  const Hive& hive() const noexcept { return *hive_; }

  /// In stored order (sorted by folded name in a healthy hive).
  SubkeyReader subkeys() const;
  /// In stored order.
  ValueReader values() const;

  /// One subkey by name, or nullopt.
  Result<std::optional<Key>> subkey(std::u16string_view name) const;
  /// By path from this key; an empty path is the key itself.
  Result<std::optional<Key>> find(std::u16string_view path) const;
  /// One value by name ("" is the default value), or nullopt.
  Result<std::optional<Value>> value(std::u16string_view name) const;

  /// nullopt for the root.
  Result<std::optional<Key>> parent() const;
  /// Names from below the root, separated by '\'. Empty for the root.
  Result<std::u16string> path() const;

  /// Empty when the key has none.
  Result<std::u16string> class_name() const;
  /// Self-relative security descriptor; empty when the key has none.
  Result<std::vector<std::byte>> security_descriptor() const;

 private:
  friend class Hive;
  friend class SubkeyReader;
  std::uint32_t subkey_list() const noexcept;
  std::uint32_t value_list() const noexcept;
  std::uint32_t parent_offset() const noexcept;
  Key(const Hive* hive, std::uint32_t offset, Bytes cell, HiveName name) noexcept
      : hive_(hive), offset_(offset), cell_(cell), name_(name) {}

  const Hive* hive_;
  std::uint32_t offset_;
  Bytes cell_;  // the nk record, at least its fixed part
  HiveName name_;
  bool has_other_parent_ = false;
};

/// One pass over the subkeys of a key. Belongs to one thread.
class SubkeyReader {
 public:
  /// The next subkey, or nullopt at the end. After an Error the caller may call again: a damaged
  /// subkey does not hide its siblings. Never the key itself nor the root; a damaged hive may list
  /// another ancestor (KeyWalker refuses those; see also Key::has_other_parent).
  Result<std::optional<Key>> next();

 private:
  friend class Key;
  /// A leaf (li, lf, lh) of cell offsets with hints.
  struct Leaf {
    enum class Kind : std::uint8_t { offsets, name_hints, hashes };
    Kind kind = Kind::offsets;
    Bytes entries;
    std::uint32_t stride = 4;  // bytes of an entry
    std::uint32_t count = 0;   // entries that are there
    bool overstated = false;   // it claims more
    std::uint32_t position = 0;
  };

  explicit SubkeyReader(const Key& parent) noexcept;
  Result<void> open_list();
  Result<Leaf> open_leaf(std::uint32_t offset) const;
  /// Makes leaf_ one with entries left. False at the end of the list.
  Result<bool> advance_leaf();
  Result<Key> load_child(std::uint32_t offset) const;
  std::uint32_t entry_limit() const noexcept;
  Error too_many_entries() const;
  /// The subkey of that name, by hints where there are any. Precondition: nothing was read yet.
  Result<std::optional<Key>> find(std::u16string_view name, bool trust_hints);

  const Hive* hive_;
  std::uint32_t parent_;
  std::uint32_t list_offset_;
  std::uint32_t claimed_;        // subkeys, by the key node
  std::uint32_t delivered_ = 0;  // entries read so far
  std::uint32_t last_child_;
  bool opened_ = false;
  bool finished_ = false;
  bool overstated_ = false;   // a list claims more entries than its cell holds
  bool list_failed_ = false;  // a list could not be read: the counts will differ
  Bytes index_;               // leaf offsets of an ri list that are still to be read
  Leaf leaf_;
};

}  // namespace casement
