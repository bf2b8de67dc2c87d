// SPDX-License-Identifier: Apache-2.0
// Parsing index entries.
#include "vfs/ntfs/index_entry.h"

#include <fmt/format.h>

#include "vfs/ntfs/ntfs_layout.h"

namespace casement::ntfs {
namespace {

namespace layout = ntfs_layout;

constexpr std::size_t child_size = sizeof(le64);

std::unexpected<Error> bad_entry(std::uint64_t offset, const char* what, std::uint64_t found,
                                 std::uint64_t most) {
  return fail(Status::corrupt,
              fmt::format("index entry at 0x{:X}: {} {}, at most {}", offset, what, found, most));
}

}  // namespace

Result<IndexEntry> parse_index_entry(Bytes entries, std::uint64_t offset, IndexKind kind) {
  const auto header = CASEMENT_TRY(load<layout::IndexEntry>(entries, offset, "index entry"));
  const std::uint16_t size = header.size.value();
  if (size < sizeof(layout::IndexEntry) || !in_range(entries.size(), offset, size)) {
    return bad_entry(offset, "size", size, entries.size() - offset);
  }
  const Bytes raw = entries.subspan(static_cast<std::size_t>(offset), size);
  const std::uint16_t flags = header.flags.value();
  Bytes body = raw.subspan(sizeof(layout::IndexEntry));

  IndexEntry entry;
  entry.size = size;
  entry.last = (flags & layout::index_entry_flag::last) != 0;
  if ((flags & layout::index_entry_flag::has_child) != 0) {
    if (body.size() < child_size) {
      return bad_entry(offset, "child VCN of bytes", child_size, body.size());
    }
    entry.child = get_le<std::uint64_t>(body, body.size() - child_size);
    body = body.first(body.size() - child_size);
  }
  if (entry.last) {
    return entry;
  }
  const std::uint16_t key_size = header.key_size.value();
  if (key_size > body.size()) {
    return bad_entry(offset, "key of bytes", key_size, body.size());
  }
  entry.key = body.first(key_size);
  if (kind == IndexKind::file_names) {
    entry.reference = {header.record.value()};
    return entry;
  }
  const auto view = CASEMENT_TRY(load<layout::ViewIndexEntry>(raw, 0, "index entry"));
  if (!in_range(raw.size(), view.value_offset.value(), view.value_size.value())) {
    return bad_entry(offset, "value that ends at",
                     std::uint64_t{view.value_offset.value()} + view.value_size.value(),
                     raw.size());
  }
  entry.value = raw.subspan(view.value_offset.value(), view.value_size.value());
  return entry;
}

}  // namespace casement::ntfs
