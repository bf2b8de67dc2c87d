// SPDX-License-Identifier: Apache-2.0
// The in-memory file system of the tests.
#include "tests/support/memory_file_system.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <utility>

#include "tests/support/reparse_buffers.h"
#include "vfs/core/upcase.h"
#include "vfs/source/memory_source.h"

namespace casement::test {
namespace {

std::vector<std::byte> bytes_of(std::string_view text) {
  const Bytes raw = std::as_bytes(std::span(text));
  return {raw.begin(), raw.end()};
}

}  // namespace

struct MemoryFileSystem::Name {
  std::u16string name;
  std::u16string short_name;
  NodeId node;
  std::optional<Status> damage;
};

struct MemoryFileSystem::Node {
  NodeInfo info;
  std::vector<Name> entries;
  std::map<std::u16string, std::vector<std::byte>> streams;  // "" is the main stream
  std::vector<std::byte> reparse;
  std::vector<std::byte> security;
  bool case_sensitive = false;
  std::optional<Status> damage;
};

struct MemoryFileSystem::State {
  std::vector<Node> nodes;
  mutable std::atomic<std::uint64_t> lookups{0};
};

class MemoryFileSystem::Reader final : public DirReader {
 public:
  Reader(std::vector<Name> entries, std::vector<NodeKind> kinds)
      : entries_(std::move(entries)), kinds_(std::move(kinds)) {}

  Result<std::optional<DirEntry>> next() override {
    if (at_ == entries_.size()) {
      return std::optional<DirEntry>();
    }
    const std::size_t i = at_++;
    if (entries_[i].damage) {
      return fail(*entries_[i].damage, "damaged entry");
    }
    return std::optional<DirEntry>(
        DirEntry{entries_[i].name, entries_[i].short_name, entries_[i].node, kinds_[i]});
  }

 private:
  std::vector<Name> entries_;
  std::vector<NodeKind> kinds_;
  std::size_t at_ = 0;
};

MemoryFileSystem::MemoryFileSystem() : state_(std::make_unique<State>()) {
  Node root;
  root.info.kind = NodeKind::directory;
  root.info.attributes = file_attribute::directory;
  state_->nodes.push_back(std::move(root));
}

MemoryFileSystem::~MemoryFileSystem() = default;

MemoryFileSystem::Node& MemoryFileSystem::at(NodeId node) {
  return state_->nodes.at(node.value);
}

Result<const MemoryFileSystem::Node*> MemoryFileSystem::get(NodeId node) const {
  if (node.value >= state_->nodes.size()) {
    return fail(Status::invalid_argument, "no such node");
  }
  return &state_->nodes[node.value];
}

MemoryFileSystem::Name& MemoryFileSystem::ensure(std::u16string_view path, NodeKind kind) {
  if (path.size() < 2 || path.front() != u'\\') {
    throw std::invalid_argument("a path of the memory file system starts with \\ and names a node");
  }
  NodeId parent = root();
  while (true) {
    path.remove_prefix(1);
    const std::size_t end = path.find(u'\\');
    const std::u16string name(path.substr(0, end));
    const bool last = end == std::u16string_view::npos;
    auto& entries = at(parent).entries;
    auto found = std::find_if(entries.begin(), entries.end(),
                              [&](const Name& entry) { return entry.name == name; });
    if (found == entries.end()) {
      const NodeId made{state_->nodes.size()};
      entries.push_back({name, {}, made, std::nullopt});
      Node node;
      node.info.kind = last ? kind : NodeKind::directory;
      node.info.attributes = node.info.kind == NodeKind::directory ? file_attribute::directory
                                                                   : file_attribute::archive;
      state_->nodes.push_back(std::move(node));
      found = at(parent).entries.end() - 1;
    }
    if (last) {
      return *found;
    }
    parent = found->node;
    path.remove_prefix(end);
  }
}

NodeId MemoryFileSystem::ensure_node(std::u16string_view path, NodeKind kind) {
  return path == u"\\" ? root() : ensure(path, kind).node;
}

NodeId MemoryFileSystem::make_dir(std::u16string_view path) {
  return ensure_node(path, NodeKind::directory);
}

NodeId MemoryFileSystem::write(std::u16string_view path, std::string_view text) {
  return write(path, bytes_of(text));
}

NodeId MemoryFileSystem::write(std::u16string_view path, std::vector<std::byte> bytes) {
  const NodeId node = ensure_node(path, NodeKind::file);
  at(node).info.size = bytes.size();
  at(node).streams[u""] = std::move(bytes);
  return node;
}

void MemoryFileSystem::add_stream(std::u16string_view path, std::u16string_view name,
                                  std::string_view text) {
  at(node(path)).streams[std::u16string(name)] = bytes_of(text);
}

NodeId MemoryFileSystem::add_symlink(std::u16string_view path, std::u16string_view target,
                                     bool relative) {
  return add_reparse(path, make_symlink_reparse(target, relative));
}

NodeId MemoryFileSystem::add_junction(std::u16string_view path, std::u16string_view target) {
  return add_reparse(path, make_junction_buffer(target, u"a lie"));
}

NodeId MemoryFileSystem::add_reparse(std::u16string_view path, std::vector<std::byte> buffer) {
  const NodeId id = ensure_node(path, NodeKind::reparse_point);
  Node& node = at(id);
  node.info.kind = NodeKind::reparse_point;
  node.info.attributes |= file_attribute::reparse_point;
  node.info.reparse_tag = buffer.size() >= 4 ? get_le<std::uint32_t>(buffer, 0) : 0;
  node.reparse = std::move(buffer);
  return id;
}

void MemoryFileSystem::link(std::u16string_view path, NodeId node) {
  ensure(path, NodeKind::file).node = node;
  ++at(node).info.link_count;
}

void MemoryFileSystem::set_short_name(std::u16string_view path, std::u16string_view short_name) {
  ensure(path, NodeKind::file).short_name = short_name;
}

void MemoryFileSystem::set_case_sensitive(std::u16string_view path) {
  at(ensure_node(path, NodeKind::directory)).case_sensitive = true;
}

void MemoryFileSystem::set_info(std::u16string_view path, const NodeInfo& info) {
  at(ensure_node(path, info.kind)).info = info;
}

void MemoryFileSystem::set_security_descriptor(std::u16string_view path,
                                               std::vector<std::byte> descriptor) {
  at(node(path)).security = std::move(descriptor);
}

void MemoryFileSystem::damage_directory(std::u16string_view path, Status status) {
  at(ensure_node(path, NodeKind::directory)).damage = status;
}

void MemoryFileSystem::damage_entry(std::u16string_view path, Status status) {
  ensure(path, NodeKind::file).damage = status;
}

NodeId MemoryFileSystem::node(std::u16string_view path) const {
  NodeId id = root();
  while (path.size() > 1) {
    path.remove_prefix(1);
    const std::u16string_view name = path.substr(0, path.find(u'\\'));
    const auto& entries = state_->nodes.at(id.value).entries;
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const Name& entry) { return entry.name == name; });
    if (found == entries.end()) {
      throw std::out_of_range("the memory file system has no such path");
    }
    id = found->node;
    path.remove_prefix(name.size());
  }
  return id;
}

std::uint64_t MemoryFileSystem::lookups() const noexcept {
  return state_->lookups;
}

Result<NodeInfo> MemoryFileSystem::stat(NodeId node) const {
  return CASEMENT_TRY(get(node))->info;
}

Result<std::unique_ptr<DirReader>> MemoryFileSystem::read_dir(NodeId dir) const {
  const Node* node = CASEMENT_TRY(get(dir));
  if (node->damage) {
    return fail(*node->damage, "damaged directory");
  }
  if (node->info.kind == NodeKind::file) {
    return fail(Status::not_a_directory, "a file");
  }
  std::vector<NodeKind> kinds;
  for (const Name& entry : node->entries) {
    kinds.push_back(state_->nodes[entry.node.value].info.kind);
  }
  return std::make_unique<Reader>(node->entries, std::move(kinds));
}

Result<std::optional<DirEntry>> MemoryFileSystem::lookup(NodeId dir,
                                                         std::u16string_view name) const {
  ++state_->lookups;
  const Node* node = CASEMENT_TRY(get(dir));
  if (node->damage) {
    return fail(*node->damage, "damaged directory");
  }
  if (node->info.kind == NodeKind::file) {
    return fail(Status::not_a_directory, "a file");
  }
  const Name* folded = nullptr;
  for (const Name& entry : node->entries) {
    if (entry.name == name) {
      folded = &entry;
      break;
    }
    const bool same = equals_folded(entry.name, name) ||
                      (!entry.short_name.empty() && equals_folded(entry.short_name, name));
    if (folded == nullptr && same && !node->case_sensitive) {
      folded = &entry;
    }
  }
  if (folded == nullptr) {
    return std::optional<DirEntry>();
  }
  return std::optional<DirEntry>(DirEntry{folded->name, folded->short_name, folded->node,
                                          state_->nodes[folded->node.value].info.kind});
}

Result<std::vector<StreamInfo>> MemoryFileSystem::streams(NodeId node) const {
  std::vector<StreamInfo> list;
  for (const auto& [name, bytes] : CASEMENT_TRY(get(node))->streams) {
    list.push_back({name, bytes.size()});
  }
  return list;
}

Result<SourcePtr> MemoryFileSystem::open(NodeId node, std::u16string_view stream) const {
  const Node* found = CASEMENT_TRY(get(node));
  const auto bytes = found->streams.find(std::u16string(stream));
  if (bytes == found->streams.end()) {
    return fail(Status::not_found, "no such stream");
  }
  return make_memory_source(bytes->second, "memory");
}

Result<std::vector<std::byte>> MemoryFileSystem::reparse_data(NodeId node) const {
  const Node* found = CASEMENT_TRY(get(node));
  if (found->info.kind != NodeKind::reparse_point) {
    return fail(Status::not_a_reparse_point, "no reparse data");
  }
  return found->reparse;
}

Result<std::vector<std::byte>> MemoryFileSystem::security_descriptor(NodeId node) const {
  return CASEMENT_TRY(get(node))->security;
}

}  // namespace casement::test
