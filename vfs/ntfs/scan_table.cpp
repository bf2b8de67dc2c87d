// SPDX-License-Identifier: Apache-2.0
// The compact table of a scan.
#include "vfs/ntfs/scan_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "vfs/core/bytes.h"

namespace casement::ntfs {
namespace {

/// More than this is reserved only as it is filled: the size of a hostile MFT is no promise.
constexpr std::uint64_t max_reserve = 4'000'000;
/// Names and units of names a record; what real volumes have at most.
constexpr std::uint64_t names_for_ten_records = 13;
constexpr std::uint64_t units_a_record = 48;

/// Numbers of MFT records that are looked up together: a search goes through at most so many.
constexpr std::uint64_t block_numbers = 1024;

static_assert(ScanTable::max_rows <= std::numeric_limits<ScanTable::Index>::max());

}  // namespace

void ScanRecord::set_info(const NodeInfo& info) noexcept {
  size = info.size;
  allocated_size = info.allocated_size;
  created = info.created;
  modified = info.modified;
  changed = info.changed;
  accessed = info.accessed;
  attributes = info.attributes;
  reparse_tag = info.reparse_tag;
  link_count = info.link_count;
  kind = info.kind;
  content = info.content;
  case_sensitive = info.case_sensitive;
}

void ScanRecord::get_info(NodeInfo& info) const noexcept {
  info.kind = kind;
  info.attributes = attributes;
  info.link_count = link_count;
  info.reparse_tag = reparse_tag;
  info.content = content;
  info.case_sensitive = case_sensitive;
  info.size = size;
  info.allocated_size = allocated_size;
  info.created = created;
  info.modified = modified;
  info.changed = changed;
  info.accessed = accessed;
}

void ScanTable::reserve(std::uint64_t record_count) {
  const auto count = static_cast<std::size_t>(std::min(record_count, max_reserve));
  numbers_.reserve(count);
  records_.reserve(count);
  names_.reserve(count * names_for_ten_records / 10);
  text_.reserve(count * units_a_record);
}

ScanRecord& ScanTable::add_record(std::uint32_t number) {
  numbers_.push_back(number);
  return records_.emplace_back();
}

void ScanTable::add_name(FileReference parent, std::u16string_view name,
                         std::u16string_view short_name) {
  ScanName added;
  added.parent = parent;
  added.text = text_.size();
  added.record = static_cast<Index>(records_.size() - 1);
  added.length = static_cast<std::uint8_t>(name.size());
  added.short_length = static_cast<std::uint8_t>(short_name.size());
  text_.insert(text_.end(), name.begin(), name.end());
  text_.insert(text_.end(), short_name.begin(), short_name.end());
  names_.push_back(added);
  records_.back().has_names = true;
}

void ScanTable::add_error(Error error) {
  ++error_count_;
  if (errors_.size() < max_errors_kept) {
    errors_.push_back(std::move(error));
  }
}

Result<void> ScanTable::append(const ScanTable& next) {
  if (!in_range(most_rows_, records_.size(), next.records_.size()) ||
      !in_range(most_rows_, names_.size(), next.names_.size()) ||
      !in_range(max_text, text_.size(), next.text_.size())) {
    return fail(Status::limit_exceeded,
                fmt::format("scan of the MFT: {} files with {} names of {} units so far; the limit "
                            "is {} files or names and {} units",
                            records_.size(), names_.size(), text_.size(), most_rows_, max_text));
  }
  const auto record_base = static_cast<Index>(records_.size());
  const std::uint64_t text_base = text_.size();
  const std::size_t name_base = names_.size();
  numbers_.insert(numbers_.end(), next.numbers_.begin(), next.numbers_.end());
  records_.insert(records_.end(), next.records_.begin(), next.records_.end());
  names_.insert(names_.end(), next.names_.begin(), next.names_.end());
  for (std::size_t i = name_base; i < names_.size(); ++i) {
    names_[i].record += record_base;
    names_[i].text += text_base;
  }
  text_.insert(text_.end(), next.text_.begin(), next.text_.end());
  for (const Error& error : next.errors_) {
    add_error(error);
  }
  error_count_ += next.error_count_ - next.errors_.size();
  return {};
}

void ScanTable::clear() noexcept {
  numbers_.clear();
  records_.clear();
  names_.clear();
  text_.clear();
  errors_.clear();
  error_count_ = 0;
  blocks_.clear();
}

std::u16string_view ScanTable::text(const ScanName& name) const noexcept {
  return {text_.data() + name.text, name.length};
}

std::u16string_view ScanTable::short_text(const ScanName& name) const noexcept {
  return {text_.data() + name.text + name.length, name.short_length};
}

void ScanTable::index_numbers() {
  blocks_.clear();
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    // Blocks of no files begin where the next file is.
    blocks_.resize(std::max<std::size_t>(blocks_.size(), numbers_[i] / block_numbers + 1),
                   static_cast<Index>(i));
  }
}

std::optional<ScanTable::Index> ScanTable::find(std::uint64_t number) const noexcept {
  const std::uint64_t block = number / block_numbers;
  if (block >= blocks_.size()) {
    return std::nullopt;
  }
  const auto at_block = static_cast<std::size_t>(block);
  const std::size_t begin = blocks_[at_block];
  const std::size_t end = at_block + 1 < blocks_.size() ? blocks_[at_block + 1] : numbers_.size();
  std::size_t at = begin + static_cast<std::size_t>(number % block_numbers);
  if (end - begin != block_numbers) {
    const auto first = numbers_.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = numbers_.begin() + static_cast<std::ptrdiff_t>(end);
    at = static_cast<std::size_t>(std::lower_bound(first, last, number) - numbers_.begin());
  }
  if (at >= end || numbers_[at] != number) {
    return std::nullopt;
  }
  return static_cast<Index>(at);
}

}  // namespace casement::ntfs
