// SPDX-License-Identifier: Apache-2.0
// Findings of an object that many threads read, each kept once.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/core/error.h"

namespace casement {

/// Diagnostics behind a lock. The same record or directory is read again and again: each place is
/// reported once for each code.
class UniqueFindings {
 public:
  /// `code` is a literal; `place` is any number that names the damaged item (its byte offset, its
  /// record); `make_text` gives the text and is called only when the finding is new and will be
  /// kept.
  template <std::invocable MakeText>
  void add(Severity severity, const char* code, std::uint64_t place, MakeText&& make_text) {
    const std::scoped_lock lock(mutex_);
    // Bounded like the list itself: hostile images could make us remember places without end.
    if (seen_.size() >= Diagnostics::max_kept) {
      if (!seen_.contains({code, place})) {
        findings_.add(severity, code, {});
      }
      return;
    }
    if (seen_.emplace(code, place).second) {
      findings_.add(severity, code, std::forward<MakeText>(make_text)());
      places_.push_back(place);
    }
  }
  void add(Severity severity, const char* code, std::uint64_t place, std::string text) {
    add(severity, code, place, [&text] { return std::move(text); });
  }
  /// An error that stopped a part of the work.
  void add(const char* code, std::uint64_t place, const Error& error) {
    add(Severity::error, code, place, [&error] { return error.message(); });
  }

  /// Adds all of `next` as if they had been found here, in their order, and empties it: what
  /// threads find apart from each other is put in the order of the image.
  void take_over(UniqueFindings& next) {
    const std::scoped_lock lock(next.mutex_);
    const std::vector<Diagnostic>& items = next.findings_.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
      add(items[i].severity, items[i].code.c_str(), next.places_[i], [&] { return items[i].text; });
    }
    if (items.empty()) {
      return;
    }
    const std::scoped_lock own_lock(mutex_);
    for (std::size_t i = 0; i < next.findings_.dropped(); ++i) {
      findings_.add(Severity::error, {}, {});  // `next` was full, so that this is full: counted
    }
    next.findings_ = {};
    next.places_.clear();
    next.seen_.clear();
  }

  /// All so far.
  Diagnostics snapshot() const {
    const std::scoped_lock lock(mutex_);
    return findings_;
  }

 private:
  mutable std::mutex mutex_;
  Diagnostics findings_;
  std::vector<std::uint64_t> places_;  // of the findings that are kept
  std::set<std::pair<std::string, std::uint64_t>> seen_;
};

}  // namespace casement
