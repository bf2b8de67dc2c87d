// SPDX-License-Identifier: Apache-2.0
// Running other people's programs and reading their output.
#include "tests/vfs/fat/oracle_support.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "tests/support/matchers.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/fat/volume_support.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/tree_walker.h"

namespace casement::test {
namespace {

std::string line_of(const std::string& path, std::uint64_t size, std::int64_t modified,
                    const std::string& digest) {
  return fmt::format("{}|{}|{}|{}", path, size, modified, digest);
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) {
    parts.push_back(part);
  }
  return parts;
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
  const TempDir folder;
  const std::string file = folder.write("bytes", bytes);
  return output_of("sha256sum " + file).substr(0, 64);
}

std::vector<std::string> our_lines(const FileSystemPtr& volume, std::int64_t seconds) {
  struct File {
    std::string path;
    std::uint64_t size;
    std::int64_t modified;
  };
  std::vector<File> files;
  std::vector<std::string> lines;
  const TempDir folder;  // one run of sha256sum for all: starting programs is what takes time
  TreeWalker walker(volume);
  while (auto entry = must(walker.next())) {
    const NodeInfo info = must(volume->stat(entry->entry.node));
    std::string path = to_utf8(entry->path.substr(1));
    std::ranges::replace(path, '\\', '/');
    const std::int64_t modified = info.modified.unix_seconds().value_or(0) / seconds * seconds;
    if (info.kind == NodeKind::directory) {
      lines.push_back(line_of(path, info.size, modified, "directory"));
      continue;
    }
    folder.write(fmt::format("{:08}", files.size()), must(read_file(*volume, entry->entry.node)));
    files.push_back({path, info.size, modified});
  }
  const std::vector<std::string> digests =
      split(output_of("cd " + folder.path() + " && sha256sum *"), '\n');
  BOOST_REQUIRE_EQUAL(digests.size(), files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    lines.push_back(
        line_of(files[i].path, files[i].size, files[i].modified, digests[i].substr(0, 64)));
  }
  std::ranges::sort(lines);
  return lines;
}

std::vector<std::string> tsk_lines(const std::string& image, const std::string& type) {
  // The body format: digest|name|inode|mode|uid|gid|size|accessed|modified|changed|created
  const std::string body =
      output_of(fmt::format("TZ=UTC fls -f {} -r -p -u -m / {} 2>/dev/null", type, image));
  std::vector<std::string> lines;
  std::vector<std::vector<std::string>> files;
  std::string inodes;
  for (const std::string& row : split(body, '\n')) {
    const std::vector<std::string> fields = split(row, '|');
    BOOST_REQUIRE_EQUAL(fields.size(), 11U);
    const std::string path = fields[1].substr(1);
    const bool own = path.starts_with('$') || path.ends_with("(Volume Label Entry)");
    if (own) {
      continue;  // what the kit adds for tables, labels and orphans
    }
    if (fields[3].starts_with("d/")) {
      lines.push_back(line_of(path, 0, std::stoll(fields[8]), "directory"));
      continue;
    }
    files.push_back(fields);
    inodes += " " + fields[2];
  }
  const std::vector<std::string> digests =
      split(output_of(fmt::format("for i in {}; do icat -f {} {} $i | sha256sum; done", inodes,
                                  type, image)),
            '\n');
  BOOST_REQUIRE_EQUAL(digests.size(), files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    lines.push_back(line_of(files[i][1].substr(1), std::stoull(files[i][6]),
                            std::stoll(files[i][8]), digests[i].substr(0, 64)));
  }
  std::ranges::sort(lines);
  return lines;
}

}  // namespace casement::test
