// SPDX-License-Identifier: Apache-2.0
// Building the tree of an archive.
#include "vfs/archive/tree_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

ArchiveNode implied_directory() {
  ArchiveNode node;
  node.info.kind = NodeKind::directory;
  node.info.attributes = file_attribute::directory;
  return node;
}

/// For messages: cut, for paths may be as long as the archive likes.
std::string text_of(const EntryPath& path) {
  constexpr std::size_t enough = 600;
  std::string text;
  for (const std::u16string& name : path.names) {
    if (text.size() + name.size() > enough) {
      return text + "\\...";
    }
    text += '\\';
    append_utf8(text, name);
  }
  return text.empty() ? "\\" : text;
}

}  // namespace

TreeBuilder::TreeBuilder(const ArchiveOptions& options, UniqueFindings& findings)
    : options_(options), findings_(findings), index_(0, Hash{this}, Equal{this}) {
  tree_.nodes_.push_back(implied_directory());
}

TreeBuilder::Key TreeBuilder::key_of(std::uint32_t index) const noexcept {
  const ArchiveName& name = tree_.names_[index];
  return {name.parent, name.name};
}

std::size_t TreeBuilder::Hash::operator()(const Key& key) const noexcept {
  constexpr std::size_t spread = 0x9E37'79B9'7F4A'7C15;
  return std::hash<std::u16string_view>()(key.name) ^ (key.parent * spread);
}

std::size_t TreeBuilder::Hash::operator()(std::uint32_t index) const noexcept {
  return (*this)(builder->key_of(index));
}

bool TreeBuilder::Equal::operator()(const Key& key, std::uint32_t index) const noexcept {
  const Key other = builder->key_of(index);
  return key.parent == other.parent && key.name == other.name;
}

bool TreeBuilder::Equal::operator()(std::uint32_t index, const Key& key) const noexcept {
  return (*this)(key, index);
}

std::optional<std::uint32_t> TreeBuilder::find(const Key& key) const {
  const auto found = index_.find(key);
  return found == index_.end() ? std::nullopt : std::optional(*found);
}

/// nullopt also for the root, which has no name.
std::optional<std::uint32_t> TreeBuilder::find_name(const EntryPath& path) const {
  std::uint32_t node = 0;
  std::optional<std::uint32_t> found;
  for (const std::u16string& name : path.names) {
    found = find({node, name});
    if (!found) {
      return std::nullopt;
    }
    node = tree_.names_[*found].node;
  }
  return found;
}

std::optional<std::uint32_t> TreeBuilder::find_node(const EntryPath& path) const {
  const auto name = find_name(path);
  if (path.names.empty()) {
    return 0;
  }
  return name ? std::optional(tree_.names_[*name].node) : std::nullopt;
}

Result<void> TreeBuilder::check_room(std::size_t name_units) const {
  if (tree_.names_.size() >= options_.max_entries) {
    return fail(Status::limit_exceeded,
                fmt::format("more than {} files and directories", options_.max_entries));
  }
  if (!in_range(options_.max_name_bytes, name_bytes_, name_units * sizeof(char16_t))) {
    return fail(Status::limit_exceeded,
                fmt::format("more than {} bytes of names", options_.max_name_bytes));
  }
  return {};
}

void TreeBuilder::report_duplicate(const ArchiveName& name, std::uint64_t place) {
  findings_.add(Severity::warning, "archive-duplicate-name", place, [&] {
    return fmt::format("\"{}\" comes twice in one directory; the later member was taken",
                       shown_in_message(name.name));
  });
}

/// Makes `node` what the path names. Precondition: the path is not the root.
Result<void> TreeBuilder::put(const EntryPath& path, std::uint32_t node, std::uint64_t place) {
  const std::uint32_t parent = CASEMENT_TRY(ensure_parent(path, place));
  const std::u16string& last = path.names.back();
  if (const auto known = find({parent, last})) {
    ArchiveName& name = tree_.names_[*known];
    const bool again = tree_.nodes_[name.node].info.kind == NodeKind::directory &&
                       tree_.nodes_[node].info.kind == NodeKind::directory;
    if (again) {
      tree_.nodes_[name.node].info = tree_.nodes_[node].info;
      return {};
    }
    report_duplicate(name, place);
    name.node = node;
    return {};
  }
  CASEMENT_TRY(check_room(last.size()));
  name_bytes_ += last.size() * sizeof(char16_t);
  tree_.names_.push_back({last, parent, node});
  index_.insert(static_cast<std::uint32_t>(tree_.names_.size() - 1));
  return {};
}

/// The directory that the path lies in, made where it is not there.
Result<std::uint32_t> TreeBuilder::ensure_parent(const EntryPath& path, std::uint64_t place) {
  std::uint32_t directory = 0;
  for (std::size_t i = 0; i + 1 < path.names.size(); ++i) {
    const std::u16string& part = path.names[i];
    const auto known = find({directory, part});
    if (known && tree_.nodes_[tree_.names_[*known].node].info.kind == NodeKind::directory) {
      directory = tree_.names_[*known].node;
      continue;
    }
    CASEMENT_TRY(check_room(part.size()));
    const auto made = static_cast<std::uint32_t>(tree_.nodes_.size());
    tree_.nodes_.push_back(implied_directory());
    if (known) {
      report_duplicate(tree_.names_[*known], place);
      tree_.names_[*known].node = made;
    } else {
      name_bytes_ += part.size() * sizeof(char16_t);
      tree_.names_.push_back({part, directory, made});
      index_.insert(static_cast<std::uint32_t>(tree_.names_.size() - 1));
    }
    directory = made;
  }
  return directory;
}

Result<void> TreeBuilder::add(const EntryPath& path, ArchiveNode node, std::uint64_t place) {
  if (path.names.empty()) {
    if (node.info.kind == NodeKind::directory) {
      tree_.nodes_[0].info = node.info;
    }
    return {};
  }
  // Members that replace each other have nodes, but no names of their own.
  if (tree_.nodes_.size() > 2 * std::size_t{options_.max_entries}) {
    return fail(Status::limit_exceeded,
                fmt::format("more than {} members", 2 * std::size_t{options_.max_entries}));
  }
  tree_.nodes_.push_back(std::move(node));
  return put(path, static_cast<std::uint32_t>(tree_.nodes_.size() - 1), place);
}

Result<void> TreeBuilder::add_symlink(const EntryPath& path, ArchiveNode node, std::string target,
                                      std::uint64_t place) {
  if (!in_range(options_.max_name_bytes, name_bytes_, target.size())) {
    return check_room(options_.max_name_bytes);
  }
  const auto added = static_cast<std::uint32_t>(tree_.nodes_.size());
  CASEMENT_TRY(add(path, std::move(node), place));
  if (tree_.nodes_.size() > added) {
    name_bytes_ += target.size();
    // The nodes of implied directories came in between.
    const auto found = find_node(path);
    tree_.targets_.insert_or_assign(found.value_or(added), std::move(target));
  }
  return {};
}

Result<void> TreeBuilder::add_link(const EntryPath& path, const EntryPath& target,
                                   std::uint64_t place) {
  const auto node = find_node(target);
  if (!node) {
    if (links_.size() >= options_.max_entries) {
      return check_room(options_.max_name_bytes);
    }
    for (const EntryPath* part : {&path, &target}) {
      for (const std::u16string& name : part->names) {
        // They wait as they are: a text of one unit takes as much as one of seven.
        const std::size_t units = name.size() + sizeof(std::u16string) / sizeof(char16_t);
        CASEMENT_TRY(check_room(units));
        name_bytes_ += units * sizeof(char16_t);
      }
    }
    const auto known = find_name(path);
    links_.push_back(
        {path, target, place, known ? std::optional(tree_.names_[*known].node) : std::nullopt});
    return {};
  }
  if (path.names.empty() || tree_.nodes_[*node].info.kind == NodeKind::directory) {
    report_missing({path, target, place, std::nullopt});
    return {};
  }
  return put(path, *node, place);
}

void TreeBuilder::report_missing(const Link& link) {
  findings_.add(Severity::warning, "archive-link-target-missing", link.place, [&] {
    return fmt::format("{}: a hard link to \"{}\", which is no file of this archive; left out",
                       text_of(link.path), text_of(link.target));
  });
}

/// Names below directories that were replaced lead nowhere any more. A name comes after the one of
/// its directory, so one pass finds them.
void TreeBuilder::drop_unreachable() {
  index_.clear();  // it reads the names
  std::vector<bool> reachable(tree_.nodes_.size(), false);
  reachable[0] = true;
  std::vector<ArchiveName> kept;
  kept.reserve(tree_.names_.size());
  for (ArchiveName& name : tree_.names_) {
    if (reachable[name.parent]) {
      reachable[name.node] = true;
      kept.push_back(std::move(name));
    }
  }
  tree_.names_ = std::move(kept);
}

ArchiveTree TreeBuilder::finish() && {
  std::unordered_set<std::uint32_t> linked;  // names
  for (const Link& link : std::exchange(links_, {})) {
    const auto node = find_node(link.target);
    const auto known = find_name(link.path);
    if (known && tree_.names_[*known].node != link.before && !linked.contains(*known)) {
      // What has the name came after the link.
      report_duplicate(tree_.names_[*known], link.place);
      continue;
    }
    const bool usable =
        node && !link.path.names.empty() && tree_.nodes_[*node].info.kind != NodeKind::directory;
    if (!usable || !put(link.path, *node, link.place)) {
      report_missing(link);
    } else if (const auto made = find_name(link.path)) {
      linked.insert(*made);
    }
  }
  drop_unreachable();
  const std::size_t node_count = tree_.nodes_.size();
  tree_.first_child_.assign(node_count + 1, 0);
  tree_.name_of_.assign(node_count, std::nullopt);
  std::vector<std::uint32_t> links(node_count, 0);
  for (std::size_t i = tree_.names_.size(); i-- > 0;) {
    const ArchiveName& name = tree_.names_[i];
    ++tree_.first_child_[name.parent + 1];
    ++links[name.node];
    tree_.name_of_[name.node] = static_cast<std::uint32_t>(i);
  }
  std::partial_sum(tree_.first_child_.begin(), tree_.first_child_.end(),
                   tree_.first_child_.begin());
  for (std::size_t i = 0; i < node_count; ++i) {
    tree_.nodes_[i].info.link_count = std::max(links[i], 1U);
  }
  tree_.in_order_.resize(tree_.names_.size());
  std::vector<std::uint32_t> next(tree_.first_child_.begin(), tree_.first_child_.end() - 1);
  for (std::size_t i = 0; i < tree_.names_.size(); ++i) {
    tree_.in_order_[next[tree_.names_[i].parent]++] = static_cast<std::uint32_t>(i);
  }
  tree_.by_name_ = tree_.in_order_;
  for (std::size_t i = 0; i < node_count; ++i) {
    std::sort(tree_.by_name_.begin() + tree_.first_child_[i],
              tree_.by_name_.begin() + tree_.first_child_[i + 1],
              [&](std::uint32_t a, std::uint32_t b) {
                const auto order = compare_folded(tree_.names_[a].name, tree_.names_[b].name);
                return order != 0 ? order < 0 : tree_.names_[a].name < tree_.names_[b].name;
              });
  }
  return std::move(tree_);
}

}  // namespace casement
