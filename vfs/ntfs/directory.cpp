// SPDX-License-Identifier: Apache-2.0
// Lookup and enumeration of directories.
#include "vfs/ntfs/directory.h"

#include <fmt/format.h>

#include <algorithm>

#include "vfs/core/utf16.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/upcase_table.h"

namespace casement::ntfs {
namespace {

namespace layout = ntfs_layout;

/// The index of names of every directory.
constexpr std::u16string_view index_name = u"$I30";

/// A cached directory keeps its index root and the runs of its index: some kilobytes.
constexpr std::size_t max_cached = 128;

/// Names of a damaged directory that are kept, some 100 bytes each: five times what the largest
/// directories of Windows have. With all cached directories it bounds what a hostile volume takes.
constexpr std::size_t max_kept_names = 200'000;

Result<DirectoryIndex> damaged_root(const NtfsVolumePtr& volume, FileReference reference,
                                    Error error) {
  if (reference.record() != layout::metadata_record::root) {
    return std::unexpected(std::move(error));
  }
  volume->findings().add("root-damaged", reference.record(), error);
  return DirectoryIndex{volume, reference, nullptr, std::move(error)};
}

}  // namespace

Directory::Directory(DirectoryIndex index, ParentMapPtr parents, bool case_sensitive)
    : index_(std::move(index)), parents_(std::move(parents)), case_sensitive_(case_sensitive) {}

Result<DirectoryPtr> Directory::open(const NtfsVolumePtr& volume, ParentMapPtr parents,
                                     FileReference reference) {
  const auto make = [&](DirectoryIndex index, bool case_sensitive) {
    return DirectoryPtr(new Directory(std::move(index), std::move(parents), case_sensitive));
  };
  Result<NtfsNode> node = NtfsNode::read(volume, reference);
  if (!node) {
    return make(CASEMENT_TRY(damaged_root(volume, reference, std::move(node).error())), false);
  }
  if (!node->is_directory()) {
    return fail(Status::not_a_directory,
                fmt::format("record {}: not a directory", reference.record()));
  }
  DirectoryIndex index{volume, node->reference(), nullptr, std::nullopt};
  Result<IndexTreePtr> tree = IndexTree::open(*node, index_name, IndexKind::file_names);
  if (tree) {
    index.tree = std::move(tree).take();
  } else {
    index.tree_error = std::move(tree).error();
  }
  return make(std::move(index), node->standard_information().case_sensitive);
}

Result<std::vector<ListedName>> Directory::find_in_tree(std::u16string_view name) const {
  const UpcaseTable& upcase = index_.volume->upcase();
  IndexCursor cursor(index_.tree);
  std::optional<Error> bad_key;
  CASEMENT_TRY(cursor.seek([&](Bytes key) {
    const Result<NtfsFileName> parsed = parse_file_name(key);
    if (!parsed) {
      bad_key = parsed.error();
      return std::strong_ordering::greater;
    }
    return upcase.compare(parsed->name(), name);
  }));
  if (bad_key) {
    return std::unexpected(*std::move(bad_key));
  }
  std::vector<ListedName> found;
  while (const auto entry = CASEMENT_TRY(cursor.next())) {
    const NtfsFileName key = CASEMENT_TRY(parse_file_name(entry->key));
    StoredName stored = make_stored_name(entry->reference, key);
    if (!upcase.equal(stored.name, name)) {
      break;
    }
    found.push_back({stored.file, index_.directory, std::move(stored.name), {}, stored.kind});
  }
  return found;
}

Result<std::vector<ListedName>> Directory::find_in_listing(std::u16string_view name) const {
  const UpcaseTable& upcase = index_.volume->upcase();
  const auto listing = CASEMENT_TRY(recovered_listing());
  std::vector<ListedName> found;
  for (const ListedName& listed : listing->names) {
    if (upcase.equal(listed.name, name)) {
      found.push_back(listed);
    } else if (upcase.equal(listed.short_name, name)) {
      found.push_back(listed);
      std::swap(found.back().name, found.back().short_name);
    }
  }
  if (found.empty() && !listing->errors.empty()) {
    return std::unexpected(listing->errors.front());
  }
  return found;
}

Result<std::shared_ptr<const DirectoryListing>> Directory::recovered_listing() const {
  const std::scoped_lock lock(mutex_);
  if (recovered_) {
    return recovered_;
  }
  auto listing =
      std::make_shared<const DirectoryListing>(CASEMENT_TRY(list_directory(index_, *parents_)));
  if (listing->names.size() <= max_kept_names) {
    recovered_ = listing;
  }
  return listing;
}

Result<std::optional<DirEntry>> Directory::lookup(std::u16string_view name) const {
  Result<std::vector<ListedName>> found =
      index_.tree ? find_in_tree(name) : std::unexpected(*index_.tree_error);
  if (!found) {
    // Something on the way is damaged: what the rest of the directory says is slower and enough.
    found = find_in_listing(name);
  }
  return choose(name, CASEMENT_TRY(std::move(found)));
}

std::optional<DirEntry> Directory::choose(std::u16string_view name,
                                          const std::vector<ListedName>& found) const {
  for (const bool exact : {true, false}) {
    for (const ListedName& candidate : found) {
      const bool wanted = (candidate.name == name) == exact && (exact || !case_sensitive_);
      std::optional<DirEntry> entry = wanted ? examine(candidate) : std::nullopt;
      if (entry) {
        return entry;
      }
    }
  }
  return std::nullopt;
}

/// The entry with both of its names; nullopt when its file is gone.
std::optional<DirEntry> Directory::examine(const ListedName& candidate) const {
  const Result<NtfsNode> node = NtfsNode::read(index_.volume, candidate.file);
  if (!node && node.error().status() != Status::not_found) {
    // Its record is damaged: the name is there, and stat() will tell.
    return DirEntry{candidate.name, candidate.short_name, candidate.file.node(), candidate.kind};
  }
  if (!node || !node->in_use()) {
    report_stale(candidate);
    return std::nullopt;
  }
  DirEntry entry{candidate.name, candidate.short_name, node->reference().node(), node_kind(*node)};
  for (ListedName& name : listed_names(*node)) {
    const bool here = name.parent.record() == index_.directory.record();
    if (here && (name.name == candidate.name || name.short_name == candidate.name)) {
      entry.name = std::move(name.name);
      entry.short_name = std::move(name.short_name);
      break;
    }
  }
  return entry;
}

void Directory::report_stale(const ListedName& name) const {
  index_.volume->findings().add(
      Severity::warning, "index-entry-stale", index_.directory.record(),
      fmt::format(
          "directory of record {}: \"{}\" leads to record {} of generation {}, which is not "
          "there any more; it is left out",
          index_.directory.record(), to_utf8(name.name), name.file.record(), name.file.sequence()));
}

/// Checks the records of some hundred names at a time, so that those that lie together are read
/// together.
class Directory::Reader final : public DirReader {
 public:
  Reader(std::shared_ptr<const Directory> directory, DirectoryListing listing)
      : directory_(std::move(directory)), listing_(std::move(listing)) {}

  Result<std::optional<DirEntry>> next() override {
    while (next_ < listing_.names.size()) {
      if (next_ == checked_begin_ + checked_.size()) {
        check_more();
      }
      const CheckedRecord& checked = checked_[next_ - checked_begin_];
      const ListedName& name = listing_.names[next_++];
      if (checked.state != RecordState::stale) {
        return std::optional(
            DirEntry{name.name, name.short_name, checked.file.node(), checked.kind});
      }
      directory_->report_stale(name);
    }
    if (next_error_ < listing_.errors.size()) {
      return std::unexpected(listing_.errors[next_error_++]);
    }
    return std::optional<DirEntry>();
  }

 private:
  static constexpr std::size_t window = 512;

  void check_more() {
    checked_begin_ = next_;
    const std::size_t count = std::min(window, listing_.names.size() - next_);
    checked_ =
        check_records(directory_->index_.volume, std::span(listing_.names).subspan(next_, count));
  }

  std::shared_ptr<const Directory> directory_;
  DirectoryListing listing_;
  std::vector<CheckedRecord> checked_;  // of the names from checked_begin_
  std::size_t checked_begin_ = 0;
  std::size_t next_ = 0;
  std::size_t next_error_ = 0;
};

Result<std::unique_ptr<DirReader>> Directory::read() const {
  DirectoryListing listing = CASEMENT_TRY(list_directory(index_, *parents_));
  return std::make_unique<Reader>(shared_from_this(), std::move(listing));
}

DirectoryCache::DirectoryCache(NtfsVolumePtr volume, ParentMapPtr parents)
    : volume_(std::move(volume)), parents_(std::move(parents)) {}

Result<DirectoryPtr> DirectoryCache::get(FileReference reference) const {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto at = found_.find(reference.value); at != found_.end()) {
      recent_.splice(recent_.begin(), recent_, at->second);
      return at->second->second;
    }
  }
  // Two threads may open the same directory at the same time; that costs little.
  DirectoryPtr directory = CASEMENT_TRY(Directory::open(volume_, parents_, reference));
  const std::scoped_lock lock(mutex_);
  if (!found_.contains(reference.value)) {
    recent_.emplace_front(reference.value, directory);
    found_.emplace(reference.value, recent_.begin());
    if (recent_.size() > max_cached) {
      found_.erase(recent_.back().first);
      recent_.pop_back();
    }
  }
  return directory;
}

}  // namespace casement::ntfs
