// SPDX-License-Identifier: Apache-2.0
// Recognising the layouts of collections: content first, names second.
#include "vfs/open/collection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/subtree_file_system.h"

namespace casement {
namespace {

/// Names of the Windows directory since NT 3.1, and of what it holds.
constexpr std::array<std::u16string_view, 7> windows_names{
    u"Windows", u"WINNT", u"System32", u"WINNT35", u"WTSRV", u"WIN", u"ReactOS"};

/// What else only the root of a Windows volume holds; collectors often take these and no Windows
/// directory.
constexpr std::array<std::u16string_view, 9> volume_names{u"$MFT",
                                                          u"$Extend",
                                                          u"ProgramData",
                                                          u"Documents and Settings",
                                                          u"System Volume Information",
                                                          u"bootmgr",
                                                          u"EFI",
                                                          u"ntldr",
                                                          u"$Recycle.Bin"};

/// Directories between the root of a collection and its drives: Velociraptor's uploads by accessor,
/// and the trees of other collectors. The empty one is the root itself.
constexpr std::array<std::u16string_view, 3> holder_names{u"", u"fs", u"$fs$"};
constexpr std::u16string_view uploads_name = u"uploads";

/// A directory holds one drive a letter and a few others; more is no collection but an accident.
constexpr std::size_t max_drives = 64;

/// Directories of a level that are looked into: a collection has one a host.
constexpr std::size_t max_examined = 256;
/// Damaged entries of one directory, after which the rest is given up.
constexpr std::size_t max_entry_errors = 1000;
constexpr int max_level = 2;

Result<std::optional<NodeId>> find_directory(const FileSystem& tree, NodeId dir,
                                             std::u16string_view name) {
  const auto entry = CASEMENT_TRY(tree.lookup(dir, name));
  if (!entry || entry->kind != NodeKind::directory) {
    return std::optional<NodeId>();
  }
  return std::optional(entry->node);
}

Result<bool> has_volume_names(const FileSystem& tree) {
  for (const std::u16string_view name : volume_names) {
    const auto entry = CASEMENT_TRY(tree.lookup(tree.root(), name));
    if (entry) {
      return true;
    }
  }
  return looks_like_windows_tree(tree);
}

/// A Windows directory with System32 in it: what no tree of sources has by chance. What cannot be
/// read is none.
bool holds_windows(const FileSystem& tree, NodeId directory) {
  return std::any_of(windows_names.begin(), windows_names.end(), [&](std::u16string_view name) {
    const auto windows = find_directory(tree, directory, name);
    if (!windows || !*windows) {
      return false;
    }
    const auto system = find_directory(tree, **windows, u"System32");
    return system && system->has_value();
  });
}

/// The name as the collector's host had it: bytes, in which '%' and '\' mean what they say.
std::string stored_name(std::u16string_view name) {
  return encode_host_name(name).value_or(to_wtf8(name));
}

/// A directory of the tree, with its path for messages.
struct Place {
  NodeId directory;
  std::string path;  // empty: the root

  std::string below(std::string_view name) const {
    return path.empty() ? std::string(name) : fmt::format("{}/{}", path, name);
  }
};

/// The directories in `places`, at most max_examined of them. What cannot be read has none.
std::vector<Place> directories_in(const FileSystem& tree, const std::vector<Place>& places) {
  std::vector<Place> found;
  for (const Place& place : places) {
    const auto reader = tree.read_dir(place.directory);
    if (!reader) {
      continue;
    }
    std::size_t errors = 0;
    while (found.size() < max_examined && errors < max_entry_errors) {
      const auto entry = (*reader)->next();
      if (!entry) {
        ++errors;
        continue;
      }
      if (!*entry) {
        break;
      }
      if ((*entry)->kind == NodeKind::directory) {
        found.push_back({(*entry)->node, place.below(stored_name((*entry)->name))});
      }
    }
  }
  return found;
}

/// Collects the candidates of one level of directories.
class Search {
 public:
  Search(const CapturedTree& tree, Diagnostics& diagnostics)
      : tree_(tree), diagnostics_(diagnostics) {}

  /// Looks into a directory and the holders in it.
  Result<void> look_around(const Place& place) {
    for (const std::u16string_view name : holder_names) {
      if (name.empty()) {
        CASEMENT_TRY(look_into(place));
        continue;
      }
      const auto holder = CASEMENT_TRY(find_directory(*tree_.whole, place.directory, name));
      if (holder) {
        CASEMENT_TRY(look_into({*holder, place.below(to_utf8(name))}));
      }
    }
    return look_into_uploads(place);
  }

  std::vector<CollectedDrive> take() {
    const bool trusted = std::any_of(drives_.begin(), drives_.end(), [](const auto& drive) {
      return drive.name.strength == DriveNameStrength::strong || drive.looks_like_volume;
    });
    if (!trusted) {
      drives_.clear();
    }
    std::sort(drives_.begin(), drives_.end(), [](const auto& a, const auto& b) {
      // Drives without a letter last; of one letter, the tree that looks like Windows first.
      return std::pair(a.name.letter.value_or(u'\xFFFF'), !a.looks_like_volume) <
             std::pair(b.name.letter.value_or(u'\xFFFF'), !b.looks_like_volume);
    });
    drop_repeated_letters();
    return std::move(drives_);
  }

 private:
  Result<void> look_into(const Place& holder) {
    const auto reader = CASEMENT_TRY(tree_.whole->read_dir(holder.directory));
    std::size_t errors = 0;
    while (errors < max_entry_errors) {
      const auto entry = reader->next();
      if (!entry) {
        diagnostics_.add("collection-unreadable", entry.error());
        ++errors;
        continue;
      }
      if (!*entry || drives_.size() >= max_drives) {
        return {};
      }
      consider(holder, **entry);
    }
    return {};
  }

  /// Looks into "uploads/<accessor>" for every accessor.
  Result<void> look_into_uploads(const Place& place) {
    const auto uploads = CASEMENT_TRY(find_directory(*tree_.whole, place.directory, uploads_name));
    if (!uploads) {
      return {};
    }
    const Place holder{*uploads, place.below(to_utf8(uploads_name))};
    const auto accessors = CASEMENT_TRY(tree_.whole->read_dir(holder.directory));
    while (const auto accessor = CASEMENT_TRY(accessors->next())) {
      if (accessor->kind != NodeKind::directory) {
        continue;
      }
      const Place below{accessor->node, holder.below(stored_name(accessor->name))};
      if (const auto looked = look_into(below); !looked) {
        diagnostics_.add("collection-unreadable", looked.error());  // the others may be readable
      }
    }
    return {};
  }

  void consider(const Place& holder, const DirEntry& entry) {
    const std::string stored = stored_name(entry.name);
    const auto name = parse_drive_name(stored);
    if (!name) {
      return;
    }
    const std::string where = holder.below(stored);
    if (entry.kind == NodeKind::reparse_point) {
      diagnostics_.add(Severity::warning, "collection-link-skipped",
                       fmt::format("{}/{}: a symlink, not taken for a drive: it may lead out of "
                                   "the tree; open its target instead",
                                   tree_.name, where));
      return;
    }
    if (entry.kind != NodeKind::directory) {
      return;
    }
    CollectedDrive drive;
    drive.where = where;
    drive.name = *name;
    if (const auto opened = open_drive(entry.node, drive); !opened) {
      drive.tree.reset();
      drive.reason = opened.error().message();
    }
    drives_.push_back(std::move(drive));
  }

  Result<void> open_drive(NodeId node, CollectedDrive& drive) const {
    drive.tree = CASEMENT_TRY(tree_.subtree(node, drive.name.names));
    drive.looks_like_volume = CASEMENT_TRY(has_volume_names(*drive.tree));
    return {};
  }

  void drop_repeated_letters() {
    std::optional<char16_t> last;
    for (CollectedDrive& drive : drives_) {
      if (drive.name.letter && drive.name.letter == last) {
        diagnostics_.add(Severity::warning, "collection-same-drive",
                         fmt::format("{}: another tree stands for drive {}: already; this one is "
                                     "a volume without a letter",
                                     drive.where, static_cast<char>(*last)));
        drive.name.letter.reset();
        continue;
      }
      last = drive.name.letter;
    }
  }

  const CapturedTree& tree_;
  Diagnostics& diagnostics_;
  std::vector<CollectedDrive> drives_;
};

}  // namespace

Result<bool> looks_like_windows_tree(const FileSystem& tree) {
  for (const std::u16string_view name : windows_names) {
    const auto directory = CASEMENT_TRY(find_directory(tree, tree.root(), name));
    if (directory) {
      return true;
    }
  }
  return false;
}

CapturedTree make_captured_tree(FileSystemPtr whole, std::string name, const Limits& limits) {
  const auto subtree = [whole, limits](NodeId directory, NameCoding names) {
    return make_subtree(whole, directory, names, limits);
  };
  return {whole, std::move(name), subtree};
}

Result<std::vector<CollectedDrive>> find_collected_drives(const CapturedTree& tree,
                                                          Diagnostics& diagnostics) {
  const bool windows = CASEMENT_TRY(looks_like_windows_tree(*tree.whole));
  std::vector<Place> places{{tree.whole->root(), {}}};
  for (int level = 0; !windows && level <= max_level; ++level) {
    // What is odd about directories that turn out to be no collection is nobody's business.
    Diagnostics below;
    Search search(tree, level == 0 ? diagnostics : below);
    for (const Place& place : places) {
      const auto looked = search.look_around(place);
      if (!looked && level == 0) {
        return std::unexpected(looked.error());
      }
    }
    auto drives = search.take();
    if (!drives.empty()) {
      diagnostics.append(below);
      return drives;
    }
    places = directories_in(*tree.whole, places);
  }
  return std::vector<CollectedDrive>();
}

Result<std::vector<CollectedDrive>> find_nested_volumes(const CapturedTree& tree) {
  std::vector<CollectedDrive> found;
  const bool windows = CASEMENT_TRY(looks_like_windows_tree(*tree.whole));
  std::vector<Place> places{{tree.whole->root(), {}}};
  for (int level = 1; !windows && found.empty() && level <= max_level; ++level) {
    places = directories_in(*tree.whole, places);
    for (const Place& place : places) {
      if (found.size() < max_drives && holds_windows(*tree.whole, place.directory)) {
        CollectedDrive volume;
        volume.where = place.path;
        volume.looks_like_volume = true;
        volume.tree = CASEMENT_TRY(tree.subtree(place.directory, NameCoding::plain));
        found.push_back(std::move(volume));
      }
    }
  }
  return found;
}

}  // namespace casement
