// SPDX-License-Identifier: Apache-2.0
// Listings in the kernel's form.
#include "tools/casement/fuse/fuse_directories.h"

#include <sys/stat.h>

#include <memory>
#include <optional>
#include <vector>

#include "tools/casement/fuse/fuse_reply.h"

namespace casement::cli {
namespace {

/// Positions 0 and 1 are "." and "..".
constexpr std::size_t dot_entries = 2;

/// One answer as it fills up.
class ListingBuffer {
 public:
  ListingBuffer(fuse_req_t request, std::size_t size) : request_(request), bytes_(size) {}

  /// False: no room. `next` is the position that the kernel asks for afterwards.
  bool add(const char* name, const struct stat& facts, std::size_t next) {
    const std::size_t room = bytes_.size() - used_;
    const std::size_t wanted = fuse_add_direntry(request_, bytes_.data() + used_, room, name,
                                                 &facts, static_cast<off_t>(next));
    return take(wanted, room);
  }

  bool add_plus(const char* name, const fuse_entry_param& entry, std::size_t next) {
    const std::size_t room = bytes_.size() - used_;
    const std::size_t wanted = fuse_add_direntry_plus(request_, bytes_.data() + used_, room, name,
                                                      &entry, static_cast<off_t>(next));
    return take(wanted, room);
  }

  int reply() { return fuse_reply_buf(request_, bytes_.data(), used_); }

 private:
  bool take(std::size_t wanted, std::size_t room) {
    if (wanted > room) {
      return false;
    }
    used_ += wanted;
    return true;
  }

  fuse_req_t request_;
  std::vector<char> bytes_;
  std::size_t used_ = 0;
};

/// What a listing without lookups says of an entry: its number, and its type where the directory
/// knows it.
struct stat brief_facts(const MountTree& tree, InodeNumber directory, const DirEntry& entry) {
  struct stat facts = {};
  facts.st_ino = tree.shown_number(directory, entry);
  if (entry.kind == NodeKind::directory) {
    facts.st_mode = S_IFDIR;
  } else if (entry.kind == NodeKind::file) {
    facts.st_mode = S_IFREG;
  }
  return facts;
}

struct stat dot_facts(const MountTree& tree, InodeNumber directory) {
  const auto facts = tree.facts(directory);
  struct stat brief = {};
  brief.st_mode = S_IFDIR;
  brief.st_ino = facts ? facts->st_ino : directory;
  return brief;
}

/// An entry with everything; without a number when its node is damaged, so that it is listed and
/// the next lookup says what is wrong.
fuse_entry_param full_entry(MountTree& tree, InodeNumber directory, const ListedEntry& listed) {
  fuse_entry_param entry = {};
  entry.attr = brief_facts(tree, directory, listed.entry);
  const auto entered = tree.enter(directory, listed);
  if (entered) {
    entry.ino = entered->number;
    entry.generation = 0;  // numbers are never used again
    entry.attr = entered->facts;
    entry.attr_timeout = kept_for;
    entry.entry_timeout = kept_for;
  }
  return entry;
}

/// The inodes that an answer counts; taken back unless the kernel got it.
class CountedInodes {
 public:
  explicit CountedInodes(MountTree& tree) : tree_(tree) {}
  CountedInodes(const CountedInodes&) = delete;
  CountedInodes& operator=(const CountedInodes&) = delete;
  ~CountedInodes() {
    for (const InodeNumber number : numbers_) {
      tree_.release(number, 1);
    }
  }
  void add(InodeNumber number) {
    if (number != 0) {
      numbers_.push_back(number);
    }
  }
  void remove_last(InodeNumber number) {
    if (number != 0) {
      tree_.release(number, 1);
      numbers_.pop_back();
    }
  }
  void keep() noexcept { numbers_.clear(); }

 private:
  MountTree& tree_;
  std::vector<InodeNumber> numbers_;
};

}  // namespace

void open_directory(fuse_req_t request, fuse_ino_t number, fuse_file_info* info) noexcept {
  answer(request, "open directory", [&]() -> Result<void> {
    auto list = CASEMENT_TRY(service_of(request).tree.list(number));
    set_handle(info, list.get());
    info->cache_readdir = 1;
    info->keep_cache = 1;
    // An interrupted request is not released by the kernel.
    if (fuse_reply_open(request, info) == 0) {
      (void)list.release();
    }
    return {};
  });
}

void read_directory(fuse_req_t request, fuse_ino_t number, std::size_t size, off_t offset,
                    fuse_file_info* info) noexcept {
  answer(request, "read directory", [&]() -> Result<void> {
    MountTree& tree = service_of(request).tree;
    auto& list = handle_of<DirectoryList>(info);
    ListingBuffer buffer(request, size);
    auto position = static_cast<std::size_t>(offset);
    for (; position < dot_entries; ++position) {
      if (!buffer.add(position == 0 ? "." : "..", dot_facts(tree, number), position + 1)) {
        buffer.reply();
        return {};
      }
    }
    while (const ListedEntry* listed = list.at(position - dot_entries)) {
      ++position;
      if (!buffer.add(listed->file_name.c_str(), brief_facts(tree, number, listed->entry),
                      position)) {
        break;
      }
    }
    buffer.reply();
    return {};
  });
}

void read_directory_plus(fuse_req_t request, fuse_ino_t number, std::size_t size, off_t offset,
                         fuse_file_info* info) noexcept {
  answer(request, "read directory", [&]() -> Result<void> {
    MountTree& tree = service_of(request).tree;
    auto& list = handle_of<DirectoryList>(info);
    ListingBuffer buffer(request, size);
    CountedInodes counted(tree);
    auto position = static_cast<std::size_t>(offset);
    bool room = true;
    for (; room && position < dot_entries; ++position) {
      // Without a number: the kernel knows where these lead.
      fuse_entry_param entry = {};
      entry.attr = dot_facts(tree, number);
      room = buffer.add_plus(position == 0 ? "." : "..", entry, position + 1);
    }
    while (room) {
      const ListedEntry* const listed = list.at(position - dot_entries);
      if (listed == nullptr) {
        break;
      }
      const fuse_entry_param entry = full_entry(tree, number, *listed);
      counted.add(entry.ino);
      ++position;
      room = buffer.add_plus(listed->file_name.c_str(), entry, position);
      if (!room) {
        counted.remove_last(entry.ino);
      }
    }
    if (buffer.reply() == 0) {
      counted.keep();
    }
    return {};
  });
}

void release_directory(fuse_req_t request, fuse_ino_t /*number*/, fuse_file_info* info) noexcept {
  delete &handle_of<DirectoryList>(info);
  fuse_reply_err(request, 0);
}

}  // namespace casement::cli
