// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz target archive: write_archive_corpus FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>

#include "fixtures/build/archive/archive_bytes.h"
#include "fixtures/build/archive/cab_builder.h"
#include "fixtures/build/archive/rar_builder.h"
#include "fixtures/build/archive/tar_builder.h"
#include "fixtures/build/archive/zip_builder.h"
#include "tests/support/write_file.h"

namespace {

using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program
using casement::test::write_file;

ByteVector make_tar() {
  TarBuilder tar;
  (void)tar.add({.name = "p",
                 .content = ascii_bytes("content"),
                 .pax = {{"path", "Windows/long"}, {"mtime", "1.5"}, {"SCHILY.fflags", "hidden"}}});
  tar.add_symlink("link", "Windows/long");
  tar.add_hard_link("hard", "Windows/long");
  (void)tar.add_file("C:\\x", "drive");
  return tar.build();
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_archive_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = std::filesystem::path(arguments[1]) / "archive";
  const ByteVector content = ascii_bytes("content of a member");
  write_file(folder / "plain_tar.bin", make_tar());
  write_file(folder / "packed_tar.bin", gzip_stored(make_tar()));
  write_file(folder / "zip.bin", build_zip({{.name = "a/", .attributes = 0x10},
                                            {.name = "a/stored", .content = content, .zip64 = true},
                                            {.name = "a/packed",
                                             .content = content,
                                             .method = 8,
                                             .extra = zip_ntfs_times(1, 2, 3),
                                             .data_descriptor = true}},
                                           {.zip64_end = true})
                                     .bytes);
  write_file(folder / "zip_without_directory.bin",
             build_zip({{.name = "x", .content = content, .method = 8, .data_descriptor = true}},
                       {.central_directory = false})
                 .bytes);
  write_file(folder / "rar4.bin", build_rar4({{.name = "a/b", .content = content}}));
  write_file(folder / "rar5.bin", build_rar5({{.name = "a/b", .content = content}}));
  write_file(folder / "cab.bin", build_cab({{.name = "a\\b", .content = content}}));
  return 0;
}
