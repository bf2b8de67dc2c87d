// SPDX-License-Identifier: Apache-2.0
// Record headers, and the walk over attributes.
#include "vfs/ntfs/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/ntfs/fixup.h"
#include "vfs/ntfs/ntfs_layout.h"

namespace casement::ntfs {
namespace {

constexpr std::array<char, 4> signature = {'F', 'I', 'L', 'E'};
constexpr std::array<char, 4> unused_signature = {};
constexpr std::array<char, 4> bad_signature = {'B', 'A', 'A', 'D'};

/// What is wrong with a record that has another signature.
std::unexpected<Error> no_record(const std::array<char, 4>& found, std::uint64_t number) {
  if (found == unused_signature) {
    return fail(Status::not_found, fmt::format("MFT record {}: never used", number));
  }
  if (found == bad_signature) {
    return fail(Status::corrupt,
                fmt::format("MFT record {}: marked as bad (\"BAAD\") by a failed write", number));
  }
  return fail(Status::corrupt, fmt::format("MFT record {}: signature {:02x} {:02x} {:02x} {:02x}, "
                                           "expected \"FILE\"",
                                           number, static_cast<unsigned char>(found[0]),
                                           static_cast<unsigned char>(found[1]),
                                           static_cast<unsigned char>(found[2]),
                                           static_cast<unsigned char>(found[3])));
}

}  // namespace

Result<FileRecord> FileRecord::adopt(std::vector<std::byte> bytes, std::uint64_t number) {
  FileRecord record;
  record.owned_ = std::move(bytes);
  CASEMENT_TRY(record.parse(record.owned_, number));
  return record;
}

Result<FileRecord> FileRecord::view(MutableBytes bytes, std::uint64_t number) {
  Result<FileRecord> record = FileRecord();  // filled where it is returned: a scan views them all
  if (auto parsed = record->parse(bytes, number); !parsed) {
    record = std::unexpected(std::move(parsed).error());
  }
  return record;
}

Result<void> FileRecord::parse(MutableBytes bytes, std::uint64_t number) {
  const auto header = CASEMENT_TRY(load<ntfs_layout::RecordHeader>(bytes, 0, "file record header"));
  if (header.block.signature != signature) {
    return no_record(header.block.signature, number);
  }
  number_ = number;
  const FixupReport fixups = CASEMENT_TRY(apply_fixups(bytes, signature, 0).with_context([number] {
    return fmt::format("MFT record {}", number);
  }));
  torn_ = fixups.torn();
  sequence_ = header.sequence.value();
  link_count_ = header.link_count.value();
  flags_ = header.flags.value();
  base_ = header.base_record.value();
  attributes_offset_ = header.attributes_offset.value();
  const std::uint32_t used = header.used_size.value();
  // The used size may be damaged while the attributes are well: their end mark is what counts.
  bytes_ = bytes.first(used < attributes_offset_ || used > bytes.size() ? bytes.size() : used);
  if (attributes_offset_ < sizeof(header) || attributes_offset_ % 8 != 0 ||
      attributes_offset_ > bytes_.size()) {
    return fail(Status::corrupt,
                fmt::format("MFT record {}: attributes at 0x{:x}, expected a multiple of 8 from "
                            "0x30 to 0x{:x}",
                            number, attributes_offset_, bytes_.size()));
  }
  // NT 4 has its update sequence array where the number is stored since NTFS 3.1.
  if (header.block.usa_offset.value() >= sizeof(ntfs_layout::RecordHeader31)) {
    const auto newer =
        CASEMENT_TRY(load<ntfs_layout::RecordHeader31>(bytes, 0, "file record header"));
    stored_number_ = newer.record_number.value();
  }
  return {};
}

bool FileRecord::in_use() const noexcept {
  return (flags_ & ntfs_layout::record_flag::in_use) != 0;
}

bool FileRecord::is_directory() const noexcept {
  return (flags_ & ntfs_layout::record_flag::directory) != 0;
}

bool FileRecord::is_view_index() const noexcept {
  return (flags_ & ntfs_layout::record_flag::view_index) != 0;
}

std::optional<FileReference> FileRecord::base() const noexcept {
  if (base_ == 0) {
    return std::nullopt;
  }
  return FileReference{base_};
}

AttributeReader::AttributeReader(const FileRecord& record) noexcept
    : bytes_(record.bytes()), record_(record.number()), offset_(record.attributes_offset()) {}

Result<std::optional<Attribute>> AttributeReader::next() {
  constexpr std::uint32_t header_size = sizeof(ntfs_layout::AttributeHeader);
  if (done_ || !in_range(bytes_.size(), offset_, sizeof(std::uint32_t)) ||
      get_le<std::uint32_t>(bytes_, offset_) == ntfs_layout::attribute_type::end) {
    done_ = true;
    return std::optional<Attribute>();
  }
  const std::uint32_t offset = offset_;
  const std::uint64_t left = bytes_.size() - offset;
  std::uint64_t size =
      left < header_size ? 0 : get_le<std::uint32_t>(bytes_, offset + sizeof(std::uint32_t));
  if (size > left) {
    size &= 0xFFFF;  // records with garbage in the upper half of the size have been seen
  }
  if (size < header_size || size % 8 != 0 || size > left) {
    done_ = true;
    return fail(Status::corrupt,
                fmt::format("MFT record {}: attribute at 0x{:x}: size {}, expected a multiple of 8 "
                            "from {} to {}",
                            record_, offset, size, header_size, left));
  }
  offset_ += static_cast<std::uint32_t>(size);
  auto attribute = parse_attribute(bytes_.subspan(offset, size), offset).with_context([&] {
    return fmt::format("MFT record {}: attribute at 0x{:x}", record_, offset);
  });
  return std::optional(CASEMENT_TRY(std::move(attribute)));
}

std::optional<Attribute> find_attribute(const FileRecord& record, std::uint32_t type,
                                        std::u16string_view name) {
  AttributeReader reader(record);
  while (true) {
    auto attribute = reader.next();
    if (!attribute) {
      continue;  // a damaged size ends the walk at the next call
    }
    if (!*attribute) {
      return std::nullopt;
    }
    if ((*attribute)->type == type && (*attribute)->has_name(name)) {
      return **attribute;
    }
  }
}

}  // namespace casement::ntfs
