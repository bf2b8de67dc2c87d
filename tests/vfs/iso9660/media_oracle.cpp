// SPDX-License-Identifier: Apache-2.0
// Making trees, unpacking images.
#include "tests/vfs/iso9660/media_oracle.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "tests/support/run_program.h"
#include "tests/vfs/fat/volume_support.h"

namespace casement::test {

MediaSource::MediaSource() {
  folder_.write("README.TXT", "This disc holds a UDF file system.");
  folder_.write("sources/install.wim", pattern(700'000));
  folder_.write("Ünïcödé – 漢字.txt", "wide");
  folder_.write("a name that is long enough for most and still fits into Joliet.text", "long");
  folder_.write("deep/1/2/3/4/5/6/7/8/file.txt", "deep");
  folder_.write("empty", "");
  folder_.make_dir("nothing in it");
  for (int i = 0; i < 150; ++i) {
    folder_.write(fmt::format("many/file number {}", i), std::to_string(i));
  }
  (void)output_of(
      fmt::format("cd {} && find . -exec touch -h -d '2021-03-04 05:06:08 UTC' {{}} + && "
                  "touch -d '1999-12-31 23:59:58 UTC' README.TXT",
                  path()));
}

std::vector<std::string> host_lines(const std::string& directory) {
  // A directory's size is the host's own business.
  const std::string text = output_of(
      fmt::format("cd {} && find . -mindepth 1 -type d -printf '%P|0|%Ts|directory\\n' && "
                  "find . -type f -printf '%P|%s|%Ts|' -exec sh -c 'sha256sum < \"$1\" | cut -c "
                  "1-64' _ {{}} \\;",
                  directory));
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  std::ranges::sort(lines);
  return lines;
}

std::vector<std::string> unpacked_lines(const std::string& command, const std::string& image) {
  const TempDir folder;
  std::string filled = command;
  filled.replace(filled.find("%s"), 2, image);
  (void)run_program(
      fmt::format("cd {} && TZ=UTC LC_ALL=C.UTF-8 {} >log 2>&1; rm -f log; "
                  "chmod -R u+rwX .",
                  folder.path(), filled));
  return host_lines(folder.path());
}

std::vector<std::string> files_of(std::vector<std::string> lines) {
  std::erase_if(lines, [](const std::string& line) { return line.ends_with("|directory"); });
  return lines;
}

}  // namespace casement::test
