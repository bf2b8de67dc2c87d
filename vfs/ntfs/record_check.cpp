// SPDX-License-Identifier: Apache-2.0
// Checking file records in bulk.
#include "vfs/ntfs/record_check.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "vfs/fs/reparse.h"
#include "vfs/ntfs/content.h"
#include "vfs/ntfs/mft.h"
#include "vfs/ntfs/ntfs_layout.h"

namespace casement::ntfs {
namespace {

namespace layout = ntfs_layout;

/// Records between two wanted ones that are read along rather than left out: a read costs about as
/// much as copying this many.
constexpr std::uint64_t max_gap = 16;
/// Records of one read.
constexpr std::uint64_t max_batch = 256;

CheckedRecord unreadable(const ListedName& name) {
  return {RecordState::unreadable, name.file, name.kind};
}

/// Only records with a reparse point or further records need more than their header.
NodeKind record_kind(const NtfsVolumePtr& volume, FileRecord record) {
  const bool is_directory = record.is_directory();
  const bool plain = !find_attribute(record, layout::attribute_type::reparse_point, u"") &&
                     !find_attribute(record, layout::attribute_type::attribute_list, u"");
  const NodeKind kind = is_directory ? NodeKind::directory : NodeKind::file;
  if (plain) {
    return kind;
  }
  const Result<NtfsNode> node = NtfsNode::from_record(volume, std::move(record));
  return node ? node_kind(*node) : kind;
}

CheckedRecord check(const NtfsVolumePtr& volume, const ListedName& name,
                    Result<FileRecord> record) {
  if (!record) {
    if (record.error().status() == Status::not_found) {
      return {RecordState::stale, name.file, name.kind};
    }
    return unreadable(name);
  }
  if (!record->in_use() || record->base() || !name.file.matches(record->sequence())) {
    return {RecordState::stale, name.file, name.kind};
  }
  const FileReference file = record->reference();
  return {RecordState::live, file, record_kind(volume, std::move(record).take())};
}

/// Names by the number of their record.
std::vector<std::size_t> by_record(std::span<const ListedName> names) {
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return names[a].file.record() < names[b].file.record();
  });
  return order;
}

/// Checks the names order[begin, end), whose records lie together.
void check_batch(const NtfsVolumePtr& volume, std::span<const ListedName> names,
                 std::span<const std::size_t> batch, std::vector<std::byte>& buffer,
                 std::vector<CheckedRecord>& checked) {
  const Mft& mft = volume->mft();
  const std::uint64_t first = names[batch.front()].file.record();
  const std::uint64_t count = names[batch.back()].file.record() - first + 1;
  buffer.resize(static_cast<std::size_t>(count * mft.record_size()));
  const bool read =
      batch.size() > 1 && mft.read_records(first, count, MutableBytes(buffer)).has_value();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const ListedName& name = names[batch[i]];
    const std::uint64_t number = name.file.record();
    const bool again = i > 0 && names[batch[i - 1]].file.record() == number;
    // Fixups are applied in place, once; and what read_record() can repair by the mirror is not
    // taken from here.
    if (!read || again || number < layout::metadata_record::first_user) {
      checked[batch[i]] = check(volume, name, mft.read_record(number));
      continue;
    }
    const auto place = static_cast<std::size_t>((number - first) * mft.record_size());
    checked[batch[i]] =
        check(volume, name,
              FileRecord::view(MutableBytes(buffer).subspan(place, mft.record_size()), number));
  }
}

}  // namespace

NodeKind node_kind(const NtfsNode& node) {
  if (is_link_tag(find_content(node).reparse_tag)) {
    return NodeKind::reparse_point;
  }
  return node.is_directory() ? NodeKind::directory : NodeKind::file;
}

std::vector<CheckedRecord> check_records(const NtfsVolumePtr& volume,
                                         std::span<const ListedName> names) {
  std::vector<CheckedRecord> checked(names.size());
  const std::vector<std::size_t> order = by_record(names);
  const std::uint64_t record_count = volume->mft().record_count();
  std::vector<std::byte> buffer;
  std::size_t begin = 0;
  while (begin < order.size()) {
    const std::uint64_t first = names[order[begin]].file.record();
    std::size_t end = begin + 1;
    if (first < record_count) {
      std::uint64_t last = first;
      for (; end < order.size(); ++end) {
        const std::uint64_t number = names[order[end]].file.record();
        if (number >= record_count || number - last > max_gap || number - first >= max_batch) {
          break;
        }
        last = number;
      }
      check_batch(volume, names, std::span(order).subspan(begin, end - begin), buffer, checked);
    } else {
      checked[order[begin]] = {RecordState::stale, names[order[begin]].file,
                               names[order[begin]].kind};
    }
    begin = end;
  }
  return checked;
}

}  // namespace casement::ntfs
