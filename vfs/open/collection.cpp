// SPDX-License-Identifier: Apache-2.0
// Recognising the layouts of collections: content first, names second.
#include "vfs/open/collection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

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

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool equals_ascii_folded(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return upcase(static_cast<char16_t>(static_cast<unsigned char>(x))) ==
           upcase(static_cast<char16_t>(static_cast<unsigned char>(y)));
  });
}

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

/// Collects the candidates of one holder directory.
class Search {
 public:
  Search(const HostFileSystem& tree, Diagnostics& diagnostics)
      : tree_(tree), diagnostics_(diagnostics) {}

  Result<void> look_into(NodeId holder) {
    const auto reader = CASEMENT_TRY(tree_.read_dir(holder));
    while (true) {
      const auto entry = CASEMENT_TRY(reader->next());
      if (!entry || drives_.size() >= max_drives) {
        return {};
      }
      CASEMENT_TRY(consider(*entry));
    }
  }

  /// Looks into "uploads/<accessor>" for every accessor.
  Result<void> look_into_uploads() {
    const auto uploads = CASEMENT_TRY(find_directory(tree_, tree_.root(), uploads_name));
    if (!uploads) {
      return {};
    }
    const auto accessors = CASEMENT_TRY(tree_.read_dir(*uploads));
    while (const auto accessor = CASEMENT_TRY(accessors->next())) {
      if (accessor->kind != NodeKind::directory) {
        continue;
      }
      if (const auto looked = look_into(accessor->node); !looked) {
        diagnostics_.add("collection-unreadable", looked.error());  // the others may be readable
      }
    }
    return {};
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
  Result<void> consider(const DirEntry& entry) {
    const std::string where = CASEMENT_TRY(tree_.host_path(entry.node));
    const auto name = parse_drive_name(std::string_view(where).substr(where.rfind('/') + 1));
    if (!name) {
      return {};
    }
    if (entry.kind == NodeKind::reparse_point) {
      diagnostics_.add(Severity::warning, "collection-link-skipped",
                       fmt::format("{}/{}: a symlink, not taken for a drive: it may lead out of "
                                   "the tree; open its target instead",
                                   tree_.path(), where));
      return {};
    }
    if (entry.kind != NodeKind::directory) {
      return {};
    }
    CollectedDrive drive;
    drive.where = where;
    drive.name = *name;
    if (const auto opened = open_drive(entry.node, drive); !opened) {
      drive.tree.reset();
      drive.reason = opened.error().message();
    }
    drives_.push_back(std::move(drive));
    return {};
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

  const HostFileSystem& tree_;
  Diagnostics& diagnostics_;
  std::vector<CollectedDrive> drives_;
};

}  // namespace

std::optional<DriveName> parse_drive_name(std::string_view host_name) {
  if (host_name == "[root]" || host_name == "$rootfs$") {
    return DriveName{std::nullopt, DriveNameStrength::weak, NameCoding::plain};
  }
  const std::string decoded = decode_percent(host_name).value_or(std::string(host_name));
  const NameCoding names = decoded == host_name ? NameCoding::plain : NameCoding::percent;
  std::string_view name = decoded;
  if (name.starts_with("\\\\.\\")) {
    name.remove_prefix(4);
  }
  if (name.empty() || !is_letter(name[0])) {
    return std::nullopt;
  }
  const char16_t letter = upcase(static_cast<char16_t>(name[0]));
  const std::string_view rest = name.substr(1);
  if (rest.empty() && name.size() == decoded.size() && names == NameCoding::plain) {
    return DriveName{letter, DriveNameStrength::weak, names};
  }
  if (rest == ":" || (equals_ascii_folded(rest, "_drive") && name.size() == decoded.size())) {
    return DriveName{letter, DriveNameStrength::strong, names};
  }
  return std::nullopt;
}

Result<bool> looks_like_windows_tree(const FileSystem& tree) {
  for (const std::u16string_view name : windows_names) {
    const auto directory = CASEMENT_TRY(find_directory(tree, tree.root(), name));
    if (directory) {
      return true;
    }
  }
  return false;
}

Result<std::vector<CollectedDrive>> find_collected_drives(const HostFileSystem& tree,
                                                          Diagnostics& diagnostics) {
  const bool windows = CASEMENT_TRY(looks_like_windows_tree(tree));
  if (windows) {
    return std::vector<CollectedDrive>();
  }
  Search search(tree, diagnostics);
  for (const std::u16string_view name : holder_names) {
    std::optional<NodeId> holder = tree.root();
    if (!name.empty()) {
      holder = CASEMENT_TRY(find_directory(tree, tree.root(), name));
    }
    if (holder) {
      CASEMENT_TRY(search.look_into(*holder));
    }
  }
  CASEMENT_TRY(search.look_into_uploads());
  return search.take();
}

}  // namespace casement
