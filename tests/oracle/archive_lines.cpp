// SPDX-License-Identifier: Apache-2.0
// Prints what is in an archive for comparison with other readers.
//   archive_lines ARCHIVE [reverse]
// One line an entry: kind, size, FILETIME of the last change, attributes, links, SHA-256 of the
// content, path; between tabs. A link has the path that it leads to in place of the digest.
// "reverse": contents are read from the last file to the first. Errors and findings go to standard
// error; exit code 1 when there was an error.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/archive/open_archive.h"
#include "vfs/core/digest.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/reparse.h"
#include "vfs/fs/tree_walker.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a program

struct Line {
  NodeId node;
  NodeInfo info;
  std::string path;
  std::string content;
};

struct Program {
  FileSystemPtr archive;
  std::vector<Line> lines;
  bool failed = false;

  void report(const Error& error) {
    fmt::print(stderr, "{}\n", error.message());
    failed = true;
  }
  template <class T>
  bool check(const Result<T>& result) {
    if (!result) {
      report(result.error());
    }
    return result.has_value();
  }
  void list();
  Result<std::string> digest(NodeId node) const;
  Result<std::string> target(NodeId node) const;
  void read(Line& line);
};

void Program::list() {
  TreeWalker walker(archive);
  while (true) {
    const auto entry = walker.next();
    if (!check(entry)) {
      continue;
    }
    if (!*entry) {
      return;
    }
    const auto info = archive->stat((*entry)->entry.node);
    if (check(info)) {
      std::string path = to_utf8((*entry)->path);
      std::replace(path.begin(), path.end(), '\\', '/');
      lines.push_back({(*entry)->entry.node, *info, std::move(path), {}});
    }
  }
}

Result<std::string> Program::digest(NodeId node) const {
  constexpr std::uint64_t piece = std::uint64_t{1} << 20;
  const SourcePtr source = CASEMENT_TRY(archive->open(node, {}));
  Digest sum(DigestKind::sha256);
  std::vector<std::byte> bytes(piece);
  for (std::uint64_t at = 0; at < source->size(); at += piece) {
    const auto part = std::span(bytes).first(std::min(piece, source->size() - at));
    CASEMENT_TRY(source->read(at, part));
    sum.update(part);
  }
  return to_hex(sum.finish());
}

Result<std::string> Program::target(NodeId node) const {
  const auto buffer = CASEMENT_TRY(archive->reparse_data(node));
  const ReparseTarget parsed = CASEMENT_TRY(parse_reparse_target(buffer));
  return to_utf8(parsed.target);
}

void Program::read(Line& line) {
  if (line.info.kind == NodeKind::directory) {
    return;
  }
  const auto content = line.info.kind == NodeKind::file ? digest(line.node) : target(line.node);
  if (check(content)) {
    line.content = *content;
  }
}

const char* kind_name(NodeKind kind) {
  switch (kind) {
    case NodeKind::file:
      return "file";
    case NodeKind::directory:
      return "directory";
    case NodeKind::reparse_point:
      return "link";
  }
  return "?";
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  const bool reverse = argc == 3 && std::string_view(arguments[2]) == "reverse";
  if (argc != 2 && !reverse) {
    fmt::print(stderr, "usage: archive_lines ARCHIVE [reverse]\n");
    return 2;
  }
  Program program;
  const auto source = open_file_source(arguments[1]);
  if (!program.check(source)) {
    return 1;
  }
  auto archive = open_archive(*source);
  if (!program.check(archive)) {
    return 1;
  }
  program.archive = *std::move(archive);
  program.list();
  if (reverse) {
    std::for_each(program.lines.rbegin(), program.lines.rend(),
                  [&](Line& line) { program.read(line); });
  } else {
    std::for_each(program.lines.begin(), program.lines.end(),
                  [&](Line& line) { program.read(line); });
  }
  for (const Line& line : program.lines) {
    fmt::print("{}\t{}\t{}\t{:x}\t{}\t{}\t{}\n", kind_name(line.info.kind), line.info.size,
               line.info.modified.ticks, line.info.attributes, line.info.link_count, line.content,
               line.path);
  }
  const Diagnostics findings = program.archive->diagnostics();
  for (const Diagnostic& finding : findings.items()) {
    fmt::print(stderr, "[{}] {}\n", finding.code, finding.text);
  }
  return program.failed ? 1 : 0;
}
