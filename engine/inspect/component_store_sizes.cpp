// SPDX-License-Identifier: Apache-2.0
// The sizes of the component store, as AnalyzeComponentStore tells them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/inspect/component_store.h"
#include "engine/inspect/servicing_state.h"
#include "vfs/core/checked.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/tree_scan.h"

namespace casement {
namespace {

/// Directories of the store that hold no component.
constexpr std::array<std::u16string_view, 4> cache_directories = {u"Backup", u"InstallTemp",
                                                                  u"ManifestCache", u"Temp"};

/// Sizes are the image's: a sum that does not fit stays at the largest number.
void add_size(std::uint64_t& sum, std::uint64_t size) noexcept {
  sum = checked_add(sum, size).value_or(std::numeric_limits<std::uint64_t>::max());
}

/// A file of the store, however many names it has.
struct StoredFile {
  std::uint64_t size = 0;
  std::uint32_t links = 1;       // names in all
  std::uint32_t links_here = 0;  // those in the store
  bool only_cache = true;
};

class SizeScan {
 public:
  SizeScan(const ComponentStore& store, ComponentStoreSizes& sizes)
      : store_(store), sizes_(sizes) {}

  /// All below one entry of the store's root.
  void add(const DirEntry& top);
  void finish();

 private:
  void add_file(NodeId node, const NodeInfo& info, bool cache);

  const ComponentStore& store_;
  ComponentStoreSizes& sizes_;
  std::unordered_map<std::uint64_t, StoredFile> files_;  // by node
};

void SizeScan::add_file(NodeId node, const NodeInfo& info, bool cache) {
  if (info.kind == NodeKind::directory) {
    return;
  }
  const auto [position, added] = files_.try_emplace(node.value);
  StoredFile& file = position->second;
  if (added) {
    file.size = info.size;
    file.links = info.link_count;
    if (file.links == 0) {
      file.links = store_.file_system()->link_count(node).value_or(1);
    }
  }
  ++file.links_here;
  file.only_cache = file.only_cache && cache;
  add_size(sizes_.explorer_reported, info.size);
}

void SizeScan::add(const DirEntry& top) {
  const bool cache =
      std::any_of(cache_directories.begin(), cache_directories.end(),
                  [&](std::u16string_view name) { return equals_folded(top.name, name); });
  const std::u16string path = store_.path() + u"\\" + top.name;
  if (top.kind != NodeKind::directory) {
    const Result<NodeInfo> info = store_.file_system()->stat(top.node);
    if (info) {
      add_file(top.node, *info, cache);
    } else {
      sizes_.diagnostics.add("unreadable", Error(info.error()).context(to_utf8(path)));
    }
    return;
  }
  const auto walk = walk_tree(store_.file_system(), top.node, path);
  for (;;) {
    const Result<std::optional<ScanEntry>> entry = walk->next();
    if (!entry) {
      sizes_.diagnostics.add("unreadable", entry.error());
    } else if (*entry) {
      add_file((*entry)->node, (*entry)->info, cache);
    } else {
      return;
    }
  }
}

void SizeScan::finish() {
  for (const auto& [node, file] : files_) {
    add_size(sizes_.actual, file.size);
    if (file.links > file.links_here) {
      add_size(sizes_.shared_with_windows, file.size);
    } else if (file.only_cache) {
      add_size(sizes_.cache_and_temporary, file.size);
    } else {
      add_size(sizes_.backups_and_disabled, file.size);
    }
  }
}

/// The entries of the store's root: what progress counts.
std::vector<DirEntry> entries_of(const ComponentStore& store, Diagnostics& findings) {
  std::vector<DirEntry> entries;
  const auto reader = store.file_system()->read_dir(store.root());
  if (!reader) {
    findings.add("unreadable", Error(reader.error()).context(to_utf8(store.path())));
    return entries;
  }
  for (;;) {
    Result<std::optional<DirEntry>> entry = (*reader)->next();
    if (!entry) {
      findings.add("unreadable", Error(entry.error()).context(to_utf8(store.path())));
    } else if (*entry) {
      entries.push_back(**std::move(entry));
    } else {
      return entries;
    }
  }
}

}  // namespace

Result<ComponentStoreSizes> analyze_component_store(const PackageStore& store,
                                                    const ScanProgress& progress) {
  const std::optional<ComponentStore> components =
      CASEMENT_TRY(ComponentStore::open(store.image()));
  if (!components) {
    return fail(Status::not_found,
                fmt::format("there is no component store: {}\\WinSxS is not there",
                            to_utf8(store.image().installation().windows_directory)));
  }
  ComponentStoreSizes sizes;
  SizeScan scan(*components, sizes);
  const std::vector<DirEntry> entries = entries_of(*components, sizes.diagnostics);
  std::uint64_t done = 0;
  for (const DirEntry& entry : entries) {
    scan.add(entry);
    ++done;
    if (progress && !progress(done, entries.size())) {
      return fail(scan_cancelled,
                  fmt::format("cancelled after {} of {} entries of WinSxS", done, entries.size()));
    }
  }
  scan.finish();

  const ServicingState state = read_servicing_state(store);
  if (state.last_reset_base) {
    sizes.last_cleanup = state.last_reset_base->value;
  }
  sizes.reclaimable_packages = static_cast<std::uint64_t>(std::count_if(
      store.packages().begin(), store.packages().end(),
      [](const Package& package) { return package.state == PackageState::superseded; }));
  sizes.cleanup_recommended = sizes.reclaimable_packages != 0;
  return sizes;
}

}  // namespace casement
