// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz target delta: write_delta_corpus FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>

#include "tests/engine/servicing/delta/delta_support.h"
#include "tests/support/write_file.h"

int main(int argc, char** argv) {
  using namespace casement::test;  // NOLINT(google-build-using-namespace): a small program
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_delta_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = std::filesystem::path(arguments[1]) / "delta";
  casement::fixture::DeltaOptions blocks;
  blocks.blocks = {{.start = 0, .lengths = uneven_lengths(40)}, {.start = 300}};
  casement::fixture::DeltaOptions hashed;
  hashed.hash_algorithm = 0x8003;
  hashed.target_hash = noise(16);
  write_file(folder / "default_codes.bin", small_delta());
  write_file(folder / "two_blocks.bin", small_delta(blocks));
  write_file(folder / "hash.bin", small_delta(hashed));
  write_file(folder / "manifest.bin", casement::fixture::build_compressed_manifest(
                                          bytes_of(base_xml), bytes_of(target_xml)));
  return 0;
}
