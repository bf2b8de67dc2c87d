// SPDX-License-Identifier: Apache-2.0
// From anchors to the root directory.
#include "vfs/udf/udf_volume.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "vfs/udf/udf_content.h"
#include "vfs/udf/udf_file_layout.h"
#include "vfs/udf/udf_tag.h"

namespace casement {
namespace {

namespace layout = udf_layout;

Result<layout::FileSet> parse_file_set(Bytes block) {
  CASEMENT_TRY(expect_udf_tag(block, layout::tag_id::file_set, "file set descriptor"));
  return load<layout::FileSet>(block, 0, "file set descriptor");
}

/// Bytes 0, 4, 8 and so on give the lowest byte.
std::uint32_t serial_of(Bytes file_set) noexcept {
  std::array<std::uint8_t, 4> sums{};
  for (std::size_t i = 0; i < file_set.size(); ++i) {
    sums[i % sums.size()] =
        static_cast<std::uint8_t>(sums[i % sums.size()] + std::to_integer<unsigned>(file_set[i]));
  }
  return (std::uint32_t{sums[3]} << 24) | (std::uint32_t{sums[2]} << 16) |
         (std::uint32_t{sums[1]} << 8) | sums[0];
}

}  // namespace

UdfVolume::UdfVolume(UdfSpace space, const Limits& limits, std::unique_ptr<UniqueFindings> findings)
    : limits_(limits),
      findings_(std::move(findings)),
      space_(std::move(space)),
      listings_(limits.max_cache_size) {}

Result<std::shared_ptr<const UdfVolume>> UdfVolume::open(SourcePtr source, const Limits& limits) {
  const std::vector<UdfAnchor> anchors = CASEMENT_TRY(find_udf_anchors(*source));
  if (anchors.empty()) {
    const auto names = CASEMENT_TRY(read_recognition_sequence(*source));
    return names_udf(names)
               ? fail(Status::corrupt, "no anchor at sector 256 or at the end of the volume")
               : fail(Status::bad_format, "no recognition sequence and no anchor of UDF");
  }
  std::optional<Error> error;
  for (const UdfAnchor& anchor : anchors) {
    auto findings = std::make_unique<UniqueFindings>();
    auto opened = [&]() -> Result<std::shared_ptr<const UdfVolume>> {
      UdfDescriptors descriptors = CASEMENT_TRY(read_udf_descriptors(*source, anchor, *findings));
      UdfSpace space =
          CASEMENT_TRY(open_udf_space(source, anchor.sector_size, descriptors, limits, *findings));
      const std::shared_ptr<UdfVolume> volume(
          new UdfVolume(std::move(space), limits, std::move(findings)));
      volume->anchor_ = anchor;
      // The integrity descriptor of write-once media stays open for ever.
      const bool write_once =
          std::ranges::any_of(volume->space_.partitions(), [](const UdfPartition& partition) {
            return partition.kind == UdfPartitionKind::virtual_table;
          });
      volume->being_written_ = !write_once && is_udf_volume_open(*source, anchor, descriptors);
      volume->descriptors_ = std::move(descriptors);
      CASEMENT_TRY(volume->read_file_set());
      return volume;
    }();
    if (opened) {
      if (error) {
        (*opened)->findings().add("udf-anchor", anchor.sector, *error);
      }
      return opened;
    }
    if (!error) {
      error = std::move(opened).error().context(
          fmt::format("anchor at sector {} of {} bytes", anchor.sector, anchor.sector_size));
    }
  }
  return std::unexpected(*std::move(error));
}

Result<void> UdfVolume::read_file_set() {
  const layout::LongAllocation& extent = descriptors_.logical.file_set;
  const UdfPlace place{extent.location.partition.value(), extent.location.block.value()};
  const auto where = [&] { return fmt::format("file set descriptor in {}", to_string(place)); };
  auto block = space_.read_block(place);
  auto found =
      block ? parse_file_set(*block) : Result<layout::FileSet>(std::unexpected(block.error()));
  if (!found) {
    auto copy = CASEMENT_TRY(space_.read_mirror(place).with_context(where));
    if (copy && parse_file_set(*copy)) {
      findings_->add(Severity::warning, "udf-mirror", to_number(place), [&] {
        return fmt::format("{}: {}; the mirror was read", where(), found.error().message());
      });
      found = parse_file_set(*copy);
      block = *std::move(copy);
    }
  }
  const layout::FileSet file_set = CASEMENT_TRY(std::move(found).with_context(where));
  root_ = {file_set.root.location.partition.value(), file_set.root.location.block.value()};
  serial_ = serial_of(Bytes(*block).first(sizeof(layout::FileSet)));
  const UdfEntry root = CASEMENT_TRY(read_udf_entry(space_, root_, *findings_).with_context([] {
    return std::string("root directory");
  }));
  if (!root.is_directory()) {
    return fail(Status::corrupt, fmt::format("root directory in {}: a file of type {}",
                                             to_string(root_), root.file_type));
  }
  return {};
}

Result<UdfEntry> UdfVolume::entry(NodeId node) const {
  return read_udf_entry(space_, from_node_id(node).place, *findings_);
}

Result<DirListingPtr> UdfVolume::directory(NodeId node) const {
  return listings_.get(node, [&]() -> Result<DirListingPtr> {
    const UdfEntry found = CASEMENT_TRY(entry(node));
    if (!found.is_directory()) {
      return fail(Status::not_a_directory, fmt::format("file entry in {}: a file of type {}",
                                                       to_string(found.place), found.file_type));
    }
    return read_udf_directory(space_, found, limits_, *findings_);
  });
}

Result<DirListingPtr> UdfVolume::streams(const UdfEntry& entry) const {
  if (!entry.streams) {
    return DirListingPtr();
  }
  return listings_.get(to_node_id({*entry.streams, false}), [&]() -> Result<DirListingPtr> {
    const UdfEntry found = CASEMENT_TRY(read_udf_entry(space_, *entry.streams, *findings_));
    if (found.file_type != layout::file_type::stream_directory) {
      return fail(Status::corrupt, fmt::format("stream directory in {}: a file of type {}",
                                               to_string(found.place), found.file_type));
    }
    return read_udf_directory(space_, found, limits_, *findings_);
  });
}

Result<SourcePtr> UdfVolume::content(const UdfEntry& entry) const {
  return open_udf_content(space_, entry, limits_, *findings_);
}

}  // namespace casement
