// SPDX-License-Identifier: Apache-2.0
// What a walk over registry keys tells to the format that is being written.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/hive/key.h"
#include "engine/hive/value.h"
#include "tools/casement/render/text.h"

namespace casement::cli {

/// A value and its bytes, live or found in free space.
struct ReadValue {
  HiveName name;  // empty: the default value
  std::uint32_t type = 0;
  std::uint32_t size = 0;  // bytes of data, as claimed
  bool tombstone = false;
  bool readable = true;  // false: no byte of the data could be had
  ValueData data;
};

/// A key whose values were read.
struct KeyRecord {
  const Key& key;
  /// The whole path of the key that the walk began at; empty for the keys below it.
  std::u16string_view top_path;
  std::u16string_view class_name;
  std::span<const ReadValue> values;
};

/// One output format. Calls come in the order of a walk: open_key, then open_key ... close_key or
/// list_key for each subkey, then close_key. Appends to a buffer that the caller empties in
/// between.
class RegWriter {
 public:
  RegWriter() = default;
  RegWriter(const RegWriter&) = delete;
  RegWriter& operator=(const RegWriter&) = delete;
  virtual ~RegWriter() = default;

  /// Before the first key; `several`: more than one walk follows.
  virtual void begin(bool several) = 0;
  virtual void open_key(const KeyRecord& record) = 0;
  /// A subkey that the walk does not enter.
  virtual void list_key(const Key& key) = 0;
  virtual void close_key() = 0;
  /// After the last key.
  virtual void finish() = 0;

  /// What this format could not say, in words with the key's place; taken after each open_key.
  std::vector<std::string> take_losses() { return std::exchange(losses_, {}); }

 protected:
  void add_loss(std::string text) { losses_.push_back(std::move(text)); }

 private:
  std::vector<std::string> losses_;
};

/// The path of the key that is being written, in UTF-8.
class KeyPath {
 public:
  explicit KeyPath(Escaping escaping) noexcept : escaping_(escaping) {}

  void open_top(std::u16string_view path) {
    sizes_.push_back(text_.size());
    append_text(text_, path, escaping_);
  }
  void open(const HiveName& name) {
    sizes_.push_back(text_.size());
    append_separator();
    append_text(text_, name, escaping_);
  }
  void close() {
    text_.resize(sizes_.back());
    sizes_.pop_back();
  }
  std::string_view text() const noexcept { return text_; }

 private:
  /// The root of a hive file is "\" and has its separator already.
  void append_separator() {
    const std::string_view separator = escaping_ == Escaping::json ? "\\\\" : "\\";
    if (text_ != separator) {
      text_ += separator;
    }
  }

  Escaping escaping_;
  std::string text_;
  std::vector<std::size_t> sizes_;
};

/// `full`: long binary data whole.
std::unique_ptr<RegWriter> make_text_writer(std::string& out, bool full);
/// `lines`: one key a line (JSONL) instead of one nested document.
std::unique_ptr<RegWriter> make_json_writer(std::string& out, bool lines);
/// `hive_root`: what the root of a hive file is called; empty when paths have their own root.
std::unique_ptr<RegWriter> make_reg_file_writer(std::string& out, std::u16string hive_root);

}  // namespace casement::cli
