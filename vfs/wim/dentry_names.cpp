// SPDX-License-Identifier: Apache-2.0
// Reading and comparing names.
#include "vfs/wim/dentry_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "vfs/fs/entry_name.h"
#include "vfs/wim/hash_seed.h"

namespace casement::wim {
namespace {

namespace layout = metadata_layout;

/// Names with the same 32 bits of hash that a directory may have. Four million names, the most that
/// are read, have 2,000 by chance.
constexpr std::uint32_t max_collisions = 20'000;

/// Four units at a time: a pass hashes every name of an image.
std::uint32_t hash_of(std::u16string_view name) {
  constexpr std::size_t step = sizeof(std::uint64_t) / sizeof(char16_t);
  std::uint64_t hash = mix_bits(hash_seed() ^ name.size());
  while (!name.empty()) {
    std::uint64_t units = 0;
    std::memcpy(&units, name.data(), std::min(name.size(), step) * sizeof(char16_t));
    hash = mix_bits(hash ^ units);
    name.remove_prefix(std::min(name.size(), step));
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace

void assign_units(std::u16string& out, Bytes raw) {
  out.resize(raw.size() / 2);
  if constexpr (std::endian::native == std::endian::little) {
    if (!out.empty()) {
      std::memcpy(out.data(), raw.data(), out.size() * 2);
    }
  } else {
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = get_le<std::uint16_t>(raw, i * 2);
    }
  }
}

Result<void> read_names(MetadataView& view, const Dentry& dentry, DentryText& text) {
  if (dentry.names_damaged) {
    text.name.clear();
    text.short_name.clear();
    return fail(Status::corrupt,
                fmt::format("directory entry at 0x{:x} of the metadata: the sizes of its names are "
                            "odd, or larger than the entry",
                            dentry.offset));
  }
  constexpr std::size_t nul_size = 2;
  const std::size_t name_end = dentry.name_size == 0 ? 0 : dentry.name_size + nul_size;
  const std::size_t size =
      dentry.short_name_size == 0 ? dentry.name_size : name_end + dentry.short_name_size;
  const Bytes raw =
      CASEMENT_TRY(view.at(dentry.offset + sizeof(layout::Dentry), size, "names of an entry"));
  assign_units(text.name, raw.first(dentry.name_size));
  assign_units(text.short_name, dentry.short_name_size == 0
                                    ? Bytes()
                                    : raw.subspan(name_end, dentry.short_name_size));
  if (!text.short_name.empty() && refusal(text.short_name) != nullptr) {
    text.short_name.clear();
  }
  return {};
}

const char* refusal(std::u16string_view name) noexcept {
  if (name.empty()) {
    return "no name";
  }
  if (is_dot_name(name)) {
    return "the name of the directory itself or the one above it";
  }
  for (const char16_t unit : name) {
    if (unit == u'\0') {
      return "a name with a NUL";
    }
    if (unit == u'\\' || unit == u'/') {
      return "a name with a separator";
    }
  }
  return nullptr;
}

void SeenNames::grow() {
  constexpr std::size_t first_size = 16;
  std::vector<Slot> old(slots_.empty() ? first_size : slots_.size() * 2);
  std::swap(old, slots_);
  for (const Slot& slot : old) {
    if (slot.offset != 0) {
      free_slot(slot.hash) = slot;
    }
  }
}

SeenNames::Slot& SeenNames::free_slot(std::uint32_t hash) noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash & mask;
  while (slots_[i].offset != 0) {
    i = (i + 1) & mask;
  }
  return slots_[i];
}

Result<bool> SeenNames::add(MetadataView& view, std::u16string_view name,
                            std::uint64_t dentry_offset) {
  if (slots_.size() - slots_.size() / 4 <= used_) {
    grow();
  }
  const std::uint32_t hash = hash_of(name);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask; slots_[i].offset != 0; i = (i + 1) & mask) {
    if (slots_[i].hash != hash) {
      continue;
    }
    const auto other = read_dentry(view, slots_[i].offset);
    if (other && *other && read_names(view, **other, other_) && other_.name == name) {
      return true;
    }
    if (++collisions_ > max_collisions) {
      return fail(Status::limit_exceeded,
                  fmt::format("{} names were chosen to have the same hash", collisions_));
    }
  }
  ++used_;
  free_slot(hash) = {hash, static_cast<std::uint32_t>(dentry_offset)};
  return false;
}

}  // namespace casement::wim
