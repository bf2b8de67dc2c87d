// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz targets fat and exfat: write_fat_corpus FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>

#include "fixtures/build/fat/exfat_builder.h"
#include "fixtures/build/fat/fat_builder.h"
#include "tests/support/write_file.h"

namespace {

using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program
using casement::test::write_file;

template <class Builder>
void fill(Builder& builder) {
  builder.add_file("dir/A long file name.txt", "content");
  builder.add_file("dir/GONE", "deleted");
  builder.add_file("PLAIN", ByteVector(600, std::byte{'x'}));
  builder.add_file("old/inside", "deleted too");
  builder.remove("dir/GONE");
  builder.remove("old");
}

void write_fat_volume(const std::filesystem::path& file, FatOptions options) {
  options.root_entries = 16;
  options.label = "SEED";
  FatBuilder builder(options);
  fill(builder);
  write_file(file, builder.build().bytes);
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_fat_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  write_fat_volume(folder / "fat/fat12.bin", {.cluster_count = 10});
  write_fat_volume(folder / "fat/fat12_pieces.bin",
                   {.cluster_count = 14, .fat_count = 1, .piece_clusters = 1});
  write_fat_volume(folder / "fat/fat32.bin",
                   {.kind = FatKind::fat32, .cluster_count = 10, .reserved_sectors = 8});
  ExfatBuilder exfat({.label = u"Seed", .piece_clusters = 1});
  fill(exfat);
  exfat.add_file("chained", ByteVector(1100, std::byte{'y'}), {.fat_chain = true});
  write_file(folder / "exfat/small.bin", exfat.build().bytes);
  return 0;
}
