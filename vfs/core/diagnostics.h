// SPDX-License-Identifier: Apache-2.0
// Findings that do not stop the work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "vfs/core/error.h"

namespace casement {

enum class Severity : std::uint8_t { note, warning, error };

/// One finding: what was seen, where, and what was done about it.
struct Diagnostic {
  Severity severity = Severity::warning;
  /// Short and stable, for programs: "hive-recovered", "ambiguous-case".
  std::string code;
  std::string text;
};

/// A bounded list of findings. Not synchronised: each owner fills its own.
class Diagnostics {
 public:
  /// A hostile image could produce findings without end; the rest are counted only.
  static constexpr std::size_t max_kept = 1000;

  void add(Severity severity, std::string code, std::string text) {
    if (items_.size() >= max_kept) {
      ++dropped_;
      return;
    }
    items_.push_back({severity, std::move(code), std::move(text)});
  }
  void add(std::string code, const Error& error) {
    add(Severity::error, std::move(code), error.message());
  }
  /// All of another list, each text after `prefix`.
  void append(const Diagnostics& others, const std::string& prefix = {}) {
    for (const Diagnostic& other : others.items_) {
      add(other.severity, other.code, prefix + other.text);
    }
    dropped_ += others.dropped_;
  }

  const std::vector<Diagnostic>& items() const noexcept { return items_; }
  std::size_t dropped() const noexcept { return dropped_; }
  bool empty() const noexcept { return items_.empty(); }

 private:
  std::vector<Diagnostic> items_;
  std::size_t dropped_ = 0;
};

}  // namespace casement
