// SPDX-License-Identifier: Apache-2.0
// Entries with what their blobs say.
#include "vfs/wim/wim_scan.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "vfs/wim/metadata_loader.h"
#include "vfs/wim/tree_content.h"
#include "vfs/wim/tree_pass.h"

namespace casement::wim {
namespace {

class WimScan final : public VolumeScan {
 public:
  explicit WimScan(TreeImagePtr image)
      : image_(std::move(image)),
        view_(image_->parts().metadata),
        pass_(view_, image_->root(), image_->limits().max_directory_entries) {}

  Result<std::optional<ScanEntry>> next() override {
    if (links_ == nullptr) {
      links_ = &image_->links(view_);
    }
    const auto context = [this] { return image_->parts().where; };
    const auto found = CASEMENT_TRY(pass_.next().with_context(context));
    if (!found) {
      return std::optional<ScanEntry>();
    }
    const auto& [dentry, streams] = found->listed;
    ScanEntry entry;
    entry.node = {dentry.offset};
    entry.parent = found->parent;
    entry.name = pass_.text().name;
    entry.short_name = pass_.text().short_name;
    entry.depth = found->depth;
    entry.info = CASEMENT_TRY(node_info(*image_, dentry, streams));
    if (dentry.link_group != 0) {
      entry.info.link_count = links_->find(dentry.link_group, streams.data());
    }
    return std::optional(entry);
  }

 private:
  TreeImagePtr image_;
  LoadedMetadata view_;
  TreePass pass_;
  const LinkCounts* links_ = nullptr;  // of the image
};

}  // namespace

std::unique_ptr<VolumeScan> make_wim_scan(TreeImagePtr image) {
  return std::make_unique<WimScan>(std::move(image));
}

}  // namespace casement::wim
