// SPDX-License-Identifier: Apache-2.0
// The entries of one directory, one after another, checked.
#pragma once

#include <cstdint>
#include <optional>

#include "vfs/core/error.h"
#include "vfs/core/result.h"
#include "vfs/wim/dentry.h"
#include "vfs/wim/dentry_names.h"
#include "vfs/wim/dentry_streams.h"
#include "vfs/wim/metadata_view.h"

namespace casement::wim {

struct ListedDentry {
  Dentry dentry;
  UnnamedStreams streams;
};

/// A position in the entries that begin at one offset.
class DentryList {
 public:
  explicit DentryList(std::uint64_t begin) noexcept : begin_(begin), offset_(begin) {}

  /// The next entry, its names in `text`, or nullopt at the end. An Error concerns one entry
  /// (refused_name() says of which kind), or ends the directory; call again either way.
  ///
  /// Refused, as corrupt: names that may not be (see refusal()), and the second entry of exactly
  /// the same name. Names that differ in case are kept. limit_exceeded: more than `max_entries`;
  /// the rest is left out. An entry whose extra streams are damaged is given, then the Error.
  Result<std::optional<ListedDentry>> next(MetadataView& view, std::uint32_t max_entries,
                                           DentryText& text);

  /// The last Error was about a name that was read: no other name hides behind it.
  bool refused_name() const noexcept { return refused_name_; }

  std::uint64_t begin() const noexcept { return begin_; }
  /// Bytes of the metadata that were gone through.
  std::uint64_t bytes_read() const noexcept { return offset_ - begin_; }

 private:
  Result<void> check_name(MetadataView& view, const Dentry& dentry, DentryText& text);

  std::uint64_t begin_;
  std::uint64_t offset_;  // of the next entry
  std::uint32_t entries_ = 0;
  bool ended_ = false;
  bool refused_name_ = false;
  std::optional<Error> pending_;  // to be reported next, and the last thing
  SeenNames seen_;
};

}  // namespace casement::wim
