// SPDX-License-Identifier: Apache-2.0
// Directories that may be a Windows directory.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"
#include "vfs/open/opener.h"

namespace casement {

/// A directory that holds System32. Whether it is an installation is decided by its evidence.
struct Candidate {
  std::size_t volume = 0;  // position in OpenedImage::volumes
  std::u16string path;     // "\Windows", names as stored; "\": the root itself
  NodeId directory;
  std::string origin;  // Installation::origin
};

/// The candidates found so far, each directory once, and what the search could not see.
class CandidateList {
 public:
  /// More than this many are not kept, but reported: each costs the opening of two hives.
  static constexpr std::size_t max_candidates = 256;

  /// Adds it unless the directory is already there; the first origin stays.
  void add(Candidate candidate);
  /// Remembers a directory that could not be read; the search goes on.
  void add_failure(const std::string& where, const Error& error);

  const std::vector<Candidate>& candidates() const noexcept { return candidates_; }
  const Diagnostics& failures() const noexcept { return failures_; }
  Diagnostics& failures() noexcept { return failures_; }
  /// The first failure for lack of permission: it decides what an empty search returns.
  const std::optional<Error>& denied() const noexcept { return denied_; }

 private:
  std::vector<Candidate> candidates_;
  Diagnostics failures_;
  std::optional<Error> denied_;
};

/// Entries of a root directory that are looked at one by one. Real roots have below a hundred.
inline constexpr std::size_t max_root_entries = 4096;

/// The directory at `path` on a volume, through links that stay on it, when it holds System32.
Result<std::optional<Candidate>> candidate_at(const OpenedImage& opened, std::size_t volume,
                                              std::u16string_view path, const char* origin,
                                              const Limits& limits);

/// Steps c to f of 2.2 on every readable volume: the root itself, the usual names, the nested ones,
/// then every directory of the root that has System32\config.
void find_candidates(const OpenedImage& opened, const Limits& limits, CandidateList& list);

}  // namespace casement
