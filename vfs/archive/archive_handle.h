// SPDX-License-Identifier: Apache-2.0
// libarchive's reader over a ByteSource.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vfs/archive/archive_format.h"
#include "vfs/archive/entry_header.h"
#include "vfs/archive/utf8_locale.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"

struct archive;

namespace casement {

/// A piece of a member's content. What lies between pieces is zeros.
struct ContentBlock {
  Bytes bytes;  // valid until the next call
  std::uint64_t offset = 0;
};

/// One pass over an archive, forwards. Belongs to one thread at a time. No program of the host is
/// ever started, as libarchive would for some compressions.
class ArchiveHandle {
 public:
  /// Reads nothing yet. Precondition: `source` is not null.
  static Result<std::unique_ptr<ArchiveHandle>> open(SourcePtr source, const ArchiveShape& shape);

  /// The bytes that are left when the compressions are undone, as one file. limit_exceeded, now or
  /// later: more than about `read_limit` bytes of the source are needed.
  static Result<std::unique_ptr<ArchiveHandle>> open_unpacked(SourcePtr source,
                                                              const CompressionLayers& layers,
                                                              std::uint64_t read_limit);

  ArchiveHandle(const ArchiveHandle&) = delete;
  ArchiveHandle& operator=(const ArchiveHandle&) = delete;
  ~ArchiveHandle();

  /// The next member, or nullopt at the end. After an Error the call may be repeated unless
  /// broken(): a damaged header hides no other. corrupt, truncated, unsupported (also: encrypted),
  /// io_failed from the source.
  Result<std::optional<EntryHeader>> next();

  /// The next piece of the current member; nullopt at its end. Errors as next().
  Result<std::optional<ContentBlock>> read_block();

  /// Nothing more can be had from this handle.
  bool broken() const noexcept { return broken_; }

  /// What libarchive complained about without giving up, since the last call.
  std::optional<std::string> take_warning();

  /// Where the next header begins, after next() gave nullopt: the end of what was read.
  std::uint64_t header_offset() const;
  /// The bytes that were unpacked so far, of all layers of compression together.
  std::uint64_t unpacked_bytes() const;
  /// "GNU tar format", "ZIP 2.0 (deflation)"; empty before the first header.
  std::string format_name() const;
  /// "gzip", "none": the outermost compression.
  std::string filter_name() const;

 private:
  struct Callbacks;
  struct Library;
  ArchiveHandle(SourcePtr source, NameLocale locale);
  Result<void> add_layers(const CompressionLayers& layers);
  Result<void> start();
  std::ptrdiff_t read_window(archive* library, const void** bytes);
  void rethrow();
  Error failure(int code, const char* what);

  SourcePtr source_;
  NameLocale locale_;
  std::unique_ptr<Library> library_;
  std::vector<std::byte> window_;
  std::uint64_t position_ = 0;
  std::uint64_t read_limit_ = std::numeric_limits<std::uint64_t>::max();
  std::exception_ptr thrown_;  // by the source, below libarchive
  std::optional<Error> source_error_;
  std::optional<std::string> warning_;
  std::optional<Error> pending_error_;  // of the next read_block()
  bool is_tar_ = false;
  bool is_zip_ = false;
  bool broken_ = false;
};

}  // namespace casement
