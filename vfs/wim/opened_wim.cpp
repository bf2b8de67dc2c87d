// SPDX-License-Identifier: Apache-2.0
// Blobs by hash and images by index.
#include "vfs/wim/opened_wim.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/core/utf16.h"

namespace casement::wim {

OpenedWim::OpenedWim(std::unique_ptr<const WimContents> contents, const Limits& limits)
    : contents_(std::move(contents)),
      limits_(limits),
      state_(std::make_shared<ReadState>(limits)),
      solid_runs_(contents_->table) {}

std::vector<std::string> OpenedWim::part_names() const {
  std::vector<std::string> names;
  for (const WimPart& part : parts().parts) {
    names.push_back(part.name);
  }
  return names;
}

DecodedBytes OpenedWim::decoded() const noexcept {
  return {.metadata = state_->decoded_metadata.load(std::memory_order_relaxed),
          .blobs = state_->decoded_blobs.load(std::memory_order_relaxed)};
}

Result<ImageParts> OpenedWim::image_parts(std::uint32_t index) const {
  if (index == 0 || index > contents_->image_rows.size()) {
    return fail(Status::not_found,
                fmt::format("{}: no image {}; it has {}", parts().parts.front().source->describe(),
                            index, contents_->image_rows.size()));
  }
  ImageParts image;
  image.where = fmt::format("{} image {}", parts().parts.front().name, index);
  image.metadata = CASEMENT_TRY(open_row(contents_->image_rows[index - 1], ResourceUse::metadata,
                                         fmt::format("metadata of image {}", index)));
  image.blobs = shared_from_this();
  image.reparse_points_fixed = parts().parts.front().header.header.reparse_points_fixed;
  image.label = from_utf8(contents_->images[index - 1].name).value_or(std::u16string());
  return image;
}

Result<FileSystemPtr> OpenedWim::file_system(std::uint32_t index) const {
  return open_image_tree(CASEMENT_TRY(image_parts(index)), limits_);
}

Result<std::optional<BlobInfo>> OpenedWim::find(const Sha1& hash) const {
  const auto row = table().find(hash);
  if (!row) {
    return std::optional<BlobInfo>();
  }
  const BlobEntry entry = table().at(*row);
  return BlobInfo{
      .size = entry.plain_size(),
      .stored_size = entry.is_solid() ? 0 : entry.location.stored_size,
      .references = entry.references,
      .part = entry.part,
      .compressed = entry.is_solid() || entry.location.has(wim_layout::resource_flag::compressed),
      .solid = entry.is_solid()};
}

Result<SourcePtr> OpenedWim::open(const Sha1& hash) const {
  const auto row = table().find(hash);
  std::string label = fmt::format("blob {}", to_hex(hash));
  if (!row) {
    return fail(
        Status::not_found,
        fmt::format("{}: no {} in its table{}", parts().parts.front().source->describe(), label,
                    parts().parts.size() < parts().part_count
                        ? fmt::format("; only {} of its {} parts are there", parts().parts.size(),
                                      parts().part_count)
                        : ""));
  }
  return open_row(*row, ResourceUse::blob, std::move(label));
}

Result<SourcePtr> OpenedWim::open_row(std::uint32_t row, ResourceUse use, std::string label) const {
  const BlobEntry entry = table().at(row);
  const WimPart* part = parts().find(entry.part);
  if (part == nullptr) {
    return fail(Status::not_found, fmt::format("{}: {} is in part {} of {}, which is missing",
                                               parts().parts.front().source->describe(), label,
                                               entry.part, parts().part_count));
  }
  if (entry.is_solid()) {
    return solid_runs_.open(row, parts(), state_, limits_, std::move(label));
  }
  return open_resource(row_resource(*part, entry, row, use, std::move(label)), state_, limits_);
}

ResourceSpec row_resource(const WimPart& part, const BlobEntry& entry, std::uint32_t row,
                          ResourceUse use, std::string label) {
  return {.file = part.source,
          .location = entry.location,
          .format = part.format(),
          .use = use,
          .cache_owner = row,
          .label = std::move(label)};
}

}  // namespace casement::wim
