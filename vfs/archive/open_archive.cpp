// SPDX-License-Identifier: Apache-2.0
// The entries of this folder.
#include "vfs/archive/open_archive.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "vfs/archive/archive_file_system.h"
#include "vfs/archive/archive_format.h"
#include "vfs/archive/archive_index.h"
#include "vfs/archive/archive_state.h"
#include "vfs/archive/member_store.h"
#include "vfs/archive/seven_zip_header.h"

namespace casement {
namespace {

/// A zip archive by its central directory, and from front to back where that is lost or has less.
Result<ArchiveIndex> index_any_zip(ArchiveState& state) {
  auto index = index_zip(state.source, state.options, state.findings);
  if (index && index->incomplete) {
    auto streamed = index_stream(state.source, state.shape, state.options, state.findings);
    return streamed && streamed->members.size() > index->members.size() ? std::move(streamed)
                                                                        : std::move(index);
  }
  if (index || index.error().status() == Status::io_failed) {
    return index;
  }
  state.findings.add("archive-no-directory", 0, index.error());
  return index_stream(state.source, state.shape, state.options, state.findings);
}

Result<FileSystemPtr> open_known(SourcePtr file, const ArchiveShape& shape,
                                 const ArchiveOptions& options) {
  auto state = std::make_unique<ArchiveState>(std::move(file), shape, options);
  if (shape.format == ArchiveFormat::seven_zip) {
    // libarchive allocates what the header asks for.
    CASEMENT_TRY(check_seven_zip_header(*state->source, options.limits));
  }
  ArchiveIndex index = CASEMENT_TRY(
      shape.format == ArchiveFormat::zip
          ? index_any_zip(*state)
          : index_stream(state->source, state->shape, state->options, state->findings));
  state->members = std::move(index.members);
  auto store = std::make_shared<const MemberStore>(std::move(state));
  return std::make_shared<ArchiveFileSystem>(std::move(index.tree), std::move(index.format),
                                             std::move(store));
}

}  // namespace

Result<bool> probe_archive(const ByteSource& file) {
  const auto shape = CASEMENT_TRY(find_archive_shape(file));
  return shape.has_value();
}

Result<FileSystemPtr> open_archive(SourcePtr file, const Limits& limits) {
  ArchiveOptions options;
  options.limits = limits;
  return open_archive_with(std::move(file), options);
}

Result<FileSystemPtr> open_archive_with(SourcePtr file, const ArchiveOptions& options) {
  const std::string name = file->describe();
  const auto shape = CASEMENT_TRY(find_archive_shape(*file));
  if (!shape) {
    return fail(Status::bad_format, fmt::format("{}: no archive", name));
  }
  return open_known(std::move(file), *shape, options).with_context([&] {
    return fmt::format("{}: {} archive", name, to_string(shape->format));
  });
}

}  // namespace casement
