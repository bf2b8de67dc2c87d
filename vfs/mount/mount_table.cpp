// SPDX-License-Identifier: Apache-2.0
// Entries of the process-wide table, and their states.
#include "vfs/mount/mount_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/filesystem.hpp>
#include <utility>

#include "vfs/mount/mount_info.h"

namespace casement {
namespace {

Result<void> require_no_fuse_mount(const std::string& directory) {
  for (const MountInfoEntry& entry : CASEMENT_TRY(read_mount_info())) {
    if (entry.type == fuse_mount_type && entry.mount_point == directory) {
      return fail(Status::already_exists,
                  fmt::format("{} is mounted on {} already", entry.source, directory));
    }
  }
  return {};
}

/// The host is asked without the lock: a slow one must not stop other threads.
MountState state_of(const MountedImage& mount, const FileFacts& facts) {
  if (!is_directory(mount.mount_path)) {
    return MountState::invalid;
  }
  const auto now = read_file_facts(mount.image_path);
  return now && *now == facts ? MountState::ok : MountState::needs_remount;
}

Result<void> require_text(const std::string& text, const char* what) {
  if (text.empty()) {
    return fail(Status::invalid_argument, fmt::format("mount: {} is empty", what));
  }
  return {};
}

std::unexpected<Error> fail_not_mounted(const std::string& directory) {
  return fail(Status::not_found, fmt::format("nothing is mounted on {}", directory));
}

}  // namespace

MountTable& MountTable::of_process() {
  static MountTable table;
  return table;
}

Result<std::string> MountTable::add(const std::string& directory, const std::string& image_path,
                                    const std::string& selector, std::uint32_t index) {
  CASEMENT_TRY(require_text(directory, "the directory"));
  CASEMENT_TRY(require_text(image_path, "the path of the image"));
  const auto context = [&] { return fmt::format("mount {}{}", image_path, selector); };
  // A directory of the table is told from a FUSE mount before it is looked into: what is mounted
  // there would count as "not empty".
  const std::string wanted = canonical_path(directory);
  CASEMENT_TRY(require_no_fuse_mount(wanted).with_context(context));
  Entry entry;
  entry.mount.mount_path = CASEMENT_TRY(require_empty_directory(directory).with_context(context));
  entry.mount.image_path = boost::filesystem::absolute(image_path).lexically_normal().string();
  entry.mount.image = entry.mount.image_path + selector;
  entry.mount.index = index;
  entry.mount.in_process = true;
  entry.facts = CASEMENT_TRY(read_file_facts(image_path).with_context(context));
  std::string canonical = entry.mount.mount_path;
  const std::scoped_lock lock(mutex_);
  for (const Entry& other : entries_) {
    if (other.mount.mount_path == canonical) {
      return fail(Status::already_exists,
                  fmt::format("mount {}: {} is mounted on {} already", entry.mount.image,
                              other.mount.image, canonical));
    }
  }
  entries_.push_back(std::move(entry));
  return canonical;
}

Result<void> MountTable::remove(const std::string& directory) {
  const std::string canonical = canonical_path(directory);
  const std::scoped_lock lock(mutex_);
  const auto removed = std::erase_if(
      entries_, [&](const Entry& entry) { return entry.mount.mount_path == canonical; });
  if (removed == 0) {
    return fail_not_mounted(canonical);
  }
  return {};
}

Result<void> MountTable::remount(const std::string& directory) {
  const std::string canonical = canonical_path(directory);
  const auto entry = entry_of(canonical);
  if (!entry) {
    return fail_not_mounted(canonical);
  }
  if (!is_directory(canonical)) {
    return fail(Status::path_not_found, fmt::format("remount {}: {} is no directory any more",
                                                    entry->mount.image, canonical));
  }
  const FileFacts now =
      CASEMENT_TRY(read_file_facts(entry->mount.image_path).with_context([&entry] {
        return fmt::format("remount {}", entry->mount.image);
      }));
  const std::scoped_lock lock(mutex_);
  for (Entry& kept : entries_) {
    if (kept.mount.mount_path == canonical) {
      kept.facts = now;
      return {};
    }
  }
  return fail_not_mounted(canonical);  // removed meanwhile
}

std::vector<std::string> MountTable::cleanup() {
  std::vector<std::string> removed;
  for (const Entry& entry : entries()) {
    if (state_of(entry.mount, entry.facts) == MountState::invalid &&
        remove(entry.mount.mount_path)) {
      removed.push_back(entry.mount.mount_path);
    }
  }
  return removed;
}

std::vector<MountedImage> MountTable::list() const {
  std::vector<MountedImage> mounts;
  for (Entry& entry : entries()) {
    entry.mount.state = state_of(entry.mount, entry.facts);
    mounts.push_back(std::move(entry.mount));
  }
  return mounts;
}

std::optional<MountedImage> MountTable::find(const std::string& directory) const {
  auto entry = entry_of(canonical_path(directory));
  if (!entry) {
    return std::nullopt;
  }
  entry->mount.state = state_of(entry->mount, entry->facts);
  return std::move(entry->mount);
}

std::vector<MountTable::Entry> MountTable::entries() const {
  const std::scoped_lock lock(mutex_);
  return entries_;
}

std::optional<MountTable::Entry> MountTable::entry_of(const std::string& canonical) const {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find_if(
      entries_, [&](const Entry& entry) { return entry.mount.mount_path == canonical; });
  return found == entries_.end() ? std::nullopt : std::optional(*found);
}

}  // namespace casement
