// SPDX-License-Identifier: Apache-2.0
// From hashes to sizes and sources.
#include "vfs/wim/tree_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/reparse_layout.h"
#include "vfs/source/memory_source.h"
#include "vfs/wim/dentry_names.h"
#include "vfs/wim/tree_reparse.h"
#include "vfs/wim/tree_wof.h"

namespace casement::wim {
namespace {

std::string place_of(const TreeImage& image, const Dentry& dentry) {
  return fmt::format("{}: entry at 0x{:x} of the metadata", image.parts().where, dentry.offset);
}

/// Sizes of what no part has are 0.
Result<BlobInfo> blob_info(const TreeImage& image, const Dentry& dentry, const Sha1& hash) {
  if (is_zero(hash)) {
    return BlobInfo{};
  }
  const auto found = CASEMENT_TRY(image.parts().blobs->find(hash));
  if (!found) {
    image.findings().add(Severity::warning, "wim-missing-blob", dentry.offset, [&] {
      return fmt::format("{}: its content {} is in no part that is open; its size is not known",
                         place_of(image, dentry), to_hex(hash));
    });
    return BlobInfo{};
  }
  return *found;
}

ContentKind content_kind(const Dentry& dentry, const UnnamedStreams& streams) {
  if (dentry.is_directory()) {
    return ContentKind::stored;
  }
  if (dentry.is_encrypted()) {
    return ContentKind::encrypted;
  }
  if (dentry.reparse_tag == reparse_tag::wof) {
    return ContentKind::wof;
  }
  if (dentry.reparse_tag == reparse_tag::deduplicated) {
    return ContentKind::deduplicated;
  }
  constexpr std::uint32_t not_here =
      file_attribute::offline | file_attribute::recall_on_data_access;
  const bool cloud = (dentry.reparse_tag & reparse_tag::cloud_mask) == reparse_tag::cloud;
  if (cloud && ((dentry.attributes & not_here) != 0 || is_zero(streams.data()))) {
    return ContentKind::cloud_placeholder;
  }
  return ContentKind::stored;
}

Result<SourcePtr> open_blob(const TreeImage& image, const Dentry& dentry, const Sha1& hash) {
  const auto context = [&] { return place_of(image, dentry); };
  if (is_zero(hash)) {
    return make_memory_source({}, context());
  }
  return image.parts().blobs->open(hash).with_context(context);
}

/// All of it. corrupt: more than Windows allows.
Result<std::vector<std::byte>> read_reparse_blob(const TreeImage& image, const Dentry& dentry,
                                                 const Sha1& hash) {
  constexpr std::size_t max_size = reparse_layout::max_buffer_size - sizeof(reparse_layout::Header);
  const SourcePtr source = CASEMENT_TRY(open_blob(image, dentry, hash));
  if (source->size() > max_size) {
    return fail(Status::corrupt, fmt::format("{}: reparse data of {} bytes, at most {}",
                                             place_of(image, dentry), source->size(), max_size));
  }
  std::vector<std::byte> data(static_cast<std::size_t>(source->size()));
  CASEMENT_TRY(source->read(0, data).with_context(
      [&] { return fmt::format("{}: its reparse data", place_of(image, dentry)); }));
  return data;
}

/// The plain bytes, whether the tool that captured the file knew of WOF or not.
Result<SourcePtr> open_wof(const TreeImage& image, const Dentry& dentry,
                           const DentryStreams& streams) {
  const auto context = [&] { return place_of(image, dentry); };
  const Sha1& data = streams.unnamed.data();
  const auto reparse =
      CASEMENT_TRY(read_reparse_blob(image, dentry, streams.unnamed.reparse_data()));
  const ResourceFormat format = CASEMENT_TRY(parse_wof_data(reparse).with_context(context));
  const auto packed = std::ranges::find(streams.named, wof_stream_name, &NamedStream::name);
  if (packed == streams.named.end()) {
    return open_blob(image, dentry, data);
  }
  // The hole tells the size.
  const SourcePtr hole = CASEMENT_TRY(open_blob(image, dentry, data));
  SourcePtr stream = CASEMENT_TRY(open_blob(image, dentry, packed->hash));
  return open_wof_stream(std::move(stream), format, hole->size(), image.limits())
      .with_context(context);
}

Result<SourcePtr> open_main(const TreeImage& image, const Dentry& dentry,
                            const DentryStreams& streams) {
  switch (content_kind(dentry, streams.unnamed)) {
    case ContentKind::wof:
      return open_wof(image, dentry, streams);
    case ContentKind::deduplicated:
      return fail(Status::unsupported,
                  fmt::format("{}: its content is in the deduplication store of the volume that "
                              "was captured",
                              place_of(image, dentry)));
    case ContentKind::cloud_placeholder:
      return fail(Status::unsupported,
                  fmt::format("{}: a placeholder (reparse tag 0x{:08x}); its content is in the "
                              "cloud",
                              place_of(image, dentry), dentry.reparse_tag));
    case ContentKind::wim_backed:  // has the tag of WOF, too
    case ContentKind::stored:
    case ContentKind::compressed:
    case ContentKind::encrypted:
      break;
  }
  return open_blob(image, dentry, streams.unnamed.data());
}

/// Exactly that name, else without regard to case.
const NamedStream* find_stream(const DentryStreams& streams, std::u16string_view name) {
  const auto exact = std::ranges::find(streams.named, name, &NamedStream::name);
  if (exact != streams.named.end()) {
    return &*exact;
  }
  const auto folded = std::ranges::find_if(
      streams.named, [&](const NamedStream& named) { return equals_folded(named.name, name); });
  return folded == streams.named.end() ? nullptr : &*folded;
}

/// Why no stream may have this name; null when it may.
const char* stream_refusal(const std::u16string& name) {
  return name.find(u':') == std::u16string::npos ? refusal(name) : "a name with a colon";
}

}  // namespace

Result<NodeInfo> node_info(const TreeImage& image, const Dentry& dentry,
                           const UnnamedStreams& streams) {
  NodeInfo info;
  info.kind = dentry.kind();
  info.attributes = dentry.attributes == 0 ? file_attribute::normal : dentry.attributes;
  info.reparse_tag = dentry.reparse_tag;
  info.content = content_kind(dentry, streams);
  info.created = dentry.created;
  info.modified = dentry.modified;
  info.accessed = dentry.accessed;
  if (!dentry.is_directory() && !is_zero(streams.data())) {
    const BlobInfo blob = CASEMENT_TRY(blob_info(image, dentry, streams.data()));
    info.size = blob.size;
    info.allocated_size = blob.stored_size;
  }
  return info;
}

Result<std::vector<StreamInfo>> stream_infos(const TreeImage& image, const Dentry& dentry,
                                             const DentryStreams& streams) {
  std::vector<StreamInfo> infos;
  const auto add = [&](const std::u16string& name, const Sha1& hash) -> Result<void> {
    const BlobInfo blob = CASEMENT_TRY(blob_info(image, dentry, hash));
    infos.push_back({name, blob.size, blob.stored_size});
    return {};
  };
  const auto report = [&](const auto& make_text) {
    image.findings().add(Severity::warning, "wim-stream", dentry.offset, make_text);
  };
  if (!dentry.is_directory()) {
    CASEMENT_TRY(add({}, streams.unnamed.data()));
  }
  std::set<std::u16string_view> names;
  for (const NamedStream& named : streams.named) {
    const char* reason = stream_refusal(named.name);
    if (reason == nullptr && !names.insert(named.name).second) {
      reason = "the name of a stream before it";
    }
    if (reason != nullptr) {
      report([&] {
        return fmt::format("{}: stream \"{}\": {}; left out", place_of(image, dentry),
                           to_utf8(named.name), reason);
      });
      continue;
    }
    CASEMENT_TRY(add(named.name, named.hash));
  }
  if (streams.damage) {
    report([&] {
      return fmt::format("{}: some of its streams are lost: {}", place_of(image, dentry),
                         streams.damage->message());
    });
  }
  return infos;
}

Result<SourcePtr> open_stream(const TreeImage& image, const Dentry& dentry,
                              const DentryStreams& streams, std::u16string_view name) {
  if (name.empty() && !dentry.is_directory()) {
    // The damaged one might have been the main stream.
    if (streams.damage && is_zero(streams.unnamed.data())) {
      return std::unexpected(Error(*streams.damage).context(place_of(image, dentry)));
    }
    return open_main(image, dentry, streams);
  }
  if (const NamedStream* named = name.empty() ? nullptr : find_stream(streams, name)) {
    return open_blob(image, dentry, named->hash);
  }
  if (streams.damage && !name.empty()) {
    return std::unexpected(Error(*streams.damage).context(place_of(image, dentry)));
  }
  return fail(Status::not_found,
              name.empty()
                  ? fmt::format("{}: a directory has no main stream", place_of(image, dentry))
                  : fmt::format("{}: no stream \"{}\"", place_of(image, dentry), to_utf8(name)));
}

Result<std::vector<std::byte>> reparse_buffer(const TreeImage& image, const Dentry& dentry,
                                              const UnnamedStreams& streams) {
  namespace layout = reparse_layout;
  if (!dentry.is_reparse_point()) {
    return fail(Status::not_a_reparse_point,
                fmt::format("{}: no reparse point", place_of(image, dentry)));
  }
  const auto data = CASEMENT_TRY(read_reparse_blob(image, dentry, streams.reparse_data()));
  layout::Header header = {};
  header.tag = dentry.reparse_tag;
  header.data_length = static_cast<std::uint16_t>(data.size());
  header.reserved = dentry.reparse_reserved;
  std::vector<std::byte> buffer(sizeof(header));
  std::memcpy(buffer.data(), &header, sizeof(header));
  buffer.insert(buffer.end(), data.begin(), data.end());
  const bool fixed = (dentry.reparse_flags & metadata_layout::reparse_not_fixed) == 0;
  if (image.parts().reparse_points_fixed && fixed) {
    drop_target_drive(buffer);
  }
  return buffer;
}

}  // namespace casement::wim
