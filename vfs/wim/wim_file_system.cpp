// SPDX-License-Identifier: Apache-2.0
// The questions of the FileSystem interface, answered by the parts.
#include "vfs/wim/wim_file_system.h"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <vector>

#include "vfs/wim/dentry_list.h"
#include "vfs/wim/tree_content.h"
#include "vfs/wim/tree_image.h"
#include "vfs/wim/wim_scan.h"

namespace casement::wim {
namespace {

DirEntry to_dir_entry(const Dentry& dentry, const DentryText& text) {
  return {text.name, text.short_name, {dentry.offset}, dentry.kind()};
}

class WimDirReader final : public DirReader {
 public:
  WimDirReader(TreeImagePtr image, std::uint64_t begin)
      : image_(std::move(image)),
        view_(image_->parts().metadata, MetadataWindow::directory_window),
        list_(begin) {}

  Result<std::optional<DirEntry>> next() override {
    if (list_.begin() == 0) {
      return std::optional<DirEntry>();  // a directory without entries
    }
    const auto found = CASEMENT_TRY(
        list_.next(view_, image_->limits().max_directory_entries, text_).with_context([this] {
          return image_->parts().where;
        }));
    return found ? std::optional(to_dir_entry(found->dentry, text_)) : std::nullopt;
  }

 private:
  TreeImagePtr image_;
  MetadataWindow view_;
  DentryList list_;
  DentryText text_;
};

class WimFileSystem final : public FileSystem {
 public:
  explicit WimFileSystem(TreeImagePtr image) : image_(std::move(image)) {}

  const char* type_name() const noexcept override { return "wim"; }

  Diagnostics diagnostics() const override { return image_->findings().snapshot(); }

  FileSystemInfo info() const override {
    FileSystemInfo info;
    info.label = image_->parts().label;
    return info;
  }

  NodeId root() const noexcept override { return {image_->root().offset}; }

  Result<NodeInfo> stat(NodeId node) const override {
    const auto [dentry, streams] = CASEMENT_TRY(read(node));
    NodeInfo info = CASEMENT_TRY(node_info(*image_, dentry, streams.unnamed));
    if (dentry.link_group != 0) {
      info.link_count = 0;
    }
    return info;
  }

  Result<std::uint32_t> link_count(NodeId node) const override {
    const auto [dentry, streams] = CASEMENT_TRY(read(node));
    return dentry.link_group == 0 ? 1
                                  : image_->links().find(dentry.link_group, streams.unnamed.data());
  }

  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override {
    return std::make_unique<WimDirReader>(image_, CASEMENT_TRY(directory(dir)).subdir_offset);
  }

  Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const override {
    const Dentry parent = CASEMENT_TRY(directory(dir));
    DentryText text;
    const auto found = CASEMENT_TRY(image_->find(parent, name, text));
    return found ? std::optional(to_dir_entry(*found, text)) : std::nullopt;
  }

  Result<std::vector<StreamInfo>> streams(NodeId node) const override {
    const auto [dentry, streams] = CASEMENT_TRY(read(node));
    return stream_infos(*image_, dentry, streams);
  }

  Result<SourcePtr> open(NodeId node, std::u16string_view stream) const override {
    const auto [dentry, streams] = CASEMENT_TRY(read(node));
    return open_stream(*image_, dentry, streams, stream);
  }

  Result<std::vector<std::byte>> reparse_data(NodeId node) const override {
    const auto [dentry, streams] = CASEMENT_TRY(read(node));
    return reparse_buffer(*image_, dentry, streams.unnamed);
  }

  Result<std::vector<std::byte>> security_descriptor(NodeId node) const override {
    MetadataWindow view(image_->parts().metadata, MetadataWindow::entry_window);
    const Dentry dentry = CASEMENT_TRY(image_->dentry(view, node));
    return image_->security().find(dentry.security_id).with_context([&] {
      return fmt::format("{}: entry at 0x{:x} of the metadata", image_->parts().where,
                         dentry.offset);
    });
  }

  Result<std::unique_ptr<VolumeScan>> scan(const ScanOptions& /*options*/) const override {
    return make_wim_scan(image_);
  }

 private:
  struct Node {
    Dentry dentry;
    DentryStreams streams;
  };

  Result<Node> read(NodeId id) const {
    MetadataWindow view(image_->parts().metadata, MetadataWindow::entry_window);
    const Dentry dentry = CASEMENT_TRY(image_->dentry(view, id));
    return Node{dentry, read_streams(view, dentry)};
  }

  Result<Dentry> directory(NodeId id) const {
    MetadataWindow view(image_->parts().metadata, MetadataWindow::entry_window);
    const Dentry dentry = CASEMENT_TRY(image_->dentry(view, id));
    if (!dentry.is_directory()) {
      return fail(Status::not_a_directory,
                  fmt::format("{}: the entry at 0x{:x} of the metadata is no directory",
                              image_->parts().where, dentry.offset));
    }
    return dentry;
  }

  TreeImagePtr image_;
};

}  // namespace

Result<FileSystemPtr> open_image_tree(ImageParts parts, const Limits& limits) {
  return std::make_shared<const WimFileSystem>(
      CASEMENT_TRY(TreeImage::open(std::move(parts), limits)));
}

}  // namespace casement::wim
