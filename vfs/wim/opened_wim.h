// SPDX-License-Identifier: Apache-2.0
// The WimFile that there is: parts, tables, and what reads them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/wim/blob_table.h"
#include "vfs/wim/part_set.h"
#include "vfs/wim/read_state.h"
#include "vfs/wim/resource.h"
#include "vfs/wim/solid_resources.h"
#include "vfs/wim/wim_file.h"
#include "vfs/wim/wim_file_system.h"

namespace casement::wim {

/// What WimFile::open() found out.
struct WimContents {
  WimHeader header;  // of the part that was named
  PartSet parts;     // part 1 is there
  BlobTable table;
  std::vector<std::uint32_t> image_rows;  // of the blob table, by index - 1
  std::vector<ImageClaims> images;        // as many
  std::string xml;
  Diagnostics findings;
};

class OpenedWim final : public WimFile, public std::enable_shared_from_this<OpenedWim> {
 public:
  OpenedWim(std::unique_ptr<const WimContents> contents, const Limits& limits);

  const WimHeader& header() const noexcept override { return contents_->header; }
  const std::vector<ImageClaims>& images() const noexcept override { return contents_->images; }
  const std::string& xml() const noexcept override { return contents_->xml; }
  std::vector<std::string> part_names() const override;
  Result<FileSystemPtr> file_system(std::uint32_t index) const override;
  Diagnostics diagnostics() const override { return contents_->findings; }
  DecodedBytes decoded() const noexcept override;

  Result<std::optional<BlobInfo>> find(const Sha1& hash) const override;
  Result<SourcePtr> open(const Sha1& hash) const override;

  // For verify().
  const PartSet& parts() const noexcept { return contents_->parts; }
  const BlobTable& table() const noexcept { return contents_->table; }
  const std::vector<std::uint32_t>& image_rows() const noexcept { return contents_->image_rows; }
  const Limits& limits() const noexcept { return limits_; }
  const ReadStatePtr& state() const noexcept { return state_; }

  /// What the tree of image `index` (from 1) is made of. not_found: no such image.
  Result<ImageParts> image_parts(std::uint32_t index) const;

 private:
  Result<SourcePtr> open_row(std::uint32_t row, ResourceUse use, std::string label) const;

  std::unique_ptr<const WimContents> contents_;
  Limits limits_;
  ReadStatePtr state_;
  SolidRuns solid_runs_;
};

/// The resource of a row that is not solid.
ResourceSpec row_resource(const WimPart& part, const BlobEntry& entry, std::uint32_t row,
                          ResourceUse use, std::string label);

}  // namespace casement::wim
