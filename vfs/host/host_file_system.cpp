// SPDX-License-Identifier: Apache-2.0
// Directories of the host behind the FileSystem interface.
#include "vfs/host/host_file_system.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <ctime>
#include <mutex>
#include <set>
#include <utility>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/entry_name.h"
#include "vfs/host/dir_cache.h"
#include "vfs/host/dir_index.h"
#include "vfs/host/host_node.h"
#include "vfs/host/host_xattr.h"
#include "vfs/host/node_table.h"
#include "vfs/source/file_source.h"

namespace casement {
namespace {

/// Names longer than this cannot exist on the host (NAME_MAX bytes) nor in NTFS.
constexpr std::size_t max_name_units = 255;

DirStamp stamp_of(const struct stat& info) {
  return {info.st_dev, info.st_ino, info.st_mtim, info.st_ctim};
}

bool is_lookup_name(std::u16string_view name) {
  return !name.empty() && !is_dot_name(name) && name.size() <= max_name_units &&
         name.find(u'/') == std::u16string_view::npos &&
         name.find(u'\0') == std::u16string_view::npos;
}

}  // namespace

/// What readers share with the file system.
struct HostFileSystem::State {
  std::shared_ptr<const TreeRoot> root;
  HostOptions options;
  bool ntfs = false;
  mutable NodeTable nodes;
  mutable DirCache directories;
  mutable std::mutex diagnostics_mutex;
  mutable Diagnostics diagnostics;
  mutable std::set<std::u16string> ambiguous;  // reported already: folded host paths

  Result<HostNode> open_node(NodeId node) const {
    return HostNode::open(*root, CASEMENT_TRY(nodes.relative_path(node)), options.names, ntfs);
  }
  std::string describe(NodeId node) const {
    return root->describe(nodes.relative_path(node).value_or("?"));
  }

  Result<std::shared_ptr<const DirIndex>> index(NodeId dir, const HostNode& node) const;
  Result<std::shared_ptr<const DirIndex>> read_index(NodeId dir) const;
  Result<std::optional<DirEntry>> probe(NodeId dir, const HostNode& node, std::u16string_view name,
                                        Error denied) const;
  DirEntry entry(NodeId dir, int directory, const IndexedName& name) const;
  void report_rivals(NodeId dir, const DirIndex::Match& match) const;
};

/// The index of a directory, from the cache when it did not change.
Result<std::shared_ptr<const DirIndex>> HostFileSystem::State::index(NodeId dir,
                                                                     const HostNode& node) const {
  struct stat info = {};
  if (::fstat(node.fd(), &info) == 0) {
    if (auto known = directories.find(dir, stamp_of(info))) {
      return known;
    }
  }
  return read_index(dir);
}

Result<std::shared_ptr<const DirIndex>> HostFileSystem::State::read_index(NodeId dir) const {
  const std::string relative = CASEMENT_TRY(nodes.relative_path(dir));
  UniqueFd fd = CASEMENT_TRY(root->open_beneath(relative, O_RDONLY | O_DIRECTORY));
  // The stamp is taken before reading: a change while we read makes it old at once.
  struct stat info = {};
  const bool stamped = ::fstat(fd.get(), &info) == 0;
  const std::time_t now = std::time(nullptr);
  auto index =
      CASEMENT_TRY(DirIndex::read(std::move(fd), options.names, options.limits).with_context([&] {
        return root->describe(relative);
      }));
  if (stamped) {
    directories.keep(dir, stamp_of(info), now, index);
  }
  return index;
}

/// A directory that may be searched but not listed: only exact names can be tried. `denied` is the
/// answer for everything else, because the name could be there in another case.
Result<std::optional<DirEntry>> HostFileSystem::State::probe(NodeId dir, const HostNode& node,
                                                             std::u16string_view name,
                                                             Error denied) const {
  const auto host_name = encode_host_name(name);
  struct stat info = {};
  if (!host_name || ::fstatat(node.fd(), host_name->c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
    return std::unexpected(std::move(denied));
  }
  IndexedName found{*host_name, std::u16string(name), NodeKind::file};
  if (S_ISDIR(info.st_mode)) {
    found.kind = NodeKind::directory;
  } else if (S_ISLNK(info.st_mode)) {
    found.kind = NodeKind::reparse_point;
  }
  return std::optional(entry(dir, node.fd(), found));
}

DirEntry HostFileSystem::State::entry(NodeId dir, int directory, const IndexedName& name) const {
  DirEntry entry;
  entry.name = name.name;
  entry.kind = name.kind;
  entry.node = nodes.intern(dir, name.host_name);
  if (ntfs) {
    const auto short_name = read_ntfs_short_name(xattr_path(directory, name.host_name));
    if (short_name && *short_name) {
      entry.short_name = decode_host_name(**short_name);
    }
  }
  return entry;
}

void HostFileSystem::State::report_rivals(NodeId dir, const DirIndex::Match& match) const {
  const std::string where = describe(dir);
  std::u16string key = decode_host_name(where) + u'\0' + upcase(match.entry->name);
  const std::scoped_lock lock(diagnostics_mutex);
  // Bounded like the list itself: a hostile tree could make us remember names without end.
  if (ambiguous.size() < Diagnostics::max_kept && ambiguous.insert(std::move(key)).second) {
    diagnostics.add(Severity::warning, "ambiguous-case",
                    fmt::format("{}: {} names differ from \"{}\" in case only; it was taken as the "
                                "lowest in byte order",
                                where, match.rivals, to_utf8(match.entry->name)));
  }
}

/// Gives the names of a snapshot.
class HostFileSystem::Reader final : public DirReader {
 public:
  Reader(std::shared_ptr<const State> state, NodeId dir, HostNode node,
         std::shared_ptr<const DirIndex> index)
      : state_(std::move(state)), dir_(dir), node_(std::move(node)), index_(std::move(index)) {}

  Result<std::optional<DirEntry>> next() override {
    if (at_ == index_->names().size()) {
      return std::optional<DirEntry>();
    }
    return std::optional(state_->entry(dir_, node_.fd(), index_->names()[at_++]));
  }

 private:
  std::shared_ptr<const State> state_;
  NodeId dir_;
  HostNode node_;
  std::shared_ptr<const DirIndex> index_;
  std::size_t at_ = 0;
};

HostFileSystem::HostFileSystem(std::shared_ptr<State> state) : state_(std::move(state)) {}

HostFileSystem::~HostFileSystem() = default;

Result<std::shared_ptr<const HostFileSystem>> HostFileSystem::open(const std::string& path,
                                                                   const HostOptions& options) {
  auto state = std::make_shared<State>();
  state->root = CASEMENT_TRY(TreeRoot::open(path, options.open_method));
  state->options = options;
  const UniqueFd fd = CASEMENT_TRY(state->root->open_beneath("", O_PATH | O_DIRECTORY));
  state->ntfs = offers_ntfs_attributes(xattr_path(fd.get()));
  return std::shared_ptr<const HostFileSystem>(new HostFileSystem(std::move(state)));
}

Result<std::shared_ptr<const HostFileSystem>> HostFileSystem::subtree(NodeId directory,
                                                                      NameCoding names) const {
  const std::string relative = CASEMENT_TRY(state_->nodes.relative_path(directory));
  auto state = std::make_shared<State>();
  state->root = CASEMENT_TRY(state_->root->subtree(relative));
  state->options = state_->options;
  state->options.names = names;
  state->ntfs = state_->ntfs;
  return std::shared_ptr<const HostFileSystem>(new HostFileSystem(std::move(state)));
}

const std::string& HostFileSystem::path() const noexcept {
  return state_->root->path();
}

bool HostFileSystem::has_ntfs_attributes() const noexcept {
  return state_->ntfs;
}

Diagnostics HostFileSystem::diagnostics() const {
  const std::scoped_lock lock(state_->diagnostics_mutex);
  return state_->diagnostics;
}

Result<std::string> HostFileSystem::host_path(NodeId node) const {
  return state_->nodes.relative_path(node);
}

NodeId HostFileSystem::root() const noexcept {
  return state_->nodes.root();
}

Result<NodeInfo> HostFileSystem::stat(NodeId node) const {
  return CASEMENT_TRY(state_->open_node(node)).info();
}

Result<std::unique_ptr<DirReader>> HostFileSystem::read_dir(NodeId dir) const {
  HostNode node = CASEMENT_TRY(state_->open_node(dir));
  if (node.kind() != NodeKind::directory) {
    return fail(Status::not_a_directory, fmt::format("{}: not a directory", state_->describe(dir)));
  }
  auto index = CASEMENT_TRY(state_->index(dir, node));
  return std::make_unique<Reader>(state_, dir, std::move(node), std::move(index));
}

Result<std::optional<DirEntry>> HostFileSystem::lookup(NodeId dir, std::u16string_view name) const {
  const HostNode node = CASEMENT_TRY(state_->open_node(dir));
  if (node.kind() != NodeKind::directory) {
    return fail(Status::not_a_directory, fmt::format("{}: not a directory", state_->describe(dir)));
  }
  if (!is_lookup_name(name)) {
    return std::optional<DirEntry>();
  }
  auto index = state_->index(dir, node);
  if (!index && index.error().status() == Status::access_denied) {
    return state_->probe(dir, node, name, std::move(index).error());
  }
  const auto names = CASEMENT_TRY(std::move(index));
  const DirIndex::Match match = names->find(name);
  if (match.rivals != 0) {
    state_->report_rivals(dir, match);
  }
  const IndexedName* found = match.entry;
  if (found == nullptr && state_->ntfs) {
    found = names->find_short(name, node.fd());
  }
  if (found == nullptr) {
    return std::optional<DirEntry>();
  }
  return std::optional(state_->entry(dir, node.fd(), *found));
}

Result<std::vector<StreamInfo>> HostFileSystem::streams(NodeId node) const {
  return CASEMENT_TRY(state_->open_node(node)).streams();
}

Result<SourcePtr> HostFileSystem::open(NodeId node, std::u16string_view stream) const {
  return CASEMENT_TRY(state_->open_node(node)).open_stream(stream);
}

Result<std::vector<std::byte>> HostFileSystem::reparse_data(NodeId node) const {
  return CASEMENT_TRY(state_->open_node(node)).reparse_data();
}

Result<std::vector<std::byte>> HostFileSystem::security_descriptor(NodeId node) const {
  return CASEMENT_TRY(state_->open_node(node)).security_descriptor();
}

}  // namespace casement
