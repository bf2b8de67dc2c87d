// SPDX-License-Identifier: Apache-2.0
// Telling streams apart, by the rules of wimlib's src/inode.c.
#include "vfs/wim/dentry_streams.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/wim/dentry_names.h"
#include "vfs/wim/metadata_layout.h"

namespace casement::wim {
namespace {

namespace layout = metadata_layout;

}  // namespace

UnnamedStreams::UnnamedStreams(const Dentry& dentry)
    : encrypted_(dentry.is_encrypted()),
      wants_reparse_data_(dentry.is_reparse_point() && !dentry.is_encrypted()) {
  if (!is_zero(dentry.main_hash)) {
    add(dentry.main_hash);
  }
}

void UnnamedStreams::add(const Sha1& hash) {
  if (encrypted_ && is_zero(hash)) {
    return;
  }
  if (wants_reparse_data_) {
    wants_reparse_data_ = false;
    reparse_data_ = hash;
  } else if (wants_data_) {
    wants_data_ = false;
    data_ = hash;
  }
}

Result<std::optional<ExtraStream>> ExtraStreams::next() {
  if (left_ == 0) {
    return std::optional<ExtraStream>();
  }
  const char* const what = "extra stream entry";
  const Bytes fixed = CASEMENT_TRY(view_.at(offset_, sizeof(layout::ExtraStream), what));
  const auto disk = CASEMENT_TRY(load<layout::ExtraStream>(fixed, 0, what));
  const std::uint64_t length = disk.length.value();
  const std::uint16_t name_size = disk.name_size.value();
  if (name_size % 2 != 0 || !in_range(length, sizeof(disk), name_size) ||
      !in_range(view_.size(), offset_, length)) {
    return fail(
        Status::corrupt,
        fmt::format("extra stream entry at 0x{:x} of {} bytes of metadata: length {} with a "
                    "name of {} bytes",
                    offset_, view_.size(), length, name_size));
  }
  ExtraStream stream;
  stream.hash = disk.hash;
  if (name_size != 0) {
    const std::uint64_t name_offset = offset_ + sizeof(disk);
    stream.raw_name = CASEMENT_TRY(view_.at(name_offset, name_size, what));
  }
  offset_ += align_up(length);
  --left_;
  return std::optional(stream);
}

DentryStreams read_streams(MetadataView& view, const Dentry& dentry) {
  DentryStreams streams;
  streams.unnamed = UnnamedStreams(dentry);
  ExtraStreams extras(view, dentry);
  while (true) {
    auto extra = extras.next();
    if (!extra) {
      streams.damage = std::move(extra).error();
      break;
    }
    if (!*extra) {
      break;
    }
    if ((*extra)->raw_name.empty()) {
      streams.unnamed.add((*extra)->hash);
      continue;
    }
    NamedStream named;
    assign_units(named.name, (*extra)->raw_name);
    named.hash = (*extra)->hash;
    streams.named.push_back(std::move(named));
  }
  return streams;
}

}  // namespace casement::wim
