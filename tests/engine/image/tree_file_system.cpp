// SPDX-License-Identifier: Apache-2.0
// The in-memory file system of the image tests.
#include "tests/engine/image/tree_file_system.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

class CountingSource : public ByteSource {
 public:
  CountingSource(std::vector<std::byte> bytes, std::string name,
                 std::shared_ptr<std::atomic<std::uint64_t>> count)
      : bytes_(std::move(bytes)), name_(std::move(name)), count_(std::move(count)) {}
  std::uint64_t size() const noexcept override { return bytes_.size(); }
  std::string describe() const override { return name_; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    *count_ += out.size();
    if (!out.empty()) {
      std::memcpy(out.data(), bytes_.data() + offset, out.size());
    }
    return {};
  }

  std::vector<std::byte> bytes_;
  std::string name_;
  std::shared_ptr<std::atomic<std::uint64_t>> count_;
};

class ListReader : public DirReader {
 public:
  explicit ListReader(std::vector<DirEntry> entries) : entries_(std::move(entries)) {}
  Result<std::optional<DirEntry>> next() override {
    if (position_ == entries_.size()) {
      return std::optional<DirEntry>();
    }
    return std::optional(entries_[position_++]);
  }

 private:
  std::vector<DirEntry> entries_;
  std::size_t position_ = 0;
};

}  // namespace

TreeFileSystem::TreeFileSystem(const fixture::Tree& tree) : nodes_(1) {
  for (const fixture::Tree::Node* node : tree.nodes()) {
    std::size_t parent = 0;
    std::string_view rest = node->path;
    while (!rest.empty()) {
      const std::size_t slash = std::min(rest.find('/'), rest.size());
      const std::u16string name = *from_utf8(rest.substr(0, slash));
      rest.remove_prefix(std::min(slash + 1, rest.size()));
      std::size_t next = child(parent, name);
      if (next == nowhere) {
        next = nodes_.size();
        nodes_.push_back({.name = name, .directory = true, .content = {}, .children = {}});
        nodes_[parent].children.push_back(next);
      }
      parent = next;
    }
    nodes_[parent].directory = node->directory;
    nodes_[parent].content = node->content;
  }
}

std::size_t TreeFileSystem::child(std::size_t parent, std::u16string_view name) const {
  for (const std::size_t candidate : nodes_[parent].children) {
    if (equals_folded(nodes_[candidate].name, name)) {
      return candidate;
    }
  }
  return nowhere;
}

void TreeFileSystem::deny(std::string_view path) {
  std::size_t node = 0;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    node = child(node, *from_utf8(path.substr(0, slash)));
    if (node == nowhere) {
      throw std::invalid_argument("deny: no such path");
    }
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  denied_.insert(node);
}

Result<void> TreeFileSystem::check(NodeId node) const {
  if (denied_.contains(static_cast<std::size_t>(node.value))) {
    return fail(Status::access_denied, "permission denied: " + to_utf8(at(node).name));
  }
  return {};
}

Result<NodeInfo> TreeFileSystem::stat(NodeId node) const {
  NodeInfo info;
  info.kind = at(node).directory ? NodeKind::directory : NodeKind::file;
  info.size = at(node).content.size();
  return info;
}

Result<std::unique_ptr<DirReader>> TreeFileSystem::read_dir(NodeId dir) const {
  CASEMENT_TRY(check(dir));
  if (!at(dir).directory) {
    return fail(Status::not_a_directory, to_utf8(at(dir).name));
  }
  std::vector<DirEntry> entries;
  for (const std::size_t index : at(dir).children) {
    entries.push_back({.name = nodes_[index].name,
                       .short_name = {},
                       .node = {index},
                       .kind = nodes_[index].directory ? NodeKind::directory : NodeKind::file});
  }
  return std::unique_ptr<DirReader>(std::make_unique<ListReader>(std::move(entries)));
}

Result<std::optional<DirEntry>> TreeFileSystem::lookup(NodeId dir, std::u16string_view name) const {
  CASEMENT_TRY(check(dir));
  if (!at(dir).directory) {
    return fail(Status::not_a_directory, to_utf8(at(dir).name));
  }
  const std::size_t index = child(static_cast<std::size_t>(dir.value), name);
  if (index == nowhere) {
    return std::optional<DirEntry>();
  }
  return std::optional(
      DirEntry{.name = nodes_[index].name,
               .short_name = {},
               .node = {index},
               .kind = nodes_[index].directory ? NodeKind::directory : NodeKind::file});
}

Result<std::vector<StreamInfo>> TreeFileSystem::streams(NodeId node) const {
  return std::vector<StreamInfo>{{.name = {}, .size = at(node).content.size()}};
}

Result<SourcePtr> TreeFileSystem::open(NodeId node, std::u16string_view stream) const {
  CASEMENT_TRY(check(node));
  if (!stream.empty()) {
    return fail(Status::not_found, "no such stream");
  }
  ++opens_;
  return SourcePtr(
      std::make_shared<CountingSource>(at(node).content, to_utf8(at(node).name), bytes_read_));
}

Result<std::vector<std::byte>> TreeFileSystem::reparse_data(NodeId) const {
  return fail(Status::not_a_reparse_point, "memory");
}

Result<std::vector<std::byte>> TreeFileSystem::security_descriptor(NodeId) const {
  return std::vector<std::byte>();
}

}  // namespace casement::test
