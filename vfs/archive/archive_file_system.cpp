// SPDX-License-Identifier: Apache-2.0
// Directories, files and links of an archive for callers.
#include "vfs/archive/archive_file_system.h"

#include <fmt/format.h>

#include <span>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/fs/host_link.h"
#include "vfs/source/memory_source.h"

namespace casement {
namespace {

/// Longest text of a symlink: what a reparse buffer holds, in bytes of UTF-8.
constexpr std::uint64_t max_link_text = 32'768;

DirEntry to_dir_entry(const ArchiveTree& tree, const ArchiveName& name) {
  return {name.name, {}, NodeId{name.node}, tree.node(NodeId{name.node})->info.kind};
}

class ArchiveDirReader final : public DirReader {
 public:
  ArchiveDirReader(std::shared_ptr<const ArchiveTree> tree, std::uint32_t directory)
      : tree_(std::move(tree)), names_(tree_->children(directory)) {}

  Result<std::optional<DirEntry>> next() override {
    if (names_.empty()) {
      return std::optional<DirEntry>();
    }
    const ArchiveName& name = tree_->name(names_.front());
    names_ = names_.subspan(1);
    return std::optional(to_dir_entry(*tree_, name));
  }

 private:
  std::shared_ptr<const ArchiveTree> tree_;
  std::span<const std::uint32_t> names_;
};

}  // namespace

FileSystemInfo ArchiveFileSystem::info() const {
  FileSystemInfo info;
  info.version = format_;
  return info;
}

std::string ArchiveFileSystem::describe(NodeId id) const {
  const std::u16string path = tree_->path_of(static_cast<std::uint32_t>(id.value));
  return fmt::format("{} / {}", store_->state().source->describe(), to_utf8(path));
}

Result<const ArchiveNode*> ArchiveFileSystem::get(NodeId id) const {
  const ArchiveNode* const node = tree_->node(id);
  if (node == nullptr) {
    return fail(Status::invalid_argument,
                fmt::format("{}: no node {} in this archive", store_->state().source->describe(),
                            id.value));
  }
  return node;
}

Result<std::uint32_t> ArchiveFileSystem::directory(NodeId id) const {
  const ArchiveNode* const node = CASEMENT_TRY(get(id));
  if (node->info.kind != NodeKind::directory) {
    return fail(Status::not_a_directory, fmt::format("{}: not a directory", describe(id)));
  }
  return static_cast<std::uint32_t>(id.value);
}

Result<NodeInfo> ArchiveFileSystem::stat(NodeId node) const {
  return CASEMENT_TRY(get(node))->info;
}

Result<std::unique_ptr<DirReader>> ArchiveFileSystem::read_dir(NodeId dir) const {
  return std::make_unique<ArchiveDirReader>(tree_, CASEMENT_TRY(directory(dir)));
}

Result<std::optional<DirEntry>> ArchiveFileSystem::lookup(NodeId dir,
                                                          std::u16string_view name) const {
  const ArchiveTree::Match match = tree_->find(CASEMENT_TRY(directory(dir)), name);
  if (match.name == nullptr) {
    return std::optional<DirEntry>();
  }
  if (match.rivals != 0) {
    store_->findings().add(Severity::warning, "ambiguous-case", match.name->node, [&] {
      return fmt::format(
          "{}: {} more names differ from \"{}\" in case only; it was taken as the lowest",
          describe(dir), match.rivals, to_utf8(match.name->name));
    });
  }
  return std::optional(to_dir_entry(*tree_, *match.name));
}

Result<std::vector<StreamInfo>> ArchiveFileSystem::streams(NodeId node) const {
  const NodeInfo& info = CASEMENT_TRY(get(node))->info;
  if (info.kind != NodeKind::file) {
    return std::vector<StreamInfo>();
  }
  return std::vector<StreamInfo>{{{}, info.size, 0}};
}

Result<SourcePtr> ArchiveFileSystem::open(NodeId node, std::u16string_view stream) const {
  const ArchiveNode* const found = CASEMENT_TRY(get(node));
  if (found->info.kind != NodeKind::file || !stream.empty() || !found->member) {
    return fail(Status::not_found, fmt::format("{}: {}", describe(node),
                                               stream.empty() ? "no file, and without a main stream"
                                                              : "an archive has no named streams"));
  }
  return store_->open(*found->member, describe(node));
}

Result<std::vector<std::byte>> ArchiveFileSystem::reparse_data(NodeId node) const {
  const ArchiveNode* const found = CASEMENT_TRY(get(node));
  if (found->info.kind != NodeKind::reparse_point) {
    return fail(Status::not_a_reparse_point, fmt::format("{}: no link", describe(node)));
  }
  std::string text;
  if (const std::string* target = tree_->target(static_cast<std::uint32_t>(node.value))) {
    text = *target;
  } else if (found->member) {
    const SourcePtr content = CASEMENT_TRY(store_->open(*found->member, describe(node)));
    if (content->size() > max_link_text) {
      return fail(Status::name_too_long,
                  fmt::format("{}: a symlink of {} bytes", describe(node), content->size()));
    }
    text.resize(content->size());
    CASEMENT_TRY(content->read(0, std::as_writable_bytes(std::span(text))));
  }
  if (text.empty()) {
    return fail(Status::corrupt, fmt::format("{}: a symlink without a target", describe(node)));
  }
  return make_host_link_buffer(text, {}, NameCoding::plain).with_context([&] {
    return describe(node);
  });
}

Result<std::vector<std::byte>> ArchiveFileSystem::security_descriptor(NodeId node) const {
  CASEMENT_TRY(get(node));
  return std::vector<std::byte>();
}

}  // namespace casement
