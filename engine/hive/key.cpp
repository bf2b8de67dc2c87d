// SPDX-License-Identifier: Apache-2.0
// Key nodes: fields, paths, class names, security.
#include "engine/hive/key.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "engine/hive/hive.h"
#include "engine/hive/hive_image.h"
#include "engine/hive/hive_layout.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

using hive_layout::KeyNode;
using hive_layout::no_cell;

/// 512 levels of names of 255 units: the longest path that Windows can make.
constexpr std::size_t max_path_units = std::size_t{512} * 255;

}  // namespace

Result<Key> Hive::key_at(std::uint32_t cell_offset) const {
  const Bytes cell = CASEMENT_TRY(image_->cell(cell_offset, sizeof(KeyNode), "key node"));
  const auto signature = get_le<std::uint16_t>(cell, 0);
  if (signature != 0x6B6E) [[unlikely]] {  // "nk"
    return fail(Status::corrupt, fmt::format("key node at 0x{:x}: signature 0x{:04x}, expected "
                                             "0x6b6e (\"nk\")",
                                             HiveImage::file_offset(cell_offset), signature));
  }
  const auto flags = get_le<std::uint16_t>(cell, offsetof(KeyNode, flags));
  const auto name_size = get_le<std::uint16_t>(cell, offsetof(KeyNode, name_size));
  if (!in_range(cell.size(), sizeof(KeyNode), name_size)) [[unlikely]] {
    return fail(
        Status::corrupt,
        fmt::format("key node at 0x{:x}: name of {} bytes, but the cell has {} left",
                    HiveImage::file_offset(cell_offset), name_size, cell.size() - sizeof(KeyNode)));
  }
  return Key(this, cell_offset, cell,
             HiveName(cell.subspan(sizeof(KeyNode), name_size),
                      (flags & hive_layout::key_flag::latin1_name) != 0));
}

std::uint16_t Key::flags() const noexcept {
  return get_le<std::uint16_t>(cell_, offsetof(KeyNode, flags));
}

FileTime Key::last_written() const noexcept {
  return {get_le<std::uint64_t>(cell_, offsetof(KeyNode, last_written))};
}

std::uint32_t Key::subkey_count() const noexcept {
  return get_le<std::uint32_t>(cell_, offsetof(KeyNode, subkey_count));
}

std::uint32_t Key::value_count() const noexcept {
  // A predefined handle key keeps the handle where the count would be.
  if ((flags() & hive_layout::key_flag::predefined_handle) != 0) {
    return 0;
  }
  return get_le<std::uint32_t>(cell_, offsetof(KeyNode, value_count));
}

std::uint32_t Key::subkey_list() const noexcept {
  return get_le<std::uint32_t>(cell_, offsetof(KeyNode, subkey_list));
}

std::uint32_t Key::value_list() const noexcept {
  return get_le<std::uint32_t>(cell_, offsetof(KeyNode, value_list));
}

std::uint32_t Key::parent_offset() const noexcept {
  return get_le<std::uint32_t>(cell_, offsetof(KeyNode, parent));
}

SubkeyReader Key::subkeys() const {
  return SubkeyReader(*this);
}

ValueReader Key::values() const {
  return ValueReader(hive_, value_list(), value_count());
}

Result<std::optional<Key>> Key::subkey(std::u16string_view name) const {
  std::optional<Key> found = CASEMENT_TRY(SubkeyReader(*this).find(name, true));
  if (found) {
    return found;
  }
  // Hints are wrong in damaged hives and where a tool folded case otherwise than Windows.
  const bool hints_may_lie = hive_->state().condition != HiveCondition::clean ||
                             std::ranges::any_of(name, [](char16_t unit) { return unit >= 0x80; });
  if (!hints_may_lie) {
    return std::nullopt;
  }
  return SubkeyReader(*this).find(name, false);
}

Result<std::optional<Key>> Key::find(std::u16string_view path) const {
  Key key = *this;
  while (!path.empty()) {
    const std::size_t separator = std::min(path.find(u'\\'), path.size());
    const std::u16string_view name = path.substr(0, separator);
    path.remove_prefix(std::min(separator + 1, path.size()));
    if (name.empty()) {
      continue;
    }
    const std::optional<Key> next = CASEMENT_TRY(
        key.subkey(name).with_context([&] { return fmt::format("key \"{}\"", to_utf8(name)); }));
    if (!next) {
      return std::nullopt;
    }
    key = *next;
  }
  return key;
}

Result<std::optional<Value>> Key::value(std::u16string_view name) const {
  ValueReader reader = values();
  std::optional<Error> damage;
  while (true) {
    Result<std::optional<Value>> value = reader.next();
    if (!value) {
      damage = std::move(value).error();  // it may have been the one
      continue;
    }
    if (!*value) {
      break;
    }
    if ((*value)->name().equals_folded(name)) {
      return value;
    }
  }
  if (damage) {
    return std::unexpected(std::move(*damage).context(fmt::format("value \"{}\"", to_utf8(name))));
  }
  return std::nullopt;
}

Result<std::optional<Key>> Key::parent() const {
  const Key root = CASEMENT_TRY(hive_->root());
  if (offset_ == root.offset()) {
    return std::nullopt;
  }
  return std::optional<Key>(CASEMENT_TRY(hive_->key_at(parent_offset())));
}

Result<std::u16string> Key::path() const {
  std::vector<HiveName> names;
  std::size_t units = 0;
  std::optional<Key> key = *this;
  while (key) {
    units += key->name().size();
    if (names.size() > hive_->limits().max_key_depth || units > max_path_units) {
      return fail(Status::limit_exceeded,
                  fmt::format("key node at 0x{:x}: more than {} levels below the root",
                              HiveImage::file_offset(offset_), hive_->limits().max_key_depth));
    }
    names.push_back(key->name());
    key = CASEMENT_TRY(key->parent());
  }
  std::u16string path;
  for (std::size_t i = names.size() - 1; i > 0; --i) {  // the last name is the root's
    path += path.empty() ? u"" : u"\\";
    path += names[i - 1].to_u16string();
  }
  return path;
}

Result<std::u16string> Key::class_name() const {
  const auto cell_offset = get_le<std::uint32_t>(cell_, offsetof(KeyNode, class_name));
  const auto size = get_le<std::uint16_t>(cell_, offsetof(KeyNode, class_name_size));
  if (cell_offset == no_cell || size == 0) {
    return std::u16string();
  }
  const Bytes cell = CASEMENT_TRY(hive_->image().cell(cell_offset, size, "class name"));
  return from_utf16le(cell.first(size));
}

Result<std::vector<std::byte>> Key::security_descriptor() const {
  using hive_layout::KeySecurity;
  const auto cell_offset = get_le<std::uint32_t>(cell_, offsetof(KeyNode, security));
  if (cell_offset == no_cell) {
    return std::vector<std::byte>();
  }
  const Bytes cell =
      CASEMENT_TRY(hive_->image().cell(cell_offset, sizeof(KeySecurity), "key security"));
  const auto security = CASEMENT_TRY(load<KeySecurity>(cell, 0, "key security"));
  if (std::string_view(security.signature.data(), 2) != "sk") {
    return fail(Status::corrupt,
                fmt::format("key security at 0x{:x}: signature 0x{:04x}, expected 0x6b73 (\"sk\")",
                            HiveImage::file_offset(cell_offset), get_le<std::uint16_t>(cell, 0)));
  }
  const Bytes descriptor = CASEMENT_TRY(
      slice(cell, sizeof(KeySecurity), security.descriptor_size.value(), "key security"));
  return std::vector<std::byte>(descriptor.begin(), descriptor.end());
}

}  // namespace casement
