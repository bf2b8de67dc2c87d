// SPDX-License-Identifier: Apache-2.0
// Pairing 8.3 names with long ones.
#include "vfs/ntfs/names.h"

#include <cstddef>
#include <map>
#include <utility>

#include "vfs/fs/reparse.h"

namespace casement::ntfs {
namespace {

/// File and parent.
using PairKey = std::pair<std::uint64_t, std::uint64_t>;

PairKey key_of(const StoredName& name) {
  return {name.file.value, name.parent.value};
}

bool has_dos_name(const std::vector<StoredName>& names) {
  for (const StoredName& name : names) {
    if (name.name_space == NtfsNameSpace::dos) {
      return true;
    }
  }
  return false;
}

/// For each file in a directory the Win32 name that a DOS name belongs to.
std::map<PairKey, std::size_t> find_partners(const std::vector<StoredName>& names) {
  std::map<PairKey, std::size_t> partners;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].name_space != NtfsNameSpace::win32) {
      continue;
    }
    const auto [at, added] = partners.try_emplace(key_of(names[i]), i);
    if (!added && names[i].name < names[at->second].name) {
      at->second = i;
    }
  }
  return partners;
}

ListedName list(StoredName name) {
  return {name.file, name.parent, std::move(name.name), {}, name.kind};
}

}  // namespace

StoredName make_stored_name(FileReference file, const NtfsFileName& name) {
  StoredName stored{file, name.parent, name.name_space, name.name()};
  if (name.is_reparse_point() && is_link_tag(name.reparse_tag)) {
    stored.kind = NodeKind::reparse_point;
  } else if (name.is_directory()) {
    stored.kind = NodeKind::directory;
  }
  return stored;
}

std::vector<ListedName> pair_names(std::vector<StoredName> names) {
  std::map<std::size_t, std::size_t> short_names;  // of a Win32 name: its DOS name
  std::vector<bool> paired(names.size());
  if (has_dos_name(names)) {
    const auto partners = find_partners(names);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto partner = names[i].name_space == NtfsNameSpace::dos
                               ? partners.find(key_of(names[i]))
                               : partners.end();
      // A second DOS name of the same file is damage: it stays a name of its own.
      paired[i] = partner != partners.end() && short_names.try_emplace(partner->second, i).second;
    }
  }
  std::vector<ListedName> listed;
  listed.reserve(names.size() - short_names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (paired[i]) {
      continue;
    }
    std::u16string short_name;
    if (const auto at = short_names.find(i); at != short_names.end()) {
      short_name = names[at->second].name;
    }
    listed.push_back(list(std::move(names[i])));
    listed.back().short_name = std::move(short_name);
  }
  return listed;
}

std::vector<ListedName> listed_names(const NtfsNode& node) {
  std::vector<StoredName> names;
  for (const NtfsFileName& name : node.file_names()) {
    names.push_back(make_stored_name(node.reference(), name));
  }
  return pair_names(std::move(names));
}

}  // namespace casement::ntfs
