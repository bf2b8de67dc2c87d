// SPDX-License-Identifier: Apache-2.0
// Reading the many values of a Windows Installer key within one budget of text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/hive/hive.h"
#include "vfs/core/diagnostics.h"

namespace casement {

/// Bytes of text that one question may still copy. Values may share their data: a small hive could
/// otherwise fill the memory.
class MsiTextBudget {
 public:
  /// False, and a finding once, when that many bytes are not left.
  bool take(std::uint64_t bytes, Diagnostics& findings);

 private:
  std::uint64_t left_ = std::uint64_t{64} << 20;  // 10,000 products have about 20 MiB
  bool reported_ = false;
};

/// The values of one key. Absent and damaged ones are empty; damage is a finding.
class MsiKey {
 public:
  /// Precondition: all outlive this.
  MsiKey(const Key& key, std::u16string path, MsiTextBudget& budget, Diagnostics& findings)
      : key_(key), path_(std::move(path)), budget_(budget), findings_(findings) {}

  std::u16string text(std::u16string_view name) const;
  std::optional<std::uint64_t> integer(std::u16string_view name) const;
  /// A number as decimal digits, or a text as it is.
  std::u16string number_text(std::u16string_view name) const;

 private:
  std::optional<Value> find(std::u16string_view name) const;
  void report(std::u16string_view name, const Error& error) const;

  Key key_;
  std::u16string path_;
  MsiTextBudget& budget_;
  Diagnostics& findings_;
};

}  // namespace casement
