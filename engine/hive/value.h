// SPDX-License-Identifier: Apache-2.0
// A registry value: a handle into its hive, and its bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/hive/hive_name.h"
#include "vfs/core/result.h"

namespace casement {

class Hive;

/// Registry types. Others are legal and kept as numbers (SAM stores a RID there).
namespace reg_type {
inline constexpr std::uint32_t none = 0;
inline constexpr std::uint32_t sz = 1;
inline constexpr std::uint32_t expand_sz = 2;
inline constexpr std::uint32_t binary = 3;
inline constexpr std::uint32_t dword = 4;
inline constexpr std::uint32_t dword_big_endian = 5;
inline constexpr std::uint32_t link = 6;
inline constexpr std::uint32_t multi_sz = 7;
inline constexpr std::uint32_t resource_list = 8;
inline constexpr std::uint32_t full_resource_descriptor = 9;
inline constexpr std::uint32_t resource_requirements_list = 10;
inline constexpr std::uint32_t qword = 11;
}  // namespace reg_type

/// "REG_SZ", ..., or "REG_0x<hex>" for a type without a name.
std::string reg_type_name(std::uint32_t type);

/// The bytes of a value: a view into the hive, or assembled from big-data segments.
class ValueData {
 public:
  ValueData() = default;
  explicit ValueData(Bytes view) noexcept : view_(view) {}
  explicit ValueData(std::vector<std::byte> owned) noexcept
      : owned_(std::move(owned)), is_owned_(true) {}

  Bytes bytes() const noexcept { return is_owned_ ? Bytes(owned_) : view_; }
  /// False when the hive holds fewer bytes than the value claims; bytes() is then what is there.
  bool complete() const noexcept { return complete_; }
  void mark_incomplete() noexcept { complete_ = false; }

 private:
  Bytes view_;
  std::vector<std::byte> owned_;
  bool is_owned_ = false;
  bool complete_ = true;
};

/// A checked value key. Small and copied freely; valid while the Hive lives. Thread-safe.
class Value {
 public:
  /// Empty for the default value.
  HiveName name() const noexcept { return name_; }
  std::uint32_t type() const noexcept { return type_; }
  /// Bytes of data, as claimed.
  std::uint32_t size() const noexcept { return size_; }
  /// Deleted in this layer of a layered hive.
  bool is_tombstone() const noexcept { return tombstone_; }
  std::uint32_t offset() const noexcept { return offset_; }

  /// corrupt, truncated or limit_exceeded when no byte of it can be had.
  Result<ValueData> data() const;

  /// The text of REG_SZ, REG_EXPAND_SZ or REG_LINK up to the first NUL. invalid_data for another
  /// type.
  Result<std::u16string> as_string() const;
  /// The strings of REG_MULTI_SZ (of REG_SZ: one). Stops at the final empty string.
  Result<std::vector<std::u16string>> as_strings() const;
  /// REG_DWORD, REG_DWORD_BIG_ENDIAN or REG_QWORD of the right size. invalid_data otherwise.
  Result<std::uint64_t> as_integer() const;

 private:
  friend class Hive;
  friend class ValueReader;
  friend class Key;
  static Result<Value> parse(const Hive* hive, std::uint32_t offset);

  const Hive* hive_ = nullptr;
  std::uint32_t offset_ = 0;
  std::uint32_t type_ = 0;
  std::uint32_t size_ = 0;
  std::uint32_t data_offset_ = 0;
  Bytes inline_data_;  // the offset field itself, when the data lies there
  bool is_inline_ = false;
  bool tombstone_ = false;
  HiveName name_;
};

/// One pass over the values of a key. Belongs to one thread.
class ValueReader {
 public:
  /// The next value, or nullopt at the end. After an Error the caller may call again.
  Result<std::optional<Value>> next();

 private:
  friend class Key;
  ValueReader(const Hive* hive, std::uint32_t list_offset, std::uint32_t count) noexcept
      : hive_(hive), list_offset_(list_offset), count_(count) {}
  Result<void> open_list();

  const Hive* hive_;
  std::uint32_t list_offset_;
  std::uint32_t count_;
  std::uint32_t position_ = 0;
  bool opened_ = false;
  Bytes list_;
};

}  // namespace casement
