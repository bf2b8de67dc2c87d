// SPDX-License-Identifier: Apache-2.0
// Prints an image of a WIM for comparison with other readers.
//   wim_tree_lines WIM IMAGE scan|walk   every field of every entry, by a scan or by its
//   directories wim_tree_lines WIM IMAGE list        size <tab> path of every entry, by a scan
//   wim_tree_lines WIM IMAGE content     SHA-1, size <tab> path:stream of every stream as it is
//   read wim_tree_lines WIM IMAGE lookup      looks every entry up by its names; prints how many
// Errors and findings go to standard error; exit code 1 when there was an error.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "vfs/core/digest.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/reparse.h"
#include "vfs/fs/tree_scan.h"
#include "vfs/open/image_folder.h"
#include "vfs/source/file_source.h"
#include "vfs/wim/wim_file.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a program

struct Program {
  FileSystemPtr tree;
  std::string mode;
  bool failed = false;
  std::uint64_t looked_up = 0;

  void report(const Error& error, const std::string& path) {
    fmt::print(stderr, "{}: {}\n", path, error.message());
    failed = true;
  }
  void print(const ScanEntry& entry, const std::string& path);
  void print_content(NodeId node, const std::string& path);
  void look_up(const ScanEntry& entry, const std::string& path);
  void visit(const ScanEntry& entry, const std::string& path);
  void run(VolumeScan& scan);
};

std::string hash_of(Result<SourcePtr> source) {
  if (!source) {
    return status_name(source.error().status());
  }
  Digest digest(DigestKind::sha1);
  std::vector<std::byte> buffer(std::size_t{1} << 20);
  for (std::uint64_t at = 0; at < (*source)->size();) {
    const auto piece = MutableBytes(buffer).first(
        static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), (*source)->size() - at)));
    if (const auto read = (*source)->read(at, piece); !read) {
      return status_name(read.error().status());
    }
    digest.update(piece);
    at += piece.size();
  }
  return to_hex(digest.finish());
}

void Program::print(const ScanEntry& entry, const std::string& path) {
  NodeInfo info = entry.info;
  if (info.link_count == 0) {
    info.link_count = tree->link_count(entry.node).value_or(0);
  }
  const auto security = tree->security_descriptor(entry.node);
  if (!security) {
    report(security.error(), path);
  }
  fmt::print("{}\t{}\t{:x}\t{}\t{}\t{}\t{:x}\t{}\t{}\t{}\t{}\n", path, to_utf8(entry.short_name),
             info.attributes, info.created.ticks, info.modified.ticks, info.accessed.ticks,
             info.reparse_tag, info.link_count, info.size, to_string(info.content),
             security ? to_hex(*security) : "");
}

void Program::print_content(NodeId node, const std::string& path) {
  const auto streams = tree->streams(node);
  if (!streams) {
    return report(streams.error(), path);
  }
  for (const StreamInfo& stream : *streams) {
    fmt::print("{}\t{}\t{}:{}\n", hash_of(tree->open(node, stream.name)), stream.size, path,
               to_utf8(stream.name));
  }
  const auto reparse = tree->reparse_data(node);
  if (reparse) {
    constexpr std::size_t header_size = 8;
    const auto target = parse_reparse_target(*reparse);
    fmt::print("{}\t{}\t{}\treparse {}\n", to_hex(sha1(Bytes(*reparse).subspan(header_size))),
               reparse->size() - header_size, path, target ? to_utf8(target->target) : "");
  } else if (reparse.error().status() != Status::not_a_reparse_point) {
    report(reparse.error(), path);
  }
}

/// By its long name, in other case, and by its short name.
void Program::look_up(const ScanEntry& entry, const std::string& path) {
  std::u16string lower(entry.name);
  for (char16_t& unit : lower) {
    unit = unit >= u'A' && unit <= u'Z' ? static_cast<char16_t>(unit + 0x20) : unit;
  }
  const auto exact = tree->lookup(entry.parent, entry.name);
  const auto folded = tree->lookup(entry.parent, lower);
  const auto by_short =
      entry.short_name.empty() ? exact : tree->lookup(entry.parent, entry.short_name);
  const bool good = exact && *exact && (*exact)->node == entry.node && folded && *folded &&
                    equals_folded((*folded)->name, entry.name) && by_short && *by_short;
  if (!good) {
    return report(Error(Status::not_found, "not found by its own names"), path);
  }
  ++looked_up;
}

void Program::visit(const ScanEntry& entry, const std::string& path) {
  if (mode == "content") {
    print_content(entry.node, path);
  } else if (mode == "lookup") {
    look_up(entry, path);
  } else {
    print(entry, path);
  }
}

void Program::run(VolumeScan& scan) {
  constexpr std::size_t flush_size = 0x1'0000;
  fmt::memory_buffer lines;
  std::string path;
  std::vector<std::size_t> ends = {0};  // of the path of each depth
  while (true) {
    const auto next = scan.next();
    if (!next) {
      report(next.error(), path);
      continue;
    }
    if (!*next) {
      break;
    }
    const ScanEntry& entry = **next;
    ends.resize(entry.depth);
    path.resize(ends.back());
    path += '/';
    append_utf8(path, entry.name);
    ends.push_back(path.size());
    if (mode != "list") {
      visit(entry, path);
      continue;
    }
    fmt::format_to(std::back_inserter(lines), "{}\t{}\n", entry.info.size, path);
    if (lines.size() >= flush_size) {
      std::fwrite(lines.data(), 1, lines.size(), stdout);
      lines.clear();
    }
  }
  std::fwrite(lines.data(), 1, lines.size(), stdout);
  if (mode == "lookup") {
    fmt::print("{}\n", looked_up);
  }
}

Result<FileSystemPtr> open_image(const std::string& path, std::uint32_t image) {
  wim::WimLocation location;
  location.source = CASEMENT_TRY(open_file_source(path));
  const std::size_t slash = path.rfind('/');
  location.name = path.substr(slash == std::string::npos ? 0 : slash + 1);
  location.folder = make_host_folder(slash == std::string::npos ? "." : path.substr(0, slash));
  const auto file = CASEMENT_TRY(wim::WimFile::open(location, {}));
  return file->file_system(image);
}

/// The root, which no scan gives.
void print_root(Program& program) {
  const auto info = program.tree->stat(program.tree->root());
  if (!info) {
    return program.report(info.error(), "/");
  }
  ScanEntry root;
  root.node = program.tree->root();
  root.info = *info;
  program.visit(root, "/");
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() != 3) {
    fmt::print(stderr, "usage: wim_tree_lines WIM IMAGE scan|walk|list|content|lookup\n");
    return 2;
  }
  Program program;
  program.mode = arguments[2];
  std::uint32_t image = 0;
  const std::string& number = arguments[1];
  std::from_chars(number.data(), number.data() + number.size(), image);
  auto tree = open_image(arguments[0], image);
  if (!tree) {
    program.report(tree.error(), arguments[0]);
    return 1;
  }
  program.tree = *tree;
  if (program.mode != "list" && program.mode != "lookup") {
    print_root(program);
  }
  auto scan = program.mode == "walk" ? walk_tree(*tree, (*tree)->root(), {})
                                     : Result<std::unique_ptr<VolumeScan>>((*tree)->scan({}));
  if (!scan) {
    program.report(scan.error(), arguments[0]);
    return 1;
  }
  program.run(**scan);
  const Diagnostics findings = (*tree)->diagnostics();
  for (const Diagnostic& finding : findings.items()) {
    fmt::print(stderr, "{}: {}\n", finding.code, finding.text);
  }
  return program.failed ? 1 : 0;
}
