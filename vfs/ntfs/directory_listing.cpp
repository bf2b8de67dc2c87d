// SPDX-License-Identifier: Apache-2.0
// Enumerating directory indexes, damaged ones too.
#include "vfs/ntfs/directory_listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/fs/entry_name.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/upcase_table.h"

namespace casement::ntfs {
namespace {

/// Errors kept of one directory: a damaged index must not fill the memory.
constexpr std::size_t max_errors = 64;

class Collector {
 public:
  Collector(const DirectoryIndex& index, const ParentMap& parents)
      : index_(index), parents_(parents) {}

  Result<DirectoryListing> collect() {
    if (index_.tree) {
      CASEMENT_TRY(walk_tree());
    } else {
      note_loss(*index_.tree_error);
    }
    if (errors_.empty()) {
      return DirectoryListing{pair_names(std::move(names_)), {}};
    }
    return recover();
  }

 private:
  void note(const Error& error) {
    if (errors_.size() < max_errors) {
      errors_.push_back(error);
    }
  }
  /// Damage that live blocks cannot make good.
  void note_loss(const Error& error) {
    note(error);
    lost_ = true;
  }

  Result<void> add(const IndexEntry& entry);
  Result<void> walk_tree();
  Result<void> walk_live_blocks();
  Result<DirectoryListing> recover();
  Result<void> add_block(const IndexNode& node);
  void sort_recovered(std::vector<ListedName>& names) const;

  const DirectoryIndex& index_;
  const ParentMap& parents_;
  std::vector<StoredName> names_;
  std::vector<Error> errors_;
  std::unordered_set<std::uint64_t> visited_;
  bool lost_ = false;
};

Result<void> Collector::add(const IndexEntry& entry) {
  const Result<NtfsFileName> key = parse_file_name(entry.key);
  if (!key) {
    note_loss(key.error());
    return {};
  }
  if (names_.size() >= index_.volume->limits().max_directory_entries) {
    return fail(Status::limit_exceeded, fmt::format("directory of record {}: more than {} entries",
                                                    index_.directory.record(), names_.size()));
  }
  StoredName name = make_stored_name(entry.reference, *key);
  if (is_dot_name(name.name)) {
    // The root has itself as "."; nothing else may.
    if (name.file.record() != ntfs_layout::metadata_record::root) {
      index_.volume->findings().add(
          Severity::warning, "dot-name", index_.directory.record(),
          fmt::format("directory of record {}: record {} is named \"{}\"; it is left out",
                      index_.directory.record(), name.file.record(), to_utf8(name.name)));
    }
    return {};
  }
  names_.push_back(std::move(name));
  return {};
}

Result<void> Collector::walk_tree() {
  IndexCursor cursor(index_.tree);
  while (true) {
    const Result<std::optional<IndexEntry>> entry = cursor.next();
    if (!entry) {
      note(entry.error());
      continue;
    }
    if (!*entry) {
      break;
    }
    CASEMENT_TRY(add(**entry));
  }
  if (index_.tree->root()->damage()) {
    lost_ = true;
  }
  visited_ = cursor.visited();
  return {};
}

Result<void> Collector::add_block(const IndexNode& node) {
  for (std::size_t i = 0; i < node.size(); ++i) {
    const IndexEntry entry = node.entry(i);
    if (!entry.last) {
      CASEMENT_TRY(add(entry));
    }
  }
  return {};
}

Result<void> Collector::walk_live_blocks() {
  // A live block holds an entry at least. Many of them may be one cluster, named by many runs.
  std::uint64_t budget = index_.volume->limits().max_directory_entries;
  for (auto block = index_.tree->next_live(0); block; block = index_.tree->next_live(*block + 1)) {
    if (budget-- == 0) {
      note_loss(Error(
          Status::limit_exceeded,
          fmt::format("directory of record {}: more than {} blocks in its index",
                      index_.directory.record(), index_.volume->limits().max_directory_entries)));
      return {};
    }
    const std::uint64_t vcn = index_.tree->block_vcn(*block);
    // A visited block was either read with all its entries, or its damage is seen again here.
    const Result<IndexNodePtr> node = index_.tree->load(vcn);
    if (!node || (*node)->damage()) {
      lost_ = true;
    }
    if (node && !visited_.contains(vcn)) {
      CASEMENT_TRY(add_block(**node));
    }
  }
  return {};
}

/// By the folded name, as an index has them; each name of a file once.
void Collector::sort_recovered(std::vector<ListedName>& names) const {
  const UpcaseTable& upcase = index_.volume->upcase();
  const auto identity = [](const ListedName& name) { return std::tie(name.name, name.file.value); };
  // A DOS name whose long one was lost in the index, and found again.
  std::set<std::pair<std::uint64_t, std::u16string>> short_names;
  for (const ListedName& name : names) {
    short_names.emplace(name.file.value, name.short_name);
  }
  std::erase_if(names, [&](const ListedName& name) {
    return short_names.contains({name.file.value, name.name});
  });
  std::sort(names.begin(), names.end(), [&](const ListedName& a, const ListedName& b) {
    const auto folded = upcase.compare(a.name, b.name);
    return folded != 0 ? folded < 0 : identity(a) < identity(b);
  });
  names.erase(std::unique(names.begin(), names.end(),
                          [&](const ListedName& a, const ListedName& b) {
                            return identity(a) == identity(b);
                          }),
              names.end());
}

Result<DirectoryListing> Collector::recover() {
  index_.volume->findings().add(Severity::warning, "index-damaged", index_.directory.record(),
                                fmt::format("directory of record {}: {}", index_.directory.record(),
                                            errors_.front().message()));
  if (index_.tree) {
    CASEMENT_TRY(walk_live_blocks());
  }
  DirectoryListing listing;
  listing.names = pair_names(std::move(names_));
  if (lost_) {
    Result<std::vector<ListedName>> children = parents_.names_in(index_.directory);
    if (children) {
      listing.names.insert(listing.names.end(), std::make_move_iterator(children->begin()),
                           std::make_move_iterator(children->end()));
    } else {
      listing.errors = std::move(errors_);
      listing.errors.push_back(children.error());
    }
  }
  sort_recovered(listing.names);
  return listing;
}

}  // namespace

Result<DirectoryListing> list_directory(const DirectoryIndex& index, const ParentMap& parents) {
  return Collector(index, parents).collect();
}

}  // namespace casement::ntfs
