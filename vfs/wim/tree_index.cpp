// SPDX-License-Identifier: Apache-2.0
// Hashes of folded names.
#include "vfs/wim/tree_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/wim/dentry_list.h"

namespace casement::wim {
namespace {

std::uint32_t hash_folded(std::u16string_view name) noexcept {
  std::uint64_t hash = name.size();
  for (const char16_t unit : name) {
    hash = (hash ^ upcase(unit)) * 0x9E37'79B9'7F4A'7C15ULL;  // Fibonacci hashing
    hash ^= hash >> 29;
  }
  return static_cast<std::uint32_t>(hash >> 16);
}

/// How well an entry answers to a name; the greatest wins.
enum class Match : std::uint8_t { none, short_name, long_name, exact_short, exact_long };

Match match(const DentryText& text, std::u16string_view name) noexcept {
  if (text.name == name) {
    return Match::exact_long;
  }
  if (text.short_name == name) {
    return Match::exact_short;
  }
  if (equals_folded(text.name, name)) {
    return Match::long_name;
  }
  return equals_folded(text.short_name, name) ? Match::short_name : Match::none;
}

}  // namespace

DirectoryIndex DirectoryIndex::build(MetadataView& view, std::uint64_t begin, const Limits& limits,
                                     UniqueFindings& findings) {
  DirectoryIndex index;
  index.begin_ = begin;
  DentryList list(begin);
  DentryText text;
  while (true) {
    const auto entry = list.next(view, limits.max_directory_entries, text);
    if (!entry) {
      findings.add("wim-entry", begin + list.bytes_read(), entry.error());
      if (!list.refused_name() && !index.damage_) {
        index.damage_ = entry.error();
      }
      continue;
    }
    if (!*entry) {
      break;
    }
    const auto offset = static_cast<std::uint32_t>((*entry)->dentry.offset);
    const std::uint32_t hash = hash_folded(text.name);
    index.slots_.push_back({hash, offset});
    if (!text.short_name.empty()) {
      const std::uint32_t short_hash = hash_folded(text.short_name);
      if (short_hash != hash) {
        index.slots_.push_back({short_hash, offset});
      }
    }
  }
  index.slots_.shrink_to_fit();
  std::ranges::sort(index.slots_, {}, [](const Slot& slot) {
    return (std::uint64_t{slot.hash} << 32U) | slot.offset;  // entries lie in order
  });
  return index;
}

Result<std::optional<Dentry>> DirectoryIndex::find(MetadataView& view, std::u16string_view name,
                                                   DentryText& text,
                                                   UniqueFindings& findings) const {
  if (name.empty()) {
    return std::optional<Dentry>();
  }
  const auto candidates = std::ranges::equal_range(slots_, hash_folded(name), {},
                                                   [](const Slot& slot) { return slot.hash; });
  Match best = Match::none;
  std::optional<Dentry> found;
  bool ambiguous = false;
  DentryText candidate;
  for (const Slot& slot : candidates) {
    const auto dentry = CASEMENT_TRY(read_dentry(view, slot.offset));
    if (!dentry) {
      continue;
    }
    CASEMENT_TRY(read_names(view, *dentry, candidate));
    const Match here = match(candidate, name);
    ambiguous = ambiguous || (here == best && here == Match::long_name);
    if (here > best) {
      best = here;
      found = dentry;
      std::swap(text, candidate);
    }
    if (best == Match::exact_long) {
      break;
    }
  }
  if (best == Match::long_name && ambiguous) {
    findings.add(Severity::warning, "ambiguous-case", begin_, [&] {
      return fmt::format("\"{}\" could be several names that differ in case only; \"{}\" is taken",
                         to_utf8(name), to_utf8(text.name));
    });
  }
  if (!found && damage_) {
    return std::unexpected(*damage_);
  }
  return found;
}

DirectoryIndexPtr DirectoryIndexCache::get(std::uint64_t begin,
                                           const std::function<DirectoryIndex()>& make) {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto at = found_.find(begin); at != found_.end()) {
      recent_.splice(recent_.begin(), recent_, at->second);
      return recent_.front().index;
    }
  }
  auto index = std::make_shared<const DirectoryIndex>(make());
  const std::scoped_lock lock(mutex_);
  if (found_.contains(begin)) {
    return index;
  }
  recent_.push_front({begin, index});
  found_.emplace(begin, recent_.begin());
  bytes_ += index->size();
  while (bytes_ > max_bytes_ && recent_.size() > 1) {
    bytes_ -= recent_.back().index->size();
    found_.erase(recent_.back().begin);
    recent_.pop_back();
  }
  return index;
}

}  // namespace casement::wim
