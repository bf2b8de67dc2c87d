// SPDX-License-Identifier: Apache-2.0
// Deciding by reparse point, attributes and the flags of $DATA.
#include "vfs/ntfs/content.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/fs/reparse.h"
#include "vfs/fs/reparse_layout.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/reallocated.h"
#include "vfs/ntfs/stream.h"
#include "vfs/ntfs/wof.h"

namespace casement::ntfs {
namespace {

namespace attribute_type = ntfs_layout::attribute_type;

/// WOF, with everything that reading needs.
struct WofContent {
  WofAlgorithm algorithm = WofAlgorithm::xpress_4k;
  const AttributeChain* stream = nullptr;
};

/// What is known of a main stream before it is opened.
struct Decision {
  NtfsContent content;
  std::optional<WofContent> wof;
  /// Set: the content is not in $DATA, and where it is cannot be found out.
  std::optional<Error> unusable;
};

ContentKind kind_of_data(const AttributeChain* data) noexcept {
  if (data == nullptr) {
    return ContentKind::stored;
  }
  if (data->head.is_encrypted()) {
    return ContentKind::encrypted;
  }
  return data->head.is_compressed() ? ContentKind::compressed : ContentKind::stored;
}

/// A placeholder keeps its tag when its content comes to this machine; only then the attributes
/// that ask for a recall are gone.
bool is_recalled(const NtfsNode& node, const AttributeChain* data) noexcept {
  constexpr std::uint32_t not_here =
      file_attribute::offline | file_attribute::recall_on_data_access;
  const bool empty_clusters = data != nullptr && !data->head.resident && data->head.size() != 0 &&
                              data->head.non_resident.total_allocated == 0;
  return (node.standard_information().attributes & not_here) == 0 && !empty_clusters;
}

/// A filter leaves a hole as long as the file; real clusters mean that it was written again later.
/// Those of WOF are never written in part.
bool has_own_bytes(const NtfsNode& node, ContentKind kind) {
  const AttributeChain* data = node.find(attribute_type::data, u"");
  if (data == nullptr || data->head.resident || data->head.size() == 0) {
    return true;
  }
  return !(kind == ContentKind::wof && data->head.is_sparse()) &&
         load_runs(node, *data).allocated_clusters() != 0;
}

/// What $DATA says may be right even so; but its hole must not pass for content.
void decide_damaged(const NtfsNode& node, ContentKind kind, Error error, Decision& decision) {
  if (!has_own_bytes(node, kind)) {
    decision.content.kind = kind;
    decision.unusable = std::move(error);
  }
}

void decide_wof(const NtfsNode& node, Bytes reparse, Decision& decision) {
  const auto report = [&](Error error) {
    node.volume()->findings().add("wof-damaged", node.reference().record(), error);
    decide_damaged(node, ContentKind::wof, std::move(error), decision);
  };
  const auto wof = parse_wof_reparse(reparse);
  if (!wof) {
    report(wof.error());
    return;
  }
  if (!wof->algorithm) {
    decision.content.kind = ContentKind::wim_backed;
    return;
  }
  const auto stream = node.require(attribute_type::data, wof_stream_name);
  if (!stream) {
    report(stream.error().status() != Status::not_found
               ? stream.error()
               : Error(Status::corrupt,
                       fmt::format("MFT record {}: a WOF file without its stream {}",
                                   node.reference().record(), to_utf8(wof_stream_name))));
    return;
  }
  decision.content.kind = ContentKind::wof;
  decision.wof = {.algorithm = *wof->algorithm, .stream = *stream};
}

Decision decide(const NtfsNode& node) {
  const AttributeChain* data = node.find(attribute_type::data, u"");
  Decision decision;
  decision.content.kind = kind_of_data(data);
  const bool is_marked =
      (node.standard_information().attributes & file_attribute::reparse_point) != 0;
  if (node.find(attribute_type::reparse_point, u"") == nullptr && !is_marked) {
    return decision;
  }
  const auto reparse = read_reparse_data(node);
  if (!reparse && reparse.error().status() == Status::not_a_reparse_point) {
    return decision;  // the mark alone means nothing
  }
  const auto tag = reparse ? parse_reparse_tag(*reparse)
                           : Result<std::uint32_t>(std::unexpected(reparse.error()));
  if (!tag) {
    node.volume()->findings().add("reparse-damaged", node.reference().record(), tag.error());
    if (!node.is_directory()) {
      const bool is_wof = node.find(attribute_type::data, wof_stream_name) != nullptr;
      decide_damaged(node, is_wof ? ContentKind::wof : decision.content.kind, tag.error(),
                     decision);
    }
    return decision;
  }
  decision.content.reparse_tag = *tag;
  if (node.is_directory()) {
    return decision;
  }
  if (*tag == reparse_tag::wof) {
    decide_wof(node, *reparse, decision);
  } else if (*tag == reparse_tag::deduplicated) {
    decision.content.kind = ContentKind::deduplicated;
  } else if ((*tag & reparse_tag::cloud_mask) == reparse_tag::cloud && !is_recalled(node, data)) {
    decision.content.kind = ContentKind::cloud_placeholder;
  }
  return decision;
}

/// Hard links without DOS names, which the record's own count includes.
std::uint32_t count_links(const NtfsNode& node) {
  const auto names = node.file_names();
  const auto listed = std::ranges::count_if(names, &NtfsFileName::is_listed);
  return listed > 0 ? static_cast<std::uint32_t>(listed) : node.base().link_count();
}

void add_sizes(const NtfsNode& node, const Decision& decision, NodeInfo& info) {
  const AttributeChain* data = node.find(attribute_type::data, u"");
  if (data == nullptr) {
    return;
  }
  info.size = data->head.size();
  const Attribute& stored = decision.wof ? decision.wof->stream->head : data->head;
  info.allocated_size = stored.resident ? 0 : stored.non_resident.total_allocated;
}

}  // namespace

Result<std::vector<std::byte>> read_reparse_data(const NtfsNode& node) {
  const auto chain = node.require(attribute_type::reparse_point, u"");
  if (!chain && chain.error().status() == Status::not_found) {
    return fail(Status::not_a_reparse_point,
                fmt::format("MFT record {}: no reparse point", node.reference().record()));
  }
  return read_attribute(node, *CASEMENT_TRY(Result<const AttributeChain*>(chain)),
                        reparse_layout::max_buffer_size);
}

NtfsContent find_content(const NtfsNode& node) {
  return decide(node).content;
}

NodeInfo node_info(const NtfsNode& node) {
  const Decision decision = decide(node);
  const NtfsStandardInformation& standard = node.standard_information();
  NodeInfo info;
  info.kind = is_link_tag(decision.content.reparse_tag) ? NodeKind::reparse_point
              : node.is_directory()                     ? NodeKind::directory
                                                        : NodeKind::file;
  // The record says what is a directory; the attribute word does not.
  info.attributes = standard.attributes | (node.is_directory() ? file_attribute::directory : 0);
  info.attributes = info.attributes == 0 ? file_attribute::normal : info.attributes;
  info.link_count = count_links(node);
  info.reparse_tag = decision.content.reparse_tag;
  info.content = decision.content.kind;
  info.case_sensitive = node.is_directory() && standard.case_sensitive;
  info.created = standard.created;
  info.modified = standard.modified;
  info.changed = standard.changed;
  info.accessed = standard.accessed;
  add_sizes(node, decision, info);
  return info;
}

Result<SourcePtr> open_content(const NtfsNode& node, std::u16string_view stream) {
  const AttributeChain* data = CASEMENT_TRY(node.require(attribute_type::data, stream));
  if (!node.in_use()) {
    report_reallocated(node, *data);
  }
  if (!stream.empty()) {
    return open_attribute(node, *data);
  }
  const Decision decision = decide(node);
  if (decision.unusable) {
    return std::unexpected(*decision.unusable);
  }
  const std::uint64_t record = node.reference().record();
  switch (decision.content.kind) {
    case ContentKind::wof:
      if (!node.in_use()) {
        report_reallocated(node, *decision.wof->stream);
      }
      return open_wof(node, *decision.wof->stream, decision.wof->algorithm, data->head.size());
    case ContentKind::wim_backed:
      return fail(Status::unsupported, fmt::format("MFT record {}: its content is in a WIM outside "
                                                   "of this volume (WIMBoot)",
                                                   record));
    case ContentKind::deduplicated:
      return fail(Status::unsupported, fmt::format("MFT record {}: its content is in the volume's "
                                                   "deduplication store",
                                                   record));
    case ContentKind::cloud_placeholder:
      return fail(Status::unsupported, fmt::format("MFT record {}: a placeholder (reparse tag "
                                                   "0x{:08x}); its content is in the cloud",
                                                   record, decision.content.reparse_tag));
    case ContentKind::stored:
    case ContentKind::compressed:
    case ContentKind::encrypted:
      break;
  }
  return open_attribute(node, *data);
}

}  // namespace casement::ntfs
