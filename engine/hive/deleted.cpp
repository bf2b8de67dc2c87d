// SPDX-License-Identifier: Apache-2.0
// The scan of free cells.
#include "engine/hive/deleted.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "engine/hive/hive_image.h"
#include "engine/hive/hive_layout.h"

namespace casement {
namespace {

using hive_layout::BinHeader;
using hive_layout::KeyNode;
using hive_layout::no_cell;
using hive_layout::ValueKey;

constexpr std::uint16_t nk = 0x6B6E;
constexpr std::uint16_t vk = 0x6B76;
constexpr std::uint16_t known_key_flags = 0x03FF;
constexpr std::uint16_t known_value_flags = 0x0003;
/// Units of a path: no tool of Windows makes a longer one.
constexpr std::size_t max_path_length = 32'767;

class DeletedScan {
 public:
  DeletedScan(const Hive& hive, Diagnostics& findings)
      : hive_(hive), image_(hive.image()), findings_(findings) {}

  DeletedItems run() {
    std::uint32_t bin = 0;
    while (bin < image_.bins_size()) {
      const std::uint32_t size = scan_bin(bin);
      if (size == 0 || size > image_.bins_size() - bin) {
        break;
      }
      bin += size;
    }
    attach_values();
    name_parents();
    return std::move(items_);
  }

 private:
  /// Returns the bin's size; a damaged bin counts as one page.
  std::uint32_t scan_bin(std::uint32_t bin) {
    const Result<Bytes> raw = image_.range(bin, sizeof(BinHeader), "hive bin");
    if (!raw) {
      findings_.add("hive-bin-damaged", raw.error());
      return hive_layout::page_size;
    }
    const auto header = load<BinHeader>(*raw, 0, "hive bin");
    const std::uint32_t size = header->size.value();
    if (std::string_view(header->signature.data(), 4) != "hbin" || size == 0 ||
        size % hive_layout::page_size != 0 || !in_range(image_.bins_size(), bin, size)) {
      findings_.add(
          Severity::warning, "hive-bin-damaged",
          fmt::format("hive bin at 0x{:x} is passed over: no header", HiveImage::file_offset(bin)));
      return hive_layout::page_size;
    }
    const Result<Bytes> content = image_.range(bin, size, "hive bin");
    if (!content) {
      findings_.add("hive-bin-damaged", content.error());
      return size;
    }
    scan_cells(bin, *content);
    return size;
  }

  void scan_cells(std::uint32_t bin, Bytes content) {
    std::uint32_t position = sizeof(BinHeader);
    while (position + 8 <= content.size()) {
      const auto raw_size = get_le<std::uint32_t>(content, position);
      const bool is_free = static_cast<std::int32_t>(raw_size) >= 0;
      const std::uint32_t size = is_free ? raw_size : 0U - raw_size;
      if (size < 8 || size % 8 != 0 || !in_range(content.size(), position, size)) {
        findings_.add(
            Severity::warning, "hive-cell-damaged",
            fmt::format("cell at 0x{:x}: size 0x{:x}; the rest of its bin is not searched",
                        HiveImage::file_offset(bin + position), raw_size));
        return;
      }
      if (is_free) {
        scan_free_cell(bin + position, content.subspan(position, size));
      }
      position += size;
    }
  }

  /// Free neighbours are merged, so one free cell may hold many old ones, each at a multiple of 8.
  void scan_free_cell(std::uint32_t offset, Bytes cell) {
    for (std::uint32_t at = 4; at + sizeof(ValueKey) <= cell.size(); at += 8) {
      const auto signature = get_le<std::uint16_t>(cell, at);
      const Bytes record = cell.subspan(at);
      if (signature == nk) {
        add_key(offset + at, record);
      } else if (signature == vk) {
        add_value(offset + at, record);
      }
    }
  }

  void add_key(std::uint32_t offset, Bytes record) {
    if (record.size() < sizeof(KeyNode)) {
      return;
    }
    const auto node = *load<KeyNode>(record, 0, "deleted key node");
    const std::uint16_t name_size = node.name_size.value();
    const std::uint32_t parent = node.parent.value();
    const FileTime written{node.last_written.value()};
    if ((node.flags.value() & ~known_key_flags) != 0 || name_size == 0 ||
        !in_range(record.size(), sizeof(KeyNode), name_size) || !written.is_set() ||
        (parent % 8 != 0 && parent != no_cell) || node.subkey_count.value() > image_.bins_size()) {
      return;
    }
    DeletedKey key;
    key.offset = offset;
    key.name = HiveName(record.subspan(sizeof(KeyNode), name_size),
                        (node.flags.value() & hive_layout::key_flag::latin1_name) != 0);
    key.last_written = written;
    key.parent = parent;
    if ((node.flags.value() & hive_layout::key_flag::predefined_handle) == 0 &&
        node.value_count.value() != 0) {
      value_lists_.push_back(
          {items_.keys.size(), node.value_list.value(), node.value_count.value()});
    }
    items_.keys.push_back(key);
  }

  void add_value(std::uint32_t offset, Bytes record) {
    const auto header = *load<ValueKey>(record, 0, "deleted value key");
    const std::uint16_t name_size = header.name_size.value();
    const std::uint32_t raw_size = header.data_size.value();
    const bool is_inline = (raw_size & hive_layout::inline_data) != 0;
    const std::uint32_t size = raw_size & ~hive_layout::inline_data;
    if ((header.flags.value() & ~known_value_flags) != 0 ||
        !in_range(record.size(), sizeof(ValueKey), name_size) || (is_inline && size > 4) ||
        size > image_.bins_size()) {
      return;
    }
    DeletedValue value;
    value.offset = offset;
    value.name = HiveName(record.subspan(sizeof(ValueKey), name_size),
                          (header.flags.value() & hive_layout::value_flag::latin1_name) != 0);
    value.type = header.type.value();
    value.size = size;
    value.data = is_inline ? record.subspan(offsetof(ValueKey, data_offset), size)
                           : old_cell(header.data_offset.value(), size);
    value.complete = value.data.size() == size;
    values_by_offset_.emplace(offset - 4, value);
  }

  /// Up to `wanted` bytes of what was a cell, free or not.
  Bytes old_cell(std::uint32_t offset, std::uint32_t wanted) const {
    if (offset == no_cell || offset % 8 != 0) {
      return {};
    }
    const Result<Bytes> head = image_.range(offset, 4, "old cell");
    if (!head) {
      return {};
    }
    const auto raw_size = get_le<std::uint32_t>(*head, 0);
    const std::uint32_t size = static_cast<std::int32_t>(raw_size) >= 0 ? raw_size : 0U - raw_size;
    if (size < 8) {
      return {};
    }
    const std::uint32_t length = std::min(size - 4, wanted);
    const Result<Bytes> bytes = image_.range(offset + 4, length, "old cell");
    return bytes ? *bytes : Bytes{};
  }

  /// Values whose key was found go to it; the others stay on their own.
  void attach_values() {
    // Each list belongs to one key, so together they are not larger than the hive.
    std::uint64_t budget = image_.bins_size();
    for (const ValueList& list : value_lists_) {
      const std::uint64_t bytes = std::uint64_t{list.count} * 4;
      if (bytes > budget) {
        continue;
      }
      const Bytes offsets = old_cell(list.offset, static_cast<std::uint32_t>(bytes));
      budget -= offsets.size();
      for (std::size_t i = 0; i + 4 <= offsets.size(); i += 4) {
        const auto node = values_by_offset_.extract(get_le<std::uint32_t>(offsets, i));
        if (!node.empty()) {
          items_.keys[list.key].values.push_back(node.mapped());
        }
      }
    }
    for (const auto& [offset, value] : values_by_offset_) {
      items_.values.push_back(value);
    }
  }

  void name_parents() {
    std::map<std::uint32_t, std::size_t> deleted_by_cell;
    for (std::size_t i = 0; i < items_.keys.size(); ++i) {
      deleted_by_cell.emplace(items_.keys[i].offset - 4, i);
    }
    // Paths of a sound hive are short; overlapping records could make them fill the memory.
    std::uint64_t budget = std::uint64_t{image_.bins_size()} * 4 + (std::uint64_t{1} << 20);
    for (DeletedKey& key : items_.keys) {
      std::optional<std::u16string> path = path_of(key.parent, deleted_by_cell);
      if (path && path->size() * 2 <= budget) {
        budget -= path->size() * 2;
        key.parent_path = std::move(path);
      }
    }
  }

  std::optional<std::u16string> path_of(
      std::uint32_t cell, const std::map<std::uint32_t, std::size_t>& deleted_by_cell) const {
    std::vector<HiveName> names;  // innermost first
    std::size_t length = 0;
    auto deleted = deleted_by_cell.find(cell);
    for (; deleted != deleted_by_cell.end(); deleted = deleted_by_cell.find(cell)) {
      const DeletedKey& key = items_.keys[deleted->second];
      length += key.name.size() + 1;
      if (names.size() == hive_.limits().max_key_depth || length > max_path_length) {
        return std::nullopt;  // also deleted keys that name each other
      }
      names.push_back(key.name);
      cell = key.parent;
    }
    const Result<Key> live = hive_.key_at(cell);
    const Result<std::u16string> top = live ? live->path() : std::unexpected(live.error());
    if (!top || top->size() + length > max_path_length) {
      return std::nullopt;
    }
    std::u16string path = *top;
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
      path += path.empty() ? u"" : u"\\";
      path += name->to_u16string();
    }
    return path;
  }

  struct ValueList {
    std::size_t key;
    std::uint32_t offset;
    std::uint32_t count;
  };

  const Hive& hive_;
  const HiveImage& image_;
  Diagnostics& findings_;
  DeletedItems items_;
  std::vector<ValueList> value_lists_;
  std::map<std::uint32_t, DeletedValue> values_by_offset_;  // by cell offset
};

}  // namespace

DeletedItems find_deleted(const Hive& hive, Diagnostics& findings) {
  return DeletedScan(hive, findings).run();
}

}  // namespace casement
