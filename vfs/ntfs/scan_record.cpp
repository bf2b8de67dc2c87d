// SPDX-License-Identifier: Apache-2.0
// Decoding records for a scan.
#include "vfs/ntfs/scan_record.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "vfs/fs/entry_name.h"
#include "vfs/ntfs/content.h"
#include "vfs/ntfs/mft.h"
#include "vfs/ntfs/names.h"
#include "vfs/ntfs/node.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/standard_information.h"

namespace casement::ntfs {
namespace {

namespace layout = ntfs_layout;
namespace attribute_type = ntfs_layout::attribute_type;

/// Units of a name on the stack.
class NameText {
 public:
  explicit NameText(Bytes raw) noexcept : size_(std::min(raw.size() / 2, units_.size())) {
    for (std::size_t i = 0; i < size_; ++i) {
      units_[i] = get_le<std::uint16_t>(raw, i * 2);
    }
  }
  std::u16string_view view() const noexcept { return {units_.data(), size_}; }

 private:
  std::array<char16_t, 255> units_;  // NOLINT: filled up to size_
  std::size_t size_;
};

constexpr std::uint32_t attribute_alignment = 8;

/// Lists and reparse points are needed because they make a record a special case.
bool is_needed(std::uint32_t type) noexcept {
  return type == attribute_type::standard_information || type == attribute_type::file_name ||
         type == attribute_type::data || type == attribute_type::attribute_list ||
         type == attribute_type::reparse_point;
}

}  // namespace

/// What an ordinary record says.
struct ScanRecordDecoder::Facts {
  NodeInfo info;
  bool has_standard_information = false;
  bool has_data = false;
};

ScanRecordDecoder::ScanRecordDecoder(const NtfsVolumePtr& volume, bool deleted, ScanTable& table,
                                     ListBudget& lists)
    : volume_(volume), deleted_(deleted), table_(table), lists_(lists) {}

void ScanRecordDecoder::decode(MutableBytes raw, std::uint64_t number) {
  const auto header = load<layout::RecordHeader>(raw, 0, "file record header");
  if (header && header->block.signature == std::array{'F', 'I', 'L', 'E'}) {
    // No protected word lies in the header, so that most of what is not wanted ends here.
    const bool in_use = (header->flags.value() & layout::record_flag::in_use) != 0;
    const bool wanted = (in_use || deleted_) && header->base_record.value() == 0;
    if (!wanted && number != layout::metadata_record::root) {
      return;
    }
  }
  Result<FileRecord> record = FileRecord::view(raw, number);
  if (!record || record->torn()) {
    // Once more by itself: this knows the mirror of the first records, and reports torn ones.
    record = volume_->mft().read_record(number);
  }
  if (!record) {
    add_unreadable(number, std::move(record).error());
    return;
  }
  add(*std::move(record));
}

void ScanRecordDecoder::add_unreadable(std::uint64_t number, Error error) {
  if (error.status() != Status::not_found) {
    table_.add_error(std::move(error));
  }
  if (number == layout::metadata_record::root) {
    ScanRecord& root = table_.add_record(static_cast<std::uint32_t>(number));
    root.sequence = static_cast<std::uint16_t>(number);
    root.kind = NodeKind::directory;
    root.is_directory = true;
    root.in_use = true;
  }
}

void ScanRecordDecoder::add(FileRecord&& record) {
  Facts facts;
  names_.clear();
  if (!gather(record, facts)) {
    add_exactly(std::move(record));
    return;
  }
  add_row(record, facts.info);
  add_names(record.reference());
}

/// Looks at the attributes that stat() needs and passes over the others: half of a scan would be
/// spent on them.
bool ScanRecordDecoder::gather(const FileRecord& record, Facts& facts) {
  const Bytes bytes = record.bytes();
  std::uint64_t offset = record.attributes_offset();
  while (in_range(bytes.size(), offset, sizeof(std::uint32_t))) {
    const auto at = static_cast<std::size_t>(offset);
    const auto type = get_le<std::uint32_t>(bytes, at);
    if (type == attribute_type::end) {
      break;
    }
    if (!in_range(bytes.size(), offset, sizeof(layout::AttributeHeader))) {
      return false;
    }
    const auto size = get_le<std::uint32_t>(bytes, at + offsetof(layout::AttributeHeader, size));
    if (size < sizeof(layout::AttributeHeader) || size % attribute_alignment != 0 ||
        !in_range(bytes.size(), offset, size)) {
      return false;
    }
    if (is_needed(type)) {
      if (!gather_attribute(type, bytes.subspan(at, size), facts)) {
        return false;
      }
    }
    offset += size;
  }
  if (facts.has_standard_information) {
    complete(record, facts.info);
  }
  return facts.has_standard_information;
}

/// False: the attribute makes the record a special case.
bool ScanRecordDecoder::gather_attribute(std::uint32_t type, Bytes raw, Facts& facts) {
  switch (type) {
    case attribute_type::standard_information: {
      const auto value = resident_value(raw);
      if (!value || facts.has_standard_information) {
        return false;
      }
      const auto standard = parse_standard_information(*value);
      if (!standard) {
        return false;
      }
      facts.has_standard_information = true;
      facts.info.created = standard->created;
      facts.info.modified = standard->modified;
      facts.info.changed = standard->changed;
      facts.info.accessed = standard->accessed;
      facts.info.attributes = standard->attributes;
      facts.info.case_sensitive = standard->case_sensitive;
      return true;
    }
    case attribute_type::file_name: {
      const auto value = resident_value(raw);
      if (!value) {
        return false;
      }
      const auto name = parse_file_name(*value);
      if (!name) {
        return false;
      }
      names_.push_back(*name);
      return true;
    }
    case attribute_type::data: {
      // Where it lies in the record is in messages only, and a damaged one is read once more.
      const auto attribute = parse_attribute(raw, 0);
      return attribute && gather_data(*attribute, facts);
    }
    default:
      return false;
  }
}

bool ScanRecordDecoder::gather_data(const Attribute& attribute, Facts& facts) {
  // What is not the head of a stream means nothing where there is no list.
  const bool is_head = attribute.resident || attribute.non_resident.lowest_vcn == 0;
  if (!attribute.raw_name.empty() || !is_head) {
    return true;
  }
  if (facts.has_data) {
    return false;
  }
  facts.has_data = true;
  facts.info.size = attribute.size();
  facts.info.allocated_size = attribute.resident ? 0 : attribute.non_resident.total_allocated;
  if (attribute.is_encrypted()) {
    facts.info.content = ContentKind::encrypted;
  } else if (attribute.is_compressed()) {
    facts.info.content = ContentKind::compressed;
  }
  return true;
}

/// The rules are those of node_info(), for a record that has none of its special cases.
void ScanRecordDecoder::complete(const FileRecord& record, NodeInfo& info) const {
  const auto listed = std::ranges::count_if(names_, &NtfsFileName::is_listed);
  info.link_count = listed > 0 ? static_cast<std::uint32_t>(listed) : record.link_count();
  if (record.is_directory()) {
    info.kind = NodeKind::directory;
    info.attributes |= file_attribute::directory;
  }
  info.case_sensitive = info.case_sensitive && record.is_directory();
  if (info.attributes == 0) {
    info.attributes = file_attribute::normal;
  }
}

void ScanRecordDecoder::add_exactly(FileRecord&& record) {
  const FileReference file = record.reference();
  auto node = NtfsNode::from_record(volume_, std::move(record), &lists_);
  if (!node) {
    add_unreadable(file.record(), std::move(node).error());
    return;
  }
  names_ = node->file_names();
  add_row(node->base(), node_info(*node));
  add_names(file);
}

void ScanRecordDecoder::add_row(const FileRecord& record, const NodeInfo& info) {
  ScanRecord& row = table_.add_record(static_cast<std::uint32_t>(record.number()));
  row.set_info(info);
  row.sequence = record.sequence();
  row.is_directory = record.is_directory();
  row.in_use = record.in_use();
  if (record.number() == layout::metadata_record::root) {
    row.kind = NodeKind::directory;
    row.is_directory = true;
    row.in_use = true;
  }
}

void ScanRecordDecoder::add_names(FileReference file) {
  if (file.record() == layout::metadata_record::root) {
    return;  // "." in itself
  }
  const auto is_dos = [](const NtfsFileName& name) { return !name.is_listed(); };
  if (std::none_of(names_.begin(), names_.end(), is_dos)) {
    for (const NtfsFileName& name : names_) {
      const NameText text(name.raw_name);
      if (!is_dot_name(text.view())) {
        table_.add_name(name.parent, text.view(), {});
      }
    }
    return;
  }
  std::vector<StoredName> stored;
  for (const NtfsFileName& name : names_) {
    stored.push_back(make_stored_name(file, name));
  }
  for (const ListedName& name : pair_names(std::move(stored))) {
    if (!is_dot_name(name.name)) {
      table_.add_name(name.parent, name.name, name.short_name);
    }
  }
}

}  // namespace casement::ntfs
