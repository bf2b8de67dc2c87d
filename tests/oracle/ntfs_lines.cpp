// SPDX-License-Identifier: Apache-2.0
// Prints an NTFS volume for comparison with other readers.
//   ntfs_lines VOLUME list           size <tab> path of every entry, by a scan
//   ntfs_lines VOLUME scan|walk      every field of every entry, by a scan or by its directories
//   ntfs_lines VOLUME deleted        the same as scan, with deleted entries
//   ntfs_lines VOLUME streams        size <tab> path:name of every named stream
//   ntfs_lines VOLUME extract DIR    the main stream of every file as DIR/<node>
// Errors and findings go to standard error; exit code 1 when there was an error.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/utf16.h"
#include "vfs/fs/tree_walker.h"
#include "vfs/ntfs/open_ntfs.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a program

/// A walk in the form of a scan, whatever the file system offers.
class Walk final : public VolumeScan {
 public:
  explicit Walk(FileSystemPtr file_system)
      : file_system_(std::move(file_system)), walker_(file_system_) {}

  Result<std::optional<ScanEntry>> next() override {
    std::optional<TreeEntry> found = CASEMENT_TRY(walker_.next());
    if (!found) {
      return std::optional<ScanEntry>();
    }
    last_ = std::move(*found);
    ScanEntry entry;
    entry.node = last_.entry.node;
    entry.parent = last_.parent;
    entry.name = last_.entry.name;
    entry.short_name = last_.entry.short_name;
    entry.depth = last_.depth;
    entry.info = CASEMENT_TRY(file_system_->stat(entry.node));
    return std::optional(entry);
  }

 private:
  FileSystemPtr file_system_;
  TreeWalker walker_;
  TreeEntry last_;
};

struct Program {
  FileSystemPtr volume;
  std::string mode;
  std::string directory;
  bool failed = false;

  void report(const Error& error) {
    fmt::print(stderr, "{}\n", error.message());
    failed = true;
  }
  void print(const ScanEntry& entry, const std::string& path);
  void print_streams(const ScanEntry& entry, const std::string& path);
  void extract(const ScanEntry& entry);
  void run(VolumeScan& scan);
};

void Program::print(const ScanEntry& entry, const std::string& path) {
  const NodeInfo& info = entry.info;
  fmt::print("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{:x}\t{:x}\t{}\t{}{}{}\n", path,
             to_utf8(entry.short_name), entry.node.value, entry.parent.value,
             static_cast<int>(info.kind), info.size, info.allocated_size, info.created.ticks,
             info.modified.ticks, info.changed.ticks, info.accessed.ticks, info.attributes,
             info.reparse_tag, info.link_count, to_string(info.content),
             entry.deleted ? " deleted" : "", entry.orphan ? " orphan" : "");
}

void Program::print_streams(const ScanEntry& entry, const std::string& path) {
  const auto streams = volume->streams(entry.node);
  if (!streams) {
    return report(streams.error());
  }
  for (const StreamInfo& stream : *streams) {
    if (!stream.name.empty()) {
      fmt::print("{}\t{}:{}\n", stream.size, path, to_utf8(stream.name));
    }
  }
}

void Program::extract(const ScanEntry& entry) {
  if (entry.info.kind != NodeKind::file) {
    return;
  }
  const auto source = volume->open(entry.node, u"");
  if (!source) {
    if (source.error().status() != Status::not_found) {
      report(source.error());
    }
    return;
  }
  const std::string target = fmt::format("{}/{}", directory, entry.node.value);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen(target.c_str(), "wb"),
                                                            &std::fclose);
  std::vector<std::byte> buffer(std::size_t{1} << 20);
  for (std::uint64_t at = 0; out && at < (*source)->size();) {
    const auto piece = MutableBytes(buffer).first(
        static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), (*source)->size() - at)));
    if (const auto read = (*source)->read(at, piece); !read) {
      return report(read.error());
    }
    std::fwrite(piece.data(), 1, piece.size(), out.get());
    at += piece.size();
  }
}

void Program::run(VolumeScan& scan) {
  constexpr std::size_t flush_size = 0x1'0000;
  fmt::memory_buffer lines;  // one call a line would be half of the time of a listing
  std::string path;
  std::vector<std::size_t> ends = {0};  // of the path of each depth
  while (true) {
    const auto next = scan.next();
    if (!next) {
      report(next.error());
      continue;
    }
    if (!*next) {
      std::fwrite(lines.data(), 1, lines.size(), stdout);
      return;
    }
    const ScanEntry& entry = **next;
    ends.resize(entry.depth);
    path.resize(ends.back());
    path += '/';
    append_utf8(path, entry.name);
    ends.push_back(path.size());
    if (mode == "list") {
      fmt::format_to(std::back_inserter(lines), "{}\t{}\n", entry.info.size, path);
      if (lines.size() >= flush_size) {
        std::fwrite(lines.data(), 1, lines.size(), stdout);
        lines.clear();
      }
    } else if (mode == "streams") {
      print_streams(entry, path);
    } else if (mode == "extract") {
      extract(entry);
    } else {
      print(entry, path);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 2) {
    fmt::print(stderr, "usage: ntfs_lines VOLUME list|scan|walk|deleted|streams|extract [DIR]\n");
    return 2;
  }
  Program program;
  program.mode = arguments[1];
  program.directory = arguments.size() > 2 ? arguments[2] : "";
  const auto source = open_file_source(arguments[0]);
  auto volume = source ? open_ntfs(*source) : std::unexpected(source.error());
  if (!volume) {
    program.report(volume.error());
    return 1;
  }
  program.volume = *volume;
  std::unique_ptr<VolumeScan> scan = std::make_unique<Walk>(*volume);
  if (program.mode != "walk") {
    auto fast = (*volume)->scan({.deleted = program.mode == "deleted"});
    if (!fast) {
      program.report(fast.error());
      return 1;
    }
    scan = std::move(fast).take();
  }
  program.run(*scan);
  const Diagnostics findings = (*volume)->diagnostics();
  for (const Diagnostic& finding : findings.items()) {
    fmt::print(stderr, "{}: {}\n", finding.code, finding.text);
  }
  return program.failed ? 1 : 0;
}
