// SPDX-License-Identifier: Apache-2.0
// FAT volumes for tests.
#pragma once

#include <vector>

#include "fixtures/build/fat/fat_builder.h"
#include "tests/support/matchers.h"
#include "tests/vfs/fat/volume_support.h"
#include "vfs/fat/open_fat.h"

namespace casement::test {

inline Result<FileSystemPtr> try_open(std::vector<std::byte> bytes, const Limits& limits = {}) {
  return open_fat(as_source(std::move(bytes)), limits);
}

inline FileSystemPtr open_built(const fx::BuiltFat& built, const Limits& limits = {}) {
  return must(try_open(built.bytes, limits));
}

/// A little of everything: nested directories, long and short names, two pieces of one file.
inline fx::FatBuilder sample(fx::FatOptions options = {}) {
  options.label = "CASEMENT";
  fx::FatBuilder builder(options);
  builder.add_file("README.TXT", "short");
  builder.add_file("A rather long name.text", "long");
  builder.add_file("EFI/Microsoft/Boot/bootmgfw.efi", pattern(1500));
  builder.add_file("EFI/Microsoft/Boot/BCD", pattern(700, 2));
  builder.add_directory("empty");
  builder.add_file("nothing", "");
  return builder;
}

}  // namespace casement::test
