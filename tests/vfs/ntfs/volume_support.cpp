// SPDX-License-Identifier: Apache-2.0
// Opening, listing and comparing volumes.
#include "tests/vfs/ntfs/volume_support.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <memory>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/tree_walker.h"
#include "vfs/ntfs/open_ntfs.h"
#include "vfs/ntfs/upcase_table.h"
#include "vfs/source/memory_source.h"

namespace casement::test {
namespace {

std::string describe(const std::string& path, std::u16string_view short_name, NodeId node,
                     NodeId parent, const NodeInfo& info) {
  return fmt::format(
      "{} [{}] {:x} in {:x} kind {} attributes {:x} links {} tag {:x} {} {} size {} "
      "of {} times {} {} {} {}",
      path, to_utf8(short_name), node.value, parent.value, static_cast<int>(info.kind),
      info.attributes, info.link_count, info.reparse_tag, to_string(info.content),
      info.case_sensitive, info.size, info.allocated_size, info.created.ticks, info.modified.ticks,
      info.changed.ticks, info.accessed.ticks);
}

/// Gives each entry's path to `take`, each error to `fail`.
template <class Take, class Fail>
void for_each(VolumeScan& scan, const Take& take, const Fail& fail) {
  std::vector<std::string> path;
  while (true) {
    const auto next = scan.next();
    if (!next) {
      fail(next.error());
      continue;
    }
    if (!*next) {
      return;
    }
    const ScanEntry& entry = **next;
    BOOST_REQUIRE_GE(entry.depth, 1U);
    BOOST_REQUIRE_LE(entry.depth, path.size() + 1);
    path.resize(entry.depth - 1);
    path.push_back(to_utf8(entry.name));
    std::string text;
    for (const std::string& name : path) {
      text += "\\" + name;
    }
    take(entry, text);
  }
}

}  // namespace

SourcePtr to_source(const fixture::ByteVector& bytes) {
  return make_memory_source(bytes, "built");
}

FileSystemPtr open_volume(const fixture::ByteVector& bytes, const Limits& limits) {
  return must(open_ntfs(to_source(bytes), limits));
}

FileSystemPtr open_volume(const fixture::NtfsBuilder& builder) {
  return open_volume(builder.build());
}

ntfs::NtfsVolumePtr open_raw_volume(const fixture::ByteVector& bytes, const Limits& limits) {
  auto volume = must(ntfs::NtfsVolume::open(to_source(bytes), limits));
  volume->set_upcase(ntfs::UpcaseTable::built_in());
  return volume;
}

ntfs::NtfsNode node_of(const ntfs::NtfsVolumePtr& volume, const fixture::BuiltNtfs& built,
                       const char* path) {
  return must(ntfs::NtfsNode::read(volume, {built.reference(path)}));
}

bool exists(const FileSystem& volume, std::u16string_view path) {
  NodeId node = volume.root();
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find(u'\\'), path.size());
    const auto entry = must(volume.lookup(node, path.substr(0, end)));
    if (!entry) {
      return false;
    }
    node = entry->node;
    path.remove_prefix(end);
  }
  return true;
}

NodeId find_node(const FileSystem& volume, std::u16string_view path) {
  NodeId node = volume.root();
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find(u'\\'), path.size());
    const auto entry = must(volume.lookup(node, path.substr(0, end)));
    BOOST_REQUIRE_MESSAGE(entry, "no " << to_utf8(path.substr(0, end)));
    node = entry->node;
    path.remove_prefix(end);
  }
  return node;
}

std::vector<std::string> scan_lines(const FileSystem& volume, const ScanOptions& options) {
  std::vector<std::string> lines;
  const auto scan = must(volume.scan(options));
  for_each(
      *scan,
      [&](const ScanEntry& entry, const std::string& path) {
        lines.push_back(describe(path, entry.short_name, entry.node, entry.parent, entry.info) +
                        (entry.deleted ? " deleted" : "") + (entry.orphan ? " orphan" : ""));
      },
      [&](const Error& error) { lines.push_back("error " + error.message()); });
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::vector<std::string> scan_paths(const FileSystem& volume, const ScanOptions& options) {
  std::vector<std::string> lines;
  const auto scan = must(volume.scan(options));
  for_each(
      *scan,
      [&](const ScanEntry& entry, const std::string& path) {
        if (!path.starts_with("\\$")) {
          lines.push_back(path + (entry.deleted ? " deleted" : "") +
                          (entry.orphan ? " orphan" : ""));
        }
      },
      [&](const Error& error) { lines.push_back("error " + error.message()); });
  return lines;
}

std::vector<std::string> walk_lines(const FileSystemPtr& volume) {
  std::vector<std::string> lines;
  TreeWalker walker(volume);
  while (true) {
    const auto next = walker.next();
    if (!next) {
      lines.push_back("error " + next.error().message());
      continue;
    }
    if (!*next) {
      break;
    }
    const DirEntry& entry = (*next)->entry;
    const NodeInfo info = must(volume->stat(entry.node));
    BOOST_TEST((entry.kind == info.kind));
    lines.push_back(
        describe(to_utf8((*next)->path), entry.short_name, entry.node, (*next)->parent, info));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::vector<std::u16string> names_in(const FileSystem& volume, NodeId directory) {
  std::vector<std::u16string> names;
  const auto reader = must(volume.read_dir(directory));
  while (true) {
    const auto next = reader->next();
    if (!next) {
      names.emplace_back(u"error");
      continue;
    }
    if (!*next) {
      return names;
    }
    names.push_back((*next)->name);
  }
}

std::vector<std::string> finding_codes(const FileSystem& volume) {
  std::vector<std::string> codes;
  const Diagnostics findings = volume.diagnostics();
  for (const Diagnostic& finding : findings.items()) {
    codes.push_back(finding.code);
  }
  return codes;
}

bool has_finding(const FileSystem& volume, std::string_view code) {
  const std::vector<std::string> codes = finding_codes(volume);
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

namespace {

void exercise_node(const FileSystem& volume, NodeId node) {
  // Sizes come from a damaged volume: a piece of each stream is enough.
  std::vector<std::byte> piece(5000);
  if (const auto streams = volume.streams(node)) {
    for (const StreamInfo& stream : *streams) {
      if (const auto source = volume.open(node, stream.name)) {
        const auto count =
            static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), (*source)->size()));
        (void)(*source)->read(0, MutableBytes(piece).first(count));
        (void)(*source)->read((*source)->size() - count, MutableBytes(piece).first(count));
      }
    }
  }
  (void)volume.stat(node);
  (void)volume.reparse_data(node);
  (void)volume.security_descriptor(node);
  (void)volume.lookup(node, u"a.txt");
}

}  // namespace

void exercise(const FileSystemPtr& volume) {
  constexpr std::size_t max_steps = 2000;
  (void)volume->info();
  TreeWalker walker(volume);
  for (std::size_t step = 0; step < max_steps; ++step) {
    const auto next = walker.next();
    if (next && !*next) {
      break;
    }
    if (next) {
      exercise_node(*volume, (*next)->entry.node);
    }
  }
  for (const bool deleted : {false, true}) {
    auto scan = volume->scan({.deleted = deleted});
    for (std::size_t step = 0; scan && step < max_steps; ++step) {
      const auto next = (*scan)->next();
      if (next && !*next) {
        break;
      }
    }
  }
  (void)volume->diagnostics();
}

}  // namespace casement::test
