// SPDX-License-Identifier: Apache-2.0
// Entries by the blobs that they name.
#include "vfs/wim/stream_uses.h"

#include <algorithm>
#include <string>
#include <utility>

#include "vfs/wim/dentry_streams.h"
#include "vfs/wim/metadata_loader.h"
#include "vfs/wim/tree_image.h"
#include "vfs/wim/tree_pass.h"

namespace casement::wim {
namespace {

using UseFunction = std::function<bool(const StreamUse&)>;

/// Units of the longest path that Windows knows; hostile ones are as long as the metadata.
constexpr std::size_t max_path_units = 32'767;

/// An entry, without its streams.
struct UsedEntry {
  std::u16string_view directory;
  std::u16string_view name;
};

/// False: the caller wants no more.
bool give_unnamed(const UsedEntry& entry, const UnnamedStreams& streams, const UseFunction& use) {
  const auto give = [&](StreamKind kind, const Sha1& hash) {
    return is_zero(hash) || use({entry.directory, entry.name, {}, kind, hash});
  };
  return give(StreamKind::data, streams.data()) &&
         give(StreamKind::reparse_data, streams.reparse_data());
}

bool give_named(const UsedEntry& entry, MetadataView& view, const Dentry& dentry,
                const UseFunction& use) {
  if (dentry.extra_count == 0) {
    return true;
  }
  for (const NamedStream& named : read_streams(view, dentry).named) {
    if (!is_zero(named.hash) &&
        !use({entry.directory, entry.name, named.name, StreamKind::data, named.hash})) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::u16string StreamUse::path() const {
  constexpr std::u16string_view mark = u"...";
  std::u16string path;
  std::size_t left = max_path_units;
  // From the end to the front; each piece is cut to what is left.
  const auto put = [&](std::u16string_view piece) {
    const std::u16string_view kept = piece.substr(piece.size() - std::min(piece.size(), left));
    path.insert(0, kept);
    left -= kept.size();
    return kept.size() == piece.size();
  };
  const bool whole =
      (stream.empty() || (put(stream) && put(u":"))) && put(name) && put(u"\\") && put(directory);
  if (!whole) {
    path.replace(0, mark.size(), mark);
  }
  return path;
}

Result<void> for_each_stream_use(const ImageParts& parts, const Limits& limits,
                                 const std::function<bool(const StreamUse&)>& use,
                                 Diagnostics& findings, unsigned loader_threads) {
  const TreeImagePtr image = CASEMENT_TRY(TreeImage::open(parts, limits));
  LoadedMetadata view(parts.metadata, loader_threads);
  const Dentry& root = image->root();
  if (!give_unnamed({}, read_streams(view, root).unnamed, use) ||
      !give_named({}, view, root, use)) {
    return {};
  }
  TreePass pass(view, root, limits.max_directory_entries);
  while (true) {
    auto found = pass.next();
    if (!found) {
      findings.add("wim-metadata", std::move(found).error().context(parts.where));
      continue;
    }
    if (!*found) {
      return {};
    }
    const UsedEntry entry{pass.directory_path(), pass.text().name};
    const auto& [dentry, streams] = (*found)->listed;
    if (!give_unnamed(entry, streams, use) || !give_named(entry, view, dentry, use)) {
      return {};
    }
  }
}

}  // namespace casement::wim
