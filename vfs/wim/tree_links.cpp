// SPDX-License-Identifier: Apache-2.0
// One pass that reads no names.
#include "vfs/wim/tree_links.h"

#include <cstring>
#include <functional>
#include <queue>
#include <utility>

#include "vfs/wim/dentry_streams.h"
#include "vfs/wim/hash_seed.h"

namespace casement::wim {
namespace {

/// The first half of a SHA-1 tells the contents of one group apart.
std::uint64_t start_of(const Sha1& hash) noexcept {
  return get_le<std::uint64_t>(hash, 0);
}

/// Counts the entries of one directory and collects those of the directories in it. Gives the bytes
/// that it went through.
template <class AddList>
std::uint64_t count_list(MetadataView& view, std::uint64_t begin, LinkCounts& counts,
                         const AddList& add_list) {
  std::uint64_t offset = begin;
  while (true) {
    const auto entry = read_dentry(view, offset);
    if (!entry || !*entry) {
      return offset - begin;
    }
    const Dentry& dentry = **entry;
    UnnamedStreams streams(dentry);
    ExtraStreams extras(view, dentry);
    for (std::uint32_t i = 0; i < dentry.extra_count; ++i) {
      const auto extra = extras.next();
      if (!extra) {
        return offset - begin;
      }
      if ((*extra)->raw_name.empty()) {
        streams.add((*extra)->hash);
      }
    }
    if (dentry.link_group != 0) {
      counts.add(dentry.link_group, streams.data());
    }
    if (dentry.is_directory() && dentry.subdir_offset != 0) {
      add_list(dentry.subdir_offset);
    }
    offset = extras.offset();
  }
}

}  // namespace

bool VisitedLists::add(std::uint64_t begin) {
  const std::uint64_t index = begin / metadata_layout::alignment;
  const std::size_t bit = index < bits_.size() ? static_cast<std::size_t>(index) : bits_.size() - 1;
  if (bits_[bit]) {
    return false;
  }
  bits_[bit] = true;
  return true;
}

LinkCounts LinkCounts::count(MetadataView& view, std::uint64_t root_list) {
  LinkCounts counts;
  VisitedLists visited(view.size());
  // The least offset first, whatever the order of the directories: the view goes forward.
  std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> lists;
  const auto add_list = [&](std::uint64_t begin) {
    if (begin < view.size() && visited.add(begin)) {
      lists.push(begin);
    }
  };
  if (root_list != 0) {
    add_list(root_list);
  }
  std::uint64_t budget = view.size();
  while (!lists.empty()) {
    const std::uint64_t begin = lists.top();
    lists.pop();
    const std::uint64_t taken = count_list(view, begin, counts, add_list);
    if (taken > budget) {
      break;  // directories that overlap
    }
    budget -= taken;
  }
  return counts;
}

std::size_t LinkCounts::place(std::uint64_t group, std::uint64_t content) const {
  const std::size_t mask = slots_.size() - 1;
  // Contents are as good as random and groups are counted up, unless somebody chose them.
  std::size_t i =
      static_cast<std::size_t>(mix_bits(mix_bits(content ^ hash_seed()) ^ group)) & mask;
  while (slots_[i].group != 0 && (slots_[i].group != group || slots_[i].content != content)) {
    i = (i + 1) & mask;
  }
  return i;
}

void LinkCounts::grow() {
  constexpr std::size_t first_size = 64;
  std::vector<Slot> old(slots_.empty() ? first_size : slots_.size() * 2);
  std::swap(old, slots_);
  for (const Slot& slot : old) {
    if (slot.group != 0) {
      slots_[place(slot.group, slot.content)] = slot;
    }
  }
}

void LinkCounts::add(std::uint64_t group, const Sha1& content) {
  if (slots_.size() / 2 <= used_) {
    grow();
  }
  Slot& slot = slots_[place(group, start_of(content))];
  if (slot.group == 0) {
    slot.group = group;
    slot.content = start_of(content);
    ++used_;
  }
  ++slot.count;
}

std::uint32_t LinkCounts::find(std::uint64_t group, const Sha1& content) const {
  if (slots_.empty()) {
    return 1;
  }
  const Slot& slot = slots_[place(group, start_of(content))];
  return slot.group == 0 ? 1 : slot.count;
}

}  // namespace casement::wim
