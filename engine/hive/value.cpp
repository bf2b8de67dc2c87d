// SPDX-License-Identifier: Apache-2.0
// Value keys, value lists and value data with its big-data form.
#include "engine/hive/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/hive/hive.h"
#include "engine/hive/hive_image.h"
#include "engine/hive/hive_layout.h"

namespace casement {
namespace {

using hive_layout::BigData;
using hive_layout::no_cell;
using hive_layout::ValueKey;

constexpr std::uint16_t db = 0x6264;

/// Gathers the segments of a big-data cell. Segments that cannot be read end the data.
Result<ValueData> read_big_data(const Hive& hive, Bytes cell, std::uint32_t size) {
  const HiveImage& image = hive.image();
  const auto header = CASEMENT_TRY(load<BigData>(cell, 0, "big data"));
  const std::uint32_t count = header.count.value();
  const Bytes list = CASEMENT_TRY(image.cell(header.list.value(), count * 4, "big data list"));
  std::vector<std::byte> bytes;
  bytes.reserve(size);
  for (std::uint32_t i = 0; i < count && bytes.size() < size; ++i) {
    const Result<Bytes> segment =
        image.cell(get_le<std::uint32_t>(list, std::size_t{i} * 4), 0, "big data segment");
    if (!segment) {
      if (bytes.empty()) {
        return std::unexpected(segment.error());
      }
      break;
    }
    const std::size_t wanted =
        std::min<std::size_t>(size - bytes.size(), hive_layout::big_data_segment);
    const Bytes part = segment->first(std::min(wanted, segment->size()));
    bytes.insert(bytes.end(), part.begin(), part.end());
    if (part.size() < wanted) {
      break;
    }
  }
  const bool complete = bytes.size() == size;
  ValueData data(std::move(bytes));
  if (!complete) {
    data.mark_incomplete();
  }
  return data;
}

}  // namespace

Result<Value> Value::parse(const Hive* hive, std::uint32_t offset) {
  const Bytes cell = CASEMENT_TRY(hive->image().cell(offset, sizeof(ValueKey), "value key"));
  const auto signature = get_le<std::uint16_t>(cell, 0);
  if (signature != 0x6B76) [[unlikely]] {  // "vk"
    return fail(Status::corrupt, fmt::format("value key at 0x{:x}: signature 0x{:04x}, expected "
                                             "0x6b76 (\"vk\")",
                                             HiveImage::file_offset(offset), signature));
  }
  const auto name_size = get_le<std::uint16_t>(cell, offsetof(ValueKey, name_size));
  if (!in_range(cell.size(), sizeof(ValueKey), name_size)) [[unlikely]] {
    return fail(
        Status::corrupt,
        fmt::format("value key at 0x{:x}: name of {} bytes, but the cell has {} left",
                    HiveImage::file_offset(offset), name_size, cell.size() - sizeof(ValueKey)));
  }
  const auto raw_size = get_le<std::uint32_t>(cell, offsetof(ValueKey, data_size));
  const auto flags = get_le<std::uint16_t>(cell, offsetof(ValueKey, flags));
  Value value;
  value.hive_ = hive;
  value.offset_ = offset;
  value.type_ = get_le<std::uint32_t>(cell, offsetof(ValueKey, type));
  value.size_ = raw_size & ~hive_layout::inline_data;
  value.data_offset_ = get_le<std::uint32_t>(cell, offsetof(ValueKey, data_offset));
  value.is_inline_ = (raw_size & hive_layout::inline_data) != 0;
  value.inline_data_ = cell.subspan(offsetof(ValueKey, data_offset), 4);
  value.tombstone_ = (flags & hive_layout::value_flag::tombstone) != 0;
  value.name_ = HiveName(cell.subspan(sizeof(ValueKey), name_size),
                         (flags & hive_layout::value_flag::latin1_name) != 0);
  return value;
}

Result<ValueData> Value::data() const {
  const HiveImage& image = hive_->image();
  if (is_inline_) {
    ValueData data(inline_data_.first(std::min<std::size_t>(size_, inline_data_.size())));
    if (size_ > inline_data_.size()) {
      data.mark_incomplete();
    }
    return data;
  }
  if (size_ == 0) {
    return ValueData();
  }
  if (size_ > image.bins_size()) {
    return fail(Status::corrupt,
                fmt::format("value key at 0x{:x}: claims {} bytes of data, the hive has {}",
                            HiveImage::file_offset(offset_), size_, image.bins_size()));
  }
  if (size_ > hive_->limits().max_value_size) {
    return fail(
        Status::limit_exceeded,
        fmt::format("value key at 0x{:x}: {} bytes of data, the limit is {}",
                    HiveImage::file_offset(offset_), size_, hive_->limits().max_value_size));
  }
  const Bytes cell = CASEMENT_TRY(image.cell(data_offset_, 0, "value data"));
  if (cell.size() >= size_) {
    return ValueData(cell.first(size_));
  }
  if (size_ > hive_layout::big_data_segment && hive_->state().minor_version >= 4 &&
      cell.size() >= sizeof(BigData) && get_le<std::uint16_t>(cell, 0) == db) {
    return read_big_data(*hive_, cell, size_);
  }
  ValueData data(cell);
  data.mark_incomplete();
  return data;
}

Result<void> ValueReader::open_list() {
  opened_ = true;
  if (count_ == 0) {
    return {};
  }
  const std::uint32_t claimed = std::exchange(count_, 0);
  if (list_offset_ == no_cell) {
    return fail(Status::corrupt, fmt::format("value list: {} values claimed, no list", claimed));
  }
  list_ = CASEMENT_TRY(hive_->image().cell(list_offset_, 4, "value list"));
  count_ = std::min(
      {claimed, static_cast<std::uint32_t>(list_.size() / 4), hive_->limits().max_key_entries});
  if (count_ < claimed) {
    return fail(Status::corrupt,
                fmt::format("value list at 0x{:x}: {} values claimed, {} can be read",
                            HiveImage::file_offset(list_offset_), claimed, count_));
  }
  return {};
}

Result<std::optional<Value>> ValueReader::next() {
  if (!opened_) {
    CASEMENT_TRY(open_list());
  }
  if (position_ >= count_) {
    return std::nullopt;
  }
  const auto offset = get_le<std::uint32_t>(list_, std::size_t{position_} * 4);
  ++position_;
  return std::optional<Value>(CASEMENT_TRY(Value::parse(hive_, offset)));
}

}  // namespace casement
