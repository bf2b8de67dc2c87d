// SPDX-License-Identifier: Apache-2.0
// From one entry to the next.
#include "vfs/wim/dentry_list.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/core/utf16.h"

namespace casement::wim {

Result<std::optional<ListedDentry>> DentryList::next(MetadataView& view, std::uint32_t max_entries,
                                                     DentryText& text) {
  refused_name_ = false;
  if (pending_) {
    return std::unexpected(*std::exchange(pending_, std::nullopt));
  }
  if (ended_) {
    return std::optional<ListedDentry>();
  }
  ended_ = true;  // until the next entry is known
  const auto found = CASEMENT_TRY(read_dentry(view, offset_));
  if (!found) {
    return std::optional<ListedDentry>();
  }
  if (entries_ == max_entries) {
    return fail(Status::limit_exceeded,
                fmt::format("more than {} entries, the rest is left out", max_entries));
  }
  ++entries_;
  const Dentry& dentry = *found;
  // Names first: reading extra entries moves the view.
  const Result<void> name = check_name(view, dentry, text);
  ListedDentry listed{dentry, UnnamedStreams(dentry)};
  ExtraStreams extras(view, dentry);
  for (std::uint32_t i = 0; i < dentry.extra_count; ++i) {
    const auto extra = extras.next();
    if (!extra) {
      pending_ = extra.error();
      break;
    }
    if ((*extra)->raw_name.empty()) {
      listed.streams.add((*extra)->hash);
    }
  }
  offset_ = extras.offset();
  ended_ = pending_.has_value();
  if (!name) {
    return std::unexpected(name.error());
  }
  return std::optional(listed);
}

Result<void> DentryList::check_name(MetadataView& view, const Dentry& dentry, DentryText& text) {
  CASEMENT_TRY(read_names(view, dentry, text));
  const char* reason = refusal(text.name);
  if (reason == nullptr && CASEMENT_TRY(seen_.add(view, text.name, dentry.offset))) {
    reason = "the name of an entry before it";
  }
  if (reason != nullptr) {
    refused_name_ = true;
    return fail(Status::corrupt,
                fmt::format("directory entry at 0x{:x} of the metadata, \"{}\": {}; left out",
                            dentry.offset, to_utf8(text.name), reason));
  }
  return {};
}

}  // namespace casement::wim
