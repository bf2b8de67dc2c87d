// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz targets iso9660 and udf: write_iso_corpus FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "fixtures/build/iso/iso9660_builder.h"
#include "tests/support/write_file.h"

namespace {

using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program
using casement::test::write_file;

void write_iso9660(const std::filesystem::path& folder) {
  const auto add = [&](const char* name, const Iso9660Options& options) {
    Iso9660Builder builder(options);
    builder.add_file("dir/file", ByteVector(5000, std::byte{1}));
    builder.add_file("dir/" + std::string(100, 'x'), "long");
    builder.add_file("f", "x", {.hidden = true, .associated = ascii_bytes("fork")});
    const ByteVector bytes = builder.build().bytes;
    write_file(folder / name, std::span(bytes).subspan(32'768));
  };
  add("plain.bin", {});
  add("joliet.bin", {.joliet = true, .max_extent = 2048});
  add("rock_ridge.bin", {.rock_ridge = true});
  add("enhanced.bin", {.block_size = 512, .enhanced = true});
  add("boot.bin", {.boot_images = {{.platform = 0, .content = ByteVector(100)},
                                   {.platform = 0xEF, .content = ByteVector(100)}}});
}

/// The volumes as they are, and one change to each of their first descriptors.
void write_udf(const std::filesystem::path& folder) {
  const char* const names[] = {"plain.bin", "metadata.bin", "virtual.bin", "sparable.bin",
                               "chained.bin"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    ByteVector bytes{static_cast<std::byte>(i)};
    write_file(folder / names[i], bytes);
    for (unsigned place = 0; place < 24; ++place) {
      for (const unsigned value : {place, 56U, 0U, 0U, 1U}) {
        bytes.push_back(static_cast<std::byte>(value));
      }
    }
    write_file(folder / ("changed_" + std::string(names[i])), bytes);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_iso_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  write_iso9660(folder / "iso9660");
  write_udf(folder / "udf");
  return 0;
}
