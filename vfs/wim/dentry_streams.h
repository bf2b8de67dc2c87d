// SPDX-License-Identifier: Apache-2.0
// The streams of a directory entry: the hash in it, and the extra entries behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/digest.h"
#include "vfs/core/result.h"
#include "vfs/wim/dentry.h"
#include "vfs/wim/metadata_view.h"

namespace casement::wim {

/// What the streams without a name are for, found out one after another.
///
/// With named streams or reparse data, Windows leaves the entry's own hash zero and puts all
/// streams into extra entries; other tools use the entry's hash for the first. Of a reparse point
/// the first unnamed stream is the reparse data and the second the file's content. All content of
/// an encrypted file, named streams too, is in the first that is not empty.
class UnnamedStreams {
 public:
  UnnamedStreams() = default;
  explicit UnnamedStreams(const Dentry& dentry);

  /// An extra entry without a name.
  void add(const Sha1& hash);

  /// All zeros: empty, or there is none.
  const Sha1& data() const noexcept { return data_; }
  const Sha1& reparse_data() const noexcept { return reparse_data_; }

 private:
  bool encrypted_ = false;
  bool wants_reparse_data_ = false;
  bool wants_data_ = true;
  Sha1 data_{};
  Sha1 reparse_data_{};
};

/// One extra stream entry.
struct ExtraStream {
  Sha1 hash{};
  Bytes raw_name;  // UTF-16LE; valid until the view moves
};

/// Goes through the extra entries of one dentry.
class ExtraStreams {
 public:
  ExtraStreams(MetadataView& view, const Dentry& dentry)
      : view_(view), offset_(dentry.extras), left_(dentry.extra_count) {}

  /// nullopt: that was the last. corrupt, truncated: its length or that of its name cannot be
  /// right; nobody knows then where the next one, or the next dentry, begins.
  Result<std::optional<ExtraStream>> next();

  /// Behind those that were given: in the end, where the next dentry begins.
  std::uint64_t offset() const noexcept { return offset_; }

 private:
  MetadataView& view_;
  std::uint64_t offset_;
  std::uint16_t left_;
};

struct NamedStream {
  std::u16string name;
  Sha1 hash{};
};

/// All streams of one dentry.
struct DentryStreams {
  UnnamedStreams unnamed;
  std::vector<NamedStream> named;
  /// Why streams are missing behind those: an extra entry is damaged.
  std::optional<Error> damage;
};

DentryStreams read_streams(MetadataView& view, const Dentry& dentry);

}  // namespace casement::wim
