// SPDX-License-Identifier: Apache-2.0
// Walking volumes for tests.
#include "tests/vfs/fat/volume_support.h"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/tree_scan.h"
#include "vfs/fs/tree_walker.h"
#include "vfs/source/memory_source.h"

namespace casement::test {
namespace {

std::string error_line(const Error& error) {
  return std::string("!") + status_name(error.status());
}

/// Ends walks over hostile volumes.
constexpr std::size_t max_steps = 5000;

}  // namespace

SourcePtr as_source(std::vector<std::byte> bytes) {
  return make_memory_source(std::move(bytes), "volume");
}

DirEntry entry_at(const FileSystem& volume, std::string_view path) {
  DirEntry entry{{}, {}, volume.root(), NodeKind::directory};
  while (!path.empty()) {
    const std::string_view name = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), name.size() + 1));
    const auto units = from_utf8(name);
    BOOST_REQUIRE(units.has_value());
    auto found = must(volume.lookup(entry.node, *units));
    BOOST_REQUIRE_MESSAGE(found.has_value(), "nothing is named " << name);
    entry = *std::move(found);
  }
  return entry;
}

Result<std::string> read_file(const FileSystem& volume, NodeId node) {
  const SourcePtr source = CASEMENT_TRY(volume.open(node, {}));
  std::string text(source->size(), '\0');
  CASEMENT_TRY(source->read(0, std::as_writable_bytes(std::span(text))));
  return text;
}

std::string content_at(const FileSystem& volume, std::string_view path) {
  return must(read_file(volume, entry_at(volume, path).node));
}

std::vector<std::string> tree_of(const FileSystemPtr& volume) {
  std::vector<std::string> lines;
  TreeWalker walker(volume);
  while (lines.size() < max_steps) {
    auto entry = walker.next();
    if (!entry) {
      lines.push_back(error_line(entry.error()));
      continue;
    }
    if (!*entry) {
      break;
    }
    std::string path = to_utf8((*entry)->path.substr(1));
    std::ranges::replace(path, '\\', '/');
    if ((*entry)->entry.kind == NodeKind::directory) {
      lines.push_back(path + "/");
      continue;
    }
    const auto text = read_file(*volume, (*entry)->entry.node);
    lines.push_back(path + "=" + (text ? *text : error_line(text.error())));
  }
  std::ranges::sort(lines);
  return lines;
}

std::vector<std::string> names_in(const FileSystem& volume, NodeId directory) {
  std::vector<std::string> names;
  const auto reader = must(volume.read_dir(directory));
  while (names.size() < max_steps) {
    const auto entry = reader->next();
    if (entry && !*entry) {
      break;
    }
    names.push_back(entry ? to_utf8((*entry)->name) : error_line(entry.error()));
  }
  return names;
}

std::vector<std::string> scan_of(const FileSystem& volume, const ScanOptions& options) {
  std::vector<std::string> lines;
  const auto scan = must(volume.scan(options));
  BOOST_REQUIRE(scan != nullptr);
  while (lines.size() < max_steps) {
    const auto entry = scan->next();
    if (entry && !*entry) {
      break;
    }
    lines.push_back(entry ? std::string((*entry)->depth, '+') + ((*entry)->deleted ? "-" : "") +
                                to_utf8((*entry)->name)
                          : error_line(entry.error()));
  }
  return lines;
}

std::set<std::string> findings_of(const FileSystem& volume) {
  std::set<std::string> codes;
  const Diagnostics all = volume.diagnostics();
  for (const Diagnostic& diagnostic : all.items()) {
    codes.insert(diagnostic.code);
  }
  return codes;
}

std::string finding(const FileSystem& volume, std::string_view code) {
  const Diagnostics all = volume.diagnostics();
  const auto found = std::ranges::find_if(
      all.items(), [&](const Diagnostic& diagnostic) { return diagnostic.code == code; });
  BOOST_REQUIRE_MESSAGE(found != all.items().end(), "no finding " << code);
  return found->text;
}

void read_everything(const FileSystemPtr& volume) {
  (void)volume->info();
  TreeOptions options;
  options.max_entries = max_steps;
  TreeWalker walker(volume, options);
  for (std::size_t step = 0; step < max_steps; ++step) {
    const auto entry = walker.next();
    if (entry && !*entry) {
      break;
    }
    if (entry) {
      (void)volume->stat((*entry)->entry.node);
      (void)volume->lookup((*entry)->parent, (*entry)->entry.name);
    }
  }
  const auto scan = scan_tree(volume, {.deleted = true}, options);
  for (std::size_t step = 0; step < max_steps && scan; ++step) {
    const auto entry = (*scan)->next();
    if (entry && !*entry) {
      break;
    }
    const auto source = entry ? volume->open((*entry)->node, {})
                              : Result<SourcePtr>(std::unexpected(entry.error()));
    if (source) {
      // Sizes may be lies: what is there is small, and the rest must fail and not be allocated.
      std::array<std::byte, 4096> block{};
      const std::uint64_t size = (*source)->size();
      const auto count = std::min<std::uint64_t>(size, block.size());
      (void)(*source)->read(0, std::span(block).first(count));
      (void)(*source)->read(size - count, std::span(block).first(count));
    }
  }
  (void)volume->diagnostics();
}

bool try_everything(std::vector<std::byte> bytes, Result<bool> (*probe)(const ByteSource&),
                    Result<FileSystemPtr> (*open)(SourcePtr, const Limits&)) {
  const SourcePtr source = as_source(std::move(bytes));
  (void)probe(*source);
  const auto volume = open(source, {});
  if (volume) {
    read_everything(*volume);
  }
  return volume.has_value();
}

Result<std::string> read_part(const ByteSource& source, std::uint64_t offset, std::size_t length) {
  std::string text(length, '\0');
  CASEMENT_TRY(source.read(offset, std::as_writable_bytes(std::span(text))));
  return text;
}

fx::ByteVector pattern(std::size_t size, unsigned seed) {
  fx::ByteVector bytes(size);
  unsigned state = seed * 2654435761U + 12345U;
  for (std::byte& byte : bytes) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<std::byte>(state >> 24);
  }
  return bytes;
}

std::string text_of(const fx::ByteVector& bytes) {
  std::string text;
  for (const std::byte byte : bytes) {
    text += static_cast<char>(byte);
  }
  return text;
}

}  // namespace casement::test
